//! A new master key takes over from an old one: what the old one sealed is sealed anew.

use std::collections::BTreeSet;

use domain::id::AccountId;
use object_store::ObjectStoreExt;

use crate::errors::VaultError;
use crate::keys::{Vault, aside_path, key_path, versioned};

impl Vault {
    /// The versions of the master key that are configured, the lowest first; the last one wraps.
    pub fn master_versions(&self) -> Vec<u32> {
        self.master.versions()
    }

    /// The versions of the master key that wrap the key of `account`: one, or two where it is
    /// being set aside, or none where there is no key.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrapped_by(&self, account: AccountId) -> Result<BTreeSet<u32>, VaultError> {
        let mut versions = BTreeSet::new();
        for path in [key_path(account), aside_path(account)] {
            let wrapped = self.read(&path).await?.unwrap_or_default();
            versions.extend(versioned(&wrapped).map(|(version, _)| version));
        }
        Ok(versions)
    }

    /// Wraps the key of `account` by the newest master key, where an older one did. Whether it
    /// had to. Nobody may set the key aside or lift it meanwhile.
    ///
    /// # Errors
    /// When the key was changed, its master key is not here, or the store fails: then it opens
    /// as before, and it is to be done again.
    pub async fn rewrap(&self, account: AccountId) -> Result<bool, VaultError> {
        let mut had_to = false;
        for path in [key_path(account), aside_path(account)] {
            let wrapped = self.read(&path).await?.filter(|wrapped| !wrapped.is_empty());
            let Some(wrapped) = wrapped else { continue };
            let (version, bytes) = self.unwrap(account, &wrapped)?;
            if version == self.master.newest().0 {
                continue;
            }
            let wrapped = self.wrap(account, &bytes);
            let doing = VaultError::store(format!("wrapping the key of {account}"));
            self.keys.put(&path, wrapped.into()).await.map_err(doing)?;
            // Erased meanwhile: no key outlives the mark.
            if self.erased_at(account).await?.is_some() {
                self.destroy(account).await?;
            }
            had_to = true;
        }
        Ok(had_to)
    }

    /// The version of the master key that sealed a secret of the installation; `None` where it
    /// is none.
    pub fn sealed_by(&self, sealed: &[u8]) -> Option<u32> {
        versioned(sealed).map(|(version, _)| version)
    }
}
