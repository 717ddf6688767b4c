//! How long a whole request may take.

use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// An upload over a slow line, and its judgement.
const PATIENCE: Duration = Duration::from_mins(5);

/// Answers a request, or says that it took too long.
pub async fn bounded(request: Request, next: Next) -> Response {
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| {
        too_slow("This took longer than five minutes and was given up").into_response()
    })
}

/// Of a body nothing came for too long.
pub fn stalled() -> Problem {
    too_slow("Nothing of the body came for a while")
}

fn too_slow(what: &str) -> Problem {
    let detail = format!("{what}: send it again, or in parts (see /docs, transfers).");
    Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", detail)
}
