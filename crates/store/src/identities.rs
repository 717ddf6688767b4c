//! Who holds which document: keyed hashes, never the numbers.

use domain::id::AccountId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// What an identity is recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentityKind {
    /// Country, type and number of a document.
    Document,
    /// Country and national number of a person, which outlives the document.
    NationalId,
    /// Names and day of birth of a person. Strangers share them: a hint for people alone.
    NameAndBirth,
    /// A device, by the operator's own name for it: no person is recognised by it.
    Device,
}

/// The keyed hash of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What it is of.
    pub kind: IdentityKind,
    /// The version of the key.
    pub key_version: u32,
    /// The hash.
    pub hash: [u8; 32],
}

impl IdentityKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Document, Self::NationalId, Self::NameAndBirth, Self::Device];

    /// The stable name, also the kind that is hashed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::NationalId => "national_id",
            Self::NameAndBirth => "name_and_birth",
            Self::Device => "device",
        }
    }
}

impl Tx {
    /// Records that `account` is the person of `identity`. Done twice, it stands once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_identity(
        &mut self,
        account: AccountId,
        identity: &Identity,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query(
            "INSERT INTO identities (kind, key_version, hash, account_id, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(identity.kind.as_str())
        .bind(i64::from(identity.key_version))
        .bind(identity.hash.to_vec())
        .bind(account.to_string())
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("recording an identity"))?;
        Ok(())
    }

    /// Nobody else records an identity until this transaction ends: of two people with one
    /// document who are decided at once, the second sees the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_identities(&mut self) -> Result<(), StoreError> {
        let lock = self.locking("SELECT 1", "LOCK TABLE identities IN SHARE ROW EXCLUSIVE MODE");
        let locked = query(lock).execute(&mut *self.inner).await;
        locked.map_err(StoreError::failed("locking the identities"))?;
        Ok(())
    }

    /// The accounts that hold `identity`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holders(&mut self, identity: &Identity) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> = query_as(
            "SELECT account_id FROM identities \
             WHERE kind = $1 AND key_version = $2 AND hash = $3 ORDER BY account_id",
        )
        .bind(identity.kind.as_str())
        .bind(i64::from(identity.key_version))
        .bind(identity.hash.to_vec())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for an identity"))?;
        rows.into_iter().map(|(id,)| At("identities", "account_id").parse(&id)).collect()
    }

    /// What `account` is recognised by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn identities_of(&mut self, account: AccountId) -> Result<Vec<Identity>, StoreError> {
        let rows: Vec<(String, i64, Vec<u8>)> = query_as(
            "SELECT kind, key_version, hash FROM identities WHERE account_id = $1 \
             ORDER BY created_at, kind",
        )
        .bind(account.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing identities"))?;
        let at = |column| At("identities", column);
        let identity = |(kind, version, hash): (String, i64, Vec<u8>)| {
            Ok(Identity {
                kind: at("kind").named(&kind, &IdentityKind::ALL, IdentityKind::as_str)?,
                key_version: at("key_version").count(version)?,
                hash: at("hash").hash(&hash)?,
            })
        };
        rows.into_iter().map(identity).collect()
    }

    /// The versions of the keys by which something is hashed, the lowest first: of people, of those
    /// who were erased, and on the blocklist.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_versions(&mut self) -> Result<Vec<u32>, StoreError> {
        let rows: Vec<(i64,)> = query_as(
            "SELECT key_version FROM identities UNION SELECT key_version FROM markers \
             UNION SELECT key_version FROM blocklist WHERE hash IS NOT NULL ORDER BY 1",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for the versions of the keys"))?;
        rows.into_iter().map(|(version,)| At("identities", "key_version").count(version)).collect()
    }

    /// Removes what is recorded of `account`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_identities(&mut self, account: AccountId) -> Result<(), StoreError> {
        let delete =
            query("DELETE FROM identities WHERE account_id = $1").bind(account.to_string());
        delete
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("forgetting identities"))?;
        Ok(())
    }
}
