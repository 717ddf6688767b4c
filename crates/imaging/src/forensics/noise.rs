//! How grainy a part of a picture is.
//!
//! What was pasted or drawn into a photograph brings the grain of another camera, or none.

use std::f32::consts::PI;

use image::RgbImage;

use super::Plane;
use crate::geometry::Rect;

/// Pixels along a side of the blocks that are compared.
const BLOCK: usize = 8;
/// With fewer blocks a percentile means nothing.
const LEAST: usize = 6;
/// Levels beyond are clipped or nearly: what grain was there is gone.
const TOLD: std::ops::RangeInclusive<f32> = 16.0..=245.0;

/// The grain of what `parts` of `picture` show, levels: the 20th percentile over blocks of
/// 8 × 8 pixels of the noise's deviation, so that print and edges do not count; `None`
/// where fewer than six blocks can tell it.
///
/// The deviation is that of Immerkær's mask, which neither flat parts nor slopes nor
/// straight edges pass (Computer Vision and Image Understanding 64, 1996).
pub fn grain(picture: &RgbImage, parts: &[Rect]) -> Option<f32> {
    let mut deviations = Vec::new();
    for part in parts {
        blocks(&Plane::of(picture, *part), &mut deviations);
    }
    if deviations.len() < LEAST {
        return None;
    }
    let fifth = deviations.len() / 5;
    Some(*deviations.select_nth_unstable_by(fifth, f32::total_cmp).1)
}

/// The noise of every block of `plane` that can tell it.
fn blocks(plane: &Plane, deviations: &mut Vec<f32>) {
    let value = |x: usize, y: usize| plane.values[y * plane.width + x];
    let residue = |x: usize, y: usize| {
        let row = |y: usize| value(x - 1, y) - 2.0 * value(x, y) + value(x + 1, y);
        (row(y - 1) - 2.0 * row(y) + row(y + 1)).abs()
    };
    let starts = |length: usize| (1..length.saturating_sub(BLOCK)).step_by(BLOCK);
    for (top, left) in starts(plane.height).flat_map(|y| starts(plane.width).map(move |x| (y, x))) {
        let pixels = (top..top + BLOCK).flat_map(|y| (left..left + BLOCK).map(move |x| (x, y)));
        if pixels.clone().all(|(x, y)| TOLD.contains(&value(x, y))) {
            let sum: f32 = pixels.map(|(x, y)| residue(x, y)).sum();
            deviations.push((PI / 2.0).sqrt() / 6.0 * sum / (BLOCK * BLOCK) as f32);
        }
    }
}

/// How many times as grainy `grain` is as `around`, in powers of two: 1 is twice, −1 half.
/// Rounded levels alone have about a twentieth of a level, which both are given.
pub fn octaves(grain: f32, around: f32) -> f32 {
    const ROUNDED: f32 = 0.05;
    ((grain + ROUNDED) / (around + ROUNDED)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use proptest::prelude::*;

    /// A slope with even noise of up to `most` levels.
    fn noisy(most: u32) -> RgbImage {
        let mut state = 7_u32;
        RgbImage::from_fn(96, 64, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (state >> 16) % (most + 1);
            Rgb([(60 + x + y / 2 + noise) as u8; 3])
        })
    }

    const WHOLE: Rect = Rect::new(0.0, 0.0, 96.0, 64.0);

    #[test]
    fn twice_the_noise_is_one_octave() {
        let [less, more] = [8, 16].map(|most| grain(&noisy(most), &[WHOLE]).unwrap());
        assert!((octaves(more, less) - 1.0).abs() < 0.25, "{less} {more}");
        assert!(grain(&noisy(0), &[WHOLE]).unwrap() < 0.3);
    }

    #[test]
    fn clipped_and_small_parts_tell_nothing() {
        assert_eq!(grain(&RgbImage::from_pixel(96, 64, Rgb([255; 3])), &[WHOLE]), None);
        assert_eq!(grain(&noisy(4), &[Rect::new(0.0, 0.0, 9.0, 64.0)]), None);
    }

    proptest! {
        #[test]
        fn any_part_is_measured_or_not(x in -50.0..150.0_f32, y in -50.0..90.0_f32, w in 0.0..200.0_f32, h in 0.0..90.0_f32) {
            let found = grain(&noisy(4), &[Rect::new(x, y, w, h)]);
            prop_assert!(found.is_none_or(f32::is_finite));
        }
    }
}
