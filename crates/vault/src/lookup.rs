//! Looking for the same document or number without keeping it: keyed hashes.

use std::collections::BTreeMap;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_file::{self, KeyBytes, NotAKey};

/// The keys of the lookups by version, kept outside the database: who has only the database cannot
/// try out numbers. The newest hashes what is recorded; what an older one hashed is still found, as
/// what is looked for is hashed under each.
pub struct LookupKeys {
    keys: BTreeMap<u32, KeyBytes>,
}

/// HMAC-SHA256 of what is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LookupHash {
    /// The version of the key.
    pub version: u32,
    /// The hash.
    pub hash: [u8; 32],
}

/// The same thing hashed under each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupHashes {
    /// Under the newest, as it is recorded.
    pub newest: LookupHash,
    /// Under the older ones, the newer first.
    pub older: Vec<LookupHash>,
}

impl LookupKeys {
    /// One key of 32 random bytes, in its `version`.
    pub fn new(version: u32, key: [u8; 32]) -> Self {
        Self { keys: [(version, Zeroizing::new(key))].into() }
    }

    /// Reads the text of a key file: a line `VERSION:HEX` for each key, the highest version being
    /// the one that hashes what is recorded from now on.
    ///
    /// # Errors
    /// When a line is no such thing, or there is none.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        Ok(Self { keys: key_file::keys(text)? })
    }

    /// Every version, the lowest first.
    pub fn versions(&self) -> Vec<u32> {
        self.keys.keys().copied().collect()
    }

    /// The hashes of `parts` as a `kind` of thing. Each part is set off by its length, so that
    /// no two lists of parts are the same text.
    pub fn hashes(&self, kind: &str, parts: &[&str]) -> LookupHashes {
        let hashed = |(version, key): (&u32, &KeyBytes)| {
            let mut mac = Hmac::<Sha256>::new_from_slice(&**key).expect("a key of any length");
            for part in std::iter::once(&kind).chain(parts) {
                mac.update(&(part.len() as u64).to_be_bytes());
                mac.update(part.as_bytes());
            }
            LookupHash { version: *version, hash: mac.finalize().into_bytes().into() }
        };
        let mut hashes = self.keys.iter().rev().map(hashed);
        let newest = hashes.next().expect("there is a key");
        LookupHashes { newest, older: hashes.collect() }
    }
}

impl fmt::Debug for LookupKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookupKeys(versions {:?})", self.versions())
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
        let key = LookupKeys::new(1, [7; 32]);
        let hash = key.hashes("document", &["CHN", "id_card", "1"]);
        assert_eq!(hash, key.hashes("document", &["CHN", "id_card", "1"]));
        assert_ne!(hash, key.hashes("national_id", &["CHN", "id_card", "1"]));
        assert_ne!(hash, key.hashes("document", &["CHN", "id_card1", ""]));
        assert_ne!(hash, key.hashes("document", &["CHNid_card", "1"]));
        let other = LookupKeys::new(1, [8; 32]).hashes("document", &["CHN", "id_card", "1"]);
        assert_ne!(hash.newest.hash, other.newest.hash);
    }

    #[test]
    fn what_an_older_key_hashed_is_found_under_a_newer_one() {
        let (old, new) = (format!("1:{}\n", "07".repeat(32)), format!("3:{}\n", "08".repeat(32)));
        let before = LookupKeys::parse(&old).unwrap().hashes("document", &["CHN", "1"]);
        let both = LookupKeys::parse(&(new.clone() + &old)).unwrap();
        assert_eq!(both.versions(), [1, 3]);
        let now = both.hashes("document", &["CHN", "1"]);
        assert_eq!((now.newest.version, &now.older[..]), (3, &[before.newest][..]));
        let alone = LookupKeys::parse(&new).unwrap().hashes("document", &["CHN", "1"]);
        assert_eq!((alone.newest, &alone.older[..]), (now.newest, &[][..]));
    }
}
