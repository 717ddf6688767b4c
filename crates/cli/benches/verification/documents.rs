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
    for kind in Kind::ALL {
        for seed in SEEDS {
            let mut order = Order::new(kind, 0, seed);
            order.pixels_per_mm = 24.0;
            let document = Document::generate(&fonts, &order, &portraits.of(seed).document);
            for side in &document.sides {
                let scene = Scene::random(seed).sized(SIZE.0, SIZE.1);
                let photo = photograph(&fonts, &[side], &scene, seed);
                let file = photo.jpeg(Orientation::UPRIGHT);
                let mut times = Vec::new();
                for _ in 0..=ROUNDS {
                    let (time, of) = read(&reader, &file)?;
                    times.push(time);
                    for (stage, ms) in of {
                        stages.entry(stage).or_default().push(Duration::from_secs_f64(ms / 1e3));
                    }
                }
                // The first reading of a photograph warms caches and sessions.
                let time = median(times.split_off(1));
                let face = format!("{:?}", side.truth.side).to_lowercase();
                photographs.push((format!("{}, {face}, {seed}", kind.name()), time));
            }
        }
    }
    photographs.sort_by_key(|(_, time)| *time);
    let mut stages: Vec<_> =
        stages.into_iter().map(|(stage, times)| (stage, median(times))).collect();
    stages.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    Ok(Measured { photographs, stages })
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
