//! Both eyes of one face: how far each is open, and whether it looks like one at all.

use std::sync::LazyLock;

use imaging::{Point, Rect};

use super::aligned::{Aligned, UNIT, quantile};

/// Corners of the eyes, that on the picture's left first.
const CORNERS: [[usize; 2]; 2] = [[33, 133], [362, 263]];

/// One eye.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eye {
    /// Which, 0 on the picture's left.
    pub side: usize,
    /// The middle of its corners, in the cut.
    pub middle: Point,
}

impl Eye {
    /// Both, that on the picture's left first.
    pub fn both(face: &Aligned) -> [Self; 2] {
        [0, 1].map(|side| {
            let [a, b] = CORNERS[side].map(|corner| face.mark(corner));
            Self { side, middle: a.lerp(b, 0.5) }
        })
    }

    /// The eye with its lids, in the cut.
    pub fn bounds(self) -> Rect {
        let (width, height) = (0.5 * UNIT, 0.42 * UNIT);
        Rect::new(self.middle.x - width / 2.0, self.middle.y - 0.2 * UNIT, width, height)
    }

    /// How far it is open, in eye distances: the height of what is dark in it, that of the
    /// iris or of the lashes alone, less a third of how far that lies under the corners,
    /// where lashes lie when it is closed, and a sixth of `landmarks`, the height over the
    /// width that the mesh sees. About 0.17 open, 0.08 closed.
    pub fn opening(self, face: &Aligned, landmarks: f32) -> f32 {
        let reach = 0.12 * UNIT;
        let (left, right) = ((self.middle.x - reach).round(), (self.middle.x + reach).round());
        let dips: Vec<Dip> = (left as i32..=right as i32).map(|x| self.dip(face, x)).collect();
        let height = quantile(dips.iter().map(|dip| dip.height).collect(), 0.8);
        let below = quantile(dips.iter().map(|dip| dip.below).collect(), 0.5);
        height - below / 3.0 + landmarks / 6.0
    }

    /// The darkest place of column `x`, from above the eye to under it.
    fn dip(self, face: &Aligned, x: i32) -> Dip {
        let top = (self.middle.y - 0.18 * UNIT).round() as i32;
        let bottom = (self.middle.y + 0.2 * UNIT).round() as i32;
        let light = |y: i32| (-1..=1).map(|dx| face.tone(x + dx, y).light).sum::<f32>() / 3.0;
        let column: Vec<f32> = (top..bottom).map(light).collect();
        let inner = EDGE..column.len().saturating_sub(EDGE);
        let darkest = inner.min_by(|a, b| column[*a].total_cmp(&column[*b])).unwrap_or(0);
        Dip {
            height: width_at_half(&column, darkest) / UNIT,
            below: (darkest as f32 + top as f32 - self.middle.y) / UNIT,
        }
    }

    /// How well light and dark lie where an open eye has them, −1 to 1: the best correlation
    /// with drawn eyes that look ahead and aside, near where the mesh sees it.
    pub fn structure(self, face: &Aligned) -> f32 {
        let (x, y) = (self.middle.x.round() as i32, self.middle.y.round() as i32);
        let places = [-3, -1, 0, 1, 3].into_iter().flat_map(|dy| [-2, 0, 2].map(|dx| (dx, dy)));
        let mut best = -1.0_f32;
        for (dx, dy) in places {
            let patch = normalised(grid().map(|(i, j)| face.tone(x + dx + i, y + dy + j).light));
            for drawn in DRAWN.iter() {
                let like: f32 = patch.iter().zip(drawn).map(|(a, b)| a * b).sum();
                best = best.max(like);
            }
        }
        best
    }
}

/// What is dark across an eye.
struct Dip {
    /// At half of its depth, eye distances; 0 where nothing is dark.
    height: f32,
    /// How far it lies under the corners of the eye, eye distances.
    below: f32,
}

/// So near the ends of a column no dip is looked for.
const EDGE: usize = 4;

/// How far from a dip its lighter borders are looked for, pixels.
const REACH: usize = 10;

/// A dip less deep than this, natural logarithm, is none.
const LEAST_DIP: f32 = 0.05;

/// How wide the dip of `column` at `darkest` is, at half of its depth against the darker of
/// its two borders, in pixels.
fn width_at_half(column: &[f32], darkest: usize) -> f32 {
    let last = column.len() - 1;
    let border = |part: &[f32]| part.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let above = border(&column[darkest.saturating_sub(REACH)..=darkest]);
    let under = border(&column[darkest..=(darkest + REACH).min(last)]);
    let (low, high) = (column[darkest], above.min(under));
    if high - low < LEAST_DIP {
        return 0.0;
    }
    let half = f32::midpoint(low, high);
    let (mut start, mut end) = (darkest, darkest);
    while start > 0 && column[start - 1] < half {
        start -= 1;
    }
    while end < last && column[end + 1] < half {
        end += 1;
    }
    let part = |inner: usize, outer: usize| {
        let rise = column[outer] - column[inner];
        if rise > 0.0 { (half - column[inner]) / rise } else { 0.0 }
    };
    let before = if start > 0 { part(start, start - 1) } else { 0.0 };
    let after = if end < last { part(end, end + 1) } else { 0.0 };
    (end - start) as f32 + before + after
}

/// Half the size of a drawn eye, pixels.
const HALF: (i32, i32) = (15, 10);

fn grid() -> impl Iterator<Item = (i32, i32)> {
    (-HALF.1..=HALF.1).flat_map(|y| (-HALF.0..=HALF.0).map(move |x| (x, y)))
}

/// Drawn eyes: five ways to look, three openings.
static DRAWN: LazyLock<Vec<Vec<f32>>> = LazyLock::new(|| {
    let looks = [-0.08, -0.04, 0.0, 0.04, 0.08];
    let all = looks.into_iter().flat_map(|aside| [0.06, 0.085, 0.11].map(|open| (aside, open)));
    all.map(|(aside, open)| normalised(soft(&drawn(aside, open)).into_iter())).collect()
});

/// An eye: skin 0, white 0.15, the edge of the upper lid −0.6, the iris −1; places in eye
/// distances.
fn drawn(aside: f32, open: f32) -> Vec<f32> {
    let level = |(x, y): (i32, i32)| {
        let (x, y) = (x as f32 / UNIT, y as f32 / UNIT);
        let half = open * (1.0 - (x / 0.24).powi(2)).max(0.0).sqrt();
        if (x - aside).hypot(y) < 0.095 && y.abs() < half + 0.02 {
            -1.0
        } else if y < 0.0 && (y + half).abs() < 0.03 && x.abs() < 0.24 {
            -0.6
        } else if y.abs() < half {
            0.15
        } else {
            0.0
        }
    };
    grid().map(level).collect()
}

/// Blurred by a Gaussian of one pixel.
fn soft(drawn: &[f32]) -> Vec<f32> {
    let width = (2 * HALF.0 + 1) as usize;
    let weights = [-3_i32, -2, -1, 0, 1, 2, 3].map(|d| (d, (-0.5 * (d * d) as f32).exp()));
    let total: f32 = weights.iter().map(|(_, w)| w).sum();
    let at = |from: &[f32], x: i32, y: i32| {
        let (x, y) = (x.clamp(-HALF.0, HALF.0) + HALF.0, y.clamp(-HALF.1, HALF.1) + HALF.1);
        from[y as usize * width + x as usize]
    };
    let across: Vec<f32> = grid()
        .map(|(x, y)| weights.iter().map(|(d, w)| w * at(drawn, x + d, y)).sum::<f32>() / total)
        .collect();
    grid()
        .map(|(x, y)| weights.iter().map(|(d, w)| w * at(&across, x, y + d)).sum::<f32>() / total)
        .collect()
}

/// With mean 0 and length 1; zero where all are alike.
fn normalised(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    for value in &mut values {
        *value -= mean;
    }
    let length = values.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-4);
    for value in &mut values {
        *value /= length;
    }
    values
}
