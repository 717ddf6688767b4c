//! Where the points of the table appear in the picture.

use super::scene::Scene;

/// A projective map of the plane, row-major.
#[derive(Clone, Copy, Debug)]
pub(super) struct Homography([f64; 9]);

impl Homography {
    pub fn scaling(scale: f64) -> Self {
        Self([scale, 0.0, 0.0, 0.0, scale, 0.0, 0.0, 0.0, 1.0])
    }

    pub fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, x, 0.0, 1.0, y, 0.0, 0.0, 1.0])
    }

    /// The map that applies `self`, then `next`.
    pub fn then(self, next: Self) -> Self {
        let mut product = [0.0; 9];
        for (index, value) in product.iter_mut().enumerate() {
            let (row, column) = (index / 3, index % 3);
            *value = (0..3).map(|k| next.0[row * 3 + k] * self.0[k * 3 + column]).sum();
        }
        Self(product)
    }

    /// The inverse; every map built here has one, as the camera never looks along the table.
    pub fn inverse(self) -> Self {
        let m = &self.0;
        let minor = |r0: usize, r1: usize, c0: usize, c1: usize| {
            m[r0 * 3 + c0] * m[r1 * 3 + c1] - m[r0 * 3 + c1] * m[r1 * 3 + c0]
        };
        let cofactors = [
            minor(1, 2, 1, 2),
            -minor(0, 2, 1, 2),
            minor(0, 1, 1, 2),
            -minor(1, 2, 0, 2),
            minor(0, 2, 0, 2),
            -minor(0, 1, 0, 2),
            minor(1, 2, 0, 1),
            -minor(0, 2, 0, 1),
            minor(0, 1, 0, 1),
        ];
        let determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
        Self(cofactors.map(|value| value / determinant))
    }

    pub fn apply(&self, point: [f32; 2]) -> [f32; 2] {
        let m = &self.0;
        let (x, y) = (f64::from(point[0]), f64::from(point[1]));
        let w = m[6] * x + m[7] * y + m[8];
        [((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32]
    }

    /// Picture lengths of a unit step along x and along y at `point`.
    pub fn scale_at(&self, point: [f32; 2]) -> [f32; 2] {
        const STEP: f32 = 0.5;
        let here = self.apply(point);
        let length = |there: [f32; 2]| (there[0] - here[0]).hypot(there[1] - here[1]) / STEP;
        [
            length(self.apply([point[0] + STEP, point[1]])),
            length(self.apply([point[0], point[1] + STEP])),
        ]
    }
}

/// The map from millimetres on the table, where the documents span `extent`
/// from (0, 0), to picture pixels, as `scene` holds the camera.
pub(super) fn view(scene: &Scene, extent: (f32, f32)) -> Homography {
    let (width, height) = (f64::from(extent.0), f64::from(extent.1));
    // A phone is held a little further off than the document is long.
    let distance = 1.7 * width.hypot(height);
    let turn = f64::from(scene.roll).to_radians();
    let [pitch, yaw] = scene.tilt.map(|a| f64::from(a.clamp(-45.0, 45.0)).to_radians());
    // The table's axes in camera space: turned in the plane, then tilted about x and y.
    let tilted = |x: f64, y: f64| {
        let (y, z) = (y * pitch.cos(), y * pitch.sin());
        (x * yaw.cos() + z * yaw.sin(), y, z * yaw.cos() - x * yaw.sin())
    };
    let along_x = tilted(turn.cos(), turn.sin());
    let along_y = tilted(-turn.sin(), turn.cos());
    let projection = Homography([
        distance * along_x.0,
        distance * along_y.0,
        0.0,
        distance * along_x.1,
        distance * along_y.1,
        0.0,
        along_x.2,
        along_y.2,
        distance,
    ]);
    let centred = Homography::translation(-width / 2.0, -height / 2.0).then(projection);
    framed(centred, scene, extent)
}

/// Scales and shifts the projected documents into the frame.
fn framed(projected: Homography, scene: &Scene, (width, height): (f32, f32)) -> Homography {
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let corners = corners.map(|corner| projected.apply(corner));
    let least = |axis: usize| corners.iter().map(|c| c[axis]).fold(f32::MAX, f32::min);
    let most = |axis: usize| corners.iter().map(|c| c[axis]).fold(f32::MIN, f32::max);
    let (span_x, span_y) = (most(0) - least(0), most(1) - least(1));
    let (frame_x, frame_y) = (scene.width as f32, scene.height as f32);
    let scale = scene.fill * (frame_x / span_x).min(frame_y / span_y);
    let place = |frame: f32, span: f32, least: f32, offset: f32| {
        let free = (frame - span * scale) / 2.0;
        free * (1.0 + offset.clamp(-1.0, 1.0)) - least * scale
    };
    let x = place(frame_x, span_x, least(0), scene.offset[0]);
    let y = place(frame_y, span_y, least(1), scene.offset[1]);
    projected
        .then(Homography::scaling(f64::from(scale)))
        .then(Homography::translation(f64::from(x), f64::from(y)))
}
