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
    /// Closes one of two accounts of the person of the case in `row`: `closed`, the other being
    /// the one that they keep. One of the two is the case's, the other must be named by its
    /// report, and both are locked. It is frozen at L0, its other open cases end, and its documents and numbers are
    /// those of the account that is kept. Its face is searched no more.
    pub(crate) async fn close(
        &self,
        tx: &mut Tx,
        (row, report): (&CaseRow, &Report),
        (closed, kept): (AccountId, AccountId),
        actor: &str,
    ) -> Result<(), RuleError> {
        let other = if closed == row.case.account { kept } else { closed };
        if !report.others.accounts.iter().any(|named| named.account == other) {
            return Err(RuleError::NotAmongOthers);
        }
        let account = tx.lock_account(closed).await?;
        let account = account.ok_or(Breakage::Unreadable { what: "the account" });
        let mut account = account.map_err(CaseError::from)?;
        for listed in tx.cases_of(closed).await? {
            if listed.case.id == row.case.id {
                continue;
            }
            let Some(mut row) = tx.lock_case(listed.case.id).await? else { continue };
            if !row.case.state.is_over() {
                self.step(tx, &mut row, Move::Cancel, actor).await?;
            }
        }
        tx.lock_identities().await?;
        let now = self.now();
        for identity in tx.identities_of(closed).await? {
            tx.add_identity(kept, &identity, now).await?;
        }
        tx.forget_identities(closed).await?;
        tx.retire_face(closed).await?;
        account.standing = Standing::Registered;
        account.lapsed = None;
        account.frozen = Some(Freeze { since: now, ground: format!("{CLOSED} {kept}") });
        tx.save_account(&account).await?;
        self.tell(tx, "account.closed", (closed, None), json!({ "person_has": kept })).await?;
        Ok(())
    }

    /// Opens `account` again, which was closed by mistake: an appeal said so.
    pub(crate) async fn reopen(&self, tx: &mut Tx, account: &mut Account) -> Result<(), CaseError> {
        account.frozen = None;
        tx.save_account(account).await?;
        self.tell(tx, "account.thawed", (account.id, None), json!({})).await?;
        Ok(())
    }
}
