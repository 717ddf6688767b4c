//! The audit log, looked over from outside.

use domain::id::{AccountId, CaseId};
use store::{Act, AuditEntry, Broken, StoreError, Tx};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;

/// Cases are read so many at a time.
const AT_ONCE: u32 = 200;

/// What came of looking over every log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditReport {
    /// How many cases there are.
    pub cases: u64,
    /// How many entries their logs have.
    pub entries: u64,
    /// The logs that do not hold.
    pub broken: Vec<Broken>,
}

impl Installation {
    /// Looks over the log of every case: each entry in its place, each hash following from the
    /// one before, the last one the head of the case's row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_audit(&self) -> Result<AuditReport, Breakage> {
        let mut report = AuditReport::default();
        let mut after = None;
        loop {
            let mut tx = self.parts.store.read().await?;
            let rows = tx.cases(after, AT_ONCE).await?;
            let Some(last) = rows.last() else { return Ok(report) };
            after = Some(last.case.id);
            for row in &rows {
                report.cases += 1;
                report.entries += tx.audit(row.case.id).await?.len() as u64;
                if tx.verify_audit(row).await?.is_some() {
                    report.broken.extend(self.verified_again(row.case.id).await?);
                }
            }
        }
    }

    /// The same for one case, looked at once more and locked: what is written between reading
    /// a row and reading its log looks like a break.
    async fn verified_again(&self, case: CaseId) -> Result<Option<Broken>, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let Some(row) = tx.lock_case(case).await? else { return Ok(None) };
        Ok(tx.verify_audit(&row).await?)
    }

    /// Remembers an act on an account in the log of each of its cases. The account is locked.
    pub(crate) async fn log_of_account(
        &self,
        tx: &mut Tx,
        account: AccountId,
        act: &Act,
    ) -> Result<(), StoreError> {
        for listed in tx.cases_of(account).await? {
            if let Some(mut row) = tx.lock_case(listed.case.id).await? {
                tx.log(&mut row, self.now(), act).await?;
            }
        }
        Ok(())
    }

    /// The log of a case, from its first entry.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn log_of(&self, case: CaseId) -> Result<Vec<AuditEntry>, CaseError> {
        let mut tx = self.parts.store.read().await?;
        tx.case(case).await?.ok_or(CaseError::NoSuchCase)?;
        Ok(tx.audit(case).await?)
    }
}
