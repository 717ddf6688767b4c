//! An installation: everything that the use cases stand on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::id::{AccountId, CaseId, EventId, JobId};
use domain::policy::{Policy, Service, TierPolicy};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Act, Event, NewJob, Queue, Store, StoreError, Tx};
use thiserror::Error;
use tokio::sync::{Mutex, Semaphore};
use tracing::error;
use vault::{LookupKeys, PublicKey, SigningKey, Vault};

use crate::chores::Keep;
use crate::engine::Engine;
use crate::errors::{Breakage, TierGone};
use crate::faces::SharedFaces;
use crate::hex;
use crate::kinds::KINDS;
use crate::metrics::Metrics;
use crate::worker::chain;
use crate::world::World;

/// Whether it is for real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Real people; specimens are refused.
    Live,
    /// Trials; takes nothing but specimens, and says so everywhere.
    Sandbox,
}

impl Kind {
    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }
}

/// A running installation. Cheap to clone.
#[derive(Clone)]
pub struct Installation {
    pub(crate) parts: Arc<Parts>,
    /// One for each core: more at once would only take memory, and time from one another.
    pub(crate) cores: Arc<Semaphore>,
    pub(crate) faces: SharedFaces,
    /// When it was last looked whether keys and objects can be written and read, and what was seen.
    vault_seen: Arc<Mutex<Option<(Instant, bool)>>>,
}

/// Whoever asks more often whether the server is ready is told what was seen before: a probe
/// writes to the store of objects.
const VAULT_SEEN: Duration = Duration::from_secs(10);
/// A store takes no longer to answer.
const VAULT_PATIENCE: Duration = Duration::from_secs(5);

/// Parts that make no installation.
#[derive(Debug, Error)]
pub enum Unfit {
    /// It says nothing of what a server needs.
    #[error(
        "the policy {0} has no [service] section: a server needs its ladder of tiers, time zone \
         and terms; see policies/exchange.toml"
    )]
    NoService(String),
    /// It is to decide about real people, and takes an attack for one.
    #[error(
        "a live installation takes no policy like {policy}, whose tier {tier} does not look at \
         {check}, or not to refuse: write {check} = \"required\" there and nothing of its reason \
         under [dispositions], or make a sandbox"
    )]
    Unguarded {
        /// The policy.
        policy: String,
        /// Its tier.
        tier: String,
        /// The check that is missing.
        check: &'static str,
    },
    /// The database is another installation's.
    #[error(
        "this database is a {database} installation's, and the data folder a {folder} one's: name \
         the database that belongs to the folder"
    )]
    OtherKind {
        /// What the database says.
        database: String,
        /// What the data folder says.
        folder: &'static str,
    },
    /// The database fails.
    #[error(transparent)]
    Broken(#[from] StoreError),
}

/// What an [`Installation`] is made of.
pub struct Parts {
    /// Whether it is for real.
    pub kind: Kind,
    /// The database.
    pub store: Store,
    /// Keys and objects.
    pub vault: Vault,
    /// The keys of the lookups.
    pub lookup: LookupKeys,
    /// The key that signs the roots of the audit logs.
    pub signing: SigningKey,
    /// The policy it decides by.
    pub policy: Policy,
    /// What looks at pictures.
    pub engine: Box<dyn Engine>,
    /// Time and chance.
    pub world: Box<dyn World>,
    /// How long what was done is kept.
    pub keep: Keep,
    /// The way to the outside.
    pub outgoing: outgoing::Client,
    /// What is counted and timed.
    pub metrics: Metrics,
}

impl Installation {
    /// An installation of `parts`.
    ///
    /// # Errors
    /// When the policy says nothing of what a server needs, or is not fit for real people and
    /// is to decide about them; when the database belongs to an installation of the other kind,
    /// or fails.
    pub async fn new(parts: Parts) -> Result<Self, Unfit> {
        let policy = parts.policy.id().name.clone();
        if parts.policy.service().is_none() {
            return Err(Unfit::NoService(policy));
        }
        if parts.kind == Kind::Live
            && let Some((tier, check)) = parts.policy.unguarded()
        {
            let (tier, check) = (tier.to_owned(), check.as_str());
            return Err(Unfit::Unguarded { policy, tier, check });
        }
        let folder = parts.kind.as_str();
        let mut tx = parts.store.begin().await?;
        let database = tx.belong_to(folder).await?;
        tx.commit().await?;
        if database != folder {
            return Err(Unfit::OtherKind { database, folder });
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            parts: Arc::new(parts),
            cores: Arc::new(Semaphore::new(cores)),
            faces: SharedFaces::default(),
            vault_seen: Arc::default(),
        })
    }

    /// Whether it is for real.
    pub fn kind(&self) -> Kind {
        self.parts.kind
    }

    /// The policy that it decides by.
    pub fn policy(&self) -> &Policy {
        &self.parts.policy
    }

    /// Its database, for a look at its health.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.parts.world.now()
    }

    /// The calendar day, where the policy is.
    pub fn today(&self) -> Date {
        self.service().day(self.now())
    }

    /// What its policy says of calendar, terms and the order of its tiers.
    pub fn service(&self) -> &Service {
        self.parts.policy.service().expect("an installation is made with one")
    }

    /// Its policy, and what that says of calendar, terms and the order of its tiers.
    pub(crate) fn policies(&self) -> (&Policy, &Service) {
        (&self.parts.policy, self.service())
    }

    /// The tier of that name as this installation judges by it.
    ///
    /// # Errors
    /// When the policy has no such tier any more.
    pub fn tier(&self, name: &str) -> Result<TierPolicy, TierGone> {
        let tier = self.parts.policy.tier(Some(name));
        let tier = tier.map_err(|_| TierGone(name.to_owned()))?;
        Ok(self.as_here(tier))
    }

    /// The tier as this installation judges by it: a sandbox takes specimens.
    pub(crate) fn as_here(&self, tier: &TierPolicy) -> TierPolicy {
        match self.parts.kind {
            Kind::Live => tier.clone(),
            Kind::Sandbox => tier.allowing_specimens(),
        }
    }

    /// Eighty random bits for an id.
    pub(crate) fn dice(&self) -> [u8; 10] {
        self.parts.world.bytes()
    }

    /// What the signatures of the roots of the audit logs are checked by.
    pub fn audit_key(&self) -> PublicKey {
        self.parts.signing.public()
    }

    /// Whether keys and objects can be written and read.
    ///
    /// # Errors
    /// When they cannot.
    pub async fn probe_vault(&self) -> Result<(), Breakage> {
        let name = hex::digits(&self.parts.world.bytes::<16>());
        Ok(self.parts.vault.probe(&name).await?)
    }

    /// Whether keys and objects can be written and read, as it was seen in the last ten seconds. A
    /// store that says nothing for five seconds cannot be.
    pub async fn is_vault_there(&self) -> bool {
        let mut seen = self.vault_seen.lock().await;
        if let Some((at, there)) = *seen
            && at.elapsed() < VAULT_SEEN
        {
            return there;
        }
        let probed = tokio::time::timeout(VAULT_PATIENCE, self.probe_vault()).await;
        let there = match probed {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                error!(error = %chain(&error), "the vault does not work");
                false
            }
            Err(_) => {
                error!("the vault does not answer");
                false
            }
        };
        *seen = Some((Instant::now(), there));
        there
    }

    /// How long the queue of jobs is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn queue(&self) -> Result<Queue, Breakage> {
        Ok(self.parts.store.read().await?.queue(self.now()).await?)
    }

    /// Up to `most` events behind number `after`, each with its number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&self, after: i64, most: u32) -> Result<Vec<(i64, Event)>, Breakage> {
        Ok(self.parts.store.read().await?.events(after, most).await?)
    }

    /// Adds a job for right now to `tx`.
    pub(crate) async fn enqueue(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        payload: impl ToString,
    ) -> Result<(), StoreError> {
        let run_after = self.now();
        let id = JobId::new(run_after, self.dice());
        tx.enqueue(&NewJob { id, kind, payload: payload.to_string(), run_after }).await
    }

    /// Adds an event to `tx`, of one of the [`KINDS`].
    #[expect(clippy::unused_async, reason = "it is a step of a transaction, as the others are")]
    pub(crate) async fn tell(
        &self,
        tx: &mut Tx,
        kind: &str,
        (account, case): (AccountId, Option<CaseId>),
        data: serde_json::Value,
    ) -> Result<(), StoreError> {
        self.add_event(tx, kind, (Some(account), case), &data);
        Ok(())
    }

    /// Tells of what is no account's.
    pub(crate) fn tell_of_installation(&self, tx: &mut Tx, kind: &str, data: &serde_json::Value) {
        self.add_event(tx, kind, (None, None), data);
    }

    fn add_event(
        &self,
        tx: &mut Tx,
        kind: &str,
        (account, case): (Option<AccountId>, Option<CaseId>),
        data: &serde_json::Value,
    ) {
        debug_assert!(KINDS.contains(&kind), "{kind} is missing in workflow::KINDS");
        let at = self.now();
        let (id, kind) = (EventId::new(at, self.dice()), kind.to_owned());
        tx.add_event(Event { id, kind, account, case, data: data.to_string(), at });
    }
}

/// An act of `actor` for the audit log.
pub(crate) fn act(actor: impl Into<String>, what: impl Into<String>) -> Act {
    Act { actor: actor.into(), what: what.into() }
}
