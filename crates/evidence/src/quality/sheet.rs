//! The document, flattened small.

use domain::evidence::Region;
use image::RgbImage;
use imaging::geometry::{Homography, Point, Quad, Rect};
use imaging::warp;

use super::Subject;

/// Pixels along the longer side: on a passport page a character of 2 mm then
/// has 10, enough to see what hides it.
pub(super) const LONGER_SIDE: f32 = 640.0;

/// Pixels of the sheet around the document.
pub(super) const MARGIN: u32 = 12;

/// The face of a portrait measures at least this share of the document's longer side:
/// 0.137 to 0.202 on 57 clean specimens (looks 0 and 1, seeds from 801,000). A ghost
/// of it has 0.061 to 0.083, and is what is found when the portrait is hidden.
const FACE: f32 = 0.1;

/// A flattened document and the way between its pixels and the picture's.
pub(super) struct Sheet {
    /// The document, upright.
    pub picture: RgbImage,
    /// The same with [`MARGIN`] pixels of what is around it on every side.
    pub framed: RgbImage,
    /// The face of its portrait, in pixels of the sheet.
    pub portrait: Option<Rect>,
    longer: f32,
    scale: f32,
    out: Homography,
    back: Homography,
}

impl Sheet {
    /// The document of `subject` at `longer_side` pixels; `None` when its place is
    /// degenerate.
    pub fn of(subject: &Subject, longer_side: f32) -> Option<Self> {
        let place = subject.place;
        let longer = place.width().max(place.height());
        if !longer.is_finite() || longer < 1.0 {
            return None;
        }
        let scale = longer_side / longer;
        let width = (place.width() * scale).round().max(1.0);
        let height = (place.height() * scale).round().max(1.0);
        let frame = Rect::new(0.0, 0.0, width, height).quad();
        let out = Homography::between(&frame, &place)?;
        let margin = MARGIN as f32;
        let wide = Rect::new(-margin, -margin, width + 2.0 * margin, height + 2.0 * margin);
        let around = wide.quad().map(|corner| out.apply(corner));
        let size = (wide.width as u32, wide.height as u32);
        let framed = warp::flatten(subject.picture, &around, size.0, size.1)?;
        let inner = (width as u32, height as u32);
        let picture = warp::cropped(&framed, MARGIN, MARGIN, inner.0, inner.1);
        let mut sheet = Self {
            picture,
            framed,
            portrait: None,
            longer,
            scale,
            out,
            back: Homography::between(&place, &frame)?,
        };
        let face = subject.portrait.map(|face| sheet.bounds_of(&face.quad()));
        sheet.portrait = face.filter(|face| face.width.max(face.height) >= FACE * longer_side);
        Some(sheet)
    }

    /// Length of the document's longer side, pixels of the picture.
    pub fn longer_side(&self) -> f32 {
        self.longer
    }

    /// Pixels of the sheet for one of the picture.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The polygon of the picture that these corners on the sheet make.
    pub fn region(&self, corners: &[Point]) -> Region {
        Region(corners.iter().map(|corner| self.out.apply(*corner).into()).collect())
    }

    /// Where a box of the sheet lies in the picture.
    pub fn place(&self, place: Rect) -> Quad {
        place.quad().map(|corner| self.out.apply(corner))
    }

    /// Where `quad` of the picture lies on the sheet.
    pub fn on_sheet(&self, quad: &Quad) -> Quad {
        quad.map(|corner| self.back.apply(corner))
    }

    /// The box around what lies at `quad` in the picture.
    pub fn bounds_of(&self, quad: &Quad) -> Rect {
        self.on_sheet(quad).bounds()
    }
}
