//! Which half of a data folder a file belongs to; see `eval/split.toml`.

use sha2::{Digest, Sha256};

/// A half of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// Parameters may be chosen on it.
    Tuning,
    /// Nothing is chosen on it.
    Check,
}

impl Half {
    /// The half of `key`: a document's path relative to the data folder, or a
    /// person's folder or id there.
    pub fn of(key: &str) -> Self {
        if Sha256::digest(key.as_bytes())[0].is_multiple_of(2) { Self::Tuning } else { Self::Check }
    }

    /// Both, the tuning half first.
    pub const BOTH: [Self; 2] = [Self::Tuning, Self::Check];

    /// As the report names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tuning => "tuning half",
            Self::Check => "check half",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_of_the_digest_decides() {
        // SHA-256: "abc" ba78…, "" e3b0….
        assert_eq!(Half::of("abc"), Half::Tuning);
        assert_eq!(Half::of(""), Half::Check);
    }
}
