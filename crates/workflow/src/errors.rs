//! What breaks on our side, and requests that must happen once.

use domain::id::ApiKeyId;
use sha2::{Digest, Sha256};
use store::{Earlier, StoreError, Tx};
use thiserror::Error;
use vault::{LookupHashes, VaultError};

use crate::engine::EngineError;
use crate::hex;
use crate::installation::Installation;

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

/// The policy has no such tier any more, in which a case was opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the tier {0} is no longer offered: cancel this case and open another one")]
pub struct TierGone(pub String);

impl From<TierGone> for Breakage {
    fn from(_: TierGone) -> Self {
        Self::Unreadable { what: "the tier" }
    }
}

/// A request that its sender may repeat without its happening twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose request.
    pub api_key: ApiKeyId,
    /// The sender's name for it.
    pub key: String,
    /// SHA-256 of what is asked, which may be a short number: it is kept nowhere as it is.
    digest: [u8; 32],
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
}

impl Installation {
    /// What the same request came to before; `None` when this is the first time.
    pub(crate) async fn came_to(
        &self,
        once: Option<&Once>,
        tx: &mut Tx,
    ) -> Result<Result<Option<String>, OnceError>, StoreError> {
        let Some(once) = once else { return Ok(Ok(None)) };
        let earlier = tx.earlier(once.api_key, &once.key).await?;
        let LookupHashes { newest, older } = self.of_request(once);
        Ok(match earlier {
            None => Ok(None),
            Some(Earlier { digest, result })
                if std::iter::once(newest).chain(older).any(|hash| hash.hash == digest) =>
            {
                Ok(Some(result))
            }
            Some(_) => Err(OnceError),
        })
    }

    /// Remembers what it came to.
    pub(crate) async fn remember(
        &self,
        once: Option<&Once>,
        tx: &mut Tx,
        result: String,
    ) -> Result<(), StoreError> {
        let Some(once) = once else { return Ok(()) };
        let earlier = Earlier { digest: self.of_request(once).newest.hash, result };
        tx.remember((once.api_key, &once.key), &earlier, self.now()).await
    }

    /// Under the key of the lookups: a number that was asked for cannot be found by trying.
    fn of_request(&self, once: &Once) -> LookupHashes {
        self.parts.lookup.hashes("request", &[&hex::digits(&once.digest)])
    }
}
