//! The documents that are known: what they print, how large they are, where what stands.

use std::sync::LazyLock;

use domain::document::{Country, DocumentType, Side};
use domain::field::Field;
use serde::Deserialize;

use super::folded;
use crate::page::Page;

/// What is known of a type of document, of one issuer or of all. `documents.toml` says
/// what each entry means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its type.
    #[serde(rename = "type")]
    pub document_type: DocumentType,
    /// Whose it is, where it is one issuer's.
    pub country: Option<Country>,
    /// As [`folded`] writes them.
    titles: Vec<String>,
    /// Width and height of a side, millimetres.
    pub size_mm: [f32; 2],
    /// The side that always bears a machine-readable zone.
    pub zone: Option<Side>,
    /// The half of the front in which the portrait stands.
    pub portrait: Option<Half>,
    /// The side that a picture shows whose text tells no side.
    unless_told: Option<Side>,
    /// The side that may bear a barcode of the AAMVA standard.
    pub barcode: Option<Side>,
    /// Whether its number is its holder's national number.
    #[serde(default)]
    pub number_of_holder: bool,
    #[serde(default)]
    front: Vec<Field>,
    #[serde(default)]
    back: Vec<Field>,
    #[serde(default)]
    numbers: Vec<String>,
}

/// A half of a side, as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Known {
    /// What is known of a `document_type` of `country`, else of every issuer's. Of other types
    /// nothing: titles of some are known, and no two of them are alike.
    pub fn of(document_type: DocumentType, country: Option<&Country>) -> Option<&'static Self> {
        let is = move |known: &&Self| {
            known.document_type == document_type && document_type != DocumentType::Other
        };
        let of_type = || KNOWN.iter().filter(is);
        let own = of_type().find(|known| country.is_some() && known.country.as_ref() == country);
        own.or_else(|| of_type().find(|known| known.country.is_none()))
    }

    /// The fields that `side` always prints; none where neither the picture nor what is
    /// known of the document tells which side it is.
    pub fn prints(&self, side: Option<Side>) -> &[Field] {
        match side.or(self.unless_told) {
            Some(Side::Front) => &self.front,
            Some(Side::Back) => &self.back,
            None => &[],
        }
    }

    /// What of a printed `number` is this document's: all of it where no form is known, `None`
    /// of one that has another form.
    pub fn number_in<'n>(&self, number: &'n str) -> Option<&'n str> {
        if self.numbers.is_empty() {
            return Some(number);
        }
        self.numbers.iter().find_map(|form| {
            let (own, behind) = form.split_once('(').unwrap_or((form, ""));
            let behind = behind.trim_end_matches(')');
            let (first, rest) = number.split_at_checked(own.len())?;
            let fits = has_form(first, own) && (rest.is_empty() || has_form(rest, behind));
            fits.then_some(first)
        })
    }
}

fn has_form(number: &str, form: &str) -> bool {
    let fits = |(c, form): (char, char)| match form {
        '#' => c.is_ascii_digit(),
        '@' => c.is_ascii_uppercase(),
        '*' => c.is_ascii_digit() || c.is_ascii_uppercase(),
        form => c == form,
    };
    number.chars().count() == form.chars().count() && number.chars().zip(form.chars()).all(fits)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {
    document: Vec<Known>,
}

/// The documents of `documents.toml`, in its order.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let registry: Registry =
        toml::from_str(include_str!("documents.toml")).expect("a test reads the file");
    registry.document
});

/// Titles of so many letters begin other words: VISA begins VISALIA. Chinese ones are longer
/// as they are counted, three bytes a character.
const SHORT: usize = 5;

/// The first known document whose title stands at the start or end of a line.
pub(super) fn printed_on(page: &Page) -> Option<&'static Known> {
    printed_in(page.lines.iter().map(|line| line.text.as_str()))
}

/// The same of lines that say these texts.
pub(super) fn printed_in<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'static Known> {
    let bare = |text: &str| text.replace(' ', "");
    let lines: Vec<String> = texts.into_iter().map(folded).collect();
    let bared: Vec<String> = lines.iter().map(|line| bare(line)).collect();
    let word_of = |line: &String, title: &String| {
        let words: Vec<&str> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        [words.first(), words.last()].into_iter().flatten().any(|word| word == title)
    };
    let printed = |title: &String| {
        if title.len() <= SHORT {
            return lines.iter().any(|line| word_of(line, title));
        }
        let title = bare(title);
        bared.iter().any(|line| line.starts_with(&title) || line.ends_with(&title))
    };
    KNOWN.iter().find(|known| known.titles.iter().any(printed))
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn every_title_tells_its_document_however_it_is_accented() {
        for known in KNOWN.iter() {
            assert!(!known.titles.is_empty());
            for title in &known.titles {
                assert_eq!(&folded(title), title, "titles are written folded");
                let place = Rect::new(0.0, 0.0, 300.0, 20.0).quad();
                let found = printed_on(&Page::of([(place, title.as_str(), 0.9)]));
                let found = found.unwrap_or_else(|| panic!("{title} is not found"));
                assert_eq!(found.document_type, known.document_type, "{title}");
                assert!(found.country == known.country || found.country.is_none(), "{title}");
            }
        }
    }

    #[test]
    fn an_issuers_own_document_goes_before_every_issuers() {
        let china = Country::parse("CHN").unwrap();
        let card = |country| Known::of(DocumentType::IdCard, country).unwrap();
        assert_eq!(
            card(Some(&china)).prints(Some(Side::Back)),
            [Field::ExpiryDate, Field::IssuingAuthority]
        );
        assert_eq!(card(None).prints(Some(Side::Back)), []);
        assert_eq!(card(None).prints(None), [], "a card has two sides");
        let passport = Known::of(DocumentType::Passport, None).unwrap();
        assert_eq!(passport.prints(None), passport.prints(Some(Side::Front)));
        assert_eq!(card(Some(&Country::parse("FRA").unwrap())).country, None);
        assert!(Known::of(DocumentType::Other, None).is_none());
        for known in KNOWN.iter().filter(|known| known.document_type != DocumentType::Other) {
            let again = Known::of(known.document_type, known.country.as_ref()).unwrap();
            assert!(std::ptr::eq(again, known), "two tables for one document: {known:?}");
            assert!(known.size_mm[0] > known.size_mm[1], "{known:?}");
        }
    }

    #[test]
    fn a_number_of_another_form_is_not_the_documents() {
        let permit = Known::of(DocumentType::TravelPermit, Country::parse("CHN").ok().as_ref());
        let permit = permit.unwrap();
        for (number, fits) in
            [("C12345678", true), ("CA1234567", true), ("C1234567", false), ("D12345678", false)]
        {
            assert_eq!(permit.number_in(number).is_some(), fits, "{number}");
        }
        let visa = Known::of(DocumentType::Visa, None).unwrap();
        assert_eq!(visa.number_in("ANYTHING"), Some("ANYTHING"));
        let british = Known::of(DocumentType::DrivingLicence, Country::parse("GBR").ok().as_ref());
        for printed in ["MORGA657054SM9IJ35", "MORGA657054SM9IJ"] {
            assert_eq!(british.unwrap().number_in(printed), Some("MORGA657054SM9IJ"));
        }
        assert_eq!(british.unwrap().number_in("MORGA657054SM9IJ355"), None);
        assert_eq!(british.unwrap().number_in("12345678"), Some("12345678"), "Northern Ireland");
    }
}
