//! The face of a person in a picture.

use domain::evidence::SeenFace;
use imaging::DecodedImage;
use imaging::geometry::{Point, Rect};
use inference::InferenceError;
use vision::face::FaceObservation;

use super::{Observed, ObservedFace, Reader};
use crate::selfie;
use crate::stages::Stages;

impl Reader {
    /// Finds the faces in a photograph of people, the main one first, measures
    /// the main one and turns it into a vector.
    ///
    /// # Errors
    /// When a model cannot run. No face is an empty list.
    pub fn person(&self, picture: &DecodedImage) -> Result<Observed, InferenceError> {
        let mut stages = Stages::default();
        let rgb = picture.rgb();
        let found = stages.time("face_detection", || self.faces.find(rgb))?;
        let measure = || selfie::measurements(rgb, &self.faces, found.first());
        let quality = stages.time("face_quality", measure)?;
        let mut faces = Vec::with_capacity(found.len());
        for (index, observation) in found.into_iter().enumerate() {
            let embedding = if index == 0 {
                let embed = || self.embedder.embed(rgb, &observation);
                Some(stages.time("face_embedding", embed)?)
            } else {
                None
            };
            faces.push(ObservedFace::of(observation, embedding, |point| point));
        }
        let evidence = selfie::facts(picture, quality, &faces);
        Ok(Observed {
            evidence,
            take: 0,
            outline: None,
            lines: Vec::new(),
            zone: None,
            faces,
            stages,
        })
    }
}

/// The box around a face of a view, in pixels of the picture to which `to_source` leads.
pub(super) fn bounds_of(face: &FaceObservation, to_source: impl Fn(Point) -> Point) -> Rect {
    face.bounds.quad().map(to_source).bounds()
}

impl ObservedFace {
    /// A face seen in a view of the picture; `to_source` leads from the view's
    /// pixels to the picture's.
    pub(crate) fn of(
        observation: FaceObservation,
        embedding: Option<vision::face::Embedding>,
        to_source: impl Fn(Point) -> Point,
    ) -> Self {
        let bounds = bounds_of(&observation, &to_source);
        let landmarks = observation.landmarks.map(to_source);
        Self { bounds, landmarks, observation, embedding }
    }

    /// The face as a fact. Sizes are in pixels of the source picture; what was
    /// measured on the face's own pixels is the view's.
    pub(crate) fn fact(&self) -> SeenFace {
        let quality = &self.observation.quality;
        SeenFace {
            bounds: [self.bounds.x, self.bounds.y, self.bounds.width, self.bounds.height],
            eye_distance: self.landmarks[0].distance(self.landmarks[1]),
            score: self.observation.score,
            yaw: quality.pose.yaw,
            pitch: quality.pose.pitch,
            roll: quality.pose.roll,
            sharpness: quality.sharpness,
            brightness: quality.brightness,
        }
    }
}
