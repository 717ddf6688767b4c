//! JPEG files with an EXIF orientation.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use image::{ExtendedColorType, ImageEncoder, RgbImage};

/// One of the eight values of the EXIF tag 0x0112.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// Pixels stored as they are seen.
    pub const UPRIGHT: Self = Self(1);

    /// All eight, in the order of their values.
    pub const ALL: [Self; 8] =
        [Self(1), Self(2), Self(3), Self(4), Self(5), Self(6), Self(7), Self(8)];

    /// The orientation of tag value `value`, which is 1 to 8; `None` for others.
    pub fn from_exif(value: u8) -> Option<Self> {
        (1..=8).contains(&value).then_some(Self(value))
    }

    /// The tag's value, 1 to 8.
    pub fn exif(self) -> u8 {
        self.0
    }

    /// The pixels to store so that a reader who honours the tag sees `upright`.
    pub fn stored(self, upright: &RgbImage) -> RgbImage {
        match self.0 {
            2 => flip_horizontal(upright),
            3 => rotate180(upright),
            4 => flip_vertical(upright),
            5 => rotate270(&flip_horizontal(upright)),
            6 => rotate270(upright),
            7 => rotate90(&flip_horizontal(upright)),
            8 => rotate90(upright),
            _ => upright.clone(),
        }
    }
}

/// The bytes of a JPEG file at `quality` (1–100) that shows `upright` to a
/// reader who honours EXIF; [`Orientation::UPRIGHT`] writes no tag.
pub fn encode_jpeg(upright: &RgbImage, quality: u8, orientation: Orientation) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100));
    let stored;
    let pixels = if orientation == Orientation::UPRIGHT {
        upright
    } else {
        encoder
            .set_exif_metadata(orientation_tag(orientation.0))
            .expect("the JPEG encoder takes EXIF");
        stored = orientation.stored(upright);
        &stored
    };
    let (width, height) = pixels.dimensions();
    encoder
        .write_image(pixels, width, height, ExtendedColorType::Rgb8)
        .expect("writing to memory does not fail, and pictures stay below JPEG's 65,535 pixels");
    bytes
}

/// A TIFF header and one directory with the one tag (EXIF 2.3, 4.6.4 A).
fn orientation_tag(value: u8) -> Vec<u8> {
    let mut tiff = vec![b'M', b'M', 0, 42, 0, 0, 0, 8];
    tiff.extend([0, 1]); // one entry
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]); // tag 0x0112, SHORT, one value
    tiff.extend([0, value, 0, 0]);
    tiff.extend([0, 0, 0, 0]); // no further directory
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::metadata::Orientation as Seen;
    use image::{DynamicImage, ImageDecoder, ImageReader, Rgb};
    use std::io::Cursor;

    #[test]
    fn every_orientation_is_seen_upright_by_a_reader_of_the_tag() {
        let upright = RgbImage::from_fn(32, 16, |x, y| Rgb([(x * 7) as u8, (y * 15) as u8, 90]));
        for orientation in Orientation::ALL {
            let bytes = encode_jpeg(&upright, 100, orientation);
            let mut decoder = ImageReader::new(Cursor::new(bytes))
                .with_guessed_format()
                .unwrap()
                .into_decoder()
                .unwrap();
            let seen = decoder.orientation().unwrap();
            assert_eq!(seen, Seen::from_exif(orientation.exif()).unwrap());
            let mut picture = DynamicImage::from_decoder(decoder).unwrap();
            picture.apply_orientation(seen);
            let picture = picture.to_rgb8();
            assert_eq!(picture.dimensions(), upright.dimensions());
            let worst = picture.iter().zip(upright.iter()).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(worst.unwrap() < 40, "{orientation:?}: {worst:?}");
        }
    }
}
