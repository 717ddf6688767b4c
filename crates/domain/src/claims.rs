//! What the person typed.

pub use matching::names::{Romanised, romanised};

use serde::{Deserialize, Serialize};

use crate::document::{Country, DocumentType};

/// What the person says of themselves and their document.
///
/// A name is claimed in Latin letters, in the document's own script, or both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Family name in Latin letters.
    pub surname: Option<String>,
    /// Given names in Latin letters.
    pub given_names: Option<String>,
    /// The whole name in the document's own script (姓名).
    pub full_name_native: Option<String>,
    /// Birth date.
    pub birth_date: Option<jiff::civil::Date>,
    /// The type of the document.
    pub document_type: Option<DocumentType>,
    /// The number of the document, or the national number on a card that has
    /// only that.
    pub document_number: Option<String>,
    /// Nationality as an ICAO 9303-3 code.
    pub nationality: Option<Country>,
}
