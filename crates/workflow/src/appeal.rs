//! An appeal: another look at what was declined, by somebody who has not decided the case yet.

use std::time::Duration;

use domain::case::{Case, Impossible, Move};
use domain::id::CaseId;
use jiff::Timestamp;
use store::{Appeal, CaseRow, DecidedBy, DecisionRow, StoreError, Tx};
use thiserror::Error;
use vault::{PersonKey, VaultError};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::prose::prose;

/// What the person says is at most so long, characters.
const LONGEST_STATEMENT: usize = 4000;

/// What a person says against a refusal, for whoever looks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// When it came in.
    pub at: Timestamp,
    /// What it says.
    pub statement: String,
}

/// Why an appeal was not taken.
#[derive(Debug, Error)]
pub enum AppealError {
    /// The statement is empty, or too long.
    #[error("say in 1 to {LONGEST_STATEMENT} characters why the decision is wrong")]
    BadStatement,
    /// It was declined on an appeal: that is the end.
    #[error("this case was looked at again already: open a new one")]
    AppealedBefore,
    /// The time for it is over.
    #[error("an appeal was possible until {0}: open a new case")]
    TooLate(Timestamp),
    /// The person goes another way already.
    #[error("the account has an open case already: {0}")]
    CaseOpen(CaseId),
    /// As with every case.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl From<StoreError> for AppealError {
    fn from(error: StoreError) -> Self {
        Self::Case(error.into())
    }
}

impl From<Impossible> for AppealError {
    fn from(error: Impossible) -> Self {
        Self::Case(error.into())
    }
}

impl From<VaultError> for AppealError {
    fn from(error: VaultError) -> Self {
        Self::Case(error.into())
    }
}

impl Installation {
    /// Takes an appeal against a refusal, once a case. Somebody who has not decided the case
    /// decides it, by when the policy says.
    ///
    /// # Errors
    /// See [`AppealError`].
    pub async fn appeal(
        &self,
        id: CaseId,
        statement: &str,
        actor: &str,
    ) -> Result<Case, AppealError> {
        let statement = prose(statement, LONGEST_STATEMENT).ok_or(AppealError::BadStatement)?;
        let mut tx = self.parts.store.begin().await?;
        let listed = tx.case(id).await?.ok_or(CaseError::NoSuchCase)?;
        // As opening a case does, so that only one is open at a time.
        tx.lock_account(listed.case.account).await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        row.case.state.after(Move::Appeal)?;
        if row.appeal.is_some() {
            return Err(AppealError::AppealedBefore);
        }
        let (now, until) = (self.now(), self.appealable_until(&mut tx, &row).await?);
        if let Some(until) = until.filter(|until| now >= *until) {
            return Err(AppealError::TooLate(until));
        }
        let cases = tx.cases_of(row.case.account).await?;
        if let Some(open) = cases.into_iter().find(|other| !other.case.state.is_over()) {
            return Err(AppealError::CaseOpen(open.case.id));
        }
        let key = self.parts.vault.person(row.case.account).await?;
        let statement = key.seal(&context(id), statement.as_bytes());
        row.appeal = Some(Appeal { at: now, statement });
        let service = self.service();
        row.due_at = Some(service.business_days_after(now, service.appeal_review_days));
        self.step(&mut tx, &mut row, Move::Appeal, actor).await?;
        tx.commit().await.map_err(CaseError::from)?;
        Ok(row.case)
    }

    /// Until when the refusal may be appealed against; `None` where there is nothing to
    /// appeal against any more.
    pub(crate) async fn appealable_until(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
    ) -> Result<Option<Timestamp>, StoreError> {
        if row.appeal.is_some() || row.case.state.after(Move::Appeal).is_err() {
            return Ok(None);
        }
        let decided = tx.decisions(row.case.id).await?;
        let window = Duration::from_hours(24 * u64::from(self.service().appeal_days));
        Ok(decided.first().map(|decision| decision.decided_at + window))
    }
}

/// What the person said, opened.
pub(crate) fn objection(row: &CaseRow, key: &PersonKey) -> Result<Option<Objection>, CaseError> {
    let Some(appeal) = &row.appeal else { return Ok(None) };
    let statement = key.open(&context(row.case.id), &appeal.statement)?;
    let statement = String::from_utf8(statement)
        .map_err(|_| CaseError::Broken(Breakage::Unreadable { what: "an appeal" }))?;
    Ok(Some(Objection { at: appeal.at, statement }))
}

/// Whether `reviewer` decided the case before: then another one looks at the appeal.
pub(crate) async fn decided_before(
    tx: &mut Tx,
    row: &CaseRow,
    reviewer: &str,
) -> Result<bool, StoreError> {
    let Some(appeal) = &row.appeal else { return Ok(false) };
    let by = DecidedBy::Reviewer(reviewer.to_owned());
    // Whoever decides on the appeal may go on with it, such as after another picture.
    let before = |decision: &DecisionRow| decision.decided_at <= appeal.at && decision.by == by;
    Ok(tx.decisions(row.case.id).await?.iter().any(before))
}

fn context(id: CaseId) -> String {
    format!("appeal {id}")
}
