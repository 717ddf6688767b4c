//! Which editing program left its name in a file.
//!
//! Phones and cameras write their own name or version into the same places; so
//! only programs that change what a picture shows are known here.

use std::io::Cursor;

/// As they write themselves, in small letters, and how they are called. Longer names
/// before those that they hold.
const EDITORS: [(&str, &str); 22] = [
    ("photoshop", "Adobe Photoshop"),
    ("lightroom", "Adobe Lightroom"),
    ("adobe firefly", "Adobe Firefly"),
    ("gimp", "GIMP"),
    ("snapseed", "Snapseed"),
    ("picsart", "Picsart"),
    ("pixelmator", "Pixelmator"),
    ("affinity", "Affinity Photo"),
    ("canva", "Canva"),
    ("photopea", "Photopea"),
    ("paint.net", "Paint.NET"),
    ("paintshop", "PaintShop Pro"),
    ("meitu", "Meitu"),
    ("美图", "Meitu"),
    ("facetune", "Facetune"),
    ("faceapp", "FaceApp"),
    ("polarr", "Polarr"),
    ("pixlr", "Pixlr"),
    ("krita", "Krita"),
    ("acdsee", "ACDSee"),
    ("inkscape", "Inkscape"),
    ("midjourney", "Midjourney"),
];

/// XMP writes the program as an attribute or an element after one of these.
const XMP_PROGRAMS: [&str; 2] = ["CreatorTool", "softwareAgent"];

/// So many bytes of XMP are looked through.
const XMP_BYTES: usize = 1 << 20;

/// At most so many bytes of memory go into what stands before a PNG's pixels.
const PNG_BYTES: usize = 16 << 20;

/// The keyword of a PNG's text that names the program.
const SOFTWARE: &str = "Software";

/// No program's name is longer.
const PNG_TEXT_BYTES: usize = 1 << 12;

/// The program that `exif` (a TIFF block) or `xmp` (a packet) names; `None` when it is
/// none of those known, and when the metadata cannot be read: it is no reason to refuse
/// a picture.
pub(super) fn named(exif: Option<&[u8]>, xmp: Option<&[u8]>) -> Option<&'static str> {
    let software = exif.and_then(software);
    software.as_deref().and_then(known).or_else(|| xmp.and_then(program_in_xmp))
}

/// The program that a PNG names under the keyword `Software` (PNG specification, third edition,
/// 11.3.3.2) before the pixels; `None` as for [`named`].
pub(super) fn in_png(file: &[u8]) -> Option<&'static str> {
    let limits = png::Limits { bytes: PNG_BYTES };
    let reader = png::Decoder::new_with_limits(Cursor::new(file), limits).read_info().ok()?;
    let info = reader.info();
    let plain = info.uncompressed_latin1_text.iter().filter(|chunk| chunk.keyword == SOFTWARE);
    let mut packed = info.compressed_latin1_text.iter().filter(|chunk| chunk.keyword == SOFTWARE);
    let mut international = info.utf8_text.iter().filter(|chunk| chunk.keyword == SOFTWARE);
    // A file has one: of others the first is looked at, so that unpacking costs little.
    let packed = packed.next().cloned().and_then(|mut chunk| {
        chunk.decompress_text_with_limit(PNG_TEXT_BYTES).ok()?;
        chunk.get_text().ok()
    });
    let international = international.next().cloned().and_then(|mut chunk| {
        chunk.decompress_text_with_limit(PNG_TEXT_BYTES).ok()?;
        chunk.get_text().ok()
    });
    let texts = plain.map(|chunk| chunk.text.clone()).chain(packed).chain(international);
    texts.into_iter().find_map(|text| known(&text))
}

/// The tags `Software` and `ProcessingSoftware` of the first image (EXIF 2.32, 4.6.4).
fn software(block: &[u8]) -> Option<String> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let exif = exif::Reader::new().read_raw(block.to_vec()).ok()?;
    let tags = [exif::Tag::Software, exif::Tag(exif::Context::Tiff, 0x000b)];
    let values = tags.iter().filter_map(|tag| exif.get_field(*tag, exif::In::PRIMARY));
    Some(values.map(|field| field.display_value().to_string()).collect::<Vec<_>>().join(" "))
}

fn program_in_xmp(packet: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&packet[..packet.len().min(XMP_BYTES)]);
    let after = XMP_PROGRAMS.iter().flat_map(|property| text.split(property).skip(1));
    after.filter_map(value).find_map(known)
}

/// The value of the property whose name stands before `rest`: of an attribute, or of an
/// element.
fn value(rest: &str) -> Option<&str> {
    if let Some(element) = rest.strip_prefix('>') {
        return element.split('<').next();
    }
    let quoted = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    quoted.split(quote).nth(1)
}

fn known(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    EDITORS.iter().find(|(written, _)| text.contains(written)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::codecs::png::PngEncoder;
    use image::codecs::webp::WebPEncoder;
    use image::{ExtendedColorType, ImageEncoder};

    use super::*;
    use crate::decode::{Limits, decode};

    /// A TIFF block with the tag Software alone.
    fn block(software: &str) -> Vec<u8> {
        let mut block = b"II*\0\x08\0\0\0\x01\0".to_vec();
        block.extend(0x0131_u16.to_le_bytes());
        block.extend(2_u16.to_le_bytes());
        block.extend((software.len() as u32 + 1).to_le_bytes());
        block.extend(26_u32.to_le_bytes());
        block.extend([0; 4]);
        block.extend(software.as_bytes());
        block.push(0);
        block
    }

    #[test]
    fn an_editing_program_is_known_by_its_name_and_a_phone_is_not_one() {
        let cases = [
            ("Adobe Photoshop 25.1 (Windows)", Some("Adobe Photoshop")),
            ("GIMP 2.10.34", Some("GIMP")),
            ("17.5.1", None),
            ("HDR+ 1.0.585804376zd", None),
            ("S911BXXS3BWK9", None),
            ("", None),
        ];
        for (software, expected) in cases {
            assert_eq!(named(Some(&block(software)), None), expected, "{software}");
        }
        assert_eq!(named(Some(b"no metadata at all"), None), None);
    }

    #[test]
    fn jpeg_png_and_webp_files_tell_the_program_in_their_metadata() {
        fn encoded<'a, E: ImageEncoder>(
            out: &'a mut Vec<u8>,
            make: impl FnOnce(&'a mut Vec<u8>) -> E,
        ) {
            let mut encoder = make(out);
            encoder.set_exif_metadata(block("GIMP 2.10")).unwrap();
            encoder.write_image(&[128; 3 * 64], 8, 8, ExtendedColorType::Rgb8).unwrap();
        }
        let (mut jpeg, mut png, mut webp) = (Vec::new(), Vec::new(), Vec::new());
        encoded(&mut jpeg, JpegEncoder::new);
        encoded(&mut png, PngEncoder::new);
        encoded(&mut webp, WebPEncoder::new_lossless);
        for file in [jpeg, png, webp] {
            let origin = decode(&file, &Limits::default()).unwrap().origin().unwrap();
            assert_eq!(origin.editor, Some("GIMP"), "{}", origin.format);
        }
    }

    #[test]
    fn a_png_tells_the_program_in_a_text_of_its_own() {
        let with = |add: &dyn Fn(&mut png::Encoder<'_, &mut Vec<u8>>)| {
            let mut file = Vec::new();
            let mut encoder = png::Encoder::new(&mut file, 8, 8);
            encoder.set_color(png::ColorType::Rgb);
            add(&mut encoder);
            let mut writer = encoder.write_header().unwrap();
            writer.write_image_data(&[128; 3 * 64]).unwrap();
            drop(writer);
            decode(&file, &Limits::default()).unwrap().origin().unwrap().editor
        };
        let text = |key: &'static str, text: &'static str| {
            with(&|encoder| encoder.add_text_chunk(key.to_owned(), text.to_owned()).unwrap())
        };
        assert_eq!(text("Software", "GIMP 2.10"), Some("GIMP"));
        assert_eq!(text("Software", "Android 14"), None);
        assert_eq!(text("Comment", "GIMP 2.10"), None);
        let (key, name) = (|| "Software".to_owned(), || "Krita 5".to_owned());
        assert_eq!(with(&|e| e.add_ztxt_chunk(key(), name()).unwrap()), Some("Krita"));
        assert_eq!(with(&|e| e.add_itxt_chunk(key(), name()).unwrap()), Some("Krita"));
        assert_eq!(in_png(b"no picture at all"), None);
    }

    #[test]
    fn xmp_names_programs_in_two_properties_and_a_name_space_is_no_program() {
        let cases = [
            (r#"<rdf:Description xmp:CreatorTool="Snapseed 2.0"/>"#, Some("Snapseed")),
            ("<xmp:CreatorTool>Adobe Photoshop 2024</xmp:CreatorTool>", Some("Adobe Photoshop")),
            (r#"<rdf:li stEvt:softwareAgent="Adobe Lightroom 7"/>"#, Some("Adobe Lightroom")),
            (
                r#"xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmp:CreatorTool="17.5.1""#,
                None,
            ),
            (r#"xmp:CreatorTool="17.5.1" photoshop:DateCreated="2024-05-01T10:00:00""#, None),
            (
                "<xmp:CreatorTool>16.5</xmp:CreatorTool><photoshop:DateCreated>2024</photoshop:DateCreated>",
                None,
            ),
        ];
        for (xmp, expected) in cases {
            assert_eq!(named(None, Some(xmp.as_bytes())), expected, "{xmp}");
        }
    }
}
