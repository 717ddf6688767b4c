//! The way from pictures to what they show: every stage, in order.

mod barcode;
mod document;
mod face;
mod held;
mod outline;
mod text;
mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::evidence::{Evidence, FaceMatch, NormalisedMatch, PictureEvidence, Slot, Strangers};
use imaging::DecodedImage;
use imaging::geometry::{Point, Quad, Rect};
use inference::{Digest, InferenceError, LoadError, Model, Models, Role};
use jiff::civil::Date;
use tracing::Span;
use vision::document::DocumentFinder;
use vision::face::{
    CalibrationError, Cohort, Comparison, Embedding, FaceCalibration, FaceEmbedder, FaceFinder,
    FaceMatcher, FaceObservation, FaceParams,
};
use vision::liveness::PassiveJudge;
use vision::text::{TextReader, TextSetupError, ZoneReader};

use crate::capture::{CaptureReader, LivePerson, SeenCapture};
use crate::preview::FacePreviewer;
use crate::stages::Stages;
use crate::takes;

/// The reader cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// A model is missing or will not load.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The text stage cannot be set up.
    #[error(transparent)]
    Text(#[from] TextSetupError),
    /// The calibration does not hold for the installed models.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
}

/// Shipped networks that no stage runs, or that an operator's own may stand for.
const IDLE: [Role; 3] = [Role::Iris, Role::FaceEmbeddingA, Role::FaceEmbeddingB];

/// Reads documents and faces with the installed models.
pub struct Reader {
    text: TextReader,
    zones: ZoneReader,
    documents: DocumentFinder,
    faces: Arc<FaceFinder>,
    embedder: Arc<FaceEmbedder>,
    passive: Option<Arc<PassiveJudge>>,
    matcher: FaceMatcher,
    models: BTreeMap<String, String>,
}

/// The pictures of one person.
#[derive(Debug, Default)]
pub struct Submission {
    /// By their place; of one side there may be several, which are read as one.
    pub pictures: BTreeMap<Slot, Vec<DecodedImage>>,
    /// The live capture of the face; it then is what the portrait is compared with.
    pub capture: Option<SeenCapture>,
}

/// What one picture shows, with what only a drawing needs. All coordinates are
/// pixels of the upright source picture.
#[derive(Debug, Clone)]
pub struct Observed {
    /// As facts, those of all pictures of this place together.
    pub evidence: PictureEvidence,
    /// Which of the pictures of its place says the most: all else here is of that one.
    pub take: usize,
    /// The document's outline, corners tl tr br bl as printed.
    pub outline: Option<Quad>,
    /// Lines of text.
    pub lines: Vec<(Quad, String)>,
    /// The machine-readable zone.
    pub zone: Option<Quad>,
    /// Faces, the main one or the portrait first.
    pub faces: Vec<ObservedFace>,
    /// How long each stage took.
    pub stages: Stages,
}

/// A face with its points.
#[derive(Debug, Clone)]
pub struct ObservedFace {
    /// The box around it.
    pub bounds: Rect,
    /// Left eye, right eye, nose, left and right corner of the mouth, as the
    /// picture shows them.
    pub landmarks: [Point; 5],
    /// What was measured.
    pub observation: FaceObservation,
    /// The face as a vector, where one was asked for.
    pub embedding: Option<Embedding>,
}

/// What a whole submission shows.
#[derive(Debug)]
pub struct Seen {
    /// Everything as facts: the input of a decision.
    pub evidence: Evidence,
    /// Each picture with what a drawing needs.
    pub pictures: BTreeMap<Slot, Observed>,
    /// How alike portrait and selfie are.
    pub comparison: Option<Comparison>,
    /// The face that the portrait was compared with, of the live capture or of the selfie. It
    /// is personal, and no fact: the evidence does not hold it.
    pub person: Option<Embedding>,
    /// How long each stage took; `document.` and so on before the stage.
    pub stages: Stages,
}

impl Reader {
    /// A reader on the models of `models` and a calibration of their scores.
    ///
    /// # Errors
    /// When a model is missing, or the calibration was measured with others.
    pub fn open(models: &impl Models, calibration: FaceCalibration) -> Result<Self, SetupError> {
        let text = TextReader::from_models(models)?;
        let zones = ZoneReader::from_models(models)?;
        let documents = DocumentFinder::from_models(models)?;
        let faces = Arc::new(FaceFinder::from_models(models, FaceParams::default())?);
        let embedder = Arc::new(FaceEmbedder::from_models(models)?);
        let matcher = FaceMatcher::new(calibration, &faces, &embedder)?;
        let passive = PassiveJudge::from_models(models)?.map(Arc::new);
        let mut digests = BTreeMap::new();
        for role in Role::SHIPPED.into_iter().filter(|role| !IDLE.contains(role)) {
            digests.insert(role.to_string(), models.model(role)?.card().digest.to_string());
        }
        let own = passive.iter().map(|own| own.model());
        for card in embedder.models().chain(own).map(Model::card) {
            digests.insert(card.role.to_string(), card.digest.to_string());
        }
        Ok(Self { text, zones, documents, faces, embedder, passive, matcher, models: digests })
    }

    /// The same, which also normalises the scores of faces against `cohort`.
    ///
    /// # Errors
    /// When the calibration does not hold for this cohort.
    pub fn with_cohort(mut self, cohort: Cohort) -> Result<Self, CalibrationError> {
        self.matcher = self.matcher.with_cohort(cohort)?;
        Ok(self)
    }

    /// The judge of frames of a face with the same models.
    pub fn face_previewer(&self) -> FacePreviewer {
        FacePreviewer::new(Arc::clone(&self.faces))
    }

    /// The reader of live captures with the same models.
    pub fn captures(&self) -> CaptureReader {
        CaptureReader::new(
            Arc::clone(&self.faces),
            Arc::clone(&self.embedder),
            self.passive.clone(),
        )
    }

    /// Which embedder makes its vectors ([`FaceEmbedder::id`]).
    pub fn embedder(&self) -> Digest {
        self.embedder.id()
    }

    /// The widest distance at which even the population that fares worst keeps `rate` of false
    /// acceptance ([`FaceCalibration::distance_at`]).
    pub fn distance_at(&self, rate: f64) -> f64 {
        self.matcher.calibration().distance_at(rate)
    }

    /// The comparison of two faces.
    pub fn compare(&self, a: &Embedding, b: &Embedding) -> Comparison {
        self.matcher.compare(a, b)
    }

    /// Reads every picture of `submission`, documents and faces side by side,
    /// and compares portrait and selfie. `as_of` resolves the centuries of
    /// two-digit years.
    ///
    /// # Errors
    /// When a model cannot run; never for what a picture shows.
    pub fn submission(&self, submission: &Submission, as_of: Date) -> Result<Seen, InferenceError> {
        let observed = self.observe(&submission.pictures, as_of)?;
        Ok(self.together(observed, submission.capture.as_ref().map(SeenCapture::person)))
    }

    /// What the pictures show, each place by itself: the slow part of a submission. A place
    /// without a picture shows nothing.
    ///
    /// # Errors
    /// As [`Reader::submission`].
    pub fn observe(
        &self,
        pictures: &BTreeMap<Slot, Vec<DecodedImage>>,
        as_of: Date,
    ) -> Result<BTreeMap<Slot, Observed>, InferenceError> {
        let span = &Span::current();
        let results: Vec<_> = std::thread::scope(|scope| {
            let work: Vec<_> = pictures
                .iter()
                .map(|(&slot, pictures)| {
                    let read = move || self.pictures(slot, pictures, as_of);
                    (slot, scope.spawn(move || span.in_scope(read)))
                })
                .collect();
            work.into_iter()
                .map(|(slot, thread)| (slot, thread.join().expect("stages do not panic")))
                .collect()
        });
        let observed = results.into_iter().filter_map(|(slot, observed)| {
            let observed = observed.transpose()?;
            Some(observed.map(|observed| (slot, observed)))
        });
        observed.collect()
    }

    /// All pictures of one place, the one that says the most with what the others add;
    /// `None` without a picture.
    fn pictures(
        &self,
        slot: Slot,
        pictures: &[DecodedImage],
        as_of: Date,
    ) -> Result<Option<Observed>, InferenceError> {
        let read = pictures.iter().map(|picture| self.picture(slot, picture, as_of));
        let mut takes: Vec<Observed> = read.collect::<Result<_, _>>()?;
        if takes.is_empty() {
            return Ok(None);
        }
        let facts: Vec<&PictureEvidence> = takes.iter().map(|take| &take.evidence).collect();
        let take = takes::best(&facts);
        let mut best = takes.remove(take);
        for other in &takes {
            best.stages.append(&other.stages);
        }
        let others: Vec<&PictureEvidence> = takes.iter().map(|take| &take.evidence).collect();
        best.evidence = takes::combined(best.evidence, &others);
        Ok(Some(Observed { take, ..best }))
    }

    fn picture(
        &self,
        slot: Slot,
        picture: &DecodedImage,
        as_of: Date,
    ) -> Result<Observed, InferenceError> {
        match slot {
            Slot::Front | Slot::Back => self.document(picture, as_of),
            Slot::Held => self.held(picture, as_of),
            Slot::Selfie => self.person(picture),
        }
    }

    /// What all of it shows together: compares portrait, selfie or live person, and the document
    /// in hand.
    pub fn together(&self, pictures: BTreeMap<Slot, Observed>, live: Option<LivePerson>) -> Seen {
        let mut stages = Stages::default();
        for (slot, observed) in &pictures {
            stages.merge(prefix(*slot), &observed.stages);
        }
        let vector = |slot| pictures.get(&slot)?.faces.first()?.embedding.clone();
        let (person, liveness) = match live {
            Some(live) => {
                stages.merge("live", &live.stages);
                (live.face, Some(live.evidence))
            }
            None => (vector(Slot::Selfie), None),
        };
        let comparison = vector(Slot::Front)
            .zip(person.as_ref())
            .map(|(portrait, person)| self.compare(&portrait, person));
        let evidence = Evidence {
            elsewhere: None,
            face_search: None,
            blocklisted: None,
            pictures: pictures.iter().map(|(slot, seen)| (*slot, seen.evidence.clone())).collect(),
            face_match: comparison.clone().map(facts),
            held_match: pictures
                .get(&Slot::Held)
                .map(|held| self.compare_held(held, pictures.get(&Slot::Front), person.as_ref())),
            liveness,
            models: self.models.clone(),
            calibration: Some(self.matcher.calibration().digest().to_string()),
        };
        Seen { evidence, pictures, comparison, person, stages }
    }
}

/// The editing program that left its name in the picture's file.
pub(crate) fn editor(picture: &DecodedImage) -> Option<String> {
    picture.origin()?.editor.map(str::to_owned)
}

/// A comparison as a fact.
fn facts(comparison: Comparison) -> FaceMatch {
    let normalised = comparison.normalised.map(|found| NormalisedMatch {
        cohort: found.cohort.to_string(),
        distance: found.distance,
        strangers: found
            .strangers
            .map(|side| Strangers { mean: side.mean, deviation: side.deviation }),
        score: found.score,
        false_accept_rate: found.false_accept_rate,
    });
    FaceMatch {
        distance: comparison.distance,
        false_accept_rate: comparison.false_accept_rate,
        normalised,
    }
}

/// What stands before a stage's name in the times of a submission.
fn prefix(slot: Slot) -> &'static str {
    match slot {
        Slot::Front => "document",
        Slot::Back => "back",
        Slot::Held => "held",
        Slot::Selfie => "selfie",
    }
}
