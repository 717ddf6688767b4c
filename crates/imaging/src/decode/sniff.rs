//! What a file is, told from its first bytes: its name is never trusted.

use super::{DecodeError, PictureFormat};

/// How far a PDF's header may lie from the start (ISO 32000-1, annex H.3.4.1,
/// implementation note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// How much of a file is looked at to call it text.
const TEXT_SAMPLE: usize = 4096;

/// The picture format of `bytes`.
///
/// # Errors
///
/// Anything that is not one of the formats read here is named by the error.
pub(super) fn picture_format(bytes: &[u8]) -> Result<PictureFormat, DecodeError> {
    match bytes {
        [] => Err(DecodeError::Empty),
        [0xFF, 0xD8, 0xFF, ..] => Ok(PictureFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(PictureFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(PictureFormat::WebP),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(PictureFormat::Tiff),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(PictureFormat::Gif),
        // A DIB header size follows the 14-byte file header; the letters "BM"
        // alone also begin ordinary text.
        [b'B', b'M', rest @ ..] if matches!(rest.get(12..16), Some([12..=124, 0, 0, 0])) => {
            Ok(PictureFormat::Bmp)
        }
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => Err(iso_media(rest)),
        _ => Err(other(bytes)),
    }
}

/// Names an ISO base media file (ISO/IEC 14496-12) by its brands.
fn iso_media(after_type: &[u8]) -> DecodeError {
    let brands = || after_type.chunks_exact(4).take(8);
    if brands().any(|brand| matches!(brand, b"avif" | b"avis")) {
        DecodeError::Avif
    } else if brands().any(|b| matches!(b, b"mif1" | b"msf1" | b"heif") || b.starts_with(b"he")) {
        DecodeError::Heic
    } else {
        DecodeError::UnsupportedFormat { name: "a video" }
    }
}

/// Names what is neither a readable picture nor ISO media.
fn other(bytes: &[u8]) -> DecodeError {
    let named = |name| DecodeError::UnsupportedFormat { name };
    match bytes {
        [b'P', b'K', 3, 4, ..] => named("a ZIP archive or an office document"),
        [b'8', b'B', b'P', b'S', ..] => named("a Photoshop file"),
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => named("a JPEG XL picture"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => {
            named("a JPEG 2000 picture")
        }
        [0, 0, 1, 0, ..] => named("an icon"),
        [0x1A, 0x45, 0xDF, 0xA3, ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => named("a video"),
        [b'%', b'!', b'P', b'S', ..] => named("a PostScript document"),
        _ if starts_pdf(bytes) => DecodeError::Pdf,
        _ if is_text(bytes) && has(bytes, b"<svg") => named("an SVG drawing"),
        _ if is_text(bytes) => DecodeError::Text,
        _ => DecodeError::Unrecognised,
    }
}

fn starts_pdf(bytes: &[u8]) -> bool {
    has(&bytes[..bytes.len().min(PDF_HEADER_WITHIN)], b"%PDF-")
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(TEXT_SAMPLE)];
    sample.windows(needle.len()).any(|window| window == needle)
}

/// UTF-16 with its mark, or UTF-8 without control characters.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(TEXT_SAMPLE)];
    if sample.starts_with(&[0xFF, 0xFE]) || sample.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let text = match std::str::from_utf8(sample) {
        Ok(text) => text,
        // The sample may end inside a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&sample[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_readable_picture_are_named() {
        let mut late_pdf = vec![b'\n'; 900];
        late_pdf.extend(b"%PDF-1.7\n\xE2\xE3");
        let cases: [(&str, &[u8], &str); 17] = [
            ("nothing", b"", "file-empty"),
            ("PDF", b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", "file-pdf"),
            ("PDF after other bytes", &late_pdf, "file-pdf"),
            ("iPhone HEIC", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "picture-heic"),
            ("HEIF by compatible brand", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heix", "picture-heic"),
            (
                "AVIF whose first brand is HEIF's",
                b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif",
                "picture-avif",
            ),
            ("MP4", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", "format-unsupported"),
            ("text", "name = \"王小明\"\n".as_bytes(), "file-text"),
            ("text beginning with BM", b"BMW 320i, blue, 2019 model\n", "file-text"),
            ("UTF-16 text", b"\xFF\xFEh\0i\0", "file-text"),
            ("SVG", b"<?xml version=\"1.0\"?><svg/>", "format-unsupported"),
            ("zip", b"PK\x03\x04\x14\0", "format-unsupported"),
            ("JPEG XL", b"\xFF\x0A\x00", "format-unsupported"),
            ("JPEG 2000", b"\0\0\0\x0CjP  \r\n", "format-unsupported"),
            ("one byte", b"\xFF", "format-unrecognised"),
            ("zeros", &[0; 64], "format-unrecognised"),
            ("ftyp and no brand", b"\0\0\0\x08ftyp", "format-unsupported"),
        ];
        for (name, bytes, code) in cases {
            assert_eq!(picture_format(bytes).unwrap_err().code(), code, "{name}");
        }
    }

    #[test]
    fn text_cut_inside_a_character_is_still_text() {
        let long = "证".repeat(TEXT_SAMPLE);
        assert_eq!(picture_format(long.as_bytes()).unwrap_err().code(), "file-text");
    }
}
