//! The person is done: the case goes to the engine.

use domain::case::{Case, Move};
use domain::check::CheckKind;
use domain::id::CaseId;
use domain::policy::Duty;

use crate::cases::{CaseError, ConsentKind};
use crate::installation::Installation;
use crate::steps::StepState;

/// The job that assesses a case, by its id.
pub(crate) const ASSESS: &str = "assess";

impl Installation {
    /// Submits a case in which everything was done, and queues its assessment with it.
    /// Submitted twice, the first time counts.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn submit(&self, id: CaseId) -> Result<Case, CaseError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        row.case.state.after(Move::Submit)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let tier = self.tier(&row.case.tier)?;
        let view = self.view(&mut tx, &row, &key).await?;
        let mut unfinished: Vec<String> = view
            .steps
            .iter()
            .filter(|step| matches!(step.state, StepState::Todo | StepState::Again(_)))
            .map(|step| step.need.as_str().to_owned())
            .collect();
        // Refusing is an answer, and leads to a person; not being asked is none.
        let faces = view.steps.iter().any(|step| step.need == domain::entitlement::Need::Face);
        let searched = tier.duty(CheckKind::FaceUnique) != Duty::Off;
        for (asked, wanted) in
            [(ConsentKind::FaceMatch, faces), (ConsentKind::FaceSearch, searched)]
        {
            let asked = asked.as_str();
            if wanted && !view.consents.iter().any(|consent| consent.kind == asked) {
                unfinished.push(format!("consent to {asked}"));
            }
        }
        if !unfinished.is_empty() {
            return Err(CaseError::Unfinished(unfinished));
        }
        row.case.attempts += 1;
        self.step(&mut tx, &mut row, Move::Submit, "applicant").await?;
        self.enqueue(&mut tx, ASSESS, id).await?;
        tx.commit().await?;
        Ok(row.case)
    }
}
