//! Faces that can be searched, sealed under their person's key: of approved people, and of
//! those on the blocklist. Every change of what is searched has a number, the next one, so that
//! each worker reads what it has not seen.

use domain::id::{AccountId, CaseId};
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// The face of a case, as the engine saw it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFace {
    /// In which case.
    pub case: CaseId,
    /// Whose.
    pub account: AccountId,
    /// Which embedder made the vector: others cannot be compared with it.
    pub embedder: String,
    /// The vector, sealed under the person's key.
    pub sealed: Vec<u8>,
}

/// A change of what is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceChange {
    /// Its number: later ones are higher.
    pub number: i64,
    /// In which case the face was seen.
    pub case: CaseId,
    /// What is searched of it from then on.
    pub now: Searched,
}

/// What is searched of a case's face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Searched {
    /// Nothing any more.
    Nothing,
    /// The face, of a person who is approved, on the blocklist, or both.
    Face {
        /// The face.
        face: SealedFace,
        /// Whether its person is approved by it.
        approved: bool,
    },
}

type ChangeRow = (i64, String, String, String, Option<Vec<u8>>, Option<i64>, i64);

macro_rules! next {
    () => {
        "(SELECT COALESCE(MAX(change), 0) + 1 FROM faces)"
    };
}

impl Tx {
    /// Keeps the face of a case in place of the one before. It is searched only once it is
    /// approved or put on the blocklist.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_face(&mut self, face: &SealedFace) -> Result<(), StoreError> {
        self.lock_identities().await?;
        query(concat!(
            "INSERT INTO faces (case_id, account_id, embedder, sealed) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (case_id) DO UPDATE SET embedder = $3, sealed = $4, \
             change = CASE WHEN faces.change IS NULL THEN NULL ELSE ",
            next!(),
            " END"
        ))
        .bind(face.case.to_string())
        .bind(face.account.to_string())
        .bind(&face.embedder)
        .bind(face.sealed.clone())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("keeping a face"))?;
        Ok(())
    }

    /// The face of a case, where one is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn face(&mut self, case: CaseId) -> Result<Option<SealedFace>, StoreError> {
        let row: Option<(String, String, Vec<u8>)> = query_as(
            "SELECT account_id, embedder, sealed FROM faces \
             WHERE case_id = $1 AND sealed IS NOT NULL",
        )
        .bind(case.to_string())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading a face"))?;
        let face = |(account, embedder, sealed): (String, _, _)| {
            let account = At("faces", "account_id").parse(&account)?;
            Ok(SealedFace { case, account, embedder, sealed })
        };
        row.map(face).transpose()
    }

    /// The face that `account` is searched by, where it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn approved_face(
        &mut self,
        account: AccountId,
    ) -> Result<Option<SealedFace>, StoreError> {
        let row: Option<(String,)> =
            query_as("SELECT case_id FROM faces WHERE account_id = $1 AND approved_at IS NOT NULL")
                .bind(account.to_string())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(StoreError::failed("looking for a face"))?;
        let Some((case,)) = row else { return Ok(None) };
        self.face(At("faces", "case_id").parse(&case)?).await
    }

    /// From now on the face of `case` is the one that `account` is searched by: of an account
    /// one face at a time is. Nothing where none is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn approve_face(
        &mut self,
        account: AccountId,
        case: CaseId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.lock_identities().await?;
        let Some(_) = self.face(case).await? else { return Ok(()) };
        self.retire_face(account).await?;
        query(concat!(
            "UPDATE faces SET approved_at = $2, change = ",
            next!(),
            " WHERE case_id = $1"
        ))
        .bind(case.to_string())
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("approving a face"))?;
        Ok(())
    }

    /// `account` is searched by no face any more; what the blocklist has of it stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retire_face(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.lock_identities().await?;
        // There is one at most, so that the next number is one.
        query(concat!(
            "UPDATE faces SET approved_at = NULL, change = ",
            next!(),
            " WHERE account_id = $1 AND approved_at IS NOT NULL"
        ))
        .bind(account.to_string())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("retiring a face"))?;
        Ok(())
    }

    /// Gives the face of a case the next number, as the blocklist has changed for it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn touch_face(&mut self, case: CaseId) -> Result<(), StoreError> {
        self.lock_identities().await?;
        query(concat!("UPDATE faces SET change = ", next!(), " WHERE case_id = $1"))
            .bind(case.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("numbering a face"))?;
        Ok(())
    }

    /// Gives every face of `account` that is searched the next number: whether it opens has
    /// changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_faces(&mut self, account: AccountId) -> Result<(), StoreError> {
        let kept: Vec<(String,)> = query_as(
            "SELECT case_id FROM faces \
             WHERE account_id = $1 AND sealed IS NOT NULL AND change IS NOT NULL",
        )
        .bind(account.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for faces"))?;
        for (case,) in &kept {
            self.touch_face(At("faces", "case_id").parse(case)?).await?;
        }
        Ok(())
    }

    /// Removes the face of a case. What is left says that it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_face(&mut self, case: CaseId) -> Result<(), StoreError> {
        self.lock_identities().await?;
        query(concat!(
            "UPDATE faces SET sealed = NULL, approved_at = NULL, change = ",
            next!(),
            " WHERE case_id = $1 AND sealed IS NOT NULL"
        ))
        .bind(case.to_string())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("forgetting a face"))?;
        Ok(())
    }

    /// Removes every face of `account`. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_faces(&mut self, account: AccountId) -> Result<usize, StoreError> {
        let kept: Vec<(String,)> =
            query_as("SELECT case_id FROM faces WHERE account_id = $1 AND sealed IS NOT NULL")
                .bind(account.to_string())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(StoreError::failed("looking for faces"))?;
        for (case,) in &kept {
            self.forget_face(At("faces", "case_id").parse(case)?).await?;
        }
        Ok(kept.len())
    }

    /// Up to `most` changes of what is searched behind number `after`, in their order. Of a
    /// face that changed several times the last counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn face_changes(
        &mut self,
        after: i64,
        most: u32,
    ) -> Result<Vec<FaceChange>, StoreError> {
        let rows: Vec<ChangeRow> = query_as(
            "SELECT change, case_id, account_id, embedder, sealed, approved_at, \
             (SELECT COUNT(*) FROM blocklist WHERE face_case = faces.case_id \
             AND removed_at IS NULL) FROM faces WHERE change > $1 ORDER BY change LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading what changed of the faces"))?;
        rows.into_iter().map(change).collect()
    }
}

fn change(row: ChangeRow) -> Result<FaceChange, StoreError> {
    let (number, case, account, embedder, sealed, approved_at, entries) = row;
    let at = |column| At("faces", column);
    let case = at("case_id").parse(&case)?;
    let approved = approved_at.is_some();
    let now = match sealed {
        Some(sealed) if approved || entries > 0 => {
            let account = at("account_id").parse(&account)?;
            Searched::Face { face: SealedFace { case, account, embedder, sealed }, approved }
        }
        _ => Searched::Nothing,
    };
    Ok(FaceChange { number, case, now })
}
