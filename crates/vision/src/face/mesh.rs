//! The 468 landmarks of one face.

use std::f32::consts::PI;
use std::sync::Arc;

use image::RgbImage;
use imaging::{Point, Rect};
use inference::{InferenceError, Model};

use super::detection::Detection;
use super::pixels::{self, Scaling};
use super::similarity::Similarity;

/// Side of the model's input, pixels.
const INPUT: u32 = 192;

/// Number of landmarks.
pub const LANDMARKS: usize = 468;

/// The crop is this many times the face, as the model was trained.
const CROP: f32 = 1.5;

/// One landmark: x and y in source pixels; z in the same unit, smaller nearer
/// the camera, zero about the middle of the head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmark {
    /// Right.
    pub x: f32,
    /// Down.
    pub y: f32,
    /// Away from the camera.
    pub z: f32,
}

impl Landmark {
    /// Where it is in the picture.
    pub fn point(self) -> Point {
        Point::new(self.x, self.y)
    }
}

/// The landmarks of one face, numbered as `MediaPipe` numbers its face mesh.
/// Left and right are the picture's.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceMesh {
    landmarks: Vec<Landmark>,
}

impl FaceMesh {
    /// A mesh of these landmarks, 468 of them.
    #[cfg(test)]
    pub(crate) fn of(landmarks: Vec<Landmark>) -> Self {
        assert_eq!(landmarks.len(), LANDMARKS);
        Self { landmarks }
    }

    /// All 468 landmarks.
    pub fn landmarks(&self) -> &[Landmark] {
        &self.landmarks
    }

    /// Landmark number `index`, below 468.
    pub fn at(&self, index: usize) -> Landmark {
        self.landmarks[index]
    }

    pub(super) fn point(&self, index: usize) -> Point {
        self.landmarks[index].point()
    }

    /// Middle of the corners of the left and of the right eye. Corners stay
    /// when the eyes close or look aside.
    pub fn eyes(&self) -> [Point; 2] {
        [(33, 133), (362, 263)].map(|(a, b)| self.point(a).lerp(self.point(b), 0.5))
    }

    /// Left eye, right eye, tip of the nose, left and right corner of the mouth.
    pub fn five_points(&self) -> [Point; 5] {
        let [left, right] = self.eyes();
        [left, right, self.point(1), self.point(61), self.point(291)]
    }

    /// Clockwise turn of the line between the eyes, radians.
    pub(crate) fn roll(&self) -> f32 {
        let [left, right] = self.eyes();
        (right.y - left.y).atan2(right.x - left.x)
    }

    /// The smallest upright box around the landmarks.
    pub fn bounds(&self) -> Rect {
        bounds(self.landmarks.iter().map(|l| l.point()))
    }
}

fn bounds(points: impl Iterator<Item = Point>) -> Rect {
    let mut low = Point::new(f32::INFINITY, f32::INFINITY);
    let mut high = Point::new(f32::NEG_INFINITY, f32::NEG_INFINITY);
    for p in points {
        low = Point::new(low.x.min(p.x), low.y.min(p.y));
        high = Point::new(high.x.max(p.x), high.y.max(p.y));
    }
    Rect::new(low.x, low.y, high.x - low.x, high.y - low.y)
}

/// A mesh and the model's own view of whether there is a face under it.
#[derive(Debug)]
pub(super) struct Fitted {
    pub mesh: FaceMesh,
    /// 0 to 1.
    pub score: f32,
}

/// The mesh model.
pub(super) struct Mesher {
    model: Arc<dyn Model>,
}

impl Mesher {
    pub fn new(model: Arc<dyn Model>) -> Self {
        Self { model }
    }

    pub fn model(&self) -> &dyn Model {
        &*self.model
    }

    /// Fits a mesh to `face`, then once more to a crop about that mesh: a
    /// detection's box wanders by a tenth of its size, a mesh's hardly.
    ///
    /// `None` where the box or the mesh is degenerate or lies outside.
    pub fn fit(
        &self,
        picture: &RgbImage,
        face: &Detection,
    ) -> Result<Option<Fitted>, InferenceError> {
        let side = face.bounds.width.max(face.bounds.height) * CROP;
        let Some(rough) = self.run(picture, face.bounds.center(), side, face.roll())? else {
            return Ok(None);
        };
        self.refit(picture, &rough.mesh)
    }

    /// Fits a mesh where `mesh` lies, as in the frame before.
    pub fn refit(
        &self,
        picture: &RgbImage,
        mesh: &FaceMesh,
    ) -> Result<Option<Fitted>, InferenceError> {
        let roll = mesh.roll();
        let (centre, side) = upright_square(mesh, roll);
        self.run(picture, centre, side * CROP, roll)
    }

    fn run(
        &self,
        picture: &RgbImage,
        centre: Point,
        side: f32,
        roll: f32,
    ) -> Result<Option<Fitted>, InferenceError> {
        let Some(map) = Similarity::of_square(centre, side, roll, INPUT) else {
            return Ok(None);
        };
        let Some(crop) = map.cut(picture, INPUT) else {
            return Ok(None);
        };
        let outputs =
            self.model.run(&pixels::tensor(&crop, Scaling { mean: [0.0; 3], scale: 255.0 }))?;
        let raw = pixels::output(&outputs, 3 * LANDMARKS, &*self.model, "mesh")?;
        let score = pixels::output(&outputs, 1, &*self.model, "score")?[0];
        let back = map.inverse();
        let unit = back.scale() as f32;
        let landmarks = raw.chunks_exact(3).map(|xyz| {
            let p = back.apply(Point::new(xyz[0], xyz[1]));
            Landmark { x: p.x, y: p.y, z: xyz[2] * unit }
        });
        let mesh = FaceMesh { landmarks: landmarks.collect() };
        let finite = mesh.landmarks.iter().all(|l| (l.x + l.y + l.z).is_finite());
        Ok((finite && score.is_finite()).then_some(Fitted { mesh, score }))
    }
}

/// Centre and side, in source pixels, of the square about `mesh` that is
/// turned clockwise by `roll`.
fn upright_square(mesh: &FaceMesh, roll: f32) -> (Point, f32) {
    let turned = |p: Point, angle: f32| {
        let (sin, cos) = angle.sin_cos();
        Point::new(p.x * cos - p.y * sin, p.x * sin + p.y * cos)
    };
    let upright = bounds(mesh.landmarks.iter().map(|l| turned(l.point(), -roll)));
    let side = upright.width.max(upright.height);
    (turned(upright.center(), roll), side)
}

/// What [`Pose::of`] would call the pitch of a face that looks straight ahead,
/// degrees: foreheads lie nearer the camera than chins. The median of 87
/// frontal pictures of eight people (Yale faces).
const FRONTAL_PITCH: f32 = -2.7;

/// How the head is turned, in degrees; all three are zero for a face that
/// looks straight into an upright camera.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Pose {
    /// To the person's own left: the picture's right.
    pub yaw: f32,
    /// Upwards.
    pub pitch: f32,
    /// Clockwise in the picture.
    pub roll: f32,
}

impl Pose {
    /// The pose of a mesh, from its widest and its longest line in depth.
    pub(super) fn of(mesh: &FaceMesh) -> Self {
        let degrees = 180.0 / PI;
        let roll = mesh.roll();
        let (sin, cos) = roll.sin_cos();
        let [left, right, forehead, chin] = [234, 454, 10, 152].map(|i| mesh.at(i));
        let across = (right.x - left.x) * cos + (right.y - left.y) * sin;
        let down = (chin.y - forehead.y) * cos - (chin.x - forehead.x) * sin;
        Self {
            yaw: (right.z - left.z).atan2(across) * degrees,
            pitch: (forehead.z - chin.z).atan2(down) * degrees - FRONTAL_PITCH,
            roll: roll * degrees,
        }
    }
}
