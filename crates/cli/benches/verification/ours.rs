//! Our own verification, in this process, with the models loaded.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::claims::Claims;
use domain::evidence::Slot;
use domain::policy::Policy;
use evidence::reader::{Reader, Submission};
use imaging::{DecodedImage, Limits, decode};
use inference::{
    InferenceError, LoadError, Model, ModelCard, ModelSet, Models, Parallelism, Role, Tensor,
};
use vision::face::FaceCalibration;

use crate::pictures::Person;
use crate::{ROUNDS, TODAY, median};

/// The models that one verification called, with their inputs.
pub type Calls = Vec<(Role, Tensor)>;

/// What was measured.
pub struct Measured {
    /// Median by stage, in the order in which they ran.
    pub stages: Vec<(String, Duration)>,
    /// Median of the whole.
    pub whole: Duration,
    /// The model runs of one verification.
    pub calls: Calls,
}

/// Verifies `person` over and over.
pub fn measure(models: &Path, person: &Person) -> anyhow::Result<Measured> {
    let set = ModelSet::open(models, Parallelism { threads: 1, runs: 2 })?;
    let calls = Arc::new(Mutex::new(Vec::new()));
    let recording = Recording { set: &set, calls: Arc::clone(&calls) };
    let recorder = Reader::open(&recording, FaceCalibration::shipped())?;
    verify(&recorder, person)?;
    let calls = std::mem::take(&mut *calls.lock().expect("no run panicked"));

    let reader = Reader::open(&set, FaceCalibration::shipped())?;
    verify(&reader, person)?;
    let mut wholes = Vec::new();
    let mut order = Vec::new();
    let mut times: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let (whole, stages) = verify(&reader, person)?;
        wholes.push(whole);
        for (stage, ms) in stages {
            if !times.contains_key(&stage) {
                order.push(stage.clone());
            }
            times.entry(stage).or_default().push(Duration::from_secs_f64(ms / 1e3));
        }
    }
    let stages = order.into_iter().map(|stage| {
        let time = median(times.remove(&stage).unwrap_or_default());
        (stage, time)
    });
    Ok(Measured { stages: stages.collect(), whole: median(wholes), calls })
}

/// One verification from files to decision, and its stages.
fn verify(reader: &Reader, person: &Person) -> anyhow::Result<(Duration, Vec<(String, f64)>)> {
    let policy = Policy::parse(include_str!("../../../../policies/pictures.toml"))?;
    let begin = Instant::now();
    let pictures = std::thread::scope(|scope| {
        let selfie = scope.spawn(|| picture(&person.selfie()));
        let front = picture(&person.document())?;
        let selfie = selfie.join().expect("decoding does not panic")?;
        anyhow::Ok(BTreeMap::from([(Slot::Front, vec![front]), (Slot::Selfie, vec![selfie])]))
    })?;
    let mut stages = vec![("decode".to_owned(), begin.elapsed().as_secs_f64() * 1e3)];
    let seen = reader.submission(&Submission { pictures, capture: None }, TODAY)?;
    let tier = policy.tier(None)?;
    domain::decision::assess(&seen.evidence, &Claims::default(), TODAY, tier);
    let whole = begin.elapsed();
    stages.extend(seen.stages.milliseconds());
    Ok((whole, stages))
}

fn picture(path: &Path) -> anyhow::Result<DecodedImage> {
    Ok(decode(&std::fs::read(path)?, &Limits::default())?)
}

/// The installed models, keeping what they are given.
struct Recording<'a> {
    set: &'a ModelSet,
    calls: Arc<Mutex<Calls>>,
}

impl Models for Recording<'_> {
    fn model(&self, role: Role) -> Result<Arc<dyn Model>, LoadError> {
        let (model, calls) = (self.set.model(role)?, Arc::clone(&self.calls));
        Ok(Arc::new(Recorded { model, calls }))
    }
}

struct Recorded {
    model: Arc<dyn Model>,
    calls: Arc<Mutex<Calls>>,
}

impl Model for Recorded {
    fn card(&self) -> &ModelCard {
        self.model.card()
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        let call = (self.card().role, input.clone());
        self.calls.lock().expect("no run panicked").push(call);
        self.model.run(input)
    }
}
