//! What a frame counts among several of one face.

use super::mesh::Pose;

/// As sharp as a picture of a face needs to be
/// ([`FaceQuality::sharpness`](super::FaceQuality::sharpness)).
const SHARP: f32 = 0.1;

/// A head turned by this many degrees counts half.
const TURNED: f32 = 20.0;

/// The weight of a frame in [`Embedding::mean`](super::Embedding::mean), 0.05
/// to 1: sharp and frontal ones count most. The two constants are guesses;
/// ACCURACY.md, “Faces, several pictures”, compares them with equal weights.
pub fn frame_weight(sharpness: f32, pose: Pose) -> f32 {
    let turned = pose.yaw.hypot(pose.pitch) / TURNED;
    ((sharpness / SHARP).min(1.0) / (1.0 + turned * turned)).max(0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharp_and_frontal_frames_weigh_most() {
        let facing = |yaw, pitch| Pose { yaw, pitch, roll: 40.0 };
        let best = frame_weight(0.15, facing(0.0, 0.0));
        assert!((best - 1.0).abs() < 1e-6);
        assert!((frame_weight(0.15, facing(-12.0, 16.0)) - 0.5).abs() < 1e-6);
        assert!((frame_weight(0.05, facing(0.0, 0.0)) - 0.5).abs() < 1e-6);
        assert!(frame_weight(f32::NAN, facing(f32::NAN, 0.0)) >= 0.05);
        assert!(frame_weight(0.0, facing(80.0, 0.0)) >= 0.05);
    }
}
