//! Erasing again: a restored backup knows of erasures only up to when it was made.

use std::time::Duration;

use domain::id::AccountId;
use store::Erasure;

use crate::erase::{ERASED, EraseError, told};
use crate::installation::Installation;

/// Who asks again for what was asked before.
const RESTORED: &str = "backup";
const HOUR: Duration = Duration::from_hours(1);
/// Erasures that are read at once.
const PAGE: u32 = 500;

impl Installation {
    /// After an earlier state of the database or of the store of keys was restored: whoever is
    /// erased or to be erased in one of them is so in the other too. How many the database did
    /// not know of, and how many of them could not be because a case is being assessed.
    ///
    /// # Errors
    /// When the database or the vault fails; then it is to be done again.
    pub async fn erase_again(&self) -> Result<(u64, u64), EraseError> {
        self.close_keys_again().await?;
        let (mut done, mut left) = (0, 0);
        let mut erased = self.parts.vault.erased();
        while let Some(account) = erased.next().await? {
            match self.erase_one_again(account).await {
                Ok(had_to) => done += u64::from(had_to),
                Err(EraseError::Assessing) => left += 1,
                Err(error) => return Err(error),
            }
        }
        let mut restricted = self.parts.vault.restricted();
        while let Some(account) = restricted.next().await? {
            if self.erasure(account).await?.is_some() {
                continue;
            }
            match self.erase(account, RESTORED).await {
                Ok(_) => done += 1,
                Err(EraseError::Assessing) => left += 1,
                // Of a later time than the database.
                Err(EraseError::NoSuchAccount) => {}
                Err(error) => return Err(error),
            }
        }
        self.remove_pictures().await?;
        Ok((done, left))
    }

    /// Once an hour sets the keys aside of everybody who waits to be erased and whose key lies open:
    /// whoever was killed while an erasure was taken back has lifted it, and withdrawn nothing. How
    /// many there were.
    ///
    /// # Errors
    /// When the database or the vault fails; of several the last error, the others being closed.
    pub async fn close_waiting_keys(&self) -> Result<u64, EraseError> {
        if !self.take_chore("close waiting keys", HOUR).await? {
            return Ok(0);
        }
        let (mut after, mut closed, mut failed) = (None, 0, None);
        loop {
            let page = self.parts.store.read().await?.erasures_waiting(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            for account in page {
                match self.close_waiting_key(account).await {
                    Ok(was_open) => closed += u64::from(was_open),
                    Err(error) => failed = Some(error),
                }
            }
        }
        failed.map_or(Ok(closed), Err)
    }

    async fn close_waiting_key(&self, account: AccountId) -> Result<bool, EraseError> {
        if !self.parts.vault.has_open(account).await? {
            return Ok(false);
        }
        // Locked: it may be taken back, or done, right now.
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(account).await?;
        let waits = tx.erasure(account).await?.is_some_and(|erasure| erasure.done.is_none());
        if waits {
            self.parts.vault.restrict(account).await?;
        }
        Ok(waits)
    }

    async fn erase_one_again(&self, id: AccountId) -> Result<bool, EraseError> {
        let Some(at) = self.parts.vault.erased_at(id).await? else { return Ok(false) };
        let mut tx = self.parts.store.begin().await?;
        let Some(account) = tx.lock_account(id).await? else { return Ok(false) };
        let asked = tx.erasure(id).await?;
        if asked.as_ref().is_some_and(|asked| asked.done.is_some()) {
            return Ok(false);
        }
        let anew = || Erasure {
            account: id,
            asked_at: at,
            asked_by: RESTORED.to_owned(),
            due_at: at,
            done: None,
        };
        let unblocked = self.leave(&mut tx, account, (RESTORED, ERASED)).await?;
        tx.save_erasure(&self.erased(asked.unwrap_or_else(anew), at)).await?;
        self.tell(&mut tx, "account.erased", (id, None), told(&unblocked)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Destroys the keys of who is erased in the database, and sets those aside of who is to be.
    async fn close_keys_again(&self) -> Result<(), EraseError> {
        let mut after = None;
        loop {
            let page = self.parts.store.read().await?.erasures(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.account);
            for Erasure { account, done, .. } in page {
                match done {
                    Some((at, _)) => drop(self.parts.vault.erase(account, at).await?),
                    None => self.parts.vault.restrict(account).await?,
                }
            }
        }
    }
}
