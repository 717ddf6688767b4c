//! A live capture: its frames in, what it shows as facts out.

mod faces;
mod signals;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, mpsc};

use domain::liveness::{Action, Asked, LivenessEvidence, SeenAction};
use image::RgbImage;
use inference::{InferenceError, LoadError, Model, Models, Role};
use vision::face::{Embedding, FaceEmbedder, FaceFinder, FaceObservation, FaceParams};
use vision::liveness::{
    FacePatch, FaceTint, FaceTracker, Gesture, GestureParams, Moment, PassiveJudge, SeenGesture,
    Signs, Turn, gestures,
};

use crate::stages::Stages;

pub use faces::CapturedFace;
use faces::against_usual;

/// Milliseconds between frames of which the embedding is made, in the mean: more tell no
/// more of who it is, and someone else is there for longer.
const EMBED_EVERY_MS: f64 = 600.0;
/// Heads turned farther, degrees against the camera, are not embedded: distances hold for faces that
/// look about at it.
const EMBED_TURN: f32 = 25.0;

/// One frame of a capture.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Milliseconds since the capture began.
    pub at_ms: f64,
    /// Upright, as the camera sees: not mirrored.
    pub picture: RgbImage,
}

/// Reads captures.
pub struct CaptureReader {
    faces: Arc<FaceFinder>,
    embedder: Arc<FaceEmbedder>,
    passive: Option<Arc<PassiveJudge>>,
    /// What nobody outside knows, where senders must not know which frames are embedded.
    chance: Option<RandomState>,
}

/// The roles of the models that follow a face; those that embed it are the embedder's.
const FOLLOWING: [Role; 2] = [Role::FaceDetection, Role::FaceMesh];

/// What a capture shows.
#[derive(Debug)]
pub struct SeenCapture {
    /// As facts.
    pub evidence: LivenessEvidence,
    /// Each frame's face, for a drawing.
    pub faces: Vec<CapturedFace>,
    /// The frames whose vectors were made.
    pub stills: Vec<Still>,
    /// How long each stage took.
    pub stages: Stages,
}

/// What a capture says of its person: all that a submission needs of it.
#[derive(Debug, Clone)]
pub struct LivePerson {
    /// As facts.
    pub evidence: LivenessEvidence,
    /// Who it is, as [`SeenCapture::face`] has it.
    pub face: Option<Embedding>,
    /// How long each stage took.
    pub stages: Stages,
}

impl SeenCapture {
    /// Without what only a drawing needs.
    pub fn person(&self) -> LivePerson {
        let (evidence, stages) = (self.evidence.clone(), self.stages.clone());
        LivePerson { evidence, face: self.face(), stages }
    }

    /// Who it is, from all stills together, each as much: weights by sharpness and turn
    /// gained nothing ([`Embedding::mean`]). `None` without a still.
    pub fn face(&self) -> Option<Embedding> {
        Embedding::mean(self.stills.iter().map(|still| (&still.embedding, 1.0)))
    }
}

/// A frame in which the face looks at the camera.
#[derive(Debug)]
pub struct Still {
    /// Milliseconds since the capture began.
    pub at_ms: f64,
    /// The frame.
    pub picture: RgbImage,
    /// Its face.
    pub face: FaceObservation,
    /// Who it is, as a vector.
    pub embedding: Embedding,
    /// How likely the operator's own network holds it for a living face, 0 to 1.
    pub living: Option<f64>,
}

/// The frames as they came: what is needed of those without a face, too.
#[derive(Debug, Default)]
struct Stream {
    times: Vec<f64>,
    /// A digest of each frame's pixels.
    digests: Vec<u64>,
}

impl CaptureReader {
    /// A reader on the installed models.
    ///
    /// # Errors
    /// When a model is missing or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        let faces = FaceFinder::from_models(models, FaceParams::default())?;
        let embedder = Arc::new(FaceEmbedder::from_models(models)?);
        let passive = PassiveJudge::from_models(models)?.map(Arc::new);
        Ok(Self::new(Arc::new(faces), embedder, passive))
    }

    /// SHA-256 of each model that it runs, by role.
    ///
    /// # Errors
    /// When a model is missing.
    pub fn digests(models: &impl Models) -> Result<BTreeMap<String, String>, LoadError> {
        let mut digests = BTreeMap::new();
        for role in FOLLOWING {
            digests.insert(role.to_string(), models.model(role)?.card().digest.to_string());
        }
        for card in FaceEmbedder::from_models(models)?.models().map(Model::card) {
            digests.insert(card.role.to_string(), card.digest.to_string());
        }
        if let Some(card) = PassiveJudge::from_models(models)?.map(|own| own.model().card().clone())
        {
            digests.insert(card.role.to_string(), card.digest.to_string());
        }
        Ok(digests)
    }

    /// A reader that finds faces with `faces`, embeds them with `embedder`, and asks `passive`,
    /// where there is one, whether they live.
    pub fn new(
        faces: Arc<FaceFinder>,
        embedder: Arc<FaceEmbedder>,
        passive: Option<Arc<PassiveJudge>>,
    ) -> Self {
        Self { faces, embedder, passive, chance: None }
    }

    /// The same, embedding frames at times that nobody can tell beforehand: else whoever sends
    /// a capture could put another's face into just these.
    #[must_use]
    pub fn unpredictable(self) -> Self {
        Self { chance: Some(RandomState::new()), ..self }
    }

    /// Milliseconds after a frame of this digest until the next is embedded: as good as any
    /// from half to one and a half of the mean.
    fn pause(&self, digest: u64) -> f64 {
        let Some(chance) = &self.chance else { return EMBED_EVERY_MS };
        EMBED_EVERY_MS * (0.5 + chance.hash_one(digest) as f64 / u64::MAX as f64)
    }

    /// What `frames`, in their order, show of what was `asked`.
    ///
    /// # Errors
    /// The first error of `frames`, or when a model cannot run; never for what they show.
    pub fn read<E: From<InferenceError>>(
        &self,
        frames: impl Iterator<Item = Result<Frame, E>>,
        asked: impl Into<Asked>,
    ) -> Result<SeenCapture, E> {
        let asked = asked.into();
        let mut stages = Stages::default();
        let (send, receive) = mpsc::sync_channel(2);
        let (followed, stills) = stages.side_by_side(
            |stages| {
                let followed = self.follow(frames, &send, stages);
                drop(send);
                followed
            },
            |stages| self.embed(receive, stages),
        );
        let (stream, mut faces) = followed?;
        let stills = stills?;
        let neutral = against_usual(&mut faces);
        let moments: Vec<Moment> = faces.iter().map(CapturedFace::moment).collect();
        let seen = gestures(&moments, &GestureParams::default());
        let measured = signals::Measured {
            asked: &asked,
            stream: &stream,
            faces: &faces,
            neutral,
            gestures: &seen,
            stills: &stills,
        };
        let signals = stages.time("signals", || measured.all());
        let evidence = LivenessEvidence {
            challenge: asked.challenge,
            light: asked.light,
            frames: stream.times.len() as u32,
            duration_ms: stream.times.last().zip(stream.times.first()).map_or(0.0, |(b, a)| b - a),
            seen: seen.iter().filter_map(action).collect(),
            signals,
        };
        Ok(SeenCapture { evidence, faces, stills, stages })
    }

    /// Follows the face through `frames`, and sends now and then one that looks at the
    /// camera to be embedded.
    fn follow<E: From<InferenceError>>(
        &self,
        frames: impl Iterator<Item = Result<Frame, E>>,
        send: &mpsc::SyncSender<(Frame, FaceObservation)>,
        stages: &mut Stages,
    ) -> Result<(Stream, Vec<CapturedFace>), E> {
        let (mut stream, mut faces) = (Stream::default(), Vec::new());
        let mut tracker = FaceTracker::new(&self.faces);
        let mut due = None;
        for frame in frames {
            let frame = frame?;
            let digest = signals::digest(&frame.picture);
            stream.times.push(frame.at_ms);
            stream.digests.push(digest);
            let from = *due.get_or_insert(frame.at_ms + self.pause(digest) - EMBED_EVERY_MS);
            let follow = || tracker.follow(&frame.picture);
            let Some(face) = stages.time_each("track", follow)? else { continue };
            let (mesh, quality) = (&face.mesh, &face.quality);
            faces.push(CapturedFace {
                at_ms: frame.at_ms,
                mesh: mesh.clone(),
                signs: Signs::of(&face),
                turn: Turn::default(),
                brightness: quality.brightness,
                patch: stages.time_each("patch", || FacePatch::of(&frame.picture, mesh)),
                tint: stages.time_each("tint", || FaceTint::of(&frame.picture, mesh)),
            });
            let aside = quality.pose.yaw.abs().max(quality.pose.pitch.abs());
            if frame.at_ms >= from && aside <= EMBED_TURN {
                due = Some(frame.at_ms + self.pause(digest));
                // The other side ends early only by an error, which it returns.
                let _ = send.send((frame, face));
            }
        }
        Ok((stream, faces))
    }

    fn embed(
        &self,
        frames: mpsc::Receiver<(Frame, FaceObservation)>,
        stages: &mut Stages,
    ) -> Result<Vec<Still>, InferenceError> {
        let mut stills = Vec::new();
        for (Frame { at_ms, picture }, face) in frames {
            let embed = || self.embedder.embed(&picture, &face);
            let embedding = stages.time("face_embedding", embed)?;
            let living = match &self.passive {
                Some(own) => Some(stages.time("passive", || own.living(&picture, &face.mesh))?),
                None => None,
            };
            stills.push(Still { at_ms, picture, face, embedding, living });
        }
        Ok(stills)
    }
}

/// A gesture as an answer to a challenge; eyes that stay closed are none.
fn action(seen: &SeenGesture) -> Option<SeenAction> {
    let action = match seen.gesture {
        Gesture::Blink => Action::Blink,
        Gesture::TurnLeft => Action::TurnLeft,
        Gesture::TurnRight => Action::TurnRight,
        Gesture::Nod => Action::Nod,
        Gesture::LookUp => Action::LookUp,
        Gesture::OpenMouth => Action::OpenMouth,
        Gesture::EyesClosed => return None,
    };
    let extent = f64::from(seen.extent);
    Some(SeenAction { action, from_ms: seen.from_ms, to_ms: seen.to_ms, extent })
}
