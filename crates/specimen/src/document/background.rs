//! The paper: tints and fine lines in the manner of security printing.

use std::f32::consts::TAU;

use image::Rgb;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::look::{Look, Pattern};
use crate::canvas::{Canvas, mix};

/// Tints the whole canvas from the left colour to the right one and draws the
/// template's fine lines over it.
pub(super) fn paper(canvas: &mut Canvas, look: &Look, rng: &mut ChaCha8Rng) {
    tint(canvas, look.paper);
    let (width, height) =
        (canvas.image.width() as f32 / canvas.scale, canvas.image.height() as f32 / canvas.scale);
    match look.pattern {
        Pattern::Waves => waves(canvas, look.lines, rng),
        Pattern::Rosettes => {
            for _ in 0..5 {
                let centre = (rng.random_range(0.0..width), rng.random_range(0.0..height));
                let radius = rng.random_range(0.2..0.45) * height;
                rosette(canvas, centre, radius, (look.lines[rng.random_range(0..2)], 0.5));
            }
            rosette(canvas, (width * 0.5, height * 0.5), height * 0.5, (look.lines[0], 0.5));
        }
        Pattern::Mesh => mesh(canvas, look.lines, rng),
    }
}

fn tint(canvas: &mut Canvas, paper: [Rgb<u8>; 2]) {
    let width = canvas.image.width() as f32;
    let row: Vec<Rgb<u8>> = (0..canvas.image.width())
        .map(|x| {
            let mut colour = paper[0];
            mix(&mut colour, paper[1], x as f32 / width);
            colour
        })
        .collect();
    for pixels in canvas.image.rows_mut() {
        for (pixel, colour) in pixels.zip(&row) {
            *pixel = *colour;
        }
    }
}

/// Families of parallel waves whose amplitude swells along the page.
fn waves(canvas: &mut Canvas, lines: [Rgb<u8>; 2], rng: &mut ChaCha8Rng) {
    let (width, height) = extent(canvas);
    let phase: f32 = rng.random_range(0.0..TAU);
    for (family, ink) in lines.into_iter().enumerate() {
        let length = 17.0 + 9.0 * family as f32 + rng.random_range(-1.0..1.0);
        for line in 0..(height / 1.3) as i32 + 8 {
            let base = line as f32 * 1.3 - 4.0;
            canvas.curve(
                along(width).map(|x| {
                    let swell = 1.2 + (x / width * TAU + phase).sin();
                    (x, base + swell * (TAU * x / length + phase + base * 0.12).sin())
                }),
                0.10,
                (ink, 0.55),
            );
        }
    }
}

/// Two families of bent lines that cross.
fn mesh(canvas: &mut Canvas, lines: [Rgb<u8>; 2], rng: &mut ChaCha8Rng) {
    let (width, height) = extent(canvas);
    let phase: f32 = rng.random_range(0.0..TAU);
    for (lean, ink) in [(0.55_f32, lines[0]), (-0.4, lines[1])] {
        for line in 0..((width + height) / 1.5) as i32 {
            let base = line as f32 * 1.5 - height * 0.6;
            canvas.curve(
                along(height).map(|y| {
                    let bend = 1.4 * (TAU * y / 21.0 + phase + base * 0.05).sin();
                    (base + lean * y + bend, y)
                }),
                0.10,
                (ink, 0.5),
            );
        }
    }
}

/// A rose of nested closed curves.
pub(super) fn rosette(canvas: &mut Canvas, centre: (f32, f32), radius: f32, ink: (Rgb<u8>, f32)) {
    const STEPS: usize = 360;
    for ring in 0..7 {
        let size = radius * (0.45 + 0.08 * ring as f32);
        let turn = ring as f32 * 0.11;
        canvas.curve(
            (0..=STEPS).map(|step| {
                let angle = TAU * step as f32 / STEPS as f32;
                let r = size * (1.0 + 0.22 * (9.0 * (angle + turn)).cos());
                (centre.0 + r * angle.cos(), centre.1 + r * angle.sin())
            }),
            0.10,
            ink,
        );
    }
}

fn extent(canvas: &Canvas) -> (f32, f32) {
    (canvas.image.width() as f32 / canvas.scale, canvas.image.height() as f32 / canvas.scale)
}

/// Steps of half a millimetre from 0 to `length`.
fn along(length: f32) -> impl Iterator<Item = f32> {
    (0..=(length * 2.0).ceil() as i32).map(|step| step as f32 / 2.0)
}
