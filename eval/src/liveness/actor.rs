//! A still picture of a face that acts: turned as its own mesh has it in depth, its lids and
//! lips moved. What a camera sees of a living head it is not; it shows what the detectors of
//! movements do with movements of a known time and size.

use delaunator::{Point as Corner, triangulate};
use image::{Rgb, RgbImage};
use vision::face::{FaceObservation, Landmark};

use super::lids;
use super::page::Lamp;

/// The inner edge of both lips.
const INNER_LIPS: [usize; 20] =
    [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95];
/// The outline of the face.
const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// Hair and ears move with the head this much, and stand so much farther out.
const RIM: f32 = 1.45;
const RIM_MOVES: f32 = 0.7;

/// Between the mesh's points at both ears, centimetres.
const FACE_CM: f32 = 14.0;
/// The lamp's light on hair and ears, and on what is a metre and more behind.
const HAIR_LIT: f32 = 0.2;
const BEHIND_LIT: f32 = 0.04;

/// How a face is held in one frame.
#[derive(Debug, Clone, Copy, Default)]
pub struct Posture {
    /// To the person's own left, degrees.
    pub yaw: f32,
    /// Upwards, degrees.
    pub pitch: f32,
    /// How far the eyes are closed, 0 to 1.
    pub closed: f32,
    /// How far the mouth is open, widths of it.
    pub mouth: f32,
}

/// A still picture, ready to act.
pub struct Actor {
    still: RgbImage,
    landmarks: Vec<Landmark>,
    /// All points of the net: landmarks, rim, border of the picture.
    rest: Vec<[f32; 3]>,
    triangles: Vec<[usize; 3]>,
}

impl Actor {
    /// The face of `still`.
    pub fn new(still: RgbImage, face: &FaceObservation) -> Self {
        let landmarks = face.mesh.landmarks().to_vec();
        let centre = face.bounds.center();
        let mut rest: Vec<[f32; 3]> = landmarks.iter().map(|l| [l.x, l.y, l.z]).collect();
        for index in OVAL {
            let l = landmarks[index];
            rest.push([centre.x + RIM * (l.x - centre.x), centre.y + RIM * (l.y - centre.y), l.z]);
        }
        let (width, height) = (still.width() as f32, still.height() as f32);
        for step in 0..8 {
            let along = step as f32 / 8.0;
            let (x, y) = (along * width, along * height);
            rest.extend([
                [x, 0.0, 0.0],
                [width, y, 0.0],
                [width - x, height, 0.0],
                [0.0, height - y, 0.0],
            ]);
        }
        let corners: Vec<Corner> =
            rest.iter().map(|p| Corner { x: f64::from(p[0]), y: f64::from(p[1]) }).collect();
        let net = triangulate(&corners).triangles;
        let triangles = net.chunks_exact(3).map(|t| [t[0], t[1], t[2]]).collect();
        Self { still, landmarks, rest, triangles }
    }

    /// The picture in `posture`, lit by `lamp` beside the light that it was taken in.
    pub fn frame(&self, posture: Posture, lamp: &Lamp) -> RgbImage {
        let moved = self.moved(posture);
        let lit = self.lit(&moved, lamp);
        let skin = lids::closed(&self.still, &self.landmarks, posture.closed);
        let mut out = RgbImage::new(skin.width(), skin.height());
        let mut order: Vec<&[usize; 3]> = self.triangles.iter().collect();
        let depth = |t: &[usize; 3]| t.iter().map(|&i| moved[i][2]).sum::<f32>();
        // What lies farther is painted over.
        order.sort_by(|a, b| depth(b).total_cmp(&depth(a)));
        let dark = posture.mouth > 0.02;
        for triangle in order {
            let inside_mouth = dark && triangle.iter().all(|i| INNER_LIPS.contains(i));
            let [a, b, c] = triangle.map(|i| [moved[i][0], moved[i][1]]);
            let [p, q, r] = triangle.map(|i| [self.rest[i][0], self.rest[i][1]]);
            let [k, l, m] = triangle.map(|i| lit[i]);
            paint(&mut out, [a, b, c], |u, v, w| {
                if inside_mouth {
                    return Rgb([38, 16, 16]);
                }
                let at = |k: usize| u * p[k] + v * q[k] + w * r[k];
                lamp.on(sample(&skin, at(0), at(1)), u * k + v * l + w * m)
            });
        }
        out
    }

    /// How much of the lamp's light falls on each point, as a share of what a point at the
    /// lamp's distance that faces it gets: less with the square of the distance, and with the
    /// cosine of the angle. Of hair and what lies behind a little.
    fn lit(&self, points: &[[f32; 3]], lamp: &Lamp) -> Vec<f32> {
        let faces = self.landmarks.len();
        let mut normals = vec![[0.0_f32; 3]; points.len()];
        for triangle in &self.triangles {
            let [a, b, c] = triangle.map(|i| points[i]);
            let [p, q] = [b, c].map(|end| [0, 1, 2].map(|k: usize| end[k] - a[k]));
            let cross =
                [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
            // Towards the camera, whichever way the net goes round.
            let towards = if cross[2] > 0.0 { -1.0 } else { 1.0 };
            for &index in triangle {
                normals[index] = [0, 1, 2].map(|k: usize| normals[index][k] + towards * cross[k]);
            }
        }
        let [left, right, nose] = [234, 454, 1].map(|i| self.landmarks[i]);
        let per_cm = left.point().distance(right.point()) / FACE_CM;
        let source = [nose.x, nose.y, nose.z - lamp.away_cm * per_cm];
        let length = |v: [f32; 3]| v.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-6);
        let share = |index: usize| {
            let to = [0, 1, 2].map(|k: usize| source[k] - points[index][k]);
            let dot = (0..3).map(|k: usize| to[k] * normals[index][k]).sum::<f32>();
            let cosine = dot / (length(to) * length(normals[index]));
            let near = (lamp.away_cm * per_cm / length(to)).powi(2);
            cosine.max(0.0) * near
        };
        let all = (0..points.len()).map(|index| match index {
            face if face < faces => share(face),
            rim if rim < faces + OVAL.len() => HAIR_LIT,
            _ => BEHIND_LIT,
        });
        all.collect()
    }

    fn moved(&self, posture: Posture) -> Vec<[f32; 3]> {
        let mut points = self.rest.clone();
        self.open_mouth(&mut points, posture.mouth);
        self.turn(&mut points, posture);
        points
    }

    /// The lower lip and the chin go down, those beside the middle less.
    fn open_mouth(&self, points: &mut [[f32; 3]], by: f32) {
        let [left, right, upper] = [78, 308, 13].map(|i| self.landmarks[i]);
        let width = left.point().distance(right.point());
        let centre = f32::midpoint(left.x, right.x);
        let lower = [14, 87, 178, 88, 95, 317, 402, 318, 324];
        for (index, point) in points.iter_mut().enumerate().take(self.landmarks.len()) {
            let beneath = (point[1] - upper.y) / width;
            let is_lower_lip = lower.contains(&index);
            if beneath < 0.08 && !is_lower_lip {
                continue;
            }
            let aside = (point[0] - centre) / width;
            let reach = if is_lower_lip { 0.45 } else { 0.9 };
            point[1] += by * width * (-(aside / reach).powi(4)).exp();
        }
    }

    fn turn(&self, points: &mut [[f32; 3]], posture: Posture) {
        let [left, right] = [234, 454].map(|i| self.landmarks[i]);
        let centre = [
            f32::midpoint(left.x, right.x),
            f32::midpoint(left.y, right.y),
            f32::midpoint(left.z, right.z),
        ];
        let (sin, cos) = (-posture.yaw).to_radians().sin_cos();
        let (tilt_sin, tilt_cos) = posture.pitch.to_radians().sin_cos();
        let faces = self.landmarks.len();
        for (index, point) in points.iter_mut().enumerate().take(faces + OVAL.len()) {
            let [x, y, z] = [0, 1, 2].map(|k: usize| point[k] - centre[k]);
            let (x, z) = (x * cos + z * sin, z * cos - x * sin);
            let (y, z) = (y * tilt_cos + z * tilt_sin, z * tilt_cos - y * tilt_sin);
            let turned = [x + centre[0], y + centre[1], z + centre[2]];
            let share = if index < faces { 1.0 } else { RIM_MOVES };
            *point = [0, 1, 2].map(|k: usize| point[k] + share * (turned[k] - point[k]));
        }
    }
}

/// Fills the triangle with what `level` gives for each pixel's barycentric coordinates.
fn paint(out: &mut RgbImage, [a, b, c]: [[f32; 2]; 3], level: impl Fn(f32, f32, f32) -> Rgb<u8>) {
    let area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if area.abs() < 1e-6 {
        return;
    }
    let span = |k: usize, most: u32| {
        let low = a[k].min(b[k]).min(c[k]).floor().max(0.0) as u32;
        let high = a[k].max(b[k]).max(c[k]).ceil().max(0.0) as u32;
        low..high.saturating_add(1).min(most)
    };
    for y in span(1, out.height()) {
        for x in span(0, out.width()) {
            let p = [x as f32 + 0.5, y as f32 + 0.5];
            let v = ((p[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (p[1] - a[1])) / area;
            let w = ((b[0] - a[0]) * (p[1] - a[1]) - (p[0] - a[0]) * (b[1] - a[1])) / area;
            let u = 1.0 - v - w;
            if u >= -1e-4 && v >= -1e-4 && w >= -1e-4 {
                out.put_pixel(x, y, level(u, v, w));
            }
        }
    }
}

/// The colour at (`x`, `y`), bilinear, the nearest pixel beyond the border.
pub fn sample(picture: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let (width, height) = (picture.width(), picture.height());
    let x = (x - 0.5).clamp(0.0, width as f32 - 1.0);
    let y = (y - 0.5).clamp(0.0, height as f32 - 1.0);
    let (left, top) = (x as u32, y as u32);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (s, t) = (x - left as f32, y - top as f32);
    let pixel = |x, y| picture.get_pixel(x, y).0.map(f32::from);
    let [a, b, c, d] =
        [pixel(left, top), pixel(right, top), pixel(left, bottom), pixel(right, bottom)];
    Rgb([0, 1, 2].map(|k: usize| {
        let above = a[k] + s * (b[k] - a[k]);
        let below = c[k] + s * (d[k] - c[k]);
        (above + t * (below - above) + 0.5) as u8
    }))
}
