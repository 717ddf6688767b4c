//! What was decided on a case, for whoever has to answer for it later.

use domain::case::CaseState;
use domain::decision::Verdict;
use domain::id::{CaseId, DecisionId};
use jiff::Timestamp;
use store::{DecidedBy, DecisionRow};
use vault::{PersonKey, VaultError};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::{Installation, act};
use crate::report::Report;
use crate::review::{RuleError, by};

/// A decision that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Its id.
    pub id: DecisionId,
    /// What was to happen.
    pub verdict: Verdict,
    /// Who decided.
    pub by: DecidedBy,
    /// When.
    pub at: Timestamp,
    /// The codes of its reasons.
    pub codes: Vec<String>,
    /// SHA-256 of the policy.
    pub policy: String,
    /// What it was made of, with the reasons for the operator and what a reviewer wrote. `None`
    /// where its time was over, the person was erased, or another version of this program wrote
    /// it.
    pub report: Option<Report>,
}

impl Installation {
    /// Every decision on a case, the latest first, for `reader`; the log remembers who read them.
    /// While a case waits for a person, only who has claimed it reads them: whoever decided it
    /// before, or would decide beside another, is not to.
    ///
    /// # Errors
    /// See [`RuleError`].
    pub async fn decisions(&self, id: CaseId, reader: &str) -> Result<Vec<Decided>, RuleError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        if row.case.state == CaseState::InReview {
            row = self.held_by(&mut tx, id, reader).await?;
        }
        let rows = tx.decisions(id).await?;
        let read = act(by(reader), "looked at the decisions");
        tx.log(&mut row, self.now(), &read).await?;
        tx.commit().await?;
        let key = match self.parts.vault.person(row.case.account).await {
            Err(VaultError::Erased(_) | VaultError::Restricted { .. }) => None,
            key => Some(key.map_err(CaseError::from)?),
        };
        rows.into_iter()
            .map(|row| Ok(decided(key.as_ref(), row).map_err(CaseError::from)?))
            .collect()
    }
}

fn decided(key: Option<&PersonKey>, row: DecisionRow) -> Result<Decided, Breakage> {
    let report = match key.zip(row.report.as_deref()) {
        None => None,
        Some((key, sealed)) => match Report::open(key, row.case, sealed) {
            Err(Breakage::Unreadable { .. }) => None,
            report => Some(report?),
        },
    };
    let DecisionRow { id, verdict, by, decided_at: at, codes, policy, .. } = row;
    Ok(Decided { id, verdict, by, at, codes, policy, report })
}
