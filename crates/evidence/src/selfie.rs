//! A picture of a face by itself: what is wrong with it, without comparing it.

use domain::evidence::{Measurement, PictureEvidence, Quality, Region};
use image::RgbImage;
use imaging::{DecodedImage, Point};
use inference::{InferenceError, LoadError, Models, Role};
use vision::face::{Cover, FaceCondition, FaceFinder, FaceObservation, FaceParams};

use crate::reader::ObservedFace;
use crate::stages::Stages;

/// Measures pictures of faces: a reader of selfies that loads two networks and embeds nothing.
pub struct SelfieReader {
    faces: FaceFinder,
}

/// What a picture of a face shows.
#[derive(Debug)]
pub struct Selfie {
    /// As facts.
    pub evidence: PictureEvidence,
    /// The faces, the main one first.
    pub faces: Vec<ObservedFace>,
    /// How long each stage took.
    pub stages: Stages,
}

impl SelfieReader {
    /// A reader on the models of `models`.
    ///
    /// # Errors
    /// When a model is missing or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        let (detection, mesh) = (models.model(Role::FaceDetection)?, models.model(Role::FaceMesh)?);
        Ok(Self { faces: FaceFinder::new(detection, mesh, FaceParams::default()) })
    }

    /// Finds the faces in `picture` and measures the main one.
    ///
    /// # Errors
    /// When a model cannot run. No face is an empty list.
    pub fn read(&self, picture: &DecodedImage) -> Result<Selfie, InferenceError> {
        let mut stages = Stages::default();
        let found = stages.time("face_detection", || self.faces.find(picture.rgb()))?;
        let quality = stages
            .time("face_quality", || measurements(picture.rgb(), &self.faces, found.first()))?;
        let faces: Vec<ObservedFace> =
            found.into_iter().map(|face| ObservedFace::of(face, None, |point| point)).collect();
        Ok(Selfie { evidence: facts(picture, quality, &faces), faces, stages })
    }
}

/// A picture of people as facts.
pub(crate) fn facts(
    picture: &DecodedImage,
    quality: Vec<Measurement>,
    faces: &[ObservedFace],
) -> PictureEvidence {
    PictureEvidence {
        width: picture.width(),
        height: picture.height(),
        edited_with: crate::reader::editor(picture),
        document: None,
        quality,
        traces: Vec::new(),
        faces: faces.iter().map(ObservedFace::fact).collect(),
    }
}

/// What is measured of the main face of a selfie; where none was found, of what may be one
/// that something hides, which tells why.
pub(crate) fn measurements(
    picture: &RgbImage,
    finder: &FaceFinder,
    face: Option<&FaceObservation>,
) -> Result<Vec<Measurement>, InferenceError> {
    let hidden = if face.is_none() { finder.find_hidden(picture)? } else { None };
    let condition = face.or(hidden.as_ref()).and_then(|face| FaceCondition::of(picture, face));
    Ok(condition.map(listed).unwrap_or_default())
}

fn listed(condition: FaceCondition) -> Vec<Measurement> {
    let FaceCondition { light, opening, covers } = condition;
    let whole = |quality, value: f32| measurement(quality, value, None);
    let part = |quality, cover: Cover| measurement(quality, cover.likeness, Some(cover.region));
    vec![
        whole(Quality::FaceLight, light.brightest),
        whole(Quality::FaceOverexposure, light.clipped),
        whole(Quality::FaceUnevenness, light.unevenness),
        whole(Quality::FaceSharpness, light.sharpness),
        measurement(Quality::EyeOpening, opening.value, Some(opening.region)),
        part(Quality::HatCover, covers.hat),
        part(Quality::GlassesCover, covers.glasses),
        part(Quality::MaskCover, covers.mask),
        part(Quality::HandCover, covers.hand),
        part(Quality::HairCover, covers.hair),
    ]
}

fn measurement(quality: Quality, value: f32, region: Option<Vec<Point>>) -> Measurement {
    let region = region.map(|corners| Region(corners.into_iter().map(|p| [p.x, p.y]).collect()));
    Measurement { quality, value: f64::from(value), region, field: None }
}
