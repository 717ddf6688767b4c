//! Erasures: asked for, due, done.

use domain::id::AccountId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::holds::unheld;
use crate::row::At;

type Row = (String, i64, String, i64, Option<i64>, Option<i64>);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT account_id, asked_at, asked_by, due_at, erased_at, backups_until \
             FROM erasures WHERE ",
            $rest
        )
    };
}

/// An erasure that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Whose data.
    pub account: AccountId,
    /// When it was asked for; from then on nothing of it is used.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// When the last duty to keep it ends.
    pub due_at: Timestamp,
    /// When it was done, and when the last backup is gone that still holds the key.
    pub done: Option<(Timestamp, Timestamp)>,
}

impl Tx {
    /// Writes an erasure, in place of what was known of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_erasure(&mut self, erasure: &Erasure) -> Result<(), StoreError> {
        self.withdraw_erasure(erasure.account).await?;
        query(
            "INSERT INTO erasures (account_id, asked_at, asked_by, due_at, erased_at, \
             backups_until) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(erasure.account.to_string())
        .bind(erasure.asked_at.as_millisecond())
        .bind(&erasure.asked_by)
        .bind(erasure.due_at.as_millisecond())
        .bind(erasure.done.map(|(at, _)| at.as_millisecond()))
        .bind(erasure.done.map(|(_, backups)| backups.as_millisecond()))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing an erasure"))?;
        Ok(())
    }

    /// Forgets that an erasure was asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_erasure(&mut self, account: AccountId) -> Result<(), StoreError> {
        let gone = query("DELETE FROM erasures WHERE account_id = $1").bind(account.to_string());
        let gone = gone.execute(&mut *self.inner).await;
        gone.map_err(StoreError::failed("withdrawing an erasure"))?;
        Ok(())
    }

    /// The erasure of an account, where one was asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erasure(&mut self, account: AccountId) -> Result<Option<Erasure>, StoreError> {
        let row: Option<Row> = query_as(select!("account_id = $1"))
            .bind(account.to_string())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading an erasure"))?;
        row.map(erasure).transpose()
    }

    /// Up to `most` erasures, done or not, of accounts behind `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erasures(
        &mut self,
        after: Option<AccountId>,
        most: u32,
    ) -> Result<Vec<Erasure>, StoreError> {
        let rows: Vec<Row> = query_as(select!("account_id > $1 ORDER BY account_id LIMIT $2"))
            .bind(after.map_or_else(String::new, |account| account.to_string()))
            .bind(i64::from(most))
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("listing erasures"))?;
        rows.into_iter().map(erasure).collect()
    }

    /// Up to `most` accounts behind `after` whose erasure waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erasures_waiting(
        &mut self,
        after: Option<AccountId>,
        most: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let waiting = select!("erased_at IS NULL AND account_id > $1 ORDER BY account_id LIMIT $2");
        let rows: Vec<Row> = query_as(waiting)
            .bind(after.map_or_else(String::new, |account| account.to_string()))
            .bind(i64::from(most))
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("listing erasures that wait"))?;
        rows.into_iter().map(|row| Ok(erasure(row)?.account)).collect()
    }

    /// Up to `most` accounts whose erasure is due at `now` and not done, and which no hold
    /// keeps.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erasures_due(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<Row> = query_as(concat!(
            select!("erased_at IS NULL AND due_at <= $1 AND "),
            unheld!("erasures.account_id"),
            " ORDER BY due_at LIMIT $2"
        ))
        .bind(now.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for erasures that are due"))?;
        rows.into_iter().map(|row| Ok(erasure(row)?.account)).collect()
    }
}

fn erasure((account, asked, asked_by, due, erased, backups): Row) -> Result<Erasure, StoreError> {
    let at = |column| At("erasures", column);
    let done = match (erased, backups) {
        (Some(erased), Some(backups)) => {
            Some((at("erased_at").time(erased)?, at("backups_until").time(backups)?))
        }
        _ => None,
    };
    Ok(Erasure {
        account: at("account_id").parse(&account)?,
        asked_at: at("asked_at").time(asked)?,
        asked_by,
        due_at: at("due_at").time(due)?,
        done,
    })
}
