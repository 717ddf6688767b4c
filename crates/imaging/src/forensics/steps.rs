//! The steps that JPEG rounds to, and parts that lack those of an earlier compression.
//!
//! JPEG rounds the cosine coefficients of every block of eight by eight pixels to multiples of
//! a step for each frequency (ITU-T T.81, A.3.4). Where a compressed picture is saved again,
//! finer or without loss, its coefficients still lie about the earlier multiples; what was
//! painted, typed or pasted in between does not (Farid, IEEE Transactions on Information
//! Forensics and Security 4, 2009, on telling it by compressing once more).
//!
//! The limits below were set together, by what they tell on the tuning pictures whose counts stand
//! in policies/pictures.toml.

use std::f32::consts::PI;
use std::sync::LazyLock;

use image::RgbImage;

use super::{Plane, grid, spread};
use crate::geometry::{Homography, Point, Quad, Rect};

/// Pixels of a block.
const BLOCK: usize = 8;
/// The frequencies looked at, across and down: the lowest but the mean. Higher ones are
/// nearly always rounded to nothing.
const FREQUENCIES: [[usize; 2]; 14] = [
    [1, 0],
    [0, 1],
    [2, 0],
    [1, 1],
    [0, 2],
    [3, 0],
    [2, 1],
    [1, 2],
    [0, 3],
    [4, 0],
    [3, 1],
    [2, 2],
    [1, 3],
    [0, 4],
];
/// The steps looked for, in levels of the coefficients: the rounding of pixels hides finer ones.
const STEPS: std::ops::RangeInclusive<u32> = 3..=48;
/// A coefficient nearer to nothing, in steps, says nothing of the step.
const SMALLEST: f32 = 0.4;
/// A step is one when coefficients lie so near to its multiples, see [`near`].
const TOLD: f32 = 0.5;
/// Coefficients without which a step is not told.
const LEAST: usize = 150;
/// What must be expected of a part before anything is missing in it, in standard errors.
const CLEAR: f32 = 8.0;
/// Beyond these levels a channel may be cut off, and then the coefficients lie anywhere: in light
/// skin, in print on white paper where JPEG rings, in ink that a scanner made black.
const WHOLE: std::ops::RangeInclusive<u8> = 3..=252;
/// Where more of the document's blocks than this share have a channel cut off at its dark end,
/// such blocks say nothing; where fewer, a forger's black type is judged as well. A guess.
const MOSTLY_DARK: f32 = 0.03;
/// The variance of [`near`] where coefficients lie anywhere.
const ANYWHERE: f32 = 1.0 / 3.0;

/// The steps of a picture's earlier compression, as its document shows them.
pub struct Steps {
    /// Where a block begins, pixels across and down, each under eight.
    phase: [usize; 2],
    /// Whether blocks that are cut off at the dark end say nothing.
    dark: bool,
    /// Of each frequency the step, and how well the picture keeps it, if one is told.
    kept: [Option<Step>; FREQUENCIES.len()],
}

#[derive(Clone, Copy)]
struct Step {
    step: f32,
    kept: f32,
}

impl Steps {
    /// The steps that what `place` of `picture` shows keeps, pixels; `None` where it shows none:
    /// it was never compressed, or too finely, or scaled since.
    pub fn of(picture: &RgbImage, place: Rect) -> Option<Self> {
        let parts = spread(place.clamped(picture.width(), picture.height()));
        let planes: Vec<Plane> = parts.iter().map(|part| Plane::of(picture, *part)).collect();
        let phase = grid::phase(&planes)?;
        let all = planes.iter().flat_map(|plane| {
            let told = starts(plane, phase).map(move |at| (plane, at, ends(picture, plane, at)));
            told.filter(|(.., ends)| !ends.light)
        });
        let blocks: Vec<_> = all.collect();
        let cut = blocks.iter().filter(|(.., ends)| ends.dark).count();
        let dark = cut as f32 > MOSTLY_DARK * blocks.len() as f32;
        let mut values = vec![Vec::new(); FREQUENCIES.len()];
        for (plane, at, _) in blocks.into_iter().filter(|(.., ends)| !(dark && ends.dark)) {
            for (all, value) in values.iter_mut().zip(coefficients(plane, at)) {
                all.push(value);
            }
        }
        let kept: [Option<Step>; FREQUENCIES.len()] =
            std::array::from_fn(|frequency| told(&values[frequency]));
        kept.iter().any(Option::is_some).then_some(Self { phase, dark, kept })
    }

    /// How much of the steps is missing in the blocks of `picture` whose middle lies in `part`,
    /// 0 (none) to 1 (all); `None` where too little can be expected of it.
    pub fn missing(&self, picture: &RgbImage, part: &Quad) -> Option<f32> {
        let flat = Homography::between(part, &Rect::new(0.0, 0.0, 1.0, 1.0).quad())?;
        let plane = Plane::of(picture, part.bounds());
        let half = BLOCK as f32 / 2.0;
        let inside = |[x, y]: &[usize; 2]| {
            let [x, y] = [plane.at[0] + x, plane.at[1] + y].map(|at| at as f32 + half);
            let Point { x, y } = flat.apply(Point::new(x, y));
            (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
        };
        let (mut expected, mut found, mut variance) = (0.0, 0.0, 0.0);
        let whole = |at: &[usize; 2]| {
            let ends = ends(picture, &plane, *at);
            !(ends.light || self.dark && ends.dark)
        };
        for at in starts(&plane, self.phase).filter(inside).filter(whole) {
            for (step, value) in self.kept.iter().zip(coefficients(&plane, at)) {
                let Some(Step { step, kept }) = *step else { continue };
                if value.abs() > SMALLEST * step {
                    found += kept * near(value, step);
                    expected += kept * kept;
                    variance += kept * kept * ANYWHERE;
                }
            }
        }
        (expected > CLEAR * variance.sqrt()).then(|| (1.0 - found / expected).clamp(0.0, 1.0))
    }
}

/// The largest step about whose multiples `values` lie: of those that follow one another the one
/// that they keep best, as a step somewhat too large is kept by the first multiples.
fn told(values: &[f32]) -> Option<Step> {
    let mut best: Option<Step> = None;
    for step in STEPS.rev().map(|step| step as f32) {
        let found = keeping(values, step).filter(|found| found.kept >= TOLD);
        match (&best, found) {
            (None, _) => best = found,
            (Some(before), Some(found)) if found.kept > before.kept => best = Some(found),
            (Some(_), _) => break,
        }
    }
    best
}

/// How well `values` keep this step; `None` where too few can tell.
fn keeping(values: &[f32], step: f32) -> Option<Step> {
    let (mut count, mut sum) = (0, 0.0);
    for value in values.iter().filter(|value| value.abs() > SMALLEST * step) {
        count += 1;
        sum += near(*value, step);
    }
    (count >= LEAST).then(|| Step { step, kept: sum / count as f32 })
}

/// At which ends a channel of a block is cut off.
struct Ends {
    light: bool,
    dark: bool,
}

fn ends(picture: &RgbImage, plane: &Plane, [left, top]: [usize; 2]) -> Ends {
    let (x, y) = ((plane.at[0] + left) as u32, (plane.at[1] + top) as u32);
    let rows = (y..y + BLOCK as u32).flat_map(|y| (x..x + BLOCK as u32).map(move |x| (x, y)));
    let mut ends = Ends { light: false, dark: false };
    for level in rows.flat_map(|(x, y)| picture.get_pixel(x, y).0) {
        ends.light |= level > *WHOLE.end();
        ends.dark |= level < *WHOLE.start();
    }
    ends
}

/// How near `value` lies to a multiple of `step`: 1 on it, −1 between two, 0 on the mean of
/// values that lie anywhere.
fn near(value: f32, step: f32) -> f32 {
    let steps = value / step;
    1.0 - 4.0 * (steps - steps.round()).abs()
}

/// Where the blocks of `plane` begin in it.
fn starts(plane: &Plane, phase: [usize; 2]) -> impl Iterator<Item = [usize; 2]> + use<> {
    let first = [0, 1].map(|axis| (phase[axis] + BLOCK - plane.at[axis] % BLOCK) % BLOCK);
    let (width, height) = (plane.width, plane.height);
    let fit = |first: usize, length: usize| {
        (first..(length + 1).saturating_sub(BLOCK).max(first)).step_by(BLOCK)
    };
    fit(first[1], height).flat_map(move |y| fit(first[0], width).map(move |x| [x, y]))
}

/// The coefficients of the block at `at`, in the order of [`FREQUENCIES`] (ITU-T T.81, A.3.3).
fn coefficients(plane: &Plane, [left, top]: [usize; 2]) -> [f32; FREQUENCIES.len()] {
    // Of each row the lowest five frequencies across, then of these down.
    let mut rows = [[0.0_f32; 5]; BLOCK];
    for (y, row) in rows.iter_mut().enumerate() {
        let start = (top + y) * plane.width + left;
        let values = &plane.values[start..start + BLOCK];
        for (u, sum) in row.iter_mut().enumerate() {
            *sum = values.iter().zip(&COSINES[u]).map(|(value, cosine)| value * cosine).sum();
        }
    }
    FREQUENCIES.map(|[u, v]| rows.iter().zip(&COSINES[v]).map(|(row, cos)| row[u] * cos).sum())
}

/// Of the lowest five frequencies the eight weights.
static COSINES: LazyLock<[[f32; BLOCK]; 5]> = LazyLock::new(|| {
    std::array::from_fn(|frequency| {
        let scale = if frequency == 0 { 0.5_f32.sqrt() } else { 1.0 } / 2.0;
        std::array::from_fn(|at| scale * ((2 * at + 1) as f32 * frequency as f32 * PI / 16.0).cos())
    })
});

#[cfg(test)]
mod tests {
    use image::{Rgb, imageops};

    use super::super::tests::saved;
    use super::*;

    /// Something that has all the low frequencies, with noise.
    fn scene(seed: u32) -> RgbImage {
        let mut state = seed;
        RgbImage::from_fn(640, 480, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wave = (x as f32 / 4.1).sin() * 35.0 + (y as f32 / 5.3).cos() * 30.0;
            let slow = ((x * y) as f32 / 900.0).sin() * 20.0;
            Rgb([(128.0 + wave + slow) as u8 + (state >> 28) as u8; 3])
        })
    }

    fn put_in(picture: &RgbImage) -> RgbImage {
        let mut forged = picture.clone();
        let other = imageops::crop_imm(&scene(2), 43, 31, 90, 40).to_image();
        imageops::overlay(&mut forged, &other, 201, 123);
        forged
    }

    const ALL: Rect = Rect::new(0.0, 0.0, 640.0, 480.0);

    /// What lacks of the place that was written over, and of one beside it.
    fn missing(picture: &RgbImage) -> [f32; 2] {
        let steps = Steps::of(picture, ALL).unwrap();
        [[205.0, 125.0], [205.0, 225.0]]
            .map(|[x, y]| steps.missing(picture, &Rect::new(x, y, 80.0, 36.0).quad()).unwrap())
    }

    #[test]
    fn what_was_put_in_between_two_compressions_lacks_the_first() {
        let photograph = saved(&scene(1), 70);
        for quality in [None, Some(90), Some(96)] {
            let again = |picture: &RgbImage| {
                quality.map_or_else(|| picture.clone(), |quality| saved(picture, quality))
            };
            let [there, beside] = missing(&again(&photograph));
            assert!(there < 0.1 && beside < 0.1, "{quality:?}: {there} {beside}");
            let [there, beside] = missing(&again(&put_in(&photograph)));
            assert!(there > 0.6 && beside < 0.1, "{quality:?}: {there} {beside}");
        }
    }

    /// Type in pure black on the saved photograph, as an editor sets it.
    fn typed(picture: &RgbImage) -> RgbImage {
        let mut forged = picture.clone();
        for (x, y, pixel) in forged.enumerate_pixels_mut() {
            let there = (201..291).contains(&x) && (123..163).contains(&y);
            if there {
                *pixel = Rgb([if x % 11 < 4 && y % 13 < 9 { 0 } else { 170 }; 3]);
            }
        }
        forged
    }

    #[test]
    fn black_type_is_told_too() {
        let [there, beside] = missing(&typed(&saved(&scene(1), 70)));
        assert!(there > 0.6 && beside < 0.1, "{there} {beside}");
    }

    #[test]
    fn what_is_cut_off_in_one_channel_says_nothing() {
        // Light skin: red is at its end, and the rest is not.
        let mut scene = scene(1);
        for (x, y, pixel) in scene.enumerate_pixels_mut() {
            if (197..301).contains(&x) && (117..173).contains(&y) {
                pixel[0] = pixel[0].saturating_add(200);
            }
        }
        let photograph = saved(&scene, 70);
        let steps = Steps::of(&photograph, ALL).unwrap();
        let at = |y| steps.missing(&photograph, &Rect::new(205.0, y, 80.0, 36.0).quad());
        assert_eq!(at(125.0), None);
        assert!(at(225.0).unwrap() < 0.1);
    }

    #[test]
    fn a_coarser_compression_hides_an_earlier_one() {
        let [there, _] = missing(&saved(&put_in(&saved(&scene(1), 92)), 60));
        assert!(there < 0.1, "{there}");
    }

    #[test]
    fn the_blocks_are_found_wherever_the_picture_was_cut() {
        let cut = imageops::crop_imm(&put_in(&saved(&scene(1), 70)), 3, 5, 620, 460).to_image();
        let steps = Steps::of(&cut, ALL).unwrap();
        let there = Rect::new(202.0, 120.0, 80.0, 36.0).quad();
        assert!(steps.missing(&cut, &there).unwrap() > 0.6);
    }

    #[test]
    fn without_a_compression_nothing_is_missing() {
        assert!(Steps::of(&scene(3), ALL).is_none());
        assert!(Steps::of(&saved(&scene(1), 70), Rect::default()).is_none());
        let photograph = saved(&scene(1), 70);
        let steps = Steps::of(&photograph, ALL).unwrap();
        for none in
            [Rect::default(), Rect::new(0.0, 0.0, 8.0, 8.0), Rect::new(900.0, 0.0, 90.0, 90.0)]
        {
            assert_eq!(steps.missing(&photograph, &none.quad()), None);
        }
    }
}
