//! A line painted over and set again.

use image::{Rgb, RgbImage, imageops};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::placed;
use crate::canvas::{Canvas, TextStyle, mix};
use crate::fonts::{Fonts, Typeface};
use crate::truth::{FieldTruth, Quad};

/// Replaces the first line of `field` with one of the same length in like type, from hard to
/// softer than any lens would make it.
pub(super) fn line(image: &mut RgbImage, fonts: &Fonts, field: &FieldTruth, rng: &mut ChaCha8Rng) {
    let quad = field.lines.first().copied().unwrap_or(field.quad);
    let ink = painted_over(image, &quad);
    let text: String = field.printed.chars().map(|c| another(c, rng)).collect();
    let face = if text.is_ascii() {
        *[Typeface::Sans, Typeface::SansBold].choose(rng).expect("there are faces")
    } else {
        Typeface::Han
    };
    let style = TextStyle::new(face, 10.0, Rgb([0, 0, 0]));
    let measure = Canvas::new(fonts, (1.0, 1.0), 6.0, Rgb([255, 255, 255]));
    let width = measure.text_width(&style, &text);
    let mut canvas = Canvas::new(fonts, (width, 7.4), 6.0, Rgb([255, 255, 255]));
    canvas.text(&style, 0.0, 7.3, &text);
    // A careful forger softens the type until it looks photographed; a pixel of the picture
    // is this many of the drawing.
    let grown = canvas.image.height() as f32 / tall(&quad).max(1.0);
    let softness = grown * rng.random_range(0.0..1.2);
    let drawn = if softness > 0.3 { imageops::blur(&canvas.image, softness) } else { canvas.image };
    for ([x, y], [u, v]) in placed::pixels(image, &quad) {
        let at = [u * drawn.width() as f32, v * drawn.height() as f32];
        let Some(dark) = drawn.get_pixel_checked(at[0] as u32, at[1] as u32) else {
            continue;
        };
        mix(image.get_pixel_mut(x, y), ink, 1.0 - f32::from(dark.0[0]) / 255.0);
    }
}

/// Fills the line with what lies above and below it; gives the ink that was there.
fn painted_over(image: &mut RgbImage, quad: &Quad) -> Rgb<u8> {
    let room = quad.part([-0.02, -0.35], [1.02, 1.35]);
    let [tl, tr, br, bl] = room.0;
    let before = image.clone();
    let edge = |from: [f32; 2], to: [f32; 2], u: f32| {
        let at = [0, 1].map(|axis: usize| from[axis] + (to[axis] - from[axis]) * u);
        let clamp = |value: f32, most: u32| (value.max(0.0) as u32).min(most - 1);
        before.get_pixel(clamp(at[0], before.width()), clamp(at[1], before.height())).0
    };
    let mut darkest = ([90_u8; 3], 255_u16);
    for ([x, y], [u, v]) in placed::pixels(image, &room) {
        let (above, below) = (edge(tl, tr, u), edge(bl, br, u));
        let pixel = image.get_pixel_mut(x, y);
        let light = pixel.0.iter().map(|value| u16::from(*value)).sum::<u16>() / 3;
        if light < darkest.1 {
            darkest = (pixel.0, light);
        }
        let filled = [0, 1, 2].map(|channel: usize| {
            let (a, b) = (f32::from(above[channel]), f32::from(below[channel]));
            (a + (b - a) * v) as u8
        });
        *pixel = Rgb(filled);
    }
    Rgb(darkest.0)
}

/// The height of `quad`, pixels.
fn tall(quad: &Quad) -> f32 {
    let ([left, top], [right, bottom]) = (quad.at(0.5, 0.0), quad.at(0.5, 1.0));
    (right - left).hypot(bottom - top)
}

/// Another character of the same sort.
fn another(c: char, rng: &mut ChaCha8Rng) -> char {
    match c {
        '0'..='9' => char::from(b'0' + rng.random_range(0..10)),
        'A'..='Z' => char::from(b'A' + rng.random_range(0..26)),
        'a'..='z' => char::from(b'a' + rng.random_range(0..26)),
        other => other,
    }
}
