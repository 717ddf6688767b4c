//! Looking for the same document or number without keeping it: keyed hashes.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::master::{NotAKey, entry};

/// The key of the lookups, kept outside the database: who has only the database cannot try
/// out numbers. Its version stands with each hash, so that a new key can take over.
pub struct LookupKey {
    version: u32,
    key: Zeroizing<[u8; 32]>,
}

/// HMAC-SHA256 of what is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LookupHash {
    /// The version of the key.
    pub version: u32,
    /// The hash.
    pub hash: [u8; 32],
}

impl LookupKey {
    /// The key of these 32 random bytes, in its `version`.
    pub fn new(version: u32, key: [u8; 32]) -> Self {
        Self { version, key: Zeroizing::new(key) }
    }

    /// Reads the text of a key file: one line `VERSION:HEX`, as `bonafide init` writes it.
    ///
    /// # Errors
    /// When it is no such thing.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let (version, key) = entry(text.trim()).ok_or(NotAKey { line: 1 })?;
        Ok(Self { version, key })
    }

    /// The hash of `parts` as a `kind` of thing. Each part is set off by its length, so that
    /// no two lists of parts are the same text.
    pub fn hash(&self, kind: &str, parts: &[&str]) -> LookupHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.key).expect("a key of any length");
        for part in std::iter::once(&kind).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        LookupHash { version: self.version, hash: mac.finalize().into_bytes().into() }
    }
}

impl fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookupKey(version {})", self.version)
    }
}

impl fmt::Debug for LookupHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookupHash(version {})", self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_kind_parts_and_keys_apart() {
        let key = LookupKey::new(1, [7; 32]);
        let hash = key.hash("document", &["CHN", "id_card", "1"]);
        assert_eq!(hash, key.hash("document", &["CHN", "id_card", "1"]));
        assert_ne!(hash, key.hash("national_id", &["CHN", "id_card", "1"]));
        assert_ne!(hash, key.hash("document", &["CHN", "id_card1", ""]));
        assert_ne!(hash, key.hash("document", &["CHNid_card", "1"]));
        assert_ne!(
            hash.hash,
            LookupKey::new(1, [8; 32]).hash("document", &["CHN", "id_card", "1"]).hash
        );
    }
}
