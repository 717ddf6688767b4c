//! Bad input is the normal case: one clear sentence, the right exit code.

use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage};
use tempfile::TempDir;

use crate::program::{Person, Ran, bonafide};

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn picture() -> DynamicImage {
    RgbImage::from_fn(320, 200, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8])).into()
}

/// A PNG whose header promises 100,000 × 100,000 pixels, its checksum in order.
fn bomb() -> Vec<u8> {
    let mut png = encoded(&picture(), ImageFormat::Png);
    for side in [16..20, 20..24] {
        png[side].copy_from_slice(&100_000_u32.to_be_bytes());
    }
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    png
}

/// The checksum of PNG chunks (ISO/IEC 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}

fn animated() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    let frames = [0, 200].map(|level| {
        image::Frame::new(image::RgbaImage::from_pixel(8, 8, image::Rgba([level, 0, 0, 255])))
    });
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    bytes
}

/// Files that are no picture, with the stable code of each.
fn refused_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let jpeg = encoded(&picture(), ImageFormat::Jpeg);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    vec![
        ("empty.jpg", Vec::new(), "file-empty"),
        ("text.jpg", b"Dear support, my picture is attached.\n".to_vec(), "file-text"),
        ("cut.jpg", jpeg[..jpeg.len() / 2].to_vec(), "picture-truncated"),
        ("bomb.png", bomb(), "picture-too-large"),
        ("moving.gif", animated(), "picture-animated"),
        ("phone.heic", heic, "picture-heic"),
        ("scan.jpg", b"%PDF-1.7\n1 0 obj\n".to_vec(), "file-pdf"),
        ("noise.jpg", vec![0xAA; 4096], "format-unrecognised"),
    ]
}

/// One sentence for a person on standard error, nothing else anywhere.
fn assert_refused(ran: &Ran, named: &str, case: &str) {
    assert_eq!(ran.code, 2, "{case}: {ran:?}");
    assert_eq!(ran.stdout, "", "{case}");
    assert_eq!(ran.stderr.lines().count(), 1, "{case}: {}", ran.stderr);
    assert!(ran.stderr.starts_with("bonafide: "), "{case}: {}", ran.stderr);
    assert!(ran.stderr.contains(named), "{case}: {}", ran.stderr);
}

#[test]
fn a_file_that_is_no_picture_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let person = Person::with_passport();
    for (name, bytes, code) in refused_files() {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let mut arguments = person.arguments(&person.file("claims.toml"));
        arguments.extend(["--back".into(), file.clone()]);
        assert_refused(&bonafide(arguments), name, code);
        let read = bonafide([Path::new("read"), &file, Path::new("--json")]);
        assert_eq!(read.code, 0, "{read:?}");
        assert_eq!(read.json()["error"]["code"], code, "{name}");
        let message = read.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.contains(':') && message.ends_with('.'), "{name}: {message}");
    }
}

#[test]
fn a_missing_file_and_a_folder_are_refused() {
    let person = Person::with_passport();
    let folder = TempDir::new().unwrap();
    for path in [folder.path().join("nowhere.jpg"), folder.path().to_owned()] {
        let mut arguments = person.arguments(&person.file("claims.toml"));
        arguments.extend(["--back".into(), path.clone()]);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert_refused(&bonafide(arguments), name, "no such picture");
        assert_refused(&bonafide(person.arguments(&path)), name, "no such claims");
    }
}

#[test]
fn claims_that_cannot_be_meant_are_refused() {
    let folder = TempDir::new().unwrap();
    let person = Person::with_passport();
    let cases = [
        ("birth_date = \"1990-02-30\"", "1990-02-30"),
        ("first_name = \"Ann\"", "first_name"),
        ("nationality = \"Utopia\"", "Utopia"),
        ("surname", "line 1"),
        ("\u{0}\u{1}", "line 1"),
    ];
    for (text, named) in cases {
        let claims = folder.path().join("claims.toml");
        std::fs::write(&claims, text).unwrap();
        assert_refused(&bonafide(person.arguments(&claims)), named, text);
    }
}

#[test]
fn a_policy_that_does_not_say_everything_is_refused() {
    let folder = TempDir::new().unwrap();
    let person = Person::with_passport();
    let shipped = include_str!("../../../../policies/pictures.toml");
    let cases = [
        (shipped.replace("[limits]", "[limits]\nmax_moire = 1.0"), "max_moire"),
        (shipped.replace("face_match = \"required\"\n", ""), "face_match"),
        (shipped.replace("default_tier = \"L2\"", "default_tier = \"L9\""), "L9"),
        ("not a policy".to_owned(), "line 1"),
    ];
    for (text, named) in cases {
        let policy = folder.path().join("policy.toml");
        std::fs::write(&policy, &text).unwrap();
        let mut arguments = person.arguments(&person.file("claims.toml"));
        arguments.extend(["--policy".into(), policy]);
        assert_refused(&bonafide(arguments), named, named);
    }
}

#[test]
fn unusual_but_sound_pictures_are_read_and_judged() {
    let folder = TempDir::new().unwrap();
    let person = Person::with_passport();
    let deep = DynamicImage::ImageRgb16(picture().to_rgb16());
    let cases = [
        ("deep.png", encoded(&deep, ImageFormat::Png)),
        ("tiny.png", encoded(&RgbImage::new(1, 1).into(), ImageFormat::Png)),
        ("thin.png", encoded(&RgbImage::new(4000, 1).into(), ImageFormat::Png)),
        ("black.bmp", encoded(&RgbImage::new(640, 480).into(), ImageFormat::Bmp)),
    ];
    for (name, bytes) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let mut arguments = person.arguments(&person.file("claims.toml"));
        let at = arguments.iter().position(|a| a.as_os_str() == "--document").unwrap();
        arguments[at + 1] = file;
        arguments.push("--json".into());
        let ran = bonafide(arguments);
        assert_eq!(ran.code, 3, "{name}: {ran:?}");
        let codes = crate::program::codes(&ran.json(), "reasons").join(" ");
        assert!(codes.contains("DOC_NOT_FOUND"), "{name}: {codes}");
    }
}
