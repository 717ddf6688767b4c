//! A person who registered before: the earlier account is closed, and what recognises the
//! person moves to the one that they use.

use domain::account::{Account, Freeze, Standing};
use domain::case::Move;
use domain::id::AccountId;
use serde_json::json;
use store::{CaseRow, Tx};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::Report;
use crate::review::RuleError;

/// The ground of a closed account's freeze begins so.
const CLOSED: &str = "closed: its person has";

/// Whether a reviewer closed the account, as its person has another.
pub(crate) fn is_closed(account: &Account) -> bool {
    account.frozen.as_ref().is_some_and(|freeze| freeze.ground.starts_with(CLOSED))
}

impl Installation {
    /// Closes `earlier`, which is locked and which the report of the case in `row` must name: it is frozen at L0,
    /// its open cases end, and its documents and numbers are those of the case's account. Its
    /// face is searched no more: the case has one of its own, where the person agreed.
    pub(crate) async fn close_earlier(
        &self,
        tx: &mut Tx,
        (row, report): (&CaseRow, &Report),
        earlier: AccountId,
        actor: &str,
    ) -> Result<(), RuleError> {
        if !report.others.accounts.iter().any(|other| other.account == earlier) {
            return Err(RuleError::NotAmongOthers);
        }
        let account = tx.lock_account(earlier).await?;
        let account = account.ok_or(Breakage::Unreadable { what: "the account" });
        let mut account = account.map_err(CaseError::from)?;
        for listed in tx.cases_of(earlier).await? {
            let Some(mut row) = tx.lock_case(listed.case.id).await? else { continue };
            if !row.case.state.is_over() {
                self.step(tx, &mut row, Move::Cancel, actor).await?;
            }
        }
        tx.lock_identities().await?;
        let now = self.now();
        for identity in tx.identities_of(earlier).await? {
            tx.add_identity(row.case.account, &identity, now).await?;
        }
        tx.forget_identities(earlier).await?;
        tx.retire_face(earlier).await?;
        account.standing = Standing::Registered;
        account.lapsed = None;
        let ground = format!("{CLOSED} {}", row.case.account);
        account.frozen = Some(Freeze { since: now, ground });
        tx.save_account(&account).await?;
        let data = json!({ "person_has": row.case.account });
        self.tell(tx, "account.closed", (earlier, None), data).await?;
        Ok(())
    }
}
