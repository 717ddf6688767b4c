//! Uploads that come in parts: what is here stays here when the line breaks, and the person
//! goes on from it.

use std::time::Duration;

use domain::case::Move;
use domain::id::{CaseId, PartId, TransferId};
use store::{StoreError, Transfer};
use thiserror::Error;
use vault::{ObjectName, VaultError};

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::uploads::{Accepted, MOST_UPLOADS, Place, UploadError};

/// A part that is not the last has at least so many bytes: a capture has 400 parts then.
const LEAST_OF_A_PART: usize = 128 * 1024;
/// Between the first part and the last: a night without a line.
const TIME: Duration = Duration::from_hours(24);
/// So many are thrown away at a time.
const AT_ONCE: u32 = 100;

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Bytes are missing.
    Going(Transfer),
    /// All were here, and it is an upload.
    Done(Transfer, Accepted),
}

/// Why a part was not taken.
#[derive(Debug, Error)]
pub enum TransferError {
    /// There is no such transfer in this case, or none any more.
    #[error("there is no such transfer, or none any more: begin a new one")]
    NoSuchTransfer,
    /// It begins where nothing is missing, or leaves a gap.
    #[error("the next byte that is missing is number {received}, counted from 0: go on there")]
    WrongOffset {
        /// How many bytes are here.
        received: u64,
    },
    /// It is too short to be one of few.
    #[error("a part has at least {LEAST_OF_A_PART} bytes, unless it is the last")]
    ShortPart,
    /// More bytes than were announced.
    #[error("the part goes beyond the {length} bytes that were announced")]
    TooLong {
        /// How many were announced.
        length: u64,
    },
    /// Nothing was announced.
    #[error("an upload has one byte at least")]
    Empty,
    /// As with any upload.
    #[error(transparent)]
    Upload(#[from] UploadError),
}

impl From<StoreError> for TransferError {
    fn from(error: StoreError) -> Self {
        Self::Upload(error.into())
    }
}

impl From<VaultError> for TransferError {
    fn from(error: VaultError) -> Self {
        Self::Upload(error.into())
    }
}

impl Installation {
    /// Begins an upload of `length` bytes that comes in parts. What was begun for the same
    /// place before is thrown away.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn begin_transfer(
        &self,
        case: CaseId,
        place: Place,
        length: u64,
    ) -> Result<Transfer, TransferError> {
        if length == 0 {
            return Err(TransferError::Empty);
        }
        let most = place.most_bytes();
        if length > most as u64 {
            return Err(UploadError::TooLarge { most }.into());
        }
        let now = self.now();
        let transfer = Transfer {
            id: TransferId::new(now, self.dice()),
            case,
            slot: place.as_str().to_owned(),
            length,
            received: 0,
            upload: None,
            expires_at: now + TIME,
        };
        let mut tx = self.parts.store.begin().await?;
        let row = tx.lock_case(case).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill).map_err(UploadError::from)?;
        self.takes(&row, place)?;
        if tx.count_uploads(case).await? >= MOST_UPLOADS {
            return Err(UploadError::TooMany.into());
        }
        let before = tx.transfers(case).await?.into_iter().filter(|one| one.slot == transfer.slot);
        let mut left = Vec::new();
        for one in before {
            left.extend(tx.parts(one.id).await?);
            tx.remove_transfer(one.id).await?;
        }
        tx.add_transfer(&transfer).await?;
        tx.commit().await?;
        self.throw_away(left).await?;
        Ok(transfer)
    }

    /// How far a transfer of the case is.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn transfer(&self, case: CaseId, id: TransferId) -> Result<Transfer, TransferError> {
        let found = self.parts.store.read().await?.transfer(id).await?;
        let ours = found.filter(|one| one.case == case && self.now() < one.expires_at);
        ours.ok_or(TransferError::NoSuchTransfer)
    }

    /// Takes the part that begins at byte `offset`. With the last one the whole is judged and
    /// put in its place, as [`Installation::upload`] does; an empty part at the end asks for
    /// that once more, where the answer was lost.
    ///
    /// # Errors
    /// See [`TransferError`]. What was refused for what it is, is thrown away; what broke on
    /// our side is kept.
    pub async fn go_on(
        &self,
        (case, id): (CaseId, TransferId),
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<Progress, TransferError> {
        let mut transfer = self.transfer(case, id).await?;
        let received = transfer.received;
        if offset != received {
            return Err(TransferError::WrongOffset { received });
        }
        let length = transfer.length;
        if bytes.len() as u64 > length - received {
            return Err(TransferError::TooLong { length });
        }
        let last = received + bytes.len() as u64 == length;
        if !last && bytes.len() < LEAST_OF_A_PART {
            return Err(TransferError::ShortPart);
        }
        if !bytes.is_empty() {
            transfer = self.keep_part(&transfer, &bytes).await?;
        }
        if last { self.arrived(transfer).await } else { Ok(Progress::Going(transfer)) }
    }

    async fn keep_part(&self, before: &Transfer, bytes: &[u8]) -> Result<Transfer, TransferError> {
        let row = self.parts.store.read().await?.case(before.case).await?;
        let row = row.ok_or(UploadError::NoSuchCase)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let part = PartId::new(self.now(), self.dice());
        // The object comes first, as with a whole upload.
        self.parts.vault.put(&key, &ObjectName::part(part), bytes).await?;
        let added = self.add_part(before, part, bytes.len() as u64).await;
        if added.is_err() {
            self.throw_away(vec![part]).await?;
        }
        added
    }

    async fn add_part(
        &self,
        before: &Transfer,
        part: PartId,
        bytes: u64,
    ) -> Result<Transfer, TransferError> {
        let mut tx = self.parts.store.begin().await?;
        let row = tx.lock_case(before.case).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill).map_err(UploadError::from)?;
        let now = tx.transfer(before.id).await?.ok_or(TransferError::NoSuchTransfer)?;
        // Another device, or the same request once more, was faster.
        if now.received != before.received {
            return Err(TransferError::WrongOffset { received: now.received });
        }
        let mut transfer = now;
        tx.add_part(&mut transfer, part, bytes).await?;
        tx.commit().await?;
        Ok(transfer)
    }

    async fn arrived(&self, transfer: Transfer) -> Result<Progress, TransferError> {
        let place = Place::named(&transfer.slot);
        let unreadable = Breakage::Unreadable { what: "a transfer" };
        let place = place.ok_or(UploadError::Broken(unreadable))?;
        if let Some(upload) = transfer.upload {
            let accepted = self.judge_again(transfer.case, place, upload).await?;
            return Ok(Progress::Done(transfer, accepted));
        }
        let parts = self.parts.store.read().await?.parts(transfer.id).await?;
        let whole = self.whole(&transfer, &parts).await?;
        match self.take(transfer.case, place, whole, Some(transfer.id)).await {
            Err(broken @ (UploadError::Broken(_) | UploadError::Superseded)) => Err(broken.into()),
            Err(refused) => {
                let mut tx = self.parts.store.begin().await?;
                tx.remove_transfer(transfer.id).await?;
                tx.commit().await?;
                self.throw_away(parts).await?;
                Err(refused.into())
            }
            Ok(accepted) => {
                self.throw_away(parts).await?;
                let upload = Some(accepted.upload.id);
                Ok(Progress::Done(Transfer { upload, ..transfer }, accepted))
            }
        }
    }

    /// The parts together. Another call may have ended the transfer meanwhile and thrown them
    /// away: then there is none any more, or it is [`UploadError::Superseded`].
    async fn whole(&self, transfer: &Transfer, parts: &[PartId]) -> Result<Vec<u8>, TransferError> {
        let row = self.parts.store.read().await?.case(transfer.case).await?;
        let row = row.ok_or(UploadError::NoSuchCase)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let mut whole = Vec::with_capacity(transfer.length as usize);
        for part in parts {
            match self.parts.vault.get(&key, &ObjectName::part(*part)).await {
                Ok(bytes) => whole.extend(bytes),
                Err(VaultError::NoSuchObject { .. }) => break,
                Err(error) => return Err(error.into()),
            }
        }
        if whole.len() as u64 == transfer.length {
            return Ok(whole);
        }
        self.transfer(transfer.case, transfer.id).await?;
        Err(UploadError::Superseded.into())
    }

    /// Throws away what came of transfers that nobody ended in time. How many there were.
    ///
    /// # Errors
    /// When the database or the vault fails.
    pub async fn drop_transfers(&self) -> Result<usize, Breakage> {
        let mut tx = self.parts.store.read().await?;
        let run_out = tx.transfers_run_out(self.now(), AT_ONCE).await?;
        drop(tx);
        for transfer in &run_out {
            let mut tx = self.parts.store.begin().await?;
            tx.lock_case(transfer.case).await?;
            // The objects go first: without their row nothing finds them.
            self.throw_away(tx.parts(transfer.id).await?).await?;
            tx.remove_transfer(transfer.id).await?;
            tx.commit().await?;
        }
        Ok(run_out.len())
    }

    async fn throw_away(&self, parts: Vec<PartId>) -> Result<(), VaultError> {
        for part in parts {
            self.parts.vault.delete(&ObjectName::part(part)).await?;
        }
        Ok(())
    }
}
