//! Whether a face in motion is a picture of one: every view of something flat is another
//! by a homography, a head that turns, blinks or speaks is not.
//!
//! Landmarks cannot tell: the mesh network puts a head's depth under a tilted photograph
//! too (two of 12 were seen to turn by 13 and 14 degrees). Pixels can.

use image::{GrayImage, RgbImage, imageops};
use imageproc::filter::gaussian_blur_f32;
use nalgebra::{Matrix3, SMatrix, SVector};

use crate::face::FaceMesh;
use crate::face::similarity::Similarity;

/// Side of the face that is compared, pixels.
const SIDE: u32 = 96;
/// The square is this much of the mesh's longer side.
const ZOOM: f32 = 0.9;
/// Softening of the first, coarse fit, and of the second, pixels.
const SOFTENING: [f32; 2] = [4.0, 1.2];
/// Steps of each fit, and the step below which it has converged.
const STEPS: usize = 40;
const CONVERGED: f64 = 1e-5;

type Gradient = SVector<f64, 8>;

/// A face at a fixed size, grey, ready to be compared.
#[derive(Debug, Clone)]
pub struct FacePatch([GrayImage; 2]);

impl FacePatch {
    /// The face under `mesh`; `None` where it lies outside of `frame`.
    pub fn of(frame: &RgbImage, mesh: &FaceMesh) -> Option<Self> {
        let bounds = mesh.bounds();
        let side = ZOOM * bounds.width.max(bounds.height);
        let map = Similarity::of_square(bounds.center(), side, mesh.roll(), SIDE)?;
        let grey = imageops::grayscale(&map.cut(frame, SIDE)?);
        Some(Self(SOFTENING.map(|softening| gaussian_blur_f32(&grey, softening))))
    }

    /// How well `other` fits this face as another view of a flat thing: the correlation of
    /// their pixels under the homography that fits best (inverse compositional alignment,
    /// Baker and Matthews, 2004), −1 to 1. `None` when a face is of one level all over.
    pub fn as_plane(&self, other: &Self) -> Option<f64> {
        let mut best = (Matrix3::identity(), None);
        for (template, picture) in self.0.iter().zip(&other.0) {
            best = Template::of(template)?.fit(picture, best.0);
        }
        best.1
    }
}

/// The face that another one is fitted to: what does not change from step to step.
struct Template {
    /// Of each pixel of the oval: its place, −1 to 1, its level, and how the level changes
    /// with each parameter of the homography.
    pixels: Vec<([f64; 2], f64, Gradient)>,
    /// The inverse of the Hessian.
    inverse: SMatrix<f64, 8, 8>,
}

impl Template {
    fn of(picture: &GrayImage) -> Option<Self> {
        let half = f64::from(SIDE) / 2.0;
        let level = |x: u32, y: u32| f64::from(picture.get_pixel(x, y)[0]);
        let mut pixels = Vec::new();
        for y in 1..SIDE - 1 {
            for x in 1..SIDE - 1 {
                let place = [f64::from(x) / half - 1.0, f64::from(y) / half - 1.0];
                let [u, v] = place;
                if (u / 0.75).powi(2) + (v / 0.92).powi(2) > 1.0 {
                    continue;
                }
                let across = (level(x + 1, y) - level(x - 1, y)) / 2.0 * half;
                let down = (level(x, y + 1) - level(x, y - 1)) / 2.0 * half;
                let along = across * u + down * v;
                let steepest = [
                    across * u,
                    across * v,
                    across,
                    down * u,
                    down * v,
                    down,
                    -along * u,
                    -along * v,
                ];
                pixels.push((place, level(x, y), Gradient::from(steepest)));
            }
        }
        let scale = normalised(pixels.iter_mut().map(|(_, level, _)| level))?;
        let mut hessian = SMatrix::<f64, 8, 8>::zeros();
        for (_, _, gradient) in &mut pixels {
            *gradient /= scale;
            hessian.ger(1.0, gradient, gradient, 1.0);
        }
        Some(Self { pixels, inverse: hessian.try_inverse()? })
    }

    /// The best homography on the way from `start` that takes this face into `picture`, and
    /// the correlation there: the way may lead astray where nothing fits.
    fn fit(&self, picture: &GrayImage, start: Matrix3<f64>) -> (Matrix3<f64>, Option<f64>) {
        let mut map = start;
        let mut best = (start, None::<f64>);
        for _ in 0..STEPS {
            let Some(levels) = self.warped(picture, &map) else { break };
            let product = levels.iter().zip(&self.pixels).map(|(now, (_, level, _))| now * level);
            let correlation = product.sum::<f64>() / levels.len() as f64;
            if best.1.is_none_or(|most| correlation > most) {
                best = (map, Some(correlation));
            }
            let mut slope = Gradient::zeros();
            for (now, (_, level, gradient)) in levels.iter().zip(&self.pixels) {
                slope.axpy(now - level, gradient, 1.0);
            }
            let step = self.inverse * slope;
            let p = step.as_slice();
            let change =
                Matrix3::new(1.0 + p[0], p[1], p[2], p[3], 1.0 + p[4], p[5], p[6], p[7], 1.0);
            let Some(back) = change.try_inverse() else { break };
            map *= back;
            map /= map[(2, 2)];
            if step.norm() < CONVERGED {
                break;
            }
        }
        best
    }

    /// The levels of `picture` where `map` takes the pixels of this face, bilinear, the
    /// nearest pixel beyond its border, at mean 0 and deviation 1; `None` when the map leads
    /// to infinity, or to one level.
    fn warped(&self, picture: &GrayImage, map: &Matrix3<f64>) -> Option<Vec<f64>> {
        let half = f64::from(SIDE) / 2.0;
        let most = f64::from(SIDE - 1) - 1e-6;
        let level = |x: usize, y: usize| f64::from(picture.as_raw()[y * SIDE as usize + x]);
        let sample = |[u, v]: [f64; 2]| {
            let w = map[(2, 0)] * u + map[(2, 1)] * v + map[(2, 2)];
            let x = (map[(0, 0)] * u + map[(0, 1)] * v + map[(0, 2)]) / w;
            let y = (map[(1, 0)] * u + map[(1, 1)] * v + map[(1, 2)]) / w;
            if !(w > 0.1 && x.is_finite() && y.is_finite()) {
                return None;
            }
            let x = ((x + 1.0) * half).clamp(0.0, most);
            let y = ((y + 1.0) * half).clamp(0.0, most);
            let (left, top) = (x as usize, y as usize);
            let (a, b) = (x - left as f64, y - top as f64);
            let row = |y: usize| level(left, y) * (1.0 - a) + level(left + 1, y) * a;
            Some(row(top) * (1.0 - b) + row(top + 1) * b)
        };
        let levels = self.pixels.iter().map(|(place, _, _)| sample(*place));
        let mut levels: Vec<f64> = levels.collect::<Option<_>>()?;
        normalised(levels.iter_mut())?;
        Some(levels)
    }
}

/// Brings `levels` to mean 0 and deviation 1, and gives what they were divided by; `None`
/// when they are all alike.
fn normalised<'a>(levels: impl Iterator<Item = &'a mut f64>) -> Option<f64> {
    let levels: Vec<&mut f64> = levels.collect();
    let n = levels.len() as f64;
    let mean = levels.iter().map(|level| **level).sum::<f64>() / n;
    let deviation = (levels.iter().map(|l| (**l - mean).powi(2)).sum::<f64>() / n).sqrt();
    if deviation < 1e-6 {
        return None;
    }
    for level in levels {
        *level = (*level - mean) / deviation;
    }
    Some(deviation)
}
