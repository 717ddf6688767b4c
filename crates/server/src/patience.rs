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
        let detail = "This took longer than five minutes and was given up: send it again, or in \
                      parts (see /docs, transfers).";
        Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", detail).into_response()
    })
}
