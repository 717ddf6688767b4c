//! Files of keys: a line `VERSION:HEX` for each, as `bonafide init` writes them.

use std::collections::BTreeMap;

use thiserror::Error;
use zeroize::Zeroizing;

/// 32 bytes that are wiped when dropped.
pub(crate) type KeyBytes = Zeroizing<[u8; 32]>;

/// Text that is no file of keys.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "a key file has lines of VERSION:KEY, a whole number and 64 hexadecimal digits, as \
     `bonafide init` writes it, and each version once; line {line} is not such a one"
)]
pub struct NotAKey {
    /// Which line, counted from 1.
    pub(crate) line: usize,
}

/// The keys of a file by their versions, one at least. Empty lines, and those that begin with
/// `#`, say nothing.
pub(crate) fn keys(text: &str) -> Result<BTreeMap<u32, KeyBytes>, NotAKey> {
    let mut keys = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (version, key) = entry(line).ok_or(NotAKey { line: number + 1 })?;
        // Of two keys of one version nothing says which made what.
        if keys.insert(version, key).is_some() {
            return Err(NotAKey { line: number + 1 });
        }
    }
    if keys.is_empty() { Err(NotAKey { line: 1 }) } else { Ok(keys) }
}

/// The version and the key of a line.
pub(crate) fn entry(line: &str) -> Option<(u32, KeyBytes)> {
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
