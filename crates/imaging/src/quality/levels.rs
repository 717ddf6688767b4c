//! How light, how clipped, how colourful.

use image::{Rgb, RgbImage};

/// A channel from here on has lost its detail: JPEG and noise pull a clipped
/// 255 down by a few levels.
pub const CLIPPED: u8 = 250;

/// Luminance of a pixel, 0 to 255 (ITU-R BT.601).
pub fn luminance(pixel: &Rgb<u8>) -> u8 {
    let [r, g, b] = pixel.0.map(u32::from);
    ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
}

/// Whether every channel of a pixel is clipped.
pub fn is_clipped(pixel: &Rgb<u8>) -> bool {
    pixel.0.iter().all(|level| *level >= CLIPPED)
}

/// A histogram of levels 0 to 255.
#[derive(Debug, Clone)]
pub struct Histogram {
    counts: [u32; 256],
    total: u32,
}

impl Histogram {
    /// The histogram of `levels`.
    pub fn of(levels: impl Iterator<Item = u8>) -> Self {
        let mut counts = [0; 256];
        let mut total = 0;
        for level in levels {
            counts[usize::from(level)] += 1;
            total += 1;
        }
        Self { counts, total }
    }

    /// The level that `share` (0 to 1) of the values do not exceed; 0 when
    /// there is none.
    pub fn percentile(&self, share: f32) -> u8 {
        let wanted = (f64::from(share) * f64::from(self.total)).ceil().max(1.0) as u32;
        let mut seen = 0;
        let found = self.counts.iter().position(|count| {
            seen += count;
            seen >= wanted
        });
        found.unwrap_or(0) as u8
    }
}

/// The level of the light part of a picture, in which the paper of a document
/// lies: the 75th percentile of its luminance, 0 to 255.
pub fn light_level(picture: &RgbImage) -> u8 {
    Histogram::of(picture.pixels().map(luminance)).percentile(0.75)
}

/// Share of the pixels of which every channel is clipped, 0 to 1.
pub fn clipped_share(picture: &RgbImage) -> f32 {
    let clipped = picture.pixels().filter(|pixel| is_clipped(pixel)).count();
    let all = picture.pixels().len().max(1);
    clipped as f32 / all as f32
}

/// Share of the light and dark of a picture that is clipped away, 0 to 1: each channel
/// counts for what it gives to luminance, so skin of which red alone is clipped has
/// lost a third.
pub fn lost_share(picture: &RgbImage) -> f32 {
    const WEIGHTS: [u32; 3] = [299, 587, 114];
    let lost = |pixel: &Rgb<u8>| -> u32 {
        let channels = pixel.0.iter().zip(WEIGHTS);
        channels.filter(|(level, _)| **level >= CLIPPED).map(|(_, weight)| weight).sum()
    };
    let all = 1000.0 * picture.pixels().len().max(1) as f64;
    let lost: u64 = picture.pixels().map(|pixel| u64::from(lost(pixel))).sum();
    (lost as f64 / all) as f32
}

/// How colourful a picture is: how far its colours lie from its commonest
/// tint, in levels, at the 90th percentile. A grey copy has almost 0 in light of
/// any colour, as the light tints all of it alike.
pub fn colourfulness(picture: &RgbImage) -> f32 {
    let difference = |pixel: &Rgb<u8>, channel: usize| {
        let y = i32::from(luminance(pixel));
        (i32::from(pixel.0[channel]) - y).clamp(-127, 127)
    };
    let median = |channel: usize| {
        let shifted = picture.pixels().map(|pixel| (difference(pixel, channel) + 128) as u8);
        i32::from(Histogram::of(shifted).percentile(0.5)) - 128
    };
    let tint = [median(0), median(2)];
    let distances = picture.pixels().map(|pixel| {
        let red = (difference(pixel, 0) - tint[0]) as f32;
        let blue = (difference(pixel, 2) - tint[1]) as f32;
        red.hypot(blue).min(255.0) as u8
    });
    f32::from(Histogram::of(distances).percentile(0.9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_levels_of_the_histogram() {
        let histogram = Histogram::of(0..=99);
        assert_eq!([0.0, 0.5, 0.75, 1.0].map(|p| histogram.percentile(p)), [0, 49, 74, 99]);
        assert_eq!(Histogram::of(std::iter::empty()).percentile(0.5), 0);
    }

    #[test]
    fn a_clipped_channel_loses_what_it_gives_to_luminance() {
        let cases = [([255, 200, 180], 0.299), ([255, 254, 180], 0.886), ([90, 80, 70], 0.0)];
        for (colour, lost) in cases {
            let share = lost_share(&RgbImage::from_pixel(4, 4, Rgb(colour)));
            assert!((share - lost).abs() < 1e-4, "{colour:?}: {share}");
        }
    }

    #[test]
    fn a_grey_copy_has_no_colour_even_in_yellow_light() {
        let grey = |x: u32| (x * 2) as u8;
        let lit = RgbImage::from_fn(100, 10, |x, _| {
            Rgb([grey(x), (f32::from(grey(x)) * 0.97) as u8, (f32::from(grey(x)) * 0.85) as u8])
        });
        let coloured =
            RgbImage::from_fn(
                100,
                10,
                |x, _| if x < 40 { Rgb([200, 80, 80]) } else { Rgb([200; 3]) },
            );
        assert!(colourfulness(&lit) < 20.0, "{}", colourfulness(&lit));
        assert!(colourfulness(&coloured) > 60.0, "{}", colourfulness(&coloured));
    }
}
