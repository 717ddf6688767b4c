//! The newest case of an account, as far as it says why a limit is low.

use domain::case::{Case, CaseState};
use domain::entitlement::{Declined, Latest, UnderWay};
use domain::id::AccountId;
use store::Tx;

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::steps::{Step, StepState};

impl Installation {
    /// The newest case of an account: one that is open, with what its person still has to do, or
    /// one that was refused.
    pub(crate) async fn latest_case(
        &self,
        tx: &mut Tx,
        id: AccountId,
    ) -> Result<Option<Latest>, Breakage> {
        let Some(row) = tx.latest_case_of(id).await? else { return Ok(None) };
        let Case { id: case, tier, state, .. } = row.case.clone();
        if state == CaseState::Declined {
            let appeal_until = self.appealable_until(tx, &row).await?;
            return Ok(Some(Latest::Declined(Declined { case, tier, appeal_until })));
        }
        if state.is_over() {
            return Ok(None);
        }
        let mut missing = Vec::new();
        if state == CaseState::Collecting {
            let steps = match self.steps_of(tx, &row).await {
                Ok(steps) => steps,
                Err(CaseError::Broken(error)) => return Err(error),
                // Of a person who is being erased this moment.
                Err(_) => Vec::new(),
            };
            let to_do = |step: &Step| matches!(step.state, StepState::Todo | StepState::Again(_));
            missing.extend(steps.into_iter().filter(to_do).map(|step| step.need));
        }
        Ok(Some(Latest::UnderWay(UnderWay { case, tier, state, missing })))
    }
}
