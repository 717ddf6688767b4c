//! What one frame shows of a face that acts: eyes, mouth, head.

use imaging::Point;

use crate::face::{FaceMesh, FaceObservation, Pose};

/// Corners of an eye, and two pairs of points on its upper and lower lid (Soukupová and
/// Čech, 2016, on the mesh's landmarks), that on the picture's left first.
const EYES: [[usize; 6]; 2] = [[33, 133, 160, 144, 158, 153], [362, 263, 385, 380, 387, 373]];
/// The corners of the mouth, and the middles of the inner edges of both lips.
const MOUTH: [usize; 4] = [78, 308, 13, 14];

/// The acting parts of a face in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// How far each eye is open: height over width, that on the picture's left first;
    /// about 0.3 open, under 0.2 closed, and different from person to person.
    pub eyes: [f32; 2],
    /// How far the mouth is open: height between the lips over its width.
    pub mouth: f32,
    /// How the head is turned.
    pub pose: Pose,
}

impl Signs {
    /// The signs of `face`.
    pub fn of(face: &FaceObservation) -> Self {
        let mesh = &face.mesh;
        let [left, right, upper, lower] = MOUTH.map(|i| mesh.at(i).point());
        Self {
            eyes: EYES.map(|eye| openness(mesh, eye)),
            mouth: upper.distance(lower) / left.distance(right).max(f32::MIN_POSITIVE),
            pose: face.quality.pose,
        }
    }
}

fn openness(mesh: &FaceMesh, eye: [usize; 6]) -> f32 {
    let [a, b, up1, down1, up2, down2]: [Point; 6] = eye.map(|i| mesh.at(i).point());
    let height = up1.distance(down1) + up2.distance(down2);
    height / (2.0 * a.distance(b)).max(f32::MIN_POSITIVE)
}
