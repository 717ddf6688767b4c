//! The operator's master key: it wraps each person's key.

use std::collections::BTreeMap;
use std::fmt;

use sealing::Key;

use crate::key_file::{self, NotAKey};

/// Master keys by version: the newest wraps, all of them open.
pub struct MasterKeys {
    newest: u32,
    keys: BTreeMap<u32, Key>,
}

impl MasterKeys {
    /// One key of 32 random bytes, in its `version`.
    pub fn new(version: u32, key: [u8; 32]) -> Self {
        Self { newest: version, keys: [(version, Key::new(key))].into() }
    }

    /// Reads the text of a key file: a line `VERSION:HEX` for each key, the highest version
    /// being the one that wraps from now on.
    ///
    /// # Errors
    /// When a line is no such thing, or there is none.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let keys: BTreeMap<u32, Key> = key_file::keys(text)?
            .into_iter()
            .map(|(version, key)| (version, Key::new(*key)))
            .collect();
        let newest = *keys.keys().next_back().expect("a file of keys has one");
        Ok(Self { newest, keys })
    }

    /// Every version, the lowest first; the last one wraps.
    pub fn versions(&self) -> Vec<u32> {
        self.keys.keys().copied().collect()
    }

    /// The key that wraps, with its version.
    pub(crate) fn newest(&self) -> (u32, &Key) {
        (self.newest, &self.keys[&self.newest])
    }

    /// The key of `version`, where there is one.
    pub(crate) fn get(&self, version: u32) -> Option<&Key> {
        self.keys.get(&version)
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions: Vec<_> = self.keys.keys().collect();
        write!(f, "MasterKeys(versions {versions:?})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_has_a_line_for_each_version() {
        let keys =
            MasterKeys::parse(&format!("# old\n1:{}\n\n2:{}\n", "0a".repeat(32), "ff".repeat(32)));
        let keys = keys.unwrap();
        assert_eq!(keys.newest().0, 2);
        assert!(keys.get(1).is_some() && keys.get(3).is_none());
        assert!(!format!("{keys:?}").contains("ff"));
        for wrong in ["", "1:", "1:0a", &"0a".repeat(32), &format!("x:{}", "0a".repeat(32))] {
            assert!(MasterKeys::parse(wrong).is_err(), "{wrong}");
        }
    }
}
