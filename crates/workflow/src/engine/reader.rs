//! The real engine: the readers of [`evidence`] on the installed models.

use std::collections::BTreeMap;

use domain::evidence::{PictureEvidence, Slot};
use domain::liveness::{Asked, LivenessEvidence};
use domain::policy::TierPolicy;
use evidence::capture::CaptureReader;
use evidence::preview::Previewer;
use evidence::reader::{Reader, Submission};
use imaging::{DecodedImage, Limits, decode};
use inference::InferenceError;
use jiff::civil::Date;

use crate::engine::{Engine, EngineError, Face, Hint, Material, Sight, archive};
use crate::metrics::Metrics;

/// Pixels of the picture that the camera takes for each pixel of its preview: phones take
/// about 4,000, previews have 640.
const SHRUNK: f32 = 4.0;

/// Reads pictures and captures by the networks.
pub struct ReaderEngine {
    reader: Reader,
    captures: CaptureReader,
    previewer: Previewer,
    metrics: Metrics,
}

impl From<InferenceError> for EngineError {
    fn from(error: InferenceError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl ReaderEngine {
    /// On these readers, timing their stages in `metrics`.
    pub fn new(reader: Reader, previewer: Previewer, metrics: Metrics) -> Self {
        let captures = reader.captures();
        Self { reader, captures, previewer, metrics }
    }
}

fn picture(bytes: &[u8]) -> Result<DecodedImage, EngineError> {
    decode(bytes, &Limits::default()).map_err(|error| EngineError::Refused {
        code: error.code().to_owned(),
        sentence: error.to_string(),
    })
}

impl Engine for ReaderEngine {
    fn look(&self, slot: Slot, bytes: &[u8], as_of: Date) -> Result<PictureEvidence, EngineError> {
        let pictures = [(slot, vec![picture(bytes)?])].into();
        let submission = Submission { pictures, capture: None };
        let mut seen = self.reader.submission(&submission, as_of)?;
        let observed = seen.evidence.pictures.remove(&slot);
        Ok(observed.expect("every picture that is given is seen"))
    }

    fn watch(&self, bytes: &[u8], asked: &Asked) -> Result<LivenessEvidence, EngineError> {
        let frames = archive::frames(bytes)?;
        Ok(self.captures.read(frames, asked.clone())?.evidence)
    }

    fn see(&self, material: &Material, as_of: Date) -> Result<Sight, EngineError> {
        let mut pictures = BTreeMap::new();
        for (slot, bytes) in &material.pictures {
            pictures.insert(*slot, vec![picture(bytes)?]);
        }
        let capture = match &material.capture {
            Some((bytes, asked)) => {
                Some(self.captures.read(archive::frames(bytes)?, asked.clone())?)
            }
            None => None,
        };
        let seen = self.reader.submission(&Submission { pictures, capture }, as_of)?;
        self.metrics.assessed(&seen.stages);
        let face = seen.person.map(|face| Face::new(face.values().to_vec()));
        Ok(Sight { evidence: seen.evidence, face })
    }

    fn embedder(&self) -> String {
        self.reader.embedder().to_string()
    }

    fn distance_at(&self, rate: f64) -> f64 {
        self.reader.distance_at(rate)
    }

    fn preview(&self, frame: &[u8], tier: &TierPolicy) -> Result<Hint, EngineError> {
        let frame = picture(frame)?;
        let seen = self.previewer.judge(&frame, SHRUNK, tier)?;
        Ok(Hint { reason: seen.hint().cloned(), outline: seen.outline })
    }
}
