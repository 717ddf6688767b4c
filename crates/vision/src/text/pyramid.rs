//! Cutting lines out of a picture.

use std::sync::OnceLock;

use image::RgbImage;
use imaging::warp::flatten;
use imaging::{Point, Quad};

use super::crop::{LINE_HEIGHT, resized};

/// A line is at most so wide at [`LINE_HEIGHT`]; a longer one is compressed.
/// 66 times as long as high: a line of small print across a whole page.
const MAX_LINE_WIDTH: u32 = 3168;

/// A side of 65,536 pixels, more than is ever decoded, halved so often is one pixel.
const HALVINGS: usize = 16;

/// A picture and its halvings, each made once, when a line is first cut from it:
/// no line is reduced more than twofold without averaging.
pub struct Pyramid<'a> {
    full: &'a RgbImage,
    halves: [OnceLock<RgbImage>; HALVINGS],
}

impl<'a> Pyramid<'a> {
    /// The pyramid of `full`; nothing is halved yet.
    pub fn new(full: &'a RgbImage) -> Self {
        Self { full, halves: [const { OnceLock::new() }; HALVINGS] }
    }

    /// The picture itself.
    pub fn full(&self) -> &'a RgbImage {
        self.full
    }

    /// What lies in `quad`, flattened to [`LINE_HEIGHT`] and the width that
    /// keeps its proportions; one grey pixel column when it has no area.
    pub(super) fn line(&self, quad: &Quad) -> RgbImage {
        let (length, height) = (quad.width(), quad.height());
        let width = (length * LINE_HEIGHT as f32 / height.max(1e-3)).round();
        let width = (width as u32).clamp(1, MAX_LINE_WIDTH);
        self.flattened(quad, width, LINE_HEIGHT, height / LINE_HEIGHT as f32)
    }

    /// What lies in `quad`, flattened to `width` × `height` whatever its
    /// proportions; one grey pixel column when it has no area.
    pub(super) fn stretched(&self, quad: &Quad, width: u32, height: u32) -> RgbImage {
        self.flattened(quad, width, height, quad.width() / width as f32)
    }

    fn flattened(&self, quad: &Quad, width: u32, height: u32, reduction: f32) -> RgbImage {
        let times = if reduction >= 2.0 { reduction.log2() as usize } else { 0 };
        let picture = self.halved(times.min(HALVINGS));
        let shrink = self.full.width() as f32 / picture.width().max(1) as f32;
        let quad = quad.map(|p| Point::new(p.x / shrink, p.y / shrink));
        flatten(picture, &quad, width, height)
            .unwrap_or_else(|| RgbImage::from_pixel(width, height, image::Rgb([128; 3])))
    }

    /// The picture halved `times`, or fewer where no pixel would be left.
    fn halved(&self, times: usize) -> &RgbImage {
        let Some(index) = times.checked_sub(1) else { return self.full };
        let last = self.halved(index);
        if last.width() < 2 || last.height() < 2 {
            return last;
        }
        self.halves[index].get_or_init(|| resized(last, last.width() / 2, last.height() / 2))
    }
}
