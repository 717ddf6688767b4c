//! Jobs that were given up.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::id::JobId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{DeadJob, Installation};

use crate::auth::AdminKey;
use crate::problem::Problem;
use crate::request::{Asking, Ids};

/// At most so many in one list.
const MOST: u32 = 50;

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// `next` of the list before.
    cursor: Option<String>,
}

/// Jobs that were given up, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJobs {
    jobs: Vec<DeadJobView>,
    /// The cursor of the next list; none at the end.
    next: Option<String>,
}

/// A job that was given up: its case waits for a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJobView {
    /// Its id.
    id: String,
    /// What was to be done.
    kind: String,
    /// With what: a case's id.
    payload: String,
    /// How many times it was tried.
    attempts: u32,
    /// Why it failed the last time.
    error: Option<String>,
    /// When it was enqueued, RFC 3339.
    created_at: String,
}

impl From<DeadJob> for DeadJobView {
    fn from(job: DeadJob) -> Self {
        Self {
            id: job.id.to_string(),
            kind: job.kind,
            payload: job.payload,
            attempts: job.attempts,
            error: job.error,
            created_at: job.created_at.to_string(),
        }
    }
}

/// The jobs that were given up, with why.
#[utoipa::path(get, path = "/v1/jobs/dead", operation_id = "dead_jobs", tag = "operation",
    params(Before), responses((status = 200, body = DeadJobs), (status = "4XX", body = Problem)))]
pub async fn dead(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Asking(before): Asking<Before>,
) -> Result<Json<DeadJobs>, Problem> {
    let wrong = |_| Problem::invalid("cursor-invalid", "Send `next` of the list before.");
    let before = before.cursor.as_deref().map(str::parse::<JobId>).transpose().map_err(wrong)?;
    let jobs = bonafide.dead_jobs(before, MOST).await?;
    let full = jobs.len() as u32 == MOST;
    let next = jobs.last().filter(|_| full).map(|last| last.id.to_string());
    Ok(Json(DeadJobs { jobs: jobs.into_iter().map(DeadJobView::from).collect(), next }))
}

/// Removes a job that was given up, once you have seen why. Its case is not touched.
#[utoipa::path(delete, path = "/v1/jobs/dead/{job}", operation_id = "dismiss_job",
    tag = "operation", params(("job" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn dismiss(
    State(bonafide): State<Installation>,
    AdminKey(key): AdminKey,
    Ids((id,)): Ids<(JobId,)>,
) -> Result<StatusCode, Problem> {
    if bonafide.dismiss_job(id, &key.id.to_string()).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found("job-not-found", "There is no such job that was given up."))
}
