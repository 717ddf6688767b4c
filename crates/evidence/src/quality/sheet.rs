//! The document, flattened small.

use std::ops::Range;

use domain::evidence::Region;
use image::{Rgb, RgbImage};
use imaging::geometry::{Homography, Point, Quad, Rect};
use imaging::quality::cover::Edge;
use imaging::quality::levels::Histogram;
use imaging::warp;

use super::Subject;

/// Pixels along the longer side: on a passport page a character of 2 mm then
/// has 10, enough to see what hides it.
pub(super) const LONGER_SIDE: f32 = 640.0;

/// Pixels of the sheet around the document.
pub(super) const MARGIN: u32 = 12;

/// The same where the table is looked for, out of the document's own shadow.
pub(super) const WIDE_MARGIN: u32 = 40;

/// The face of a portrait measures at least this share of the document's longer side:
/// 0.137 to 0.202 on 57 clean specimens (looks 0 and 1, seeds from 801,000). A ghost
/// of it has 0.061 to 0.083, and is what is found when the portrait is hidden.
const FACE: f32 = 0.1;

/// Ink takes less than half of a line's box.
const PAPER: f32 = 0.6;

/// Fewer lines do not tell the colour of the paper.
const LEAST_LINES: usize = 3;

/// What is seen of a document that is so many times as long is a part of it. Tilt makes
/// less of it: of 86 specimens whose edges are free (looks 0 and 1, seeds from 860,000) one,
/// whose outline was wrong, is over 1.07. An open passport, 1.98, has another page there.
const LACK: Range<f32> = 1.08..1.7;

/// Width by height of the larger cards (ISO/IEC 7810), the narrowest that there are: an
/// identity card may be either.
const ID_2: f32 = 105.0 / 74.0;

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
        let inner = (width as u32, height as u32);
        let framed = framed(subject.picture, &out, inner, MARGIN)?;
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

    /// The colour of the paper beside its print: the commonest where `lines` are. `None`
    /// with too few of them.
    pub fn paper(&self, lines: &[(Quad, String)]) -> Option<Rgb<u8>> {
        let (width, height) = self.picture.dimensions();
        let boxes = lines.iter().map(|(quad, _)| self.bounds_of(quad).clamped(width, height));
        let boxes: Vec<Rect> = boxes.filter(|place| place.area() >= 1.0).collect();
        let pixels = || {
            boxes.iter().flat_map(|b| {
                let columns = b.x as u32..((b.x + b.width) as u32).min(width);
                let rows = b.y as u32..((b.y + b.height) as u32).min(height);
                rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
            })
        };
        let level = |channel: usize| {
            let levels = pixels().map(|(x, y)| self.picture.get_pixel(x, y).0[channel]);
            Histogram::of(levels).percentile(PAPER)
        };
        (boxes.len() >= LEAST_LINES).then(|| Rgb([0, 1, 2].map(level)))
    }

    /// Where the document of a usual `size_mm` lies if what is seen of it, which is flatter
    /// or narrower, ends under a thing along an edge: that edge, and the whole place.
    pub fn beyond(&self, size_mm: [f32; 2]) -> Vec<(Edge, Quad)> {
        let (width, height) = (self.picture.width() as f32, self.picture.height() as f32);
        let usual = size_mm[0] / size_mm[1];
        let (tall, wide) = (width / usual, height * usual.min(ID_2));
        let at = |x, y, width, height| self.place(Rect::new(x, y, width, height));
        if LACK.contains(&(tall / height)) {
            let above = at(0.0, height - tall, width, tall);
            vec![(Edge::Top, above), (Edge::Bottom, at(0.0, 0.0, width, tall))]
        } else if LACK.contains(&(wide / width)) {
            let before = at(width - wide, 0.0, wide, height);
            vec![(Edge::Left, before), (Edge::Right, at(0.0, 0.0, wide, height))]
        } else {
            Vec::new()
        }
    }

    /// Whether `picture` shows what lies at (x, y), pixels of the sheet.
    pub fn shows(&self, picture: &RgbImage, x: i64, y: i64) -> bool {
        let Point { x, y } = self.out.apply(Point::new(x as f32, y as f32));
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        (0.0..width).contains(&x) && (0.0..height).contains(&y)
    }

    /// The document with `margin` pixels of what is around it on every side.
    pub fn framed_by(&self, picture: &RgbImage, margin: u32) -> Option<RgbImage> {
        framed(picture, &self.out, self.picture.dimensions(), margin)
    }

    /// The box around what lies at `quad` in the picture.
    pub fn bounds_of(&self, quad: &Quad) -> Rect {
        self.on_sheet(quad).bounds()
    }
}

/// What `out` takes to the picture from a frame of `inner` pixels and `margin` around it.
fn framed(
    picture: &RgbImage,
    out: &Homography,
    inner: (u32, u32),
    margin: u32,
) -> Option<RgbImage> {
    let size = (inner.0 + 2 * margin, inner.1 + 2 * margin);
    let before = -(margin as f32);
    let wide = Rect::new(before, before, size.0 as f32, size.1 as f32);
    warp::flatten(picture, &wide.quad().map(|corner| out.apply(corner)), size.0, size.1)
}
