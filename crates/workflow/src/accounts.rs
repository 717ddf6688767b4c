//! Accounts: registered by the operator, frozen and thawed by it.

use domain::account::{Account, Freeze, Lapsed, Standing};
use domain::campaign::CampaignCode;
use domain::case::Case;
use domain::document::Country;
use domain::entitlement::{Entitlements, entitlements};
use domain::guidance::Language;
use domain::id::AccountId;
use serde_json::json;
use store::StoreError;
use thiserror::Error;

use crate::campaigns::ReferralError;
use crate::errors::{Breakage, Once, OnceError};
use crate::installation::{Installation, act};

/// The operator's name for an account is at most so long, bytes.
const LONGEST_NAME: usize = 200;

/// The ground of a freeze is at most so long, characters.
const LONGEST_GROUND: usize = 500;

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRequest {
    /// The operator's own name for it.
    pub external_id: String,
    /// The country whose law says how long its data is kept.
    pub country: Option<Country>,
    /// The language that its owner reads.
    pub language: Option<Language>,
    /// The campaign that it comes by.
    pub campaign: Option<CampaignCode>,
}

impl RegisterRequest {
    /// An account of which nothing is known but the operator's own name for it.
    pub fn of(external_id: impl Into<String>) -> Self {
        let external_id = external_id.into();
        Self { external_id, country: None, language: None, campaign: None }
    }
}

/// Why no account was registered.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The name is empty or too long.
    #[error("an external_id has 1 to {LONGEST_NAME} bytes and no control characters")]
    BadExternalId,
    /// There is one of this name.
    #[error("there is an account of this external_id already: {0}")]
    Exists(AccountId),
    /// It cannot come by that campaign.
    #[error(transparent)]
    Referral(ReferralError),
    /// The idempotency key is another request's.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

/// Why an account was not frozen or thawed.
#[derive(Debug, Error)]
pub enum FreezeError {
    /// There is none.
    #[error("there is no such account")]
    NoSuchAccount,
    /// Its person was erased, or asked to be.
    #[error("the data of this account was erased, or is to be: it stays frozen")]
    Erased,
    /// The ground is empty, too long, or no line.
    #[error("give a ground in 1 to {LONGEST_GROUND} characters, without the person's data")]
    BadGround,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for RegisterError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<ReferralError> for RegisterError {
    fn from(error: ReferralError) -> Self {
        match error {
            ReferralError::Broken(error) => Self::Broken(error),
            error => Self::Referral(error),
        }
    }
}

impl From<StoreError> for FreezeError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Registers an account, at L0.
    ///
    /// # Errors
    /// See [`RegisterError`].
    pub async fn register(
        &self,
        request: &RegisterRequest,
        once: Option<&Once>,
    ) -> Result<Account, RegisterError> {
        let registered = self.try_register(request, once).await;
        // It may be this very request, sent twice at one moment, that was there first.
        let again = match &registered {
            Err(RegisterError::Exists(_)) => once.is_some(),
            Err(RegisterError::Broken(error)) => error.lost_a_race(),
            _ => false,
        };
        if again { self.try_register(request, once).await } else { registered }
    }

    async fn try_register(
        &self,
        request: &RegisterRequest,
        once: Option<&Once>,
    ) -> Result<Account, RegisterError> {
        let name = &request.external_id;
        if name.is_empty() || name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(RegisterError::BadExternalId);
        }
        let mut tx = self.parts.store.begin().await?;
        if let Some(id) = self.came_to(once, &mut tx).await?? {
            let account = match id.parse() {
                Ok(id) => tx.account(id).await?,
                Err(_) => None,
            };
            let lost = Breakage::Unreadable { what: "an earlier request" };
            return account.ok_or(RegisterError::Broken(lost));
        }
        if let Some(known) = tx.account_called(name).await? {
            return Err(RegisterError::Exists(known.id));
        }
        let now = self.now();
        let account = Account {
            id: AccountId::new(now, self.dice()),
            external_id: name.clone(),
            country: request.country.clone(),
            language: request.language,
            campaign: request.campaign.clone(),
            standing: Standing::Registered,
            lapsed: None,
            closed: None,
            frozen: None,
            created_at: now,
        };
        if let Some(code) = &request.campaign {
            self.join(&mut tx, code).await?;
        }
        tx.add_account(&account).await?;
        self.remember(once, &mut tx, account.id.to_string()).await?;
        self.tell(&mut tx, "account.registered", (account.id, None), json!({})).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// The account of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, Breakage> {
        Ok(self.parts.store.read().await?.account(id).await?)
    }

    /// The cases of an account, the newest first; `None` where there is no such account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases_of(&self, id: AccountId) -> Result<Option<Vec<Case>>, Breakage> {
        let mut tx = self.parts.store.read().await?;
        let Some(_) = tx.account(id).await? else { return Ok(None) };
        Ok(Some(tx.cases_of(id).await?.into_iter().map(|row| row.case).collect()))
    }

    /// The account that the operator calls so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_called(&self, external_id: &str) -> Result<Option<Account>, Breakage> {
        Ok(self.parts.store.read().await?.account_called(external_id).await?)
    }

    /// What the account may do now, what it has used, and what the next tier takes and gives;
    /// `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entitlements(&self, id: AccountId) -> Result<Option<Entitlements>, Breakage> {
        let today = self.today();
        let mut tx = self.parts.store.read().await?;
        let Some(account) = tx.account(id).await? else { return Ok(None) };
        let usage = tx.usage(id, today, self.now()).await?;
        let campaign = match &account.campaign {
            Some(code) => tx.campaign(code).await?,
            None => None,
        };
        let policy = (&self.parts.policy, self.service());
        let newest = tx.latest_case_of(id).await?;
        drop(tx);
        let latest = match &newest {
            Some(row) => self.said_of_latest(row).await?,
            None => None,
        };
        let account = (&account, campaign.as_ref(), latest);
        Ok(Some(entitlements(policy, account, today, &usage)))
    }

    /// Whether the account need not be verified for `tier`: it has it, or a higher one, and is
    /// not to be verified again yet.
    pub(crate) fn has_reached(&self, account: &Account, tier: &str) -> bool {
        let (today, service) = (self.today(), self.service());
        let has = account.standing.tier_on(today);
        let due = match &account.standing {
            Standing::Verified { tier: has, until: Some(until) } => {
                has == tier && service.verify_again.is_due(*until, today)
            }
            _ => false,
        };
        has.is_some_and(|has| service.reaches(has, tier)) && !due
    }

    /// Tells, once for each, of tiers that end soon: whoever has one is to be verified again.
    /// How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remind_of_ends(&self) -> Result<usize, Breakage> {
        let today = self.today();
        let last = self.service().verify_again.reminded_until(today);
        let ending = self.parts.store.read().await?.tiers_ending((today, last), 100).await?;
        let mut told = 0;
        for id in ending {
            let mut tx = self.parts.store.begin().await?;
            let Some(account) = tx.lock_account(id).await? else { continue };
            let Standing::Verified { tier, until: Some(until) } = account.standing else {
                continue;
            };
            if !tx.reminded(id, until).await? {
                continue;
            }
            let data = json!({ "tier": tier, "until": until });
            self.tell(&mut tx, "account.verification_due", (id, None), data).await?;
            tx.commit().await?;
            told += 1;
        }
        Ok(told)
    }

    /// Takes the tier away from accounts whose document, or term, ran out, and tells of it; what
    /// is left is [`Service::left_of`](domain::policy::Service::left_of). An expired tier grants
    /// nothing behind its last day, and what is left is there, whether this ran or not. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn downgrade_run_out(&self) -> Result<usize, Breakage> {
        let today = self.today();
        let run_out = self.parts.store.read().await?.tiers_run_out(today, 100).await?;
        let mut downgraded = 0;
        for id in run_out {
            let mut tx = self.parts.store.begin().await?;
            let Some(mut account) = tx.lock_account(id).await? else { continue };
            let Standing::Verified { tier, until: Some(until) } = account.standing else {
                continue;
            };
            // Verified again between our look and now: then it did not run out.
            if until >= today {
                continue;
            }
            let left = self.service().left_of(&self.parts.policy, &tier);
            let data = json!({ "tier": tier, "until": until, "left": left });
            account.standing = left.map_or(Standing::Registered, |left| Standing::Verified {
                tier: left.to_owned(),
                until: None,
            });
            account.lapsed = Some(Lapsed { tier, until });
            tx.save_account(&account).await?;
            self.tell(&mut tx, "account.downgraded", (id, None), data).await?;
            tx.commit().await?;
            downgraded += 1;
        }
        Ok(downgraded)
    }

    /// Freezes an account on a ground, or thaws it without one; one that is closed for another and
    /// not frozen is opened again by that. The event says that `by` did.
    ///
    /// # Errors
    /// See [`FreezeError`].
    pub async fn freeze(
        &self,
        id: AccountId,
        ground: Option<String>,
        by: &str,
    ) -> Result<Account, FreezeError> {
        if let Some(ground) = &ground {
            let fits = (1..=LONGEST_GROUND).contains(&ground.trim().chars().count());
            if !fits || ground.contains(char::is_control) {
                return Err(FreezeError::BadGround);
            }
        }
        let mut tx = self.parts.store.begin().await?;
        let mut account = tx.lock_account(id).await?.ok_or(FreezeError::NoSuchAccount)?;
        if ground.is_none() && tx.erasure(id).await?.is_some() {
            return Err(FreezeError::Erased);
        }
        let since = self.now();
        let what = match (&ground, &account.frozen) {
            (Some(_), _) => "frozen",
            (None, None) if account.closed.take().is_some() => "reopened",
            (None, _) => "thawed",
        };
        account.frozen = ground.map(|ground| Freeze { since, ground });
        tx.save_account(&account).await?;
        self.log_of_account(&mut tx, id, &act(by, what)).await?;
        self.tell(&mut tx, &format!("account.{what}"), (id, None), json!({ "by": by })).await?;
        tx.commit().await?;
        Ok(account)
    }
}
