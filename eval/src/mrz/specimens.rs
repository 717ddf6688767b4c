//! Zones on photographed specimens, over formats, orientations and widths.

use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Kind, Orientation, Scene, ZONES};

use super::{Count, false_zones};
use crate::Run;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot, Taken};
use crate::report::{Measured, Table};

/// Sides without a zone.
const NO_ZONES: [(Kind, Face); 4] = [
    (Kind::Td1Card, Face::Front),
    (Kind::ChineseId, Face::Front),
    (Kind::ChineseId, Face::Back),
    (Kind::DrivingLicence, Face::Front),
];

/// How many photographs with a zone: each format in each orientation at each
/// of 25 widths.
const PHOTOGRAPHS: usize = 1000;
const WIDTHS: usize = 25;
const NARROWEST: f32 = 300.0;
const WIDEST: f32 = 2400.0;

/// Upper ends of the widths that are reported together.
const BANDS: [(&str, u32); 4] =
    [("300–449", 450), ("450–799", 800), ("800–1399", 1400), ("1400–2400", u32::MAX)];

/// Photographs, reads and counts.
pub fn on_specimens(run: &Run) -> Result<Option<Measured>> {
    let shots: Vec<Shot> = (0..run.sample(PHOTOGRAPHS)).map(shot).collect();
    let taken = photographs::take("mrz", &shots)?;
    let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
    let mut by_format = [Count::default(); ZONES.len()];
    let mut by_width = [Count::default(); BANDS.len()];
    let mut by_orientation = [Count::default(); Orientation::ALL.len()];
    for ((shot, taken), answer) in shots.iter().zip(&taken).zip(run.bonafide.read(&files)?) {
        let lines = zone(taken);
        let mut one = Count::default();
        one.add(&lines, true, &answer);
        let format = ZONES.iter().position(|(kind, _)| *kind == shot.kind);
        let width = long_side(shot);
        let band = BANDS.iter().position(|(_, end)| width < *end);
        let orientation = Orientation::ALL.iter().position(|o| *o == shot.orientation);
        add(&mut by_format, format, one);
        add(&mut by_width, band, one);
        add(&mut by_orientation, orientation, one);
        if answer.mrz_lines() != lines {
            run.wrong(&taken.file.display().to_string(), || {
                format!("{width} px: {lines:?} read as {:?}", answer.mrz_lines())
            });
        }
    }
    let mut table = Table::new(&["photographs", "lines exact", "keys right", "silent key errors"]);
    let all = by_format.into_iter().fold(Count::default(), Count::and);
    row(&mut table, "all", all);
    let formats = ZONES.iter().filter_map(|(kind, _)| kind.mrz_format());
    let formats = formats.map(|format| {
        let name = serde_json::to_value(format).expect("a format's name serialises");
        name.as_str().expect("as a text").to_owned()
    });
    rows(&mut table, formats, &by_format);
    rows(&mut table, BANDS.iter().map(|(name, _)| format!("{name} pixels")), &by_width);
    let exif = Orientation::ALL.iter().map(|orientation| format!("EXIF {}", orientation.exif()));
    rows(&mut table, exif, &by_orientation);
    let text = format!(
        "Photographs of fictional documents in look {LOOK}, seeds from {FIRST_SEED}, which neither \
         tests nor tuning use: tilted up to 22°, on plain and cluttered surfaces, in uneven \
         light, some turned by a quarter or half, in the eight EXIF orientations, the longer side \
         {NARROWEST} to {WIDEST} pixels in {WIDTHS} equal ratios. Drawn by a program, so easier \
         than the world."
    );
    let tables = vec![table, negatives(run)?];
    Measured::now("Machine-readable zones, photographed specimens", text, tables).map(Some)
}

/// Photograph number `index`, in an order in which each first part is spread
/// over all formats, orientations and widths.
fn shot(index: usize) -> Shot {
    // 617 is prime to the number of photographs, so that each is taken once.
    let index = index * 617 % PHOTOGRAPHS;
    let (kind, face) = ZONES[index % ZONES.len()];
    let mut shot = Shot::new(kind, face, index);
    shot.orientation = Orientation::ALL[index / ZONES.len() % Orientation::ALL.len()];
    let step = index / (ZONES.len() * Orientation::ALL.len()) % WIDTHS;
    let share = step as f32 / (WIDTHS - 1) as f32;
    let width = (NARROWEST * (WIDEST / NARROWEST).powf(share)).round();
    shot.scene = sized(shot.scene, width as u32);
    shot
}

/// The scene with its longer side at `width`. Nobody sends a few hundred pixels
/// of which half are table: below 800 the document spans at least 92 % of them.
fn sized(mut scene: Scene, width: u32) -> Scene {
    if width < 800 {
        scene.fill = scene.fill.max(0.92);
    }
    let scale = width as f32 / scene.width.max(scene.height) as f32;
    let size = [scene.width, scene.height].map(|side| (side as f32 * scale).round() as u32);
    scene.sized(size[0], size[1])
}

fn long_side(shot: &Shot) -> u32 {
    shot.scene.width.max(shot.scene.height)
}

fn zone(taken: &Taken) -> Vec<&str> {
    let zone = taken.truth.mrz.as_ref();
    zone.into_iter().flat_map(|zone| &zone.lines).map(String::as_str).collect()
}

fn add(counts: &mut [Count], at: Option<usize>, one: Count) {
    if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
        *count = count.and(one);
    }
}

fn rows(table: &mut Table, names: impl Iterator<Item = String>, counts: &[Count]) {
    for (name, count) in names.zip(counts) {
        row(table, &name, *count);
    }
}

fn row(table: &mut Table, name: &str, count: Count) {
    table.row([
        name.to_owned(),
        share(count.exact, count.of),
        share(count.sound_keys, count.of),
        count.silent.to_string(),
    ]);
}

fn negatives(run: &Run) -> Result<Table> {
    let mut table = Table::new(&["photographs without a zone", "a zone was read"]);
    for (kind, face) in NO_ZONES {
        let first = PHOTOGRAPHS + 100 * table.rows.len();
        let shots: Vec<Shot> =
            (0..run.sample(100)).map(|index| Shot::new(kind, face, first + index)).collect();
        let name = format!("{kind}, {face:?}").to_lowercase();
        let taken = photographs::take(&format!("no-zone-{}", table.rows.len()), &shots)?;
        let files: Vec<PathBuf> = taken.into_iter().map(|taken| taken.file).collect();
        table.row([name, false_zones(run, &files)?]);
    }
    Ok(table)
}
