//! What looks at pictures, behind a trait: the real one runs the networks, a test's is exact.

pub(crate) mod archive;
mod face;
mod memory;
mod reader;

use std::collections::BTreeMap;
use std::error::Error;

use domain::evidence::{Evidence, PictureEvidence, Region, Slot};
use domain::id::AccountId;
use domain::liveness::{Asked, LivenessEvidence};
use domain::policy::TierPolicy;
use domain::reason::Reason;
use jiff::civil::Date;
use thiserror::Error;

pub use face::Face;
pub use reader::ReaderEngine;

/// Looks at what people send. Every call takes a core for its whole time, and for parts of it a
/// second one where that is free. An engine may remember
/// what it saw for a while, for the account that sent it and for no other: how fast it answers
/// tells nobody what others sent.
pub trait Engine: Send + Sync {
    /// What one picture of `whose` shows by itself.
    ///
    /// # Errors
    /// When the bytes are no picture within the limits, or the engine breaks.
    fn look(
        &self,
        whose: AccountId,
        slot: Slot,
        bytes: &[u8],
        as_of: Date,
    ) -> Result<PictureEvidence, EngineError>;

    /// What a live capture of `whose` shows, against what was asked.
    ///
    /// # Errors
    /// As [`Engine::look`].
    fn watch(
        &self,
        whose: AccountId,
        bytes: &[u8],
        asked: &Asked,
    ) -> Result<LivenessEvidence, EngineError>;

    /// What everything of `whose` together shows.
    ///
    /// # Errors
    /// As [`Engine::look`].
    fn see(&self, whose: AccountId, material: &Material, as_of: Date)
    -> Result<Sight, EngineError>;

    /// Forgets what it has remembered for long enough.
    fn forget_old(&self);

    /// Which embedder makes the vectors of its faces: those of another cannot be compared with
    /// them.
    fn embedder(&self) -> String;

    /// The distance of two such vectors within which two different people of the population
    /// that fares worst come at most at `rate`, 0 to 1. None at all may be: then it is not
    /// positive.
    fn distance_at(&self, rate: f64) -> f64;

    /// Whether it is a picture that a person can be shown: of a letter, nothing is read.
    ///
    /// # Errors
    /// As [`Engine::look`].
    fn page(&self, bytes: &[u8]) -> Result<(), EngineError>;

    /// What to do before the picture is taken, from one small frame of the camera.
    ///
    /// # Errors
    /// As [`Engine::look`].
    fn preview(&self, frame: &Frame, tier: &TierPolicy) -> Result<Hint, EngineError>;
}

/// One small frame of the camera.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// As it came.
    pub bytes: Vec<u8>,
    /// Which picture is going to be taken.
    pub of: Slot,
    /// Width of that picture, pixels, where it is known.
    pub width: Option<u32>,
}

/// What everything that a person sent shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// As facts.
    pub evidence: Evidence,
    /// The face that the portrait was compared with, where there is one.
    pub face: Option<Face>,
}

/// What a person sent for one case.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The pictures, as they came.
    pub pictures: BTreeMap<Slot, Vec<u8>>,
    /// The live capture, with what was asked.
    pub capture: Option<(Vec<u8>, Asked)>,
}

/// What a frame of the camera calls for.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Hint {
    /// Where the document or the face lies: four corners in pixels of the frame.
    pub outline: Option<Region>,
    /// The one thing to mend, or nothing: then the picture may be taken.
    pub reason: Option<Reason>,
}

/// Why the engine says nothing.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The bytes are refused: the sender can send others.
    #[error("{sentence}")]
    Refused {
        /// The stable code.
        code: String,
        /// One sentence with what to do.
        sentence: String,
    },
    /// It broke: the same may work later.
    #[error("the engine failed")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}
