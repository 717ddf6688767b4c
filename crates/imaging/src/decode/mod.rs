//! From hostile bytes to an upright picture, under limits.

mod editor;
mod error;
mod jpeg;
mod orient;
mod raster;
mod sniff;
#[cfg(test)]
mod tests;

use std::fmt;

use image::RgbImage;
use image::metadata::Orientation;
use serde::Serialize;

pub use error::DecodeError;

/// What a file may cost before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in the file. 32 MB: more than a 50-megapixel phone writes as JPEG.
    pub max_bytes: usize,
    /// Pixels in the picture, by its header and before anything is allocated.
    /// 50 million, the largest phone cameras; decoding one then needs at most
    /// about 450 MB. Pictures of more than 32 bits per pixel are allowed in
    /// proportion fewer.
    pub max_pixels: u64,
    /// Pixels along one side.
    pub max_side: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 32_000_000, max_pixels: 50_000_000, max_side: 20_000 }
    }
}

impl Limits {
    fn check_size(&self, width: u32, height: u32, pixel_bytes: u64) -> Result<(), DecodeError> {
        let limit = self.max_pixels * 4 / pixel_bytes.max(4);
        let pixels = u64::from(width) * u64::from(height);
        if pixels > limit || width.max(height) > self.max_side {
            return Err(DecodeError::TooManyPixels { width, height, limit });
        }
        Ok(())
    }

    /// The same for the `image` crate's decoders, which count the picture and
    /// their working memory together.
    fn for_decoder(&self) -> image::Limits {
        let mut limits = image::Limits::no_limits();
        limits.max_alloc = Some(self.max_pixels.saturating_mul(8));
        limits
    }
}

/// A picture file format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// ITU-T T.81; also CMYK and YCCK.
    Jpeg,
    /// Portable Network Graphics.
    Png,
    /// WebP, lossy or lossless.
    WebP,
    /// TIFF; of several pages the first.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// GIF with one frame.
    Gif,
}

impl fmt::Display for PictureFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Gif => "GIF",
        })
    }
}

/// What a file holds, before it is turned upright.
struct Stored {
    rgb: RgbImage,
    orientation: Orientation,
    in_colour: bool,
    editor: Option<&'static str>,
}

/// An upright 8-bit RGB picture that came through [`decode`], so under its
/// limits, or that this program drew itself.
#[derive(Debug, Clone)]
pub struct DecodedImage {
    rgb: RgbImage,
    was_colour: bool,
    origin: Option<Origin>,
}

/// The file that a picture came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The file's format.
    pub format: PictureFormat,
    /// Width and height as stored, before it was turned upright.
    pub stored_size: (u32, u32),
    /// The EXIF orientation that was undone, 1 (none) to 8.
    pub exif_orientation: u8,
    /// The editing program that the file's metadata names, when it is one of those known.
    pub editor: Option<&'static str>,
}

impl DecodedImage {
    /// A picture that this program drew, such as a specimen: it came from no
    /// file, so nothing about it was checked.
    pub fn from_rendered(rgb: RgbImage) -> Self {
        Self { rgb, was_colour: true, origin: None }
    }

    /// The pixels, upright; transparent parts lie on white.
    pub fn rgb(&self) -> &RgbImage {
        &self.rgb
    }

    /// The pixels, without a copy.
    pub fn into_rgb(self) -> RgbImage {
        self.rgb
    }

    /// Pixels across, upright.
    pub fn width(&self) -> u32 {
        self.rgb.width()
    }

    /// Pixels down, upright.
    pub fn height(&self) -> u32 {
        self.rgb.height()
    }

    /// Whether the file stores colour. A grey picture stored as colour says
    /// yes; look at its pixels for that.
    pub fn was_colour(&self) -> bool {
        self.was_colour
    }

    /// The file it came from; `None` for a picture that this program drew.
    pub fn origin(&self) -> Option<Origin> {
        self.origin
    }
}

/// Decodes a picture of any readable format and turns it upright.
///
/// Sizes are checked on the file's header, before memory is taken. Sixteen-bit
/// samples are rounded to eight, CMYK becomes RGB, transparency lies on white,
/// colour profiles are ignored.
///
/// # Errors
///
/// Whatever is not one complete, still picture within `limits`; the error says
/// what it is and what to do.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<DecodedImage, DecodeError> {
    if bytes.len() > limits.max_bytes {
        return Err(DecodeError::TooManyBytes { bytes: bytes.len(), limit: limits.max_bytes });
    }
    let format = sniff::picture_format(bytes)?;
    let stored = match format {
        PictureFormat::Jpeg => jpeg::decode(bytes, limits)?,
        _ => raster::decode(bytes, format, limits)?,
    };
    let origin = Origin {
        format,
        stored_size: stored.rgb.dimensions(),
        exif_orientation: stored.orientation.to_exif(),
        editor: stored.editor,
    };
    Ok(DecodedImage {
        rgb: orient::upright(stored.rgb, stored.orientation),
        was_colour: stored.in_colour,
        origin: Some(origin),
    })
}
