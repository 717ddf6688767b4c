//! What was uploaded; the bytes lie in the vault, under the id.

use domain::id::{AccountId, CaseId, UploadId};
use jiff::Timestamp;
use sqlx::{query, query_as, query_scalar};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::holds::unheld;
use crate::row::At;

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id, which also names the object.
    pub id: UploadId,
    /// What it is: `front`, `back`, `held`, `selfie`, `capture`.
    pub slot: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub digest: String,
    /// How many bytes.
    pub bytes: u64,
    /// When it came in.
    pub created_at: Timestamp,
}

impl Tx {
    /// Adds an upload in place of what lay in its slot. The case must be locked: of two that
    /// come at once, from two devices, one is the last and counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_upload(&mut self, case: CaseId, upload: &Upload) -> Result<(), StoreError> {
        self.set_aside(case, &upload.slot, upload.created_at).await?;
        query(
            "INSERT INTO uploads (id, case_id, slot, digest, bytes, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(upload.id.to_string())
        .bind(case.to_string())
        .bind(&upload.slot)
        .bind(&upload.digest)
        .bind(upload.bytes as i64)
        .bind(upload.created_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("an upload of this id"))?;
        Ok(())
    }

    /// Sets aside what lies in a slot, if something does. The case must be locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_aside(
        &mut self,
        case: CaseId,
        slot: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE uploads SET superseded_at = $3 \
             WHERE case_id = $1 AND slot = $2 AND superseded_at IS NULL",
        )
        .bind(case.to_string())
        .bind(slot)
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("setting an upload aside"))?;
        Ok(())
    }

    /// Writes that the object of an upload is no more. Nothing is left by which whoever has the
    /// file could tell that it was this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removed(&mut self, upload: UploadId, at: Timestamp) -> Result<(), StoreError> {
        let failed = || StoreError::failed("writing that a picture was removed");
        query("UPDATE uploads SET removed_at = $2, digest = '', bytes = 0 WHERE id = $1")
            .bind(upload.to_string())
            .bind(at.as_millisecond())
            .execute(&mut *self.inner)
            .await
            .map_err(failed())?;
        // It names the capture that was announced.
        query(
            "UPDATE cases SET challenge = NULL \
             WHERE id = (SELECT case_id FROM uploads WHERE id = $1 AND slot = 'capture')",
        )
        .bind(upload.to_string())
        .execute(&mut *self.inner)
        .await
        .map_err(failed())?;
        Ok(())
    }

    /// Up to `most` uploads whose time is over at `now` and which no hold keeps, each with its
    /// account. With the account locked they are so until the transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn uploads_run_out(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<(UploadId, AccountId)>, StoreError> {
        let rows: Vec<(String, String)> = query_as(
            concat!(
            "SELECT uploads.id, cases.account_id FROM cases JOIN uploads ON uploads.case_id = cases.id \
             WHERE cases.pictures_until <= $1 AND uploads.removed_at IS NULL AND ",
            unheld!("cases.account_id"),
            " LIMIT $2"
            ),
        )
        .bind(now.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for pictures whose time is over"))?;
        let both = |(id, account): (String, String)| {
            Ok((At("uploads", "id").parse(&id)?, At("cases", "account_id").parse(&account)?))
        };
        rows.into_iter().map(both).collect()
    }

    /// Whether the upload is still one of those.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upload_ran_out(
        &mut self,
        upload: UploadId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row: Option<(String,)> = query_as(concat!(
            "SELECT uploads.id FROM cases JOIN uploads ON uploads.case_id = cases.id \
             WHERE uploads.id = $2 AND cases.pictures_until <= $1 \
             AND uploads.removed_at IS NULL AND ",
            unheld!("cases.account_id"),
        ))
        .bind(now.as_millisecond())
        .bind(upload.to_string())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking at a picture whose time is over"))?;
        Ok(row.is_some())
    }

    /// How many uploads a case has had, with those that were set aside or removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_uploads(&mut self, case: CaseId) -> Result<u64, StoreError> {
        let count = query_scalar("SELECT COUNT(*) FROM uploads WHERE case_id = $1");
        let count = count.bind(case.to_string()).fetch_one(&mut *self.inner).await;
        let count: i64 = count.map_err(StoreError::failed("counting uploads"))?;
        Ok(count as u64)
    }

    /// The uploads of a case that count, by slot.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn uploads(&mut self, case: CaseId) -> Result<Vec<Upload>, StoreError> {
        let rows: Vec<(String, String, String, i64, i64)> = query_as(
            "SELECT id, slot, digest, bytes, created_at FROM uploads \
             WHERE case_id = $1 AND superseded_at IS NULL AND removed_at IS NULL ORDER BY slot",
        )
        .bind(case.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing uploads"))?;
        let at = |column| At("uploads", column);
        let upload = |(id, slot, digest, bytes, created): (String, _, _, i64, i64)| {
            Ok(Upload {
                id: at("id").parse(&id)?,
                slot,
                digest,
                bytes: u64::try_from(bytes).map_err(|_| at("bytes").unreadable())?,
                created_at: at("created_at").time(created)?,
            })
        };
        rows.into_iter().map(upload).collect()
    }
}
