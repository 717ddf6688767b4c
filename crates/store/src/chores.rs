//! What is to be done every so often by one process of all, and the removal of what is done.

use domain::id::UploadId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;

/// What was done and is kept for its time only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoneThing {
    /// Keys of requests that happen once.
    Idempotency,
    /// Jobs that are done. Those that were given up stay.
    Job,
    /// Events, with their deliveries.
    Event,
}

impl Tx {
    /// Whether the chore called `name` was done at `before` or earlier, or never; from now on it
    /// counts as done at `now`. Of several who ask at once one is told so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_chore(
        &mut self,
        name: &str,
        (before, now): (Timestamp, Timestamp),
    ) -> Result<bool, StoreError> {
        let taken = query(
            "INSERT INTO chores (name, done_at) VALUES ($1, $3) ON CONFLICT (name) \
             DO UPDATE SET done_at = excluded.done_at WHERE chores.done_at <= $2",
        )
        .bind(name)
        .bind(before.as_millisecond())
        .bind(now.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("taking a chore"))?;
        Ok(taken.rows_affected() == 1)
    }

    /// Removes up to `most` things that were done before `before`. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_done(
        &mut self,
        thing: DoneThing,
        before: Timestamp,
        most: u32,
    ) -> Result<u64, StoreError> {
        let remove = match thing {
            DoneThing::Idempotency => {
                "DELETE FROM idempotency WHERE (api_key_id, idempotency_key) IN (SELECT \
                 api_key_id, idempotency_key FROM idempotency WHERE created_at < $1 LIMIT $2)"
            }
            // A job was to run before it was done: so the index of what waits finds it.
            DoneThing::Job => {
                "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state = 'done' \
                 AND run_after < $1 AND finished_at < $1 LIMIT $2)"
            }
            // Numbers follow time closely enough, and have an index.
            DoneThing::Event => {
                "DELETE FROM events WHERE created_at < $1 AND number IN \
                 (SELECT number FROM events ORDER BY number LIMIT $2)"
            }
        };
        let removed = query(remove).bind(before.as_millisecond()).bind(i64::from(most));
        let removed = removed.execute(&mut *self.inner).await;
        Ok(removed.map_err(StoreError::failed("removing what is done"))?.rows_affected())
    }

    /// Whether there is a row of this upload, whatever became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows_upload(&mut self, id: UploadId) -> Result<bool, StoreError> {
        let row: Option<(String,)> = query_as("SELECT id FROM uploads WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("looking for an upload"))?;
        Ok(row.is_some())
    }
}
