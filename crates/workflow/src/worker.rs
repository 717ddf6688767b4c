//! The worker: takes jobs from the queue and does them, one after another.

use std::time::Duration;

use store::Job;
use tokio::sync::watch;
use tracing::field::Empty;
use tracing::{Instrument, error, info, info_span, warn};

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::submit::ASSESS;

/// A worker that says nothing for so long is gone, and another does its job.
const LEASE: Duration = Duration::from_mins(1);
/// How often a worker says that it is still at it: three times in a lease.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// A job that failed so often is given up, and shown to a person.
const MOST_ATTEMPTS: u32 = 8;
/// How often an idle worker looks: a person who waits notices no less.
const PAUSE: Duration = Duration::from_millis(200);

/// One worker of an installation.
pub struct Worker {
    installation: Installation,
    name: String,
}

/// What a worker found to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing.
    Idle,
    /// A job, which is done.
    Done,
    /// A job, which failed and waits or was given up.
    Failed,
}

impl Worker {
    /// A worker whose name no other one has.
    pub fn new(installation: Installation, name: impl Into<String>) -> Self {
        Self { installation, name: name.into() }
    }

    /// Works until `stop` says so; a job that was begun is finished.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.once().await {
                Ok(Outcome::Done) => {}
                Ok(Outcome::Idle | Outcome::Failed) => self.pause(&mut stop).await,
                Err(error) => {
                    error!(error = %chain(&error), "the queue cannot be read");
                    self.pause(&mut stop).await;
                }
            }
        }
    }

    async fn pause(&self, stop: &mut watch::Receiver<bool>) {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }

    /// Does the next job, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn once(&self) -> Result<Outcome, Breakage> {
        let now = self.installation.now();
        let mut tx = self.installation.store().begin().await?;
        let Some(job) = tx.claim_job(&self.name, now, now + LEASE).await? else {
            return Ok(Outcome::Idle);
        };
        tx.commit().await?;
        let begun = tokio::time::Instant::now();
        // Claimed more often than it may fail: it takes its workers down with it.
        let lost = job.attempts > MOST_ATTEMPTS;
        let span = info_span!(
            "job",
            otel.name = format!("job {}", job.kind),
            otel.kind = "consumer",
            otel.status_code = Empty,
            job.id = %job.id,
            job.payload = %job.payload,
            job.attempts = job.attempts,
        );
        let at_it = self.at_it(&job).instrument(span.clone());
        let done = if lost { Err(CaseError::WorkersLost) } else { at_it.await };
        if done.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        let duration_ms = begun.elapsed().as_millis() as u64;
        match done {
            Ok(()) => {
                info!(job.id = %job.id, job.kind = %job.kind, job.payload = %job.payload,
                      duration_ms, "job done");
                Ok(Outcome::Done)
            }
            Err(error) => {
                self.put_back(&job, &error, duration_ms).await?;
                Ok(Outcome::Failed)
            }
        }
    }

    /// Works on `job`, and says so for as long as it takes. Who cannot say so any more, because
    /// the database is away, may lose the job to another; then its decision never happens.
    async fn at_it(&self, job: &Job) -> Result<(), CaseError> {
        let signs = async {
            loop {
                tokio::time::sleep(SIGN_OF_LIFE).await;
                if let Err(error) = self.renew(job).await {
                    warn!(job.id = %job.id, error = %chain(&error), "a lease was not renewed");
                }
            }
        };
        tokio::select! {
            done = self.work(job) => done,
            () = signs => unreachable!("it goes on for as long as the work does"),
        }
    }

    async fn renew(&self, job: &Job) -> Result<(), Breakage> {
        let until = self.installation.now() + LEASE;
        let mut tx = self.installation.store().begin().await?;
        tx.renew_job((job.id, &self.name), until).await?;
        Ok(tx.commit().await?)
    }

    async fn work(&self, job: &Job) -> Result<(), CaseError> {
        match job.kind.as_str() {
            ASSESS => self.installation.assess(job, &self.name).await,
            _ => Err(CaseError::Broken(Breakage::Unreadable { what: "the kind of a job" })),
        }
    }

    /// The longer, the more often it failed: 2, 4, 8 … seconds.
    async fn put_back(
        &self,
        job: &Job,
        error: &CaseError,
        duration_ms: u64,
    ) -> Result<(), Breakage> {
        let error = chain(error);
        let again = job.attempts < MOST_ATTEMPTS;
        let wait = Duration::from_secs(1 << job.attempts.min(MOST_ATTEMPTS));
        let retry_at = again.then(|| self.installation.now() + wait);
        warn!(job.id = %job.id, job.kind = %job.kind, job.attempts, duration_ms, error = %error,
              again, "job failed");
        let mut tx = self.installation.store().begin().await?;
        let ours = tx.fail_job((job.id, &self.name), &error, retry_at).await?;
        if ours
            && !again
            && let Ok(case) = job.payload.parse()
        {
            // Given up and handed to a person, or neither: then the job is claimed again.
            let handed = self.installation.give_up(&mut tx, case).await;
            handed.map_err(|error| match error {
                CaseError::Broken(error) => error,
                _ => Breakage::Unreadable { what: "a case that was given up" },
            })?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// An error with its causes, in one line. None of ours holds anything personal.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
