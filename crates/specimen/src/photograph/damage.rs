//! Places where a document's surface is scraped off.

use image::Rgb;
use rand::Rng;

use super::compose::{Shot, Spot};
use super::fault::Fault;
use super::light::oblong;
use crate::canvas::mix;
use crate::rng::stream;

pub(super) fn scrape(shot: &mut Shot) {
    for (nth, fault) in shot.scene.faults.clone().iter().enumerate() {
        let Fault::Scraped { on, length_mm } = fault else {
            continue;
        };
        let Some(spot) = shot.spot(on, nth) else {
            continue;
        };
        let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.scrape");
        let half = [length_mm / 2.0, rng.random_range(3.5..5.5_f32).max(spot.half[1] + 1.5)];
        let patch = Patch { half, angle: rng.random_range(-0.4..0.4), grain: rng.random() };
        patch.bare(shot, spot);
        let view = shot.laid[spot.side].view;
        let region = oblong(spot.mm, half, patch.angle).map(&|point| view.apply(point));
        shot.plant(fault, Some(region));
    }
}

/// A patch with a ragged edge, scraped along its length.
struct Patch {
    /// Half its length and width in millimetres.
    half: [f32; 2],
    /// Its turn in radians.
    angle: f32,
    /// Where its grain begins.
    grain: u32,
}

/// What lies under print and varnish.
const BARE: Rgb<u8> = Rgb([246, 243, 236]);

impl Patch {
    /// Takes the surface off about `spot`.
    fn bare(&self, shot: &mut Shot, spot: Spot) {
        let laid = &mut shot.laid[spot.side];
        let scale = laid.pixels_per_mm;
        let (sin, cos) = self.angle.sin_cos();
        let reach = 1.3 * self.half[0].hypot(self.half[1]);
        let clamp = |value: f32, most: u32| (value * scale).clamp(0.0, most as f32) as u32;
        let (width, height) = laid.image.dimensions();
        for y in clamp(spot.mm[1] - reach, height)..clamp(spot.mm[1] + reach, height) {
            for x in clamp(spot.mm[0] - reach, width)..clamp(spot.mm[0] + reach, width) {
                let dx = (x as f32 + 0.5) / scale - spot.mm[0];
                let dy = (y as f32 + 0.5) / scale - spot.mm[1];
                let (along, across) = (dx * cos + dy * sin, dy * cos - dx * sin);
                // The scraper's strokes end where they will.
                let stroke = 0.22 * self.noise(along * 0.15, across * 1.6);
                let ragged = 0.1 * self.noise(along * 1.2, across * 1.2);
                let inside = 1.0 - (along / self.half[0]).powi(4) - (across / self.half[1]).powi(4);
                let bare = ((inside + stroke + ragged) * 5.0).clamp(0.0, 1.0);
                if bare > 0.0 {
                    let fibre = 1.0 + 0.03 * self.noise(along * 0.5, across * 5.0);
                    let shade = Rgb(BARE.0.map(|c| (f32::from(c) * fibre).min(255.0) as u8));
                    // Some ink stays in the depth.
                    let kept = 0.04 + 0.06 * self.noise(along * 2.0, across * 4.0).max(0.0);
                    mix(laid.image.get_pixel_mut(x, y), shade, bare * (1.0 - kept));
                }
            }
        }
    }

    /// Smooth noise in −1..1.
    fn noise(&self, x: f32, y: f32) -> f32 {
        let lattice = |x: i32, y: i32| {
            let mut hash = (x as u32).wrapping_mul(0x9E37_79B1)
                ^ (y as u32).wrapping_mul(0x85EB_CA77)
                ^ self.grain;
            hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
            hash = (hash ^ (hash >> 12)).wrapping_mul(0x297A_2D39);
            (hash >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let (x, y) = (left as i32, top as i32);
        let row = |y: i32| lattice(x, y) + (lattice(x + 1, y) - lattice(x, y)) * fx;
        row(y) + (row(y + 1) - row(y)) * fy
    }
}
