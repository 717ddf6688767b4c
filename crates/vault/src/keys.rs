//! Each person's key: made, wrapped, opened, destroyed.

use std::fmt;
use std::path::Path as Folder;
use std::sync::Arc;

use domain::id::AccountId;
use jiff::Timestamp;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use sealing::Key;

use crate::errors::VaultError;
use crate::master::MasterKeys;
use crate::place::Place;

/// Bytes before a wrapped key: the version of the master key, big-endian.
const VERSION: usize = 4;

/// Keys and objects of all people, each sealed.
///
/// The two stores are apart on purpose: the keys' backups may be kept for days only, as an
/// erased person's key lives on in them until the last one is gone.
pub struct Vault {
    pub(crate) keys: Arc<dyn ObjectStore>,
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) master: MasterKeys,
}

/// A person's data key, open. It is wiped when dropped.
pub struct PersonKey {
    account: AccountId,
    key: Key,
}

/// When somebody was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Who.
    pub account: AccountId,
    /// When their key was destroyed.
    pub at: Timestamp,
}

impl fmt::Display for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.account, self.at)
    }
}

impl PersonKey {
    /// Seals `text` under this key, bound to the `context` that opens it.
    pub fn seal(&self, context: &str, text: &[u8]) -> Vec<u8> {
        self.key.seal(format!("{} {context}", self.account).as_bytes(), text)
    }

    /// Opens what [`PersonKey::seal`] made in the same context.
    ///
    /// # Errors
    /// When it was changed, or is another person's or another context's.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut sealed = sealed.to_vec();
        let context_of = format!("{} {context}", self.account);
        let text = self.key.open(context_of.as_bytes(), &mut sealed);
        let text = text.ok_or_else(|| VaultError::DoesNotOpen { what: context.to_owned() })?;
        Ok(text.to_vec())
    }
}

impl Vault {
    /// A vault of these two places, whose keys are wrapped by `master`. Keep them apart: a
    /// backup of the keys may live for days only.
    pub fn new(keys: Place, objects: Place, master: MasterKeys) -> Self {
        Self { keys: keys.0, objects: objects.0, master }
    }

    /// A vault in `folder`: keys in `keys`, objects in `objects`.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn local(folder: &Folder, master: MasterKeys) -> Result<Self, VaultError> {
        let open = |name| Place::folder(&folder.join(name));
        Ok(Self::new(open("keys")?, open("objects")?, master))
    }

    /// The key of `account`, made where there is none yet.
    ///
    /// # Errors
    /// When the person was erased, the key was changed, its master key is not here, or the
    /// store fails.
    pub async fn person(&self, account: AccountId) -> Result<PersonKey, VaultError> {
        if let Some(key) = self.existing(account).await? {
            return Ok(key);
        }
        self.refuse_closed(account).await?;
        let (_, bytes) = Key::generate();
        let wrapped = self.wrap(account, &bytes[..]);
        let create = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let made = self.keys.put_opts(&key_path(account), wrapped.into(), create).await;
        match made {
            // Another process made one between our look and now: that one counts.
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => {}
            Err(error) => {
                return Err(VaultError::store(format!("making the key of {account}"))(error));
            }
        }
        self.refuse_closed(account).await?;
        let key = self.existing(account).await?;
        key.ok_or(VaultError::DoesNotOpen { what: format!("the key of {account}") })
    }

    /// Destroys the key of `account`: what it sealed never opens again. Done twice, the first
    /// time counts.
    ///
    /// # Errors
    /// When the store fails; until this returns, nothing is certain.
    pub async fn erase(&self, account: AccountId, at: Timestamp) -> Result<Erased, VaultError> {
        // The mark comes first: from then on nobody makes the person a new key.
        let create = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let mark = PutPayload::from(at.to_string().into_bytes());
        let at = match self.keys.put_opts(&mark_path(account), mark, create).await {
            Ok(_) => at,
            Err(object_store::Error::AlreadyExists { .. }) => {
                self.erased_at(account).await?.unwrap_or(at)
            }
            Err(error) => return Err(VaultError::store(format!("erasing {account}"))(error)),
        };
        self.destroy(account).await?;
        Ok(Erased { account, at })
    }

    /// Sets the key of `account` aside: until it is [lifted](Vault::lift) nothing that it
    /// sealed opens, and nothing new is sealed. For whoever asked to be erased while a law
    /// wants their data to be kept.
    ///
    /// # Errors
    /// When the store fails: then it may open still, and it is to be done again.
    pub async fn restrict(&self, account: AccountId) -> Result<(), VaultError> {
        let doing = || VaultError::store(format!("restricting {account}"));
        let aside = aside_path(account);
        // Without a key there is an empty mark: nobody makes the person one.
        let wrapped = self.read(&key_path(account)).await?;
        if wrapped.is_some() || self.read(&aside).await?.is_none() {
            let wrapped = PutPayload::from(wrapped.unwrap_or_default());
            self.keys.put(&aside, wrapped).await.map_err(doing())?;
        }
        self.remove(&key_path(account)).await.map_err(doing())
    }

    /// Whether the key of `account` lies where it opens what it sealed: neither set aside nor
    /// destroyed, nor not made yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_open(&self, account: AccountId) -> Result<bool, VaultError> {
        match self.keys.head(&key_path(account)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => {
                Err(VaultError::store(format!("looking for the key of {account}"))(error))
            }
        }
    }

    /// Puts a key that was [set aside](Vault::restrict) back.
    ///
    /// # Errors
    /// When the store fails: then it does not open, and it is to be done again.
    pub async fn lift(&self, account: AccountId) -> Result<(), VaultError> {
        let doing = || VaultError::store(format!("lifting the restriction of {account}"));
        let Some(wrapped) = self.read(&aside_path(account)).await? else { return Ok(()) };
        if !wrapped.is_empty() {
            self.keys.put(&key_path(account), wrapped.into()).await.map_err(doing())?;
        }
        self.remove(&aside_path(account)).await.map_err(doing())
    }

    /// An error for a person who was erased or is restricted. A key that was written while
    /// they were being erased goes too: looked for after every write, none outlives the mark.
    async fn refuse_closed(&self, account: AccountId) -> Result<(), VaultError> {
        if let Some(at) = self.erased_at(account).await? {
            self.destroy(account).await?;
            return Err(VaultError::Erased(Erased { account, at }));
        }
        match self.read(&aside_path(account)).await? {
            None => Ok(()),
            Some(_) => Err(VaultError::Restricted { account }),
        }
    }

    pub(crate) async fn destroy(&self, account: AccountId) -> Result<(), VaultError> {
        for path in [key_path(account), aside_path(account)] {
            let doing = VaultError::store(format!("erasing {account}"));
            self.remove(&path).await.map_err(doing)?;
        }
        Ok(())
    }

    async fn remove(&self, path: &Path) -> Result<(), object_store::Error> {
        match self.keys.delete(path).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            removed => removed,
        }
    }

    async fn existing(&self, account: AccountId) -> Result<Option<PersonKey>, VaultError> {
        let Some(wrapped) = self.read(&key_path(account)).await? else { return Ok(None) };
        let (_, bytes) = self.unwrap(account, &wrapped)?;
        let bytes: [u8; 32] = bytes[..].try_into().map_err(|_| damaged(account))?;
        Ok(Some(PersonKey { account, key: Key::new(bytes) }))
    }

    /// When the key of `account` was destroyed, where it was.
    ///
    /// # Errors
    /// When the store fails, or holds what this version cannot read.
    pub async fn erased_at(&self, account: AccountId) -> Result<Option<Timestamp>, VaultError> {
        let Some(mark) = self.read(&mark_path(account)).await? else { return Ok(None) };
        let text = std::str::from_utf8(&mark).ok().and_then(|text| text.parse().ok());
        text.map(Some).ok_or_else(|| VaultError::DoesNotOpen {
            what: format!("the mark that {account} was erased"),
        })
    }

    pub(crate) async fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
        let doing = VaultError::store(format!("reading {path}"));
        match self.keys.get(path).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(doing)?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(doing(error)),
        }
    }

    pub(crate) fn wrap(&self, account: AccountId, bytes: &[u8]) -> Vec<u8> {
        let (version, master) = self.master.newest();
        let mut wrapped = version.to_be_bytes().to_vec();
        wrapped.extend(master.seal(&context(account, version), bytes));
        wrapped
    }

    /// The version of the master key, and the person's key.
    pub(crate) fn unwrap(
        &self,
        account: AccountId,
        wrapped: &[u8],
    ) -> Result<(u32, Vec<u8>), VaultError> {
        let (version, sealed) = versioned(wrapped).ok_or_else(|| damaged(account))?;
        let master = self.master.get(version);
        let what = || format!("the key of {account}");
        let master = master.ok_or_else(|| VaultError::NoMasterKey { what: what(), version })?;
        let mut sealed = sealed.to_vec();
        let bytes = master.open(&context(account, version), &mut sealed);
        Ok((version, bytes.ok_or_else(|| damaged(account))?.to_vec()))
    }
}

/// The version of the master key before what it sealed, and this.
pub(crate) fn versioned(sealed: &[u8]) -> Option<(u32, &[u8])> {
    let (version, sealed) = sealed.split_at_checked(VERSION)?;
    Some((u32::from_be_bytes(version.try_into().expect("four bytes")), sealed))
}

fn damaged(account: AccountId) -> VaultError {
    VaultError::DoesNotOpen { what: format!("the key of {account}") }
}

fn context(account: AccountId, version: u32) -> Vec<u8> {
    format!("bonafide key {account} {version}").into_bytes()
}

pub(crate) fn key_path(account: AccountId) -> Path {
    Path::from(format!("{account}.key"))
}

pub(crate) fn aside_path(account: AccountId) -> Path {
    Path::from(format!("{account}.restricted"))
}

fn mark_path(account: AccountId) -> Path {
    Path::from(format!("{account}.erased"))
}
