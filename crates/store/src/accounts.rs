//! Accounts.

use domain::account::{Account, Freeze, Standing};
use domain::id::AccountId;
use jiff::civil::Date;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

type Row = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<String>,
    i64,
);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, external_id, country, tier, tier_until, frozen_since, frozen_ground, created_at \
             FROM accounts WHERE ",
            $rest
        )
    };
}

impl Tx {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when its external id is taken.
    pub async fn add_account(&mut self, account: &Account) -> Result<(), StoreError> {
        query(
            "INSERT INTO accounts (id, external_id, country, created_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(account.id.to_string())
        .bind(&account.external_id)
        .bind(account.country.as_ref().map(|country| country.as_str().to_owned()))
        .bind(account.created_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("an account of this external id"))?;
        self.save_account(account).await
    }

    /// The account of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = query_as(select!("id = $1"))
            .bind(id.to_string())
            .fetch_optional(&mut *self.inner)
            .await;
        row.map_err(StoreError::failed("reading an account"))?.map(account).transpose()
    }

    /// The same, which nobody else changes until this transaction ends: whoever spends, grants
    /// or freezes takes it first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let select = self.locking(select!("id = $1"), select!("id = $1 FOR UPDATE"));
        let row = query_as(select).bind(id.to_string()).fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("locking an account"))?.map(account).transpose()
    }

    /// The account that the operator calls `external_id`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_called(
        &mut self,
        external_id: &str,
    ) -> Result<Option<Account>, StoreError> {
        let row = query_as(select!("external_id = $1"))
            .bind(external_id)
            .fetch_optional(&mut *self.inner)
            .await;
        row.map_err(StoreError::failed("looking for an account"))?.map(account).transpose()
    }

    /// Up to `most` accounts whose tier ran out before `today`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tiers_run_out(
        &mut self,
        today: Date,
        most: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> =
            query_as("SELECT id FROM accounts WHERE tier_until < $1 ORDER BY id LIMIT $2")
                .bind(today.to_string())
                .bind(i64::from(most))
                .fetch_all(&mut *self.inner)
                .await
                .map_err(StoreError::failed("looking for tiers that ran out"))?;
        rows.into_iter().map(|(id,)| At("accounts", "id").parse(&id)).collect()
    }

    /// Writes standing and freeze of an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_account(&mut self, account: &Account) -> Result<(), StoreError> {
        let (tier, until) = match &account.standing {
            Standing::Registered => (None, None),
            Standing::Verified { tier, until } => {
                (Some(tier.clone()), until.map(|date| date.to_string()))
            }
        };
        let frozen = account.frozen.as_ref();
        query(
            "UPDATE accounts SET tier = $2, tier_until = $3, frozen_since = $4, \
             frozen_ground = $5 WHERE id = $1",
        )
        .bind(account.id.to_string())
        .bind(tier)
        .bind(until)
        .bind(frozen.map(|freeze| freeze.since.as_millisecond()))
        .bind(frozen.map(|freeze| freeze.ground.clone()))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing an account"))?;
        Ok(())
    }
}

fn account(row: Row) -> Result<Account, StoreError> {
    let (id, external_id, country, tier, until, since, ground, created_at) = row;
    let until = until.map(|date| At("accounts", "tier_until").parse(&date)).transpose()?;
    let frozen = match (since, ground) {
        (Some(since), Some(ground)) => {
            Some(Freeze { since: At("accounts", "frozen_since").time(since)?, ground })
        }
        _ => None,
    };
    Ok(Account {
        id: At("accounts", "id").parse(&id)?,
        external_id,
        country: country.map(|country| At("accounts", "country").parse(&country)).transpose()?,
        standing: tier.map_or(Standing::Registered, |tier| Standing::Verified { tier, until }),
        frozen,
        created_at: At("accounts", "created_at").time(created_at)?,
    })
}
