//! Live captures: movements found, and attacks told.

mod act;
mod actor;
mod attacks;
mod clips;
mod lids;
mod movements;
mod page;
mod scene;

use std::path::PathBuf;

use anyhow::{Context, Result};
use domain::liveness::Asked;
use evidence::capture::{CaptureReader, Frame, SeenCapture};
use image::RgbImage;
use inference::{InferenceError, ModelSet, Models, Parallelism, Role};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vision::face::{FaceFinder, FaceParams};

use crate::data::DataFolder;
use crate::report::Measured;
use crate::split::Half;
use crate::{Part, Run};
pub use act::act;
use actor::Actor;

/// Side of the generated frames, pixels.
const SIDE: u32 = 320;
/// The first seed of measuring; tuning counts from 0.
const FIRST_SEED: u64 = 5_000_000;

/// Measures clips, generated movements and generated attacks.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    if !data.has("faces/lfw-subset") {
        return Ok(None);
    }
    let stage = Stage::open(data, run.part)?;
    let mut tables = attacks::measure(run, &stage)?;
    if run.part == Part::Reported {
        tables.insert(0, movements::measure(run, &stage)?);
    }
    if run.part == Part::Reported && data.has("faces/videos") {
        tables.push(clips::measure(run, data)?);
    }
    let text = format!(
        "Generated captures: pictures of people of the check half of lfw-subset, one a capture, \
         turned in depth by their own mesh, lids and lips moved, seen by a hand-held camera of 15 \
         to 30 frames a second, {SIDE} pixels, seeds from {FIRST_SEED}. They show that movements of \
         known time and size are found; a living head they are not. Meanwhile the page shows twelve \
         colours of 600 ms, whose light is drawn too: on a head by the mesh's depth and slant, \
         25 to 50 cm from a screen that adds a twenty-fifth to a third to the room's light, late by \
         40 to 200 ms, and taken away in part by the camera's white balance; on a print all over, on \
         a screen hardly, or mirrored in its glass. Whoever draws the same light on a picture \
         makes a genuine capture: nothing here tells that. The fourth column is what would pass had \
         no light been asked for. Lids are painted over the \
         eyes of pictures 250 pixels wide; the mesh does not see such eyes close, \
         though it sees those of the clips, so blinks are told by the clips alone and left out of the attacks' \
         challenges. APCER is the share of \
         attacks of a species that every check of a capture lets pass, BPCER the share of genuine \
         captures that is not (ISO/IEC 30107-3); the limits are those of policies/exchange.toml. \
         The clips hold few events, labelled partly by eye from a few frames: a smoke test."
    );
    Measured::now("Live captures", text, tables).map(Some)
}

/// What every capture is made with and read by.
struct Stage {
    reader: CaptureReader,
    finder: FaceFinder,
    stills: Vec<PathBuf>,
    first_seed: u64,
}

impl Stage {
    fn open(data: &DataFolder, part: Part) -> Result<Self> {
        let (half, first_seed) = match part {
            Part::Tuning => (Half::Tuning, 0),
            Part::Reported => (Half::Check, FIRST_SEED),
        };
        let folder = inference::models_dir(|name| std::env::var_os(name))
            .context("no folder for the models is known: set BONAFIDE_DATA to a folder")?;
        let models = ModelSet::open(&folder, Parallelism { threads: 1, runs: 4 })?;
        let (detection, mesh) = (models.model(Role::FaceDetection)?, models.model(Role::FaceMesh)?);
        Ok(Self {
            reader: CaptureReader::from_models(&models)?,
            finder: FaceFinder::new(detection, mesh, FaceParams::default()),
            stills: stills(data, half)?,
            first_seed,
        })
    }

    /// The actor number `index`; `None` where its picture shows no face.
    fn actor(&self, index: usize) -> Result<Option<Actor>> {
        let file = &self.stills[index % self.stills.len()];
        let still = image::open(file).with_context(|| format!("reading {}", file.display()))?;
        let still = still.resize_exact(SIDE, SIDE, image::imageops::FilterType::CatmullRom);
        let still: RgbImage = still.into_rgb8();
        let face = self.finder.find(&still)?.into_iter().next();
        Ok(face.map(|face| Actor::new(still, &face)))
    }

    /// The randomness of capture `number`.
    fn rng(&self, number: usize) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.first_seed + number as u64)
    }

    fn read(&self, frames: Vec<Frame>, asked: Asked) -> Result<SeenCapture> {
        let frames = frames.into_iter().map(Ok::<_, InferenceError>);
        Ok(self.reader.read(frames, asked)?)
    }
}

/// The first picture of each person of `half`.
fn stills(data: &DataFolder, half: Half) -> Result<Vec<PathBuf>> {
    let root = data.path("faces/lfw-subset");
    let mut stills = Vec::new();
    for entry in std::fs::read_dir(&root).with_context(|| format!("listing {}", root.display()))? {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !folder.is_dir() || Half::of(&format!("faces/lfw-subset/{name}")) != half {
            continue;
        }
        let files = std::fs::read_dir(&folder)?.map(|file| Ok(file?.path()));
        stills.extend(files.collect::<Result<Vec<_>>>()?.into_iter().min());
    }
    stills.sort();
    Ok(stills)
}

/// `work` for each of `0..count`, two at once, in order.
fn each<T: Send>(count: usize, work: impl Fn(usize) -> Result<T> + Sync) -> Result<Vec<T>> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if index >= count {
                return Ok::<_, anyhow::Error>(done);
            }
            done.push((index, work(index)?));
        }
    };
    let (here, there) = std::thread::scope(|scope| {
        let there = scope.spawn(run);
        (run(), there.join().expect("measuring does not panic"))
    });
    let mut done = here?;
    done.extend(there?);
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}
