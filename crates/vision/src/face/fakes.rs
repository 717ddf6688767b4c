//! Exact stand-ins for the four face models, and pictures that they can see:
//! a face is a red block with two bright eyes, its green says whose it is. So
//! the fakes work from pixels, and shrinking, tiling, turning and cutting are
//! put to the test with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use image::{Rgb, RgbImage};
use imaging::Point;
use inference::{
    Digest, EmbeddingContract, InferenceError, LoadError, Model, ModelCard, Models, Role, Tensor,
};

use super::{EmbedderParams, FaceEmbedder, FaceFinder, FaceParams};

/// A face in a fake picture.
#[derive(Debug, Clone, Copy)]
pub struct FakeFace {
    /// Halfway between the eyes.
    pub centre: Point,
    /// Between the eyes, pixels.
    pub eye_distance: f32,
    /// Clockwise turn, degrees, within ±45.
    pub roll: f32,
    /// Whose it is, 1 to 6.
    pub person: u8,
}

impl FakeFace {
    /// Where the point (x, y) lies, in eye distances from between the eyes,
    /// along the line of the eyes and down the face.
    pub fn place(&self, [x, y]: [f32; 2]) -> Point {
        let (sin, cos) = self.roll.to_radians().sin_cos();
        let (x, y) = (x * self.eye_distance, y * self.eye_distance);
        Point::new(self.centre.x + x * cos - y * sin, self.centre.y + x * sin + y * cos)
    }

    /// The inverse of [`FakeFace::place`].
    fn within(&self, p: Point) -> [f32; 2] {
        let (sin, cos) = self.roll.to_radians().sin_cos();
        let (x, y) = (p.x - self.centre.x, p.y - self.centre.y);
        [(x * cos + y * sin) / self.eye_distance, (y * cos - x * sin) / self.eye_distance]
    }
}

/// The corners of a face in eye distances: left, top, right, bottom.
const HEAD: [f32; 4] = [-1.2, -1.0, 1.2, 1.6];

/// Half the side of an eye's mark.
const EYE: f32 = 0.2;

/// A black picture with these faces.
pub fn picture(width: u32, height: u32, faces: &[FakeFace]) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let p = Point::new(x as f32 + 0.5, y as f32 + 0.5);
        let colour = faces.iter().find_map(|face| {
            let [x, y] = face.within(p);
            let inside = x > HEAD[0] && x < HEAD[2] && y > HEAD[1] && y < HEAD[3];
            let eye = (x.abs() - 0.5).abs() < EYE && y.abs() < EYE;
            inside.then_some(Rgb([255, 40 * face.person, if eye { 255 } else { 0 }]))
        });
        colour.unwrap_or(Rgb([0; 3]))
    })
}

/// A finder on the fakes.
pub fn finder() -> FaceFinder {
    FaceFinder::new(model(Role::FaceDetection), model(Role::FaceMesh), FaceParams::default())
}

/// An embedder on the fakes: each person has a vector at right angles to the
/// others'.
pub fn embedder() -> FaceEmbedder {
    FaceEmbedder::new(model(Role::FaceEmbeddingA), model(Role::FaceEmbeddingB))
}

/// The same, made otherwise.
pub fn embedder_with(params: EmbedderParams) -> FaceEmbedder {
    FaceEmbedder::with_params(model(Role::FaceEmbeddingA), model(Role::FaceEmbeddingB), params)
}

/// The fakes as installed models, with an operator's own face network that is
/// fed as `contract` says: blue first, (x − 127.5) / 128.
pub struct Installed {
    pub contract: Option<EmbeddingContract>,
}

impl Models for Installed {
    fn model(&self, role: Role) -> Result<Arc<dyn Model>, LoadError> {
        Ok(model(role))
    }

    fn own_embedding(&self) -> Option<&EmbeddingContract> {
        self.contract.as_ref()
    }
}

fn model(role: Role) -> Arc<dyn Model> {
    let card = ModelCard { role, digest: Digest::of(b"fake"), metadata: BTreeMap::new() };
    Arc::new(FakeModel { card })
}

struct FakeModel {
    card: ModelCard,
}

impl Model for FakeModel {
    fn card(&self) -> &ModelCard {
        &self.card
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        Ok(match self.card.role {
            Role::FaceDetection => detection(&Seen::of(input, |x, _| x * 127.5 + 127.5)),
            Role::FaceMesh => mesh(&Seen::of(input, |x, _| x * 255.0)),
            Role::FaceEmbeddingA => {
                let mean = [122.782, 117.001, 104.298];
                vec![embedding(&Seen::of(input, |x, c| x * 256.0 + mean[c]), 128)]
            }
            Role::FaceEmbeddingC => {
                let side = input.shape()[3];
                let (blue, rest) = input.data().split_at(side * side);
                let (green, red) = rest.split_at(side * side);
                let turned = Tensor::new(input.shape().to_vec(), [red, green, blue].concat());
                let level = |x: f32, _| x * 128.0 + 127.5;
                vec![embedding(&Seen::of(&turned.expect("the shape"), level), 256)]
            }
            _ => {
                let mean = [123.68, 116.779, 103.939];
                vec![embedding(&Seen::of(input, |x, c| x + mean[c]), 1024)]
            }
        })
    }
}

/// One face as the pixels of an input show it.
#[derive(Default)]
struct SeenFace {
    pixels: Vec<Point>,
    eyes: Vec<Point>,
}

/// The faces of an input by person.
struct Seen(BTreeMap<u8, SeenFace>);

impl Seen {
    /// From a tensor [1, 3, side, side]; `level` gives back 0 to 255.
    fn of(input: &Tensor, level: impl Fn(f32, usize) -> f32) -> Self {
        let side = input.shape()[3];
        let at = |c: usize, i: usize| level(input.data()[c * side * side + i], c);
        let mut faces: BTreeMap<u8, SeenFace> = BTreeMap::new();
        for i in (0..side * side).filter(|i| at(0, *i) > 200.0) {
            let p = Point::new((i % side) as f32 + 0.5, (i / side) as f32 + 0.5);
            // At the edge of a face all channels fade alike.
            let person = (at(1, i) / at(0, i) * 255.0 / 40.0).round() as u8;
            let face = faces.entry(person).or_default();
            face.pixels.push(p);
            if at(2, i) > 128.0 {
                face.eyes.push(p);
            }
        }
        Self(faces)
    }
}

impl SeenFace {
    /// The left and the right eye; the eyes lie more across than down.
    fn eyes(&self) -> Option<[Point; 2]> {
        let middle = mean(&self.eyes)?;
        let side = |right: bool| {
            let of_one = self.eyes.iter().copied().filter(|p| (p.x > middle.x) == right);
            mean(&of_one.collect::<Vec<_>>())
        };
        Some([side(false)?, side(true)?])
    }
}

fn mean(points: &[Point]) -> Option<Point> {
    let n = points.len() as f32;
    let sum = points.iter().fold(Point::default(), |s, p| Point::new(s.x + p.x, s.y + p.y));
    (n > 0.0).then(|| Point::new(sum.x / n, sum.y / n))
}

/// Reports, as the network does, only faces wider than a twelfth of the input,
/// each by the nearest anchor of the coarse map.
fn detection(seen: &Seen) -> Vec<Tensor> {
    let logits = [512, 384].map(|count| vec![-20.0_f32; count]);
    let [fine, mut coarse] = logits;
    let mut rows = vec![0.0; 384 * 16];
    for face in seen.0.values() {
        let bound = |f: fn(f32, f32) -> f32, start: f32, axis: fn(&Point) -> f32| {
            face.pixels.iter().map(axis).fold(start, f)
        };
        let (left, right) = (bound(f32::min, 256.0, |p| p.x), bound(f32::max, 0.0, |p| p.x));
        let (top, bottom) = (bound(f32::min, 256.0, |p| p.y), bound(f32::max, 0.0, |p| p.y));
        let (Some(eyes), true) = (face.eyes(), right - left > 256.0 / 12.0) else { continue };
        let centre = [f32::midpoint(left, right), f32::midpoint(top, bottom)];
        let cell = centre.map(|c| (c / 32.0) as usize);
        let anchor = cell.map(|c| (c as f32 + 0.5) * 32.0);
        let index = (cell[1] * 8 + cell[0]) * 6;
        coarse[index] = 4.0;
        let row = &mut rows[index * 16..][..16];
        row[..4].copy_from_slice(&[
            centre[0] - anchor[0],
            centre[1] - anchor[1],
            right - left,
            bottom - top,
        ]);
        for (place, eye) in [4, 6].into_iter().zip(eyes) {
            (row[place], row[place + 1]) = (eye.x - anchor[0], eye.y - anchor[1]);
        }
    }
    vec![
        Tensor::new(vec![1, 512, 1], fine).expect("the shape"),
        Tensor::new(vec![1, 384, 1], coarse).expect("the shape"),
        Tensor::new(vec![1, 512, 16], vec![0.0; 512 * 16]).expect("the shape"),
        Tensor::new(vec![1, 384, 16], rows).expect("the shape"),
    ]
}

/// Landmarks that stages use, in eye distances; the others lie between the eyes.
const LANDMARKS: [(usize, [f32; 2]); 12] = [
    (33, [-0.7, 0.0]),
    (133, [-0.3, 0.0]),
    (362, [0.3, 0.0]),
    (263, [0.7, 0.0]),
    (1, [0.0, 0.6]),
    (2, [0.0, 0.7]),
    (61, [-0.35, 1.1]),
    (291, [0.35, 1.1]),
    (234, [-1.2, 0.3]),
    (454, [1.2, 0.3]),
    (10, [0.0, -1.0]),
    (152, [0.0, 1.6]),
];

/// Lays the landmarks about the eyes of the largest face.
fn mesh(seen: &Seen) -> Vec<Tensor> {
    let largest = seen.0.values().max_by_key(|face| face.pixels.len());
    let eyes = largest.and_then(SeenFace::eyes);
    let [left, right] = eyes.unwrap_or_default();
    let face = FakeFace {
        centre: left.lerp(right, 0.5),
        eye_distance: left.distance(right),
        roll: (right.y - left.y).atan2(right.x - left.x).to_degrees(),
        person: 0,
    };
    let mut data = [face.centre.x, face.centre.y, 0.0].repeat(468);
    for (index, place) in LANDMARKS {
        let p = face.place(place);
        data[3 * index..][..2].copy_from_slice(&[p.x, p.y]);
    }
    let score = if eyes.is_some() { 1.0 } else { 0.0 };
    vec![
        Tensor::new(vec![1, 1404], data).expect("the shape"),
        Tensor::new(vec![1, 1], vec![score]).expect("the shape"),
    ]
}

/// One in the place of the person who fills most of the crop.
fn embedding(seen: &Seen, length: usize) -> Tensor {
    let person = seen.0.iter().max_by_key(|(_, face)| face.pixels.len()).map_or(0, |(p, _)| *p);
    let mut values = vec![0.0; length];
    values[usize::from(person)] = 1.0;
    Tensor::new(vec![1, length], values).expect("the shape")
}
