//! Cases, with what belongs to their row: the lease of a reviewer, the sealed details, the
//! applicant's token, the head of the audit log.

use domain::case::{Case, CaseState};
use domain::id::{AccountId, CaseId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{query, query_as};

use crate::audit::Head;
use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A case and what its row holds beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// By when a person decides, while one has to.
    pub due_at: Option<Timestamp>,
    /// Who is looking at it.
    pub lease: Option<Lease>,
    /// What the person typed, sealed.
    pub claims: Option<Vec<u8>>,
    /// When they typed it last.
    pub claims_at: Option<Timestamp>,
    /// The live challenge that was issued, as JSON.
    pub challenge: Option<String>,
    /// What the person says against a refusal.
    pub appeal: Option<Appeal>,
    /// The operator's name of the device that it was opened from, sealed, where they told it.
    pub device: Option<Vec<u8>>,
    pub(crate) head: Head,
}

/// A person's word against a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// When it came in.
    pub at: Timestamp,
    /// What it says, sealed.
    pub statement: Vec<u8>,
}

/// A reviewer's hold on a case: until it ends nobody else decides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Who.
    pub reviewer: String,
    /// Until when.
    pub until: Timestamp,
}

/// A case that waits for a person, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InReview {
    /// The case.
    pub case: Case,
    /// By when it is to be decided.
    pub due_at: Option<Timestamp>,
    /// Who is looking at it.
    pub lease: Option<Lease>,
    /// Whether it waits because the person appealed.
    pub appealed: bool,
}

/// The cases that wait for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviews {
    /// All of them.
    pub waiting: u64,
    /// Those that should have been decided by now.
    pub overdue: u64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, tier, policy, state, attempts, created_at, expires_at, \
             due_at, reviewer, lease_until, claims, claims_at, challenge, appealed_at, appeal, \
             device, audit_length, audit_head \
             FROM cases WHERE ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a case. `token` is the hash of the applicant's token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_case(&mut self, case: &Case, token: &[u8; 32]) -> Result<CaseRow, StoreError> {
        let head = Head::default();
        query(
            "INSERT INTO cases (id, account_id, tier, policy, state, attempts, created_at, \
             expires_at, token_hash, token_expires_at, audit_length, audit_head) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, 0, $10)",
        )
        .bind(case.id.to_string())
        .bind(case.account.to_string())
        .bind(&case.tier)
        .bind(&case.policy)
        .bind(case.state.as_str())
        .bind(i64::from(case.attempts))
        .bind(case.created_at.as_millisecond())
        .bind(case.expires_at.as_millisecond())
        .bind(token.to_vec())
        .bind(head.hash.to_vec())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a case of this id"))?;
        let case = case.clone();
        Ok(CaseRow {
            case,
            due_at: None,
            lease: None,
            claims: None,
            claims_at: None,
            challenge: None,
            appeal: None,
            device: None,
            head,
        })
    }

    /// Writes the device that a case was opened from, sealed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_device(
        &mut self,
        row: &mut CaseRow,
        device: Vec<u8>,
    ) -> Result<(), StoreError> {
        query("UPDATE cases SET device = $2 WHERE id = $1")
            .bind(row.case.id.to_string())
            .bind(device.clone())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing the device of a case"))?;
        row.device = Some(device);
        Ok(())
    }

    /// The case of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case(&mut self, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        let row = query(select!("id = $1")).bind(id.to_string());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading a case"))?.as_ref().map(case_row).transpose()
    }

    /// The same, which nobody else changes until this transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_case(&mut self, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        let select = self.locking(select!("id = $1"), select!("id = $1 FOR NO KEY UPDATE"));
        let row = query(select).bind(id.to_string()).fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("locking a case"))?.as_ref().map(case_row).transpose()
    }

    /// The case that the applicant's token, whose hash this is, opens at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_of_token(
        &mut self,
        token: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<CaseRow>, StoreError> {
        let row = query(select!("token_hash = $1 AND token_expires_at > $2"));
        let row = row.bind(token.to_vec()).bind(now.as_millisecond());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a case"))?.as_ref().map(case_row).transpose()
    }

    /// The case of that id, if its applicant's token has not ended at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_with_token(
        &mut self,
        id: CaseId,
        now: Timestamp,
    ) -> Result<Option<CaseRow>, StoreError> {
        let row = query(select!("id = $1 AND token_expires_at > $2"));
        let row = row.bind(id.to_string()).bind(now.as_millisecond());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a case"))?.as_ref().map(case_row).transpose()
    }

    /// Gives the case a new token for the applicant: the one before opens nothing any more,
    /// nor does that of another device.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_token(
        &mut self,
        id: CaseId,
        token: &[u8; 32],
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let set = query("UPDATE cases SET token_hash = $2, token_expires_at = $3 WHERE id = $1");
        let set = set.bind(id.to_string()).bind(token.to_vec()).bind(until.as_millisecond());
        set.execute(&mut *self.inner).await.map_err(StoreError::failed("writing a token"))?;
        self.remove_handoff(id).await
    }

    /// Up to `most` cases behind `after`, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases(
        &mut self,
        after: Option<CaseId>,
        most: u32,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let rows = query(select!("id > $1 ORDER BY id LIMIT $2"));
        let rows = rows.bind(after.map_or_else(String::new, |id| id.to_string()));
        let rows = rows.bind(i64::from(most)).fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("listing cases"))?;
        rows.iter().map(case_row).collect()
    }

    /// Every case of an account, the newest first: an erasure has to reach them all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases_of(&mut self, account: AccountId) -> Result<Vec<CaseRow>, StoreError> {
        let rows = query(select!("account_id = $1 ORDER BY id DESC"));
        let rows = rows.bind(account.to_string()).fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("listing cases"))?;
        rows.iter().map(case_row).collect()
    }

    /// The case of an account that is not decided yet, or where all are, the newest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest_case_of(
        &mut self,
        account: AccountId,
    ) -> Result<Option<CaseRow>, StoreError> {
        // An appeal opens one again that is not the last.
        let row = query(select!(
            "account_id = $1 ORDER BY CASE WHEN state IN ('collecting', 'assessing', 'in_review') \
             THEN 0 ELSE 1 END, id DESC LIMIT 1"
        ));
        let row = row.bind(account.to_string()).fetch_optional(&mut *self.inner).await;
        let row = row.map_err(StoreError::failed("looking for the newest case"))?;
        row.as_ref().map(case_row).transpose()
    }

    /// Writes where a case stands, when it is due and who has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_case(&mut self, row: &CaseRow) -> Result<(), StoreError> {
        let CaseRow { case, due_at, lease, claims, claims_at, challenge, appeal, .. } = row;
        query(
            "UPDATE cases SET state = $2, attempts = $3, due_at = $4, reviewer = $5, \
             lease_until = $6, claims = $7, challenge = $8, appealed_at = $9, appeal = $10, \
             expires_at = $11, claims_at = $12 WHERE id = $1",
        )
        .bind(case.id.to_string())
        .bind(case.state.as_str())
        .bind(i64::from(case.attempts))
        .bind(due_at.map(Timestamp::as_millisecond))
        .bind(lease.as_ref().map(|lease| lease.reviewer.clone()))
        .bind(lease.as_ref().map(|lease| lease.until.as_millisecond()))
        .bind(claims.clone())
        .bind(challenge.clone())
        .bind(appeal.as_ref().map(|appeal| appeal.at.as_millisecond()))
        .bind(appeal.as_ref().map(|appeal| appeal.statement.clone()))
        .bind(case.expires_at.as_millisecond())
        .bind(claims_at.map(Timestamp::as_millisecond))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing a case"))?;
        Ok(())
    }

    /// How many cases wait for a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reviews(&mut self, now: Timestamp) -> Result<Reviews, StoreError> {
        let (waiting, overdue): (i64, i64) = query_as(
            "SELECT COUNT(*), COUNT(CASE WHEN due_at < $1 THEN 1 END) FROM cases \
             WHERE state = 'in_review'",
        )
        .bind(now.as_millisecond())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(StoreError::failed("counting the cases in review"))?;
        Ok(Reviews { waiting: waiting as u64, overdue: overdue as u64 })
    }

    /// Up to `most` cases that wait for a person, those due first; `after` goes on behind a
    /// case of an earlier list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn in_review(
        &mut self,
        after: Option<(Timestamp, CaseId)>,
        most: u32,
    ) -> Result<Vec<InReview>, StoreError> {
        let (due, id) = after
            .map_or((i64::MIN, String::new()), |(due, id)| (due.as_millisecond(), id.to_string()));
        let rows = query(select!(
            "state = 'in_review' AND (due_at > $1 OR (due_at = $1 AND id > $2)) \
             ORDER BY due_at, id LIMIT $3"
        ));
        let rows = rows.bind(due).bind(id).bind(i64::from(most)).fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("listing cases in review"))?;
        let rows = rows.iter().map(case_row);
        rows.map(|row| {
            row.map(|CaseRow { case, due_at, lease, appeal, .. }| {
                let appealed = appeal.is_some();
                InReview { case, due_at, lease, appealed }
            })
        })
        .collect()
    }

    /// Up to `most` cases that nobody submitted by when they had to be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cases_run_out(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<CaseId>, StoreError> {
        let rows: Vec<(String,)> = query_as(
            "SELECT id FROM cases WHERE state = 'collecting' AND expires_at <= $1 \
             ORDER BY id LIMIT $2",
        )
        .bind(now.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for cases that ran out"))?;
        rows.into_iter().map(|(id,)| At("cases", "id").parse(&id)).collect()
    }
}

fn case_row(row: &AnyRow) -> Result<CaseRow, StoreError> {
    let at = |column| At("cases", column);
    let text = |column| at(column).of::<String>(row);
    let case = Case {
        id: at("id").parse(&text("id")?)?,
        account: at("account_id").parse(&text("account_id")?)?,
        tier: text("tier")?,
        policy: text("policy")?,
        state: at("state").named(&text("state")?, &CaseState::ALL, CaseState::as_str)?,
        attempts: at("attempts").count(at("attempts").of(row)?)?,
        created_at: at("created_at").time(at("created_at").of(row)?)?,
        expires_at: at("expires_at").time(at("expires_at").of(row)?)?,
    };
    let lease = match (at("reviewer").of(row)?, at("lease_until").of(row)?) {
        (Some(reviewer), Some(until)) => {
            Some(Lease { reviewer, until: at("lease_until").time(until)? })
        }
        _ => None,
    };
    let (due, typed): (Option<i64>, Option<i64>) =
        (at("due_at").of(row)?, at("claims_at").of(row)?);
    let appeal = match (at("appealed_at").of(row)?, at("appeal").of(row)?) {
        (Some(since), Some(statement)) => {
            Some(Appeal { at: at("appealed_at").time(since)?, statement })
        }
        _ => None,
    };
    Ok(CaseRow {
        case,
        due_at: due.map(|due| at("due_at").time(due)).transpose()?,
        lease,
        claims: at("claims").of(row)?,
        claims_at: typed.map(|typed| at("claims_at").time(typed)).transpose()?,
        challenge: at("challenge").of(row)?,
        appeal,
        device: at("device").of(row)?,
        head: Head {
            length: at("audit_length").of(row)?,
            hash: at("audit_head").hash(&at("audit_head").of::<Vec<u8>>(row)?)?,
        },
    })
}
