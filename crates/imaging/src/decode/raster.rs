//! PNG, WebP, TIFF, BMP and GIF, read by the `image` crate.

use std::io::{Cursor, ErrorKind};

use image::codecs::{bmp, gif, png, tiff, webp};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, Rgb, RgbImage};

use super::{DecodeError, Limits, PictureFormat, Stored, editor};

/// Decodes `bytes` of `format` (not JPEG) to 8-bit RGB, not yet turned upright.
pub(super) fn decode(
    bytes: &[u8],
    format: PictureFormat,
    limits: &Limits,
) -> Result<Stored, DecodeError> {
    let source = Cursor::new(bytes);
    let refuse = |error| refused(error, format);
    match format {
        PictureFormat::Png => {
            let decoder =
                png::PngDecoder::with_limits(source, limits.for_decoder()).map_err(refuse)?;
            let animated = decoder.is_apng().map_err(refuse)?;
            let mut stored = still(decoder, animated, format, limits)?;
            stored.editor = stored.editor.or_else(|| editor::in_png(bytes));
            Ok(stored)
        }
        PictureFormat::WebP => {
            if !riff_is_whole(bytes) {
                return Err(DecodeError::Truncated { format });
            }
            let decoder = webp::WebPDecoder::new(source).map_err(refuse)?;
            let animated = decoder.has_animation();
            still(decoder, animated, format, limits)
        }
        PictureFormat::Tiff => {
            still(tiff::TiffDecoder::new(source).map_err(refuse)?, false, format, limits)
        }
        PictureFormat::Bmp => {
            still(bmp::BmpDecoder::new(source).map_err(refuse)?, false, format, limits)
        }
        PictureFormat::Gif => {
            let open = || gif::GifDecoder::new(Cursor::new(bytes)).map_err(refuse);
            let decoder = open()?;
            limits.check_size(decoder.dimensions().0, decoder.dimensions().1, 4)?;
            let animated = open()?.into_frames().nth(1).is_some();
            still(decoder, animated, format, limits)
        }
        PictureFormat::Jpeg => unreachable!("JPEG has its own decoder"),
    }
}

/// Whether a RIFF file holds as many bytes as its header says.
fn riff_is_whole(bytes: &[u8]) -> bool {
    let Some(&[a, b, c, d]) = bytes.get(4..8) else { return false };
    bytes.len() - 8 >= u32::from_le_bytes([a, b, c, d]) as usize
}

/// Decodes the one frame of `decoder` once its size is allowed.
fn still(
    mut decoder: impl ImageDecoder,
    animated: bool,
    format: PictureFormat,
    limits: &Limits,
) -> Result<Stored, DecodeError> {
    let refuse = |error| refused(error, format);
    let (width, height) = decoder.dimensions();
    let colour = decoder.color_type();
    limits.check_size(width, height, u64::from(colour.bytes_per_pixel()))?;
    if animated {
        return Err(DecodeError::Animated { format });
    }
    decoder.set_limits(limits.for_decoder()).map_err(refuse)?;
    // Unreadable metadata is no reason to refuse a readable picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let exif = decoder.exif_metadata().ok().flatten();
    let xmp = decoder.xmp_metadata().ok().flatten();
    let editor = editor::named(exif.as_deref(), xmp.as_deref());
    let picture = DynamicImage::from_decoder(decoder).map_err(refuse)?;
    let rgb = if colour.has_alpha() { on_white(picture) } else { picture.into_rgb8() };
    Ok(Stored { rgb, orientation, in_colour: colour.has_color(), editor })
}

/// A transparent picture as it looks on white paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    let picture = picture.into_rgba8();
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (to, from) in out.pixels_mut().zip(picture.pixels()) {
        let [r, g, b, alpha] = from.0.map(u16::from);
        let blend = |value: u16| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        *to = Rgb([blend(r), blend(g), blend(b)]);
    }
    out
}

fn refused(error: ImageError, format: PictureFormat) -> DecodeError {
    match &error {
        ImageError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            DecodeError::Truncated { format }
        }
        _ => DecodeError::Damaged { format, source: Box::new(error) },
    }
}
