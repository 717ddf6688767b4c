//! How a head has moved since it was looking at the camera.

use nalgebra::{Matrix3, Vector3};

use crate::face::{FaceMesh, Landmark};

/// Landmarks on bone: brow, temples, bridge and tip of the nose, cheek bones. Speaking and
/// blinking do not move them, so that an open mouth is no nod.
const BONE: [usize; 40] = [
    10, 109, 338, 67, 297, 103, 332, 54, 284, 21, 251, 162, 389, 127, 356, 234, 454, 93, 323, 6,
    197, 195, 5, 4, 1, 168, 8, 9, 151, 50, 280, 101, 330, 118, 347, 117, 346, 205, 425, 2,
];

/// A rotation of the head against another moment of it, in degrees as the mesh has them,
/// whose depth is the network's guess.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Turn {
    /// To the person's own left: the picture's right.
    pub yaw: f32,
    /// Upwards.
    pub pitch: f32,
    /// Clockwise in the picture.
    pub roll: f32,
}

impl Turn {
    /// The rotation that takes the head of `from` to that of `to`, by the least squares of
    /// both sets of landmarks (Kabsch, 1976).
    pub fn between(from: &FaceMesh, to: &FaceMesh) -> Self {
        let (from, to) = (centred(from), centred(to));
        let sum = |h: Matrix3<f64>, (a, b): (&Vector3<f64>, &Vector3<f64>)| h + a * b.transpose();
        let covariance = from.iter().zip(&to).fold(Matrix3::zeros(), sum);
        let svd = covariance.svd(true, true);
        let (Some(u), Some(v_t)) = (svd.u, svd.v_t) else { return Self::default() };
        let v = v_t.transpose();
        let mirrored = (v * u.transpose()).determinant() < 0.0;
        let last = if mirrored { -1.0 } else { 1.0 };
        let rotation = v * Matrix3::from_diagonal(&Vector3::new(1.0, 1.0, last)) * u.transpose();
        let degrees = |radians: f64| radians.to_degrees() as f32;
        Self {
            // x right, y down, z away from the camera.
            yaw: degrees(-rotation[(0, 2)].atan2(rotation[(2, 2)])),
            pitch: degrees(rotation[(1, 2)].clamp(-1.0, 1.0).asin()),
            roll: degrees(rotation[(1, 0)].atan2(rotation[(1, 1)])),
        }
    }
}

fn centred(mesh: &FaceMesh) -> [Vector3<f64>; BONE.len()] {
    let vector = |l: Landmark| Vector3::new(l.x, l.y, l.z).cast::<f64>();
    let points = BONE.map(|index| vector(mesh.at(index)));
    let mean = points.iter().sum::<Vector3<f64>>() / BONE.len() as f64;
    points.map(|point| point - mean)
}
