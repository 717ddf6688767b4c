//! A new master key takes over: everything that older ones sealed is sealed by the newest, while
//! the installation goes on. It may be broken off and begun again at any time.

use std::collections::BTreeMap;

use domain::id::{AccountId, EndpointId};
use store::SealedSecrets;
use vault::VaultError;

use crate::endpoints::context;
use crate::errors::Breakage;
use crate::installation::Installation;

/// What came of it.
#[derive(Debug, Default)]
pub struct Rewrapped {
    /// Keys of people that older master keys had wrapped.
    pub keys: u64,
    /// Secrets of web hooks that older master keys had sealed.
    pub secrets: u64,
    /// Keys that could not be: they stay as they were.
    pub failed: Vec<(AccountId, VaultError)>,
}

impl Installation {
    /// The versions of the master key that are configured, the lowest first; the last one wraps.
    pub fn master_versions(&self) -> Vec<u32> {
        self.parts.vault.master_versions()
    }

    /// How much each version of the master key seals: keys of people, and secrets of web hooks.
    /// It looks at every key.
    ///
    /// # Errors
    /// When the database or the vault fails.
    pub async fn sealed_by_master(&self) -> Result<BTreeMap<u32, u64>, Breakage> {
        let vault = &self.parts.vault;
        let mut used: BTreeMap<u32, u64> = BTreeMap::new();
        let mut people = vault.people();
        while let Some(account) = people.next().await? {
            for version in vault.wrapped_by(account).await? {
                *used.entry(version).or_default() += 1;
            }
        }
        let mut tx = self.parts.store.read().await?;
        for endpoint in tx.endpoints().await? {
            let Some(secrets) = tx.secrets(endpoint.id).await? else { continue };
            let former = secrets.former.as_ref().map(|(sealed, _)| sealed);
            let versions = [Some(&secrets.secret), former].into_iter().flatten();
            for version in versions.filter_map(|sealed| vault.sealed_by(sealed)) {
                *used.entry(version).or_default() += 1;
            }
        }
        Ok(used)
    }

    /// Seals everything by the newest master key that an older one sealed. Each process must
    /// know the newest one before: one that does not opens nothing of it until it is restarted.
    ///
    /// # Errors
    /// When the database or the vault fails: what is done stays done.
    pub async fn rewrap(&self) -> Result<Rewrapped, Breakage> {
        let vault = &self.parts.vault;
        let newest = vault.master_versions().last().copied();
        let mut done = Rewrapped::default();
        let mut people = vault.people();
        while let Some(account) = people.next().await? {
            let older = vault.wrapped_by(account).await?;
            if older.iter().all(|version| Some(*version) == newest) {
                continue;
            }
            // Whoever sets the key aside, lifts or destroys it has the account locked.
            let mut tx = self.parts.store.begin().await?;
            tx.lock_account(account).await?;
            match vault.rewrap(account).await {
                Ok(had_to) => done.keys += u64::from(had_to),
                Err(error @ VaultError::Store { .. }) => return Err(error.into()),
                Err(error) => done.failed.push((account, error)),
            }
        }
        let endpoints = self.parts.store.read().await?.endpoints().await?;
        for endpoint in endpoints {
            done.secrets += self.reseal(endpoint.id, newest).await?;
        }
        Ok(done)
    }

    /// Seals the secrets of an endpoint anew, where they are not of version `newest`. How many.
    async fn reseal(&self, id: EndpointId, newest: Option<u32>) -> Result<u64, Breakage> {
        let vault = &self.parts.vault;
        let mut tx = self.parts.store.begin().await?;
        let Some(was) = tx.secrets(id).await? else { return Ok(0) };
        let mut many = 0;
        let mut anew = |sealed: &Vec<u8>| -> Result<Vec<u8>, Breakage> {
            if vault.sealed_by(sealed) == newest {
                return Ok(sealed.clone());
            }
            many += 1;
            Ok(vault.seal(&context(id), &vault.open(&context(id), sealed)?))
        };
        let secret = anew(&was.secret)?;
        let former = was.former.as_ref();
        let former = former.map(|(sealed, until)| Ok::<_, Breakage>((anew(sealed)?, *until)));
        let now = SealedSecrets { secret, former: former.transpose()? };
        // A new secret that came meanwhile is sealed by the newest already.
        let replaced = many > 0 && tx.replace_secrets(id, &was, &now).await?;
        tx.commit().await?;
        Ok(if replaced { many } else { 0 })
    }
}
