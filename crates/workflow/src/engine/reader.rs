//! The real engine: the readers of [`evidence`] on the installed models.

use std::collections::BTreeMap;
use std::time::Instant;

use domain::evidence::{PictureEvidence, Slot};
use domain::id::AccountId;
use domain::liveness::{Asked, LivenessEvidence};
use domain::policy::TierPolicy;

use evidence::capture::{CaptureReader, LivePerson};
use evidence::preview::{FacePreviewer, Previewer};
use evidence::reader::{Observed, Reader};
use evidence::stages::Stages;
use imaging::{DecodedImage, Limits, decode};
use inference::InferenceError;
use jiff::civil::Date;

use crate::engine::memory::{Memory, Of};
use crate::engine::{Engine, EngineError, Face, Frame, Hint, Material, Sight, archive};
use crate::metrics::Metrics;

/// Pixels of the picture that the camera takes for each pixel of its preview, where the page
/// does not say: a guess, as browsers give 1,280 to 4,000 and previews have 640.
const SHRUNK: f32 = 4.0;

/// Reads pictures and captures by the networks, each once: what an upload was seen to show is
/// still known when its case is decided.
pub struct ReaderEngine {
    reader: Reader,
    captures: CaptureReader,
    previewer: Previewer,
    face_previewer: FacePreviewer,
    metrics: Metrics,
    pictures: Memory<Observed>,
    people: Memory<LivePerson>,
}

impl From<InferenceError> for EngineError {
    fn from(error: InferenceError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl ReaderEngine {
    /// On these readers, timing their stages in `metrics`.
    pub fn new(reader: Reader, previewer: Previewer, metrics: Metrics) -> Self {
        let (captures, face_previewer) =
            (reader.captures().unpredictable(), reader.face_previewer());
        let (pictures, people) = (Memory::default(), Memory::default());
        Self { reader, captures, previewer, face_previewer, metrics, pictures, people }
    }

    /// What each of the pictures shows; of what was seen lately without its times.
    fn observed(
        &self,
        whose: AccountId,
        pictures: &BTreeMap<Slot, &[u8]>,
        as_of: Date,
    ) -> Result<BTreeMap<Slot, Observed>, EngineError> {
        let now = Instant::now();
        let of = |slot: Slot, bytes| Of::new(whose, bytes, &format!("{slot:?} {as_of}"));
        let (mut known, mut new) = (BTreeMap::new(), BTreeMap::new());
        for (slot, bytes) in pictures {
            match self.pictures.recall(of(*slot, bytes), now) {
                Some(seen) => {
                    known.insert(*slot, Observed { stages: Stages::default(), ..seen });
                }
                None => {
                    new.insert(*slot, vec![picture(bytes)?]);
                }
            }
        }
        for (slot, seen) in self.reader.observe(&new, as_of)? {
            self.pictures.keep(of(slot, pictures[&slot]), seen.clone(), now);
            known.insert(slot, seen);
        }
        Ok(known)
    }

    /// Whom a capture shows; of what was seen lately without its times.
    fn person(
        &self,
        whose: AccountId,
        bytes: &[u8],
        asked: &Asked,
    ) -> Result<LivePerson, EngineError> {
        let now = Instant::now();
        let looked_at = serde_json::to_string(asked).expect("what was asked serialises");
        let of = Of::new(whose, bytes, &looked_at);
        if let Some(person) = self.people.recall(of, now) {
            return Ok(LivePerson { stages: Stages::default(), ..person });
        }
        let frames = archive::frames(bytes, asked.ends_ms())?;
        let person = self.captures.read(frames, asked.clone())?.person();
        self.people.keep(of, person.clone(), now);
        Ok(person)
    }

    /// All of it together.
    fn together(
        &self,
        whose: AccountId,
        pictures: &BTreeMap<Slot, &[u8]>,
        live: Option<LivePerson>,
        as_of: Date,
    ) -> Result<Sight, EngineError> {
        let seen = self.reader.together(self.observed(whose, pictures, as_of)?, live);
        self.metrics.assessed(&seen.stages);
        let face = seen.person.map(|face| Face::new(face.values().to_vec()));
        Ok(Sight { evidence: seen.evidence, face })
    }
}

fn picture(bytes: &[u8]) -> Result<DecodedImage, EngineError> {
    decode(bytes, &Limits::default()).map_err(|error| EngineError::Refused {
        code: error.code().to_owned(),
        sentence: error.to_string(),
    })
}

impl Engine for ReaderEngine {
    fn look(
        &self,
        whose: AccountId,
        slot: Slot,
        bytes: &[u8],
        as_of: Date,
    ) -> Result<PictureEvidence, EngineError> {
        let mut seen = self.together(whose, &[(slot, bytes)].into(), None, as_of)?.evidence;
        Ok(seen.pictures.remove(&slot).expect("every picture that is given is seen"))
    }

    fn watch(
        &self,
        whose: AccountId,
        bytes: &[u8],
        asked: &Asked,
    ) -> Result<LivenessEvidence, EngineError> {
        let person = self.person(whose, bytes, asked)?;
        let mut stages = Stages::default();
        stages.merge("live", &person.stages);
        self.metrics.assessed(&stages);
        Ok(person.evidence)
    }

    fn see(
        &self,
        whose: AccountId,
        material: &Material,
        as_of: Date,
    ) -> Result<Sight, EngineError> {
        let pictures = &material.pictures;
        let pictures = pictures.iter().map(|(slot, bytes)| (*slot, bytes.as_slice())).collect();
        let capture = material.capture.as_ref();
        let live = capture.map(|(bytes, asked)| self.person(whose, bytes, asked));
        self.together(whose, &pictures, live.transpose()?, as_of)
    }

    fn forget_old(&self) {
        let now = Instant::now();
        self.pictures.forget_old(now);
        self.people.forget_old(now);
    }

    fn embedder(&self) -> String {
        self.reader.embedder().to_string()
    }

    fn distance_at(&self, rate: f64) -> f64 {
        self.reader.distance_at(rate)
    }

    fn page(&self, bytes: &[u8]) -> Result<(), EngineError> {
        picture(bytes).map(drop)
    }

    fn preview(&self, frame: &Frame, tier: &TierPolicy) -> Result<Hint, EngineError> {
        let pixels = picture(&frame.bytes)?;
        let shrunk = frame.width.map_or(SHRUNK, |width| width as f32 / pixels.width() as f32);
        let seen = match frame.of {
            Slot::Front | Slot::Back => self.previewer.judge(&pixels, shrunk, tier)?,
            Slot::Selfie => self.face_previewer.judge(&pixels, shrunk, tier)?,
            Slot::Held => self.face_previewer.judge_held(&pixels, shrunk, tier)?,
        };
        Ok(Hint { reason: seen.hint().cloned(), outline: seen.outline })
    }
}
