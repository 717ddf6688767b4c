//! JPEG, read by `zune-jpeg` directly: the `image` crate's wrapper decodes it
//! leniently, which turns a damaged half of a document into grey.

use image::RgbImage;
use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{DecodeError, Limits, PictureFormat, Stored, editor};

/// Decodes to 8-bit RGB, not yet turned upright.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Stored, DecodeError> {
    let options = DecoderOptions::default()
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(refused)?;
    let info = decoder.info().expect("the headers were decoded");
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    limits.check_size(width, height, 3)?;
    if !reaches_its_end(bytes) {
        return Err(DecodeError::Truncated { format: PictureFormat::Jpeg });
    }
    let orientation = info.exif_data.as_deref().and_then(Orientation::from_exif_chunk);
    let editor = editor::named(info.exif_data.as_deref(), info.xmp_data.as_deref());
    let in_colour = decoder.input_colorspace() != Some(ColorSpace::Luma);

    // Headers are read leniently, as some phones leave bytes between them;
    // the picture itself is read strictly.
    decoder.set_options(options.set_strict_mode(true));
    let mut rgb = RgbImage::new(width, height);
    decoder.decode_into(&mut rgb).map_err(refused)?;
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    Ok(Stored { rgb, orientation, in_colour, editor })
}

fn refused(error: DecodeErrors) -> DecodeError {
    let format = PictureFormat::Jpeg;
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => {
            DecodeError::Truncated { format }
        }
        source => DecodeError::Damaged { format, source: Box::new(source) },
    }
}

/// Whether the end-of-image marker follows the picture's data (ITU-T T.81,
/// B.1.1.2). Segments are skipped by their length, so that the end of a
/// thumbnail inside the EXIF data does not count.
fn reaches_its_end(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(at) = rest.iter().position(|&byte| byte == 0xFF) {
        rest = &rest[at + 1..];
        match *rest {
            [0xD9, ..] => return true,
            // Stuffed byte, fill byte, restart markers, TEM: no length follows.
            [0x00 | 0x01 | 0xD0..=0xD8 | 0xFF, ..] => {}
            [_, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([high, low]));
                rest = rest.get(1 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}
