//! Photographs of machine-readable zones to tune reading on.
//!
//! `cargo run -p bonafide-specimen --example zone_photographs -- DIR N SEED NARROWEST WIDEST`
//! writes N photographs, their longer side between the two widths in equal
//! ratios, and `DIR/truth.jsonl` (a line each: file, lines, longer side). Seeds
//! run from SEED and stay below 1,000,000; looks are 0 and 1: the last look and
//! later seeds belong to measuring.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use bonafide_specimen::{Document, Fonts, Order, Orientation, Portraits, Scene, ZONES, photograph};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, first, narrowest, widest] = arguments.as_slice() else {
        return Err(
            "give a folder, a number, the first seed, the least and the greatest width".into()
        );
    };
    let (count, first): (u64, u64) = (count.parse()?, first.parse()?);
    let (narrowest, widest): (f32, f32) = (narrowest.parse()?, widest.parse()?);
    if first + count > 1_000_000 {
        return Err("seeds from 1,000,000 belong to measuring".into());
    }
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let (fonts, portraits) = (Fonts::find()?, Portraits::drawn());
    let mut truth = BufWriter::new(File::create(folder.join("truth.jsonl"))?);
    for index in 0..count {
        let seed = first + index;
        let (kind, face) = ZONES[index as usize % ZONES.len()];
        let share = (index * 7 % count) as f32 / count as f32;
        let width = (narrowest * (widest / narrowest).powf(share)).round();
        let mut scene = Scene::random(seed);
        let scale = width / scene.width.max(scene.height) as f32;
        scene = scene
            .clone()
            .sized((scene.width as f32 * scale) as u32, (scene.height as f32 * scale) as u32);
        if width < 800.0 {
            scene.fill = scene.fill.max(0.92);
        }
        let mut order = Order::new(kind, (seed % 2) as u8, seed);
        order.pixels_per_mm = (1.33 * width / kind.size_mm().0).clamp(8.0, 24.0);
        let document = Document::generate(&fonts, &order, &portraits.of(seed).document);
        let side = document.sides.iter().find(|side| side.truth.side == face);
        let side = side.ok_or("the kind lacks this side")?;
        let photo = photograph(&fonts, &[side], &scene, seed);
        let orientation = Orientation::ALL[index as usize / 5 % Orientation::ALL.len()];
        let file = folder.join(format!("{seed:06}-{kind}.jpg"));
        fs::write(&file, photo.jpeg(orientation))?;
        let zone = side.truth.mrz.as_ref().ok_or("the side bears no zone")?;
        let lines = &zone.lines;
        writeln!(truth, "{}", serde_json::json!({ "file": file, "lines": lines, "width": width }))?;
    }
    Ok(())
}
