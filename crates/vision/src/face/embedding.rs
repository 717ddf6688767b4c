//! A face as a vector, such that pictures of one person lie close together.

use std::fmt;
use std::sync::Arc;

use image::RgbImage;
use image::imageops::flip_horizontal;
use imaging::Point;
use inference::{InferenceError, Model};

use super::mesh::FaceMesh;
use super::observation::FaceObservation;
use super::pixels;
use super::similarity::Similarity;

/// Values that each network gives.
const LENGTH_A: usize = 128;
const LENGTH_B: usize = 1024;

/// What the second network's part counts against the first's.
const WEIGHT_B: f32 = 0.7;

/// Side of the first network's input, pixels.
const SIDE_A: u32 = 150;

/// Channel means that the first network subtracts, red first; it divides by 256.
const MEAN_A: [f32; 3] = [122.782, 117.001, 104.298];

/// Where the first network expects the outer and inner corner of the eye on
/// the picture's right, the outer and inner corner of that on its left, and
/// the base of the nose: dlib's mean shape, in shares of its box.
const SHAPE_A: [(f32, f32); 5] = [
    (0.859_567_5, 0.213_498_15),
    (0.646_060_5, 0.228_967_44),
    (0.120_575_06, 0.213_727_45),
    (0.334_085_06, 0.229_064_24),
    (0.490_112_3, 0.627_797_5),
];

/// Mesh landmarks of those five points.
const POINTS_A: [usize; 5] = [263, 362, 33, 133, 2];

/// Room around that box on each side, in boxes, as dlib cuts for its network.
const PADDING_A: f32 = 0.25;

/// Side of the second network's input, pixels.
const SIDE_B: u32 = 224;

/// Channel means that the second network subtracts, red first.
const MEAN_B: [f32; 3] = [123.68, 116.779, 103.939];

/// The usual places of eyes, nose and mouth corners on 112 pixels.
const TEMPLATE_B: [(f32, f32); 5] =
    [(38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (41.5, 92.4), (70.7, 92.2)];

/// The second network sees a little more than that template shows: the face is
/// drawn in by this about the middle.
const SHRINK_B: f32 = 0.85;

/// A face as 1,152 numbers. Euclidean distance orders similarity.
///
/// Personal data: `Debug` shows no value.
#[derive(Clone, PartialEq)]
pub struct Embedding(Vec<f32>);

impl Embedding {
    /// The numbers, for a caller that means to store or print them.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// Euclidean distance: 0 for equal faces, at most
    /// √(2 + 2·0.7²) ≈ 1.7 apart.
    pub fn distance(&self, other: &Self) -> f64 {
        let squares = self.0.iter().zip(&other.0).map(|(a, b)| f64::from(a - b).powi(2));
        squares.sum::<f64>().sqrt()
    }
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Embedding([redacted])")
    }
}

/// Turns faces into vectors.
///
/// The vector joins two networks of different training, each run on the face
/// and on its mirror image: the sum of both unit vectors of the first, at unit
/// length; and the square roots of the summed values of the second, at length
/// 0.7 (Hellinger distance between its non-negative features).
pub struct FaceEmbedder {
    a: Arc<dyn Model>,
    b: Arc<dyn Model>,
}

impl FaceEmbedder {
    /// An embedder on the models for [`inference::Role::FaceEmbeddingA`] and
    /// [`inference::Role::FaceEmbeddingB`].
    pub fn new(a: Arc<dyn Model>, b: Arc<dyn Model>) -> Self {
        Self { a, b }
    }

    pub(super) fn models(&self) -> [&dyn Model; 2] {
        [&*self.a, &*self.b]
    }

    /// The embedding of `face`, which was found in `picture`.
    ///
    /// # Errors
    ///
    /// When a model cannot run or gives no usable vector.
    pub fn embed(
        &self,
        picture: &RgbImage,
        face: &FaceObservation,
    ) -> Result<Embedding, InferenceError> {
        let chip = chip_a(picture, &face.mesh);
        let mut first = self.run_a(&chip)?;
        add(&mut first, &self.run_a(&flip_horizontal(&chip))?);
        let mut joined = unit(first, &*self.a)?;
        let chip = chip_b(picture, &face.landmarks);
        let mut second = self.run_b(&chip)?;
        add(&mut second, &self.run_b(&flip_horizontal(&chip))?);
        // The network ends in a rectifier; what rounding leaves below zero is 0.
        let roots = second.into_iter().map(|v| v.max(0.0).sqrt()).collect();
        let second = unit(roots, &*self.b)?;
        joined.extend(second.into_iter().map(|v| v * WEIGHT_B));
        Ok(Embedding(joined))
    }

    fn run_a(&self, chip: &RgbImage) -> Result<Vec<f32>, InferenceError> {
        let outputs = self.a.run(&pixels::tensor(chip, MEAN_A, 256.0))?;
        let values = pixels::output(&outputs, LENGTH_A, &*self.a, "embedding")?;
        unit(values.to_vec(), &*self.a)
    }

    fn run_b(&self, chip: &RgbImage) -> Result<Vec<f32>, InferenceError> {
        let outputs = self.b.run(&pixels::tensor(chip, MEAN_B, 1.0))?;
        Ok(pixels::output(&outputs, LENGTH_B, &*self.b, "embedding")?.to_vec())
    }
}

/// The first network's view of the face under `mesh`.
fn chip_a(picture: &RgbImage, mesh: &FaceMesh) -> RgbImage {
    let place = |v: f32| (PADDING_A + v) / (1.0 + 2.0 * PADDING_A) * SIDE_A as f32;
    let template = SHAPE_A.map(|(x, y)| Point::new(place(x), place(y)));
    chip(picture, &POINTS_A.map(|i| mesh.point(i)), &template, SIDE_A)
}

/// The second network's view of the face with these five points.
fn chip_b(picture: &RgbImage, points: &[Point; 5]) -> RgbImage {
    let zoom = SIDE_B as f32 / 112.0;
    let place = |v: f32| ((v - 56.0) * SHRINK_B + 56.0) * zoom;
    let template = TEMPLATE_B.map(|(x, y)| Point::new(place(x), place(y)));
    chip(picture, points, &template, SIDE_B)
}

/// A square of `side` pixels in which `points` of `picture` come to lie as
/// near to `template` as turning, scaling and shifting can bring them; black
/// where the points are degenerate.
fn chip(picture: &RgbImage, points: &[Point; 5], template: &[Point; 5], side: u32) -> RgbImage {
    Similarity::fit(points, template)
        .and_then(|map| map.cut(picture, side))
        .unwrap_or_else(|| RgbImage::new(side, side))
}

fn add(sum: &mut [f32], values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}

/// `values` at length 1.
fn unit(mut values: Vec<f32>, model: &dyn Model) -> Result<Vec<f32>, InferenceError> {
    let length = values.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt() as f32;
    if !length.is_finite() || length <= 0.0 {
        return Err(InferenceError::Output {
            role: model.card().role,
            output: "embedding".to_owned(),
            problem: format!("a vector of length {length} has no direction"),
        });
    }
    for value in &mut values {
        *value /= length;
    }
    Ok(values)
}
