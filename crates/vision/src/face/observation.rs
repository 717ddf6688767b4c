//! The faces of a picture.

use std::sync::Arc;

use image::RgbImage;
use imaging::{Point, Rect};
use inference::{InferenceError, LoadError, Model, Models, Role, two_abreast};

use super::detection::{Detection, Detector};
use super::mesh::{FaceMesh, Fitted, Mesher};
use super::quality::FaceQuality;
use super::tiles::{Tile, tiles};

/// One face, in pixels of the picture that it was found in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FaceObservation {
    /// The box around the mesh: forehead to chin, ear to ear.
    pub bounds: Rect,
    /// Left eye, right eye, tip of the nose, left and right corner of the
    /// mouth; left and right are the picture's.
    pub landmarks: [Point; 5],
    /// All landmarks.
    pub mesh: FaceMesh,
    /// The detector's confidence that it is a face, 0 to 1.
    pub score: f32,
    /// The mesh network's own view of whether there is a face, 0 to 1: what covers nose and
    /// mouth lowers it first.
    pub mesh_score: f32,
    /// How good the picture of it is.
    pub quality: FaceQuality,
}

/// When the finder takes something for a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceParams {
    /// Least detector score on a whole picture. Of 1,720 portraits (LFW,
    /// CASIA-FaceV5, Yale) the lowest was 0.557.
    pub min_score: f32,
    /// Least detector score on a tile of a picture, which holds more that
    /// looks like a face: on 16 group photographs and portraits none of the
    /// 45 real faces had less than 0.79.
    pub min_tile_score: f32,
    /// Least mesh score. Of what the detector reported on those 16 pictures,
    /// real faces had 0.99 and more, all but two others 0.11 and less.
    pub min_mesh_score: f32,
    /// At most so many faces are looked at closely, best first.
    pub max_faces: usize,
}

impl Default for FaceParams {
    fn default() -> Self {
        Self { min_score: 0.5, min_tile_score: 0.65, min_mesh_score: 0.5, max_faces: 16 }
    }
}

/// Finds faces and their landmarks.
pub struct FaceFinder {
    detector: Detector,
    mesher: Mesher,
    params: FaceParams,
}

impl FaceFinder {
    /// A finder on the models for [`inference::Role::FaceDetection`] and
    /// [`inference::Role::FaceMesh`].
    pub fn new(detection: Arc<dyn Model>, mesh: Arc<dyn Model>, params: FaceParams) -> Self {
        Self { detector: Detector::new(detection), mesher: Mesher::new(mesh), params }
    }

    /// A finder on the installed models.
    ///
    /// # Errors
    ///
    /// When a model cannot be loaded.
    pub fn from_models(models: &impl Models, params: FaceParams) -> Result<Self, LoadError> {
        let model = |role| models.model(role);
        Ok(Self::new(model(Role::FaceDetection)?, model(Role::FaceMesh)?, params))
    }

    pub(super) fn models(&self) -> [&dyn Model; 2] {
        [self.detector.model(), self.mesher.model()]
    }

    /// The faces of a photograph of people, the main one first: large, near
    /// the middle, and sure.
    ///
    /// Looks at the whole picture, which shows faces from a twelfth of its
    /// longer side; only where it shows none, at parts of it for smaller ones.
    ///
    /// # Errors
    ///
    /// When a model cannot run. No face is an empty list.
    pub fn find(&self, picture: &RgbImage) -> Result<Vec<FaceObservation>, InferenceError> {
        let faces = self.find_near(picture)?;
        if !faces.is_empty() {
            return Ok(faces);
        }
        let mut faces = self.look(picture, &[2, 3])?;
        sort_by_weight(&mut faces, |face| prominence(face, picture));
        Ok(faces)
    }

    /// The same in one look at the whole picture: faces from a twelfth of its longer side,
    /// as of somebody who holds the camera. A picture without a face costs no more.
    ///
    /// # Errors
    ///
    /// When a model cannot run. No face is an empty list.
    pub fn find_near(&self, picture: &RgbImage) -> Result<Vec<FaceObservation>, InferenceError> {
        let mut faces = self.look(picture, &[1])?;
        sort_by_weight(&mut faces, |face| prominence(face, picture));
        Ok(faces)
    }

    /// The likeliest face of a picture in which [`FaceFinder::find`] sees none, for whatever
    /// hides it from the mesh network: a mask, a hand, blur. It may be none, so it says what
    /// may be wrong and no more.
    ///
    /// # Errors
    ///
    /// When a model cannot run.
    pub fn find_hidden(
        &self,
        picture: &RgbImage,
    ) -> Result<Option<FaceObservation>, InferenceError> {
        let detections = self.detector.detect(picture, self.params.min_score)?;
        let Some(best) = detections.into_iter().max_by(|a, b| a.score.total_cmp(&b.score)) else {
            return Ok(None);
        };
        let fitted = self.mesher.fit(picture, &best)?;
        Ok(fitted.and_then(|fitted| Self::measured(picture, fitted, best.score)))
    }

    /// The faces of an upright document, the portrait first, then its ghost
    /// image if there is one.
    ///
    /// The ghost image repeats the portrait smaller and paler; so the portrait
    /// is the face with the most area times contrast.
    ///
    /// # Errors
    ///
    /// When a model cannot run. No face is an empty list.
    pub fn find_portrait(
        &self,
        document: &RgbImage,
    ) -> Result<Vec<FaceObservation>, InferenceError> {
        let mut faces = self.look(document, &[1, 2])?;
        if faces.is_empty() {
            faces = self.look(document, &[3])?;
        }
        sort_by_weight(&mut faces, imprint);
        Ok(faces)
    }

    /// The face that was `before` in the frame before this one, where it is now; `None` when it
    /// is no longer about there.
    ///
    /// # Errors
    ///
    /// When a model cannot run.
    pub fn again(
        &self,
        picture: &RgbImage,
        before: &FaceObservation,
    ) -> Result<Option<FaceObservation>, InferenceError> {
        let fitted = self.mesher.refit(picture, &before.mesh)?;
        Ok(fitted.and_then(|fitted| self.observation(picture, fitted, before.score)))
    }

    /// The faces on the tiles of each of `levels`, in no particular order.
    fn look(
        &self,
        picture: &RgbImage,
        levels: &[u32],
    ) -> Result<Vec<FaceObservation>, InferenceError> {
        let of_level = |level: &u32| tiles(picture.width(), picture.height(), *level);
        let tiles: Vec<Tile> = levels.iter().flat_map(of_level).collect();
        let found = two_abreast(&tiles, |tile| self.detect_on(picture, *tile))?;
        let mut detections = found.concat();
        detections.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut faces: Vec<FaceObservation> = Vec::new();
        for detection in distinct(detections, self.params.max_faces) {
            if let Some(face) = self.observe(picture, &detection)?
                && !faces.iter().any(|other| overlap(other.bounds, face.bounds))
            {
                faces.push(face);
            }
        }
        Ok(faces)
    }

    fn detect_on(&self, picture: &RgbImage, tile: Tile) -> Result<Vec<Detection>, InferenceError> {
        if tile.is_whole(picture) {
            return self.detector.detect(picture, self.params.min_score);
        }
        let part = tile.cut(picture);
        let found = self.detector.detect(&part, self.params.min_tile_score)?;
        let whole = found.into_iter().filter(|d| !tile.cuts(d.bounds, picture));
        Ok(whole.map(|d| tile.to_picture(d)).collect())
    }

    fn observe(
        &self,
        picture: &RgbImage,
        detection: &Detection,
    ) -> Result<Option<FaceObservation>, InferenceError> {
        let fitted = self.mesher.fit(picture, detection)?;
        Ok(fitted.and_then(|fitted| self.observation(picture, fitted, detection.score)))
    }

    /// The face under a mesh; `None` when the mesh's own model sees none.
    fn observation(
        &self,
        picture: &RgbImage,
        fitted: Fitted,
        score: f32,
    ) -> Option<FaceObservation> {
        if fitted.score < self.params.min_mesh_score {
            return None;
        }
        Self::measured(picture, fitted, score)
    }

    fn measured(picture: &RgbImage, fitted: Fitted, score: f32) -> Option<FaceObservation> {
        let Fitted { mesh, score: mesh_score } = fitted;
        let quality = FaceQuality::of(picture, &mesh)?;
        let (bounds, landmarks) = (mesh.bounds(), mesh.five_points());
        Some(FaceObservation { bounds, landmarks, mesh, score, mesh_score, quality })
    }
}

/// The heaviest first.
fn sort_by_weight(faces: &mut [FaceObservation], weight: impl Fn(&FaceObservation) -> f32) {
    faces.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
}

/// The first of each group that overlaps, `most` in all.
fn distinct(detections: Vec<Detection>, most: usize) -> Vec<Detection> {
    let mut kept: Vec<Detection> = Vec::new();
    for detection in detections {
        if kept.len() < most && !kept.iter().any(|k| overlap(k.bounds, detection.bounds)) {
            kept.push(detection);
        }
    }
    kept
}

/// Whether two boxes share more than half of the smaller one: seen on a tile
/// and on the whole picture a face has boxes of different size.
fn overlap(a: Rect, b: Rect) -> bool {
    let width = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    let height = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    width.max(0.0) * height.max(0.0) > 0.5 * a.area().min(b.area())
}

/// How much a face is the picture's subject: its area, less away from the
/// middle (a third at a corner), times its score.
fn prominence(face: &FaceObservation, picture: &RgbImage) -> f32 {
    let centre = face.bounds.center();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (x, y) = (centre.x / width - 0.5, centre.y / height - 0.5);
    face.bounds.area() * face.score * (1.0 - 4.0 / 3.0 * (x * x + y * y).min(0.5))
}

/// How strongly a face is printed.
fn imprint(face: &FaceObservation) -> f32 {
    face.bounds.area() * face.quality.contrast
}
