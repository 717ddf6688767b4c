//! Cutting lines out of a picture and turning pictures into tensors.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;
use imaging::Quad;
use imaging::warp::flatten;
use inference::Tensor;

/// The height of a line as the recogniser and the orientation model take it.
pub(super) const LINE_HEIGHT: u32 = 48;

/// A line is at most so wide at [`LINE_HEIGHT`]; a longer one is compressed.
/// 66 times as long as high: a line of small print across a whole page.
const MAX_LINE_WIDTH: u32 = 3168;

/// `image` at `width` × `height`, averaging when it gets smaller.
pub(super) fn resized(image: &RgbImage, width: u32, height: u32) -> RgbImage {
    if image.dimensions() == (width, height) {
        return image.clone();
    }
    // Typed images build one resizer, for these pixels; untyped ones build it
    // for every pixel type, which costs minutes of compilation.
    let source = TypedImageRef::<U8x3>::from_buffer(image.width(), image.height(), image.as_raw())
        .expect("an RgbImage holds three bytes for each pixel");
    let mut picture = RgbImage::new(width, height);
    let mut target = TypedImage::<U8x3>::from_buffer(width, height, &mut picture)
        .expect("an RgbImage holds three bytes for each pixel");
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new()
        .resize_typed(&source, &mut target, &options)
        .expect("source and target are not empty");
    picture
}

/// `image` as the input of PP-OCR's networks: NCHW, blue first, −1 to 1, at
/// the top left of `width` × `height` with 0 beyond it.
pub(super) fn tensor(image: &RgbImage, width: usize, height: usize) -> Tensor {
    let plane = width * height;
    let mut data = vec![0.0_f32; 3 * plane];
    let (used_width, used_height) = ((image.width() as usize).min(width), image.height() as usize);
    let rows = image.as_raw().chunks_exact(3 * (image.width() as usize).max(1));
    for (y, row) in rows.take(used_height.min(height)).enumerate() {
        let at = y * width;
        for (x, rgb) in row.chunks_exact(3).take(used_width).enumerate() {
            for channel in 0..3 {
                data[channel * plane + at + x] = f32::from(rgb[2 - channel]) / 127.5 - 1.0;
            }
        }
    }
    Tensor::new(vec![1, 3, height, width], data).expect("three planes of width × height")
}

/// A picture and its halvings, made when a line is cut from them, so that no
/// line is reduced more than twofold without averaging.
pub(super) struct Levels<'a> {
    full: &'a RgbImage,
    halves: Vec<RgbImage>,
}

impl<'a> Levels<'a> {
    pub(super) fn new(full: &'a RgbImage) -> Self {
        Self { full, halves: Vec::new() }
    }

    /// What lies in `quad`, flattened to [`LINE_HEIGHT`] and the width that
    /// keeps its proportions; one grey pixel column when it has no area.
    pub(super) fn line(&mut self, quad: &Quad) -> RgbImage {
        let (length, height) = (quad.width(), quad.height());
        let width = (length * LINE_HEIGHT as f32 / height.max(1e-3)).round();
        let width = (width as u32).clamp(1, MAX_LINE_WIDTH);
        self.flattened(quad, width, LINE_HEIGHT, height / LINE_HEIGHT as f32)
    }

    /// What lies in `quad`, flattened to `width` × `height` whatever its
    /// proportions; one grey pixel column when it has no area.
    pub(super) fn stretched(&mut self, quad: &Quad, width: u32, height: u32) -> RgbImage {
        self.flattened(quad, width, height, quad.width() / width as f32)
    }

    fn flattened(&mut self, quad: &Quad, width: u32, height: u32, reduction: f32) -> RgbImage {
        let level = if reduction >= 2.0 { reduction.log2() as usize } else { 0 };
        let (picture, shrink) = self.level(level);
        let quad = quad.map(|p| imaging::Point::new(p.x / shrink, p.y / shrink));
        flatten(picture, &quad, width, height)
            .unwrap_or_else(|| RgbImage::from_pixel(width, height, image::Rgb([128; 3])))
    }

    /// The picture halved at most `level` times, and how many times smaller
    /// than the full one it is.
    fn level(&mut self, level: usize) -> (&RgbImage, f32) {
        while self.halves.len() < level {
            let last = self.halves.last().unwrap_or(self.full);
            if last.width() < 2 || last.height() < 2 {
                break;
            }
            let half = resized(last, last.width() / 2, last.height() / 2);
            self.halves.push(half);
        }
        let level = level.min(self.halves.len());
        let picture = if level == 0 { self.full } else { &self.halves[level - 1] };
        (picture, self.full.width() as f32 / picture.width().max(1) as f32)
    }
}
