use std::io::Cursor;

use image::codecs::{gif, jpeg, png, webp};
use image::{
    DynamicImage, ExtendedColorType, Frame, ImageBuffer, ImageEncoder, ImageFormat, Rgb, RgbImage,
    Rgba, RgbaImage,
};
use proptest::prelude::*;

use super::*;

const FORMATS: [PictureFormat; 6] = [
    PictureFormat::Jpeg,
    PictureFormat::Png,
    PictureFormat::WebP,
    PictureFormat::Tiff,
    PictureFormat::Bmp,
    PictureFormat::Gif,
];

/// Four quarters of different greys: every orientation of it differs, and
/// JPEG keeps them apart.
fn quarters() -> RgbImage {
    let greys = [[20, 90], [160, 230]];
    RgbImage::from_fn(48, 32, |x, y| Rgb([greys[(y / 16) as usize][(x / 24) as usize]; 3]))
}

/// An EXIF block that holds nothing but the orientation (tag 274, one SHORT).
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}

fn with_exif(mut encoder: impl ImageEncoder, picture: &RgbImage, orientation: u8) {
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    let (width, height) = picture.dimensions();
    encoder.write_image(picture, width, height, ExtendedColorType::Rgb8).unwrap();
}

/// An uncompressed RGB TIFF: the pixels, the bits per sample, the directory.
fn tiff(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let pixel_bytes = picture.as_raw().len() as u32;
    let after_pixels = 8 + pixel_bytes;
    let entries: [(u16, u16, u32, u32); 9] = [
        (256, 4, 1, picture.width()),
        (257, 4, 1, picture.height()),
        (258, 3, 3, after_pixels),
        (259, 3, 1, 1), // not compressed
        (262, 3, 1, 2), // RGB
        (273, 4, 1, 8), // where the pixels begin
        (274, 3, 1, u32::from(orientation)),
        (277, 3, 1, 3), // samples per pixel
        (279, 4, 1, pixel_bytes),
    ];
    let mut file = b"II*\0".to_vec();
    file.extend((after_pixels + 6).to_le_bytes());
    file.extend(picture.as_raw());
    file.extend([8, 0, 8, 0, 8, 0]);
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file
}

/// `picture` in `format`, with `orientation` where the format can carry it.
fn file(picture: &RgbImage, format: PictureFormat, orientation: u8) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let plain = |out: &mut _, format| picture.write_to(out, format).unwrap();
    match format {
        PictureFormat::Jpeg => {
            with_exif(jpeg::JpegEncoder::new_with_quality(&mut out, 95), picture, orientation);
        }
        PictureFormat::Png => with_exif(png::PngEncoder::new(&mut out), picture, orientation),
        PictureFormat::WebP => {
            with_exif(webp::WebPEncoder::new_lossless(&mut out), picture, orientation);
        }
        PictureFormat::Tiff => return tiff(picture, orientation),
        PictureFormat::Bmp => plain(&mut out, ImageFormat::Bmp),
        PictureFormat::Gif => plain(&mut out, ImageFormat::Gif),
    }
    out.into_inner()
}

fn decoded(bytes: &[u8]) -> DecodedImage {
    decode(bytes, &Limits::default()).unwrap()
}

fn code(bytes: &[u8]) -> &'static str {
    decode(bytes, &Limits::default()).unwrap_err().code()
}

/// The greatest difference of any channel.
fn difference(a: &RgbImage, b: &RgbImage) -> u8 {
    assert_eq!(a.dimensions(), b.dimensions());
    a.iter().zip(b.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

#[test]
fn every_format_is_read_and_turned_upright() {
    for format in FORMATS {
        let orientations = match format {
            PictureFormat::Bmp | PictureFormat::Gif => 1..=1,
            _ => 1..=8,
        };
        for orientation in orientations {
            let image = decoded(&file(&quarters(), format, orientation));
            let mut expected = DynamicImage::ImageRgb8(quarters());
            expected.apply_orientation(Orientation::from_exif(orientation).unwrap());
            let worst = difference(image.rgb(), &expected.into_rgb8());
            assert!(worst <= 12, "{format} {orientation}: off by {worst}");
            let origin = Origin {
                format,
                stored_size: (48, 32),
                exif_orientation: orientation,
                editor: None,
            };
            assert_eq!(image.origin(), Some(origin));
            assert!(image.was_colour());
        }
    }
}

#[test]
fn jpeg_variants_give_the_same_colours() {
    // Made by testdata/make.py.
    let gradient =
        RgbImage::from_fn(32, 16, |x, y| Rgb([(x * 8) as u8, (y * 16) as u8, (255 - x * 8) as u8]));
    let cases: [(&str, &[u8]); 3] = [
        ("CMYK", include_bytes!("testdata/cmyk.jpg")),
        ("YCCK", include_bytes!("testdata/ycck.jpg")),
        ("progressive", include_bytes!("testdata/progressive.jpg")),
    ];
    for (name, bytes) in cases {
        let worst = difference(decoded(bytes).rgb(), &gradient);
        assert!(worst <= 6, "{name}: off by {worst}");
    }
}

#[test]
fn grey_files_are_told_from_colour_files() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff] {
        let grey = DynamicImage::ImageRgb8(quarters()).into_luma8();
        let mut out = Cursor::new(Vec::new());
        grey.write_to(&mut out, format).unwrap();
        let image = decoded(out.get_ref());
        assert!(!image.was_colour(), "{format:?}");
        assert!(difference(image.rgb(), &quarters()) <= 12, "{format:?}");
    }
}

#[test]
fn sixteen_bits_are_rounded_to_eight() {
    let deep = ImageBuffer::from_fn(3, 1, |x, _| Rgb([[0_u16, 0x8080, 0xFFFF][x as usize]; 3]));
    for format in [ImageFormat::Png, ImageFormat::Tiff] {
        let mut out = Cursor::new(Vec::new());
        deep.write_to(&mut out, format).unwrap();
        let levels: Vec<u8> = decoded(out.get_ref()).rgb().pixels().map(|p| p[0]).collect();
        assert_eq!(levels, [0, 0x80, 0xFF], "{format:?}");
    }
}

#[test]
fn transparency_lies_on_white() {
    let clear = RgbaImage::from_fn(3, 1, |x, _| Rgba([10, 20, 30, [0, 128, 255][x as usize]]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let mut out = Cursor::new(Vec::new());
        clear.write_to(&mut out, format).unwrap();
        let rgb = decoded(out.get_ref()).into_rgb();
        assert_eq!(rgb.get_pixel(0, 0).0, [255, 255, 255], "{format:?}");
        assert_eq!(rgb.get_pixel(1, 0).0, [132, 137, 142], "{format:?}");
        assert_eq!(rgb.get_pixel(2, 0).0, [10, 20, 30], "{format:?}");
    }
}

#[test]
fn a_picture_cut_anywhere_is_refused() {
    let photo = RgbImage::from_fn(120, 90, |x, y| {
        Rgb([(x * 2) as u8, (y * 2) as u8, (x * 7 + y * 13) as u8])
    });
    for format in FORMATS {
        let whole = match format {
            PictureFormat::Tiff => {
                let mut out = Cursor::new(Vec::new());
                photo.write_to(&mut out, ImageFormat::Tiff).unwrap();
                out.into_inner()
            }
            _ => file(&photo, format, 1),
        };
        decoded(&whole);
        for kept in [3, 20, 60, 97] {
            let cut = &whole[..whole.len() * kept / 100];
            let result = decode(cut, &Limits::default());
            assert!(result.is_err(), "{format} cut to {kept} % passed");
        }
    }
    for bytes in
        [&include_bytes!("testdata/progressive.jpg")[..], &file(&photo, PictureFormat::Jpeg, 6)]
    {
        assert_eq!(code(&bytes[..bytes.len() - 1]), "picture-truncated");
    }
}

#[test]
fn a_thumbnails_end_does_not_complete_a_jpeg() {
    let thumbnail = file(&quarters(), PictureFormat::Jpeg, 1);
    let mut block = exif(1);
    block.extend(thumbnail);
    let mut out = Vec::new();
    let mut encoder = jpeg::JpegEncoder::new(&mut out);
    encoder.set_exif_metadata(block).unwrap();
    encoder.encode_image(&quarters()).unwrap();
    decoded(&out);
    assert_eq!(code(&out[..out.len() - 2]), "picture-truncated");
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let mut bomb = file(&quarters(), PictureFormat::Png, 1);
    let side = 100_000_u32.to_be_bytes();
    bomb[16..20].copy_from_slice(&side);
    bomb[20..24].copy_from_slice(&side);
    let header_crc = crc32(&bomb[12..29]).to_be_bytes();
    bomb[29..33].copy_from_slice(&header_crc);
    let error = decode(&bomb, &Limits::default()).unwrap_err();
    assert!(
        matches!(error, DecodeError::TooManyPixels { width: 100_000, height: 100_000, .. }),
        "{error:?}"
    );
}

/// CRC-32 as PNG (ISO/IEC 15948, annex D) computes it, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn limits_hold_for_every_format() {
    for format in FORMATS {
        let bytes = file(&quarters(), format, 1);
        let few_pixels = Limits { max_pixels: 48 * 32 - 1, ..Limits::default() };
        let short_side = Limits { max_side: 47, ..Limits::default() };
        for limits in [few_pixels, short_side] {
            let error = decode(&bytes, &limits).unwrap_err();
            assert_eq!(error.code(), "picture-too-large", "{format}");
        }
        let few_bytes = Limits { max_bytes: bytes.len() - 1, ..Limits::default() };
        assert_eq!(decode(&bytes, &few_bytes).unwrap_err().code(), "file-too-large");
    }
}

#[test]
fn animations_are_refused_and_single_frames_are_not() {
    let frame = || Frame::new(DynamicImage::ImageRgb8(quarters()).into_rgba8());
    for (frames, expected) in [(1, None), (2, Some("picture-animated"))] {
        let mut out = Vec::new();
        let mut encoder = gif::GifEncoder::new(&mut out);
        encoder.encode_frames((0..frames).map(|_| frame())).unwrap();
        drop(encoder);
        let refusal = decode(&out, &Limits::default()).err().map(|error| error.code());
        assert_eq!(refusal, expected, "{frames} frames");
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(
        format in prop::sample::select(&FORMATS),
        noise in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut bytes = file(&quarters(), format, 1);
        bytes.truncate(16);
        bytes.extend(&noise);
        let _ = decode(&noise, &Limits::default());
        let _ = decode(&bytes, &Limits::default());
    }

    #[test]
    fn changed_pictures_never_panic_and_stay_within_limits(
        format in prop::sample::select(&FORMATS),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = file(&quarters(), format, 6);
        for (index, value) in changes {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        let limits = Limits { max_pixels: 1_000_000, ..Limits::default() };
        if let Ok(image) = decode(&bytes, &limits) {
            prop_assert!(u64::from(image.width()) * u64::from(image.height()) <= 1_000_000);
        }
    }
}
