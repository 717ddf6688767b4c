//! Accounts.

use domain::account::{Account, Closing, Freeze, Lapsed, Standing};
use domain::campaign::CampaignCode;
use domain::id::AccountId;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, external_id, country, language, campaign, tier, tier_until, lapsed_tier, \
             lapsed_until, closed_for, closed_in, frozen_since, frozen_ground, created_at FROM accounts WHERE ",
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
        query("INSERT INTO accounts (id, external_id, created_at) VALUES ($1, $2, $3)")
            .bind(account.id.to_string())
            .bind(&account.external_id)
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
        let row =
            query(select!("id = $1")).bind(id.to_string()).fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading an account"))?.as_ref().map(account).transpose()
    }

    /// The same, which nobody else changes until this transaction ends: whoever spends, grants
    /// or freezes takes it first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let select = self.locking(select!("id = $1"), select!("id = $1 FOR NO KEY UPDATE"));
        let row = query(select).bind(id.to_string()).fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("locking an account"))?.as_ref().map(account).transpose()
    }

    /// The account that the operator calls `external_id`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_called(
        &mut self,
        external_id: &str,
    ) -> Result<Option<Account>, StoreError> {
        let row = query(select!("external_id = $1"))
            .bind(external_id)
            .fetch_optional(&mut *self.inner)
            .await;
        row.map_err(StoreError::failed("looking for an account"))?.as_ref().map(account).transpose()
    }

    /// The accounts that were closed for `id`, and those that were for them: all were its person's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn closed_for(&mut self, id: AccountId) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> = query_as(
            "WITH RECURSIVE theirs (id) AS (SELECT id FROM accounts WHERE id = $1 \
             UNION SELECT accounts.id FROM accounts JOIN theirs ON accounts.closed_for = theirs.id) \
             SELECT id FROM theirs WHERE id <> $1 ORDER BY id",
        )
        .bind(id.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for accounts that were closed for one"))?;
        rows.into_iter().map(|(id,)| At("accounts", "id").parse(&id)).collect()
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

    /// Up to `most` accounts whose tier ends from one day to another, both included, and of
    /// whose end nobody was reminded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tiers_ending(
        &mut self,
        (from, to): (Date, Date),
        most: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> = query_as(
            "SELECT id FROM accounts WHERE tier_until >= $1 AND tier_until <= $2 \
             AND (reminded_of IS NULL OR reminded_of <> tier_until) ORDER BY id LIMIT $3",
        )
        .bind(from.to_string())
        .bind(to.to_string())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for tiers that end soon"))?;
        rows.into_iter().map(|(id,)| At("accounts", "id").parse(&id)).collect()
    }

    /// Writes that somebody was reminded of the end of an account's tier on `until`. `false`
    /// when they were before, or it ends another day by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reminded(&mut self, id: AccountId, until: Date) -> Result<bool, StoreError> {
        let written = query(
            "UPDATE accounts SET reminded_of = $2 WHERE id = $1 AND tier_until = $2 \
             AND (reminded_of IS NULL OR reminded_of <> $2)",
        )
        .bind(id.to_string())
        .bind(until.to_string())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing a reminder"))?;
        Ok(written.rows_affected() == 1)
    }

    /// The phrase by which its owner knows our pages, sealed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn phrase(&mut self, id: AccountId) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Option<Vec<u8>>,)> = query_as("SELECT phrase FROM accounts WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading a phrase"))?;
        Ok(row.and_then(|(phrase,)| phrase))
    }

    /// Writes that phrase, or removes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_phrase(
        &mut self,
        id: AccountId,
        sealed: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        query("UPDATE accounts SET phrase = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(sealed)
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing a phrase"))?;
        Ok(())
    }

    /// Writes what may change of an account: all but its ids and when it was opened.
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
        let lapsed = account.lapsed.as_ref();
        query(
            "UPDATE accounts SET tier = $2, tier_until = $3, frozen_since = $4, \
             frozen_ground = $5, country = $6, language = $7, campaign = $8, lapsed_tier = $9, \
             lapsed_until = $10, closed_for = $11, closed_in = $12 WHERE id = $1",
        )
        .bind(account.id.to_string())
        .bind(tier)
        .bind(until)
        .bind(frozen.map(|freeze| freeze.since.as_millisecond()))
        .bind(frozen.map(|freeze| freeze.ground.clone()))
        .bind(account.country.as_ref().map(|country| country.as_str().to_owned()))
        .bind(account.language.map(|language| language.to_string()))
        .bind(account.campaign.as_ref().map(CampaignCode::to_string))
        .bind(lapsed.map(|lapsed| lapsed.tier.clone()))
        .bind(lapsed.map(|lapsed| lapsed.until.to_string()))
        .bind(account.closed.map(|closing| closing.kept.to_string()))
        .bind(account.closed.map(|closing| closing.case.to_string()))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing an account"))?;
        Ok(())
    }
}

fn account(row: &AnyRow) -> Result<Account, StoreError> {
    let at = |column| At("accounts", column);
    let tier: Option<String> = at("tier").of(row)?;
    let until: Option<String> = at("tier_until").of(row)?;
    let until = until.map(|date| at("tier_until").parse(&date)).transpose()?;
    let frozen = match (at("frozen_since").of(row)?, at("frozen_ground").of(row)?) {
        (Some(since), Some(ground)) => {
            Some(Freeze { since: at("frozen_since").time(since)?, ground })
        }
        _ => None,
    };
    let lapsed: (Option<String>, Option<String>) =
        (at("lapsed_tier").of(row)?, at("lapsed_until").of(row)?);
    let lapsed = match lapsed {
        (Some(tier), Some(until)) => {
            Some(Lapsed { tier, until: at("lapsed_until").parse(&until)? })
        }
        _ => None,
    };
    let closed: (Option<String>, Option<String>) =
        (at("closed_for").of(row)?, at("closed_in").of(row)?);
    let closed = match closed {
        (Some(kept), Some(case)) => Some(Closing {
            kept: at("closed_for").parse(&kept)?,
            case: at("closed_in").parse(&case)?,
        }),
        _ => None,
    };
    let country: Option<String> = at("country").of(row)?;
    let language: Option<String> = at("language").of(row)?;
    let campaign: Option<String> = at("campaign").of(row)?;
    Ok(Account {
        id: at("id").parse(&at("id").of::<String>(row)?)?,
        external_id: at("external_id").of(row)?,
        country: country.map(|country| at("country").parse(&country)).transpose()?,
        language: language.map(|language| at("language").parse(&language)).transpose()?,
        campaign: campaign.map(|campaign| at("campaign").parse(&campaign)).transpose()?,
        standing: tier.map_or(Standing::Registered, |tier| Standing::Verified { tier, until }),
        lapsed,
        closed,
        frozen,
        created_at: at("created_at").time(at("created_at").of(row)?)?,
    })
}
