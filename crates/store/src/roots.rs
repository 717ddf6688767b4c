//! Signed roots over the audit logs: which entries each covers, and what was signed.

use domain::id::CaseId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A root that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRoot {
    /// Its number, from 1 without a gap.
    pub number: i64,
    /// When it was made.
    pub at: Timestamp,
    /// SHA-256 of the statement of the root before; zeros before the first.
    pub before: [u8; 32],
    /// How many logs went on since the root before.
    pub heads: u64,
    /// The Merkle root over their heads.
    pub merkle: [u8; 32],
    /// The public key that the signature is checked by.
    pub public_key: [u8; 32],
    /// The signature of all this.
    pub signature: Vec<u8>,
}

/// How far the log of a case went: its entry at place `length` has this hash, and so the
/// entries up to there are what they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignedHead {
    /// The case.
    pub case: CaseId,
    /// How many entries.
    pub length: u64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

type Entry = (String, i64, Vec<u8>);
type Row = (i64, i64, Vec<u8>, i64, Vec<u8>, Vec<u8>, Vec<u8>);

impl Tx {
    /// The last root; nobody else makes one until this transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_roots(&mut self) -> Result<Option<AuditRoot>, StoreError> {
        let lock = self.locking("SELECT 1", "LOCK TABLE audit_roots IN SHARE ROW EXCLUSIVE MODE");
        let locked = query(lock).execute(&mut *self.inner).await;
        locked.map_err(StoreError::failed("locking the roots of the audit logs"))?;
        self.last_root().await
    }

    /// The last root.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_root(&mut self) -> Result<Option<AuditRoot>, StoreError> {
        let row: Option<Row> = query_as(
            "SELECT number, at, before, heads, merkle, public_key, signature FROM audit_roots \
             ORDER BY number DESC LIMIT 1",
        )
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading the last root of the audit logs"))?;
        row.map(root).transpose()
    }

    /// Up to `most` roots behind number `after`, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roots(&mut self, after: i64, most: u32) -> Result<Vec<AuditRoot>, StoreError> {
        let rows: Vec<Row> = query_as(
            "SELECT number, at, before, heads, merkle, public_key, signature FROM audit_roots \
             WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading the roots of the audit logs"))?;
        rows.into_iter().map(root).collect()
    }

    /// Puts up to `most` entries that no root covers yet under root `number`: the heads that it
    /// is over, one for each case, in the order of the cases. Roots must be locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cover(&mut self, number: i64, most: u32) -> Result<Vec<SignedHead>, StoreError> {
        let rows: Vec<Entry> = query_as(
            "UPDATE audit SET root = $1 WHERE (case_id, place) IN \
             (SELECT case_id, place FROM audit WHERE root IS NULL ORDER BY case_id, place LIMIT $2) \
             RETURNING case_id, place, hash",
        )
        .bind(number)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("covering the audit logs by a root"))?;
        heads(rows)
    }

    /// The heads that root `number` is over, as the database has them now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heads_of_root(&mut self, number: i64) -> Result<Vec<SignedHead>, StoreError> {
        let rows: Vec<Entry> = query_as("SELECT case_id, place, hash FROM audit WHERE root = $1")
            .bind(number)
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading what a root is over"))?;
        heads(rows)
    }

    /// Adds a root.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_root(&mut self, root: &AuditRoot) -> Result<(), StoreError> {
        query(
            "INSERT INTO audit_roots (number, at, before, heads, merkle, public_key, signature) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(root.number)
        .bind(root.at.as_millisecond())
        .bind(root.before.to_vec())
        .bind(root.heads as i64)
        .bind(root.merkle.to_vec())
        .bind(root.public_key.to_vec())
        .bind(&root.signature)
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a root of the audit logs of this number"))?;
        Ok(())
    }

    /// The hash of the entry at this place of the log of a case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_hash(
        &mut self,
        case: CaseId,
        place: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> =
            query_as("SELECT hash FROM audit WHERE case_id = $1 AND place = $2")
                .bind(case.to_string())
                .bind(place as i64)
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(StoreError::failed("reading an entry of the audit log"))?;
        Ok(row.map(|(hash,)| hash))
    }
}

/// The last of each case's entries.
fn heads(rows: Vec<Entry>) -> Result<Vec<SignedHead>, StoreError> {
    let at = |column| At("audit", column);
    let head = |(case, place, hash): Entry| {
        let length = u64::try_from(place).map_err(|_| at("place").unreadable())?;
        let (case, hash) = (at("case_id").parse(&case)?, at("hash").hash(&hash)?);
        Ok(SignedHead { case, length, hash })
    };
    let mut heads = rows.into_iter().map(head).collect::<Result<Vec<_>, StoreError>>()?;
    heads.sort_by_key(|head| (head.case, std::cmp::Reverse(head.length)));
    heads.dedup_by_key(|head| head.case);
    Ok(heads)
}

fn root((number, at, before, heads, merkle, key, signature): Row) -> Result<AuditRoot, StoreError> {
    let of = |column| At("audit_roots", column);
    Ok(AuditRoot {
        number,
        at: of("at").time(at)?,
        before: of("before").hash(&before)?,
        heads: u64::try_from(heads).map_err(|_| of("heads").unreadable())?,
        merkle: of("merkle").hash(&merkle)?,
        public_key: of("public_key").hash(&key)?,
        signature,
    })
}
