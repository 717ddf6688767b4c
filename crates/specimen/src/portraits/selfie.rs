//! Selfies cut from the picture of a portrait.

use image::{Rgb, RgbImage, imageops};
use rand::Rng;

use crate::rng::stream;

const WIDTH: u32 = 960;
const HEIGHT: u32 = 1280;

/// A 3 : 4 part of `picture`, turned a little, in another light.
pub(super) fn selfie(picture: &RgbImage, seed: u64) -> RgbImage {
    let mut rng = stream(seed, "selfie");
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let turn = rng.random_range(-4.0..4.0_f32).to_radians();
    let (sin, cos) = turn.sin_cos();
    // The largest 3 : 4 part that stays inside when turned, then a little less.
    let (across, down) = (0.75 * cos + sin.abs(), cos + 0.75 * sin.abs());
    let height = (w / across).min(h / down) * rng.random_range(0.90..1.0_f32);
    let free = [w - height * across, h - height * down];
    let middle = [
        w / 2.0 + free[0] * rng.random_range(-0.4..0.4_f32),
        h / 2.0 + free[1] * rng.random_range(-0.5..0.1_f32),
    ];
    let scale = height / HEIGHT as f32;
    let gain: f32 = rng.random_range(0.86..1.10);
    let warmth: f32 = rng.random_range(-0.06..0.08);
    let side: f32 = rng.random_range(-0.22..0.22);
    let sigma: f32 = rng.random_range(1.5..4.0);
    let enlarged = enlarge(picture, scale);
    let zoom = enlarged.width() as f32 / w;
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (dx, dy) = (x as f32 - WIDTH as f32 / 2.0, y as f32 - HEIGHT as f32 / 2.0);
        let at = [
            (middle[0] + (dx * cos - dy * sin) * scale) * zoom,
            (middle[1] + (dx * sin + dy * cos) * scale) * zoom,
        ];
        let pixel = between(&enlarged, at);
        let light = gain * (1.0 + side * dx / WIDTH as f32 * 2.0);
        let noise = sigma * (rng.random::<f32>() + rng.random::<f32>() - 1.0) * 2.4;
        let balance = [1.0 + warmth, 1.0, 1.0 - warmth];
        Rgb([0, 1, 2].map(|i| (pixel[i] * light * balance[i] + noise).clamp(0.0, 255.0) as u8))
    })
}

/// Enlarged smoothly, so that the bilinear cut shows no lattice.
fn enlarge(picture: &RgbImage, scale: f32) -> RgbImage {
    let factor = (1.0 / scale).clamp(1.0, 4.0);
    let size = [picture.width(), picture.height()].map(|v| (v as f32 * factor) as u32);
    imageops::resize(picture, size[0], size[1], imageops::FilterType::CatmullRom)
}

fn between(image: &RgbImage, at: [f32; 2]) -> [f32; 3] {
    let x = at[0].clamp(0.0, (image.width() - 2) as f32);
    let y = at[1].clamp(0.0, (image.height() - 2) as f32);
    let (x0, y0) = (x as u32, y as u32);
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let pixel = |x: u32, y: u32| image.get_pixel(x, y).0.map(f32::from);
    let (a, b) = (pixel(x0, y0), pixel(x0 + 1, y0));
    let (c, d) = (pixel(x0, y0 + 1), pixel(x0 + 1, y0 + 1));
    [0, 1, 2].map(|i| {
        let top = a[i] + (b[i] - a[i]) * fx;
        top + (c[i] + (d[i] - c[i]) * fx - top) * fy
    })
}
