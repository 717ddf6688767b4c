//! Jobs that were given up. Their cases wait for a person; why they broke is the operator's to see.

use domain::id::JobId;
use serde_json::json;
use store::DeadJob;

use crate::errors::Breakage;
use crate::installation::Installation;

impl Installation {
    /// Up to `most` jobs that were given up, the newest first, behind `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dead_jobs(
        &self,
        before: Option<JobId>,
        most: u32,
    ) -> Result<Vec<DeadJob>, Breakage> {
        Ok(self.parts.store.read().await?.dead_jobs(before, most).await?)
    }

    /// Removes a job that was given up, once `by` has seen why, which the event says. `false` when
    /// there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dismiss_job(&self, id: JobId, by: &str) -> Result<bool, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let dismissed = tx.dismiss_job(id).await?;
        if dismissed {
            let data = json!({ "job": id, "by": by });
            self.tell_of_installation(&mut tx, "job.dismissed", &data);
        }
        tx.commit().await?;
        Ok(dismissed)
    }
}
