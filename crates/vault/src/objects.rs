//! Objects: sealed pictures and captures, by name.

use std::fmt;

use domain::id::{PartId, UploadId};
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};

use crate::errors::VaultError;
use crate::keys::{PersonKey, Vault};

/// The name of an object. It holds an id and nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectName(String);

impl ObjectName {
    /// What was uploaded.
    pub fn upload(id: UploadId) -> Self {
        Self(format!("uploads/{id}"))
    }

    /// A part of what is being uploaded.
    pub fn part(id: PartId) -> Self {
        Self(format!("parts/{id}"))
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Vault {
    /// Keeps `bytes` under `name`, sealed; what was there under it is gone. On return they
    /// would survive a loss of power.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(
        &self,
        key: &PersonKey,
        name: &ObjectName,
        bytes: &[u8],
    ) -> Result<(), VaultError> {
        let sealed = key.seal(&name.0, bytes);
        let doing = VaultError::store(format!("keeping {name}"));
        self.objects
            .put(&Path::from(name.0.as_str()), PutPayload::from(sealed))
            .await
            .map_err(doing)?;
        Ok(())
    }

    /// What [`Vault::put`] kept.
    ///
    /// # Errors
    /// When there is no such object, it was changed, or the store fails.
    pub async fn get(&self, key: &PersonKey, name: &ObjectName) -> Result<Vec<u8>, VaultError> {
        let found = self.objects.get(&Path::from(name.0.as_str())).await;
        let found = found.map_err(|error| missing(name, error))?;
        let sealed = found.bytes().await.map_err(|error| missing(name, error))?;
        key.open(&name.0, &sealed)
    }

    /// Writes a probe to both stores, reads it and removes it: whether they can be worked with. No
    /// two probes at one time have the same `name`.
    ///
    /// # Errors
    /// When one of them cannot; it says which.
    pub async fn probe(&self, name: &str) -> Result<(), VaultError> {
        for (store, kind) in [(&self.keys, "keys"), (&self.objects, "objects")] {
            let doing = || VaultError::store(format!("probing the store of {kind}"));
            let probe = Path::from(format!("probe-{name}"));
            store.put(&probe, PutPayload::from_static(b"probe")).await.map_err(doing())?;
            let found = store.get(&probe).await.map_err(doing())?;
            let read = found.bytes().await.map_err(doing())?;
            if &read[..] != b"probe" {
                return Err(VaultError::DoesNotOpen { what: format!("the probe of {kind}") });
            }
            store.delete(&probe).await.map_err(doing())?;
        }
        Ok(())
    }

    /// Removes an object; one that is not there is gone already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn delete(&self, name: &ObjectName) -> Result<(), VaultError> {
        match self.objects.delete(&Path::from(name.0.as_str())).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(VaultError::store(format!("removing {name}"))(error)),
        }
    }
}

fn missing(name: &ObjectName, error: object_store::Error) -> VaultError {
    match error {
        object_store::Error::NotFound { .. } => VaultError::NoSuchObject { name: name.0.clone() },
        error => VaultError::store(format!("reading {name}"))(error),
    }
}
