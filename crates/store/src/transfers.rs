//! Transfers: uploads that come in parts, so that a line that breaks costs one part. The parts'
//! bytes lie in the vault, each under its id.

use domain::id::{CaseId, PartId, TransferId, UploadId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// An upload that comes in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// In which case.
    pub case: CaseId,
    /// What it is going to be: `front`, `back`, `held`, `selfie`, `capture`.
    pub slot: String,
    /// How many bytes it will have.
    pub length: u64,
    /// How many of them are here.
    pub received: u64,
    /// The upload that it became.
    pub upload: Option<UploadId>,
    /// When what is here of it is thrown away.
    pub expires_at: Timestamp,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, case_id, slot, length, received, upload_id, expires_at FROM transfers \
             WHERE ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a transfer of which nothing is here yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_transfer(&mut self, transfer: &Transfer) -> Result<(), StoreError> {
        query(
            "INSERT INTO transfers (id, case_id, slot, length, received, expires_at) \
             VALUES ($1, $2, $3, $4, 0, $5)",
        )
        .bind(transfer.id.to_string())
        .bind(transfer.case.to_string())
        .bind(&transfer.slot)
        .bind(transfer.length as i64)
        .bind(transfer.expires_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a transfer of this id"))?;
        Ok(())
    }

    /// The transfer of that id. With its case locked it stays so until the transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn transfer(&mut self, id: TransferId) -> Result<Option<Transfer>, StoreError> {
        let row = query(select!("id = $1")).bind(id.to_string());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading a transfer"))?.as_ref().map(transfer).transpose()
    }

    /// The transfers of a case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn transfers(&mut self, case: CaseId) -> Result<Vec<Transfer>, StoreError> {
        let rows = query(select!("case_id = $1 ORDER BY id")).bind(case.to_string());
        let rows = rows.fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("listing transfers"))?;
        rows.iter().map(transfer).collect()
    }

    /// Up to `most` transfers whose time is over at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn transfers_run_out(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<Transfer>, StoreError> {
        let rows = query(select!("expires_at <= $1 ORDER BY expires_at LIMIT $2"))
            .bind(now.as_millisecond())
            .bind(i64::from(most))
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("looking for transfers that ran out"))?;
        rows.iter().map(transfer).collect()
    }

    /// Adds the next part, of so many bytes, to a transfer whose case is locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_part(
        &mut self,
        transfer: &mut Transfer,
        part: PartId,
        bytes: u64,
    ) -> Result<(), StoreError> {
        query("INSERT INTO parts (id, transfer_id, first_byte) VALUES ($1, $2, $3)")
            .bind(part.to_string())
            .bind(transfer.id.to_string())
            .bind(transfer.received as i64)
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::adding("this part of a transfer"))?;
        transfer.received += bytes;
        query("UPDATE transfers SET received = $2 WHERE id = $1")
            .bind(transfer.id.to_string())
            .bind(transfer.received as i64)
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing how far a transfer is"))?;
        Ok(())
    }

    /// The parts of a transfer, from its first byte on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn parts(&mut self, id: TransferId) -> Result<Vec<PartId>, StoreError> {
        let rows: Vec<(String,)> =
            query_as("SELECT id FROM parts WHERE transfer_id = $1 ORDER BY first_byte")
                .bind(id.to_string())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(StoreError::failed("listing the parts of a transfer"))?;
        rows.into_iter().map(|(id,)| At("parts", "id").parse(&id)).collect()
    }

    /// Writes what a transfer became; its parts are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_transfer(
        &mut self,
        id: TransferId,
        upload: UploadId,
    ) -> Result<(), StoreError> {
        self.forget_parts(id).await?;
        query("UPDATE transfers SET upload_id = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(upload.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("ending a transfer"))?;
        Ok(())
    }

    /// Removes a transfer with its parts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_transfer(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.forget_parts(id).await?;
        query("DELETE FROM transfers WHERE id = $1")
            .bind(id.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("removing a transfer"))?;
        Ok(())
    }

    async fn forget_parts(&mut self, id: TransferId) -> Result<(), StoreError> {
        query("DELETE FROM parts WHERE transfer_id = $1")
            .bind(id.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("removing the parts of a transfer"))?;
        Ok(())
    }
}

fn transfer(row: &AnyRow) -> Result<Transfer, StoreError> {
    let at = |column| At("transfers", column);
    let text = |column| at(column).of::<String>(row);
    let bytes = |column| {
        let number: i64 = at(column).of(row)?;
        u64::try_from(number).map_err(|_| at(column).unreadable())
    };
    let upload: Option<String> = at("upload_id").of(row)?;
    Ok(Transfer {
        id: at("id").parse(&text("id")?)?,
        case: at("case_id").parse(&text("case_id")?)?,
        slot: text("slot")?,
        length: bytes("length")?,
        received: bytes("received")?,
        upload: upload.map(|upload| at("upload_id").parse(&upload)).transpose()?,
        expires_at: at("expires_at").time(at("expires_at").of(row)?)?,
    })
}
