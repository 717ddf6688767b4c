//! What is kept of a case has its time, by the policy and the country of the account.

use domain::case::CaseState;
use domain::document::Country;
use domain::id::AccountId;
use domain::policy::days_after;
use jiff::Timestamp;
use store::{CaseRow, KeptUntil, StoreError, Tx};
use vault::ObjectName;

use crate::cases::CaseError;
use crate::installation::Installation;

/// At most so many are removed in one go.
const MOST: u32 = 200;

impl Installation {
    /// Writes until when what is kept of a case is kept, counted from now, as the policy says now: a
    /// later policy changes nothing for it. What is not over is kept.
    pub(crate) async fn retain(&self, tx: &mut Tx, row: &CaseRow) -> Result<(), CaseError> {
        let account = tx.account(row.case.account).await?;
        let country = account.and_then(|account| account.country);
        Ok(self.keep_since(tx, row, (self.now(), country.as_ref())).await?)
    }

    /// What is kept of the cases of an account, whose country is another one by now, is kept as that
    /// one's law has it: from when each was over, whenever the country is told.
    pub(crate) async fn keep_as_in(
        &self,
        tx: &mut Tx,
        account: AccountId,
        country: Option<&Country>,
    ) -> Result<(), StoreError> {
        for listed in tx.cases_of(account).await? {
            let Some(row) = tx.lock_case(listed.case.id).await? else { continue };
            if let Some(since) = tx.kept_since(row.case.id).await? {
                self.keep_since(tx, &row, (since, country)).await?;
            }
        }
        Ok(())
    }

    async fn keep_since(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        (since, country): (Timestamp, Option<&Country>),
    ) -> Result<(), StoreError> {
        let terms = self.service().retention.terms(country);
        let (pictures, face) = (terms.pictures_days, terms.faces_days);
        let kept = match row.case.state {
            CaseState::Approved => (Some(pictures), None, Some(face)),
            state if state.is_over() => {
                let records = terms.unapproved_days;
                (Some(pictures), Some(records), Some(face.min(records)))
            }
            _ => (None, None, None),
        };
        let until = |days: Option<u32>| days.map(|days| days_after(since, days));
        let (pictures, records, face) = kept;
        let kept = KeptUntil {
            pictures: until(pictures),
            records: until(records),
            face: until(face),
            since: row.case.state.is_over().then_some(since),
        };
        tx.keep_until(row.case.id, kept).await
    }

    /// Removes the pictures whose time is over and which no hold keeps. How many there were.
    ///
    /// # Errors
    /// When the database or the vault fails; then it is to be done again.
    pub async fn remove_pictures(&self) -> Result<usize, crate::Breakage> {
        let now = self.now();
        let mut removed = 0;
        loop {
            let run_out = self.parts.store.read().await?.uploads_run_out(now, MOST).await?;
            if run_out.is_empty() {
                return Ok(removed);
            }
            for (upload, account) in run_out {
                let mut tx = self.parts.store.begin().await?;
                tx.lock_account(account).await?;
                // A hold may have been placed since we looked.
                if !tx.upload_ran_out(upload, now).await? {
                    continue;
                }
                // The object goes first: what is written as removed is.
                self.parts.vault.delete(&ObjectName::upload(upload)).await?;
                tx.removed(upload, now).await?;
                tx.commit().await?;
                removed += 1;
            }
        }
    }

    /// Removes details, decisions and appeals of cases that ended without an approval and
    /// whose time is over. How many cases there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_records(&self) -> Result<usize, crate::Breakage> {
        let run_out = self.parts.store.read().await?.records_run_out(self.now(), MOST).await?;
        let mut removed = 0;
        for (case, account) in &run_out {
            let mut tx = self.parts.store.begin().await?;
            tx.lock_account(*account).await?;
            tx.lock_case(*case).await?;
            // A hold or an appeal may have come since we looked.
            if !tx.record_ran_out(*case, self.now()).await? {
                continue;
            }
            tx.remove_records(*case).await?;
            removed += 1;
            tx.commit().await?;
        }
        Ok(removed)
    }

    /// Removes the faces whose time is over, which no hold keeps and no entry of the blocklist.
    /// How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_faces(&self) -> Result<usize, crate::Breakage> {
        let (now, today) = (self.now(), self.today());
        let run_out = self.parts.store.read().await?.faces_run_out((now, today), MOST).await?;
        let mut removed = 0;
        for case in run_out {
            let mut tx = self.parts.store.begin().await?;
            let Some(listed) = tx.case(case).await? else { continue };
            tx.lock_account(listed.case.account).await?;
            tx.lock_case(case).await?;
            // An entry may have been added since we looked, or a hold placed.
            let holds = tx.holds(listed.case.account).await?;
            let held = holds.iter().any(|hold| hold.holds_at(now));
            if !held && tx.blocks_of_face(case, today).await?.is_empty() {
                tx.forget_face(case).await?;
                tx.commit().await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}
