//! What breaks on our side, and requests that must happen once.

use domain::id::ApiKeyId;
use sha2::{Digest, Sha256};
use store::{Earlier, StoreError, Tx};
use thiserror::Error;
use vault::VaultError;

use crate::engine::EngineError;

/// Something of ours did not work; the person who asked can do nothing but try again.
#[derive(Debug, Error)]
pub enum Breakage {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The gallery of faces.
    #[error("the gallery of faces failed")]
    Faces(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What was kept cannot be read by this version.
    #[error("what was kept of {what} cannot be read by this version")]
    Unreadable {
        /// Of what.
        what: &'static str,
    },
}

impl Breakage {
    /// Whether another request, sent at the same moment, made the same thing first: tried
    /// again, this one finds it.
    pub(crate) fn lost_a_race(&self) -> bool {
        matches!(self, Self::Store(StoreError::Exists { .. }))
    }
}

/// A request that its sender may repeat without its happening twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose request.
    pub api_key: ApiKeyId,
    /// The sender's name for it.
    pub key: String,
    /// SHA-256 of what is asked.
    pub digest: [u8; 32],
}

/// The key was used for another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this Idempotency-Key was used for another request: use a new one for each")]
pub struct OnceError;

impl Once {
    /// `asked` under `key`.
    pub fn new(api_key: ApiKeyId, key: &str, asked: &[u8]) -> Self {
        Self { api_key, key: key.to_owned(), digest: Sha256::digest(asked).into() }
    }

    /// What the same request came to before; `None` when this is the first time.
    pub(crate) async fn before(
        this: Option<&Self>,
        tx: &mut Tx,
    ) -> Result<Result<Option<String>, OnceError>, StoreError> {
        let Some(once) = this else { return Ok(Ok(None)) };
        let earlier = tx.earlier(once.api_key, &once.key).await?;
        Ok(match earlier {
            None => Ok(None),
            Some(Earlier { digest, result }) if digest == once.digest => Ok(Some(result)),
            Some(_) => Err(OnceError),
        })
    }

    /// Remembers what it came to.
    pub(crate) async fn done(
        this: Option<&Self>,
        tx: &mut Tx,
        result: String,
        at: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let Some(once) = this else { return Ok(()) };
        let earlier = Earlier { digest: once.digest, result };
        tx.remember((once.api_key, &once.key), &earlier, at).await
    }
}
