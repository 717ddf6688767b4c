//! A person who registered before: what a ruling does to their two accounts. One is closed, and
//! they go on with the other.

use domain::account::{Account, Closing, Standing};
use domain::case::Move;
use domain::id::{AccountId, CaseId};
use serde_json::json;
use store::{CaseRow, IdentityKind, Tx};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::Report;
use crate::review::{Approval, RuleError, Ruling, by};

/// One of two accounts of a person, and the other, which is kept.
#[derive(Clone, Copy)]
struct Pair {
    closed: AccountId,
    kept: AccountId,
}

impl Installation {
    /// What a ruling does to `account`, the case's, and to another one of its person. Both are
    /// locked.
    pub(crate) async fn carry_out(
        &self,
        tx: &mut Tx,
        mut account: Account,
        (row, report): (&CaseRow, &Report),
        (ruling, reviewer): (&Ruling, &str),
    ) -> Result<(), RuleError> {
        match *ruling {
            Ruling::Approve(Approval { closes, .. }) => {
                if account.closed.is_some() {
                    self.reopen(tx, &mut account, row.case.id).await?;
                }
                if let Some(earlier) = closes {
                    let pair = Pair { closed: earlier, kept: account.id };
                    self.close(tx, (row, report), pair, reviewer).await?;
                    self.move_identities(tx, pair).await?;
                }
                Ok(self.grant(tx, account, (row, self.today()), report).await?)
            }
            // What identifies a person leaves an account with the approval of another one only.
            Ruling::Recover(_) if self.has_documents(tx, account.id).await? => {
                Err(RuleError::HasDocuments)
            }
            Ruling::Recover(earlier) => {
                let pair = Pair { closed: account.id, kept: earlier };
                self.close(tx, (row, report), pair, reviewer).await
            }
            // The engine approves nobody whose account is closed.
            Ruling::Again(_) if account.closed.is_some() => Err(RuleError::Closed),
            Ruling::Decline(_) | Ruling::Again(_) => Ok(()),
        }
    }

    /// Whether an account is known by more than a name.
    async fn has_documents(&self, tx: &mut Tx, account: AccountId) -> Result<bool, RuleError> {
        let known = tx.identities_of(account).await?;
        Ok(known.iter().any(|one| one.kind != IdentityKind::NameAndBirth))
    }

    /// Closes one of two accounts, of which one is the case's and the other must be named by its
    /// report: it is at L0 and may do nothing, and its other open cases end.
    async fn close(
        &self,
        tx: &mut Tx,
        (row, report): (&CaseRow, &Report),
        Pair { closed, kept }: Pair,
        reviewer: &str,
    ) -> Result<(), RuleError> {
        let other = if closed == row.case.account { kept } else { closed };
        if !report.others.name(other) {
            return Err(RuleError::NotAmongOthers);
        }
        if tx.erasure(closed).await?.is_some_and(|erasure| erasure.done.is_some()) {
            // Nothing but the marker is left of it, which goes with what else it was known by.
            return Ok(());
        }
        let keeper = tx.lock_account(kept).await?;
        let gone = keeper.is_none_or(|keeper| keeper.closed.is_some());
        if gone || tx.erasure(kept).await?.is_some() {
            return Err(RuleError::Gone(kept));
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
                self.step(tx, &mut row, Move::Cancel, &by(reviewer)).await?;
            }
        }
        account.standing = Standing::Registered;
        account.lapsed = None;
        account.closed = Some(Closing { kept, case: row.case.id });
        tx.save_account(&account).await?;
        self.tell(tx, "account.closed", (closed, None), json!({ "person_has": kept })).await?;
        Ok(())
    }

    /// Documents and numbers of the account that is closed are those of the other one from now on.
    /// Its face is searched no more: the case has one of its own, where the person agreed.
    async fn move_identities(
        &self,
        tx: &mut Tx,
        Pair { closed, kept }: Pair,
    ) -> Result<(), RuleError> {
        tx.lock_identities().await?;
        for identity in tx.identities_of(closed).await? {
            tx.add_identity(kept, &identity, self.now()).await?;
        }
        tx.forget_identities(closed).await?;
        // Of a person who was erased their marker has said what it was kept to say.
        tx.forget_markers(closed).await?;
        tx.retire_face(closed).await?;
        Ok(())
    }

    /// Opens `account`, which is closed, again, where this case closed it: the person appealed. A
    /// freeze of the operator's stays.
    async fn reopen(
        &self,
        tx: &mut Tx,
        account: &mut Account,
        case: CaseId,
    ) -> Result<(), RuleError> {
        if account.closed.take_if(|closing| closing.case == case).is_none() {
            return Err(RuleError::ClosedElsewhere);
        }
        tx.save_account(account).await?;
        self.tell(tx, "account.reopened", (account.id, None), json!({})).await?;
        Ok(())
    }
}
