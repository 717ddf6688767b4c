//! The person in a picture: the mesh by which things are drawn on the face.

use image::RgbImage;
use imaging::Point;
use vision::face::FaceMesh;

/// Landmarks of the mesh, in the order of a line round or along a part.
pub const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// The outlines of both eyes.
pub const EYES: [[usize; 16]; 2] = [
    [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
    [362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398],
];
/// The lower lids, corner to corner.
pub const LOWER_LIDS: [[usize; 9]; 2] =
    [[33, 7, 163, 144, 145, 153, 154, 155, 133], [362, 382, 381, 380, 374, 373, 390, 249, 263]];
/// The upper edge of both brows, from the picture's left to right.
pub const BROWS: [usize; 10] = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];

/// A picture of one person, to be drawn on.
#[derive(Clone)]
pub struct Sitter {
    /// The picture.
    pub picture: RgbImage,
    mesh: FaceMesh,
    origin: Point,
    across: Point,
    /// Distance between the eyes, pixels.
    pub unit: f32,
}

impl Sitter {
    /// The person whose face `mesh` is, in `picture`.
    pub fn new(picture: RgbImage, mesh: FaceMesh) -> Self {
        let [left, right] = mesh.eyes();
        let unit = left.distance(right).max(1.0);
        let across = Point::new((right.x - left.x) / unit, (right.y - left.y) / unit);
        Self { picture, origin: left.lerp(right, 0.5), across, unit, mesh }
    }

    /// The place `x` eye distances right and `y` down of the middle between the eyes, as the
    /// face is turned.
    pub fn at(&self, x: f32, y: f32) -> Point {
        let (cos, sin) = (self.across.x * self.unit, self.across.y * self.unit);
        Point::new(self.origin.x + x * cos - y * sin, self.origin.y + x * sin + y * cos)
    }

    /// Where `point` is, in the units of [`Sitter::at`].
    pub fn local(&self, point: Point) -> (f32, f32) {
        let (dx, dy) = (point.x - self.origin.x, point.y - self.origin.y);
        let (cos, sin) = (self.across.x / self.unit, self.across.y / self.unit);
        (dx * cos + dy * sin, dy * cos - dx * sin)
    }

    /// Landmark `index`, in the units of [`Sitter::at`].
    pub fn mark(&self, index: usize) -> (f32, f32) {
        self.local(self.mesh.at(index).point())
    }

    /// Landmark `index` in the picture, moved by shares of the eye distance.
    pub fn near(&self, index: usize, (dx, dy): (f32, f32)) -> Point {
        let (x, y) = self.mark(index);
        self.at(x + dx, y + dy)
    }

    /// The landmarks `indices` in the picture.
    pub fn marks(&self, indices: &[usize]) -> Vec<Point> {
        indices.iter().map(|index| self.mesh.at(*index).point()).collect()
    }

    /// The landmarks `indices`, as far from their middle as `scale` times.
    pub fn grown(&self, indices: &[usize], scale: f32) -> Vec<Point> {
        let points = self.marks(indices);
        let n = points.len() as f32;
        let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.x / n, y + p.y / n));
        let middle = Point::new(x, y);
        points.into_iter().map(|point| middle.lerp(point, scale)).collect()
    }

    /// The median colour within a tenth of the eye distance of `place`.
    pub fn colour(&self, place: Point) -> [f32; 3] {
        let reach = (self.unit * 0.1).max(1.5) as i64;
        let mut channels = [const { Vec::new() }; 3];
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (x, y) = (place.x as i64 + dx, place.y as i64 + dy);
                let (x, y) = (u32::try_from(x).unwrap_or(0), u32::try_from(y).unwrap_or(0));
                if let Some(pixel) = self.picture.get_pixel_checked(x, y) {
                    for (all, level) in channels.iter_mut().zip(pixel.0) {
                        all.push(level);
                    }
                }
            }
        }
        channels.map(|mut all| {
            all.sort_unstable();
            all.get(all.len() / 2).map_or(0.0, |v| f32::from(*v))
        })
    }

    /// The colour of the skin of the cheeks.
    pub fn skin(&self) -> [f32; 3] {
        let [left, right] = [50, 280].map(|cheek| self.colour(self.near(cheek, (0.0, 0.0))));
        [0, 1, 2].map(|c| f32::midpoint(left[c], right[c]))
    }
}
