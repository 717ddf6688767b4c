//! The installation's own secrets: nobody's in particular, so sealed under the master key.

use crate::errors::VaultError;
use crate::keys::{Vault, versioned};

impl Vault {
    /// Seals `text` under the newest master key, bound to the `context` that opens it.
    pub fn seal(&self, context: &str, text: &[u8]) -> Vec<u8> {
        let (version, master) = self.master.newest();
        let mut sealed = version.to_be_bytes().to_vec();
        sealed.extend(master.seal(&bound(context, version), text));
        sealed
    }

    /// Opens what [`Vault::seal`] made in the same context.
    ///
    /// # Errors
    /// When it was changed, is another context's, or its master key is not here.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let damaged = || VaultError::DoesNotOpen { what: context.to_owned() };
        let (version, sealed) = versioned(sealed).ok_or_else(damaged)?;
        let master = self
            .master
            .get(version)
            .ok_or_else(|| VaultError::NoMasterKey { what: context.to_owned(), version })?;
        let mut sealed = sealed.to_vec();
        let text = master.open(&bound(context, version), &mut sealed);
        Ok(text.ok_or_else(damaged)?.to_vec())
    }
}

fn bound(context: &str, version: u32) -> Vec<u8> {
    format!("bonafide secret {context} {version}").into_bytes()
}
