//! Jobs that were given up. Their cases wait for a person; why they broke is the operator's to see.

use domain::id::JobId;
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

    /// Removes a job that was given up, once somebody has seen why. `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dismiss_job(&self, id: JobId) -> Result<bool, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        let dismissed = tx.dismiss_job(id).await?;
        tx.commit().await?;
        Ok(dismissed)
    }
}
