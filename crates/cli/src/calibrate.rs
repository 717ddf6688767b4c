//! `bonafide models calibrate`: what distances between faces mean, measured on
//! the operator's own people.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use clap::Args;
use inference::{Digest, Model, ModelSet, Parallelism, Role};
use vision::face::{
    Embedding, FaceCalibration, FaceEmbedder, FaceFinder, FaceParams, KnownPairs, Measurement,
};

use crate::exit::{Exit, Refused};
use crate::{engine, input};

/// The head of the file that is written.
const HEAD: &str = "\
# What a distance between two faces means: how often two different people come
# as close. Made by `bonafide models calibrate`; docs/face.md of Bonafide says how.
";

/// Arguments of `models calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Pictures of people you know, one folder for each person: DIR/PERSON/PICTURE.
    #[arg(long, value_name = "DIR")]
    pairs: PathBuf,
    /// What to call these people.
    #[arg(long, value_name = "NAME", default_value = "own")]
    population: String,
    /// Where to write the calibration; by default calibration.toml in the models
    /// folder, where it takes the place of the shipped one.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Pictures at work at once.
    #[arg(long, default_value_t = 2, value_name = "N")]
    jobs: usize,
}

/// Measures all pairs among the people of `args.pairs`, for the models in `dir`.
///
/// # Errors
/// When the models cannot be loaded, the folder cannot be read or holds too few
/// people, or the file cannot be written.
pub fn run(args: &CalibrateArgs, dir: &Path) -> Result<Exit> {
    let faces = Faces::open(dir, args.jobs)?;
    let people = people(&args.pairs)?;
    let found = faces.of(&people, args.jobs)?;
    let pictures: usize = people.iter().map(Vec::len).sum();
    let used: usize = found.iter().map(Vec::len).sum();
    let dataset = args.pairs.file_name().unwrap_or_default().to_string_lossy();
    let pairs = KnownPairs::between(&args.population, &dataset, &found, Embedding::distance);
    let measurement = Measurement {
        day: engine::today().to_string(),
        embedding: faces.embedder.id(),
        models: faces.models(),
    };
    let calibration = FaceCalibration::measured(measurement, &[pairs])
        .map_err(|error| Refused(format!("{}: {error}.", args.pairs.display())))?;
    let text = HEAD.to_owned() + &toml::to_string(&calibration).context("as TOML")?;
    FaceCalibration::parse(&text)?;
    let output = args.output.clone().unwrap_or_else(|| engine::calibration_file(dir));
    fs::write(&output, text).with_context(|| format!("writing {}", output.display()))?;
    let unused = pictures - used;
    println!(
        "Measured {} people in {used} pictures ({unused} gave no face); wrote {}.",
        people.len(),
        output.display()
    );
    Ok(Exit::Approved)
}

/// The pictures of each person, both in the order of their names.
fn people(dir: &Path) -> Result<Vec<Vec<PathBuf>>> {
    let folders = entries(dir)?.into_iter().filter(|path| path.is_dir());
    folders.map(|person| entries(&person)).collect()
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let refuse = |error| Refused(format!("{} cannot be listed: {error}.", dir.display()));
    let listed = fs::read_dir(dir).map_err(refuse)?.map(|entry| entry.map(|entry| entry.path()));
    let mut listed: Vec<PathBuf> = listed.collect::<std::io::Result<_>>().map_err(refuse)?;
    listed.sort();
    Ok(listed)
}

/// The two stages that turn a picture into a vector; no calibration is asked
/// for, so that a new network can get its first.
struct Faces {
    finder: FaceFinder,
    embedder: FaceEmbedder,
    set: ModelSet,
}

impl Faces {
    fn open(dir: &Path, jobs: usize) -> Result<Self> {
        let set = ModelSet::open(dir, Parallelism { threads: 1, runs: jobs.max(1) })?;
        Ok(Self {
            finder: FaceFinder::from_models(&set, FaceParams::default())?,
            embedder: FaceEmbedder::from_models(&set)?,
            set,
        })
    }

    /// SHA-256 of each network that has a part in a distance.
    fn models(&self) -> std::collections::BTreeMap<Role, Digest> {
        let finders = [Role::FaceDetection, Role::FaceMesh];
        let found = finders.map(|role| (role, self.set.manifest().model(role)));
        let found = found.into_iter().filter_map(|(role, entry)| Some((role, entry?.sha256)));
        let embedders =
            self.embedder.models().map(Model::card).map(|card| (card.role, card.digest));
        found.chain(embedders).collect()
    }

    /// The main face of each picture of each person, where there is one; a file
    /// that is no picture is none.
    fn of(&self, people: &[Vec<PathBuf>], jobs: usize) -> Result<Vec<Vec<Embedding>>> {
        let all: Vec<(usize, &PathBuf)> =
            people.iter().enumerate().flat_map(|(i, of)| of.iter().map(move |f| (i, f))).collect();
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Vec::new());
        let work = || -> Result<()> {
            while let Some((person, file)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Some(face) = self.main_face(file)? {
                    found.lock().expect("no thread panics").push((*file, *person, face));
                }
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
            let ended = threads.into_iter().map(|thread| thread.join().expect("no thread panics"));
            ended.collect::<Result<()>>()
        })?;
        let mut found = found.into_inner().expect("no thread panics");
        found.sort_by_key(|(file, ..)| *file);
        let mut faces = vec![Vec::new(); people.len()];
        for (_, person, face) in found {
            faces[person].push(face);
        }
        Ok(faces)
    }

    fn main_face(&self, file: &Path) -> Result<Option<Embedding>> {
        let Ok(picture) = input::picture(file) else { return Ok(None) };
        match self.finder.find(picture.rgb())?.first() {
            Some(face) => Ok(Some(self.embedder.embed(picture.rgb(), face)?)),
            None => Ok(None),
        }
    }
}
