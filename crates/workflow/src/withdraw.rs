//! Taking back a consent, at any time: through the operator where the applicant's token has ended.

use domain::id::AccountId;
use store::{Consent, StoreError};
use thiserror::Error;

use crate::cases::ConsentKind;
use crate::errors::Breakage;
use crate::installation::{Installation, act};

/// Why a consent was not taken back.
#[derive(Debug, Error)]
pub enum WithdrawError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for WithdrawError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Takes a consent back in every case of the account. Without that to the comparison or the
    /// search of faces, its faces are removed: nobody finds the person by them from then on, on the
    /// blocklist neither. A legal hold does not keep them, as the pictures that they were made of stay:
    /// what nobody may use any more is made anew where a court orders it. What was decided stays. Done
    /// twice, it stands once.
    ///
    /// # Errors
    /// See [`WithdrawError`].
    pub async fn withdraw(
        &self,
        account: AccountId,
        consent: ConsentKind,
        actor: &str,
    ) -> Result<(), WithdrawError> {
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(account).await?.ok_or(WithdrawError::NoSuchAccount)?;
        let now = self.now();
        let kind = consent.as_str();
        for listed in tx.cases_of(account).await? {
            let Some(mut row) = tx.lock_case(listed.case.id).await? else { continue };
            let consents = tx.consents(row.case.id).await?;
            let given = |one: &Consent| one.kind == kind && one.withdrawn_at.is_none();
            let Some(consent) = consents.into_iter().find(given) else { continue };
            let what = format!("withdrew {kind} {}", consent.text_version);
            let withdrawn = Consent { withdrawn_at: Some(now), ..consent };
            tx.save_consent(row.case.id, &withdrawn).await?;
            tx.log(&mut row, now, &act(actor, what)).await?;
        }
        if consent.keeps_faces() {
            tx.forget_faces(account).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
