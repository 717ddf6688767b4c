//! Markers: what is left of an erased person where the policy keeps it. Keyed hashes, never the
//! numbers, for a purpose and until a time.

use domain::id::AccountId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::identities::Identity;
use crate::row::At;

/// What is left of an erased person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Whose.
    pub account: AccountId,
    /// What it is kept for, in the words of the policy.
    pub purpose: String,
    /// Until when; without a time the erasure waits, and nobody is looked for by it.
    pub until: Option<Timestamp>,
}

type Row = (String, String, Option<i64>);

fn marker((account, purpose, until): Row) -> Result<Marker, StoreError> {
    let at = |column| At("markers", column);
    Ok(Marker {
        account: at("account_id").parse(&account)?,
        purpose,
        until: until.map(|until| at("until").time(until)).transpose()?,
    })
}

impl Tx {
    /// The documents and national numbers that `account` is recognised by are its markers from now
    /// on, kept for `purpose`; until [`Tx::begin_markers`] nobody is looked for by them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark(&mut self, account: AccountId, purpose: &str) -> Result<(), StoreError> {
        query(
            "INSERT INTO markers (kind, key_version, hash, account_id, purpose, until) \
             SELECT kind, key_version, hash, account_id, $2, NULL FROM identities \
             WHERE account_id = $1 AND kind IN ('document', 'national_id') \
             ON CONFLICT DO NOTHING",
        )
        .bind(account.to_string())
        .bind(purpose)
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("marking an account"))?;
        self.forget_identities(account).await
    }

    /// The markers of `account` are looked at from now on, `until` then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_markers(
        &mut self,
        account: AccountId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        query("UPDATE markers SET until = $2 WHERE account_id = $1")
            .bind(account.to_string())
            .bind(until.as_millisecond())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("dating markers"))?;
        Ok(())
    }

    /// Removes the markers of `account`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_markers(&mut self, account: AccountId) -> Result<(), StoreError> {
        query("DELETE FROM markers WHERE account_id = $1")
            .bind(account.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("forgetting markers"))?;
        Ok(())
    }

    /// What is kept of `account`: of all of its markers the same is said.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn marker_of(&mut self, account: AccountId) -> Result<Option<Marker>, StoreError> {
        let row = query_as(
            "SELECT account_id, purpose, until FROM markers WHERE account_id = $1 LIMIT 1",
        )
        .bind(account.to_string())
        .fetch_optional(&mut *self.inner)
        .await;
        row.map_err(StoreError::failed("reading a marker"))?.map(marker).transpose()
    }

    /// The markers that meet `identity` at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn markers(
        &mut self,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<Vec<Marker>, StoreError> {
        let rows = query_as(
            "SELECT account_id, purpose, until FROM markers \
             WHERE kind = $1 AND key_version = $2 AND hash = $3 AND until > $4 \
             ORDER BY account_id",
        )
        .bind(identity.kind.as_str())
        .bind(i64::from(identity.key_version))
        .bind(identity.hash.to_vec())
        .bind(now.as_millisecond())
        .fetch_all(&mut *self.inner)
        .await;
        let rows = rows.map_err(StoreError::failed("looking for markers"))?;
        rows.into_iter().map(marker).collect()
    }

    /// Removes the markers whose time was over at `now`. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_markers(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let removed = query("DELETE FROM markers WHERE until <= $1")
            .bind(now.as_millisecond())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("removing markers"))?;
        Ok(removed.rows_affected())
    }
}
