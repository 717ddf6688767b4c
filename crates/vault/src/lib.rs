//! The vault: everything personal, sealed under a key of the person's own.
//!
//! Each person has a data key, wrapped by the operator's master key and kept in a store of its
//! own, apart from the objects and from the database. To erase a person is to destroy that one
//! key: whatever is left of them anywhere, in a backup too, opens no more.
//!
//! ```
//! # use bonafide_vault::{MasterKeys, ObjectName, Vault};
//! # use domain::id::{AccountId, UploadId};
//! # use jiff::Timestamp;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let vault = Vault::local(folder.path(), MasterKeys::new(1, [7; 32]))?;
//! let now = Timestamp::UNIX_EPOCH;
//! let person = AccountId::new(now, [1; 10]);
//! let name = ObjectName::upload(UploadId::new(now, [2; 10]));
//!
//! let key = vault.person(person).await?;
//! vault.put(&key, &name, b"a picture").await?;
//! assert_eq!(vault.get(&key, &name).await?, b"a picture");
//!
//! vault.erase(person, now).await?;
//! assert!(vault.person(person).await.is_err());
//! # Ok(())
//! # }
//! ```

mod errors;
mod installation;
mod key_file;
mod keys;
mod listed;
mod lookup;
mod master;
mod objects;
mod place;
mod rotation;
mod signing;

pub use errors::VaultError;
pub use key_file::NotAKey;
pub use keys::{Erased, PersonKey, Vault};
pub use listed::Listed;
pub use lookup::{LookupHash, LookupHashes, LookupKeys};
pub use master::MasterKeys;
pub use objects::ObjectName;
pub use place::Place;
pub use signing::{NotAPublicKey, PublicKey, SigningKey};
