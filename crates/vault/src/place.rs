//! Where a store lies: in a folder, or in a bucket of an S3-compatible service.

use std::path::Path as Folder;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;

use crate::errors::VaultError;

/// A store of objects that is open. It can be cloned, and stays one.
#[derive(Clone)]
pub struct Place(pub(crate) Arc<dyn ObjectStore>);

impl Place {
    /// A folder, which is made where there is none. What is written to it would survive a
    /// loss of power.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(folder: &Folder) -> Result<Self, VaultError> {
        let open = || -> Result<_, object_store::Error> {
            std::fs::create_dir_all(folder).map_err(|source| object_store::Error::Generic {
                store: "local",
                source: Box::new(source),
            })?;
            Ok(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
        };
        let doing = VaultError::store(format!("opening the vault in {}", folder.display()));
        Ok(Self(Arc::new(open().map_err(doing)?)))
    }

    /// What `address` names: `s3://bucket`, `s3://bucket/prefix`, or a folder. Of `settings`
    /// those count that are named `AWS_…` and are known, such as `AWS_ENDPOINT`,
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`.
    ///
    /// The service has to refuse a write of an object that is there already when it is asked
    /// to (`If-None-Match`): two processes never make one person two keys.
    ///
    /// # Errors
    /// When the address names nothing or the settings contradict themselves.
    pub fn open(
        address: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, VaultError> {
        let Some(rest) = address.strip_prefix("s3://") else {
            return Self::folder(Folder::new(address));
        };
        // Whichever comes first is kept; all are the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket);
        for (name, value) in settings {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
        }
        let opened = builder.build().map_err(VaultError::store(format!("opening {address}")))?;
        Ok(Self(match prefix.trim_matches('/') {
            "" => Arc::new(opened),
            prefix => Arc::new(PrefixStore::new(opened, prefix)),
        }))
    }
}
