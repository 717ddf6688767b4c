//! Keys of the API: only their hashes are kept.

use domain::id::ApiKeyId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A key of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whom or what it is for; the name of a reviewer's key is the reviewer's.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was taken back, or will be.
    pub revoked_at: Option<Timestamp>,
}

type Row = (String, String, String, i64, Option<i64>);

impl Tx {
    /// Adds a key by its hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_api_key(&mut self, key: &ApiKey, hash: &[u8; 32]) -> Result<(), StoreError> {
        query(
            "INSERT INTO api_keys (id, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(key.id.to_string())
        .bind(&key.name)
        .bind(hash.to_vec())
        .bind(key.scopes.join(" "))
        .bind(key.created_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a key of this id"))?;
        Ok(())
    }

    /// The key with this hash that has not been taken back at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn api_key(
        &mut self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<ApiKey>, StoreError> {
        let row = query_as(
            "SELECT id, name, scopes, created_at, revoked_at FROM api_keys \
             WHERE hash = $1 AND (revoked_at IS NULL OR revoked_at > $2)",
        );
        let row = row.bind(hash.to_vec()).bind(now.as_millisecond());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a key"))?.map(api_key).transpose()
    }

    /// Every key, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn api_keys(&mut self) -> Result<Vec<ApiKey>, StoreError> {
        let rows = query_as(
            "SELECT id, name, scopes, created_at, revoked_at FROM api_keys ORDER BY id DESC",
        );
        let rows = rows.fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("listing keys"))?;
        rows.into_iter().map(api_key).collect()
    }

    /// Takes a key back from `at` on. `false` when there is none, or it is taken back before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_api_key(
        &mut self,
        id: ApiKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let revoke = query(
            "UPDATE api_keys SET revoked_at = $2 \
             WHERE id = $1 AND (revoked_at IS NULL OR revoked_at > $2)",
        );
        let revoke = revoke.bind(id.to_string()).bind(at.as_millisecond());
        let revoked = revoke.execute(&mut *self.inner).await;
        Ok(revoked.map_err(StoreError::failed("revoking a key"))?.rows_affected() == 1)
    }
}

fn api_key((id, name, scopes, created_at, revoked_at): Row) -> Result<ApiKey, StoreError> {
    let at = |column| At("api_keys", column);
    Ok(ApiKey {
        id: at("id").parse(&id)?,
        name,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        created_at: at("created_at").time(created_at)?,
        revoked_at: revoked_at.map(|ms| at("revoked_at").time(ms)).transpose()?,
    })
}
