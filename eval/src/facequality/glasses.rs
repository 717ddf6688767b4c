//! What is over the eyes: glasses of all kinds, and their own lids.

use imaging::Point;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::layer::Layer;
use super::look::{Look, grain};
use super::sitter::{EYES, LOWER_LIDS, Sitter};

/// A pair of glasses: an outline for each eye.
struct Shape {
    size: (f32, f32),
    squareness: f32,
    drop: f32,
}

impl Shape {
    fn any(look: Look, rng: &mut ChaCha8Rng) -> Self {
        Self {
            size: (rng.random_range(0.36..0.45), rng.random_range(0.25..0.36)),
            squareness: look.squareness(rng),
            drop: rng.random_range(0.02..0.1),
        }
    }

    /// The outline of the lens over eye `side`, 0 or 1.
    fn lens(&self, sitter: &Sitter, side: usize) -> Vec<Point> {
        let (x, y) = middle(sitter, side);
        (0..40)
            .map(|i| {
                let (sin, cos) = (i as f32 / 40.0 * std::f32::consts::TAU).sin_cos();
                let round = |v: f32| v.signum() * v.abs().powf(2.0 / self.squareness);
                let across = x + self.size.0 * round(cos);
                sitter.at(across, y + self.drop + self.size.1 * round(sin))
            })
            .collect()
    }

    /// Rims, bridge and the sides to the ears.
    fn frame(&self, sitter: &mut Sitter, colour: [f32; 3], width: f32) {
        let copy = sitter.clone();
        let [left, right] = [0, 1].map(|side| middle(&copy, side));
        let y = self.drop - 0.04;
        let bridge = [
            copy.at(left.0 + self.size.0, left.1 + y),
            copy.at(f32::midpoint(left.0, right.0), f32::midpoint(left.1, right.1) + y - 0.05),
            copy.at(right.0 - self.size.0, right.1 + y),
        ];
        let ear = |x: f32, eye: (f32, f32), mark| {
            [copy.at(x, eye.1 + y - 0.1), copy.near(mark, (0.0, -0.1))]
        };
        let ends = [ear(left.0 - self.size.0, left, 127), ear(right.0 + self.size.0, right, 356)];
        let mut layer = Layer::over(&copy.picture).stroke(&bridge, |_| width * copy.unit);
        for end in &ends {
            layer = layer.stroke(end, |_| width * copy.unit);
        }
        for side in [0, 1] {
            let mut rim = self.lens(&copy, side);
            rim.push(rim[0]);
            layer = layer.stroke(&rim, |_| width * copy.unit);
        }
        layer
            .soft(0.7)
            .paint(&mut sitter.picture, |place, _| colour.map(|v| v + 3.0 * grain(place)));
    }
}

/// The middle of the corners of eye `side`.
fn middle(sitter: &Sitter, side: usize) -> (f32, f32) {
    let [a, b] = [EYES[side][0], EYES[side][8]].map(|corner| sitter.mark(corner));
    (f32::midpoint(a.0, b.0), f32::midpoint(a.1, b.1))
}

/// Ordinary glasses: thin frames, clear lenses.
pub fn clear(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let shape = Shape::any(look, rng);
    let colour = look.frame(rng);
    shape.frame(sitter, colour, rng.random_range(0.025..0.06));
}

/// Glasses with dark lenses.
pub fn sunglasses(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let shape = Shape::any(look, rng);
    let copy = sitter.clone();
    let dark = rng.random_range(8.0..45.0_f32);
    let tint = [rng.random_range(0.8..1.3), 1.0, rng.random_range(0.8..1.2)];
    let opacity = rng.random_range(0.86..1.0);
    let sheen = rng.random_range(0.0..30.0);
    for side in [0, 1] {
        Layer::over(&copy.picture).polygon(&shape.lens(&copy, side)).soft(0.8).paint(
            &mut sitter.picture,
            |place, own| {
                let (_, y) = copy.local(place);
                let light = (sheen * (0.2 - y) * 2.0).max(0.0);
                [0, 1, 2].map(|c| (dark * tint[c] + light) * opacity + own[c] * (1.0 - opacity))
            },
        );
    }
    let colour = look.frame(rng);
    shape.frame(sitter, colour, rng.random_range(0.03..0.08));
}

/// Glasses whose lenses mirror a light over one or both eyes.
pub fn glare(sitter: &mut Sitter, look: Look, rng: &mut ChaCha8Rng) {
    let shape = Shape::any(look, rng);
    let colour = look.frame(rng);
    shape.frame(sitter, colour, rng.random_range(0.025..0.06));
    let sides: &[usize] = match rng.random_range(0..3) {
        0 => &[0],
        1 => &[1],
        _ => &[0, 1],
    };
    let size = (rng.random_range(0.2..0.34), rng.random_range(0.14..0.24));
    let turn = rng.random_range(-0.5..0.5_f32);
    let spot = Shape { size, squareness: look.squareness(rng), drop: 0.0 };
    let copy = sitter.clone();
    for &side in sides {
        let (x, y) = middle(&copy, side);
        let (dx, dy) = (rng.random_range(-0.06..0.06), rng.random_range(-0.03..0.05));
        let (sin, cos) = turn.sin_cos();
        let corners: Vec<Point> = spot
            .lens(&copy, side)
            .into_iter()
            .map(|point| {
                let (px, py) = copy.local(point);
                let (px, py) = (px - x, py - y);
                copy.at(x + dx + px * cos - py * sin, y + dy + px * sin + py * cos)
            })
            .collect();
        Layer::over(&copy.picture)
            .polygon(&corners)
            .soft(copy.unit * 0.025)
            .paint(&mut sitter.picture, |_, _| [256.0, 256.0, 255.0]);
    }
}

/// Lids of the person's own skin over both eyes.
pub fn closed(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let copy = sitter.clone();
    let lash = rng.random_range(0.25..0.5);
    for (side, brow) in [(0, 52), (1, 282)] {
        let (x, y) = middle(&copy, side);
        let above = copy.mark(brow).1 * 0.5 + copy.mark(EYES[side][12]).1 * 0.5;
        let lid = copy.colour(copy.at(x, above));
        let below = copy.colour(copy.at(x, y + 0.22));
        let eye = copy.grown(&EYES[side], 1.18);
        Layer::over(&copy.picture).polygon(&eye).soft(copy.unit * 0.02).paint(
            &mut sitter.picture,
            |place, _| {
                let share = ((copy.local(place).1 - y) / 0.12 + 0.5).clamp(0.0, 1.0);
                let ball = 1.0 + 0.06 * (1.0 - ((copy.local(place).0 - x) / 0.2).powi(2)).max(0.0);
                [0, 1, 2]
                    .map(|c| (lid[c] + (below[c] - lid[c]) * share) * ball + 2.0 * grain(place))
            },
        );
        let line = copy.marks(&LOWER_LIDS[side]);
        Layer::over(&copy.picture)
            .stroke(&line, |t| copy.unit * (0.02 + 0.03 * (t * std::f32::consts::PI).sin()))
            .soft(copy.unit * 0.008)
            .paint(&mut sitter.picture, |_, own| own.map(|v| v * lash));
    }
}
