//! The newest case of an account, as far as it says why a limit is low.

use domain::case::{Case, CaseState};
use domain::entitlement::{Declined, Latest, Need, UnderWay};
use store::CaseRow;
use tracing::warn;

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::steps::{Step, StepState};
use crate::worker::chain;

impl Installation {
    /// What `row`, the newest case of an account, says of it: it is open, with what its person still
    /// has to do, or was refused.
    pub(crate) async fn said_of_latest(&self, row: &CaseRow) -> Result<Option<Latest>, Breakage> {
        let Case { id: case, tier, state, account, .. } = row.case.clone();
        if state == CaseState::Declined {
            let mut tx = self.parts.store.read().await?;
            if tx.erasure(account).await?.is_some() {
                return Ok(None);
            }
            let until = self.appealable_until(&mut tx, row).await?;
            let appeal_until = until.filter(|until| *until > self.now());
            return Ok(Some(Latest::Declined(Declined { case, tier, appeal_until })));
        }
        if state.is_over() {
            return Ok(None);
        }
        let missing =
            if state == CaseState::Collecting { self.missing(row).await } else { Vec::new() };
        Ok(Some(Latest::UnderWay(UnderWay { case, tier, state, missing })))
    }

    /// What the person still has to do in a case. Limits are answered whatever the vault does: where
    /// the case cannot be looked at, that is all that its tier asks for.
    async fn missing(&self, row: &CaseRow) -> Vec<Need> {
        let to_do = |step: &Step| matches!(step.state, StepState::Todo | StepState::Again(_));
        match self.steps_of(row).await {
            Ok(steps) => steps.into_iter().filter(to_do).map(|step| step.need).collect(),
            Err(error) => {
                warn!(case.id = %row.case.id, error = %chain(&error), "a case cannot be looked at");
                self.tier(&row.case.tier).map(|tier| Need::of(&tier)).unwrap_or_default()
            }
        }
    }

    /// The steps of a case alone: limits are asked for often, and nothing else of it is told there.
    async fn steps_of(&self, row: &CaseRow) -> Result<Vec<Step>, CaseError> {
        let key = self.parts.vault.person(row.case.account).await?;
        let mut tx = self.parts.store.read().await?;
        Ok(self.given(&mut tx, row, &key).await?.steps)
    }
}
