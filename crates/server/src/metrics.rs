//! Metrics, on an address of their own: who may read them is a matter of the network.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use workflow::Installation;

use crate::problem::Problem;

/// `GET /metrics` of `bonafide` and nothing else.
pub fn metrics_router(bonafide: Installation) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(bonafide)
}

async fn metrics(State(bonafide): State<Installation>) -> Result<Response, Problem> {
    let text = bonafide.metrics_text().await?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
