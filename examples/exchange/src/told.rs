//! How the exchange is told of decisions: a web hook, believed only when its signature fits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::Exchange;

/// Older than this it may be an old one sent again.
const TOLERANCE: Duration = Duration::from_mins(5);

/// Takes an event. Whatever is not understood is taken too: it was delivered.
pub async fn told(State(exchange): State<Exchange>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(secret) = &exchange.secret else { return StatusCode::NOT_FOUND };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let secrets = std::slice::from_ref(&**secret);
    // Over the bytes as they came, before they are parsed.
    if outgoing::verify(secrets, &headers, &body, now, TOLERANCE).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    let event: Value = serde_json::from_slice(&body).unwrap_or_default();
    let account = event["account"].as_str().unwrap_or_default();
    let notice = match event["kind"].as_str().unwrap_or_default() {
        "case.approved" => "You are verified. Your new limits are below.",
        "case.declined" => "We could not verify you. You can appeal.",
        "case.in_review" => "A person looks at your documents. We will tell you.",
        "case.collecting" => "Something in your pictures is to be mended. Go on where you were.",
        _ => return StatusCode::NO_CONTENT,
    };
    exchange.sessions.tell(account, notice);
    StatusCode::NO_CONTENT
}
