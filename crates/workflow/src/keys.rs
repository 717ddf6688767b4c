//! Keys of the API.

use std::time::Duration;

use domain::id::ApiKeyId;
use serde_json::json;
use store::{ApiKey, Tx};

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::token::{Token, key_prefix};

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Register, freeze and look at accounts; open cases and read what came of them.
    Accounts,
    /// Authorise, capture and release amounts.
    Spend,
    /// Look at cases that wait for a person, and decide them.
    Review,
    /// Erase people, make and revoke keys.
    Admin,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] = [Self::Accounts, Self::Spend, Self::Review, Self::Admin];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Spend => "spend",
            Self::Review => "review",
            Self::Admin => "admin",
        }
    }
}

/// A key that was just made: the only time that its secret is there.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What is kept of it.
    pub key: ApiKey,
    /// The secret.
    pub token: Token,
}

impl Installation {
    /// Makes a key for `name` that may do `scopes`; the event says that `by` did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_key(
        &self,
        name: &str,
        scopes: &[Scope],
        by: &str,
    ) -> Result<NewKey, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let scopes = scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        let made = self.add_key(&mut tx, (name.to_owned(), scopes), by).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Makes a key of the name and scopes of another one, which ends after `overlap`. `None` where
    /// there is no such key, or it ends already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rotate_key(
        &self,
        id: ApiKeyId,
        overlap: Duration,
        by: &str,
    ) -> Result<Option<NewKey>, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let ends = self.now() + overlap;
        if !tx.revoke_api_key(id, ends).await? {
            return Ok(None);
        }
        let all = tx.api_keys().await?;
        let Some(former) = all.into_iter().find(|key| key.id == id) else { return Ok(None) };
        let made = self.add_key(&mut tx, (former.name, former.scopes), by).await?;
        let data = json!({ "key": id, "by": by, "at": ends });
        self.tell_of_installation(&mut tx, "key.revoked", &data);
        tx.commit().await?;
        Ok(Some(made))
    }

    async fn add_key(
        &self,
        tx: &mut Tx,
        (name, scopes): (String, Vec<String>),
        by: &str,
    ) -> Result<NewKey, Breakage> {
        let now = self.now();
        let token = Token::new(key_prefix(self.parts.kind), &*self.parts.world);
        let id = ApiKeyId::new(now, self.dice());
        let key = ApiKey { id, name, scopes, created_at: now, revoked_at: None };
        tx.add_api_key(&key, &token.hash()).await?;
        let data = json!({ "key": key.id, "scopes": key.scopes, "by": by });
        self.tell_of_installation(tx, "key.made", &data);
        Ok(NewKey { key, token })
    }

    /// The key that `token` is, unless it was revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key(&self, token: &Token) -> Result<Option<ApiKey>, Breakage> {
        Ok(self.parts.store.read().await?.api_key(&token.hash(), self.now()).await?)
    }

    /// Every key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&self) -> Result<Vec<ApiKey>, Breakage> {
        Ok(self.parts.store.read().await?.api_keys().await?)
    }

    /// Takes a key back, which the event says that `by` did. `false` when there is none, or it was
    /// taken back before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_key(&self, id: ApiKeyId, by: &str) -> Result<bool, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let revoked = tx.revoke_api_key(id, self.now()).await?;
        if revoked {
            let data = json!({ "key": id, "by": by });
            self.tell_of_installation(&mut tx, "key.revoked", &data);
        }
        tx.commit().await?;
        Ok(revoked)
    }
}
