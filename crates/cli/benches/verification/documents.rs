//! One picture of a document after another, of every kind: how long each takes to read.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use evidence::reader::Reader;
use imaging::{Limits, decode};
use inference::{ModelSet, Parallelism};
use specimen::{Document, Fonts, Kind, Order, Orientation, Portraits, Scene, photograph};
use vision::face::FaceCalibration;

use crate::pictures::SIZE;
use crate::{TODAY, median};

/// Each photograph is read so often; the median is its time.
const ROUNDS: usize = 3;

/// So many photographs of each side.
const SEEDS: std::ops::Range<u64> = 20..22;

/// What was measured.
pub struct Measured {
    /// What is in each photograph and how long it took, the quickest first.
    pub photographs: Vec<(String, Duration)>,
    /// Median over them of each stage, longest first.
    pub stages: Vec<(String, Duration)>,
}

impl Measured {
    /// The median photograph's time.
    pub fn median(&self) -> Duration {
        median(self.photographs.iter().map(|(_, time)| *time).collect())
    }
}

/// Reads photographs of twelve megapixels of every kind and side, as people take them, from
/// the file to the evidence, models loaded.
pub fn measure(models: &Path, portraits: &Path) -> anyhow::Result<Measured> {
    let set = ModelSet::open(models, Parallelism { threads: 1, runs: 2 })?;
    let reader = Reader::open(&set, FaceCalibration::shipped())?;
    let portraits =
        Portraits::open(portraits).context("`cargo xtask demo` installs the portraits")?;
    let fonts = Fonts::find()?;
    let mut photographs = Vec::new();
    let mut stages: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for (name, file) in files(&fonts, &portraits) {
        // The first reading of a photograph warms caches and sessions.
        read(&reader, &file)?;
        let rounds = (0..ROUNDS).map(|_| read(&reader, &file));
        let rounds: Vec<_> = rounds.collect::<anyhow::Result<_>>()?;
        photographs.push((name, median(rounds.iter().map(|(time, _)| *time).collect())));
        let mut of_stage: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        for (stage, ms) in rounds.iter().flat_map(|(_, stages)| stages) {
            of_stage.entry(stage).or_default().push(Duration::from_secs_f64(ms / 1e3));
        }
        for (stage, times) in of_stage {
            stages.entry(stage.to_owned()).or_default().push(median(times));
        }
    }
    // A stage that a photograph does not need takes it no time.
    let count = photographs.len();
    let of_all = |mut times: Vec<Duration>| {
        times.resize(count, Duration::ZERO);
        median(times)
    };
    let mut stages: Vec<_> =
        stages.into_iter().map(|(stage, times)| (stage, of_all(times))).collect();
    photographs.sort_by_key(|(_, time)| *time);
    stages.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    Ok(Measured { photographs, stages })
}

/// The photographs of every kind and side, each with what it is.
fn files(fonts: &Fonts, portraits: &Portraits) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for kind in Kind::ALL {
        for seed in SEEDS {
            let mut order = Order::new(kind, 0, seed);
            order.pixels_per_mm = 24.0;
            let document = Document::generate(fonts, &order, &portraits.of(seed).document);
            for side in &document.sides {
                let scene = Scene::random(seed).sized(SIZE.0, SIZE.1);
                let photo = photograph(fonts, &[side], &scene, seed);
                let face = format!("{:?}", side.truth.side).to_lowercase();
                let name = format!("{}, {face}, {seed}", kind.name());
                files.push((name, photo.jpeg(Orientation::UPRIGHT)));
            }
        }
    }
    files
}

/// One reading: how long it took, and the milliseconds of its stages.
fn read(reader: &Reader, file: &[u8]) -> anyhow::Result<(Duration, Vec<(String, f64)>)> {
    let begin = Instant::now();
    let picture = decode(file, &Limits::default())?;
    let decoded = begin.elapsed();
    let seen = reader.document(&picture, TODAY)?;
    let whole = begin.elapsed();
    let decoding = ("decode".to_owned(), decoded.as_secs_f64() * 1e3);
    Ok((whole, seen.stages.milliseconds().into_iter().chain([decoding]).collect()))
}
