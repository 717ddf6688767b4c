//! Whether a typed name is the name on the document, and if not, how it differs.
//!
//! Rules are few and explainable; what they get right and wrong on labelled
//! pairs stands in the project's accuracy report. The line that matters: names
//! count as the same only by spelling rules (case, spaces, transliteration,
//! pinyin), never because they are close.

mod latin;
mod native;
mod pinyin;
mod spelling;

pub use latin::{Completeness, LatinName, compare_latin};
pub use native::compare_native;
pub use pinyin::{Romanised, relate_pinyin, romanised};

/// Part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// The family name.
    Surname,
    /// The given names.
    GivenNames,
    /// The name as a whole, where it is not parted or both parts differ.
    Whole,
}

/// How a typed name relates to the one on the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch {
    /// Equal but for case, spaces, hyphens, apostrophes and titles.
    Same,
    /// Equal after transliteration (ICAO Doc 9303-3, section 6) or in pinyin.
    SameAfterTransliteration,
    /// The machine-readable zone ran out of room; as far as it goes it is equal.
    Truncated,
    /// The same words in another order, or in the other part of the name.
    OrderSwapped,
    /// The document has words that were not typed, or typed as an initial.
    Incomplete {
        /// The document's words, capitals.
        missing: Vec<String>,
    },
    /// Words were typed that the document does not have.
    Extra {
        /// The typed words, capitals.
        words: Vec<String>,
    },
    /// A slip of the keyboard apart.
    Typo {
        /// Letters inserted, left out, replaced or exchanged with their neighbour.
        distance: usize,
        /// Where.
        part: NamePart,
    },
    /// Another name.
    Different,
    /// The two cannot be related: scripts without a common romanisation, or
    /// nothing to compare.
    Unknown,
}

impl NameMatch {
    /// Whether this is the same name.
    pub fn agrees(&self) -> bool {
        self.closeness() >= Self::Truncated.closeness()
    }

    /// The closer of two comparisons of one typed name with two readings of
    /// the document's; one that says nothing yields to any other.
    #[must_use]
    pub fn closer(self, other: Self) -> Self {
        if other.closeness() > self.closeness() { other } else { self }
    }

    fn closeness(&self) -> u8 {
        match self {
            Self::Same => 8,
            Self::SameAfterTransliteration => 7,
            Self::Truncated => 6,
            Self::OrderSwapped => 5,
            Self::Incomplete { .. } => 4,
            Self::Extra { .. } => 3,
            Self::Typo { .. } => 2,
            Self::Different => 1,
            Self::Unknown => 0,
        }
    }
}

#[cfg(test)]
mod tests;
