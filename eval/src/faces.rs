//! Faces: how many genuine pairs are accepted where one impostor pair in a
//! thousand, or in ten thousand, is.

mod calibrate;
mod frames;
mod normalised;
mod own;
mod pairs;
mod portraits;
mod rates;
mod shipped;
mod tries;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};

use inference::Digest;
use vision::face::{Embedding, FaceCalibration};

use crate::Run;
use crate::answers::{Answer, Bonafide};
use crate::data::DataFolder;
use crate::report::{Measured, Table};
use crate::split::Half;
pub use calibrate::calibrate;
pub use own::own_embedder;
pub use portraits::portraits;
use rates::Rates;
use shipped::Limits;
pub use tries::tries;

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

impl Set {
    /// Which half a person belongs to.
    fn half(&self, name: &str) -> Half {
        Half::of(&format!("{}/{name}", self.folder))
    }
}

/// Embeds every picture and compares every pair.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    let mut rates = Rates::new();
    let mut at_limits = Limits::table();
    let mut several = frames::Several::new();
    let limits = Limits::shipped()?;
    let mut embedded = Vec::new();
    for set in SETS.iter().filter(|set| data.has(set.folder)) {
        let mut people = (set.list)(data, set.folder)?;
        if let Some(quick) = run.quick {
            people = people.into_iter().filter(|(_, files)| files.len() > 1).take(quick).collect();
        }
        let of_set = embed(run, &people)?;
        rates.add(set.name, &faces(&of_set.people), Embedding::distance);
        for half in Half::BOTH {
            let part = of_set.half(set, half);
            let name = format!("{}, {}", set.name, half.name());
            rates.add(&name, &faces(&part), Embedding::distance);
            limits.add_rows(&mut at_limits, &name, &faces(&part), Embedding::distance);
            several.add(&name, &part, limits);
        }
        embedded.push((set, of_set));
    }
    if embedded.is_empty() {
        return Ok(None);
    }
    at_western_limit(&embedded, &mut at_limits)?;
    normalised::add_rows(&embedded, &mut rates, &mut at_limits)?;
    let tables = vec![rates.0, at_limits, several.table];
    Measured::now("Faces, public pictures", TEXT.to_owned(), tables).map(Some)
}

const TEXT: &str = "\
Every picture against every other. In the mean over people each person's genuine pairs weigh one \
together, so that the few with hundreds of pictures do not decide it. The threshold is each row's \
own, so a rate says how well faces are told apart, not what one threshold does to everyone: compare \
the thresholds of the sets. A picture in which no face was found accepts nobody. The interval is the \
middle 95 % of 1000 resamplings of the people with replacement; an impostor rate that leaves under \
ten pairs below the threshold is too few to trust and marked so. Normalised rows set each distance \
against a cohort: one picture of each person of the other half of LFW, none of whom is measured \
there. No cohort is shipped, so what a user gets without one are the other rows. The second table \
is what the shipped policy makes of the pairs, by the calibration of the tuning half, the \
population that fares worst deciding; its normalised rows go by a calibration of the same people \
against their cohort, made while measuring. Rows at the western limit alone show what one \
population's threshold does to another. The third compares one picture with the mean of \
several others of the same person, weighed alike or by sharpness and by how far the head is turned. Not measured at all: other populations, and by sex and age, which \
these sets do not label; real documents' portraits (the section on portraits simulates them).";

/// What the limit of the first population by itself does to the others.
fn at_western_limit(sets: &[(&Set, Embedded)], table: &mut Table) -> Result<()> {
    let western = Limits::of(&FaceCalibration::shipped().populations()[..1])?;
    for (set, embedded) in sets {
        let name = format!("{}, check half, at the western limit alone", set.name);
        let people = faces(&embedded.half(set, Half::Check));
        western.add_rows(table, &name, &people, Embedding::distance);
    }
    Ok(())
}

/// The faces alone.
fn faces(people: &[Person]) -> Vec<Vec<Option<Embedding>>> {
    people.iter().map(|person| person.faces.clone()).collect()
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

/// The pictures of one person.
#[derive(Clone)]
struct Person {
    name: String,
    /// Of each picture; none where no face was found.
    faces: Vec<Option<Embedding>>,
    /// What each picture counts among several.
    weights: Vec<f32>,
}

/// A set as the program sees it.
struct Embedded {
    people: Vec<Person>,
    /// Names how the vectors are made.
    embedder: Option<Digest>,
}

impl Embedded {
    /// The people of one half.
    fn half(&self, set: &Set, half: Half) -> Vec<Person> {
        self.people.iter().filter(|person| set.half(&person.name) == half).cloned().collect()
    }
}

/// Each person with the vector of each picture; `None` where no face was found.
pub type Vectors = Vec<(String, Vec<Option<Vec<f32>>>)>;

/// Everyone of LFW; `None` without that set.
pub fn of_lfw(run: &Run) -> Result<Option<Vectors>> {
    let [lfw, _] = &SETS;
    let Some(data) = run.data.as_ref().filter(|data| data.has(lfw.folder)) else {
        return Ok(None);
    };
    let people = embed(run, &(lfw.list)(data, lfw.folder)?)?.people.into_iter();
    let values = |face: Option<Embedding>| face.map(|face| face.values().to_vec());
    Ok(Some(people.map(|one| (one.name, one.faces.into_iter().map(values).collect())).collect()))
}

fn embed(run: &Run, people: &PicturesByPerson) -> Result<Embedded> {
    embed_with(&run.bonafide, people)
}

fn embed_with(bonafide: &Bonafide, people: &PicturesByPerson) -> Result<Embedded> {
    let files: Vec<PathBuf> = people.values().flatten().cloned().collect();
    let answers = bonafide.embed(&files)?;
    let embedder = answers.iter().find_map(Answer::embedder);
    let mut answers = answers.into_iter();
    let mut embedded = Vec::new();
    for (name, files) in people {
        let own: Vec<Answer> = answers.by_ref().take(files.len()).collect();
        embedded.push(Person {
            name: name.clone(),
            faces: own.iter().map(Answer::embedding).collect(),
            weights: own.iter().map(frames::weight).collect(),
        });
    }
    Ok(Embedded { people: embedded, embedder })
}
