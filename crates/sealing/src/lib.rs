//! Sealing what lies on disk: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under a key of
//! 256 bits, a random nonce before and a tag behind.

use std::fmt;

use chacha20poly1305::aead::{AeadInOut, Generate, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bytes of a nonce: long enough to draw them at random for ever.
const NONCE: usize = 24;

/// Bytes of an authentication tag.
const TAG: usize = 16;

/// Bytes that sealing adds.
pub const OVERHEAD: usize = NONCE + TAG;

/// A key to seal with, 256 bits. It is wiped when dropped.
pub struct Key(XChaCha20Poly1305);

impl Key {
    /// The key of these bytes, which must be random and kept secret.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&bytes.into()))
    }

    /// Seals `text`, bound to the `context` that must be given to open it.
    pub fn seal(&self, context: &[u8], text: &[u8]) -> Vec<u8> {
        let nonce = XNonce::generate();
        let mut sealed = [&nonce[..], text].concat();
        let tag = self
            .0
            .encrypt_inout_detached(&nonce, context, (&mut sealed[NONCE..]).into())
            .expect("a record is far shorter than the cipher's limit");
        sealed.extend_from_slice(&tag);
        sealed
    }

    /// Opens what [`Key::seal`] made, in place; `None` when a bit of it, of the
    /// context or of the key differs.
    pub fn open<'s>(&self, context: &[u8], sealed: &'s mut [u8]) -> Option<&'s [u8]> {
        let (nonce, rest) = sealed.split_at_mut_checked(NONCE)?;
        let (text, tag) = rest.split_at_mut_checked(rest.len().checked_sub(TAG)?)?;
        let nonce = XNonce::try_from(&*nonce).ok()?;
        let tag = Tag::try_from(&*tag).ok()?;
        self.0.decrypt_inout_detached(&nonce, context, (&mut *text).into(), &tag).ok()?;
        Some(text)
    }

    /// A new random key, with its bytes for the caller to wrap and keep.
    pub fn generate() -> (Self, Zeroizing<[u8; 32]>) {
        let bytes = Zeroizing::new(<[u8; 32]>::generate());
        (Self::new(*bytes), bytes)
    }

    /// The same key once more.
    #[must_use]
    pub fn share(&self) -> Self {
        Self(self.0.clone())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([redacted])")
    }
}

/// A number of 16 random bytes.
pub fn random_id() -> [u8; 16] {
    <[u8; 16]>::generate()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_bit_anywhere_is_noticed() {
        let key = Key::new([1; 32]);
        let sealed = key.seal(b"here", b"a face");
        assert_eq!(sealed.len(), 6 + OVERHEAD);
        assert_eq!(key.open(b"here", &mut sealed.clone()), Some(&b"a face"[..]));
        for bit in 0..8 * sealed.len() {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.open(b"here", &mut changed), None, "bit {bit}");
        }
        assert_eq!(key.open(b"there", &mut sealed.clone()), None);
        assert_eq!(Key::new([2; 32]).open(b"here", &mut sealed.clone()), None);
        assert_eq!(key.open(b"here", &mut [0; OVERHEAD - 1]), None);
        assert_ne!(sealed, key.seal(b"here", b"a face"));
    }
}
