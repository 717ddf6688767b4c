//! What is wrong with the picture itself: light, sharpness, size.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::look::{Look, grain};
use super::sitter::Sitter;
use imaging::Point;

/// A small part of the light.
pub fn dark(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let gain = rng.random_range(0.08..0.25);
    each(&mut sitter.picture, |place, own| own.map(|v| v * gain + 1.5 * grain(place)));
}

/// Several times the light.
pub fn bright(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    // Of a face in its own light: the darker the skin, the more it takes.
    let level = sitter.skin().into_iter().fold(0.0, f32::max).max(20.0);
    let gain = rng.random_range(1.9..3.0) * 200.0 / level;
    each(&mut sitter.picture, |_, own| own.map(|v| v * gain));
}

/// Light from one side.
pub fn uneven(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let least = rng.random_range(0.12..0.35);
    let side = if rng.random_bool(0.5) { 1.0 } else { -1.0 };
    let steep = rng.random_range(3.0..9.0);
    let copy = sitter.clone();
    each(&mut sitter.picture, |place, own| {
        let x = copy.local(place).0 * side;
        let share = 1.0 / (1.0 + (-steep * x).exp());
        own.map(|v| v * (least + (1.0 - least) * share))
    });
}

/// Out of focus.
pub fn defocus(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let sigma = sitter.unit * rng.random_range(0.07..0.14);
    sitter.picture = imageops::blur(&sitter.picture, sigma);
}

/// Moved while it was taken.
pub fn moved(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let length = sitter.unit * rng.random_range(0.3..0.6);
    let (sin, cos) = rng.random_range(0.0..std::f32::consts::PI).sin_cos();
    let source = sitter.picture.clone();
    let steps = (length * 1.5).ceil().max(2.0);
    each(&mut sitter.picture, |place, _| {
        let mut sum = [0.0; 3];
        for step in 0..steps as u32 {
            let t = (step as f32 / (steps - 1.0) - 0.5) * length;
            let x = (place.x + t * cos).clamp(0.0, source.width() as f32 - 1.0) as u32;
            let y = (place.y + t * sin).clamp(0.0, source.height() as f32 - 1.0) as u32;
            let pixel = source.get_pixel(x, y).0;
            for (sum, level) in sum.iter_mut().zip(pixel) {
                *sum += f32::from(level) / steps;
            }
        }
        sum
    });
}

/// Far from the camera.
pub fn small(sitter: &mut Sitter, _: Look, rng: &mut ChaCha8Rng) {
    let eyes = rng.random_range(22.0..50.0);
    let scale = eyes / sitter.unit;
    let (width, height) = sitter.picture.dimensions();
    let reduced = |length: u32| ((length as f32 * scale) as u32).max(1);
    sitter.picture =
        imageops::resize(&sitter.picture, reduced(width), reduced(height), FilterType::Triangle);
}

fn each(picture: &mut RgbImage, change: impl Fn(Point, [f32; 3]) -> [f32; 3]) {
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let place = Point::new(x as f32 + 0.5, y as f32 + 0.5);
        let changed = change(place, pixel.0.map(f32::from));
        *pixel = Rgb(changed.map(|v| v.clamp(0.0, 255.0) as u8));
    }
}
