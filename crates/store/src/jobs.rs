//! The queue of jobs, in the same database as the changes that cause them.

use domain::id::JobId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A job to be done. Its payload is an id, never data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// What to do; a name never changes its meaning.
    pub kind: &'static str,
    /// With what.
    pub payload: String,
    /// Not before.
    pub run_after: Timestamp,
}

/// A job that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// With what.
    pub payload: String,
    /// How many times it was claimed, this time included.
    pub attempts: u32,
}

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its id.
    pub id: JobId,
    /// What was to be done.
    pub kind: String,
    /// With what.
    pub payload: String,
    /// How many times it was tried.
    pub attempts: u32,
    /// Why it failed the last time, without anything personal.
    pub error: Option<String>,
    /// When it was enqueued.
    pub created_at: Timestamp,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Waiting for its time, or for a worker.
    Ready,
    /// A worker has it.
    Claimed,
    /// Done.
    Done,
    /// Given up: a person has to look.
    Dead,
}

impl JobState {
    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

/// Claims the job that has waited longest, `$3` being now. A lease that ran out counts as
/// ready: its worker is gone.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE jobs SET state = 'claimed', worker = $1, lease_until = $2, \
             attempts = attempts + 1 WHERE id = (SELECT id FROM jobs WHERE \
             (state = 'ready' AND run_after <= $3) OR (state = 'claimed' AND lease_until <= $3) \
             ORDER BY run_after, id LIMIT 1",
            $lock,
            ") RETURNING id, kind, payload, attempts"
        )
    };
}

impl Tx {
    /// Adds a job: it is there if this transaction commits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(&mut self, job: &NewJob) -> Result<(), StoreError> {
        query(
            "INSERT INTO jobs (id, kind, payload, state, run_after, attempts, created_at) \
             VALUES ($1, $2, $3, 'ready', $4, 0, $4)",
        )
        .bind(job.id.to_string())
        .bind(job.kind)
        .bind(&job.payload)
        .bind(job.run_after.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a job of this id"))?;
        Ok(())
    }

    /// Takes the next job for `worker`, who has it until `lease_until`; `None` when nothing is
    /// to be done at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(
        &mut self,
        worker: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<Job>, StoreError> {
        let claim = self.locking(claim!(""), claim!(" FOR UPDATE SKIP LOCKED"));
        let row: Option<(String, String, String, i64)> = query_as(claim)
            .bind(worker)
            .bind(lease_until.as_millisecond())
            .bind(now.as_millisecond())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("claiming a job"))?;
        let job = |(id, kind, payload, attempts): (String, String, String, i64)| {
            let (id, attempts) =
                (At("jobs", "id").parse(&id)?, At("jobs", "attempts").count(attempts)?);
            Ok(Job { id, kind, payload, attempts })
        };
        row.map(job).transpose()
    }

    /// Ends a job that `worker` has. `false` when it has it no more: its lease ran out and
    /// another took it, so that nothing of this transaction may happen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_job(
        &mut self,
        id: JobId,
        worker: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = query(
            "UPDATE jobs SET state = 'done', worker = NULL, lease_until = NULL, \
             last_error = NULL, finished_at = $3 \
             WHERE id = $1 AND worker = $2 AND state = 'claimed'",
        )
        .bind(id.to_string())
        .bind(worker)
        .bind(now.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("ending a job"))?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps a job that `worker` has until `until`. `false` as with [`Tx::finish_job`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_job(
        &mut self,
        (id, worker): (JobId, &str),
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let renewed = query(
            "UPDATE jobs SET lease_until = $3 \
             WHERE id = $1 AND worker = $2 AND state = 'claimed'",
        )
        .bind(id.to_string())
        .bind(worker)
        .bind(until.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("renewing a lease"))?;
        Ok(renewed.rows_affected() == 1)
    }

    /// Puts a job that failed back until `retry_at`, or gives it up where there is none.
    /// `error` says why, without anything personal. `false` as with [`Tx::finish_job`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fail_job(
        &mut self,
        (id, worker): (JobId, &str),
        error: &str,
        retry_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let failed = query(
            "UPDATE jobs SET state = $3, run_after = COALESCE($4, run_after), last_error = $5, \
             worker = NULL, lease_until = NULL \
             WHERE id = $1 AND worker = $2 AND state = 'claimed'",
        )
        .bind(id.to_string())
        .bind(worker)
        .bind(if retry_at.is_some() { "ready" } else { "dead" })
        .bind(retry_at.map(Timestamp::as_millisecond))
        .bind(error)
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("putting a job back"))?;
        Ok(failed.rows_affected() == 1)
    }

    /// Up to `most` jobs that were given up, the newest first, behind `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dead_jobs(
        &mut self,
        before: Option<JobId>,
        most: u32,
    ) -> Result<Vec<DeadJob>, StoreError> {
        // Every id is less than this, in every collation: they go on in hexadecimal digits.
        let before = before.map_or_else(|| "job_g".to_owned(), |id| id.to_string());
        let rows: Vec<(String, String, String, i64, Option<String>, i64)> = query_as(
            "SELECT id, kind, payload, attempts, last_error, created_at FROM jobs \
             WHERE state = 'dead' AND id < $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(before)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing dead jobs"))?;
        let at = |column| At("jobs", column);
        let dead = |(id, kind, payload, attempts, error, created): (String, _, _, i64, _, i64)| {
            let attempts = at("attempts").count(attempts)?;
            let created_at = at("created_at").time(created)?;
            Ok(DeadJob { id: at("id").parse(&id)?, kind, payload, attempts, error, created_at })
        };
        rows.into_iter().map(dead).collect()
    }

    /// Removes a job that was given up. `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dismiss_job(&mut self, id: JobId) -> Result<bool, StoreError> {
        let dismiss = query("DELETE FROM jobs WHERE id = $1 AND state = 'dead'");
        let dismissed = dismiss.bind(id.to_string()).execute(&mut *self.inner).await;
        Ok(dismissed.map_err(StoreError::failed("dismissing a job"))?.rows_affected() == 1)
    }

    /// How many jobs stand where, and since when the oldest waits to be done at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue(&mut self, now: Timestamp) -> Result<Queue, StoreError> {
        let (waiting, oldest, dead): (i64, Option<i64>, i64) = query_as(
            // By the states that count and not by all but those that are done, of which there
            // are most: so jobs_waiting serves it alone.
            "SELECT COUNT(CASE WHEN state = 'ready' AND run_after <= $1 THEN 1 END), \
             MIN(CASE WHEN state = 'ready' AND run_after <= $1 THEN run_after END), \
             COUNT(CASE WHEN state = 'dead' THEN 1 END) FROM jobs WHERE state IN ('ready', 'dead')",
        )
        .bind(now.as_millisecond())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking at the queue"))?;
        Ok(Queue {
            waiting: waiting as u64,
            oldest: oldest.map(|ms| At("jobs", "run_after").time(ms)).transpose()?,
            dead: dead as u64,
        })
    }
}

impl Tx {
    /// How long the last `most` jobs of a kind that were done since `since` took from the time
    /// they could begin to their end, milliseconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turnarounds(
        &mut self,
        kind: &str,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<u64>, StoreError> {
        let rows: Vec<(i64,)> = query_as(
            "SELECT finished_at - created_at FROM jobs WHERE kind = $1 AND finished_at >= $2 \
             ORDER BY finished_at DESC LIMIT $3",
        )
        .bind(kind)
        .bind(since.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking at jobs that were done"))?;
        Ok(rows.into_iter().map(|(ms,)| ms.max(0) as u64).collect())
    }

    /// Since when the job of a kind with this payload waits, and since when the one does that
    /// has waited longest, where there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_since(
        &mut self,
        kind: &str,
        payload: &str,
    ) -> Result<(Option<Timestamp>, Option<Timestamp>), StoreError> {
        let (own, oldest): (Option<i64>, Option<i64>) = query_as(
            "SELECT MIN(CASE WHEN payload = $2 THEN created_at END), MIN(created_at) \
             FROM jobs WHERE kind = $1 AND state IN ('ready', 'claimed')",
        )
        .bind(kind)
        .bind(payload)
        .fetch_one(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking at jobs that wait"))?;
        let time = |ms: Option<i64>| ms.map(|ms| At("jobs", "created_at").time(ms)).transpose();
        Ok((time(own)?, time(oldest)?))
    }
}

/// What the queue looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Jobs that could be done now.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest: Option<Timestamp>,
    /// Jobs that were given up.
    pub dead: u64,
}
