//! The grid of eight pixels that JPEG leaves, and parts that lack it.
//!
//! A part that was pasted into a picture after its compression, or was scaled, has no steps
//! where the rest has its own. Saving the whole as JPEG again lays a new grid over both.

use image::RgbImage;

use super::Plane;
use crate::geometry::Rect;

/// Pixels of a block (ITU-T T.81).
const BLOCK: usize = 8;
/// One edge may not decide: steps end here, levels.
const MOST: f32 = 12.0;
/// Steps at each phase without which none is told.
const LEAST: u32 = 200;

/// How much of the grid that `part` must show after `around` is missing in it, 0 (none) to
/// 1 (all); `None` where `around` shows no grid that is clear enough to be looked for.
pub fn missing(picture: &RgbImage, part: Rect, around: &[Rect]) -> Option<f32> {
    /// What the grid must be expected to rise to in the part, in standard errors and
    /// summed over both axes.
    const CLEAR: f32 = 20.0;
    let whole: Vec<Plane> = around.iter().map(|part| Plane::of(picture, *part)).collect();
    let part = [Plane::of(picture, part)];
    let pixels = |planes: &[Plane]| planes.iter().map(|plane| plane.values.len()).sum::<usize>();
    let share = (pixels(&part) as f32 / pixels(&whole).max(1) as f32).sqrt();
    let (mut expected, mut found) = (0.0, 0.0);
    for axis in [Axis::Across, Axis::Down] {
        let (whole, part) = (axis.steps(&whole)?, axis.steps(&part)?);
        let phase = strongest(&whole);
        expected += whole[phase] * share;
        found += part[phase];
    }
    (expected >= CLEAR).then(|| (1.0 - found / expected).clamp(0.0, 1.0))
}

/// Where the blocks of the clearest grid begin, pixels across and down, each under eight;
/// `None` where there are too few pixels to tell.
pub(super) fn phase(planes: &[Plane]) -> Option<[usize; 2]> {
    let of = |axis: Axis| Some(strongest(&axis.steps(planes)?));
    Some([of(Axis::Across)?, of(Axis::Down)?])
}

fn strongest(steps: &[f32; BLOCK]) -> usize {
    (0..BLOCK).max_by(|a, b| steps[*a].total_cmp(&steps[*b])).unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Axis {
    Across,
    Down,
}

impl Axis {
    /// How far the mean step at each of the eight phases stands over that of all, in
    /// standard errors; `None` where there are too few pixels.
    fn steps(self, planes: &[Plane]) -> Option<[f32; BLOCK]> {
        let (mut sums, mut counts) = ([0.0_f64; BLOCK], [0_u32; BLOCK]);
        let mut squares = 0.0_f64;
        for plane in planes {
            let start = match self {
                Self::Across => plane.at[0],
                Self::Down => plane.at[1],
            };
            self.each(plane, |at, step| {
                let phase = (start + at) % BLOCK;
                sums[phase] += f64::from(step);
                counts[phase] += 1;
                squares += f64::from(step * step);
            });
        }
        if counts.iter().any(|count| *count < LEAST) {
            return None;
        }
        let count = f64::from(counts.iter().sum::<u32>());
        let mean = sums.iter().sum::<f64>() / count;
        let deviation = (squares / count - mean * mean).max(1e-6).sqrt();
        let error = deviation / (count / BLOCK as f64).sqrt();
        let mut steps = [0.0; BLOCK];
        for (step, (sum, count)) in steps.iter_mut().zip(sums.iter().zip(counts)) {
            *step = ((sum / f64::from(count) - mean) / error) as f32;
        }
        Some(steps)
    }

    /// Every step between two pixels, less the mean of those beside it.
    fn each(self, plane: &Plane, mut take: impl FnMut(usize, f32)) {
        let step = |a: f32, b: f32| (b - a).abs();
        let rise = |[a, b, c, d]: [f32; 4]| {
            let beside = 0.5 * (step(a, b) + step(c, d));
            (step(b, c) - beside).clamp(-MOST, MOST)
        };
        match self {
            Self::Across => {
                for row in plane.rows() {
                    for (x, four) in row.windows(4).enumerate() {
                        take(x + 2, rise([four[0], four[1], four[2], four[3]]));
                    }
                }
            }
            Self::Down => {
                let rows: Vec<&[f32]> = plane.rows().collect();
                for (y, four) in rows.windows(4).enumerate() {
                    let [a, b, c, d] = [four[0], four[1], four[2], four[3]];
                    for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
                        take(y + 2, rise([*a, *b, *c, *d]));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::saved;
    use super::*;
    use image::{Rgb, imageops};

    fn scene(seed: u32) -> RgbImage {
        let mut state = seed;
        RgbImage::from_fn(480, 320, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wave = (x as f32 / 17.0).sin() * 40.0 + (y as f32 / 23.0).cos() * 30.0;
            Rgb([(128.0 + wave) as u8 + (state >> 28) as u8; 3])
        })
    }

    const AROUND: Rect = Rect::new(0.0, 0.0, 480.0, 320.0);
    const PART: Rect = Rect::new(130.0, 90.0, 150.0, 140.0);

    #[test]
    fn a_part_pasted_after_compression_lacks_the_grid() {
        let genuine = saved(&scene(1), 80);
        assert!(missing(&genuine, PART, &[AROUND]).unwrap() < 0.5);
        let mut pasted = genuine;
        let other = imageops::crop_imm(&scene(2), 43, 31, 160, 150).to_image();
        imageops::overlay(&mut pasted, &other, 125, 85);
        assert!(missing(&pasted, PART, &[AROUND]).unwrap() > 0.8);
    }

    #[test]
    fn without_a_grid_nothing_is_missing() {
        assert_eq!(missing(&scene(3), PART, &[AROUND]), None);
        assert_eq!(missing(&scene(3), Rect::default(), &[AROUND]), None);
    }
}
