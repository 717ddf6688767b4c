//! What the two stores list: people by their keys, uploads by their objects.

use domain::id::{AccountId, PartId, UploadId};
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::ObjectMeta;
use object_store::path::Path;

use crate::errors::VaultError;
use crate::keys::Vault;

/// What the name of an object names.
type Named<T> = Box<dyn Fn(&str) -> Option<T> + Send>;

/// What is listed, in no order; something may come twice.
pub struct Listed<T> {
    objects: BoxStream<'static, object_store::Result<ObjectMeta>>,
    named: Named<T>,
}

impl<T> Listed<T> {
    /// The next one, `None` at the end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn next(&mut self) -> Result<Option<T>, VaultError> {
        let Self { objects, named } = self;
        loop {
            let object = objects.try_next().await;
            let Some(object) = object.map_err(VaultError::store("listing the vault"))? else {
                return Ok(None);
            };
            if let Some(found) = object.location.filename().and_then(&*named) {
                return Ok(Some(found));
            }
        }
    }
}

impl Vault {
    /// Everyone who has a key here, also one that was set aside.
    pub fn people(&self) -> Listed<AccountId> {
        self.of_kinds(&["key", "restricted"])
    }

    /// Everyone who was erased.
    pub fn erased(&self) -> Listed<AccountId> {
        self.of_kinds(&["erased"])
    }

    /// Everyone whose key was [set aside](Vault::restrict).
    pub fn restricted(&self) -> Listed<AccountId> {
        self.of_kinds(&["restricted"])
    }

    fn of_kinds(&self, kinds: &'static [&'static str]) -> Listed<AccountId> {
        let named = move |name: &str| {
            let (account, kind) = name.split_once('.')?;
            account.parse().ok().filter(|_| kinds.contains(&kind))
        };
        Listed { objects: self.keys.list(None), named: Box::new(named) }
    }

    /// Every upload whose object is here.
    pub fn uploads(&self) -> Listed<UploadId> {
        let objects = self.objects.list(Some(&Path::from("uploads")));
        Listed { objects, named: Box::new(|name| name.parse().ok()) }
    }

    /// Every part of an upload whose object is here.
    pub fn parts(&self) -> Listed<PartId> {
        let objects = self.objects.list(Some(&Path::from("parts")));
        Listed { objects, named: Box::new(|name| name.parse().ok()) }
    }
}
