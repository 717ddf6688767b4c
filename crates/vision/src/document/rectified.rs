//! A document flattened to a fixed resolution.

use image::{RgbImage, imageops};
use imaging::geometry::{Homography, Rect};
use imaging::resize::{Filter, resized};
use imaging::{Point, Quad, warp};

/// Resolution of a flattened document where the picture has it, pixels per
/// millimetre: print 1.5 mm high, the smallest on cards, then spans 18.
const PIXELS_PER_MM: f32 = 12.0;
/// The least resolution: below, a picture is not worth flattening smaller.
const LEAST_PIXELS_PER_MM: f32 = 2.0;

/// The size of a document's page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Along the top edge, millimetres.
    pub width_mm: f32,
    /// Along the left edge, millimetres.
    pub height_mm: f32,
}

impl PageSize {
    /// Cards (ISO/IEC 7810 ID-1).
    pub const ID1: Self = Self { width_mm: 85.6, height_mm: 53.98 };
    /// Larger cards and small visas (ID-2).
    pub const ID2: Self = Self { width_mm: 105.0, height_mm: 74.0 };
    /// Passport pages (ID-3).
    pub const ID3: Self = Self { width_mm: 125.0, height_mm: 88.0 };
    /// Full-page visas (ICAO 9303-7 MRV-A).
    pub const MRV_A: Self = Self { width_mm: 120.0, height_mm: 80.0 };

    /// The size whose shape is nearest to that of `quad`: for a document of
    /// unknown type. Upright pages keep their own shape.
    pub fn nearest(quad: &Quad) -> Self {
        let shape = quad.width() / quad.height().max(1e-6);
        if shape < 1.0 {
            let height_mm = Self::ID1.width_mm;
            return Self { width_mm: (height_mm * shape).max(1.0), height_mm };
        }
        let away = |size: &Self| (size.width_mm / size.height_mm / shape).ln().abs();
        // ID-1 is the only size with a shape of its own; the others share one.
        if away(&Self::ID1) < away(&Self::ID3) { Self::ID1 } else { Self::ID3 }
    }
}

/// A document flattened: upright as printed, its edges on the picture's.
#[derive(Debug, Clone, PartialEq)]
pub struct RectifiedDocument {
    image: RgbImage,
    quad: Quad,
    pixels_per_mm: f32,
    to_source: Homography,
}

impl RectifiedDocument {
    /// Flattens what lies in `quad` of `picture` and is a page of `size`.
    pub(super) fn of(picture: &RgbImage, quad: &Quad, size: PageSize) -> Option<Self> {
        if !quad.0.iter().all(|p| p.x.is_finite() && p.y.is_finite()) || quad.area() < 1.0 {
            return None;
        }
        let there = (quad.width() / size.width_mm).max(quad.height() / size.height_mm);
        let pixels_per_mm = there.clamp(LEAST_PIXELS_PER_MM, PIXELS_PER_MM);
        let width = (size.width_mm * pixels_per_mm).round().max(1.0);
        let height = (size.height_mm * pixels_per_mm).round().max(1.0);
        let (source, shift, scale) = around(picture, quad, there / pixels_per_mm)?;
        let moved = quad.map(|p| Point::new((p.x - shift.x) * scale.0, (p.y - shift.y) * scale.1));
        let image = warp::flatten(&source, &moved, width as u32, height as u32)?;
        let page = Rect::new(0.0, 0.0, width, height).quad();
        let to_source = Homography::between(&page, quad)?;
        Some(Self { image, quad: *quad, pixels_per_mm, to_source })
    }

    /// The page's pixels.
    pub fn image(&self) -> &RgbImage {
        &self.image
    }

    /// Where it lay in the picture.
    pub fn quad(&self) -> &Quad {
        &self.quad
    }

    /// Resolution of [`image`](Self::image): at most 12, less where the picture
    /// has less.
    pub fn pixels_per_mm(&self) -> f32 {
        self.pixels_per_mm
    }

    /// Where a point of the page, in its pixels, lies in the picture.
    pub fn to_source(&self, point: Point) -> Point {
        self.to_source.apply(point)
    }

    /// Where a box of the page lies in the picture.
    pub fn place(&self, place: Rect) -> Quad {
        place.quad().map(|point| self.to_source(point))
    }
}

/// The part of `picture` around `quad`, shrunk by `reduction` where that is
/// much, because flattening does not average: with its top-left corner in the
/// picture and its scale, across and down.
fn around(
    picture: &RgbImage,
    quad: &Quad,
    reduction: f32,
) -> Option<(RgbImage, Point, (f32, f32))> {
    let bounds = quad.bounds();
    let grown = Rect::new(bounds.x - 2.0, bounds.y - 2.0, bounds.width + 4.0, bounds.height + 4.0);
    let part = grown.clamped(picture.width(), picture.height());
    let (x, y) = (part.x.floor() as u32, part.y.floor() as u32);
    let width = ((part.x + part.width).ceil() as u32).min(picture.width()).checked_sub(x)?;
    let height = ((part.y + part.height).ceil() as u32).min(picture.height()).checked_sub(y)?;
    if width == 0 || height == 0 {
        return None;
    }
    let cut = imageops::crop_imm(picture, x, y, width, height).to_image();
    let shift = Point::new(x as f32, y as f32);
    if reduction < 1.25 {
        return Some((cut, shift, (1.0, 1.0)));
    }
    let less = |side: u32| ((side as f32 / reduction).round() as u32).max(1);
    let small = resized(&cut, less(width), less(height), Filter::Area);
    let scale = (small.width() as f32 / width as f32, small.height() as f32 / height as f32);
    Some((small, shift, scale))
}
