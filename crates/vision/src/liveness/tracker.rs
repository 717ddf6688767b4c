//! One face followed through the frames of a capture.

use image::RgbImage;
use inference::InferenceError;

use crate::face::{FaceFinder, FaceObservation};

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

    /// The face in `frame`, the next one; `None` when it shows none.
    ///
    /// # Errors
    ///
    /// When a model cannot run.
    pub fn follow(&mut self, frame: &RgbImage) -> Result<Option<FaceObservation>, InferenceError> {
        let followed = match &self.last {
            Some(face) => self.finder.again(frame, face)?,
            None => None,
        };
        self.last = match followed {
            Some(face) => Some(face),
            None => self.finder.find(frame)?.into_iter().next(),
        };
        Ok(self.last.clone())
    }
}
