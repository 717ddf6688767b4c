//! Faces: where they are, their landmarks, how alike two are.
//!
//! [`FaceFinder`] gives the [`FaceObservation`]s of a picture, the main face
//! or the portrait first; [`FaceEmbedder`] turns one into an [`Embedding`];
//! [`FaceMatcher`] compares two and tells how often different people come as
//! close.

mod aligned;
mod calibration;
mod cohort;
mod condition;
mod cover;
mod detection;
mod embedder;
mod embedding;
mod eyes;
#[cfg(test)]
mod fakes;
mod light;
mod matcher;
mod mesh;
mod observation;
pub(crate) mod pixels;
mod quality;
pub(crate) mod similarity;
#[cfg(test)]
mod tests;
mod tiles;

pub use calibration::{
    CalibrationError, FaceCalibration, KnownPairs, Measurement, NormalisedCalibration, Population,
    TooFew,
};
pub use cohort::{Cohort, CohortError, Normalisation, NormalisedScore, Strangers};
pub use condition::{FaceCondition, Opening};
pub use cover::{Cover, Covers};
pub use embedder::{EmbedderParams, FaceEmbedder, Mirror, PartParams, View};
pub use embedding::Embedding;
pub use light::FaceLight;
pub use matcher::{Comparison, FaceMatcher, NormalisedComparison};
pub use mesh::{FaceMesh, LANDMARKS, Landmark, Pose};
pub use observation::{FaceFinder, FaceObservation, FaceParams};
pub use quality::FaceQuality;
