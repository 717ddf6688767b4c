//! The dots of a screen or of a printer, as a peak in the spectrum.
//!
//! Both lay dots on a square lattice of one pitch over the whole picture, which makes two
//! peaks of one frequency at right angles. Guilloches, print and texture have energy at
//! these frequencies too, but in bands and not in one place of every part of a picture.

use std::f32::consts::PI;

use image::RgbImage;
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{Plane, TILE, spread};
use crate::geometry::Rect;

/// A lattice of dots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raster {
    /// How far the weaker of its two peaks stands over the spectrum around it: the mean
    /// over all parts of the natural logarithm of the power.
    pub strength: f32,
    /// One of its two frequencies, cycles a pixel along x and y; the other is at a right
    /// angle to it.
    pub frequency: [f32; 2],
}

/// With fewer parts the mean is too unsure.
const LEAST: usize = 12;
/// Frequencies below, in cycles a pixel, are those of print and guilloches.
const LOWEST: f32 = 0.12;
/// One part may not decide: its logarithms end here.
const CLIP: (f32, f32) = (-2.0, 6.0);
/// JPEG's blocks of eight pixels make peaks of their own, this many bins apart.
const BLOCKS: usize = TILE / 8;

/// The strongest lattice of dots in `place`; `None` where the picture is too small, under
/// 512 by 384 pixels, to tell.
pub fn strongest(picture: &RgbImage, place: Rect) -> Option<Raster> {
    let place = place.clamped(picture.width(), picture.height());
    let spectrum = Spectrum::mean_of(picture, place)?;
    let mut best: Option<Raster> = None;
    for y in 0..TILE {
        for x in 0..TILE {
            let turned = spectrum.most_around([y, (TILE - x) % TILE]);
            let strength = spectrum.at([x, y]).min(turned);
            if best.is_none_or(|best| strength > best.strength) {
                best = Some(Raster { strength, frequency: [x, y].map(frequency) });
            }
        }
    }
    best
}

/// How far each frequency stands out, a value a bin, rows first.
struct Spectrum(Vec<f32>);

impl Spectrum {
    fn mean_of(picture: &RgbImage, place: Rect) -> Option<Self> {
        let parts = spread(place);
        if parts.len() < LEAST {
            return None;
        }
        let transform = FftPlanner::new().plan_fft_forward(TILE);
        let rings = rings();
        let mut mean = vec![0.0; TILE * TILE];
        for part in &parts {
            let plane = Plane::of(picture, *part);
            if plane.values.len() != TILE * TILE {
                return None;
            }
            let power = power(&plane.values, transform.as_ref());
            let usual = usual(&power, &rings);
            for (sum, (power, ring)) in mean.iter_mut().zip(power.iter().zip(&rings)) {
                let stands_out = (power / usual[*ring]).ln().clamp(CLIP.0, CLIP.1);
                *sum += stands_out / parts.len() as f32;
            }
        }
        Some(Self(standing_out(&mean)))
    }

    fn at(&self, [x, y]: [usize; 2]) -> f32 {
        self.0[y * TILE + x]
    }

    /// The most in the bin and the eight around it.
    fn most_around(&self, [x, y]: [usize; 2]) -> f32 {
        let near = |at: usize| [(at + TILE - 1) % TILE, at, (at + 1) % TILE];
        let all = near(y).into_iter().flat_map(|y| near(x).map(|x| self.at([x, y])));
        all.fold(f32::MIN, f32::max)
    }
}

/// Cycles a pixel of a bin.
fn frequency(bin: usize) -> f32 {
    let bin = bin as f32;
    let tile = TILE as f32;
    (if bin < tile / 2.0 { bin } else { bin - tile }) / tile
}

/// The power of every frequency of a part, seen through a Hann window.
fn power(values: &[f32], transform: &dyn rustfft::Fft<f32>) -> Vec<f32> {
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    let window = |at: usize| 0.5 - 0.5 * (2.0 * PI * (at + 1) as f32 / (TILE + 1) as f32).cos();
    let windowed = values.iter().enumerate().map(|(index, value)| {
        Complex::new((value - mean) * window(index % TILE) * window(index / TILE), 0.0)
    });
    let mut rows: Vec<Complex<f32>> = windowed.collect();
    transform.process(&mut rows);
    let mut columns = transposed(&rows);
    transform.process(&mut columns);
    transposed(&columns).iter().map(|bin| bin.norm_sqr() + 1e-3).collect()
}

fn transposed(rows: &[Complex<f32>]) -> Vec<Complex<f32>> {
    (0..TILE * TILE).map(|index| rows[index % TILE * TILE + index / TILE]).collect()
}

/// Of every bin its distance from the middle of the spectrum.
fn rings() -> Vec<usize> {
    let radius = |index: usize| {
        let [x, y] = [index % TILE, index / TILE].map(frequency);
        (x.hypot(y) * TILE as f32) as usize
    };
    (0..TILE * TILE).map(radius).collect()
}

/// The median power on each ring, at least that of rounded levels.
fn usual(power: &[f32], rings: &[usize]) -> Vec<f32> {
    let mut on = vec![Vec::new(); rings.iter().max().map_or(0, |most| most + 1)];
    for (power, ring) in power.iter().zip(rings) {
        on[*ring].push(*power);
    }
    on.iter_mut().map(|ring| median(ring).max(1.0)).collect()
}

fn median(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// How far each bin stands over those beside it in its row and in its column: straight
/// print and edges make whole lines of high bins. What cannot be told is the least.
fn standing_out(mean: &[f32]) -> Vec<f32> {
    let all = 0..TILE * TILE;
    let value = |index: usize| {
        let (x, y) = (index % TILE, index / TILE);
        let [fx, fy] = [x, y].map(frequency);
        let far = fx.hypot(fy);
        if !(LOWEST..=0.5).contains(&far) || on_blocks(x, y) || on_blocks(y, x) {
            return CLIP.0;
        }
        let beside = |index: &dyn Fn(usize) -> usize| {
            let steps = (3..=8).flat_map(|step| [step, TILE - step]);
            let mut values: Vec<f32> = steps.map(|step| mean[index(step)]).collect();
            median(&mut values)
        };
        let row = beside(&|step| y * TILE + (x + step) % TILE);
        let column = beside(&|step| (y + step) % TILE * TILE + x);
        mean[index] - row.max(column).max(0.0)
    };
    all.map(value).collect()
}

/// Whether a bin is one of those that JPEG's blocks raise.
fn on_blocks(along: usize, across: usize) -> bool {
    let near = |bin: usize, of: usize| (bin + 1) % of <= 2;
    near(along, BLOCKS) && near(across, TILE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    /// Print-like rows of dark strokes on a ground with some noise.
    fn page(width: u32, height: u32) -> RgbImage {
        let mut state = 1_u32;
        RgbImage::from_fn(width, height, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let stroke = (x * x / 97 + 7 * (y / 22)) % 9 < 3 && y % 22 < 12;
            let level = if stroke { 60 } else { 200 } + (state >> 29) as u8;
            Rgb([level; 3])
        })
    }

    fn whole(picture: &RgbImage) -> Option<Raster> {
        let (width, height) = picture.dimensions();
        strongest(picture, Rect::new(0.0, 0.0, width as f32, height as f32))
    }

    #[test]
    fn a_lattice_of_dots_stands_out_and_print_does_not() {
        let plain = page(900, 600);
        let mut dotted = plain.clone();
        let (sin, cos) = 0.3_f32.sin_cos();
        for (x, y, pixel) in dotted.enumerate_pixels_mut() {
            let (x, y) = (x as f32, y as f32);
            let wave = |along: f32| (2.0 * PI * along * 0.22).cos();
            let dots = 4.0 * (wave(x * cos + y * sin) + wave(y * cos - x * sin));
            pixel.0 = pixel.0.map(|level| (f32::from(level) + dots) as u8);
        }
        let (plain, dotted) = (whole(&plain).unwrap(), whole(&dotted).unwrap());
        assert!(dotted.strength > plain.strength + 1.0, "{plain:?} {dotted:?}");
        let [x, y] = dotted.frequency;
        assert!((x.hypot(y) - 0.22).abs() < 0.01, "{dotted:?}");
    }

    #[test]
    fn small_pictures_are_not_judged() {
        assert_eq!(whole(&page(500, 300)), None);
        assert_eq!(whole(&RgbImage::new(1, 1)), None);
    }
}
