//! Faces: how many genuine pairs are accepted where one impostor pair in a
//! thousand, or in ten thousand, is.

mod calibrate;
mod pairs;
mod shipped;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::Run;
use crate::data::DataFolder;
use crate::interval::bootstrap;
use crate::report::{Measured, Table};
use crate::split::Half;
pub use calibrate::calibrate;
pub use pairs::distance;
use pairs::{Pairs, TrueAccept};
use shipped::Limits;

/// The rates of false acceptance that are reported.
const RATES: [f64; 2] = [1e-3, 1e-4];

/// Resamplings of the people.
const ROUNDS: usize = 1000;

type PicturesByPerson = BTreeMap<String, Vec<PathBuf>>;

/// A set of pictures of faces.
struct Set {
    name: &'static str,
    /// As a calibration names it.
    title: &'static str,
    population: &'static str,
    folder: &'static str,
    /// The pictures of each person.
    list: fn(&DataFolder, &str) -> Result<PicturesByPerson>,
}

const SETS: [Set; 2] = [
    Set {
        name: "lfw-subset",
        title: "LFW, deep-funneled, folds 1 and 2",
        population: "western",
        folder: "faces/lfw-subset",
        list: by_folder,
    },
    Set {
        name: "casia-v5",
        title: "CASIA-FaceV5, 10 people of it, one camera",
        population: "chinese",
        folder: "faces/casia-v5",
        list: by_identity,
    },
];

/// Embeds every picture and compares every pair.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    let mut table = Table::new(&[
        "set",
        "people, pictures (no face found)",
        "genuine pairs, impostor pairs",
        "false accept",
        "threshold",
        "true accept, mean over people",
        "true accept, mean over pairs",
    ]);
    let limits = Limits::shipped()?;
    let mut at_limits = limits.table();
    for set in SETS.iter().filter(|set| data.has(set.folder)) {
        let mut people = (set.list)(data, set.folder)?;
        if let Some(quick) = run.quick {
            people = people.into_iter().filter(|(_, files)| files.len() > 1).take(quick).collect();
        }
        let embedded = embed(run, &people)?;
        add_rows(&mut table, set.name, &embedded);
        for half in Half::BOTH {
            let in_half =
                |(name, _): &(String, _)| Half::of(&format!("{}/{name}", set.folder)) == half;
            let part: Vec<_> = embedded.iter().filter(|person| in_half(person)).cloned().collect();
            let name = format!("{}, {}", set.name, half.name());
            add_rows(&mut table, &name, &part);
            limits.add_rows(&mut at_limits, &name, &part);
        }
    }
    if table.rows.is_empty() {
        return Ok(None);
    }
    let text = format!(
        "Every picture against every other. In the mean over people each person's genuine pairs \
         weigh one together, so that the few with hundreds of pictures do not decide it. The \
         threshold is each row's own, so a rate says how well faces are told apart, not what one \
         threshold does to everyone: compare the thresholds of the sets. A picture in which no \
         face was found accepts nobody. The interval is the middle 95 % of {ROUNDS} resamplings \
         of the people with replacement; an impostor rate that leaves under ten pairs below the \
         threshold is too few to trust and marked so. The second table is what the shipped policy makes \
         of the pairs, by the calibration of the tuning half, the population that fares worst \
         deciding."
    );
    Measured::now("Faces, public pictures", text, vec![table, at_limits]).map(Some)
}

/// The people of a set whose folders are their names.
fn by_folder(data: &DataFolder, folder: &str) -> Result<PicturesByPerson> {
    let mut people = BTreeMap::new();
    let root = data.path(folder);
    for entry in std::fs::read_dir(&root).with_context(|| format!("listing {}", root.display()))? {
        let entry = entry?;
        if !entry.path().is_dir() {
            continue;
        }
        let files = std::fs::read_dir(entry.path())?.map(|file| Ok(file?.path()));
        let mut files = files.collect::<Result<Vec<_>>>()?;
        files.sort();
        people.insert(entry.file_name().to_string_lossy().into_owned(), files);
    }
    Ok(people)
}

/// The people that `identities.csv` names.
fn by_identity(data: &DataFolder, folder: &str) -> Result<PicturesByPerson> {
    let mut people: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for row in data.table(&format!("{folder}/identities.csv"))? {
        let file = data.path(&format!("{folder}/{}", row["file"]));
        people.entry(row["identity"].clone()).or_default().push(file);
    }
    Ok(people)
}

/// The embedding of each picture of each person; `None` where no face was found.
pub type Embedded = Vec<(String, Vec<Option<Vec<f32>>>)>;

/// Everyone of LFW; `None` without that set.
pub fn of_lfw(run: &Run) -> Result<Option<Embedded>> {
    let [lfw, _] = &SETS;
    let Some(data) = run.data.as_ref().filter(|data| data.has(lfw.folder)) else {
        return Ok(None);
    };
    embed(run, &(lfw.list)(data, lfw.folder)?).map(Some)
}

fn embed(run: &Run, people: &PicturesByPerson) -> Result<Embedded> {
    let files: Vec<PathBuf> = people.values().flatten().cloned().collect();
    let mut answers = run.bonafide.embed(&files)?.into_iter();
    let mut embedded = Embedded::new();
    for (name, files) in people {
        let vectors = answers.by_ref().take(files.len()).map(|answer| answer.embedding());
        embedded.push((name.clone(), vectors.collect()));
    }
    Ok(embedded)
}

fn add_rows(table: &mut Table, name: &str, people: &[(String, Vec<Option<Vec<f32>>>)]) {
    let vectors: Vec<_> = people.iter().map(|(_, vectors)| vectors.clone()).collect();
    let pictures: usize = vectors.iter().map(Vec::len).sum();
    let missed = vectors.iter().flatten().filter(|vector| vector.is_none()).count();
    let pairs = Pairs::of(&vectors);
    for rate in RATES {
        let Some(accepted) = pairs.true_accept(rate) else { continue };
        let interval = |of: fn(&TrueAccept) -> f64| {
            let statistic =
                |drawn: &[u32]| pairs.true_accept_of(drawn, rate).as_ref().map_or(f64::NAN, of);
            bootstrap(people.len(), ROUNDS, statistic)
        };
        let cell = |share: f64, (low, high): (f64, f64)| {
            format!("{:.1} % ({:.1}–{:.1})", 100.0 * share, 100.0 * low, 100.0 * high)
        };
        let few = if accepted.impostors_below < 10.0 { ", too few to trust" } else { "" };
        table.row([
            name.to_owned(),
            format!("{}, {pictures} ({missed})", people.len()),
            format!("{}, {}", pairs.genuine_count(), pairs.impostor_count()),
            format!("{rate:.0e} ({:.0} pairs{few})", accepted.impostors_below),
            format!("{:.4}", accepted.threshold),
            cell(accepted.over_people, interval(|accepted| accepted.over_people)),
            format!(
                "{} of {}: {}",
                accepted.genuine_accepted,
                pairs.genuine_count(),
                cell(accepted.over_pairs, interval(|accepted| accepted.over_pairs))
            ),
        ]);
    }
}
