//! The operator's master key: it wraps each person's key.

use std::collections::BTreeMap;
use std::fmt;

use sealing::Key;
use thiserror::Error;
use zeroize::Zeroizing;

/// Master keys by version: the newest wraps, all of them open.
pub struct MasterKeys {
    newest: u32,
    keys: BTreeMap<u32, Key>,
}

/// Text that is no master key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "a key file has lines of VERSION:KEY, a whole number and 64 hexadecimal digits, as \
     `bonafide init` writes it, and each version once; line {line} is not such a one"
)]
pub struct NotAKey {
    /// Which line, counted from 1.
    pub(crate) line: usize,
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
        let mut keys = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (version, key) = entry(line).ok_or(NotAKey { line: number + 1 })?;
            // Of two keys of one version nothing says which sealed what.
            if keys.insert(version, Key::new(*key)).is_some() {
                return Err(NotAKey { line: number + 1 });
            }
        }
        let newest = keys.keys().next_back().copied().ok_or(NotAKey { line: 1 })?;
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

pub(crate) fn entry(line: &str) -> Option<(u32, Zeroizing<[u8; 32]>)> {
    let (version, digits) = line.split_once(':')?;
    let mut key = Zeroizing::new([0; 32]);
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some((version.parse().ok()?, key))
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
