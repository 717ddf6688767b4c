//! How good the picture of a face is.

use image::{GrayImage, RgbImage};
use imaging::Point;
use serde::Serialize;

use super::mesh::{FaceMesh, Pose};
use super::similarity::Similarity;

/// Side of the square that is judged, pixels. At this size a face of the
/// smallest useful width is not enlarged.
const SIDE: u32 = 128;

/// The square is this many times the distance between the eyes: eyebrows to
/// mouth, hardly any background.
const EYE_DISTANCES: f32 = 2.2;

/// How good the picture of a face is. Policy holds the limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FaceQuality {
    /// Distance between the middles of the eyes, source pixels.
    pub eye_distance: f32,
    /// Mean difference of neighbouring pixels over the standard deviation of
    /// all, on the face at 128 pixels: larger is sharper, about 0.1 for a
    /// sharp picture, whatever the light.
    pub sharpness: f32,
    /// Mean luminance of the face, 0 to 255.
    pub brightness: f32,
    /// Standard deviation of its luminance, 0 to 127.
    pub contrast: f32,
    /// How the head is turned, degrees.
    pub pose: Pose,
}

impl FaceQuality {
    /// Measures the face under `mesh`; `None` when it lies outside `picture`.
    pub(super) fn of(picture: &RgbImage, mesh: &FaceMesh) -> Option<Self> {
        let [left, right] = mesh.eyes();
        let eye_distance = left.distance(right);
        let between = left.lerp(right, 0.5);
        let nose = mesh.point(1);
        let centre = Point::new(f32::midpoint(between.x, nose.x), f32::midpoint(between.y, nose.y));
        let side = eye_distance * EYE_DISTANCES;
        let map = Similarity::of_square(centre, side, mesh.roll(), SIDE)?;
        let grey = image::imageops::grayscale(&map.cut(picture, SIDE)?);
        let (brightness, contrast) = mean_and_deviation(&grey);
        Some(Self {
            eye_distance,
            sharpness: sharpness(&grey, contrast),
            brightness,
            contrast,
            pose: Pose::of(mesh),
        })
    }
}

fn mean_and_deviation(grey: &GrayImage) -> (f32, f32) {
    let n = grey.as_raw().len() as f64;
    let (sum, squares) = grey.as_raw().iter().fold((0.0, 0.0), |(sum, squares), &v| {
        let v = f64::from(v);
        (sum + v, squares + v * v)
    });
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0);
    (mean as f32, variance.sqrt() as f32)
}

/// Mean difference of pixels next to each other, in deviations. Of a picture
/// without any contrast it is 0.
fn sharpness(grey: &GrayImage, deviation: f32) -> f32 {
    if deviation <= 0.0 {
        return 0.0;
    }
    let row = grey.width() as usize;
    let lines = grey.as_raw().chunks_exact(row);
    let across: u32 = lines
        .clone()
        .flat_map(|line| line.windows(2).map(|w| u32::from(w[0].abs_diff(w[1]))))
        .sum();
    let down: u32 = lines
        .clone()
        .zip(lines.skip(1))
        .flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))))
        .sum();
    let pairs = 2 * row * (row - 1);
    (across + down) as f32 / pairs as f32 / deviation
}
