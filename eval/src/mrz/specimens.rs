//! Zones on photographed specimens, over formats, orientations and widths.

use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Fault, Kind, Orientation, Scene, StampInk, Target, ZONES};

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
/// How many more have a stamp beside the zone, and how many more are of permits.
const STAMPED: usize = 200;
const PERMITS: usize = 100;
const NARROWEST: f32 = 280.0;
const WIDEST: f32 = 2400.0;

/// Upper ends of the widths that are reported together.
const BANDS: [(&str, u32); 4] =
    [("280–449", 450), ("450–799", 800), ("800–1399", 1400), ("1400–2400", u32::MAX)];

/// Photographs, reads and counts.
pub fn on_specimens(run: &Run) -> Result<Option<Measured>> {
    let shots: Vec<Shot> = (0..run.sample(PHOTOGRAPHS)).map(shot).collect();
    let mut by_format = [Count::default(); ZONES.len()];
    let mut by_width = [Count::default(); BANDS.len()];
    let mut by_orientation = [Count::default(); Orientation::ALL.len()];
    for (shot, one) in shots.iter().zip(read(run, "mrz", &shots)?) {
        let format = ZONES.iter().position(|(kind, _)| *kind == shot.kind);
        let width = long_side(shot);
        let band = BANDS.iter().position(|(_, end)| width < *end);
        let orientation = Orientation::ALL.iter().position(|o| *o == shot.orientation);
        add(&mut by_format, format, one);
        add(&mut by_width, band, one);
        add(&mut by_orientation, orientation, one);
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
    let stamped: Vec<Shot> = (0..run.sample(STAMPED)).map(stamped).collect();
    row(
        &mut table,
        "further ones, a stamp beside the zone",
        total(&read(run, "mrz-stamp", &stamped)?),
    );
    let permits: Vec<Shot> = (0..run.sample(PERMITS)).map(permit).collect();
    row(&mut table, "further ones, exit–entry permits", total(&read(run, "mrz-permit", &permits)?));
    let text = format!(
        "Photographs of fictional documents in look {LOOK}, seeds from {FIRST_SEED}, which neither \
         tests nor tuning use: tilted up to 22°, on plain and cluttered surfaces, in uneven \
         light, some turned by a quarter or half, in the eight EXIF orientations, the longer side \
         {NARROWEST} to {WIDEST} pixels in {WIDTHS} equal ratios, fine coloured lines behind \
         every zone. Drawn by a program, so easier than the world."
    );
    let tables = vec![table, negatives(run)?];
    Measured::now("Machine-readable zones, photographed specimens", text, tables).map(Some)
}

/// What was counted on each of `shots`.
fn read(run: &Run, section: &str, shots: &[Shot]) -> Result<Vec<Count>> {
    let taken = photographs::take(section, shots)?;
    let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
    let answers = run.bonafide.read(&files)?;
    let counted = shots.iter().zip(&taken).zip(&answers).map(|((shot, taken), answer)| {
        let lines = zone(taken);
        let mut one = Count::default();
        one.add(&lines, true, answer);
        if answer.mrz_lines() != lines {
            run.wrong(&taken.file.display().to_string(), || {
                format!("{} px: {lines:?} read as {:?}", long_side(shot), answer.mrz_lines())
            });
        }
        one
    });
    Ok(counted.collect())
}

fn total(counts: &[Count]) -> Count {
    counts.iter().copied().fold(Count::default(), Count::and)
}

/// Photograph number `index` of those with a stamp just above the zone, as an officer of a
/// border or a counter puts it.
fn stamped(index: usize) -> Shot {
    let (kind, face) = ZONES[index % ZONES.len()];
    let mut shot = Shot::new(kind, face, 2 * PHOTOGRAPHS + index);
    // Where the first row of the zone begins, less half of a stamp, as a share of the height.
    let above = if kind == Kind::Td1Card { 0.45 } else { 0.7 };
    let on = Target::At([0.25 + 0.5 * spread(index), above]);
    let ink = if (index / ZONES.len()).is_multiple_of(2) { StampInk::Red } else { StampInk::Grey };
    let opacity = 0.6 + 0.35 * spread(index);
    let scene = shot.scene.with(Fault::Stamp { on, text: "复印无效".to_owned(), ink, opacity });
    shot.scene = sized(scene, width(index % WIDTHS));
    shot
}

/// Photograph number `index` of China's exit–entry permits, whose zone is one row.
fn permit(index: usize) -> Shot {
    let first = 2 * PHOTOGRAPHS + STAMPED;
    let mut shot = Shot::new(Kind::ExitEntryPermit, Face::Front, first + index);
    shot.scene = sized(shot.scene, width(index % WIDTHS));
    shot
}

/// A number from 0 to 1 that differs widely from one index to the next.
fn spread(index: usize) -> f32 {
    (index * 37 % 101) as f32 / 100.0
}

/// The longer side at one of the steps.
fn width(step: usize) -> u32 {
    let share = step as f32 / (WIDTHS - 1) as f32;
    (NARROWEST * (WIDEST / NARROWEST).powf(share)).round() as u32
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
    shot.scene = sized(shot.scene, width(step));
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
