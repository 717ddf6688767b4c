//! The face as a network expects to see it.

use image::RgbImage;
use imaging::Point;

use crate::face::observation::FaceObservation;
use crate::face::similarity::Similarity;

/// The usual places of eyes, tip of the nose and corners of the mouth on 112
/// pixels.
const FIVE_POINTS: [(f32, f32); 5] =
    [(38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (41.5, 92.4), (70.7, 92.2)];

/// The side that those places are for, pixels.
const FIVE_POINTS_SIDE: f32 = 112.0;

/// Where dlib's network expects the outer and inner corner of the eye on the
/// picture's right, the outer and inner corner of that on its left, and the
/// base of the nose: dlib's mean shape, in shares of its box.
const DLIB_SHAPE: [(f32, f32); 5] = [
    (0.859_567_5, 0.213_498_15),
    (0.646_060_5, 0.228_967_44),
    (0.120_575_06, 0.213_727_45),
    (0.334_085_06, 0.229_064_24),
    (0.490_112_3, 0.627_797_5),
];

/// Mesh landmarks of those five points.
const DLIB_POINTS: [usize; 5] = [263, 362, 33, 133, 2];

/// Room around that box on each side, in boxes, as dlib cuts for its network.
const DLIB_PADDING: f32 = 0.25;

/// How a face is cut: the square in which five of its points come to lie as
/// near to their places as turning, scaling and shifting can bring them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chip {
    /// dlib's five-point chip.
    Dlib,
    /// The five-point template of most face networks.
    FivePoints,
}

/// How closely and how high a face is cut, against the network's template.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The face is so many times larger than the template says, about the
    /// middle of the picture.
    pub zoom: f32,
    /// And so much lower, in shares of the picture's side.
    pub down: f32,
}

impl View {
    /// The template as it is.
    pub const PLAIN: Self = Self { zoom: 1.0, down: 0.0 };

    fn place(self, (x, y): (f32, f32), side: f32) -> Point {
        let zoomed = |share: f32| (share - 0.5) * self.zoom + 0.5;
        Point::new(zoomed(x) * side, (zoomed(y) + self.down) * side)
    }
}

impl Chip {
    pub fn name(self) -> &'static str {
        match self {
            Self::Dlib => "dlib",
            Self::FivePoints => "five-points",
        }
    }

    /// A square of `side` pixels with the face that was found in `picture`;
    /// black where its points are degenerate or lie outside.
    pub fn cut(
        self,
        picture: &RgbImage,
        face: &FaceObservation,
        view: View,
        side: u32,
    ) -> RgbImage {
        let (points, template) = match self {
            Self::Dlib => {
                let share = |v: f32| (DLIB_PADDING + v) / (1.0 + 2.0 * DLIB_PADDING);
                let points = DLIB_POINTS.map(|index| face.mesh.point(index));
                (points, DLIB_SHAPE.map(|(x, y)| (share(x), share(y))))
            }
            Self::FivePoints => {
                let template =
                    FIVE_POINTS.map(|(x, y)| (x / FIVE_POINTS_SIDE, y / FIVE_POINTS_SIDE));
                (face.landmarks, template)
            }
        };
        let template = template.map(|place| view.place(place, side as f32));
        Similarity::fit(&points, &template)
            .and_then(|map| map.cut(picture, side))
            .unwrap_or_else(|| RgbImage::new(side, side))
    }
}
