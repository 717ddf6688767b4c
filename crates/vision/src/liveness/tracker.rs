//! One face followed through the frames of a capture.

use image::RgbImage;
use inference::InferenceError;

use super::signs::Signs;
use crate::face::{FaceFinder, FaceObservation};

/// What one frame shows of the face.
#[derive(Debug, Clone)]
pub struct TrackedFrame {
    /// Milliseconds since the capture began.
    pub at_ms: f64,
    /// The face; `None` when the frame shows none.
    pub face: Option<FaceObservation>,
    /// Whether it was looked for in the whole frame, not where it was before.
    pub found_anew: bool,
}

impl TrackedFrame {
    /// The acting parts of the face.
    pub fn signs(&self) -> Option<Signs> {
        self.face.as_ref().map(Signs::of)
    }
}

/// Follows the main face from frame to frame: a face that stays about where it was costs
/// one run of the mesh.
pub struct FaceTracker<'a> {
    finder: &'a FaceFinder,
    last: Option<FaceObservation>,
}

impl<'a> FaceTracker<'a> {
    /// A tracker that has seen no frame yet.
    pub fn new(finder: &'a FaceFinder) -> Self {
        Self { finder, last: None }
    }

    /// The face in `frame`, the next one, taken `at_ms` after the capture began.
    ///
    /// # Errors
    ///
    /// When a model cannot run. No face is a frame without one.
    pub fn follow(&mut self, frame: &RgbImage, at_ms: f64) -> Result<TrackedFrame, InferenceError> {
        let followed = match &self.last {
            Some(face) => self.finder.again(frame, face)?,
            None => None,
        };
        let found_anew = followed.is_none();
        let face = match followed {
            Some(face) => Some(face),
            None => self.finder.find(frame)?.into_iter().next(),
        };
        self.last.clone_from(&face);
        Ok(TrackedFrame { at_ms, face, found_anew })
    }
}
