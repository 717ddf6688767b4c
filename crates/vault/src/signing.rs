//! Signing what leaves the installation as evidence: Ed25519 (RFC 8032).

use std::fmt;
use std::str::FromStr;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use thiserror::Error;

use crate::key_file::{NotAKey, entry};

/// The key that signs. It lies beside the other secrets, outside the database: who has only the
/// database cannot sign.
pub struct SigningKey(Ed25519KeyPair);

/// What a signature is checked by. Anyone may have it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// Text that is no public key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a public key is 64 hexadecimal digits, as `bonafide audit key` prints it")]
pub struct NotAPublicKey;

impl SigningKey {
    /// The key of these 32 random bytes.
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(seed).expect("32 bytes are a seed"))
    }

    /// Reads the text of a key file: one line `VERSION:HEX`, as `bonafide init` writes it.
    ///
    /// # Errors
    /// When it is no such thing.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let (_, seed) = entry(text.trim()).ok_or(NotAKey { line: 1 })?;
        Ok(Self::new(&seed))
    }

    /// The public part.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public_key().as_ref().try_into().expect("it has 32 bytes"))
    }

    /// The signature of `text`.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.0.sign(text).as_ref().try_into().expect("a signature has 64 bytes")
    }
}

impl PublicKey {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `signature` is one of `text` under this key.
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(text, signature).is_ok()
    }
}

impl FromStr for PublicKey {
    type Err = NotAPublicKey;

    fn from_str(text: &str) -> Result<Self, NotAPublicKey> {
        let (_, bytes) = entry(&format!("0:{text}")).ok_or(NotAPublicKey)?;
        Ok(Self(*bytes))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(public {})", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn signs_as_the_standard_has_it() {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        let key = SigningKey::parse(&format!("1:{seed}\n")).unwrap();
        let public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        assert_eq!(key.public().to_string(), public);
        assert_eq!(public.parse(), Ok(key.public()));
        assert!(!format!("{key:?}").contains(seed));
        let signature = key.sign(&[0x72]);
        assert_eq!(signature[..4], [0x92, 0xa0, 0x09, 0xa9]);
        assert!(key.public().verifies(&[0x72], &signature));
        assert!(!key.public().verifies(&[0x73], &signature));
        assert!(!SigningKey::new(&[1; 32]).public().verifies(&[0x72], &signature));
        for wrong in ["", "3d40", &format!("{public}0"), &public.replace('3', "x")] {
            assert_eq!(wrong.parse::<PublicKey>(), Err(NotAPublicKey), "{wrong}");
        }
    }
}
