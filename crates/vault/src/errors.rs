//! What can go wrong with a vault.

use domain::id::AccountId;
use thiserror::Error;

use crate::keys::Erased;

/// Why something could not be kept or opened.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The person was erased; nothing of theirs opens any more.
    #[error("{0} was erased")]
    Erased(Erased),
    /// The person asked to be erased: what is theirs is kept by law and opens for nobody.
    #[error("the data of {account} is restricted")]
    Restricted {
        /// Who.
        account: AccountId,
    },
    /// There is no object of that name.
    #[error("there is no object {name}")]
    NoSuchObject {
        /// Its name.
        name: String,
    },
    /// Something was changed or belongs to another key.
    #[error("{what} does not open: it was changed, or is sealed under another key")]
    DoesNotOpen {
        /// What.
        what: String,
    },
    /// Something is sealed under a master key that this vault was not given.
    #[error("{what} is sealed under master key {version}, which is not configured")]
    NoMasterKey {
        /// What.
        what: String,
        /// The version of the master key.
        version: u32,
    },
    /// The store itself failed.
    #[error("{doing} failed")]
    Store {
        /// What was being done.
        doing: String,
        /// Why.
        source: object_store::Error,
    },
}

impl VaultError {
    /// An error of the store while `doing` something.
    pub(crate) fn store(doing: impl Into<String>) -> impl FnOnce(object_store::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Store { doing, source }
    }
}
