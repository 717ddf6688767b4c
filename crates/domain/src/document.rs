//! Which document it is: type, country, side.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The types of document, under their stable public names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// A passport's data page.
    Passport,
    /// A national identity card.
    IdCard,
    /// A visa.
    Visa,
    /// A driving licence.
    DrivingLicence,
    /// A residence permit.
    ResidencePermit,
    /// A travel permit that is no passport (as for Hong Kong, Macao, Taiwan).
    TravelPermit,
    /// A document of another or unknown type.
    Other,
}

impl DocumentType {
    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdCard => "id_card",
            Self::Visa => "visa",
            Self::DrivingLicence => "driving_licence",
            Self::ResidencePermit => "residence_permit",
            Self::TravelPermit => "travel_permit",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for DocumentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A side of a card; the portrait side is the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The side with the portrait.
    Front,
    /// The other side.
    Back,
}

/// A state or organisation as in ICAO 9303-3: three letters, D written DEU.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(String);

/// A text that is no ICAO 9303-3 code.
#[derive(Debug, Error)]
#[error("a country is a three-letter ICAO 9303-3 code such as CHN, GBR or DEU, not {0:?}")]
pub struct NotACountry(String);

impl Country {
    /// Reads a code of one to three letters, fillers allowed; `D` becomes `DEU`.
    ///
    /// # Errors
    /// When it is not such a code.
    pub fn parse(text: &str) -> Result<Self, NotACountry> {
        let code = text.trim().trim_end_matches('<').to_ascii_uppercase();
        match code.as_str() {
            "D" => Ok(Self("DEU".to_owned())),
            c if c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase()) => Ok(Self(code)),
            _ => Err(NotACountry(text.to_owned())),
        }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;

    fn try_from(text: String) -> Result<Self, NotACountry> {
        Self::parse(&text)
    }
}

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(text: &str) -> Result<Self, NotACountry> {
        Self::parse(text)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
