//! Whether the server lives, and whether it can work.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Installation;

use crate::problem::Problem;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `live` or `sandbox`.
    installation: &'static str,
    /// Its version.
    version: &'static str,
    /// Jobs that could be done now.
    waiting: u64,
    /// Since when the oldest of them waits, RFC 3339.
    oldest: Option<String>,
    /// Jobs that were given up: a person has to look.
    dead: u64,
}

/// Answers while the process lives.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 204)))]
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Answers while the database and the store of keys and objects do, with how long the queue is.
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses((status = 200, body = Health), (status = 503, body = Problem)))]
pub async fn ready(State(bonafide): State<Installation>) -> Result<Json<Health>, Problem> {
    let not_ready =
        |detail: &str| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", detail);
    let queue = bonafide.queue().await.map_err(|error| {
        // Logged with its causes, as whatever is ours.
        not_ready(&Problem::internal(&error).detail)
    })?;
    if !bonafide.is_vault_there().await {
        return Err(not_ready("The store of keys or of objects does not work: see the log."));
    }
    Ok(Json(Health {
        installation: bonafide.kind().as_str(),
        version: env!("CARGO_PKG_VERSION"),
        waiting: queue.waiting,
        oldest: queue.oldest.map(|at| at.to_string()),
        dead: queue.dead,
    }))
}
