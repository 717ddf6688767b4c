//! Portraits as documents carry them: small, grey, printed, under guilloche.

mod print;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use image::RgbImage;
use inference::{ModelSet, Parallelism, models_dir};
use vision::face::{Embedding, FaceEmbedder, FaceFinder, FaceParams};

use super::pairs::Against;
use super::{Limits, Person, SETS, embed};
use crate::Run;
use crate::report::{Measured, Table};
use crate::split::Half;
use print::{Print, Restoration};

const TEXT: &str = "\
No set of real documents with a second picture of the holder is at hand, so this is a simulation: \
the first picture of each person of LFW with two or more, made a portrait of a card, against the \
others' and their own pictures as they are. The card is found, aligned and embedded as a document's \
portrait is. Grey is luminance; print is a rotated screen of dots three pixels apart in each \
colour; guilloche are waves of two fine tinted lines over the face. LFW's eyes are about 43 pixels \
apart, so 60 is not measured. Accepted is at the shipped limits; the rates are those of impostor \
pairs made the same way. Restorations were compared on the tuning half: a blur of one pixel wins back \
most of what dots cost, enlarging gains nothing to speak of. None is applied yet: what a blur costs \
where there are no dots is not measured, nor is any of this on real print.";

/// What is done to a portrait before it is found.
const CASES: [(f32, Print, Restoration); 15] = [
    (40.0, Print::Plain, Restoration::None),
    (30.0, Print::Plain, Restoration::None),
    (20.0, Print::Plain, Restoration::None),
    (15.0, Print::Plain, Restoration::None),
    (30.0, Print::Grey, Restoration::None),
    (30.0, Print::Dots, Restoration::None),
    (20.0, Print::Dots, Restoration::None),
    (30.0, Print::Guilloche, Restoration::None),
    (30.0, Print::All, Restoration::None),
    (20.0, Print::Plain, Restoration::Enlarged),
    (15.0, Print::Plain, Restoration::Enlarged),
    (30.0, Print::Dots, Restoration::Blurred),
    (20.0, Print::Dots, Restoration::Blurred),
    (30.0, Print::Guilloche, Restoration::Blurred),
    (30.0, Print::All, Restoration::Blurred),
];

/// Prints, reads and compares.
pub fn portraits(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has(SETS[0].folder)) else {
        return Ok(None);
    };
    let set = &SETS[0];
    let mut files = (set.list)(data, set.folder)?;
    if let Some(quick) = run.quick {
        files = files.into_iter().filter(|(_, of)| of.len() > 1).take(quick).collect();
    }
    let selfies = embed(run, &files)?;
    let stages = Stages::open(run.bonafide.jobs)?;
    let head = [
        "half: people",
        "eyes apart, pixels",
        "print",
        "restored by",
        "portraits without a face",
        "accepted at the shipped limit",
        "accepted or in doubt",
        "true accept at 1e-3, mean over people",
        "true accept at 1e-4, mean over people",
    ];
    let mut table = Table::new(&head);
    let limits = Limits::shipped()?;
    for half in Half::BOTH {
        let people = selfies.half(set, half);
        let with_two: Vec<&Person> = people.iter().filter(|p| p.faces.len() > 1).collect();
        let firsts: Vec<PathBuf> =
            with_two.iter().map(|person| files[&person.name][0].clone()).collect();
        for (eyes, print, restoration) in CASES {
            let portraits = stages.portraits(&firsts, run.bonafide.jobs, |picture, apart| {
                restoration.apply(&print.card(picture, eyes / apart))
            })?;
            let missed = portraits.iter().filter(|portrait| portrait.is_none()).count();
            let compared = compared(&with_two, &people, &portraits);
            table.row([
                format!("{}: {}", half.name(), with_two.len()),
                eyes.to_string(),
                print.name().to_owned(),
                restoration.name().to_owned(),
                missed.to_string(),
                compared.below(limits.accept),
                compared.below(limits.doubt),
                compared.at(1e-3),
                compared.at(1e-4),
            ]);
        }
    }
    Measured::now("Faces, portraits of documents", TEXT.to_owned(), vec![table]).map(Some)
}

/// Each portrait against the person's other pictures and against everybody else's.
fn compared(owners: &[&Person], people: &[Person], portraits: &[Option<Embedding>]) -> Against {
    let mut all = Against::default();
    for (owner, portrait) in owners.iter().zip(portraits) {
        let far = |face: &Option<Embedding>| match (face, portrait) {
            (Some(face), Some(portrait)) => portrait.distance(face),
            _ => f64::INFINITY,
        };
        let others = people.iter().filter(|other| other.name != owner.name);
        let others: Vec<f64> = others.flat_map(|other| other.faces.iter().map(far)).collect();
        all.add(owner.faces[1..].iter().map(far).collect(), others);
    }
    all
}

/// The stages that a document's portrait goes through.
struct Stages {
    finder: FaceFinder,
    embedder: FaceEmbedder,
}

impl Stages {
    fn open(jobs: usize) -> Result<Self> {
        let dir = models_dir(|name| std::env::var_os(name)).context("no models folder")?;
        let set = ModelSet::open(&dir, Parallelism { threads: 1, runs: jobs.max(1) })?;
        Ok(Self {
            finder: FaceFinder::from_models(&set, FaceParams::default())?,
            embedder: FaceEmbedder::from_models(&set)?,
        })
    }

    /// The portrait on the card that `made` makes of each file, from the cut-out
    /// face and the distance of its eyes.
    fn portraits(
        &self,
        files: &[PathBuf],
        jobs: usize,
        made: impl Fn(&RgbImage, f32) -> RgbImage + Sync,
    ) -> Result<Vec<Option<Embedding>>> {
        let (next, found) = (AtomicUsize::new(0), Mutex::new(vec![None; files.len()]));
        let work = || -> Result<()> {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(index) else { return Ok(()) };
                let picture = image::open(file).context("a picture")?.to_rgb8();
                let Some(face) = self.finder.find(&picture)?.into_iter().next() else { continue };
                let around = print::around(&picture, &face);
                let card = made(&around, face.quality.eye_distance);
                let Some(portrait) = self.finder.find_portrait(&card)?.into_iter().next() else {
                    continue;
                };
                let vector = self.embedder.embed(&card, &portrait)?;
                found.lock().expect("no thread panics")[index] = Some(vector);
            }
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
            let ended = threads.into_iter().map(|thread| thread.join().expect("no thread panics"));
            ended.collect::<Result<()>>()
        })?;
        Ok(found.into_inner().expect("no thread panics"))
    }
}
