//! Surfaces that repeat: patterned cloth, stone chips, tiles.

use std::f32::consts::TAU;

use image::{Rgb, RgbImage};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Noise, calm, shade};
use crate::canvas::mix;

fn any_colour(rng: &mut ChaCha8Rng) -> Rgb<u8> {
    Rgb([0; 3].map(|_: u8| rng.random_range(20..245)))
}

/// Dots, zigzags, bands or plaid in two or three colours.
pub(super) fn pattern(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (ground, first, second) = (any_colour(rng), any_colour(rng), any_colour(rng));
    let pitch = rng.random_range(0.03..0.2) * w as f32;
    let (sin, cos) = rng.random_range(0.0..TAU).sin_cos();
    let (kind, weave) = (rng.random_range(0..4), Noise::new(rng));
    let share = rng.random_range(0.2..0.6_f32);
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let (u, v) = ((x * cos + y * sin) / pitch, (y * cos - x * sin) / pitch);
        let (a, b) = (u.rem_euclid(1.0), v.rem_euclid(1.0));
        let mut colour = ground;
        match kind {
            0 if (a - 0.5).hypot(b - 0.5) < share * 0.7 => colour = first,
            1 if (v + (a - 0.5).abs()).rem_euclid(1.0) < share => colour = first,
            2 => {
                if a < share {
                    mix(&mut colour, first, 0.6);
                }
                if b < share {
                    mix(&mut colour, second, 0.6);
                }
            }
            3 if b < share => colour = if v.floor().rem_euclid(2.0) < 1.0 { first } else { second },
            _ => {}
        }
        let folds = 0.12 * weave.at(x / 210.0, y / 180.0) + 0.05 * weave.at(x / 1.7, y / 1.7);
        shade(colour, 1.0 + folds)
    })
}

/// Chips of two colours in a third, from grains to pebbles.
pub(super) fn speckle(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (ground, first, second) = (calm(rng), any_colour(rng), calm(rng));
    let grain = rng.random_range(1.5..14.0_f32);
    let (fine, coarse) = (Noise::new(rng), Noise::new(rng));
    let strength = rng.random_range(0.2..0.9);
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32 / grain, y as f32 / grain);
        let mut colour = ground;
        if fine.at(x, y) > 0.45 {
            mix(&mut colour, first, strength);
        }
        if coarse.at(x * 0.6, y * 0.6) > 0.5 {
            mix(&mut colour, second, strength);
        }
        shade(colour, 1.0 + 0.07 * fine.at(x * 2.3, y * 2.3))
    })
}

/// Tiles with grout, each of its own tone, turned.
pub(super) fn tiles(rng: &mut ChaCha8Rng, (w, h): (u32, u32)) -> RgbImage {
    let (glaze, grout) = (calm(rng), calm(rng));
    let pitch = rng.random_range(0.12..0.6) * w as f32;
    let stretch = rng.random_range(0.4..1.0_f32);
    let (sin, cos) = rng.random_range(-0.8..0.8_f32).sin_cos();
    let joint = rng.random_range(1.5..5.0_f32);
    let tones = Noise::new(rng);
    RgbImage::from_fn(w, h, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let (u, v) = ((x * cos + y * sin) / pitch, (y * cos - x * sin) / (pitch * stretch));
        let (a, b) = (u.rem_euclid(1.0) * pitch, v.rem_euclid(1.0) * pitch * stretch);
        if a < joint || b < joint {
            return shade(grout, 0.9 + 0.1 * tones.at(x / 3.0, y / 3.0));
        }
        let tone = tones.lattice(u.floor() as i32, v.floor() as i32);
        shade(glaze, 1.0 + 0.09 * tone + 0.03 * tones.at(x / 40.0, y / 40.0))
    })
}
