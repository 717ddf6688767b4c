//! Legal holds: while one stands nothing of an account is removed.

use domain::id::{AccountId, HoldId};
use jiff::Timestamp;
use serde_json::json;
use store::{Hold, StoreError};
use thiserror::Error;

use crate::errors::{Breakage, Once, OnceError};
use crate::installation::{Installation, act};

/// A ground is at most so long, characters.
const LONGEST_GROUND: usize = 500;

/// Why a hold was not placed or released.
#[derive(Debug, Error)]
pub enum HoldError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// There is no such hold, or it was released.
    #[error("there is no such hold, or it was released already")]
    NoSuchHold,
    /// The ground is empty or too long.
    #[error("give a ground in 1 to {LONGEST_GROUND} characters, such as the number of a case")]
    BadGround,
    /// It would end before it begins.
    #[error("a hold ends in the future, or has no end")]
    Past,
    /// There is nothing left to keep.
    #[error("the data of this account was erased")]
    Erased,
    /// The idempotency key is another request's.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for HoldError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Places a hold on an account, until a time or until it is released.
    ///
    /// # Errors
    /// See [`HoldError`].
    pub async fn hold(
        &self,
        account: AccountId,
        ground: &str,
        until: Option<Timestamp>,
        (author, once): (&str, Option<&Once>),
    ) -> Result<Hold, HoldError> {
        let now = self.now();
        let length = ground.chars().count();
        if !(1..=LONGEST_GROUND).contains(&length) || ground.contains(char::is_control) {
            return Err(HoldError::BadGround);
        }
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(account).await?.ok_or(HoldError::NoSuchAccount)?;
        if let Some(id) = self.came_to(once, &mut tx).await?? {
            let earlier = tx.holds(account).await?.into_iter().find(|h| h.id.to_string() == id);
            let lost = Breakage::Unreadable { what: "an earlier request" };
            return earlier.ok_or(HoldError::Broken(lost));
        }
        if until.is_some_and(|until| until <= now) {
            return Err(HoldError::Past);
        }
        if tx.erasure(account).await?.is_some_and(|erasure| erasure.done.is_some()) {
            return Err(HoldError::Erased);
        }
        let hold = Hold {
            id: HoldId::new(now, self.dice()),
            account,
            ground: ground.to_owned(),
            author: author.to_owned(),
            created_at: now,
            until,
            released_at: None,
        };
        tx.add_hold(&hold).await?;
        self.log_of_account(&mut tx, account, &act(author, format!("held {}", hold.id))).await?;
        self.remember(once, &mut tx, hold.id.to_string()).await?;
        self.tell(
            &mut tx,
            "account.held",
            (account, None),
            json!({ "hold": hold.id, "by": author }),
        )
        .await?;
        tx.commit().await?;
        Ok(hold)
    }

    /// Releases a hold, which the event says that `by` did: what it kept goes when its own time is
    /// over.
    ///
    /// # Errors
    /// See [`HoldError`].
    pub async fn release_hold(
        &self,
        account: AccountId,
        id: HoldId,
        by: &str,
    ) -> Result<(), HoldError> {
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(account).await?.ok_or(HoldError::NoSuchAccount)?;
        if !tx.release_hold(account, id, self.now()).await? {
            return Err(HoldError::NoSuchHold);
        }
        self.log_of_account(&mut tx, account, &act(by, format!("released {id}"))).await?;
        let data = json!({ "hold": id, "by": by });
        self.tell(&mut tx, "account.released", (account, None), data).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Every hold of an account, released ones too, the oldest first.
    ///
    /// # Errors
    /// See [`HoldError`].
    pub async fn holds(&self, account: AccountId) -> Result<Vec<Hold>, HoldError> {
        let mut tx = self.parts.store.read().await?;
        tx.account(account).await?.ok_or(HoldError::NoSuchAccount)?;
        Ok(tx.holds(account).await?)
    }
}
