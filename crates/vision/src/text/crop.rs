//! Turning pictures into tensors.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;
use inference::Tensor;

/// The height of a line as the recogniser and the orientation model take it.
pub(super) const LINE_HEIGHT: u32 = 48;

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
