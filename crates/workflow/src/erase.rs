//! Erasing a person: their key is destroyed, and with it everything that it sealed.

use domain::account::{Freeze, Standing};
use domain::case::Move;
use domain::id::AccountId;
use serde_json::json;
use store::StoreError;
use thiserror::Error;
use vault::{Erased, ObjectName, VaultError};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;

/// Why a person was not erased.
#[derive(Debug, Error)]
pub enum EraseError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// A case of theirs is being assessed right now.
    #[error("a case of this account is being assessed: try again in a minute")]
    Assessing,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for EraseError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<VaultError> for EraseError {
    fn from(error: VaultError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<CaseError> for EraseError {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Broken(error) => Self::Broken(error),
            _ => Self::Assessing,
        }
    }
}

impl Installation {
    /// Destroys the key of the person behind an account, with everything that it opens:
    /// pictures, details, decisions. What stays are ids, codes and times. Open cases end, what
    /// the person was recognised by is forgotten, and the account is frozen at L0. Done twice,
    /// the first time counts.
    ///
    /// # Errors
    /// See [`EraseError`].
    pub async fn erase(&self, id: AccountId, actor: &str) -> Result<Erased, EraseError> {
        let now = self.now();
        let mut tx = self.parts.store.begin().await?;
        let mut account = tx.lock_account(id).await?.ok_or(EraseError::NoSuchAccount)?;
        let mut objects = Vec::new();
        for listed in tx.cases_of(id).await? {
            let Some(mut row) = tx.lock_case(listed.case.id).await? else { continue };
            row.claims = None;
            if row.case.state.is_over() {
                tx.save_case(&row).await?;
            } else {
                self.step(&mut tx, &mut row, Move::Cancel, actor).await?;
            }
            let uploads = tx.uploads(row.case.id).await?;
            objects.extend(uploads.into_iter().map(|upload| ObjectName::upload(upload.id)));
        }
        tx.forget_identities(id).await?;
        tx.forget_faces(id).await?;
        tx.forget_blocks(id).await?;
        account.standing = Standing::Registered;
        account.frozen = Some(Freeze { since: now, ground: "erased".to_owned() });
        tx.save_account(&account).await?;
        self.tell(&mut tx, "account.erased", (id, None), json!({})).await?;
        // The key goes while the rows are locked: if this fails nothing is changed, and if the
        // commit fails the key is gone all the same, which is what was asked for.
        let erased = self.parts.vault.erase(id, now).await?;
        tx.commit().await?;
        for object in objects {
            self.parts.vault.delete(&object).await?;
        }
        Ok(erased)
    }
}
