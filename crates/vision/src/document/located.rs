//! A document that was found in a picture.

use image::RgbImage;
use imaging::{Point, Quad};

use super::rectified::{PageSize, RectifiedDocument};

/// The picture's own edges, pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub width: f32,
    pub height: f32,
    /// How far beyond a corner may lie and still count as inside.
    pub reach: f32,
}

impl Frame {
    /// How far `point` lies beyond the frame; negative inside.
    fn beyond(self, point: Point) -> f32 {
        (-point.x).max(-point.y).max(point.x - self.width).max(point.y - self.height)
    }

    /// The point of the picture nearest to `point`.
    fn nearest(self, point: Point) -> Point {
        Point::new(point.x.clamp(0.0, self.width), point.y.clamp(0.0, self.height))
    }
}

/// A corner is called cut only on an outline with at least this score. Of the
/// corners said to be cut on 35 scans and tight crops (the tuning half of
/// mrz-a, mrz-b and cn-id), which have none, three of six had less; of twelve
/// specimens whose corner was cut, one had.
const SURE: f32 = 0.8;

/// A document that covers this share of the picture or more is a scan or a
/// tight crop, and ends where the picture does: so the other three of those six,
/// whose corner was drawn a few pixels beyond the frame.
const FILLED: f32 = 0.9;

/// A document that was found in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocatedDocument {
    quad: Quad,
    score: f32,
    inside: [bool; 4],
}

impl LocatedDocument {
    /// The document with these corners, clockwise, of whose sides the `seen`
    /// ones show an edge, the one from the first corner on first.
    ///
    /// A corner is cut when it lies beyond the frame by more than its reach, a
    /// side that runs there is seen, and the outline is sure ([`SURE`]). Without
    /// a side nothing says that the page goes on: a page that fills the picture
    /// ([`FILLED`]) ends with it. What is not cut is moved onto the frame.
    pub(super) fn new(quad: Quad, score: f32, seen: [bool; 4], frame: Frame) -> Self {
        let mut corners = quad.0;
        let mut inside = [true; 4];
        let within = quad.map(|corner| frame.nearest(corner));
        let filled = within.area() >= FILLED * frame.width * frame.height;
        let may_be_cut = score >= SURE && !filled;
        for (i, corner) in corners.iter_mut().enumerate() {
            let seen = seen[i] || seen[(i + 3) % 4];
            if may_be_cut && seen && frame.beyond(*corner) > frame.reach {
                inside[i] = false;
            } else {
                *corner = frame.nearest(*corner);
            }
        }
        Self { quad: Quad(corners), score, inside }
    }

    /// Its corners in pixels of the picture; outside the frame where it is cut.
    pub fn quad(&self) -> &Quad {
        &self.quad
    }

    /// How well the network's cells and the quad cover each other, 0 to 1.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Which corners, in the order of the quad, lie in the picture.
    pub fn inside(&self) -> [bool; 4] {
        self.inside
    }

    /// How many corners lie in the picture.
    pub fn corners_inside(&self) -> u8 {
        self.inside.iter().map(|&inside| u8::from(inside)).sum()
    }

    /// Whether `point` of the picture lies on it.
    pub fn contains(&self, point: Point) -> bool {
        (0..4).all(|i| {
            let (a, b) = (self.quad.0[i], self.quad.0[(i + 1) % 4]);
            (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) >= 0.0
        })
    }

    /// The same document, its corners in the order of the print: its top edge
    /// is the side that runs most nearly along `direction`, in which its lines
    /// of text run in the picture.
    #[must_use]
    pub fn read_along(&self, direction: (f32, f32)) -> Self {
        let along = |turns: u8| {
            let [tl, tr, br, bl] = self.quad.turned(turns).0;
            let (x, y) = (tr.x - tl.x + br.x - bl.x, tr.y - tl.y + br.y - bl.y);
            (x * direction.0 + y * direction.1) / x.hypot(y).max(1e-6)
        };
        let turns = (0..4).max_by(|&a, &b| along(a).total_cmp(&along(b))).unwrap_or(0);
        let mut inside = self.inside;
        inside.rotate_left(usize::from(turns));
        Self { quad: self.quad.turned(turns), inside, ..*self }
    }

    /// The document of `size` flattened from `picture`, the one it was found
    /// in, as it is printed. `None` for a quad without area.
    pub fn flattened(&self, picture: &RgbImage, size: PageSize) -> Option<RectifiedDocument> {
        RectifiedDocument::of(picture, &self.quad, size)
    }
}
