//! Erasing a person: their key is destroyed, and with it everything that it sealed. While a law
//! or a hold wants it to be kept the key is set aside instead, and destroyed when that ends.

use domain::account::{Account, Freeze, Standing};
use domain::case::{CaseState, Move};
use domain::id::{AccountId, BlockId};
use domain::policy::days_after;
use jiff::Timestamp;
use serde_json::json;
use store::{CaseRow, Erasure, KeptUntil, Marker, StoreError, Tx};
use thiserror::Error;
use vault::VaultError;

use crate::cases::CaseError;
use crate::elsewhere::Others;
use crate::errors::Breakage;
use crate::installation::{Installation, act};
use crate::report::Report;

/// The ground of an account's freeze while its erasure is due.
const RESTRICTED: &str = "erasure asked for";
/// The ground afterwards.
pub(crate) const ERASED: &str = "erased";

/// Why a person was not erased.
#[derive(Debug, Error)]
pub enum EraseError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// A case of theirs is being assessed right now.
    #[error("a case of this account is being assessed: try again in a minute")]
    Assessing,
    /// No erasure waits to be done.
    #[error("no erasure of this account waits to be done")]
    NothingToWithdraw,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for EraseError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<VaultError> for EraseError {
    fn from(error: VaultError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<CaseError> for EraseError {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Broken(error) => Self::Broken(error),
            _ => Self::Assessing,
        }
    }
}

impl Installation {
    /// Destroys the key of the person behind an account, with everything that it opens:
    /// pictures, details, decisions. What stays are ids, codes and times. Open cases end, what
    /// the person was recognised by is forgotten but for the policy's marker, and the account is
    /// frozen at L0. While the
    /// policy's duty or a hold keeps the data, all of that happens but for the key, which is
    /// set aside: nothing is used, and it is destroyed when the last of them ends. Asked
    /// twice, the first time counts.
    ///
    /// # Errors
    /// See [`EraseError`].
    pub async fn erase(&self, id: AccountId, actor: &str) -> Result<Erasure, EraseError> {
        let now = self.now();
        let mut tx = self.parts.store.begin().await?;
        let account = tx.lock_account(id).await?.ok_or(EraseError::NoSuchAccount)?;
        let asked = match tx.erasure(id).await? {
            Some(asked) if asked.done.is_some() => return Ok(asked),
            Some(asked) => asked,
            None => {
                let due_at = self.duty_until(&mut tx, &account, now).await?;
                let asked_by = actor.to_owned();
                Erasure { account: id, asked_at: now, asked_by, due_at, done: None }
            }
        };
        let held = tx.holds(id).await?.iter().any(|hold| hold.holds_at(now));
        let wait = held || now < asked.due_at;
        let ground = if wait { RESTRICTED } else { ERASED };
        let unblocked = self.leave(&mut tx, account, (actor, ground)).await?;
        let erasure = if wait { asked } else { self.erased(asked, now) };
        tx.save_erasure(&erasure).await?;
        let kind = if wait { "account.restricted" } else { "account.erased" };
        self.tell(&mut tx, kind, (id, None), told(&unblocked)).await?;
        // The key goes while the rows are locked: if this fails nothing is changed, and if the
        // commit fails the key is gone all the same, which is what was asked for.
        if wait {
            self.parts.vault.restrict(id).await?;
        } else {
            self.parts.vault.erase(id, now).await?;
        }
        tx.commit().await?;
        self.remove_pictures().await?;
        Ok(erasure)
    }

    /// The erasure of an account, where one was asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erasure(&self, id: AccountId) -> Result<Option<Erasure>, Breakage> {
        Ok(self.parts.store.read().await?.erasure(id).await?)
    }

    /// Takes an erasure back that still waits: what was set aside opens again, and the account
    /// is what it was verified as; unless the same person was found elsewhere since, at an account
    /// or on the blocklist: then it has no tier, and a new case shows a reviewer whom.
    ///
    /// # Errors
    /// See [`EraseError`].
    pub async fn withdraw_erasure(&self, id: AccountId, by: &str) -> Result<Account, EraseError> {
        let withdrawn = self.try_withdraw(id, by).await;
        if let Err(EraseError::Assessing | EraseError::Broken(_)) = withdrawn {
            // Not withdrawn, so not open. Locked where that can be: a rotation of the master key
            // may be at the key.
            let mut tx = self.parts.store.begin().await?;
            tx.lock_account(id).await?;
            // The answer to a commit may be what was lost: then it was withdrawn.
            if tx.erasure(id).await?.is_some_and(|erasure| erasure.done.is_none()) {
                self.parts.vault.restrict(id).await?;
            }
            drop(tx);
        }
        withdrawn
    }

    async fn try_withdraw(&self, id: AccountId, by: &str) -> Result<Account, EraseError> {
        self.refresh_faces().await?;
        let mut tx = self.parts.store.begin().await?;
        let holder = self.goes_on_with(&mut tx, id).await?;
        tx.lock_account(id.min(holder)).await?;
        tx.lock_account(id.max(holder)).await?;
        let mut account = tx.account(id).await?.ok_or(EraseError::NoSuchAccount)?;
        let waits = tx.erasure(id).await?.is_some_and(|erasure| erasure.done.is_none());
        if !waits {
            return Err(EraseError::NothingToWithdraw);
        }
        self.parts.vault.lift(id).await?;
        tx.withdraw_erasure(id).await?;
        tx.forget_markers(id).await?;
        account.frozen = account.frozen.filter(|freeze| freeze.ground != RESTRICTED);
        tx.save_account(&account).await?;
        // Cases come before the identities, which are looked through next.
        self.log_of_account(&mut tx, id, &act(by, "erasure withdrawn")).await?;
        let mut moved = self.approved_before(&mut tx, id).await?;
        let mut approved = self.approved(&mut tx, id).await?;
        if account.closed.is_some() {
            moved.append(&mut approved);
        }
        // Somebody may have been approved by the same document or face since. Before any of the
        // faces is searched again: what this transaction makes of them may never happen.
        let mut found = false;
        for (row, report) in &approved {
            found |= self.is_elsewhere(&mut tx, row, report).await?;
        }
        for (row, report) in &moved {
            found |= self.is_held_elsewhere(&mut tx, holder, (row, report)).await?;
        }
        tx.touch_faces(id).await?;
        for (row, report) in approved.iter().filter(|_| !found) {
            self.grant_again(&mut tx, row, report).await?;
        }
        let knows = !found && tx.erasure(holder).await?.is_none();
        for (row, report) in moved.iter().filter(|_| knows) {
            self.know(&mut tx, holder, (row, report)).await?;
        }
        let mut data = json!({ "by": by });
        if found {
            data["found_elsewhere"] = true.into();
        }
        self.tell(&mut tx, "account.erasure_withdrawn", (id, None), data).await?;
        tx.commit().await?;
        let account = self.account(id).await?;
        account.ok_or(EraseError::NoSuchAccount)
    }

    /// Does the erasures whose time has come. How many there were.
    ///
    /// # Errors
    /// When the database or the vault fails; of several the last error, the others being done: one
    /// account that cannot be erased keeps nobody else's data.
    pub async fn erase_due(&self) -> Result<usize, EraseError> {
        let due = self.parts.store.read().await?.erasures_due(self.now(), 100).await?;
        let (mut erased, mut failed) = (0, None);
        for account in due {
            match self.erase(account, "clock").await {
                Ok(_) => erased += 1,
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(erased), Err)
    }

    /// Until when a law wants what is known of the person to be kept: of one who was never
    /// approved nothing.
    async fn duty_until(
        &self,
        tx: &mut Tx,
        account: &Account,
        now: Timestamp,
    ) -> Result<Timestamp, StoreError> {
        let cases = tx.cases_of(account.id).await?;
        let approved = cases.iter().any(|row| row.case.state == CaseState::Approved);
        let terms = self.service().retention.terms(account.country.as_ref());
        Ok(days_after(now, if approved { terms.duty_days } else { 0 }))
    }

    /// Ends what an account has, in `tx`: its cases, its tier, what it is recognised by. Once
    /// it is erased its records are removed and its pictures are due to be. The entries of the
    /// blocklist that went with it.
    pub(crate) async fn leave(
        &self,
        tx: &mut Tx,
        mut account: Account,
        (actor, ground): (&str, &str),
    ) -> Result<Vec<BlockId>, EraseError> {
        let now = self.now();
        let mut unblocked = Vec::new();
        for listed in tx.cases_of(account.id).await? {
            let Some(mut row) = tx.lock_case(listed.case.id).await? else { continue };
            if !row.case.state.is_over() {
                self.step(tx, &mut row, Move::Cancel, actor).await?;
            }
            tx.log(&mut row, now, &act(actor, ground)).await?;
            if ground == ERASED {
                tx.remove_records(row.case.id).await?;
                let pictures = Some(now);
                tx.keep_until(row.case.id, KeptUntil { pictures, ..KeptUntil::default() }).await?;
            }
        }
        // Of two accounts that are left at once one waits here.
        tx.lock_identities().await?;
        self.mark(tx, &account, ground).await?;
        if ground == ERASED {
            (account.language, account.country) = (None, None);
            tx.set_phrase(account.id, None).await?;
            tx.forget_faces(account.id).await?;
            unblocked = tx.forget_blocks(account.id).await?;
        } else {
            tx.retire_face(account.id).await?;
            // Those on the blocklist open for nobody any more, too.
            tx.touch_faces(account.id).await?;
        }
        account.standing = Standing::Registered;
        account.lapsed = None;
        let ours = account.frozen.as_ref().is_none_or(|freeze| freeze.ground == RESTRICTED);
        if ours {
            account.frozen = Some(Freeze { since: now, ground: ground.to_owned() });
        }
        tx.save_account(&account).await?;
        Ok(unblocked)
    }

    /// What an account is recognised by is forgotten, or where the policy keeps a marker, is that:
    /// looked for once the person is erased.
    async fn mark(&self, tx: &mut Tx, account: &Account, ground: &str) -> Result<(), EraseError> {
        let terms = self.service().retention.terms(account.country.as_ref());
        let Some(marker) = &terms.marker else {
            tx.forget_markers(account.id).await?;
            return Ok(tx.forget_identities(account.id).await?);
        };
        tx.mark(account.id, marker.purpose.as_str()).await?;
        if ground == ERASED {
            // Erased before where an earlier state of the database was restored.
            let erased = self.parts.vault.erased_at(account.id).await?;
            let until = days_after(erased.unwrap_or(self.now()), marker.days.get());
            tx.begin_markers(account.id, until).await?;
        }
        Ok(())
    }

    /// What is kept of an account whose person was erased or is to be, where anything is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn marker(&self, id: AccountId) -> Result<Option<Marker>, Breakage> {
        Ok(self.parts.store.read().await?.marker_of(id).await?)
    }

    /// Removes the markers whose time is over. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_markers(&self) -> Result<u64, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let removed = tx.remove_markers(self.now()).await?;
        tx.commit().await?;
        Ok(removed)
    }

    pub(crate) fn erased(&self, asked: Erasure, now: Timestamp) -> Erasure {
        let done = Some((now, self.service().retention.backups_until(now)));
        Erasure { done, ..asked }
    }

    /// The cases by which an account was approved, the first first, and by what. Those for a tier
    /// that the policy has no more give nothing.
    async fn approved(
        &self,
        tx: &mut Tx,
        id: AccountId,
    ) -> Result<Vec<(CaseRow, Report)>, EraseError> {
        let mut approved = Vec::new();
        for row in tx.cases_of(id).await?.into_iter().rev() {
            if row.case.state == CaseState::Approved && self.tier(&row.case.tier).is_ok() {
                let report = self.latest(tx, &row).await?;
                approved.push((row, report));
            }
        }
        Ok(approved)
    }

    /// The account that the person of `id` goes on with: another one where this one was closed.
    async fn goes_on_with(&self, tx: &mut Tx, id: AccountId) -> Result<AccountId, EraseError> {
        let (mut holder, mut seen) = (id, vec![id]);
        while let Some(closing) = tx.account(holder).await?.and_then(|account| account.closed) {
            if seen.contains(&closing.kept) {
                break;
            }
            holder = closing.kept;
            seen.push(holder);
        }
        Ok(holder)
    }

    /// The cases by which those accounts were approved that were closed for `id`, whose documents it
    /// has, and by what.
    async fn approved_before(
        &self,
        tx: &mut Tx,
        id: AccountId,
    ) -> Result<Vec<(CaseRow, Report)>, EraseError> {
        let mut approved = Vec::new();
        for closed in tx.closed_for(id).await? {
            // Of who was erased nothing opens, and the document is free; of who waits it is known
            // again when that is taken back.
            if tx.erasure(closed).await?.is_none() {
                approved.extend(self.approved(tx, closed).await?);
            }
        }
        Ok(approved)
    }

    /// Whether there is somebody, or an entry of the blocklist, of whom the approval of a case did
    /// not know. Whoever was approved by one who knew of this account is another person.
    async fn is_elsewhere(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        report: &Report,
    ) -> Result<bool, EraseError> {
        let key = self.parts.vault.person(row.case.account).await?;
        let Some((others, _)) = self.look_again(tx, (row, &key), report).await? else {
            return Ok(false);
        };
        self.is_news(tx, (&others, report), &[row.case.account]).await
    }

    /// Whether there is somebody who has what an account was approved by that was closed for `holder`:
    /// its documents alone, as its face is searched no more.
    async fn is_held_elsewhere(
        &self,
        tx: &mut Tx,
        holder: AccountId,
        (row, report): (&CaseRow, &Report),
    ) -> Result<bool, EraseError> {
        let known = self.known_by(report, &self.tier(&row.case.tier).map_err(CaseError::from)?);
        let others = self.who_holds(tx, holder, &known).await?;
        self.is_news(tx, (&others, report), &[row.case.account, holder]).await
    }

    /// Whether `others` name more than the approval by `report` knew of, and than those who were
    /// approved knowing of one of `ours`.
    async fn is_news(
        &self,
        tx: &mut Tx,
        (others, report): (&Others, &Report),
        ours: &[AccountId],
    ) -> Result<bool, EraseError> {
        let mut found = others.lists_more_than(&report.others);
        // Who was erased holds no tier that this one would be beside.
        let living = others.accounts_beyond(&report.others).filter(|one| !others.is_erased(*one));
        for other in living.filter(|other| !ours.contains(other)) {
            let approved = self.approved(tx, other).await?;
            let knew = |report: &Report| ours.iter().any(|one| report.others.name(*one));
            found |= !approved.iter().any(|(_, report)| knew(report));
        }
        Ok(found)
    }

    /// Gives an account what an approved case of it gave.
    async fn grant_again(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        report: &Report,
    ) -> Result<(), EraseError> {
        let account = tx.lock_account(row.case.account).await?.ok_or(EraseError::NoSuchAccount)?;
        // A tier ends when it would have ended.
        let approved = tx.decisions(row.case.id).await?.first().map(|last| last.decided_at);
        let on = self.service().day(approved.unwrap_or(row.case.created_at));
        Ok(self.grant(tx, account, (row, on), report).await?)
    }
}

/// What an erasure's event says: which entries of the blocklist went with it, where any did.
pub(crate) fn told(unblocked: &[BlockId]) -> serde_json::Value {
    if unblocked.is_empty() { json!({}) } else { json!({ "unblocked": unblocked }) }
}
