//! The fields a document can carry and what was read for each.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use matching::dates::PartialDate;
use serde::{Deserialize, Serialize};

/// A field of an identity document, under its stable public name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Family name in Latin letters.
    Surname,
    /// Given names in Latin letters.
    GivenNames,
    /// The whole Latin name where the document does not part it.
    FullName,
    /// The whole name in the document's own script (姓名).
    FullNameNative,
    /// The number of this document.
    DocumentNumber,
    /// The holder's national number (公民身份号码).
    NationalIdNumber,
    /// Nationality as an ICAO 9303-3 code.
    Nationality,
    /// Issuing state as an ICAO 9303-3 code, D written DEU.
    IssuingCountry,
    /// Birth date, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    BirthDate,
    /// `M`, `F` or `X`.
    Sex,
    /// Ethnic group as printed, without 族.
    Ethnicity,
    /// Address on one line, without line breaks.
    Address,
    /// Issuing authority as printed.
    IssuingAuthority,
    /// Date of issue, as [`Field::BirthDate`].
    IssueDate,
    /// Last valid day, as [`Field::BirthDate`], or `long_term`.
    ExpiryDate,
}

impl Field {
    /// Every field, in the order a reader expects.
    pub const ALL: [Self; 15] = [
        Self::Surname,
        Self::GivenNames,
        Self::FullName,
        Self::FullNameNative,
        Self::DocumentNumber,
        Self::NationalIdNumber,
        Self::Nationality,
        Self::IssuingCountry,
        Self::BirthDate,
        Self::Sex,
        Self::Ethnicity,
        Self::Address,
        Self::IssuingAuthority,
        Self::IssueDate,
        Self::ExpiryDate,
    ];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::GivenNames => "given_names",
            Self::FullName => "full_name",
            Self::FullNameNative => "full_name_native",
            Self::DocumentNumber => "document_number",
            Self::NationalIdNumber => "national_id_number",
            Self::Nationality => "nationality",
            Self::IssuingCountry => "issuing_country",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::Ethnicity => "ethnicity",
            Self::Address => "address",
            Self::IssuingAuthority => "issuing_authority",
            Self::IssueDate => "issue_date",
            Self::ExpiryDate => "expiry_date",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where on the document a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The machine-readable zone.
    Mrz,
    /// The printed zone.
    Printed,
    /// A barcode.
    Barcode,
    /// Follows from another value (the birth date inside an id number).
    Derived,
}

/// A value read from a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The value, normalised as its [`Field`] says.
    pub value: String,
    /// Where it was read.
    pub source: Source,
    /// Confidence of the reading, 0 to 1.
    pub confidence: f32,
}

/// What was read, at most one value a field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<Field, Reading>);

impl Fields {
    /// The value of `field`, if it was read.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(|reading| reading.value.as_str())
    }

    /// The last day that the date of `field` can mean: of `2032-04` the 30th. `None` where none
    /// was read, or no date, such as `long_term`.
    pub fn last_day(&self, field: Field) -> Option<Date> {
        self.value(field)?.parse::<PartialDate>().ok().map(PartialDate::last_day)
    }

    /// Records `value` for `field`, in place of an earlier one.
    pub fn set(&mut self, field: Field, value: impl Into<String>, source: Source, confidence: f32) {
        self.0.insert(field, Reading { value: value.into(), source, confidence });
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
