//! Spots of mirrored light.

use image::RgbImage;

use super::Mask;
use super::levels::{Histogram, is_clipped};

/// Smaller parts, as a share of the picture, hide no character that matters.
const LEAST_SHARE: f32 = 0.0008;

/// Paper whose darkest channel reaches this is itself almost clipped: a
/// spot cannot be told from it.
const WHITE_PAPER: u8 = 238;

/// A spot of light fills its convex outline; frames, borders and letters do not.
const LEAST_SOLIDITY: f32 = 0.6;

/// Light spreads in lens and surface, so that paper beside a spot is lit:
/// by this share of what it lacks to white. Beside what is printed white it is not.
const LEAST_GLOW: f32 = 0.3;

/// The mirrored lights on a flattened document, the largest first: places
/// where every channel is clipped though the paper around is not, and that
/// light up what lies beside them.
///
/// On a page whose paper is itself clipped, as many scans have, there are none:
/// that is for [`super::levels::clipped_share`] to say.
pub fn spots(document: &RgbImage) -> Vec<Mask> {
    let (width, height) = document.dimensions();
    let clipped = Mask::of_pixels(document, is_clipped);
    if clipped.count() == 0 {
        return Vec::new();
    }
    let darkest: Vec<u8> = document.pixels().map(|p| p[0].min(p[1]).min(p[2])).collect();
    let histogram = Histogram::of(darkest.iter().copied());
    if histogram.percentile(0.6) >= WHITE_PAPER {
        return Vec::new();
    }
    let paper = f32::from(histogram.percentile(0.5));
    // Opening takes single pixels and thin lines away, closing joins what
    // noise parted.
    let solid = clipped.grown(1).shrunk(2).grown(1);
    let least = (LEAST_SHARE * width as f32 * height as f32).ceil() as usize;
    let mut spots = solid.parts(least.max(1));
    spots.retain(|spot| {
        let level = |(from, to), share| {
            let beside = spot.ring(from, to);
            let levels = beside.iter().map(|&(x, y)| darkest[(y * width + x) as usize]);
            f32::from(Histogram::of(levels).percentile(share))
        };
        let [low, middle, high] = [0.25, 0.5, 0.75].map(|share| level(NEAR, share));
        let falls = |near: f32, share, least| near >= level(FAR, share) + least;
        let lit = middle >= paper + LEAST_GLOW * (255.0 - paper);
        let on_dark = falls(middle, 0.5, LEAST_FALL);
        let on_both = falls(low, 0.25, LEAST_FALL) && falls(high, 0.75, LEAST_FALL_ON_LIGHT);
        (lit || on_dark || on_both) && spot.solidity() >= LEAST_SOLIDITY
    });
    spots
}

/// Pixels beside a spot, from and to, where its light is looked for: a hard edge
/// would be over there.
const NEAR: (usize, usize) = (2, 5);

/// Where its light is over; on what is darker than paper, as hair, it falls by
/// so many levels until there.
const FAR: (usize, usize) = (9, 13);
const LEAST_FALL: f32 = 14.0;

/// And where dark and light lie beside a spot, as hair and the light ground of a portrait,
/// by so many on the light, whose light is nearer white. Of 56 spots over portraits
/// (looks 0 and 1, seeds from 805,000) 7 are told by this alone.
const LEAST_FALL_ON_LIGHT: f32 = 5.0;

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// A page of tinted paper with `light` added as a function of the distance
    /// to the middle of a spot, in radii of 40 × 20 pixels.
    fn page(light: impl Fn(f32) -> f32) -> RgbImage {
        RgbImage::from_fn(300, 200, |x, y| {
            let distance = ((x as f32 - 150.0) / 40.0).hypot((y as f32 - 90.0) / 20.0);
            let line = y % 24 < 4 && x % 7 < 4;
            let paper = if line { [40.0, 40.0, 48.0] } else { [222.0, 214.0, 230.0] };
            Rgb(paper.map(|level| (level + light(distance)).min(255.0) as u8))
        })
    }

    #[test]
    fn a_mirrored_lamp_is_found_where_it_is() {
        let spots = spots(&page(|d| 300.0 / (1.0 + d.powi(12)) + 55.0 * (-d * d / 2.0).exp()));
        assert_eq!(spots.len(), 1);
        let bounds = spots[0].bounds().unwrap();
        assert!((bounds.center().x - 150.0).abs() < 3.0 && (bounds.center().y - 90.0).abs() < 3.0);
        assert!((75.0..110.0).contains(&bounds.width), "{bounds:?}");
    }

    #[test]
    fn a_mirrored_lamp_on_half_dark_and_half_light_ground_is_found() {
        let light = |d: f32| 300.0 / (1.0 + d.powi(12)) + 55.0 * (-d * d / 2.0).exp();
        let mut portrait = page(light);
        for (x, y, pixel) in portrait.enumerate_pixels_mut() {
            let distance = ((x as f32 - 150.0) / 40.0).hypot((y as f32 - 90.0) / 20.0);
            let ground = if y > 86 { 40.0 } else { 236.0 };
            pixel.0 = [(ground + light(distance)).min(255.0) as u8; 3];
        }
        assert_eq!(spots(&portrait).len(), 1);
    }

    #[test]
    fn what_is_printed_white_is_no_light() {
        assert!(spots(&page(|d| if d < 1.0 { 300.0 } else { 0.0 })).is_empty());
        assert!(spots(&page(|_| 0.0)).is_empty());
        assert!(spots(&RgbImage::from_pixel(300, 200, Rgb([255; 3]))).is_empty());
        assert!(spots(&RgbImage::new(0, 0)).is_empty());
    }
}
