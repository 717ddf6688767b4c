//! A hand that will hold the document, before a room out of focus.

use image::{Rgb, RgbImage, imageops};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Noise, calm, shade};
use crate::canvas::mix;

const SKINS: [Rgb<u8>; 5] = [
    Rgb([236, 194, 168]),
    Rgb([214, 166, 132]),
    Rgb([176, 124, 92]),
    Rgb([128, 84, 62]),
    Rgb([84, 56, 44]),
];

/// A palm in the middle and fingers from it, reaching in from one border.
pub(super) fn hand(rng: &mut ChaCha8Rng, size: (u32, u32)) -> RgbImage {
    let mut image = room(rng, size);
    let (w, h) = (size.0 as f32, size.1 as f32);
    let skin = SKINS[rng.random_range(0..SKINS.len())];
    let middle = [rng.random_range(0.35..0.65) * w, rng.random_range(0.4..0.7) * h];
    let from: f32 = rng.random_range(0.5..2.6);
    let wide = rng.random_range(0.09..0.17) * w.max(h);
    let far = w + h;
    let arm = [middle[0] + from.cos() * far, middle[1] + from.sin() * far];
    limb(&mut image, skin, middle, arm, wide * 1.25);
    for finger in 0..5 {
        let spread = from + std::f32::consts::PI + (finger as f32 - 2.0) * 0.33;
        let long = wide * rng.random_range(2.2..3.6);
        let root = [middle[0] + spread.cos() * wide * 0.6, middle[1] + spread.sin() * wide * 0.6];
        let tip = [root[0] + spread.cos() * long, root[1] + spread.sin() * long];
        limb(&mut image, skin, root, tip, wide * rng.random_range(0.26..0.36));
    }
    image
}

/// Soft blobs and a few upright and level edges.
fn room(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (wall, floor) = (calm(rng), calm(rng));
    let noise = Noise::new(rng);
    let horizon = rng.random_range(0.3..1.2) * h as f32;
    let mut image = RgbImage::from_fn(w, h, |x, y| {
        let base = if (y as f32) < horizon { wall } else { floor };
        shade(base, 1.0 + 0.18 * noise.at(x as f32 / 170.0, y as f32 / 170.0))
    });
    for _ in 0..rng.random_range(2..8) {
        let colour = Rgb([0; 3].map(|_: u8| rng.random_range(10..245)));
        let (x, y) = (rng.random_range(0..w), rng.random_range(0..h));
        let (wide, high) =
            (rng.random_range(20..w.max(40) / 2 + 21), rng.random_range(20..h / 2 + 21));
        for row in y..(y + high).min(h) {
            for column in x..(x + wide).min(w) {
                image.put_pixel(column, row, colour);
            }
        }
    }
    let sigma = rng.random_range(0.004..0.02) * w as f32;
    imageops::fast_blur(&image, sigma)
}

/// A round bar from `a` to `b`, darker towards its sides.
fn limb(image: &mut RgbImage, skin: Rgb<u8>, a: [f32; 2], b: [f32; 2], radius: f32) {
    let (w, h) = image.dimensions();
    let span = [b[0] - a[0], b[1] - a[1]];
    let length2 = (span[0] * span[0] + span[1] * span[1]).max(1.0);
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    let rows = clamp(a[1].min(b[1]) - radius * 1.4, h)..clamp(a[1].max(b[1]) + radius * 1.4, h);
    for y in rows {
        for x in clamp(a[0].min(b[0]) - radius * 1.4, w)..clamp(a[0].max(b[0]) + radius * 1.4, w) {
            let (dx, dy) = (x as f32 - a[0], y as f32 - a[1]);
            let along = ((dx * span[0] + dy * span[1]) / length2).clamp(0.0, 1.0);
            let away = (dx - span[0] * along).hypot(dy - span[1] * along) / radius;
            let pixel = image.get_pixel_mut(x, y);
            if away > 1.0 {
                mix(pixel, Rgb([0, 0, 0]), 0.3 * (1.0 - (away - 1.0) / 0.4).clamp(0.0, 1.0));
            }
            let cover = ((1.0 - away) * radius + 0.5).clamp(0.0, 1.0);
            mix(pixel, shade(skin, 1.05 - 0.35 * away * away), cover);
        }
    }
}
