//! Things that lie over the document.

use image::{Rgb, RgbImage};
use rand::Rng;

use super::compose::{Shot, Spot};
use super::fault::{Cover, Fault};
use super::light::oblong;
use crate::canvas::mix;
use crate::rng::stream;
use crate::truth::Quad;

pub(super) fn cover(image: &mut RgbImage, shot: &mut Shot) {
    for (nth, fault) in shot.scene.faults.clone().iter().enumerate() {
        let Fault::Covered { on, by } = fault else {
            continue;
        };
        let Some(spot) = shot.spot(on, nth) else {
            continue;
        };
        let region = match by {
            Cover::Finger => finger(image, shot, spot, nth),
            Cover::Pen => pen(image, shot, spot, nth),
            Cover::Card => card(image, shot, spot, nth),
        };
        shot.plant(fault, Some(region));
    }
}

/// A round-ended bar from `tip` in the direction `along`.
struct Bar {
    tip: [f32; 2],
    along: [f32; 2],
    length: f32,
    radius: f32,
}

impl Bar {
    /// Place along the bar and distance from its axis, both in radii.
    fn place(&self, at: [f32; 2]) -> (f32, f32) {
        let (dx, dy) = (at[0] - self.tip[0], at[1] - self.tip[1]);
        let u = dx * self.along[0] + dy * self.along[1];
        let v = dy * self.along[0] - dx * self.along[1];
        let beyond = if u < 0.0 { u } else { (u - self.length).max(0.0) };
        (u / self.radius, beyond.hypot(v) / self.radius)
    }

    fn region(&self) -> Quad {
        let half = f32::midpoint(self.length, self.radius);
        let shift = half - self.radius;
        let centre = [self.tip[0] + self.along[0] * shift, self.tip[1] + self.along[1] * shift];
        oblong(centre, [half, self.radius], self.along[1].atan2(self.along[0]))
    }

    /// Paints it: `colour` gives the colour by place along and distance across.
    fn paint(&self, image: &mut RgbImage, colour: impl Fn(f32, f32) -> Rgb<u8>) {
        let [left, top, right, bottom] = self.region().bounds();
        let margin = self.radius * 0.6;
        let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
        for y in clamp(top - margin, image.height())..clamp(bottom + margin, image.height()) {
            for x in clamp(left - margin, image.width())..clamp(right + margin, image.width()) {
                let (u, d) = self.place([x as f32 + 0.5, y as f32 + 0.5]);
                if d > 1.5 {
                    continue;
                }
                let pixel = image.get_pixel_mut(x, y);
                let shade = 0.45 * ((1.5 - d) / 0.5).clamp(0.0, 1.0).powi(2);
                mix(pixel, Rgb([0, 0, 0]), shade);
                let alpha = ((1.0 - d) * self.radius + 0.5).clamp(0.0, 1.0);
                mix(pixel, colour(u, d.min(1.0)), alpha);
            }
        }
    }
}

/// Towards the nearer long edge of the document, leaning a little.
fn outward(shot: &Shot, spot: Spot, lean: f32) -> [f32; 2] {
    let laid = &shot.laid[spot.side];
    let down = if spot.mm[1] > laid.size_mm.1 / 2.0 { 6.0 } else { -6.0 };
    let there = laid.view.apply([spot.mm[0], spot.mm[1] + down]);
    let angle = (there[1] - spot.at[1]).atan2(there[0] - spot.at[0]) + lean;
    [angle.cos(), angle.sin()]
}

fn finger(image: &mut RgbImage, shot: &Shot, spot: Spot, nth: usize) -> Quad {
    const SKINS: [Rgb<u8>; 4] =
        [Rgb([232, 188, 160]), Rgb([208, 160, 126]), Rgb([158, 108, 80]), Rgb([98, 66, 50])];
    let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.finger");
    let skin = SKINS[rng.random_range(0..SKINS.len())];
    let scale = shot.pixels_per_mm();
    let along = outward(shot, spot, rng.random_range(-0.5..0.5));
    let radius = scale * rng.random_range(7.0..9.0);
    let long = (shot.scene.width + shot.scene.height) as f32;
    // The ball of the finger lies on the spot.
    let tip = [spot.at[0] - along[0] * radius * 0.3, spot.at[1] - along[1] * radius * 0.3];
    let bar = Bar { tip, along, length: long, radius };
    bar.paint(image, |u, d| {
        let round = 1.0 - 0.38 * d * d;
        // A nail near the end, lighter and pink; creases at the joints.
        let nail =
            ((0.75 - (u - 0.15).abs()) * 6.0).clamp(0.0, 1.0) * ((0.6 - d) * 6.0).clamp(0.0, 1.0);
        let crease = 1.0 - 0.12 * (-((u - 3.3) * 4.0).powi(2)).exp();
        let mut colour = Rgb(skin.0.map(|c| (f32::from(c) * round * crease) as u8));
        mix(&mut colour, Rgb([240, 204, 196]), 0.5 * nail);
        colour
    });
    bar.region()
}

fn pen(image: &mut RgbImage, shot: &Shot, spot: Spot, nth: usize) -> Quad {
    const BODIES: [Rgb<u8>; 4] =
        [Rgb([30, 40, 110]), Rgb([24, 24, 26]), Rgb([170, 24, 30]), Rgb([190, 190, 196])];
    let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.pen");
    let body = BODIES[rng.random_range(0..BODIES.len())];
    let scale = shot.pixels_per_mm();
    let along = outward(shot, spot, rng.random_range(0.5..1.2));
    let (radius, length) = (scale * 4.6, scale * 135.0);
    let back = scale * rng.random_range(20.0..50.0);
    let tip = [spot.at[0] - along[0] * back, spot.at[1] - along[1] * back];
    let bar = Bar { tip, along, length, radius };
    bar.paint(image, |u, d| {
        let shine = 1.0 - 0.5 * d + 0.5 * (-((d - 0.3) * 6.0).powi(2)).exp();
        let colour = if u < 3.0 { Rgb([196, 190, 180]) } else { body };
        Rgb(colour.0.map(|c| (f32::from(c) * shine).clamp(0.0, 255.0) as u8))
    });
    bar.region()
}

/// A plain plastic card that overlaps from outside.
fn card(image: &mut RgbImage, shot: &Shot, spot: Spot, nth: usize) -> Quad {
    let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.card");
    let scale = shot.pixels_per_mm();
    let along = outward(shot, spot, rng.random_range(-0.35..0.35));
    let colour = Rgb([
        rng.random_range(30..220_u8),
        rng.random_range(30..220_u8),
        rng.random_range(30..220_u8),
    ]);
    let half = [scale * 27.0, scale * 42.8];
    // Its near edge passes a little beyond the spot.
    let reach = half[0] - scale * (spot.half[1] + 2.5);
    let centre = [spot.at[0] + along[0] * reach, spot.at[1] + along[1] * reach];
    let region = oblong(centre, half, along[1].atan2(along[0]));
    let [left, top, right, bottom] = region.bounds();
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    for y in clamp(top, image.height())..clamp(bottom, image.height()) {
        for x in clamp(left, image.width())..clamp(right, image.width()) {
            let (dx, dy) = (x as f32 + 0.5 - centre[0], y as f32 + 0.5 - centre[1]);
            let u = dx * along[0] + dy * along[1];
            let v = dy * along[0] - dx * along[1];
            let inside = (half[0] - u.abs()).min(half[1] - v.abs());
            let alpha = (inside + 0.5).clamp(0.0, 1.0);
            let tone = 1.0 + 0.16 * (u / half[0]);
            let shaded = Rgb(colour.0.map(|c| (f32::from(c) * tone).clamp(0.0, 255.0) as u8));
            mix(image.get_pixel_mut(x, y), shaded, alpha);
        }
    }
    region
}
