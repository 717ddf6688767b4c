//! Which document it is, and whether it is a specimen.

mod issuer;
mod registry;

use domain::document::{Country, DocumentType, Side};
use domain::evidence::{MrzEvidence, SpecimenSign};
use domain::field::{Field, Fields};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use self::issuer::{named, nationality};
pub use self::registry::{Half, Known};

use crate::chinese_id::number;
use crate::mrz::Format;
use crate::page::Page;

/// What a picture's text says of the kind of document.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Its type.
    pub document_type: DocumentType,
    /// Who issued it.
    pub country: Option<Country>,
    /// Which side it is, where the text tells.
    pub side: Option<Side>,
    /// How sure, 0 to 1.
    pub score: f32,
}

impl Kind {
    /// What is known of such documents.
    pub fn known(&self) -> Option<&'static Known> {
        Known::of(self.document_type, self.country.as_ref())
    }

    /// A document whose title was not read and whose fields bear the numbers of a licence,
    /// which no other has.
    #[must_use]
    pub fn of_numbered_fields(self) -> Self {
        Self { document_type: DocumentType::DrivingLicence, score: SCORE_TITLE, ..self }
    }

    /// A document of no known kind.
    pub fn unknown() -> Self {
        Self { document_type: DocumentType::Other, country: None, side: None, score: 0.0 }
    }
}

/// Title words that stand alone in a line: in running text they mean little
/// ("VISA" on a bank card's slip, "NATIONAL ID NO" as a label).
const SCORE_ZONE: f32 = 0.98;
const SCORE_TITLE: f32 = 0.8;

/// The kind by the machine-readable zone's document code (ICAO 9303-4 §4.2.2,
/// 9303-5 §4.2.2, 9303-7 §4), else by a title.
///
/// A zone on a card stands on its back (TD1) unless a portrait is there too,
/// which the caller knows; here the side stays open for cards.
pub fn of(zone: Option<&MrzEvidence>, page: &Page) -> Kind {
    let titled = registry::printed_on(page);
    let Some(zone) = zone else {
        let country = titled.and_then(|titled| titled.country.clone());
        let country = country.or_else(|| issuer::named(page));
        return match titled {
            Some(Known { document_type, .. }) => {
                let document_type = *document_type;
                Kind { document_type, country, side: None, score: SCORE_TITLE }
            }
            None => Kind { country, ..Kind::unknown() },
        };
    };
    let country =
        zone.fields.value(Field::IssuingCountry).and_then(|code| Country::parse(code).ok());
    let code: String =
        zone.lines.first().map(|line| line.chars().take(2).collect()).unwrap_or_default();
    let (document_type, side) = if zone.format == Format::ExitEntryPermit.as_str() {
        (DocumentType::TravelPermit, Some(Side::Front))
    } else {
        by_code(&code, titled.map(|titled| titled.document_type))
    };
    let score = if zone.check_digits_ok { SCORE_ZONE } else { SCORE_TITLE };
    Kind { document_type, country, side, score }
}

/// The type that a zone's document code means. `A`, `C` and `I` are cards; a
/// second letter R, and a title that says so, makes one a residence permit
/// (the second letter is the issuer's choice).
fn by_code(code: &str, titled: Option<DocumentType>) -> (DocumentType, Option<Side>) {
    let mut letters = code.chars();
    match (letters.next(), letters.next()) {
        (Some('P'), _) => (DocumentType::Passport, Some(Side::Front)),
        (Some('V'), _) => (DocumentType::Visa, Some(Side::Front)),
        (Some('A' | 'C' | 'I'), Some('R')) | (Some('C'), Some('1' | '2')) => {
            (DocumentType::ResidencePermit, None)
        }
        (Some('A' | 'C' | 'I'), _) => match titled {
            Some(DocumentType::ResidencePermit) => (DocumentType::ResidencePermit, None),
            Some(DocumentType::TravelPermit) => (DocumentType::TravelPermit, None),
            _ => (DocumentType::IdCard, None),
        },
        _ => (titled.unwrap_or(DocumentType::Other), None),
    }
}

/// The type that a title names.
pub(crate) fn title(page: &Page) -> Option<DocumentType> {
    registry::printed_on(page).map(|titled| titled.document_type)
}

/// Whether a line that says `text` names a type of document.
pub(crate) fn is_title(text: &str) -> bool {
    registry::printed_in([text]).is_some()
}

/// Upper case, accents off, so that a title is found however it was read.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_uppercase()
}

/// Words that mark a specimen, alone in a line or as a name.
const MARKS: [&str; 5] = ["SPECIMEN", "样本", "樣本", "MUSTERMANN", "SPÉCIMEN"];

/// Whether the document says of itself that it is a specimen, or bears a
/// number or issuer that cannot exist.
pub fn specimen_sign(
    page: &Page,
    zone: Option<&MrzEvidence>,
    fields: &Fields,
) -> Option<SpecimenSign> {
    let marked = page.lines.iter().any(|line| is_mark(&line.text))
        || [Field::Surname, Field::GivenNames].iter().any(|field| {
            let named = |fields: &Fields| fields.value(*field).is_some_and(is_mark);
            named(fields) || zone.is_some_and(|zone| named(&zone.fields))
        });
    if marked {
        return Some(SpecimenSign::Marked);
    }
    let utopia = zone.is_some_and(|zone| is_of_utopia(&zone.fields));
    let impossible = fields.value(Field::NationalIdNumber).is_some_and(nowhere);
    let permit = title(page) == Some(DocumentType::TravelPermit);
    let no_permit = fields.0.get(&Field::DocumentNumber).is_some_and(|number| {
        let digits = number.value.strip_prefix('X').unwrap_or_default();
        let shaped = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
        shaped && number.confidence >= SURE_NUMBER
    });
    (utopia || impossible || permit && no_permit).then_some(SpecimenSign::ImpossibleNumber)
}

/// Whether a zone or a barcode names ICAO's fictional state.
pub(crate) fn is_of_utopia(coded: &Fields) -> bool {
    [Field::IssuingCountry, Field::Nationality]
        .iter()
        .any(|field| coded.value(*field) == Some("UTO"))
}

/// A permit's number that begins with X ends the case: an H misread must not. A
/// guess, no photograph of a permit being misread so.
const SURE_NUMBER: f32 = 0.95;

/// A line that says nothing but the mark, in one language or two.
pub(crate) fn is_mark(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let rest = MARKS.iter().fold(bare.clone(), |rest, mark| rest.replace(mark, ""));
    !bare.is_empty() && rest.is_empty()
}

/// Whether a Chinese citizen number begins with a region that GB/T 2260 does not have.
fn nowhere(number: &str) -> bool {
    let long = number.len() >= 17 && number.bytes().take(17).all(|b| b.is_ascii_digit());
    long && !number::has_province(number)
}

#[cfg(test)]
mod tests;
