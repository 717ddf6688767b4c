//! Signed roots over the audit logs. A chain of hashes shows that an entry was changed, unless
//! whoever changed it made the rest of the chain anew. So every so often the heads of the logs
//! that went on are signed, each root following from the one before, and sent out of the
//! database's reach: into a file, and as an event to the web hooks.

mod check;
mod file;
mod line;
mod merkle;

use std::path::PathBuf;
use std::time::Duration;

use domain::id::EventId;
use jiff::Timestamp;
use serde_json::json;
use store::{AuditRoot, Event, StoreError};
use thiserror::Error;
use tokio::sync::watch;
use tracing::{error, info};

pub use self::check::{BrokenRoot, RootsCheck, RootsReport};
use self::file::RootsFile;
use self::line::{Line, statement};
use crate::errors::Breakage;
use crate::hex;
use crate::installation::Installation;
use crate::worker::chain;

/// Entries under one root: more than are written in a minute, where each transaction waits for
/// the disk. What is left over is the next root's.
const MOST_ENTRIES: u32 = 50_000;
/// How often it is looked whether a root is due.
const LOOK: Duration = Duration::from_secs(1);
/// Roots that are read at once, to be written into a file.
const PAGE: u32 = 100;
/// The event that tells of a root, one of the [`KINDS`](crate::KINDS).
const ROOT: &str = "audit.root";

/// Why roots were not signed or written.
#[derive(Debug, Error)]
pub enum RootsError {
    /// The file cannot be read or written.
    #[error("the file of audit roots {} cannot be written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file tells of other roots than the database.
    #[error(
        "{} ends with root {number}, which is not in the database: was an earlier state \
         restored? Move the file away and keep it; a new one is begun", path.display()
    )]
    Elsewhere {
        /// Which.
        path: PathBuf,
        /// The number of its last root.
        number: i64,
    },
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for RootsError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Signs a root over the logs that went on since the last one, if that is `every` ago:
    /// its number. `None` when none is due or nothing went on. Of several processes one does it.
    ///
    /// # Errors
    /// When the database fails.
    async fn sign_root(&self, every: Duration) -> Result<Option<i64>, Breakage> {
        let now = self.now();
        let due =
            |last: &Option<AuditRoot>| last.as_ref().is_none_or(|last| last.at + every <= now);
        if !due(&self.parts.store.read().await?.last_root().await?) {
            return Ok(None);
        }
        let mut tx = self.parts.store.begin().await?;
        let last = tx.lock_roots().await?;
        if !due(&last) {
            return Ok(None);
        }
        let number = last.as_ref().map_or(1, |last| last.number + 1);
        let heads = tx.cover(number, MOST_ENTRIES).await?;
        let Some(merkle) = merkle::root(&heads) else { return Ok(None) };
        let key = &self.parts.signing;
        let mut root = AuditRoot {
            number,
            // As the database keeps it: what is signed is what is read again.
            at: Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now),
            before: last.map_or([0; 32], |last| line::hash(&last)),
            heads: heads.len() as u64,
            merkle,
            public_key: *key.public().bytes(),
            signature: Vec::new(),
        };
        root.signature = key.sign(statement(&root).as_bytes()).to_vec();
        tx.add_root(&root).await?;
        tx.add_event(self.told_of(&root));
        tx.commit().await?;
        Ok(Some(number))
    }

    fn told_of(&self, root: &AuditRoot) -> Event {
        let data = json!({
            "number": root.number,
            "at": root.at.to_string(),
            "before": hex::digits(&root.before),
            "heads": root.heads,
            "root": hex::digits(&root.merkle),
            "key": hex::digits(&root.public_key),
            "signature": hex::digits(&root.signature),
        });
        let (id, kind) = (EventId::new(root.at, self.dice()), ROOT.to_owned());
        Event { id, kind, account: None, case: None, data: data.to_string(), at: root.at }
    }

    /// Writes the roots into `file` that it lacks.
    async fn write_roots(&self, file: &mut RootsFile) -> Result<(), RootsError> {
        let mut tx = self.parts.store.read().await?;
        if let Some(last) = file.last()? {
            let ours = tx.roots(last.number() - 1, 1).await?.pop();
            if ours.is_none_or(|ours| !last.is(&ours)) {
                return Err(file.elsewhere(last.number()));
            }
            file.number = last.number();
        }
        loop {
            let roots = tx.roots(file.number, PAGE).await?;
            let Some(end) = roots.last() else { return Ok(()) };
            let end = end.number;
            for root in &roots {
                file.append(&Line::new(root, &tx.heads_of_root(root.number).await?))?;
            }
            file.number = end;
        }
    }
}

/// Signs roots, on a loop of its own, and writes them into a file where there is one.
pub struct RootSigner {
    installation: Installation,
    every: Duration,
    file: Option<PathBuf>,
}

impl RootSigner {
    /// One that signs a root `every` so often, where logs went on, and writes it into `file`.
    pub fn new(installation: Installation, every: Duration, file: Option<PathBuf>) -> Self {
        Self { installation, every, file }
    }

    /// Signs until `stop` says so.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut written = 0;
        while !*stop.borrow() {
            if let Err(error) = self.step(&mut written).await {
                error!(error = %chain(&error), "roots of the audit logs cannot be signed or written");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Signs a root, if one is due, and writes what the file lacks.
    ///
    /// # Errors
    /// See [`RootsError`].
    pub async fn once(&self) -> Result<(), RootsError> {
        self.step(&mut 0).await
    }

    /// The same, where the roots up to number `written` are in the file for certain.
    async fn step(&self, written: &mut i64) -> Result<(), RootsError> {
        if let Some(number) = self.installation.sign_root(self.every).await? {
            info!(root.number = number, "audit root signed");
        }
        let Some(path) = &self.file else { return Ok(()) };
        let last = self.installation.parts.store.read().await?.last_root().await?;
        let last = last.map_or(0, |last| last.number);
        if last <= *written {
            return Ok(());
        }
        // Another process of this machine may be at it: then it is looked again.
        let Some(mut file) = RootsFile::open(path)? else { return Ok(()) };
        self.installation.write_roots(&mut file).await?;
        *written = file.number;
        Ok(())
    }
}
