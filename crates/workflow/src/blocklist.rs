//! The blocklist: what is not to be approved without a person's look. It holds keyed hashes of
//! documents and numbers, and faces of decided cases whose people agreed to be searched for.

use domain::document::{Country, DocumentType};
use domain::id::{BlockId, CaseId};
use jiff::civil::Date;
use store::{Block, Blocked, IdentityKind, StoreError, Tx};
use thiserror::Error;
use vault::VaultError;

use crate::cases::CaseError;
use crate::device::DeviceName;
use crate::errors::{Breakage, Once, OnceError};
use crate::installation::{Installation, act};
use crate::report::Report;

/// A ground is at most so long, characters.
const LONGEST_GROUND: usize = 500;
/// A number is at most so long, characters.
const LONGEST_NUMBER: usize = 60;

/// What is to be put on the blocklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToBlock {
    /// A document.
    Document {
        /// Who issued it.
        country: Country,
        /// Its type.
        kind: DocumentType,
        /// Its number.
        number: String,
    },
    /// A person's national number.
    NationalId {
        /// Of which country.
        country: Country,
        /// The number.
        number: String,
    },
    /// What a decided case shows: its document, its national number, its face.
    Case(CaseId),
    /// A device, by the operator's own name for it.
    Device(DeviceName),
    /// The device that a case was opened from.
    DeviceOf(CaseId),
}

/// New entries of the blocklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBlock {
    /// Of what.
    pub what: ToBlock,
    /// Why, for those who decide later.
    pub ground: String,
    /// The last day on which they hold, where the policy's calendar is; without one they hold
    /// until they are removed.
    pub until: Option<Date>,
}

/// Why nothing was put on the blocklist, or taken off it.
#[derive(Debug, Error)]
pub enum BlockError {
    /// The ground is empty or too long.
    #[error("say why in 1 to {LONGEST_GROUND} characters, without the person's data")]
    BadGround,
    /// The number has neither letter nor digit, or is too long.
    #[error("write the number as it is printed, in at most {LONGEST_NUMBER} characters")]
    BadNumber,
    /// The last day is over.
    #[error("the last day of the entry is over: give today or a later day, or none")]
    Over,
    /// The case is not decided.
    #[error("the case is not decided yet: decide it first")]
    NotDecided,
    /// Nothing of the case can be recognised.
    #[error(
        "of the case there is no document that was read, no face that may be searched, or no device"
    )]
    NothingKnown,
    /// The idempotency key is another request's.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// There is no such entry.
    #[error("there is no such entry on the blocklist")]
    NoSuchEntry,
    /// As with every case.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl From<StoreError> for BlockError {
    fn from(error: StoreError) -> Self {
        Self::Case(error.into())
    }
}

impl From<VaultError> for BlockError {
    fn from(error: VaultError) -> Self {
        Self::Case(error.into())
    }
}

impl Installation {
    /// Puts something on the blocklist: an entry for the document, for the number and for the
    /// face, where there are. Whoever meets one is seen by a person.
    ///
    /// # Errors
    /// See [`BlockError`].
    pub async fn block(
        &self,
        new: &NewBlock,
        author: &str,
        once: Option<&Once>,
    ) -> Result<Vec<Block>, BlockError> {
        let ground = new.ground.trim();
        if ground.is_empty() || ground.chars().count() > LONGEST_GROUND {
            return Err(BlockError::BadGround);
        }
        if new.until.is_some_and(|last| last < self.today()) {
            return Err(BlockError::Over);
        }
        let mut tx = self.parts.store.begin().await?;
        if let Some(ids) = self.came_to(once, &mut tx).await?? {
            return made_before(&mut tx, &ids).await;
        }
        let all = self.to_block(&mut tx, &new.what).await?;
        let case = match new.what {
            ToBlock::Case(id) | ToBlock::DeviceOf(id) => Some(id),
            _ => None,
        };
        let now = self.now();
        let entry = |of| Block {
            id: BlockId::new(now, self.dice()),
            of,
            case,
            ground: ground.to_owned(),
            author: author.to_owned(),
            created_at: now,
            until: new.until,
        };
        let blocks: Vec<Block> = all.into_iter().map(entry).collect();
        for block in &blocks {
            tx.add_block(block).await?;
            self.log_block(&mut tx, block, author, "blocklisted").await?;
        }
        let ids: Vec<String> = blocks.iter().map(|block| block.id.to_string()).collect();
        self.remember(once, &mut tx, ids.join(" ")).await?;
        tx.commit().await?;
        Ok(blocks)
    }

    /// Up to `most` entries, the newest first, behind `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocks(&self, before: Option<BlockId>, most: u32) -> Result<Vec<Block>, Breakage> {
        Ok(self.parts.store.read().await?.blocks(before, most).await?)
    }

    /// Takes an entry off the blocklist.
    ///
    /// # Errors
    /// See [`BlockError`].
    pub async fn unblock(&self, id: BlockId, author: &str) -> Result<(), BlockError> {
        let mut tx = self.parts.store.begin().await?;
        let listed = tx.block(id).await?.ok_or(BlockError::NoSuchEntry)?;
        if let Some(case) = listed.case {
            // The case comes before its face, as where it is decided.
            tx.lock_case(case).await?;
        }
        let block = tx.block(id).await?.ok_or(BlockError::NoSuchEntry)?;
        tx.remove_block(&block, author, self.now()).await?;
        self.log_block(&mut tx, &block, author, "off the blocklist:").await?;
        tx.commit().await?;
        Ok(())
    }

    async fn to_block(&self, tx: &mut Tx, what: &ToBlock) -> Result<Vec<Blocked>, BlockError> {
        let identity = match what {
            ToBlock::Case(id) => return self.of_case(tx, *id).await,
            ToBlock::Device(name) => Some(self.device(name.as_str())),
            ToBlock::DeviceOf(id) => {
                let row = tx.lock_case(*id).await?.ok_or(CaseError::NoSuchCase)?;
                let key = self.parts.vault.person(row.case.account).await?;
                Some(
                    self.device_of(&row, &key)
                        .map_err(CaseError::from)?
                        .ok_or(BlockError::NothingKnown)?,
                )
            }
            ToBlock::Document { number, .. } | ToBlock::NationalId { number, .. }
                if number.chars().count() > LONGEST_NUMBER =>
            {
                None
            }
            ToBlock::Document { country, kind, number } => {
                self.document_identity(country, *kind, number)
            }
            ToBlock::NationalId { country, number } => self.national_identity(country, number),
        };
        Ok(vec![Blocked::Identity(identity.ok_or(BlockError::BadNumber)?.now)])
    }

    /// What can be recognised of a decided case.
    async fn of_case(&self, tx: &mut Tx, id: CaseId) -> Result<Vec<Blocked>, BlockError> {
        let row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        if !row.case.state.is_over() {
            return Err(BlockError::NotDecided);
        }
        let key = self.parts.vault.person(row.case.account).await?;
        let last = tx.decisions(id).await?.into_iter().next().and_then(|last| last.report);
        let sealed = last.ok_or(BlockError::NothingKnown)?;
        let report = Report::open(&key, id, &sealed).map_err(CaseError::from)?;
        let tier = self.tier(&row.case.tier).map_err(CaseError::from)?;
        let known = self.known_by(&report, &tier).into_iter().map(|known| known.now);
        // Who shares a name with somebody is not to be kept out for it.
        let own = known.filter(|identity| identity.kind != IdentityKind::NameAndBirth);
        let mut all: Vec<Blocked> = own.map(Blocked::Identity).collect();
        if tx.face(id).await?.is_some() {
            all.push(Blocked::Face(id));
        }
        if all.is_empty() { Err(BlockError::NothingKnown) } else { Ok(all) }
    }

    async fn log_block(
        &self,
        tx: &mut Tx,
        block: &Block,
        author: &str,
        word: &str,
    ) -> Result<(), BlockError> {
        let Some(case) = block.case else { return Ok(()) };
        let Some(mut row) = tx.lock_case(case).await? else { return Ok(()) };
        let what = format!("{word} {} {}", block.of.kind(), block.id);
        Ok(tx.log(&mut row, self.now(), &act(author, what)).await?)
    }
}

/// The entries of an earlier request that are still on the list.
async fn made_before(tx: &mut Tx, ids: &str) -> Result<Vec<Block>, BlockError> {
    let mut blocks = Vec::new();
    for id in ids.split(' ').filter_map(|id| id.parse().ok()) {
        blocks.extend(tx.block(id).await?);
    }
    Ok(blocks)
}
