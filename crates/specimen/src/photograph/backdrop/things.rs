//! Flat things lying about: sheets, books, cards, keys.

use image::{Rgb, RgbImage};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Noise, calm, cloth, plain, shade, wood};
use crate::canvas::mix;

/// An upright rectangle turned by `angle`, its corners rounded.
struct Slab {
    centre: [f32; 2],
    half: [f32; 2],
    angle: f32,
    radius: f32,
}

impl Slab {
    /// Somewhere on the picture, spanning `share` of its width.
    fn somewhere(rng: &mut ChaCha8Rng, (w, h): (u32, u32), share: std::ops::Range<f32>) -> Self {
        let (w, h) = (w as f32, h as f32);
        Self {
            centre: [rng.random_range(0.0..w), rng.random_range(0.0..h)],
            half: [rng.random_range(share.clone()) * w / 2.0, rng.random_range(share) * w / 2.0],
            angle: rng.random_range(-0.9..0.9),
            radius: 0.0,
        }
    }

    /// Paints it with a soft shadow; `colour` gives the colour by the place
    /// from the centre, in pixels along its own axes.
    fn paint(&self, image: &mut RgbImage, depth: f32, colour: impl Fn(f32, f32) -> Rgb<u8>) {
        let (sin, cos) = self.angle.sin_cos();
        let reach = self.half[0].hypot(self.half[1]) + depth * 2.0;
        let (w, h) = image.dimensions();
        let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
        for y in clamp(self.centre[1] - reach, h)..clamp(self.centre[1] + reach, h) {
            for x in clamp(self.centre[0] - reach, w)..clamp(self.centre[0] + reach, w) {
                let (dx, dy) = (x as f32 + 0.5 - self.centre[0], y as f32 + 0.5 - self.centre[1]);
                let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
                let outside = self.beyond(u, v);
                if outside > depth * 2.0 {
                    continue;
                }
                let pixel = image.get_pixel_mut(x, y);
                if outside > 0.0 {
                    let fall = outside / depth.max(0.1);
                    mix(pixel, Rgb([0, 0, 0]), 0.4 * (-fall * fall * 2.0).exp());
                }
                mix(pixel, colour(u, v), (0.5 - outside).clamp(0.0, 1.0));
            }
        }
    }

    /// Signed distance to the edge, negative inside.
    fn beyond(&self, u: f32, v: f32) -> f32 {
        let dx = u.abs() - (self.half[0] - self.radius);
        let dy = v.abs() - (self.half[1] - self.radius);
        dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - self.radius
    }
}

/// White sheets on a white desk, edges and a few lines hardly visible.
pub(super) fn paper(rng: &mut ChaCha8Rng, size: (u32, u32)) -> RgbImage {
    let white = rng.random_range(206..248_u8);
    let desk = Rgb([white, white.saturating_sub(rng.random_range(0..8)), white.saturating_sub(4)]);
    let noise = Noise::new(rng);
    let mut image = RgbImage::from_fn(size.0, size.1, |x, y| {
        shade(desk, 1.0 + 0.012 * noise.at(x as f32 / 120.0, y as f32 / 120.0))
    });
    for _ in 0..rng.random_range(0..5) {
        let mut slab = Slab::somewhere(rng, size, 0.4..1.1);
        slab.radius = 1.0;
        let tint = rng.random_range(214..252_u8);
        let tint = Rgb([tint, tint, tint.saturating_sub(rng.random_range(0..6))]);
        let ink = Rgb([rng.random_range(60..200); 3]);
        let (leading, words) = (rng.random_range(12.0..40.0_f32), Noise::new(rng));
        let ruled = rng.random_bool(0.5);
        let depth = rng.random_range(1.0..6.0);
        slab.paint(&mut image, depth, |u, v| {
            let mut colour = tint;
            let line = (v / leading).floor();
            let letter = words.lattice((u / (leading * 0.3)).floor() as i32, line as i32);
            if ruled && ((v / leading).fract().abs() - 0.5).abs() < 0.2 && letter > 0.1 {
                mix(&mut colour, ink, 0.5);
            }
            colour
        });
    }
    image
}

/// Books with bands and pretended titles.
pub(super) fn books(rng: &mut ChaCha8Rng, size: (u32, u32)) -> RgbImage {
    let mut image = if rng.random_bool(0.5) { wood(rng, size) } else { plain(rng, size) };
    for _ in 0..rng.random_range(2..6) {
        let slab = Slab::somewhere(rng, size, 0.35..0.95);
        let cover = Rgb([0; 3].map(|_: u8| rng.random_range(15..240)));
        let title = Rgb([0; 3].map(|_: u8| rng.random_range(15..250)));
        let band = rng.random_range(-0.8..0.8) * slab.half[1];
        let wide = rng.random_range(0.04..0.35) * slab.half[1];
        let (spine, words) = (rng.random_range(0.82..0.95) * slab.half[0], Noise::new(rng));
        slab.paint(&mut image, 8.0, |u, v| {
            let mut colour = shade(cover, 1.0 + 0.04 * words.at(u / 9.0, v / 9.0));
            let letter = words.lattice((u / (wide * 0.4)).floor() as i32, 7);
            if (v - band).abs() < wide && u.abs() < spine * 0.8 && letter > -0.3 {
                mix(&mut colour, title, 0.9);
            }
            if u < -spine {
                colour = shade(colour, 0.6);
            }
            colour
        });
    }
    image
}

/// Blank plastic cards: a stripe and a chip at the most.
pub(super) fn cards(rng: &mut ChaCha8Rng, size: (u32, u32)) -> RgbImage {
    let mut image = if rng.random_bool(0.5) { cloth(rng, size) } else { plain(rng, size) };
    for _ in 0..rng.random_range(1..5) {
        let mut slab = Slab::somewhere(rng, size, 0.3..0.5);
        slab.half[1] = slab.half[0] * 0.63;
        slab.radius = slab.half[0] * 0.075;
        let (from, to) = (calm(rng), Rgb([0; 3].map(|_: u8| rng.random_range(10..250))));
        let (long, striped) = (slab.half[0], rng.random_bool(0.5));
        slab.paint(&mut image, 4.0, |u, v| {
            let mut colour = from;
            mix(&mut colour, to, (0.5 + 0.5 * u / long).clamp(0.0, 1.0));
            if striped && (-0.45..-0.2).contains(&(v / long)) {
                colour = Rgb([28, 26, 26]);
            }
            if !striped && (-0.75..-0.5).contains(&(u / long)) && (v / long).abs() < 0.1 {
                colour = Rgb([206, 178, 104]);
            }
            colour
        });
    }
    image
}

/// Rows of keys, turned a little.
pub(super) fn keyboard(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let dark = rng.random_bool(0.6);
    let level = if dark { rng.random_range(24..70_u8) } else { rng.random_range(190..240) };
    let base = if dark { Rgb([level / 2; 3]) } else { Rgb([level - 60; 3]) };
    let pitch = rng.random_range(0.06..0.16) * w as f32;
    let (sin, cos) = rng.random_range(-0.5..0.5_f32).sin_cos();
    let letters = Noise::new(rng);
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let (u, v) = ((x * cos + y * sin) / pitch, (y * cos - x * sin) / pitch);
        let row = v.floor();
        let u = u + 0.35 * row;
        let (a, b) = (u.rem_euclid(1.0), v.rem_euclid(1.0));
        let edge = a.min(1.0 - a).min(b.min(1.0 - b));
        if edge < 0.06 {
            return base;
        }
        let glyph = letters.lattice((u * 14.0).floor() as i32, (v * 14.0).floor() as i32);
        let printed = (0.28..0.5).contains(&a) && (0.25..0.5).contains(&b) && glyph > 0.0;
        let key = Rgb([level; 3]);
        match (printed, edge < 0.12) {
            (true, _) => Rgb([if dark { 220 } else { 50 }; 3]),
            (false, true) => shade(key, 0.8),
            (false, false) => key,
        }
    })
}
