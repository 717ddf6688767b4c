//! A replaced portrait beside the small second one, with the faces of real people.
//!
//! Drawn faces are no test for this: each document is drawn anew around two pictures of
//! the public set of faces, and nothing of them is kept in the project.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use image::{RgbImage, imageops};
use specimen::{
    Document, Fonts, Forgery, Kind, Order, Orientation, Scene, encode_jpeg, forge, photograph,
};

use crate::Run;
use crate::answers::Answer;
use crate::data::DataFolder;
use crate::interval::share;
use crate::photographs::{FIRST_SEED, LOOK};
use crate::report::Table;
use crate::split::Half;

/// People, each genuine once and replaced once.
const PEOPLE: usize = 60;
/// The head in a picture of the set, which is 250 pixels wide and has its face in the middle.
const HEAD: [u32; 4] = [70, 55, 110, 141];
const SET: &str = "faces/lfw-subset";

/// How many replaced portraits and how many genuine ones the second portrait tells.
pub(super) fn measure(run: &Run, data: &DataFolder) -> Result<Option<Table>> {
    if !data.has(SET) {
        return Ok(None);
    }
    let heads = heads(data, run.sample(PEOPLE))?;
    let folder = PathBuf::from("target/eval/forgeries-ghosts");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let (mut genuine, mut replaced) = (Vec::new(), Vec::new());
    let fonts = Fonts::find()?;
    for (index, head) in heads.iter().enumerate() {
        let seed = FIRST_SEED + 220_000 + index as u64;
        let mut order = Order::new(Kind::Passport, LOOK, seed);
        order.pixels_per_mm = 20.0;
        let document = Document::generate(&fonts, &order, head);
        let side = document.sides.first().context("a passport has a data page")?;
        let scene = Scene::random(seed);
        let file = |name: &str| folder.join(format!("{index:03}-{name}.jpg"));
        let photo = photograph(&fonts, &[side], &scene, seed);
        fs::write(file("genuine"), photo.jpeg(Orientation::UPRIGHT))?;
        let other = &heads[(index + 1) % heads.len()];
        let forged = forge(&fonts, (side, other), (&scene, Forgery::PortraitGlued), seed);
        let forged = forged.context("a passport has a portrait")?;
        let bytes = encode_jpeg(&forged, scene.jpeg_quality, Orientation::UPRIGHT);
        fs::write(file("replaced"), bytes)?;
        genuine.push(file("genuine"));
        replaced.push(file("replaced"));
    }
    let mut table = Table::new(&[
        "passports with a small second portrait, faces of lfw-subset, check half",
        "second portrait found",
        "sent to a person for it",
    ]);
    for (name, files) in [("genuine", genuine), ("another's photograph stuck over it", replaced)] {
        let answers = run.bonafide.read(&files)?;
        let all = answers.len() as u64;
        let count = |told: &dyn Fn(&Answer) -> bool| {
            share(answers.iter().filter(|answer| told(answer)).count() as u64, all)
        };
        table.row([name.to_owned(), count(&compared), count(&told)]);
    }
    Ok(Some(table))
}

fn compared(answer: &Answer) -> bool {
    let mut traces = answer.0["traces"].as_array().into_iter().flatten();
    traces.any(|trace| trace["kind"] == "ghost_distance")
}

fn told(answer: &Answer) -> bool {
    let mut reasons = answer.0["reasons"].as_array().into_iter().flatten();
    reasons.any(|reason| reason["detail"] == "ghost")
}

/// The heads of the first `count` people of the check half.
fn heads(data: &DataFolder, count: usize) -> Result<Vec<RgbImage>> {
    let mut people: Vec<String> = Vec::new();
    for entry in fs::read_dir(data.path(SET))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && Half::of(&format!("{SET}/{name}")) == Half::Check {
            people.push(name);
        }
    }
    people.sort_unstable();
    people.truncate(count);
    let head = |person: &String| {
        let mut files: Vec<PathBuf> = fs::read_dir(data.path(&format!("{SET}/{person}")))?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<_>>()?;
        files.sort_unstable();
        let file = files.first().with_context(|| format!("{person} has no picture"))?;
        let picture = image::open(file).with_context(|| format!("opening {}", file.display()))?;
        let [x, y, width, height] = HEAD;
        Ok(imageops::crop_imm(&picture.to_rgb8(), x, y, width, height).to_image())
    };
    people.iter().map(head).collect()
}
