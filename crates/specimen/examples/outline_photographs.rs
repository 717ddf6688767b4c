//! Photographs to train the outline network on: small, of every kind of
//! document on the surfaces that are not kept for measuring.
//!
//! `cargo run -p bonafide-specimen --example outline_photographs -- DIR N SEED [SIDE]`
//! writes `DIR/pixels.bin` (RGB rows, one picture after the other) and
//! `DIR/photographs.jsonl` (a line each: offset, width, height, quads). Seeds
//! run from SEED and stay below 1,000,000; looks are 0 and 1: the last look and
//! the surfaces of [`KEPT`] belong to measuring.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use bonafide_specimen::{
    Backdrop, Cover, Document, Fault, Fonts, Kind, Light, Order, Portraits, Scene, Side, StampInk,
    Surface, Target, photograph,
};
use image::Rgb;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Surfaces that only measuring uses.
const KEPT: [Surface; 3] = [Surface::Marble, Surface::Keyboard, Surface::Tiles];
/// Pixels along the longer side of a photograph, unless SIDE says otherwise.
const LONGER: u32 = 320;
/// Photographs of one rendering: rendering costs more than photographing.
const SHOTS: u64 = 4;
/// The share of photographs without a document, and of those with two.
const NONE: f64 = 0.2;
const TWO: f64 = 0.15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, first, longer @ ..] = arguments.as_slice() else {
        return Err("give a folder, a number of photographs and the first seed".into());
    };
    let longer = longer.first().map_or(Ok(LONGER), |longer| longer.parse())?;
    let (count, first): (u64, u64) = (count.parse()?, first.parse()?);
    if first + count > 1_000_000 {
        return Err("seeds from 1,000,000 belong to measuring".into());
    }
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let mut pixels = BufWriter::new(File::create(folder.join("pixels.bin"))?);
    let mut list = BufWriter::new(File::create(folder.join("photographs.jsonl"))?);
    let (fonts, portraits) = (Fonts::find()?, Portraits::drawn());
    let mut offset = 0_u64;
    let mut sides = Vec::new();
    for seed in first..first + count {
        if sides.is_empty() || (seed - first).is_multiple_of(SHOTS) {
            sides = rendered(&fonts, &portraits, seed, longer);
        }
        let (image, quads) = shot(&fonts, &sides, seed, longer);
        let (width, height) = image.dimensions();
        pixels.write_all(image.as_raw())?;
        describe(&mut list, offset, (width, height), &quads)?;
        offset += u64::from(width * height * 3);
        if (seed - first) % 500 == 499 {
            eprintln!("{} of {count}", seed - first + 1);
        }
    }
    pixels.flush()?;
    list.flush()?;
    Ok(())
}

type Corners = [[f32; 2]; 4];

fn describe(
    list: &mut impl Write,
    offset: u64,
    (width, height): (u32, u32),
    quads: &[Corners],
) -> io::Result<()> {
    let line = serde_json::json!({
        "offset": offset, "width": width, "height": height, "quads": quads,
    });
    writeln!(list, "{line}")
}

/// The sides of two documents, in colours of their own.
fn rendered(fonts: &Fonts, portraits: &Portraits, seed: u64, longer: u32) -> Vec<Side> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x0D0C);
    let mut sides = Vec::new();
    for index in 0..2 {
        let kind = *Kind::ALL.choose(&mut rng).expect("there are kinds");
        let mut order = Order::new(kind, rng.random_range(0..2), seed + index);
        order.pixels_per_mm = longer as f32 / 80.0;
        let portrait = &portraits.of(seed + index).document;
        let mut drawn = Document::generate(fonts, &order, portrait).sides;
        let mut side = drawn.swap_remove(rng.random_range(0..drawn.len()));
        recolour(&mut side, &mut rng);
        sides.push(side);
    }
    sides
}

/// Other inks on other stock: the looks are few and documents are many.
fn recolour(side: &mut Side, rng: &mut ChaCha8Rng) {
    if rng.random_bool(0.35) {
        return;
    }
    let mut order = [0, 1, 2];
    if rng.random_bool(0.6) {
        order = *[[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].choose(rng).expect("some");
    }
    let tint = [0; 3].map(|_: u8| rng.random_range(0.55..1.05_f32));
    let level = rng.random_range(0.75..1.08_f32);
    let contrast = rng.random_range(0.35..1.1_f32);
    let grey = rng.random_bool(0.15);
    for pixel in side.image.pixels_mut() {
        let from = pixel.0.map(f32::from);
        let mut to = order.map(|channel: usize| 200.0 + (from[channel] - 200.0) * contrast);
        if grey {
            to = [(to[0] + to[1] + to[2]) / 3.0; 3];
        }
        for (value, tint) in to.iter_mut().zip(tint) {
            *value = (*value * tint.powf(0.7) * level).clamp(0.0, 255.0);
        }
        *pixel = Rgb(to.map(|value| value as u8));
    }
}

/// One photograph of none, one or two of `sides`.
fn shot(fonts: &Fonts, sides: &[Side], seed: u64, longer: u32) -> (image::RgbImage, Vec<Corners>) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x5407);
    let count = if rng.random_bool(NONE) {
        0
    } else if rng.random_bool(TWO) {
        2
    } else {
        1
    };
    let first = rng.random_range(0..sides.len());
    let shown: Vec<&Side> = (0..count).map(|i| &sides[(first + i) % sides.len()]).collect();
    let scene = scene(&mut rng, (seed, longer), count);
    let photo = photograph(fonts, &shown, &scene, seed);
    let quads = photo.truth.documents.iter().map(|side| side.quad.0).collect();
    (photo.image, quads)
}

fn scene(rng: &mut ChaCha8Rng, (seed, longer): (u64, u32), count: usize) -> Scene {
    let shape = *[0.5625, 0.6667, 0.75, 0.75, 0.75, 1.0].choose(rng).expect("there are shapes");
    let shorter = (longer as f32 * shape) as u32;
    let (width, height) = if rng.random_bool(0.5) { (longer, shorter) } else { (shorter, longer) };
    let surfaces: Vec<_> = Surface::ALL.into_iter().filter(|s| !KEPT.contains(s)).collect();
    let surface = *surfaces.choose(rng).expect("there are surfaces");
    let steep = *[5.0, 20.0, 30.0, 42.0_f32].choose(rng).expect("there are tilts");
    let mut within = |range: f32| rng.random_range(-range..=range);
    let mut scene = Scene {
        width,
        height,
        fill: 0.72 + within(0.32),
        tilt: [within(steep), within(steep)],
        roll: within(180.0),
        offset: [within(1.0), within(1.0)],
        backdrop: Backdrop { surface, seed },
        light: Light {
            gain: 0.92 + within(0.25),
            warmth: within(0.15),
            falloff: 0.3 + within(0.3),
            angle: within(180.0),
        },
        noise: 4.0 + within(3.5),
        jpeg_quality: 90,
        faults: Vec::new(),
    };
    if rng.random_bool(0.6) {
        // Most people hold the phone along the document.
        scene.roll = 90.0 * rng.random_range(0..4) as f32 + rng.random_range(-12.0..12.0);
    }
    for fault in faults(rng, count, surface) {
        scene = scene.with(fault);
    }
    scene
}

/// What goes wrong without hiding where the document is.
fn faults(rng: &mut ChaCha8Rng, count: usize, surface: Surface) -> Vec<Fault> {
    let mut faults = Vec::new();
    if count == 0 {
        return faults;
    }
    let any = |rng: &mut ChaCha8Rng| Target::At([rng.random_range(0.0..1.0), rng.random()]);
    if rng.random_bool(0.3) {
        let (on, width_mm) = (any(rng), rng.random_range(10.0..90.0));
        faults.push(Fault::Shadow { on, width_mm, strength: rng.random_range(0.2..0.65) });
    }
    if rng.random_bool(0.2) {
        let (on, length_mm) = (any(rng), rng.random_range(10.0..50.0));
        let strength = rng.random_range(0.4..1.0);
        faults.push(Fault::Glare {
            on,
            length_mm,
            roundness: rng.random_range(0.1..0.9),
            strength,
        });
    }
    if rng.random_bool(0.15) {
        faults.push(Fault::Blur { sigma_mm: rng.random_range(0.1..0.8) });
    }
    if rng.random_bool(0.1) {
        let (on, by) = (any(rng), *[Cover::Pen, Cover::Card].choose(rng).expect("some"));
        faults.push(Fault::Covered { on, by });
    }
    let fingers =
        if surface == Surface::Hand { rng.random_range(1..4) } else { rng.random_range(-3..3) };
    for _ in 0..fingers {
        // Over an edge, as a hand holds it.
        let edge = if rng.random_bool(0.5) { 0.02 } else { 0.98 };
        let on = Target::At([rng.random_range(0.0..1.0), edge]);
        faults.push(Fault::Covered { on, by: Cover::Finger });
    }
    if rng.random_bool(0.1) {
        let opacity = rng.random_range(0.3..0.9);
        let text = "SAMPLE".to_owned();
        faults.push(Fault::Stamp { on: Target::Free, text, ink: StampInk::Grey, opacity });
    }
    if rng.random_bool(0.08) {
        faults.push(Fault::Greyscale);
    }
    faults
}
