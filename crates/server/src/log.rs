//! One line and one span a request: method, route, status, duration. Routes, not paths, so that no id and
//! no name gets into a log by way of an address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::field::Empty;
use tracing::{Instrument, Span, info, info_span};
use workflow::Installation;

/// Logs, times and traces a request when it was answered.
pub async fn requests(
    State(bonafide): State<Installation>,
    request: Request,
    next: Next,
) -> Response {
    let begun = tokio::time::Instant::now();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("", MatchedPath::as_str);
    let method = request.method().clone();
    let span = span(known(&method), route);
    traces::continues(&span, request.headers());
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
    }
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

/// The span of a request, named as OpenTelemetry's conventions for HTTP servers have it.
fn span(method: &'static str, route: &str) -> Span {
    info_span!(
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
    )
}

/// A method of this interface; whatever else was sent is one series and not one each.
fn known(method: &Method) -> &'static str {
    let all = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let names = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let known = all.iter().zip(names).find(|(known, _)| *known == method);
    known.map_or("other", |(_, name)| name)
}
