//! Secrets that are shown once and kept as a hash: API keys and applicants' tokens.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::hex;
use crate::installation::Kind;
use crate::world::World;

/// A secret of 256 random bits, as text with a prefix that says what it opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub(crate) fn new(prefix: &str, world: &dyn World) -> Self {
        let bytes = world.bytes::<32>();
        Self(format!("{prefix}_{}", hex::digits(&bytes)))
    }

    /// What was sent as one.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The kind of installation whose API key this is by its prefix; `None` for anything else.
    pub fn kind(&self) -> Option<Kind> {
        [Kind::Live, Kind::Sandbox].into_iter().find(|kind| {
            let rest = self.0.strip_prefix(key_prefix(*kind));
            rest.is_some_and(|rest| rest.starts_with('_'))
        })
    }

    /// SHA-256 of it: all that is kept. A random secret of this length needs no slow hash.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The secret itself, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// What the API keys of such an installation begin with.
pub(crate) fn key_prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Live => "bf_live",
        Kind::Sandbox => "bf_test",
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}
