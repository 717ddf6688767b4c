//! The document, flattened small.

use image::RgbImage;
use imaging::geometry::{Homography, Point, Quad, Rect};
use imaging::warp;

use super::Subject;

/// Pixels along the longer side: on a passport page a character of 2 mm then
/// has 10, enough to see what hides it.
const LONGER_SIDE: f32 = 640.0;

/// A flattened document and the way between its pixels and the picture's.
pub(super) struct Sheet {
    /// The document, upright.
    pub picture: RgbImage,
    /// The face of its portrait, in pixels of the sheet.
    pub portrait: Option<Rect>,
    longer: f32,
    out: Homography,
    back: Homography,
}

impl Sheet {
    /// The document of `subject`; `None` when its place is degenerate.
    pub fn of(subject: &Subject) -> Option<Self> {
        let place = subject.place;
        let longer = place.width().max(place.height());
        if !longer.is_finite() || longer < 1.0 {
            return None;
        }
        let scale = LONGER_SIDE / longer;
        let width = (place.width() * scale).round().max(1.0);
        let height = (place.height() * scale).round().max(1.0);
        let frame = Rect::new(0.0, 0.0, width, height).quad();
        let mut sheet = Self {
            picture: warp::flatten(subject.picture, &place, width as u32, height as u32)?,
            portrait: None,
            longer,
            out: Homography::between(&frame, &place)?,
            back: Homography::between(&place, &frame)?,
        };
        sheet.portrait = subject.portrait.map(|face| sheet.bounds_of(&face.quad()));
        Some(sheet)
    }

    /// Length of the document's longer side, pixels of the picture.
    pub fn longer_side(&self) -> f32 {
        self.longer
    }

    /// Pixels of the sheet for one of the picture.
    pub fn scale(&self) -> f32 {
        LONGER_SIDE / self.longer
    }

    /// Where a point of the sheet lies in the picture.
    pub fn to_picture(&self, point: Point) -> Point {
        self.out.apply(point)
    }

    /// The box around what lies at `quad` in the picture.
    pub fn bounds_of(&self, quad: &Quad) -> Rect {
        quad.map(|corner| self.back.apply(corner)).bounds()
    }
}
