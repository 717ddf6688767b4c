//! What nobody needs any more: what was done long ago, and objects that no row names.

use std::time::Duration;

use domain::id::UploadId;
use store::DoneThing;
use tracing::{info, warn};
use vault::ObjectName;

use crate::errors::Breakage;
use crate::installation::Installation;

/// How long what was done is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// A request under the same Idempotency-Key is the same request for so long.
    pub idempotency: Duration,
    /// Jobs that are done.
    pub jobs: Duration,
    /// Events, with their deliveries.
    pub events: Duration,
}

impl Default for Keep {
    fn default() -> Self {
        let days = |days: u64| Duration::from_hours(24 * days);
        Self { idempotency: days(2), jobs: days(30), events: days(400) }
    }
}

/// How often what was done is removed.
const OFTEN: Duration = Duration::from_hours(1);
/// So much is removed in one transaction.
const PAGE: u32 = 1000;
/// How often the objects are gone through.
const SELDOM: Duration = Duration::from_hours(24);
/// An object of an upload gets its row in seconds, or never.
const NEW: Duration = Duration::from_hours(48);
/// More objects without a row than crashes leave behind: they belong to another state of the
/// database.
const TOO_MANY: usize = 1000;

impl Installation {
    /// Removes what was done and had its time, once an hour. How much there was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_done(&self) -> Result<u64, Breakage> {
        if !self.take_chore("remove done", OFTEN).await? {
            return Ok(0);
        }
        let (keep, now) = (self.parts.keep, self.now());
        let all = [
            (DoneThing::Idempotency, keep.idempotency),
            (DoneThing::Job, keep.jobs),
            (DoneThing::Event, keep.events),
        ];
        let mut removed = 0;
        for (thing, long) in all {
            loop {
                let mut tx = self.parts.store.begin().await?;
                let many = tx.remove_done(thing, now - long, PAGE).await?;
                tx.commit().await?;
                removed += many;
                if many < u64::from(PAGE) {
                    break;
                }
            }
        }
        Ok(removed)
    }

    /// Removes objects of uploads that no row names, once a day: a crash between writing one and
    /// its row leaves it. How many there were. Where there are too many for that, nothing is
    /// removed.
    ///
    /// # Errors
    /// When the database or the vault fails.
    pub async fn sweep_objects(&self) -> Result<usize, Breakage> {
        if !self.take_chore("sweep objects", SELDOM).await? {
            return Ok(0);
        }
        let swept = self.sweep_parts().await?;
        let litter = self.objects_without_row().await?;
        if litter.len() > TOO_MANY {
            warn!(
                "more than {TOO_MANY} objects have no row: was an earlier database restored? \
                   None is removed"
            );
            return Ok(swept);
        }
        for upload in &litter {
            self.parts.vault.delete(&ObjectName::upload(*upload)).await?;
            info!(upload.id = %upload, "an object without a row removed");
        }
        Ok(swept + litter.len())
    }

    /// Removes parts of uploads that are older than a transfer lives, whatever is left of it.
    async fn sweep_parts(&self) -> Result<usize, Breakage> {
        let old = self.now() - NEW;
        let (mut parts, mut swept) = (self.parts.vault.parts(), 0);
        while let Some(part) = parts.next().await? {
            if part.made_at() <= old {
                self.parts.vault.delete(&ObjectName::part(part)).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Up to one more than [`TOO_MANY`] of them.
    async fn objects_without_row(&self) -> Result<Vec<UploadId>, Breakage> {
        let old = self.now() - NEW;
        let mut litter = Vec::new();
        let mut objects = self.parts.vault.uploads();
        while let Some(upload) = objects.next().await? {
            if upload.made_at() > old {
                continue;
            }
            if !self.parts.store.read().await?.knows_upload(upload).await? {
                litter.push(upload);
            }
            if litter.len() > TOO_MANY {
                break;
            }
        }
        Ok(litter)
    }

    /// Whether `name` is to be done, by nobody else, where it is done `every` so often.
    pub(crate) async fn take_chore(&self, name: &str, every: Duration) -> Result<bool, Breakage> {
        let now = self.now();
        let mut tx = self.parts.store.begin().await?;
        let taken = tx.take_chore(name, (now - every, now)).await?;
        tx.commit().await?;
        Ok(taken)
    }
}
