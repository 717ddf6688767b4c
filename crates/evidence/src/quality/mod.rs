//! The quality of a document's picture, on the document's own pixels: what is
//! wrong, how much, where, and which field it hides.
//!
//! Spots of light and things that lie over a document are judged by what they
//! hide, not by their area: print that was recognised there, the portrait, or
//! a field that this side must bear and that could not be read. One that hides
//! nothing measures 0.

mod cells;
mod hidden;
mod place;
mod print;
mod shadow;
mod sheet;

use domain::document::{DocumentType, Side};
use domain::evidence::{Measurement, Quality};
use domain::field::{Field, Fields};
use image::RgbImage;
use imaging::geometry::{Point, Quad, Rect};
use imaging::quality::{cover, glare, levels};

pub use place::around;

use hidden::Printed;
use print::Print;
use sheet::Sheet;

/// A document in a picture, with all that was recognised on it. Coordinates are
/// pixels of the upright picture.
pub struct Subject<'a> {
    /// The picture.
    pub picture: &'a RgbImage,
    /// Where the document is: its corners tl tr br bl as printed.
    pub place: Quad,
    /// Whether `place` is the document's own outline rather than a guess from
    /// its print: what lies beside the document is then known.
    pub outlined: bool,
    /// Its lines of print: corners in reading direction, and text.
    pub lines: &'a [(Quad, String)],
    /// The face of its portrait.
    pub portrait: Option<Rect>,
    /// The printed fields that were read.
    pub printed: &'a Fields,
    /// The fields of a machine-readable zone whose check digits hold.
    pub coded: Option<&'a Fields>,
    /// What it is.
    pub document_type: DocumentType,
    /// Which side.
    pub side: Option<Side>,
}

/// Everything that can be measured on `subject`. What could not be measured, as
/// the sharpness of a page without an edge, is absent.
pub fn measure(subject: &Subject) -> Vec<Measurement> {
    let Some(sheet) = Sheet::of(subject, sheet::LONGER_SIDE) else { return Vec::new() };
    let print = print::measure(subject, &sheet);
    let mut found = measured(subject, &sheet, &print);
    found.extend(shadow::measure(&sheet, subject));
    found.push(whole(Quality::Colour, colour(&sheet)));
    found
}

/// What can be told of a document that lies at `place`, its corners in any
/// order, without having read it: all but its colour and what lies over it.
///
/// Print is where dark strokes stand close together, so a spot hides something
/// as soon as print ends at it; the height of the print is what is usual on a
/// document that large.
pub fn glimpse(picture: &RgbImage, place: Quad) -> Vec<Measurement> {
    let mut subject = Subject {
        picture,
        place,
        outlined: false,
        lines: &[],
        portrait: None,
        printed: &Fields::default(),
        coded: None,
        document_type: DocumentType::Other,
        side: None,
    };
    let Some(sheet) = Sheet::of(&subject, cells::LONGER_SIDE) else { return Vec::new() };
    let cells = cells::of(&sheet);
    subject.lines = &cells.printed;
    let height = PRINT_MM * sheet.longer_side() / longer_side_mm(subject.document_type);
    let print = Print { height: Some(height), ..print::measure(&subject, &sheet) };
    let shadow = shadow::measure(&sheet, &subject);
    subject.lines = &cells.inked;
    let mut found = measured(&subject, &sheet, &print);
    found.extend(shadow);
    found
}

/// Height of printed characters on a document 100 mm long, millimetres: of the medians
/// on 12 clean specimens (looks 0 and 1, read whole), 1.9 to 5.0, the lower end.
const PRINT_MM: f32 = 2.0;

/// What `print` measured, the light, and what spots of it and things hide.
fn measured(subject: &Subject, sheet: &Sheet, print: &Print) -> Vec<Measurement> {
    let mut found = Vec::new();
    if let Some(blur) = print.blur {
        let mm = longer_side_mm(subject.document_type) / sheet.longer_side();
        found.push(whole(Quality::Blur, blur * mm));
    }
    found.extend(print.height.map(|height| whole(Quality::TextHeight, height)));
    let light = levels::light_level(&sheet.picture);
    found.push(whole(Quality::Brightness, f32::from(light)));
    found.push(whole(Quality::Overexposure, overexposure(sheet)));
    let printed = Printed::on(sheet, subject);
    let spots = glare::spots(&sheet.picture);
    let region = |outline: &[Point]| sheet.region(outline);
    found.extend(hidden::measurements(Quality::Glare, &spots, &printed, region));
    if subject.outlined {
        let parts = cover::parts(&sheet.framed, sheet::MARGIN);
        found.extend(hidden::measurements(Quality::Occlusion, &parts, &printed, region));
    }
    found
}

/// A measurement of the whole document.
fn whole(quality: Quality, value: f32) -> Measurement {
    Measurement { quality, value: f64::from(value), region: None, field: None }
}

/// The longer side of a document in millimetres: TD3 and MRV-A 125 and 120, ID-1
/// 85.6 (ICAO Doc 9303-4, -7, -5); between them where the type is not known.
fn longer_side_mm(document_type: DocumentType) -> f32 {
    match document_type {
        DocumentType::Passport => 125.0,
        DocumentType::Visa => 120.0,
        DocumentType::IdCard
        | DocumentType::DrivingLicence
        | DocumentType::ResidencePermit
        | DocumentType::TravelPermit => 85.6,
        DocumentType::Other => 100.0,
    }
}

/// The colour as it would be in good light: in the dark all colours come near
/// grey, and up to a third of the light makes up for that.
fn colour(sheet: &Sheet) -> f32 {
    let light = f32::from(levels::light_level(&sheet.picture)).max(1.0);
    levels::colourfulness(&sheet.picture) * (GOOD_LIGHT / light).clamp(1.0, 3.0)
}

/// The level of paper in good light.
const GOOD_LIGHT: f32 = 200.0;

/// Share of the portrait, or where there is none of the document, that is
/// clipped to white.
fn overexposure(sheet: &Sheet) -> f32 {
    let Some(face) = sheet.portrait else { return levels::clipped_share(&sheet.picture) };
    let face = face.clamped(sheet.picture.width(), sheet.picture.height());
    let (x, y) = (face.x as u32, face.y as u32);
    let (width, height) = (face.width as u32, face.height as u32);
    let view = image::imageops::crop_imm(&sheet.picture, x, y, width, height);
    levels::clipped_share(&view.to_image())
}

/// The printed fields that a side always bears and that are read on it without
/// fail: when one is missing under a spot, the spot hides it.
fn always_printed(
    document_type: DocumentType,
    side: Option<Side>,
    chinese: bool,
) -> &'static [Field] {
    use Field::{
        Address, BirthDate, DocumentNumber, ExpiryDate, FullNameNative, GivenNames,
        IssuingAuthority, NationalIdNumber, Surname,
    };
    match (document_type, side) {
        (DocumentType::IdCard, Some(Side::Front)) if chinese => {
            &[NationalIdNumber, FullNameNative, BirthDate, Address]
        }
        (DocumentType::IdCard, Some(Side::Back)) if chinese => &[ExpiryDate, IssuingAuthority],
        (DocumentType::Passport | DocumentType::Visa, _)
        | (DocumentType::DrivingLicence, None | Some(Side::Front)) => {
            &[DocumentNumber, Surname, GivenNames, BirthDate, ExpiryDate]
        }
        (DocumentType::IdCard | DocumentType::ResidencePermit, Some(Side::Front)) => {
            &[DocumentNumber, Surname, GivenNames, BirthDate]
        }
        _ => &[],
    }
}

impl Subject<'_> {
    /// Whether this side always shows the holder's face.
    fn bears_portrait(&self) -> bool {
        use DocumentType::{DrivingLicence, IdCard, Passport, ResidencePermit};
        self.side != Some(Side::Back)
            && matches!(self.document_type, Passport | IdCard | ResidencePermit | DrivingLicence)
    }

    /// The fields that this side always bears in print.
    fn expected(&self) -> &'static [Field] {
        let chinese = self.lines.iter().any(|(_, text)| text.contains(is_han));
        always_printed(self.document_type, self.side, chinese)
    }

    /// The fields that this side always bears and that were not read in print,
    /// the one that matters most first.
    fn unread(&self) -> Vec<Field> {
        let unread = |field: &Field| !self.printed.0.contains_key(field);
        self.expected().iter().copied().filter(unread).collect()
    }

    /// Whether something is lost when a part of a line is hidden: not of a label,
    /// and not where the machine-readable zone proves that the value was read
    /// whole. On a side of which nothing is known every line counts.
    fn needs(&self, text: &str, field: Option<Field>) -> bool {
        let zone_line = text.matches('<').count() >= 2;
        match (field, self.coded) {
            _ if zone_line => self.coded.is_none(),
            (Some(field), Some(coded)) => !same(field, self.printed, coded),
            (Some(_), None) => true,
            (None, _) => self.expected().is_empty(),
        }
    }
}

/// Whether print says as much of a field as the zone, which may spell a name
/// longer: what they say was compared when it was read.
fn same(field: Field, printed: &Fields, coded: &Fields) -> bool {
    let letters = |fields: &Fields| {
        fields.value(field).map_or(0, |value| value.chars().filter(|c| c.is_alphanumeric()).count())
    };
    let (print, zone) = (letters(printed), letters(coded));
    zone > 0 && 4 * print >= 3 * zone
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests;
