//! Photographs to find outlines in: looks, surfaces and seeds that no
//! training has seen.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use image::RgbImage;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{
    Backdrop, Cover, Document, Fault, Fonts, Kind, Light, Order, Orientation, Portraits, Scene,
    Side, Surface, Target, photograph,
};

use super::overlap::Corners;
use crate::photographs::{FIRST_SEED, LOOK};

/// The surfaces that the network was never shown.
const SURFACES: [Surface; 3] = [Surface::Marble, Surface::Keyboard, Surface::Tiles];

/// What is hard about a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Held almost straight.
    Plain,
    /// Turned by any angle.
    Turned,
    /// Tilted by 25° to 45°.
    Tilted,
    /// The document as light as what it lies on, with half of its contrast.
    Faint,
    /// Fingers over its edges.
    Fingers,
    /// One corner outside the frame by up to a fifth of its width.
    Cut,
    /// Two documents.
    Two,
    /// None.
    None,
}

impl Case {
    /// Each with how many photographs are made of it and what they are called.
    pub const ALL: [(Self, usize, &'static str); 8] = [
        (Self::Plain, 100, "almost straight"),
        (Self::Turned, 60, "turned by any angle"),
        (Self::Tilted, 80, "tilted by 25° to 45°"),
        (Self::Faint, 60, "as light as the ground"),
        (Self::Fingers, 60, "fingers over the edges"),
        (Self::Cut, 60, "a corner outside"),
        (Self::Two, 60, "two documents"),
        (Self::None, 60, "no document"),
    ];
}

/// A photograph with what it shows.
pub struct Taken {
    /// Where the file lies.
    pub file: PathBuf,
    /// Width and height.
    pub frame: [f32; 2],
    /// The outlines.
    pub quads: Vec<Corners>,
}

/// What all photographs are made with.
pub struct Studio {
    fonts: Fonts,
    portraits: Portraits,
    folder: PathBuf,
}

impl Studio {
    /// Fonts, faces and a folder for the files.
    pub fn open() -> Result<Self> {
        let folder = PathBuf::from("target/eval/outline");
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self { fonts: Fonts::find()?, portraits: Portraits::drawn(), folder })
    }

    /// Photograph number `index` of `case`.
    pub fn take(&self, case: Case, index: usize) -> Result<Taken> {
        let seed = FIRST_SEED + case as u64 * 10_000 + index as u64;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let scene = scene(case, &mut rng, seed);
        let mut sides = Vec::new();
        for number in 0..count(case) {
            sides.push(self.side(&mut rng, seed + 100_000 * number)?);
        }
        if case == Case::Faint {
            let ground = photograph(&self.fonts, &[], &scene, seed).image;
            for side in &mut sides {
                fade(&mut side.image, mean(&ground));
            }
        }
        let shown: Vec<&Side> = sides.iter().collect();
        let photo = photograph(&self.fonts, &shown, &scene, seed);
        let file = self.folder.join(format!("{case:?}-{index:03}.jpg").to_lowercase());
        fs::write(&file, photo.jpeg(Orientation::UPRIGHT))
            .with_context(|| format!("writing {}", file.display()))?;
        let frame = [photo.truth.width as f32, photo.truth.height as f32];
        let quads = photo.truth.documents.iter().map(|side| side.quad.0).collect();
        Ok(Taken { file, frame, quads })
    }

    fn side(&self, rng: &mut ChaCha8Rng, seed: u64) -> Result<Side> {
        let kind = *Kind::ALL.choose(rng).expect("there are kinds");
        let mut order = Order::new(kind, LOOK, seed);
        order.pixels_per_mm = 12.0;
        let portrait = &self.portraits.of(seed).document;
        let mut sides = Document::generate(&self.fonts, &order, portrait).sides;
        let index = rng.random_range(0..sides.len().max(1));
        (index < sides.len()).then(|| sides.swap_remove(index)).context("a kind without a side")
    }
}

fn count(case: Case) -> u64 {
    match case {
        Case::None => 0,
        Case::Two => 2,
        _ => 1,
    }
}

fn scene(case: Case, rng: &mut ChaCha8Rng, seed: u64) -> Scene {
    let longer = rng.random_range(640..=960_u32);
    let shorter = longer * 3 / 4;
    let upright = rng.random_bool(0.3);
    let (width, height) = if upright { (shorter, longer) } else { (longer, shorter) };
    let surface = *SURFACES.choose(rng).expect("there are surfaces");
    let mut within = |range: f32| rng.random_range(-range..=range);
    let mut scene = Scene {
        width,
        height,
        fill: 0.72 + within(0.2),
        tilt: [within(12.0), within(12.0)],
        roll: within(10.0),
        offset: [within(1.0), within(1.0)],
        backdrop: Backdrop { surface, seed },
        light: Light {
            gain: 0.92 + within(0.14),
            warmth: within(0.08),
            falloff: 0.2 + within(0.18),
            angle: within(180.0),
        },
        noise: 4.0 + within(2.5),
        jpeg_quality: (82.0 + within(12.0)) as u8,
        faults: Vec::new(),
    };
    match case {
        Case::Turned => scene.roll = within(180.0),
        Case::Tilted => {
            let steep = 35.0 + within(10.0);
            let around = within(std::f32::consts::PI);
            scene.tilt = [steep * around.sin(), steep * around.cos()];
        }
        Case::Cut => {
            let (corner, share) = (rng.random_range(0..4), rng.random_range(0.05..0.2));
            scene = scene.with(Fault::CornerCut { corner, share });
        }
        Case::Fingers => {
            for edge in [0.03, 0.97] {
                let on = Target::At([rng.random_range(0.1..0.9), edge]);
                scene = scene.with(Fault::Covered { on, by: Cover::Finger });
            }
        }
        _ => {}
    }
    scene
}

fn mean(image: &RgbImage) -> [f32; 3] {
    let mut sum = [0.0_f64; 3];
    for pixel in image.pixels() {
        for (total, level) in sum.iter_mut().zip(pixel.0) {
            *total += f64::from(level);
        }
    }
    sum.map(|total| (total / f64::from(image.width() * image.height())) as f32)
}

/// Halves the contrast about the level `ground`.
fn fade(image: &mut RgbImage, ground: [f32; 3]) {
    let own = mean(image);
    for pixel in image.pixels_mut() {
        for (channel, level) in pixel.0.iter_mut().enumerate() {
            let faded = ground[channel] + 0.5 * (f32::from(*level) - own[channel]);
            *level = faded.clamp(0.0, 255.0) as u8;
        }
    }
}
