//! One line a request: method, route, status, duration. Routes, not paths, so that no id and
//! no name gets into a log by way of an address.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::info;

/// Logs a request when it was answered.
pub async fn requests(request: Request, next: Next) -> Response {
    let begun = tokio::time::Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    info!(
        http.method = %method,
        http.route = route.as_ref().map_or("", MatchedPath::as_str),
        http.status = response.status().as_u16(),
        duration_ms = begun.elapsed().as_millis() as u64,
        "request"
    );
    response
}
