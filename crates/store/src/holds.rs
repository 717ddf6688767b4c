//! Legal holds: grounds on which nothing of an account is removed.

use domain::id::{AccountId, HoldId};
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// Whether no hold keeps the account whose id is in this column, at the time that is `$1`.
macro_rules! unheld {
    ($account:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM holds WHERE holds.account_id = ",
            $account,
            " AND released_at IS NULL AND (until IS NULL OR until > $1))"
        )
    };
}
pub(crate) use unheld;

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose data it keeps.
    pub account: AccountId,
    /// Why, such as the number of a proceeding.
    pub ground: String,
    /// Who placed it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when; without one until it is released.
    pub until: Option<Timestamp>,
    /// When it was released, where it was.
    pub released_at: Option<Timestamp>,
}

impl Hold {
    /// Whether it keeps anything at `now`.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.released_at.is_none() && self.until.is_none_or(|until| now < until)
    }
}

impl Tx {
    /// Adds a hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_hold(&mut self, hold: &Hold) -> Result<(), StoreError> {
        query(
            "INSERT INTO holds (id, account_id, ground, author, created_at, until) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(hold.id.to_string())
        .bind(hold.account.to_string())
        .bind(&hold.ground)
        .bind(&hold.author)
        .bind(hold.created_at.as_millisecond())
        .bind(hold.until.map(Timestamp::as_millisecond))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a hold of this id"))?;
        Ok(())
    }

    /// Releases a hold of `account`. Whether there was one that was not released yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_hold(
        &mut self,
        account: AccountId,
        id: HoldId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let released = query(
            "UPDATE holds SET released_at = $3 \
             WHERE id = $1 AND account_id = $2 AND released_at IS NULL",
        )
        .bind(id.to_string())
        .bind(account.to_string())
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("releasing a hold"))?;
        Ok(released.rows_affected() == 1)
    }

    /// Every hold of an account, released ones too, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds(&mut self, account: AccountId) -> Result<Vec<Hold>, StoreError> {
        type Row = (String, String, String, i64, Option<i64>, Option<i64>);
        let rows: Vec<Row> = query_as(
            "SELECT id, ground, author, created_at, until, released_at FROM holds \
             WHERE account_id = $1 ORDER BY id",
        )
        .bind(account.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing holds"))?;
        let at = |column| At("holds", column);
        let hold = |(id, ground, author, created, until, released): Row| {
            Ok(Hold {
                id: at("id").parse(&id)?,
                account,
                ground,
                author,
                created_at: at("created_at").time(created)?,
                until: until.map(|until| at("until").time(until)).transpose()?,
                released_at: released.map(|ms| at("released_at").time(ms)).transpose()?,
            })
        };
        rows.into_iter().map(hold).collect()
    }
}
