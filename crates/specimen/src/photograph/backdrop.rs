//! What documents are photographed on.

mod hand;
mod things;
mod woven;

use std::f32::consts::TAU;

use image::{Rgb, RgbImage, imageops};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::canvas::mix;
use crate::rng::stream;

/// A kind of surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// One colour.
    Plain,
    /// One colour into another.
    Gradient,
    /// Boards with grain.
    Wood,
    /// A weave with folds.
    Cloth,
    /// Veined stone.
    Marble,
    /// Printed sheets lying about.
    Clutter,
    /// White sheets on white.
    Paper,
    /// Closed books.
    Books,
    /// Plain plastic cards with rounded corners.
    Cards,
    /// Cloth with dots, zigzags or bands.
    Pattern,
    /// Granite, terrazzo or carpet.
    Speckle,
    /// A palm and fingers before an unsharp room.
    Hand,
    /// The keys of a computer.
    Keyboard,
    /// Tiles and grout.
    Tiles,
}

impl Surface {
    /// Every surface, in a fixed order.
    pub const ALL: [Self; 14] = [
        Self::Plain,
        Self::Gradient,
        Self::Wood,
        Self::Cloth,
        Self::Marble,
        Self::Clutter,
        Self::Paper,
        Self::Books,
        Self::Cards,
        Self::Pattern,
        Self::Speckle,
        Self::Hand,
        Self::Keyboard,
        Self::Tiles,
    ];

    /// What a seed chooses among when nothing else is asked for.
    pub const EVERYDAY: [Self; 6] =
        [Self::Plain, Self::Gradient, Self::Wood, Self::Cloth, Self::Marble, Self::Clutter];
}

/// A surface in the colours and grain of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backdrop {
    /// What it is.
    pub surface: Surface,
    /// Colours and grain.
    pub seed: u64,
}

impl Backdrop {
    /// The everyday backdrop that follows from `seed`.
    pub fn of(seed: u64) -> Self {
        let mut rng = stream(seed, "backdrop.choice");
        let surface = *Surface::EVERYDAY.choose(&mut rng).expect("there are surfaces");
        Self { surface, seed }
    }
}

/// Backdrops are painted at most this wide and enlarged: they are out of focus anyway.
const WIDEST: u32 = 1000;

/// The whole picture, without documents.
pub(super) fn paint(backdrop: &Backdrop, width: u32, height: u32) -> RgbImage {
    let mut rng = stream(backdrop.seed, "backdrop.paint");
    let scale = (WIDEST as f32 / width.max(height) as f32).min(1.0);
    let small = (((width as f32 * scale) as u32).max(1), ((height as f32 * scale) as u32).max(1));
    let image = match backdrop.surface {
        Surface::Plain => plain(&mut rng, small),
        Surface::Gradient => gradient(&mut rng, small),
        Surface::Wood => wood(&mut rng, small),
        Surface::Cloth => cloth(&mut rng, small),
        Surface::Marble => marble(&mut rng, small),
        Surface::Clutter => clutter(&mut rng, small),
        Surface::Paper => things::paper(&mut rng, small),
        Surface::Books => things::books(&mut rng, small),
        Surface::Cards => things::cards(&mut rng, small),
        Surface::Pattern => woven::pattern(&mut rng, small),
        Surface::Speckle => woven::speckle(&mut rng, small),
        Surface::Hand => hand::hand(&mut rng, small),
        Surface::Keyboard => things::keyboard(&mut rng, small),
        Surface::Tiles => woven::tiles(&mut rng, small),
    };
    if image.dimensions() == (width, height) {
        return image;
    }
    imageops::resize(&image, width, height, imageops::FilterType::Triangle)
}

fn shade(colour: Rgb<u8>, factor: f32) -> Rgb<u8> {
    Rgb(colour.0.map(|c| (f32::from(c) * factor).clamp(0.0, 255.0) as u8))
}

/// Smooth noise in −1..1 by interpolated lattice values.
struct Noise {
    seed: u32,
}

impl Noise {
    fn new(rng: &mut ChaCha8Rng) -> Self {
        Self { seed: rng.random() }
    }

    fn lattice(&self, x: i32, y: i32) -> f32 {
        let mut hash =
            (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ self.seed;
        hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
        hash = (hash ^ (hash >> 12)).wrapping_mul(0x297A_2D39);
        (hash >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let (x0, y0) = (x.floor(), y.floor());
        let ease = |t: f32| t * t * (3.0 - 2.0 * t);
        let (fx, fy) = (ease(x - x0), ease(y - y0));
        let (x0, y0) = (x0 as i32, y0 as i32);
        let top = self.lattice(x0, y0) + (self.lattice(x0 + 1, y0) - self.lattice(x0, y0)) * fx;
        let (a, b) = (self.lattice(x0, y0 + 1), self.lattice(x0 + 1, y0 + 1));
        top + (a + (b - a) * fx - top) * fy
    }
}

/// Calm colours of desks and walls, dark to light.
const CALM: [Rgb<u8>; 9] = [
    Rgb([38, 40, 44]),
    Rgb([70, 60, 54]),
    Rgb([44, 62, 84]),
    Rgb([96, 104, 110]),
    Rgb([124, 94, 70]),
    Rgb([110, 130, 112]),
    Rgb([168, 160, 150]),
    Rgb([196, 188, 172]),
    Rgb([228, 226, 222]),
];

fn calm(rng: &mut ChaCha8Rng) -> Rgb<u8> {
    *CALM.choose(rng).expect("there are colours")
}

fn plain(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (colour, noise) = (calm(rng), Noise::new(rng));
    RgbImage::from_fn(w, h, |x, y| {
        let mottle = 0.025 * noise.at(x as f32 / 70.0, y as f32 / 70.0)
            + 0.02 * noise.at(x as f32 / 2.0, y as f32 / 2.0);
        shade(colour, 1.0 + mottle)
    })
}

fn gradient(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (from, to) = (calm(rng), calm(rng));
    let angle: f32 = rng.random_range(0.0..TAU);
    let span = w as f32 * angle.cos().abs() + h as f32 * angle.sin().abs();
    let noise = Noise::new(rng);
    RgbImage::from_fn(w, h, |x, y| {
        let (dx, dy) = (x as f32 - w as f32 / 2.0, y as f32 - h as f32 / 2.0);
        let along = (dx * angle.cos() + dy * angle.sin()) / span + 0.5;
        let mut colour = from;
        mix(&mut colour, to, along.clamp(0.0, 1.0));
        shade(colour, 1.0 + 0.02 * noise.at(x as f32 / 3.0, y as f32 / 3.0))
    })
}

fn wood(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    const WOODS: [Rgb<u8>; 5] = [
        Rgb([120, 82, 50]),
        Rgb([166, 124, 82]),
        Rgb([92, 58, 38]),
        Rgb([196, 160, 116]),
        Rgb([140, 110, 88]),
    ];
    let base = *WOODS.choose(rng).expect("there are woods");
    let (grain, bend) = (Noise::new(rng), Noise::new(rng));
    let board = rng.random_range(0.18..0.5) * h as f32;
    let tones: Vec<f32> = (0..8).map(|_| rng.random_range(0.86..1.12)).collect();
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let index = (y / board) as usize;
        let seam = (y / board).fract() * board;
        let yy = y + 9.0 * bend.at(x / 240.0, y / 60.0) + 300.0 * index as f32;
        let rings = (yy / 7.0 + 3.0 * bend.at(x / 400.0 + 9.0, yy / 40.0)).sin();
        let fibre = grain.at(x / 26.0, yy / 1.3);
        let tone = tones[index % tones.len()] * (1.0 + 0.07 * rings + 0.09 * fibre);
        shade(base, if seam < 1.6 { tone * 0.5 } else { tone })
    })
}

fn cloth(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    const DYES: [Rgb<u8>; 6] = [
        Rgb([120, 44, 48]),
        Rgb([52, 74, 110]),
        Rgb([196, 190, 178]),
        Rgb([80, 96, 76]),
        Rgb([62, 60, 66]),
        Rgb([178, 140, 84]),
    ];
    let (dye, stripe) = (DYES.choose(rng).expect("dyes"), DYES.choose(rng).expect("dyes"));
    let fold = Noise::new(rng);
    let pitch: f32 = rng.random_range(2.6..4.6);
    let checks: f32 = rng.random_range(60.0..140.0);
    let checked = rng.random_bool(0.5);
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let weave = 0.07 * (TAU * x / pitch).sin() * (TAU * y / pitch).sin();
        let folds = 0.16 * fold.at(x / 190.0 + y / 400.0, y / 230.0);
        let mut colour = *dye;
        if checked && ((x / checks).fract() < 0.3) != ((y / checks).fract() < 0.3) {
            mix(&mut colour, *stripe, 0.6);
        }
        shade(colour, 1.0 + weave + folds)
    })
}

fn marble(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let base = if rng.random_bool(0.7) { Rgb([222, 220, 214]) } else { Rgb([58, 60, 64]) };
    let vein = if base.0[0] > 128 { 0.62 } else { 1.9 };
    let (first, second) = (Noise::new(rng), Noise::new(rng));
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let warp = 2.2 * first.at(x / 160.0, y / 160.0) + 0.8 * second.at(x / 50.0, y / 50.0);
        let ridge = (x / 130.0 + y / 210.0 + warp).sin().abs();
        let weight = (1.0 - ridge * 5.0).clamp(0.0, 1.0) * 0.8;
        let cloud = 1.0 + 0.04 * second.at(x / 90.0, y / 90.0);
        shade(base, cloud * (1.0 + (vein - 1.0) * weight))
    })
}

/// Sheets of paper with lines of pretended words, on a desk.
fn clutter(rng: &mut ChaCha8Rng, size: (u32, u32)) -> RgbImage {
    let mut image = if rng.random_bool(0.5) { wood(rng, size) } else { plain(rng, size) };
    let (w, h) = (size.0 as f32, size.1 as f32);
    for _ in 0..rng.random_range(2..6) {
        let centre = [rng.random_range(0.0..w), rng.random_range(0.0..h)];
        let half = [rng.random_range(0.16..0.4) * w, rng.random_range(0.16..0.45) * w];
        let angle: f32 = rng.random_range(-0.6..0.6);
        sheet(&mut image, rng, Paper { centre, half, angle });
    }
    image
}

#[derive(Clone, Copy)]
struct Paper {
    centre: [f32; 2],
    half: [f32; 2],
    angle: f32,
}

fn sheet(image: &mut RgbImage, rng: &mut ChaCha8Rng, paper: Paper) {
    let tint =
        Rgb([rng.random_range(205..246), rng.random_range(205..246), rng.random_range(198..240)]);
    let ink = Rgb([rng.random_range(20..90), rng.random_range(20..90), rng.random_range(20..110)]);
    let leading: f32 = rng.random_range(9.0..22.0);
    let words = Noise::new(rng);
    let (sin, cos) = paper.angle.sin_cos();
    let reach = paper.half[0].hypot(paper.half[1]);
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    let (w, h) = image.dimensions();
    for y in clamp(paper.centre[1] - reach, h)..clamp(paper.centre[1] + reach, h) {
        for x in clamp(paper.centre[0] - reach, w)..clamp(paper.centre[0] + reach, w) {
            let (dx, dy) = (x as f32 - paper.centre[0], y as f32 - paper.centre[1]);
            let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
            if u.abs() > paper.half[0] || v.abs() > paper.half[1] {
                continue;
            }
            let pixel = image.get_pixel_mut(x, y);
            *pixel = tint;
            let (line, within) = ((v / leading).floor(), (v / leading).fract().abs());
            let margin = paper.half[0] * 0.86;
            let letter = words.lattice((u / (leading * 0.22)).floor() as i32, line as i32);
            let word = words.lattice((u / (leading * 1.7)).floor() as i32, line as i32 + 999);
            if (0.3..0.75).contains(&within) && u.abs() < margin && word > -0.6 && letter > -0.45 {
                mix(pixel, ink, 0.75);
            }
        }
    }
}
