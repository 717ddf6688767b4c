//! A portrait put into a photograph's file.

use image::{RgbImage, imageops};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::placed;
use crate::canvas::cover;
use crate::jpeg::{Orientation, encode_jpeg};
use crate::truth::Quad;

/// `other`, itself from a JPEG file and in the tones of what it covers, over `quad`.
pub(super) fn portrait(image: &mut RgbImage, quad: &Quad, other: &RgbImage, rng: &mut ChaCha8Rng) {
    let [left, top, right, bottom] = quad.bounds();
    let across = ((right - left).max(bottom - top) * rng.random_range(0.7..1.6)) as u32;
    let shape = other.width() as f32 / other.height() as f32;
    let mut source = cover(other, (across as f32 * shape).max(24.0) as u32, across.max(32));
    grain(&mut source, rng.random_range(0.0..5.0), rng);
    let file = encode_jpeg(&source, rng.random_range(75..95), Orientation::UPRIGHT);
    let source = image::load_from_memory(&file).expect("what was just written can be read");
    let mut source = source.to_rgb8();
    let covered: Vec<[u8; 3]> = placed::pixels(image, quad)
        .into_iter()
        .map(|([x, y], _)| image.get_pixel(x, y).0)
        .collect();
    tone(&mut source, &covered);
    let soft = imageops::blur(&source, rng.random_range(0.3..0.8));
    placed::overlay(image, quad, &soft, rng.random_range(0.004..0.03));
}

/// The noise of the camera that took it.
fn grain(picture: &mut RgbImage, deviation: f32, rng: &mut ChaCha8Rng) {
    for pixel in picture.pixels_mut() {
        // Twelve even numbers add up to about a normal one (central limit).
        let normal: f32 = (0..12).map(|_| rng.random::<f32>()).sum::<f32>() - 6.0;
        for value in &mut pixel.0 {
            *value = (f32::from(*value) + normal * deviation).clamp(0.0, 255.0) as u8;
        }
    }
}

/// Gives `picture` the mean and spread of `like`, channel by channel.
fn tone(picture: &mut RgbImage, like: &[[u8; 3]]) {
    if like.is_empty() {
        return;
    }
    for channel in 0..3 {
        let of = |values: &mut dyn Iterator<Item = u8>| {
            let (mut count, mut sum, mut squares) = (0.0_f32, 0.0, 0.0);
            for value in values.map(f32::from) {
                (count, sum, squares) = (count + 1.0, sum + value, squares + value * value);
            }
            let mean = sum / count;
            (mean, (squares / count - mean * mean).max(1.0).sqrt())
        };
        let (mean, spread) = of(&mut like.iter().map(|pixel| pixel[channel]));
        let (own, width) = of(&mut picture.pixels().map(|pixel| pixel.0[channel]));
        for pixel in picture.pixels_mut() {
            let value = (f32::from(pixel.0[channel]) - own) / width * spread + mean;
            pixel.0[channel] = value.clamp(0.0, 255.0) as u8;
        }
    }
}
