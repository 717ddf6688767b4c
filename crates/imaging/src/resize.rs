//! Resizing, with the averaging that reduction needs.

use std::borrow::Cow;
use std::f32::consts::PI;

use image::RgbImage;

use crate::geometry::Point;

/// How new pixels are made of old ones. Each averages over all that a new
/// pixel covers, so that reduction does not alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// The plain mean of the covered pixels: fastest.
    Area,
    /// Weights that fall off linearly.
    Bilinear,
    /// Lanczos with three lobes: sharpest, for enlarging text.
    Lanczos,
}

impl Filter {
    /// How far the kernel reaches, in source pixels when enlarging and in new
    /// pixels when reducing.
    fn reach(self) -> f32 {
        match self {
            Self::Area => 0.5,
            Self::Bilinear => 1.0,
            Self::Lanczos => 3.0,
        }
    }

    /// The weight at `distance` from the centre, in units of the reach above.
    fn weight(self, distance: f32) -> f32 {
        let x = distance.abs();
        let sinc = |x: f32| if x < 1e-4 { 1.0 } else { (PI * x).sin() / (PI * x) };
        match self {
            Self::Area => 1.0,
            Self::Bilinear => (1.0 - x).max(0.0),
            Self::Lanczos if x < 3.0 => sinc(x) * sinc(x / 3.0),
            Self::Lanczos => 0.0,
        }
    }
}

/// The source pixels that one new pixel is made of, along one axis.
struct Taps {
    first: usize,
    /// They add up to 1.
    weights: Vec<f32>,
}

/// The taps of each of `new` pixels that replace `old` ones.
fn taps(old: u32, new: u32, filter: Filter) -> Vec<Taps> {
    let step = old as f32 / new as f32;
    let stretch = step.max(1.0);
    let reach = filter.reach() * stretch;
    let of_pixel = |index: u32| {
        let centre = (index as f32 + 0.5) * step;
        let first = (centre - reach).floor().clamp(0.0, (old - 1) as f32) as usize;
        let end = (centre + reach).ceil().clamp(first as f32 + 1.0, old as f32) as usize;
        let weight = |at: usize| {
            let (left, right) = (at as f32, at as f32 + 1.0);
            match filter {
                // The share of the source pixel that is covered.
                Filter::Area => (right.min(centre + reach) - left.max(centre - reach)).max(0.0),
                _ => filter.weight((left + 0.5 - centre) / stretch),
            }
        };
        let mut weights: Vec<f32> = (first..end).map(weight).collect();
        let sum: f32 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        Taps { first, weights }
    };
    (0..new).map(of_pixel).collect()
}

/// `image` at `width` × `height` pixels, at least 1 × 1. An empty picture gives
/// black.
pub fn resized(image: &RgbImage, width: u32, height: u32, filter: Filter) -> RgbImage {
    let (width, height) = (width.max(1), height.max(1));
    let mut out = RgbImage::new(width, height);
    if image.width() == 0 || image.height() == 0 {
        return out;
    }
    let columns = taps(image.width(), width, filter);
    let rows = taps(image.height(), height, filter);
    let (source_line, line) = (image.width() as usize * 3, width as usize * 3);
    // Down first: whole lines are weighted at once, and the step across works
    // on no more lines than the result has.
    let mut sums = vec![0.0_f32; source_line];
    for (taps, to) in rows.iter().zip(out.chunks_exact_mut(line)) {
        sums.fill(0.0);
        let from = image.as_raw()[taps.first * source_line..].chunks_exact(source_line);
        for (weight, from) in taps.weights.iter().zip(from) {
            for (sum, &level) in sums.iter_mut().zip(from) {
                *sum += weight * f32::from(level);
            }
        }
        across(&sums, &columns, to);
    }
    out
}

/// Makes a line of new RGB pixels from the weighted source line.
fn across(sums: &[f32], columns: &[Taps], to: &mut [u8]) {
    let (pixels, _) = sums.as_chunks::<3>();
    let (targets, _) = to.as_chunks_mut::<3>();
    for (taps, target) in columns.iter().zip(targets) {
        let mut rgb = [0.5_f32; 3];
        for (weight, pixel) in taps.weights.iter().zip(&pixels[taps.first..]) {
            rgb = [0, 1, 2].map(|c: usize| rgb[c] + weight * pixel[c]);
        }
        // The cast saturates where Lanczos overshoots.
        *target = rgb.map(|level| level as u8);
    }
}

/// A picture made smaller, and the way back to the source's coordinates.
#[derive(Debug, Clone)]
pub struct Fitted<'a> {
    /// The picture, borrowed where it was small enough already.
    pub image: Cow<'a, RgbImage>,
    /// Fitted pixels for one source pixel, across and down; they differ by the
    /// rounding to whole pixels.
    pub scale: (f32, f32),
}

impl Fitted<'_> {
    /// Where `point` of the fitted picture lies in the source.
    pub fn to_source(&self, point: Point) -> Point {
        Point::new(point.x / self.scale.0, point.y / self.scale.1)
    }

    /// Where `point` of the source lies in the fitted picture.
    pub fn from_source(&self, point: Point) -> Point {
        Point::new(point.x * self.scale.0, point.y * self.scale.1)
    }
}

/// `image` with its longer side at most `longest_side` pixels, never enlarged.
pub fn fit_within(image: &RgbImage, longest_side: u32, filter: Filter) -> Fitted<'_> {
    let (width, height) = image.dimensions();
    let longest = width.max(height);
    if longest <= longest_side {
        return Fitted { image: Cow::Borrowed(image), scale: (1.0, 1.0) };
    }
    let shrink = |side: u32| {
        let exact = f64::from(side) * f64::from(longest_side) / f64::from(longest);
        (exact.round() as u32).max(1)
    };
    let fitted = resized(image, shrink(width), shrink(height), filter);
    let scale = (fitted.width() as f32 / width as f32, fitted.height() as f32 / height as f32);
    Fitted { image: Cow::Owned(fitted), scale }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn reduction_averages_what_a_pixel_covers() {
        let stripes = RgbImage::from_fn(64, 8, |x, _| Rgb([if x % 2 == 0 { 0 } else { 200 }; 3]));
        let small = resized(&stripes, 8, 1, Filter::Area);
        assert!(small.iter().all(|&level| level == 100), "{small:?}");
    }

    #[test]
    fn every_filter_keeps_flat_colour_and_steep_edges_do_not_wrap_around() {
        let edge = RgbImage::from_fn(40, 30, |x, _| Rgb(if x < 20 { [0; 3] } else { [255; 3] }));
        for filter in [Filter::Area, Filter::Bilinear, Filter::Lanczos] {
            for (width, height) in [(13, 7), (40, 30), (101, 77)] {
                let out = resized(&edge, width, height, filter);
                let left = out.get_pixel(1, height / 2);
                let right = out.get_pixel(width - 2, height / 2);
                assert!(left[0] < 8 && right[0] > 247, "{filter:?} {width}: {left:?} {right:?}");
            }
            assert_eq!(resized(&edge, 40, 30, filter), edge, "{filter:?}");
        }
    }

    #[test]
    fn fitting_keeps_the_shape_and_maps_points_both_ways() {
        let image = RgbImage::new(1603, 1200);
        let fitted = fit_within(&image, 640, Filter::Area);
        assert_eq!(fitted.image.dimensions(), (640, 479));
        let corner = fitted.to_source(Point::new(640.0, 479.0));
        assert!(corner.distance(Point::new(1603.0, 1200.0)) < 0.01);
        assert!(fitted.from_source(corner).distance(Point::new(640.0, 479.0)) < 0.01);
    }

    #[test]
    fn a_small_picture_is_not_copied_or_enlarged() {
        let image = RgbImage::new(300, 200);
        assert!(matches!(fit_within(&image, 640, Filter::Area).image, Cow::Borrowed(_)));
    }

    #[test]
    fn pictures_without_pixels_are_no_trouble() {
        assert_eq!(resized(&RgbImage::new(0, 5), 0, 3, Filter::Bilinear).dimensions(), (1, 3));
        assert_eq!(
            fit_within(&RgbImage::new(5000, 1), 100, Filter::Area).image.dimensions(),
            (100, 1)
        );
    }
}
