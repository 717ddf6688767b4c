//! The secret that sender and receiver share.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

const PREFIX: &str = "whsec_";
const SHORTEST: usize = 24;
const LONGEST: usize = 64;
/// Base64 comes in groups of four characters for three bytes.
const GROUPS: usize = LONGEST.div_ceil(3);

/// Why something is no secret. It is not told which character is wrong: that
/// would be part of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// Something else, perhaps a public key.
    #[error("a signing secret starts with {PREFIX:?}; copy it with its beginning")]
    Prefix,
    /// Not Base64.
    #[error("a signing secret is Base64 after {PREFIX:?}; copy it whole")]
    NotBase64,
    /// Too easily guessed, or longer than the standard has it.
    #[error("a signing secret has {SHORTEST} to {LONGEST} bytes; make a new one")]
    Length,
}

/// A signing secret of Standard Webhooks: 24 to 64 bytes, wiped from memory
/// when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Reads `whsec_` and Base64, as [`Secret::reveal`] writes it.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(SecretError::Prefix)?;
        if encoded.len() > 4 * GROUPS {
            return Err(SecretError::Length);
        }
        let mut key = Zeroizing::new([0; 3 * GROUPS]);
        let length =
            STANDARD.decode_slice(encoded, &mut *key).map_err(|_| SecretError::NotBase64)?;
        Self::from_bytes(&key[..length])
    }

    /// A secret of bytes that nobody can guess: give it 32 from the system's
    /// random source.
    ///
    /// # Errors
    /// When there are too few bytes, or too many.
    pub fn from_bytes(key: &[u8]) -> Result<Self, SecretError> {
        if !(SHORTEST..=LONGEST).contains(&key.len()) {
            return Err(SecretError::Length);
        }
        Ok(Self(Zeroizing::new(key.to_vec())))
    }

    /// The secret as text, to be shown to whoever receives what it signs, and
    /// to nobody else.
    pub fn reveal(&self) -> Zeroizing<String> {
        // All at once: a buffer that grew would leave a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + 4 * GROUPS));
        text.push_str(PREFIX);
        STANDARD.encode_string(&*self.0, &mut text);
        text
    }

    /// A code over nothing yet.
    pub(crate) fn mac(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(&self.0).expect("HMAC takes a key of any length")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_24_to_64_bytes_of_base64_are_a_secret() {
        let of = |length: usize| format!("whsec_{}", STANDARD.encode(vec![9; length]));
        let cases = [
            (of(23), Err(SecretError::Length)),
            (of(24), Ok(())),
            (of(64), Ok(())),
            (of(65), Err(SecretError::Length)),
            (of(67), Err(SecretError::Length)),
            (of(10_000), Err(SecretError::Length)),
            ("whsec_".into(), Err(SecretError::Length)),
            (of(24).replace("whsec_", ""), Err(SecretError::Prefix)),
            (of(32).replace("whsec_", "whsk_"), Err(SecretError::Prefix)),
            (of(32).replace('=', ""), Err(SecretError::NotBase64)),
            (of(32) + "\n", Err(SecretError::NotBase64)),
            ("whsec_????????????????????????????????".into(), Err(SecretError::NotBase64)),
        ];
        for (text, expected) in cases {
            assert_eq!(Secret::parse(&text).map(drop), expected, "{text}");
        }
    }

    #[test]
    fn debug_and_errors_hold_nothing_of_the_secret() {
        let secret = Secret::from_bytes(b"unguessable-unguessable-").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret([redacted])");
        let refused = Secret::parse("whsec_unguessable!").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("unguess"));
    }

    proptest! {
        #[test]
        fn a_revealed_secret_reads_back(key in prop::collection::vec(any::<u8>(), 24..=64)) {
            let read = Secret::parse(&Secret::from_bytes(&key).unwrap().reveal()).unwrap();
            prop_assert_eq!(&*read.0, &key);
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Secret::parse(&text);
            let _ = Secret::parse(&format!("whsec_{text}"));
        }
    }
}
