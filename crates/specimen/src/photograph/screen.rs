//! A picture of a screen that shows the picture.

use std::f32::consts::TAU;

use image::RgbImage;
use rand::Rng;

use super::compose::Shot;
use super::fault::Fault;
use crate::rng::stream;

pub(super) fn recapture(image: &mut RgbImage, shot: &mut Shot) {
    for fault in shot.scene.faults.clone() {
        if let Fault::ScreenRecapture { pitch, strength } = fault {
            show(image, pitch.max(0.6), strength, shot.seed);
            shot.plant(&fault, None);
        }
    }
}

/// Steps of a table of one period.
const STEPS: usize = 256;

/// Multiplies the picture by the screen's stripes of red, green and blue and the
/// dark lines between its rows; where the pitch is near that of the camera's own
/// pixels this aliases into moiré, as it does in life.
fn show(image: &mut RgbImage, pitch: f32, strength: f32, seed: u64) {
    let mut rng = stream(seed, "photograph.screen");
    let (sin, cos) = rng.random_range(-0.10..0.10_f32).sin_cos();
    let (bend, phase) = (rng.random_range(2.0..6.0_f32), rng.random_range(0.0..TAU));
    let (width, height) = image.dimensions();
    // A table of one period: the pattern is periodic, and sines are slow.
    let wave: Vec<f32> = (0..STEPS).map(|i| (TAU * i as f32 / STEPS as f32).cos()).collect();
    let cosine = |turns: f32| wave[((turns - turns.floor()) * STEPS as f32) as usize % STEPS];
    for y in 0..height {
        // The lens bends the grid a little, so that the bands of moiré curve.
        let bow = bend * (TAU * y as f32 / height as f32 / 1.7 + phase).sin();
        for x in 0..width {
            let (fx, fy) = (x as f32, y as f32);
            let u = (fx * cos + fy * sin + bow) / pitch;
            let v = (fy * cos - fx * sin + bow * fx / width as f32) / pitch;
            let rows = 1.0 + 0.6 * strength * cosine(v);
            let pixel = image.get_pixel_mut(x, y);
            for (channel, value) in pixel.0.iter_mut().enumerate() {
                let stripe = 1.0 + strength * cosine(u + channel as f32 / 3.0);
                // A screen's black glows and its white is bluish.
                let glow = 14.0 + f32::from(*value) * [0.86, 0.9, 0.97][channel];
                *value = (glow * rows * stripe).clamp(0.0, 255.0) as u8;
            }
        }
    }
}
