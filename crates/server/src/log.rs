//! One line a request: method, route, status, duration. Routes, not paths, so that no id and
//! no name gets into a log by way of an address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::info;
use workflow::Installation;

/// Logs and times a request when it was answered.
pub async fn requests(
    State(bonafide): State<Installation>,
    request: Request,
    next: Next,
) -> Response {
    let begun = tokio::time::Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    bonafide.metrics().answered((known(&method), route), status, took);
    info!(
        http.method = %method,
        http.route = route,
        http.status = status,
        duration_ms = took.as_millis() as u64,
        "request"
    );
    response
}

/// A method of this interface; whatever else was sent is one series and not one each.
fn known(method: &Method) -> &'static str {
    let all = [Method::GET, Method::POST, Method::PUT, Method::DELETE];
    let names = ["GET", "POST", "PUT", "DELETE"];
    let known = all.iter().zip(names).find(|(known, _)| *known == method);
    known.map_or("other", |(_, name)| name)
}
