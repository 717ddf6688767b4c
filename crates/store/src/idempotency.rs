//! Requests that must happen once: a key, the digest of what was asked, and what came of it.

use domain::id::ApiKeyId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// An earlier request with the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// SHA-256 of what was asked; another one now is another request under a used key.
    pub digest: [u8; 32],
    /// What came of it: an id.
    pub result: String,
}

impl Tx {
    /// What an earlier request of this API key under `idempotency_key` came to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn earlier(
        &mut self,
        api_key: ApiKeyId,
        idempotency_key: &str,
    ) -> Result<Option<Earlier>, StoreError> {
        let row: Option<(Vec<u8>, String)> = query_as(
            "SELECT digest, result FROM idempotency \
             WHERE api_key_id = $1 AND idempotency_key = $2",
        )
        .bind(api_key.to_string())
        .bind(idempotency_key)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for an earlier request"))?;
        let earlier = |(digest, result): (Vec<u8>, String)| {
            Ok(Earlier { digest: At("idempotency", "digest").hash(&digest)?, result })
        };
        row.map(earlier).transpose()
    }

    /// Remembers what a request came to.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when another with the same key came first: nothing of this
    /// transaction may happen.
    pub async fn remember(
        &mut self,
        (api_key, idempotency_key): (ApiKeyId, &str),
        earlier: &Earlier,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query(
            "INSERT INTO idempotency (api_key_id, idempotency_key, digest, result, created_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(api_key.to_string())
        .bind(idempotency_key)
        .bind(earlier.digest.to_vec())
        .bind(&earlier.result)
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a request under this key"))?;
        Ok(())
    }
}
