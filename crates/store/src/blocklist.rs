//! The operator's blocklist: keyed hashes of documents and numbers, and faces of decided cases.

use domain::id::{BlockId, CaseId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::identities::{Identity, IdentityKind};
use crate::row::At;

/// An entry of the blocklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// What it is of.
    pub of: Blocked,
    /// The case that it was taken from, where it was; with its person it goes.
    pub case: Option<CaseId>,
    /// Why, in the operator's words.
    pub ground: String,
    /// Who added it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// The last day on which it holds; without one, until it is removed.
    pub until: Option<Date>,
}

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// A document, a national number, or a device.
    Identity(Identity),
    /// The face that is kept of this case.
    Face(CaseId),
}

impl Blocked {
    /// The stable public name of its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Identity(identity) => identity.kind.as_str(),
            Self::Face(_) => FACE,
        }
    }
}

const FACE: &str = "face";

type Row = (
    String,
    String,
    Option<i64>,
    Option<Vec<u8>>,
    Option<String>,
    Option<String>,
    String,
    String,
    i64,
    Option<String>,
);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, key_version, hash, face_case, case_id, ground, author, created_at, \
             until FROM blocklist WHERE removed_at IS NULL AND ",
            $rest
        )
    };
}

impl Tx {
    /// Adds an entry. A face on the list is searched from then on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_block(&mut self, block: &Block) -> Result<(), StoreError> {
        let (identity, face) = match &block.of {
            Blocked::Identity(identity) => (Some(identity), None),
            Blocked::Face(case) => (None, Some(*case)),
        };
        query(
            "INSERT INTO blocklist (id, kind, key_version, hash, face_case, case_id, ground, \
             author, created_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(block.id.to_string())
        .bind(block.of.kind())
        .bind(identity.map(|identity| i64::from(identity.key_version)))
        .bind(identity.map(|identity| identity.hash.to_vec()))
        .bind(face.map(|case| case.to_string()))
        .bind(block.case.map(|case| case.to_string()))
        .bind(&block.ground)
        .bind(&block.author)
        .bind(block.created_at.as_millisecond())
        .bind(block.until.map(|day| day.to_string()))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("an entry of this id"))?;
        match face {
            Some(case) => self.touch_face(case).await,
            None => Ok(()),
        }
    }

    /// The entry of that id, unless it was removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn block(&mut self, id: BlockId) -> Result<Option<Block>, StoreError> {
        let row = query_as(select!("id = $1")).bind(id.to_string());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading the blocklist"))?.map(block).transpose()
    }

    /// Up to `most` entries, the newest first, behind `before`; those that ran out too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocks(
        &mut self,
        before: Option<BlockId>,
        most: u32,
    ) -> Result<Vec<Block>, StoreError> {
        // Every id is less than this, in every collation: they go on in hexadecimal digits.
        let before = before.map_or_else(|| "block_g".to_owned(), |id| id.to_string());
        let rows = query_as(select!("id < $1 ORDER BY id DESC LIMIT $2"))
            .bind(before)
            .bind(i64::from(most))
            .fetch_all(&mut *self.inner)
            .await;
        let rows = rows.map_err(StoreError::failed("listing the blocklist"))?;
        rows.into_iter().map(block).collect()
    }

    /// Takes an entry off the list. That it was there, with its ground and who took it off, is
    /// kept; what it was of is not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_block(
        &mut self,
        block: &Block,
        by: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE blocklist SET removed_at = $2, removed_by = $3, hash = NULL, \
             face_case = NULL WHERE id = $1",
        )
        .bind(block.id.to_string())
        .bind(at.as_millisecond())
        .bind(by)
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("removing from the blocklist"))?;
        match block.of {
            Blocked::Face(case) => self.touch_face(case).await,
            Blocked::Identity(_) => Ok(()),
        }
    }

    /// The entries that meet `identity` on `today`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocks_of(
        &mut self,
        identity: &Identity,
        today: Date,
    ) -> Result<Vec<Block>, StoreError> {
        let rows = query_as(select!(
            "kind = $1 AND key_version = $2 AND hash = $3 AND (until IS NULL OR until >= $4) \
             ORDER BY id"
        ))
        .bind(identity.kind.as_str())
        .bind(i64::from(identity.key_version))
        .bind(identity.hash.to_vec())
        .bind(today.to_string())
        .fetch_all(&mut *self.inner)
        .await;
        let rows = rows.map_err(StoreError::failed("looking at the blocklist"))?;
        rows.into_iter().map(block).collect()
    }

    /// The entries of the face of `case` that hold on `today`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocks_of_face(
        &mut self,
        case: CaseId,
        today: Date,
    ) -> Result<Vec<Block>, StoreError> {
        let rows =
            query_as(select!("face_case = $1 AND (until IS NULL OR until >= $2) ORDER BY id"))
                .bind(case.to_string())
                .bind(today.to_string())
                .fetch_all(&mut *self.inner)
                .await;
        let rows = rows.map_err(StoreError::failed("looking for a face on the blocklist"))?;
        rows.into_iter().map(block).collect()
    }

    /// Deletes every entry that was taken from a case of this account, removed ones too. Which there
    /// were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_blocks(
        &mut self,
        account: domain::id::AccountId,
    ) -> Result<Vec<BlockId>, StoreError> {
        let gone: Vec<(String,)> = query_as(
            "DELETE FROM blocklist \
             WHERE case_id IN (SELECT id FROM cases WHERE account_id = $1) RETURNING id",
        )
        .bind(account.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("forgetting entries of the blocklist"))?;
        gone.into_iter().map(|(id,)| At("blocklist", "id").parse(&id)).collect()
    }
}

fn block(row: Row) -> Result<Block, StoreError> {
    let (id, kind, key_version, hash, face, case, ground, author, created_at, until) = row;
    let at = |column| At("blocklist", column);
    let of = match (face, hash, key_version) {
        (Some(face), ..) => Blocked::Face(at("face_case").parse(&face)?),
        (None, Some(hash), Some(version)) => Blocked::Identity(Identity {
            kind: at("kind").named(&kind, &IdentityKind::ALL, IdentityKind::as_str)?,
            key_version: at("key_version").count(version)?,
            hash: at("hash").hash(&hash)?,
        }),
        _ => return Err(at("hash").unreadable()),
    };
    Ok(Block {
        id: at("id").parse(&id)?,
        of,
        case: case.map(|case| at("case_id").parse(&case)).transpose()?,
        ground,
        author,
        created_at: at("created_at").time(created_at)?,
        until: until.map(|day| at("until").parse(&day)).transpose()?,
    })
}
