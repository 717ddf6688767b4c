//! The quality of a document's picture, on the document's own pixels: what is
//! wrong, how much, where, and which field it hides.
//!
//! Spots of light and things that lie over a document are judged by what they
//! hide, not by their area: print that was recognised there, the portrait, or
//! a field that this side must bear and that could not be read. One that hides
//! nothing measures 0.

mod hidden;
mod place;
mod print;
mod sheet;

use domain::document::{DocumentType, Side};
use domain::evidence::{Measurement, Quality, Region};
use domain::field::{Field, Fields};
use image::RgbImage;
use imaging::geometry::{Quad, Rect};
use imaging::quality::{glare, levels};

pub use place::around;

use hidden::Printed;
use sheet::Sheet;

/// A document in a picture, with all that was recognised on it. Coordinates are
/// pixels of the upright picture.
pub struct Subject<'a> {
    /// The picture.
    pub picture: &'a RgbImage,
    /// Where the document is: its corners tl tr br bl as printed.
    pub place: Quad,
    /// Its lines of print: corners in reading direction, and text.
    pub lines: &'a [(Quad, String)],
    /// The face of its portrait.
    pub portrait: Option<Rect>,
    /// The printed fields that were read.
    pub printed: &'a Fields,
    /// What it is.
    pub document_type: DocumentType,
    /// Which side.
    pub side: Option<Side>,
}

/// Everything that can be measured on `subject`. What could not be measured, as
/// the sharpness of a page without an edge, is absent.
pub fn measure(subject: &Subject) -> Vec<Measurement> {
    let Some(sheet) = Sheet::of(subject) else { return Vec::new() };
    let mut found = Vec::new();
    let mut whole = |quality, value: f32| {
        let value = f64::from(value);
        found.push(Measurement { quality, value, region: None, field: None });
    };
    let print = print::measure(subject, &sheet);
    if let Some(blur) = print.blur {
        whole(Quality::Blur, blur * longer_side_mm(subject.document_type) / sheet.longer_side());
    }
    if let Some(height) = print.height {
        whole(Quality::TextHeight, height);
    }
    whole(Quality::Brightness, f32::from(levels::light_level(&sheet.picture)));
    whole(Quality::Overexposure, overexposure(&sheet));
    whole(Quality::Colour, levels::colourfulness(&sheet.picture));
    let printed = Printed::on(&sheet, subject);
    let spots = glare::spots(&sheet.picture);
    found.extend(hidden::measurements(Quality::Glare, &spots, &printed, |outline| {
        Region(outline.iter().map(|point| sheet.to_picture(*point).into()).collect())
    }));
    found
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
        (DocumentType::Passport | DocumentType::Visa, _) => {
            &[DocumentNumber, Surname, GivenNames, BirthDate, ExpiryDate]
        }
        (DocumentType::DrivingLicence, Some(Side::Front)) => {
            &[DocumentNumber, Surname, GivenNames, BirthDate, ExpiryDate]
        }
        (DocumentType::IdCard | DocumentType::ResidencePermit, Some(Side::Front)) => {
            &[DocumentNumber, Surname, GivenNames, BirthDate]
        }
        _ => &[],
    }
}

impl Subject<'_> {
    /// The fields that this side always bears and that were not read in print,
    /// the one that matters most first.
    fn unread(&self) -> Vec<Field> {
        let chinese = self.lines.iter().any(|(_, text)| text.contains(is_han));
        let expected = always_printed(self.document_type, self.side, chinese);
        expected.iter().copied().filter(|field| !self.printed.0.contains_key(field)).collect()
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
