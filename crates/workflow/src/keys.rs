//! Keys of the API.

use domain::id::ApiKeyId;
use serde_json::json;
use store::ApiKey;

use crate::errors::Breakage;
use crate::installation::{Installation, Kind};
use crate::token::Token;

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
        let now = self.now();
        let prefix = match self.parts.kind {
            Kind::Live => "bf_live",
            Kind::Sandbox => "bf_test",
        };
        let token = Token::new(prefix, &*self.parts.world);
        let key = ApiKey {
            id: ApiKeyId::new(now, self.dice()),
            name: name.to_owned(),
            scopes: scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
            created_at: now,
            revoked_at: None,
        };
        let mut tx = self.parts.store.begin().await?;
        tx.add_api_key(&key, &token.hash()).await?;
        let data = json!({ "key": key.id, "scopes": key.scopes, "by": by });
        self.tell_of_installation(&mut tx, "key.made", &data);
        tx.commit().await?;
        Ok(NewKey { key, token })
    }

    /// The key that `token` is, unless it was revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key(&self, token: &Token) -> Result<Option<ApiKey>, Breakage> {
        Ok(self.parts.store.read().await?.api_key(&token.hash()).await?)
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
