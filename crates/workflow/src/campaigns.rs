//! Campaigns: made and ended by the operator, joined by an account once.

use domain::account::Account;
use domain::campaign::{BadTerms, Campaign, CampaignCode, Terms};
use domain::id::AccountId;
use serde_json::json;
use store::{StoreError, Tx};
use thiserror::Error;

use crate::errors::Breakage;
use crate::installation::Installation;

/// Why a campaign was not made or ended.
#[derive(Debug, Error)]
pub enum CampaignError {
    /// Its terms make no sense.
    #[error(transparent)]
    BadTerms(#[from] BadTerms),
    /// There is one of this code.
    #[error("there is a campaign of this code already: end it, or take another code")]
    Exists,
    /// There is none.
    #[error("there is no such campaign")]
    NoSuchCampaign,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

/// Why an account did not come by a campaign.
#[derive(Debug, Error)]
pub enum ReferralError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// Its person goes on elsewhere, or was erased or is to be.
    #[error("this account was closed or erased, or is to be: no campaign is for it")]
    Gone,
    /// Unknown, not begun, over, or full: which, nobody who guesses is told.
    #[error("this referral code is not valid: look at how it is written, and until when it is")]
    NotValid,
    /// The account came by another one.
    #[error("this account has a referral code already, and keeps it")]
    HasOne,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for CampaignError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Exists { .. } => Self::Exists,
            error => Self::Broken(error.into()),
        }
    }
}

impl From<StoreError> for ReferralError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Makes a campaign, which the event says that `by` did.
    ///
    /// # Errors
    /// See [`CampaignError`].
    pub async fn make_campaign(&self, terms: Terms, by: &str) -> Result<Campaign, CampaignError> {
        terms.check()?;
        let created_at = self.now();
        let mut tx = self.parts.store.begin().await?;
        tx.add_campaign(&terms, created_at).await?;
        let data = json!({ "code": terms.code, "by": by });
        self.tell_of_installation(&mut tx, "campaign.made", &data);
        tx.commit().await?;
        Ok(Campaign { terms, joined: 0, created_at, ended_at: None })
    }

    /// Up to `most` campaigns behind `after`, by code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn campaigns(
        &self,
        after: Option<&CampaignCode>,
        most: u32,
    ) -> Result<Vec<Campaign>, Breakage> {
        Ok(self.parts.store.read().await?.campaigns(after, most).await?)
    }

    /// Ends a campaign, which the event says that `by` did: nobody comes by it any more, and who did has its discount no more.
    ///
    /// # Errors
    /// See [`CampaignError`].
    pub async fn end_campaign(
        &self,
        code: &CampaignCode,
        by: &str,
    ) -> Result<Campaign, CampaignError> {
        let mut tx = self.parts.store.begin().await?;
        let campaign = tx.lock_campaign(code).await?;
        let mut campaign = campaign.ok_or(CampaignError::NoSuchCampaign)?;
        if campaign.ended_at.is_some() {
            return Ok(campaign);
        }
        campaign.ended_at = Some(self.now());
        tx.save_campaign(&campaign).await?;
        let data = json!({ "code": code, "by": by });
        self.tell_of_installation(&mut tx, "campaign.ended", &data);
        tx.commit().await?;
        Ok(campaign)
    }

    /// Lets an account come by the campaign of that code. The same code twice is once.
    ///
    /// # Errors
    /// See [`ReferralError`].
    pub async fn refer(
        &self,
        id: AccountId,
        code: &CampaignCode,
    ) -> Result<Account, ReferralError> {
        let mut tx = self.parts.store.begin().await?;
        let mut account = tx.lock_account(id).await?.ok_or(ReferralError::NoSuchAccount)?;
        if account.campaign.as_ref() == Some(code) {
            return Ok(account);
        }
        if account.campaign.is_some() {
            return Err(ReferralError::HasOne);
        }
        if account.closed.is_some() || tx.erasure(id).await?.is_some() {
            return Err(ReferralError::Gone);
        }
        self.join(&mut tx, code).await?;
        account.campaign = Some(code.clone());
        tx.save_account(&account).await?;
        self.tell(&mut tx, "account.referred", (id, None), json!({ "code": code })).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Counts one more account of the campaign.
    pub(crate) async fn join(&self, tx: &mut Tx, code: &CampaignCode) -> Result<(), ReferralError> {
        let campaign = tx.lock_campaign(code).await?;
        let takes = campaign.filter(|campaign| campaign.takes(self.today()));
        let mut campaign = takes.ok_or(ReferralError::NotValid)?;
        campaign.joined += 1;
        Ok(tx.save_campaign(&campaign).await?)
    }
}
