//! The faces of a capture's frames, each against how its person usually looks in it.

use vision::face::FaceMesh;
use vision::liveness::{FacePatch, FaceTint, Moment, Signs, Turn};

/// The face of one frame.
#[derive(Debug, Clone)]
pub struct CapturedFace {
    /// Milliseconds since the capture began.
    pub at_ms: f64,
    /// Its landmarks.
    pub mesh: FaceMesh,
    /// Eyes and mouth.
    pub signs: Signs,
    /// How the head was turned against its usual place.
    pub turn: Turn,
    /// Mean luminance of the face, 0 to 255.
    pub(super) brightness: f32,
    pub(super) patch: Option<FacePatch>,
    pub(super) tint: Option<FaceTint>,
}

impl CapturedFace {
    /// As the gestures need it.
    pub(super) fn moment(&self) -> Moment {
        Moment { at_ms: self.at_ms, signs: self.signs, turn: self.turn }
    }
}

/// Measures each head against the one whose pose lies nearest to the median of all, and
/// says which that is.
pub(super) fn against_usual(faces: &mut [CapturedFace]) -> usize {
    let median = |value: fn(&CapturedFace) -> f32| {
        let mut values: Vec<f32> = faces.iter().map(value).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let usual = [
        median(|face| face.signs.pose.yaw),
        median(|face| face.signs.pose.pitch),
        median(|face| face.signs.pose.roll),
    ];
    let off = |face: &CapturedFace| {
        let pose = &face.signs.pose;
        let by = [pose.yaw - usual[0], pose.pitch - usual[1], pose.roll - usual[2]];
        by.iter().map(|by| by * by).sum::<f32>()
    };
    let nearest = (0..faces.len()).min_by(|&a, &b| off(&faces[a]).total_cmp(&off(&faces[b])));
    let Some(nearest) = nearest else { return 0 };
    let mesh = faces[nearest].mesh.clone();
    for face in faces {
        face.turn = Turn::between(&mesh, &face.mesh);
    }
    nearest
}
