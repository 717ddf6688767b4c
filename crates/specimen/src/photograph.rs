//! Photographs of documents, with the faults that phone pictures have.

mod backdrop;
mod camera;
mod compose;
mod damage;
mod fault;
mod lens;
mod light;
mod objects;
mod reprint;
mod scene;
mod screen;
mod stamp;
#[cfg(test)]
mod tests;

use image::{RgbImage, imageops};

use crate::document::Side;
use crate::fonts::Fonts;
use crate::jpeg::{Orientation, encode_jpeg};
use crate::truth::{PlantedFault, Quad, Truth};

pub use backdrop::{Backdrop, Surface};
pub use fault::{Cover, Fault, StampInk, Target};
pub use scene::{Light, Scene};

/// A photograph and what it shows.
#[derive(Clone, Debug)]
pub struct Photograph {
    /// The picture before JPEG, upright.
    pub image: RgbImage,
    /// What it shows and where, in pixels of `image`.
    pub truth: Truth,
}

impl Photograph {
    /// The JPEG file, at the scene's quality, stored in `orientation`.
    pub fn jpeg(&self, orientation: Orientation) -> Vec<u8> {
        let quality = self
            .truth
            .faults
            .iter()
            .find_map(|planted| match planted.fault {
                Fault::Jpeg { quality } => Some(quality),
                _ => None,
            })
            .unwrap_or(self.truth.scene.jpeg_quality);
        encode_jpeg(&self.image, quality, orientation)
    }
}

/// Photographs `sides`, laid out one below the other, as `scene` asks.
///
/// `fonts` set the words of stamps. The same arguments give the same pixels;
/// `seed` moves the details that the scene leaves open (where exactly a shadow
/// falls, the grain of the noise).
pub fn photograph(fonts: &Fonts, sides: &[&Side], scene: &Scene, seed: u64) -> Photograph {
    let mut shot = compose::Shot::laid_out(sides, scene, seed);
    damage::scrape(&mut shot);
    stamp::stamp(&mut shot, fonts);
    reprint::reprint(&mut shot);
    let mut image = backdrop::paint(&scene.backdrop, scene.width, scene.height);
    compose::place(&mut image, &shot);
    objects::cover(&mut image, &mut shot);
    screen::recapture(&mut image, &mut shot);
    lens::blur(&mut image, &mut shot);
    light::expose(&mut image, &mut shot);
    let mut truth = shot.into_truth();
    if let Some(width) = scene.faults.iter().find_map(low_resolution) {
        image = shrink(&image, width, &mut truth);
    }
    Photograph { image, truth }
}

fn low_resolution(fault: &Fault) -> Option<u32> {
    match fault {
        Fault::LowResolution { width } => Some(*width),
        _ => None,
    }
}

/// The picture at `width`, its ground truth moved along.
fn shrink(image: &RgbImage, width: u32, truth: &mut Truth) -> RgbImage {
    let width = width.clamp(1, image.width());
    let height = (image.height() * width / image.width()).max(1);
    let small = imageops::resize(image, width, height, imageops::FilterType::Triangle);
    let (sx, sy) = (width as f32 / image.width() as f32, height as f32 / image.height() as f32);
    let scale = |point: [f32; 2]| [point[0] * sx, point[1] * sy];
    truth.documents = truth.documents.iter().map(|side| side.map(&scale)).collect();
    for planted in &mut truth.faults {
        planted.region = planted.region.map(|region| region.map(&scale));
    }
    (truth.width, truth.height) = (width, height);
    small
}

/// A fault as planted on `region`, with what it touches on the sides in view.
fn planted(fault: &Fault, region: Option<Quad>, shot: &compose::Shot) -> PlantedFault {
    let touched = |quad: &Quad| region.is_some_and(|region| touches(&region, quad));
    let documents = shot.documents();
    PlantedFault {
        fault: fault.clone(),
        region,
        fields: documents
            .iter()
            .flat_map(|side| &side.fields)
            .filter(|(_, truth)| truth.lines.iter().any(touched))
            .map(|(field, _)| *field)
            .collect(),
        mrz: documents
            .iter()
            .filter_map(|side| side.mrz.as_ref())
            .any(|mrz| mrz.line_quads.iter().any(touched)),
    }
}

/// Whether `region` holds a fifth or more of `quad`'s area, on a grid of its points.
fn touches(region: &Quad, quad: &Quad) -> bool {
    const COLUMNS: usize = 24;
    const ROWS: usize = 4;
    let inside = (0..COLUMNS * ROWS)
        .filter(|index| {
            let u = ((index % COLUMNS) as f32 + 0.5) / COLUMNS as f32;
            let v = ((index / COLUMNS) as f32 + 0.5) / ROWS as f32;
            region.contains(quad.at(u, v))
        })
        .count();
    inside * 5 >= COLUMNS * ROWS
}
