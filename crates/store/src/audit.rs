//! The audit log: one chain of hashes a case. An entry is written in the transaction of what
//! it tells; its head stands in the locked row of the case. It holds ids and codes only.

use std::fmt;

use domain::id::CaseId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{query, query_as};

use crate::cases::CaseRow;
use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// The end of a chain: how many entries, and the hash of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Head {
    pub length: i64,
    pub hash: [u8; 32],
}

/// What was done, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Who: `applicant`, `engine`, `reviewer:NAME`, `key_…`.
    pub actor: String,
    /// What, in one word and its codes, such as `assessed review FACE_MISMATCH`.
    pub what: String,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the chain, from 1.
    pub place: u64,
    /// When.
    pub at: Timestamp,
    /// What was done, by whom.
    pub act: Act,
    /// SHA-256 over the hash before, place, time, actor and act.
    pub hash: [u8; 32],
}

/// A chain that does not hold: something was changed, taken out or added behind our back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The case.
    pub case: CaseId,
    /// The first place that does not hold.
    pub place: u64,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the audit log of {} does not hold from entry {} on", self.case, self.place)
    }
}

impl Tx {
    /// Adds to the log of the case, whose row this transaction must have locked or made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log(
        &mut self,
        row: &mut CaseRow,
        at: Timestamp,
        act: &Act,
    ) -> Result<(), StoreError> {
        let (case, place) = (row.case.id, row.head.length + 1);
        let hash = link(&row.head.hash, case, (place, at), act);
        query("INSERT INTO audit (case_id, place, at, actor, act, hash) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(case.to_string())
            .bind(place)
            .bind(at.as_millisecond())
            .bind(&act.actor)
            .bind(&act.what)
            .bind(hash.to_vec())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing the audit log"))?;
        query("UPDATE cases SET audit_length = $2, audit_head = $3 WHERE id = $1")
            .bind(case.to_string())
            .bind(place)
            .bind(hash.to_vec())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing the head of the audit log"))?;
        row.head = Head { length: place, hash };
        Ok(())
    }

    /// The log of a case, from its first entry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&mut self, case: CaseId) -> Result<Vec<AuditEntry>, StoreError> {
        let rows: Vec<(i64, i64, String, String, Vec<u8>)> = query_as(
            "SELECT place, at, actor, act, hash FROM audit WHERE case_id = $1 ORDER BY place",
        )
        .bind(case.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading the audit log"))?;
        let entry = |(place, at, actor, what, hash): (i64, i64, String, String, Vec<u8>)| {
            Ok(AuditEntry {
                place: u64::from(At("audit", "place").count(place)?),
                at: At("audit", "at").time(at)?,
                act: Act { actor, what },
                hash: At("audit", "hash").hash(&hash)?,
            })
        };
        rows.into_iter().map(entry).collect()
    }

    /// Whether the log of the case is whole: every entry in its place, the last one the head
    /// of the case's row. `None` when it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_audit(&mut self, row: &CaseRow) -> Result<Option<Broken>, StoreError> {
        let case = row.case.id;
        let mut head = Head::default();
        for entry in self.audit(case).await? {
            let place = head.length + 1;
            let hash = link(&head.hash, case, (place, entry.at), &entry.act);
            if entry.place != place as u64 || entry.hash != hash {
                return Ok(Some(Broken { case, place: place as u64 }));
            }
            head = Head { length: place, hash };
        }
        Ok((head != row.head).then_some(Broken { case, place: head.length as u64 + 1 }))
    }
}

/// The hash of an entry. Texts are set off by their length.
fn link(before: &[u8; 32], case: CaseId, (place, at): (i64, Timestamp), act: &Act) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(case.to_string());
    hash.update(place.to_be_bytes());
    hash.update(at.as_millisecond().to_be_bytes());
    for text in [&act.actor, &act.what] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}
