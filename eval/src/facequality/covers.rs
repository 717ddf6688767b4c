//! Things over a face: hats, masks, hands, hair, and what leaves the face free.

use imaging::Point;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::layer::Layer;
use super::look::{Look, Weave, grain};
use super::sitter::{BROWS, OVAL, Sitter};

/// Cloth of `colour`, lighter and darker by its weave and by where it lies on the head.
struct Cloth {
    colour: [f32; 3],
    weave: Weave,
    period: f32,
}

impl Cloth {
    fn any(colour: [f32; 3], look: Look, rng: &mut ChaCha8Rng) -> Self {
        Self { colour, weave: look.weave(rng), period: rng.random_range(12.0..40.0) }
    }

    fn at(&self, sitter: &Sitter, place: Point) -> [f32; 3] {
        let (x, y) = sitter.local(place);
        let light = self.weave.light((x * self.period, y * self.period));
        let round = 1.0 - 0.22 * (x / 1.2).powi(2).min(1.5);
        self.colour.map(|v| v * (round + light) + 2.5 * grain(place))
    }
}

/// A hat whose edge lies on the eyebrows.
pub fn hat(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let cloth = Cloth::any(look.hat(rng), look, rng);
    let down = rng.random_range(0.02..0.10);
    let mut edge = vec![sitter.near(127, (-0.28, -0.15))];
    edge.extend(BROWS.map(|brow| sitter.near(brow, (0.0, down))));
    edge.push(sitter.near(356, (0.28, -0.15)));
    let crown = [(1.5, -1.2), (1.2, -2.2), (0.5, -2.7), (-0.5, -2.7), (-1.2, -2.2), (-1.5, -1.2)];
    let mut outline = edge.clone();
    outline.extend(crown.map(|(x, y)| sitter.at(x, y)));
    let copy = sitter.clone();
    let shadow = rng.random_range(0.0..0.25);
    Layer::over(&copy.picture)
        .stroke(&edge, |_| copy.unit * 0.22)
        .soft(copy.unit * 0.06)
        .paint(&mut sitter.picture, |_, own| own.map(|v| v * (1.0 - shadow)));
    Layer::over(&copy.picture)
        .polygon(&outline)
        .soft(1.0)
        .paint(&mut sitter.picture, |place, _| cloth.at(&copy, place));
    if rng.random_bool(0.6) {
        let dark = rng.random_range(0.6..0.9);
        let band: Vec<Point> = edge
            .iter()
            .map(|p| {
                let (x, y) = copy.local(*p);
                copy.at(x, y - 0.1)
            })
            .collect();
        Layer::over(&copy.picture)
            .stroke(&band, |_| copy.unit * 0.2)
            .soft(1.0)
            .paint(&mut sitter.picture, |place, _| cloth.at(&copy, place).map(|v| v * dark));
    }
}

/// A mask from the bridge of the nose to under the chin.
pub fn mask(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let cloth = Cloth {
        weave: if rng.random_bool(0.7) { Weave::Plain } else { look.weave(rng) },
        ..Cloth::any(look.mask(rng), look, rng)
    };
    let top = rng.random_range(-0.1..0.12);
    let copy = sitter.clone();
    let nose = copy.near(if rng.random_bool(0.5) { 195 } else { 197 }, (0.0, top));
    let mut outline = vec![nose, copy.near(330, (0.05, top)), copy.near(323, (0.0, top))];
    outline.extend(copy.grown(&OVAL[10..27], 1.06));
    outline.extend([copy.near(93, (0.0, top)), copy.near(101, (-0.05, top))]);
    for (ear, side) in [(323, 1.0), (93, -1.0)] {
        let strap = [copy.near(ear, (0.0, top + 0.03)), copy.near(ear, (0.3 * side, -0.3))];
        Layer::over(&copy.picture)
            .stroke(&strap, |_| copy.unit * 0.035)
            .soft(0.8)
            .paint(&mut sitter.picture, |_, _| cloth.colour.map(|v| v * 0.95));
    }
    let pleats = if rng.random_bool(0.6) { rng.random_range(9.0..16.0) } else { 0.0 };
    let depth = rng.random_range(0.03..0.12);
    Layer::over(&copy.picture).polygon(&outline).soft(1.0).paint(
        &mut sitter.picture,
        |place, _| {
            let (_, y) = copy.local(place);
            let pleat = 1.0 - depth * (0.5 + 0.5 * (y * pleats).sin()).powi(4);
            cloth.at(&copy, place).map(|v| v * pleat)
        },
    );
}

/// Fingers of the person's own skin across the mouth.
pub fn hand(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let copy = sitter.clone();
    let light = rng.random_range(0.82..1.12);
    let skin = copy.skin().map(|v| v * light + rng.random_range(-4.0..4.0));
    let (corner, other) = (copy.mark(61), copy.mark(291));
    let middle = (f32::midpoint(corner.0, other.0), f32::midpoint(corner.1, other.1));
    let side = if rng.random_bool(0.5) { 1.0 } else { -1.0 };
    let steep = match look {
        Look::Tuning => rng.random_range(-0.35..0.35_f32),
        Look::Reported => rng.random_range(0.2..0.9_f32) * side,
    };
    let (sin, cos) = steep.sin_cos();
    let width = rng.random_range(0.25..0.33);
    let fingers = rng.random_range(3..5_u32);
    for finger in 0..fingers {
        let off = (finger as f32 - (fingers - 1) as f32 / 2.0) * width * 0.92;
        let along = |t: f32| {
            let bent = 0.06 * (t * 2.0).sin();
            let (x, y) = (t * side, off + bent);
            copy.at(middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos)
        };
        let tip = -0.55 - rng.random_range(0.0..0.2);
        let line: Vec<Point> = (0..80).map(|i| along(tip + 2.4 * i as f32 / 79.0)).collect();
        paint_finger(sitter, &line, width * copy.unit, skin);
    }
}

fn paint_finger(sitter: &mut Sitter, line: &[Point], width: f32, skin: [f32; 3]) {
    let copy = sitter.clone();
    Layer::over(&copy.picture)
        .stroke(line, |_| width * 1.1)
        .soft(width * 0.06)
        .paint(&mut sitter.picture, |_, own| own.map(|v| v * 0.72));
    let far = |place: Point| {
        let near = line.iter().map(|p| p.distance(place)).fold(f32::INFINITY, f32::min);
        (near / (width / 2.0)).min(1.2)
    };
    Layer::over(&copy.picture).stroke(line, |_| width).soft(0.9).paint(
        &mut sitter.picture,
        |place, _| {
            let shade = 1.04 - 0.3 * far(place).powi(3);
            let knuckle = 1.0 - 0.05 * (copy.local(place).0 * 14.0).sin().max(0.0).powi(6);
            let tint = [1.0, shade.min(1.0).sqrt(), shade.min(1.0).sqrt()];
            [0, 1, 2].map(|c| skin[c] * shade * knuckle * tint[c] + 2.5 * grain(place))
        },
    );
}

/// Hair that hangs over one or both eyes.
pub fn hair(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let colour = look.hair(rng);
    let sides: &[f32] = match rng.random_range(0..3) {
        0 => &[-1.0, 1.0],
        1 => &[-1.0],
        _ => &[1.0],
    };
    for side in sides {
        let reach = 0.25 + rng.random_range(0.1..0.35);
        strands(sitter, colour, (side * 0.5 - 0.45, side * 0.5 + 0.45), rng, |_| reach);
    }
}

/// A fringe that ends above the eyebrows.
pub fn fringe(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let colour = look.hair(rng);
    let brows = BROWS.map(|brow| sitter.mark(brow));
    let gap = rng.random_range(0.14..0.22);
    let end = |x: f32| {
        let nearest = brows.iter().min_by(|a, b| (a.0 - x).abs().total_cmp(&(b.0 - x).abs()));
        nearest.map_or(-0.6, |brow| brow.1) - gap
    };
    strands(sitter, colour, (-0.95, 0.95), rng, end);
}

/// Strands from the top of the head down to `end` of their place across, within `span`.
fn strands(
    sitter: &mut Sitter,
    colour: [f32; 3],
    span: (f32, f32),
    rng: &mut ChaCha8Rng,
    end: impl Fn(f32) -> f32,
) {
    let copy = sitter.clone();
    let top = copy.mark(10).1 - 0.25;
    for _ in 0..170 {
        let x = rng.random_range(span.0..span.1);
        let low = end(x) - rng.random_range(0.0..0.08_f32);
        if low <= top + 0.05 {
            continue;
        }
        let (start, sway) = (x * 0.75, rng.random_range(-0.05..0.05));
        let line: Vec<Point> = (0..6)
            .map(|i| {
                let t = i as f32 / 5.0;
                copy.at(start + (x - start) * t + sway * (t * 3.0).sin(), top + (low - top) * t)
            })
            .collect();
        let light = rng.random_range(0.65..1.3_f32);
        let thick = copy.unit * rng.random_range(0.02..0.04);
        Layer::over(&copy.picture)
            .stroke(&line, |t| thick * (1.0 - 0.6 * t))
            .paint(&mut sitter.picture, |place, _| colour.map(|v| v * light + 3.0 * grain(place)));
    }
}

/// A scarf round the face that leaves it free from the forehead to the chin.
pub fn scarf(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let cloth = Cloth::any(look.hat(rng), look, rng);
    let copy = sitter.clone();
    let inner = rng.random_range(1.0..1.06);
    let outer = inner + rng.random_range(0.35..0.6);
    let mut outline = copy.grown(&OVAL, outer);
    outline.push(outline[0]);
    let mut face = copy.grown(&OVAL, inner);
    face.push(face[0]);
    outline.extend(face.into_iter().rev());
    Layer::over(&copy.picture)
        .polygon(&outline)
        .soft(1.0)
        .paint(&mut sitter.picture, |place, _| cloth.at(&copy, place));
}
