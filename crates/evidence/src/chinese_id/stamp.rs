//! Taking a stamp's ink off the print beneath it.
//!
//! A stamp of even ink makes paper one grey and print beneath it a darker one:
//! with `a` of the light held back by ink of tone `s`, a tone `t` becomes
//! `a·s + (1 − a)·t`. Where the stamp lies, that can be undone.

use image::{Rgb, RgbImage};

/// The print's strokes are about 0.4 mm wide, a stamp's wider: what is even over
/// three of these, in millimetres, is no print.
const GRAIN: f32 = 0.19;

/// An even place differs by less than this, as a share of paper minus ink.
const EVEN: f32 = 0.13;

/// Tones, as shares of the way from ink to paper, that a stamp can give paper.
const STAMP: std::ops::Range<f32> = 0.08..0.7;

/// A tone belongs to the stamp when it is so near to it.
const NEAR: f32 = 0.07;

/// The least even places, in grains, that make a stamp.
const LEAST: usize = 15;

/// The contrast beneath a stamp is never raised more.
const MOST_CONTRAST: f32 = 5.0;

/// Steps of the histogram of tones.
const BINS: usize = 64;

/// `crop` in grey without the stamp that lies over it; `per_mm` are its pixels
/// per millimetre. `None` when there is no even ink lighter than the print.
pub(super) fn lifted(crop: &RgbImage, per_mm: f32) -> Option<RgbImage> {
    let plane =
        Plane { width: crop.width() as usize, tones: crop.pixels().copied().map(luma).collect() };
    let mut sorted = plane.tones.clone();
    let (ink, paper) = (quantile(&mut sorted, 0.005), quantile(&mut sorted, 0.8));
    let contrast = paper - ink;
    if contrast < LEAST_CONTRAST {
        return None;
    }
    let grain = ((per_mm * GRAIN).round() as usize).max(1);
    let spread = plane.spread(grain);
    let share = |tone: f32| (tone - ink) / contrast;
    let even: Vec<bool> = plane
        .tones
        .iter()
        .zip(&spread)
        .map(|(tone, spread)| *spread < EVEN * contrast && STAMP.contains(&share(*tone)))
        .collect();
    if even.iter().filter(|even| **even).count() < LEAST * grain * grain {
        return None;
    }
    let shares = plane.tones.iter().zip(&even).filter(|(_, even)| **even);
    let level = ink + contrast * commonest(shares.map(|(tone, _)| share(*tone)));
    let near = NEAR * contrast;
    let core =
        plane.tones.iter().zip(&even).map(|(tone, even)| *even && (tone - level).abs() < near);
    let mut stamped = grown(core.collect(), plane.width, 2 * grain);
    for (stamped, tone) in stamped.iter_mut().zip(&plane.tones) {
        *stamped &= *tone < level + 2.0 * near;
    }
    let tones = plane.tones.iter().zip(&stamped);
    let mut beneath: Vec<f32> =
        tones.clone().filter(|(_, stamped)| **stamped).map(|(tone, _)| *tone).collect();
    let darkest = quantile(&mut beneath, 0.01);
    let raise = (contrast / (level - darkest).max(1.0)).clamp(1.0, MOST_CONTRAST);
    let mut pixels = tones.map(|(tone, stamped)| {
        let lifted = paper - (level - tone) * raise;
        if *stamped { lifted.clamp(ink, paper) } else { *tone }
    });
    let mut out = RgbImage::new(crop.width(), crop.height());
    for pixel in out.pixels_mut() {
        pixel.0 = [pixels.next().unwrap_or(paper) as u8; 3];
    }
    Some(out)
}

/// Tones between ink and paper that a crop must have to be looked at.
const LEAST_CONTRAST: f32 = 20.0;

/// Brightness, 0 to 255.
pub(super) fn luma(pixel: Rgb<u8>) -> f32 {
    let [r, g, b] = pixel.0.map(u32::from);
    ((r * 77 + g * 150 + b * 29) >> 8) as f32
}

/// The tone that `share` of all lie below; 0 when there are none. Reorders them.
pub(super) fn quantile(tones: &mut [f32], share: f32) -> f32 {
    if tones.is_empty() {
        return 0.0;
    }
    let at = ((tones.len() as f32 * share) as usize).min(tones.len() - 1);
    *tones.select_nth_unstable_by(at, f32::total_cmp).1
}

/// The commonest of `shares`, 0 to 1.
fn commonest(shares: impl Iterator<Item = f32>) -> f32 {
    let mut histogram = [0_usize; BINS + 4];
    for share in shares {
        let bin = ((share * BINS as f32) as usize).min(BINS - 1);
        // Each counts for its neighbours, too, so that noise makes no peak.
        for (bin, weight) in histogram[bin..].iter_mut().zip([1, 2, 3, 2, 1]) {
            *bin += weight;
        }
    }
    let most = (0..histogram.len()).max_by_key(|bin| histogram[*bin]).unwrap_or(0);
    (most as f32 - 1.5) / BINS as f32
}

struct Plane {
    width: usize,
    tones: Vec<f32>,
}

impl Plane {
    /// Greatest minus least tone within `reach` of each place, along x and y.
    fn spread(&self, reach: usize) -> Vec<f32> {
        let greatest = self.folded(reach, f32::max);
        let least = self.folded(reach, f32::min);
        greatest.iter().zip(least).map(|(greatest, least)| greatest - least).collect()
    }

    /// `fold` over the square of places within `reach` of each.
    fn folded(&self, reach: usize, fold: fn(f32, f32) -> f32) -> Vec<f32> {
        let rows = self.tones.chunks_exact(self.width);
        let along: Vec<Vec<f32>> = rows
            .map(|row| {
                let around =
                    |x: usize| &row[x.saturating_sub(reach)..(x + reach + 1).min(row.len())];
                (0..row.len()).map(|x| around(x).iter().copied().fold(row[x], fold)).collect()
            })
            .collect();
        let mut out = Vec::with_capacity(self.tones.len());
        for y in 0..along.len() {
            let around = &along[y.saturating_sub(reach)..(y + reach + 1).min(along.len())];
            let columns =
                (0..self.width).map(|x| around.iter().map(|row| row[x]).fold(along[y][x], fold));
            out.extend(columns);
        }
        out
    }
}

/// `places` with everything reached from them in `steps` steps along x or y.
fn grown(mut places: Vec<bool>, width: usize, steps: usize) -> Vec<bool> {
    for _ in 0..steps {
        let before = places.clone();
        for (at, place) in places.iter_mut().enumerate() {
            let x = at % width;
            *place |= (x > 0 && before[at - 1])
                || (x + 1 < width && before[at + 1])
                || (at >= width && before[at - width])
                || before.get(at + width).copied().unwrap_or(false);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: u8 = 200;
    const INK: u8 = 60;
    /// 70 % of a tone of 50 over paper and over ink.
    const STAMPED_PAPER: u8 = 95;
    const STAMPED_INK: u8 = 53;

    /// Print in bars two pixels wide; a stamp, if any, over columns 20 to 40.
    fn print(stamped: bool) -> RgbImage {
        RgbImage::from_fn(80, 24, |x, _| {
            let (ink, under) = (x % 8 < 2, stamped && (20..40).contains(&x));
            Rgb([match (ink, under) {
                (true, true) => STAMPED_INK,
                (false, true) => STAMPED_PAPER,
                (true, false) => INK,
                (false, false) => PAPER,
            }; 3])
        })
    }

    #[test]
    fn print_beneath_a_stamp_is_print_on_paper_again() {
        let lifted = lifted(&print(true), 5.0).unwrap();
        for x in 21..39 {
            let tone = lifted.get_pixel(x, 12)[0];
            assert_eq!(tone < 110, x % 8 < 2, "column {x}: {tone}");
        }
    }

    #[test]
    fn print_without_a_stamp_has_none_to_lift() {
        assert!(lifted(&print(false), 5.0).is_none());
        assert!(lifted(&RgbImage::new(30, 10), 5.0).is_none());
    }
}
