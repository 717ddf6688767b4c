//! What covers a face: brow, eyes, nose and mouth against a free face.
//!
//! Each likeness is a logistic curve of a few measured values, 0 free to 1 covered. Its
//! weights were set on 150 pictures of the tuning half of LFW with things drawn over them by
//! the mesh and with harmless ones (`eval`, section `face-quality`, the look for tuning), to a
//! tenth; what they are worth on other people and other things stands in ACCURACY.md.

use imaging::{Point, Rect};

use super::aligned::{Aligned, SIDE, Tone, UNIT, quantile, within};
use super::eyes::Eye;

/// The upper edge of both brows, from the picture's left to right.
const BROWS: [usize; 10] = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];
/// The cheeks, those on the picture's left first, and the nose.
const CHEEKS: [[usize; 3]; 2] = [[50, 101, 205], [280, 330, 425]];
const NOSE: [usize; 3] = [195, 5, 4];
/// What a mask leaves free: between the brows, bridge of the nose, under the eyes.
const UPPER: [usize; 8] = [9, 8, 6, 168, 117, 346, 118, 347];
/// What it covers: nose, lips, chin, cheeks beside the mouth.
const LOWER: [usize; 13] = [4, 1, 164, 0, 17, 199, 200, 205, 425, 187, 411, 194, 418];
/// The cheeks beside the mouth, which fingers cross.
const BESIDE_MOUTH: [[usize; 3]; 2] = [[192, 214, 207], [416, 434, 427]];
const LIPS: [usize; 20] =
    [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
/// Outlines of what a reason shows.
const BROW_OUTLINE: [usize; 21] = [
    70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 251, 284, 332, 297, 338, 10, 109, 67, 103, 54,
    21,
];
const MASK_OUTLINE: [usize; 14] =
    [197, 330, 361, 288, 397, 379, 377, 152, 148, 150, 172, 58, 132, 101];

/// A part of the face and how far it looks covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// 0 free to 1 covered.
    pub likeness: f32,
    /// Where, a polygon in pixels of the picture.
    pub region: Vec<Point>,
}

/// What covers a face. Of an eye that is covered together with the brow above it hair is told,
/// of an eye alone glasses.
#[derive(Debug, Clone, PartialEq)]
pub struct Covers {
    /// The brow, by something that is unlike the skin all along it.
    pub hat: Cover,
    /// An eye, by dark glasses or a reflection.
    pub glasses: Cover,
    /// Nose and mouth, by something unlike the skin, without lips.
    pub mask: Cover,
    /// The mouth, by something like the skin, without lips and with edges beside them.
    pub hand: Cover,
    /// An eye, by hair.
    pub hair: Cover,
}

impl Covers {
    /// `mesh_score` is the mesh network's own view of whether there is a face.
    pub(super) fn of(face: &Aligned, mesh_score: f32) -> Self {
        let lips = Lips::of(face);
        let [glasses, hair] = over_eyes(face);
        Self {
            hat: hat(face),
            glasses,
            mask: mask(face, &lips),
            hand: hand(face, &lips, mesh_score),
            hair,
        }
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The person's own skin: cheeks and nose.
fn skin(face: &Aligned) -> Tone {
    let mut tones = face.patches(CHEEKS.as_flattened(), 4.0);
    tones.extend(face.patches(&NOSE, 3.0));
    Tone::median(&tones)
}

/// How unlike the skin the strips `height` eye distances above the landmarks `brows` are.
fn above(face: &Aligned, brows: &[usize], height: f32, skin: Tone) -> Vec<f32> {
    let raised = |p: Point| Point::new(p.x, p.y - height * UNIT);
    let patch = |brow: &usize| face.patch(raised(face.mark(*brow)), 2.0).unlike(skin);
    brows.iter().map(patch).collect()
}

/// A hat is unlike the skin at every place over the brows; hair leaves one free, and hair that
/// begins high is unlike it only farther up.
fn hat(face: &Aligned) -> Cover {
    let skin = skin(face);
    let least = above(face, &BROWS, 0.13, skin).into_iter().fold(f32::INFINITY, f32::min);
    let higher = quantile(above(face, &BROWS, 0.2, skin), 0.5);
    Cover {
        likeness: logistic(36.0 * least - 12.8 * higher - 2.6),
        region: face.outline(&BROW_OUTLINE),
    }
}

/// Glasses and hair over the eye that looks least like one.
fn over_eyes(face: &Aligned) -> [Cover; 2] {
    let skin = skin(face);
    let looks = Eye::both(face).map(|eye| Look::of(face, eye, skin));
    let glare = looks.iter().max_by(|a, b| a.mirrored.total_cmp(&b.mirrored));
    let worst = looks.iter().min_by(|a, b| a.structure.total_cmp(&b.structure));
    let (Some(glare), Some(worst)) = (glare, worst) else { unreachable!("there are two eyes") };
    let darkest = looks.iter().map(|look| look.darkness).fold(0.0, f32::min);
    let dark = logistic(-8.1 * darkest - 14.2 * worst.structure - 0.4);
    let unlike = logistic(8.2 + 3.7 * worst.brow - 27.0 * worst.structure);
    let mirrored = logistic(20.0 * (glare.mirrored - 0.35));
    let covered = dark.max(unlike);
    let under_hair = worst.brow > COVERED_BROW && mirrored < 0.5;
    let (by_glasses, by_hair) =
        if under_hair { (mirrored, covered) } else { (covered.max(mirrored), 0.0) };
    let eye = if mirrored > covered { glare } else { worst };
    let cover = |likeness| Cover { likeness, region: face.region(eye.bounds) };
    [cover(by_glasses), cover(by_hair)]
}

/// The brow above an eye is covered too, by hair, from here on: behind dark glasses 5 of 100
/// were more unlike the skin than 0.32, under hair half more than 0.43.
const COVERED_BROW: f32 = 0.25;

/// What an eye looks like.
struct Look {
    bounds: Rect,
    /// −1 to 1, see [`Eye::structure`].
    structure: f32,
    /// How much lighter the lids are than the cheek under them, natural logarithm.
    darkness: f32,
    /// Share of its middle that is white, and lighter than the cheek.
    mirrored: f32,
    /// How unlike the skin the strip above its brow is.
    brow: f32,
}

impl Look {
    fn of(face: &Aligned, eye: Eye, skin: Tone) -> Self {
        let cheek = Tone::median(&face.patches(&CHEEKS[eye.side], 4.0)).light;
        let bounds = eye.bounds();
        let lids = pixels(bounds).map(|(x, y)| face.tone(x, y).light).collect();
        let brows = &BROWS[5 * eye.side..][..5];
        Self {
            bounds,
            structure: eye.structure(face),
            darkness: quantile(lids, 0.75) - cheek,
            mirrored: mirrored(face, eye, cheek),
            brow: quantile(above(face, brows, 0.13, skin), 0.5),
        }
    }
}

/// The share of the middle of `eye` that is near white and lighter than a cheek of luminance
/// `cheek`, natural logarithm: in an overexposed picture the skin is white as well.
fn mirrored(face: &Aligned, eye: Eye, cheek: f32) -> f32 {
    let middle =
        Rect::new(eye.middle.x - 0.2 * UNIT, eye.middle.y - 0.1 * UNIT, 0.4 * UNIT, 0.2 * UNIT);
    let white = (cheek.exp() * 1.15).max(235.0);
    let all: Vec<f32> = pixels(middle)
        .map(|(x, y)| {
            let inside = |v: i32| v.clamp(0, SIDE as i32 - 1) as usize;
            face.grey(inside(x), inside(y))
        })
        .collect();
    all.iter().filter(|level| **level > white).count() as f32 / all.len().max(1) as f32
}

fn pixels(bounds: Rect) -> impl Iterator<Item = (i32, i32)> {
    let Rect { x, y, width, height } = bounds;
    let columns = x.round() as i32..(x + width).round() as i32;
    (y.round() as i32..(y + height).round() as i32)
        .flat_map(move |y| columns.clone().map(move |x| (x, y)))
}

/// The lips that a free mouth shows. A grey picture has no red: there they are taken for those
/// of half of all free faces, and only what else is measured tells a mouth from a hand.
struct Lips {
    /// How much redder they are than the skin around, their reddest quarter, natural logarithm.
    redness: f32,
    /// Natural logarithm of how much their redness varies, lips and teeth and corners.
    variety: f32,
    bounds: Rect,
}

impl Lips {
    fn of(face: &Aligned) -> Self {
        let corners = face.marks(&LIPS);
        if is_grey(face) {
            let bounds = bounds(&grown(&corners, 1.45));
            return Self { redness: 0.09, variety: -2.15, bounds };
        }
        let lips = within(&corners);
        let red = |x: usize, y: usize| face.tone(x as i32, y as i32).red;
        let reds: Vec<f32> = lips.iter().map(|(x, y)| red(*x, *y)).collect();
        let n = reds.len().max(1) as f32;
        let mean = reds.iter().sum::<f32>() / n;
        let deviation = (reds.iter().map(|r| (r - mean).powi(2)).sum::<f32>() / n).sqrt();
        let around = grown(&corners, 1.45);
        let skin = within(&around).into_iter().filter(|pixel| !lips.contains(pixel));
        let skin = quantile(skin.map(|(x, y)| red(x, y)).collect(), 0.5);
        Self {
            redness: quantile(reds, 0.75) - skin,
            variety: (deviation + 1e-3).ln(),
            bounds: bounds(&around),
        }
    }
}

/// Whether no part of the face has any colour, as in a picture taken or stored in grey.
fn is_grey(face: &Aligned) -> bool {
    const LEAST_COLOUR: f32 = 0.03;
    let parts = UPPER.into_iter().chain(LOWER).chain(CHEEKS.into_iter().flatten());
    let colours = parts.map(|mark| face.patch(face.mark(mark), 3.0));
    colours.into_iter().all(|tone| tone.red.hypot(tone.blue) < LEAST_COLOUR)
}

fn mask(face: &Aligned, lips: &Lips) -> Cover {
    let upper = Tone::median(&face.patches(&UPPER, 3.0));
    let lower = face.patches(&LOWER, 3.0).into_iter().map(|tone| tone.unlike(upper)).collect();
    let unlike = quantile(lower, 0.25);
    Cover {
        likeness: logistic(26.0 * unlike - 11.5 * lips.redness - 1.5 * lips.variety - 9.2),
        region: face.outline(&MASK_OUTLINE),
    }
}

/// The mesh network all but certain of a face says less than this of its doubt.
const LEAST_DOUBT: f32 = 1e-7;

fn hand(face: &Aligned, lips: &Lips, mesh_score: f32) -> Cover {
    let doubt = (1.0 - mesh_score).max(LEAST_DOUBT).log10();
    let [left, right] = BESIDE_MOUTH.map(|cheek| edges(face, &cheek));
    let edges = (left.min(right) + 1e-3).ln();
    Cover {
        likeness: logistic(1.6 * doubt + 2.9 * edges - 3.2 * lips.variety + 10.8),
        region: face.region(lips.bounds),
    }
}

/// Mean steepness of the light in discs about the landmarks `indices`, natural logarithm a
/// pixel.
fn edges(face: &Aligned, indices: &[usize]) -> f32 {
    const RADIUS: i32 = 5;
    let mut steep = Vec::new();
    for middle in face.marks(indices) {
        for dy in -RADIUS..=RADIUS {
            for dx in (-RADIUS..=RADIUS).filter(|dx| dx * dx + dy * dy <= RADIUS * RADIUS) {
                let (x, y) = (middle.x as i32 + dx, middle.y as i32 + dy);
                let light = |x, y| face.tone(x, y).light;
                let across = (light(x + 1, y) - light(x - 1, y)) / 2.0;
                let down = (light(x, y + 1) - light(x, y - 1)) / 2.0;
                steep.push(across.hypot(down));
            }
        }
    }
    steep.iter().sum::<f32>() / steep.len().max(1) as f32
}

/// `points` as far from their middle as `scale` times.
fn grown(points: &[Point], scale: f32) -> Vec<Point> {
    let n = points.len() as f32;
    let sum = points.iter().fold(Point::default(), |s, p| Point::new(s.x + p.x, s.y + p.y));
    let middle = Point::new(sum.x / n, sum.y / n);
    points.iter().map(|point| middle.lerp(*point, scale)).collect()
}

fn bounds(points: &[Point]) -> Rect {
    let span = |axis: fn(&Point) -> f32| {
        let low = points.iter().map(axis).fold(f32::INFINITY, f32::min);
        let high = points.iter().map(axis).fold(f32::NEG_INFINITY, f32::max);
        (low, high - low)
    };
    let ((x, width), (y, height)) = (span(|p| p.x), span(|p| p.y));
    Rect::new(x, y, width, height)
}
