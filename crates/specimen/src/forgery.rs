//! Specimens forged in the ways that a check must notice, for measuring what it notices.
//!
//! Only a specimen that this project drew can be forged here: the functions take its
//! ground truth, and its mark stays on it.

mod copied;
mod pasted;
mod placed;
mod rewritten;

use image::{RgbImage, imageops};
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::canvas::{cover, mix};
use crate::document::Side;
use crate::fonts::Fonts;
use crate::jpeg::Orientation;
use crate::kind::Field;
use crate::photograph::{Fault, Photograph, Scene, photograph};
use crate::rng::stream;
use crate::truth::SideTruth;

/// What was done to a document or to its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgery {
    /// Another's photograph stuck over the portrait, then photographed.
    PortraitGlued,
    /// Another's photograph put over the portrait in the picture's file.
    PortraitPasted,
    /// A field painted over and set again in the picture's file.
    FieldRewritten(Field),
    /// A character of a field covered with a copy of another of the same picture.
    CharacterCopied(Field),
    /// A colour print of the document is photographed.
    Print,
    /// A screen that shows the document is photographed.
    Screen,
}

/// A photograph of `side`, forged; the picture as the forger's program holds it before it
/// writes the file. `other` is the head of another person. `None` where the side lacks
/// what `forgery` changes.
///
/// What is forged in a file is forged in the camera's own JPEG, at the scene's quality.
pub fn forge(
    fonts: &Fonts,
    (side, other): (&Side, &RgbImage),
    (scene, forgery): (&Scene, Forgery),
    seed: u64,
) -> Option<RgbImage> {
    let mut rng = stream(seed, "forgery");
    let shoot = |side: &Side, scene: &Scene| photograph(fonts, &[side], scene, seed);
    match forgery {
        Forgery::PortraitGlued => {
            let glued = glued(side, other, seed)?;
            Some(shoot(&glued, scene).image)
        }
        Forgery::Print => {
            let lines_per_mm = rng.random_range(4.0..7.0);
            let scene = scene.clone().with(Fault::Reprint { lines_per_mm });
            Some(shoot(side, &scene).image)
        }
        Forgery::Screen => {
            let (pitch, strength) = (rng.random_range(1.3..3.6), rng.random_range(0.06..0.25));
            let scene = scene.clone().with(Fault::ScreenRecapture { pitch, strength });
            Some(shoot(side, &scene).image)
        }
        Forgery::PortraitPasted => {
            let (mut image, truth) = developed(shoot(side, scene));
            pasted::portrait(&mut image, &truth.portrait?, other, &mut rng);
            Some(image)
        }
        Forgery::FieldRewritten(field) => {
            let (mut image, truth) = developed(shoot(side, scene));
            let truth = truth.fields.get(&field)?;
            rewritten::line(&mut image, fonts, truth, &mut rng);
            Some(image)
        }
        Forgery::CharacterCopied(field) => {
            let (mut image, truth) = developed(shoot(side, scene));
            let truth = truth.fields.get(&field)?;
            copied::character(&mut image, truth, &mut rng)?;
            Some(image)
        }
    }
}

/// What a program shows of the camera's file, and where all is in it.
fn developed(mut photo: Photograph) -> (RgbImage, SideTruth) {
    let image = image::load_from_memory(&photo.jpeg(Orientation::UPRIGHT));
    let image = image.expect("what was just written can be read").to_rgb8();
    (image, photo.truth.documents.swap_remove(0))
}

/// `side` with a photograph of `other` on paper stuck over its portrait, a little askew.
fn glued(side: &Side, other: &RgbImage, seed: u64) -> Option<Side> {
    let mut rng = stream(seed, "forgery.glued");
    let mut side = side.clone();
    let [left, top, right, bottom] = side.truth.portrait?.bounds();
    let scale = side.pixels_per_mm;
    let grown = rng.random_range(0.2..0.9) * scale;
    let size = [right - left + 2.0 * grown, bottom - top + 2.0 * grown].map(|v| v as u32);
    let photo = cover(other, size[0], size[1]);
    let slip: [f32; 2] = [0; 2].map(|_: u8| rng.random_range(-0.4..0.4) * scale);
    let (x, y) = ((left - grown + slip[0]) as i64, (top - grown + slip[1]) as i64);
    // The paper's edge throws a thin shadow.
    let shade = (rng.random_range(0.12..0.35) * scale).max(1.0) as i64;
    for dy in 0..i64::from(size[1]) + shade {
        for dx in 0..i64::from(size[0]) + shade {
            let (Ok(px), Ok(py)) = (u32::try_from(x + dx), u32::try_from(y + dy)) else { continue };
            if let Some(pixel) = side.image.get_pixel_mut_checked(px, py) {
                mix(pixel, image::Rgb([20, 20, 24]), 0.35);
            }
        }
    }
    imageops::overlay(&mut side.image, &photo, x, y);
    Some(side)
}
