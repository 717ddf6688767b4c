//! Web hooks: endpoints that are told of events.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::id::EndpointId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{Endpoint, EndpointRequest, Installation};

use crate::auth::AdminKey;
use crate::problem::Problem;
use crate::request::{Asked, Ids};

/// A new web hook.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "url": "https://ledger.example/hook", "kinds": ["case.approved"] }))]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where events are posted to: `https://host/path`.
    url: String,
    /// For your own records.
    #[serde(default)]
    description: String,
    /// The kinds of events to be told of; left out or empty: all.
    #[serde(default)]
    kinds: Vec<String>,
}

/// A web hook, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookView {
    id: String,
    url: String,
    description: String,
    /// The kinds of events that it is told of; none means all.
    kinds: Vec<String>,
    created_at: String,
    /// Since when nothing is sent to it.
    disabled_at: Option<String>,
    /// Since when every attempt has failed.
    failing_since: Option<String>,
    /// Until when an earlier secret signs too.
    former_secret_until: Option<String>,
}

/// A web hook with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeWebhook {
    #[serde(flatten)]
    webhook: WebhookView,
    /// What signs, as Standard Webhooks has it: `whsec_…`.
    secret: String,
}

/// How a secret is replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "overlap_hours": 24 }))]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// For how many hours the old secret signs beside the new one: 0 to 168.
    overlap_hours: u32,
}

impl From<Endpoint> for WebhookView {
    fn from(endpoint: Endpoint) -> Self {
        let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        Self {
            id: endpoint.id.to_string(),
            url: endpoint.url,
            description: endpoint.description,
            kinds: endpoint.kinds,
            created_at: endpoint.created_at.to_string(),
            disabled_at: text(endpoint.disabled_at),
            failing_since: text(endpoint.failing_since),
            former_secret_until: text(endpoint.former_until),
        }
    }
}

impl From<workflow::NewEndpoint> for MadeWebhook {
    fn from(made: workflow::NewEndpoint) -> Self {
        let secret = made.secret.reveal().to_string();
        Self { webhook: made.endpoint.into(), secret }
    }
}

/// Makes a web hook: every event from now on is posted to it.
#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", request_body = NewWebhook,
    responses((status = 201, body = MadeWebhook), (status = "4XX", body = Problem)))]
pub async fn make(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    asked: Asked<NewWebhook>,
) -> Result<(StatusCode, Json<MadeWebhook>), Problem> {
    asked.only_once()?;
    let NewWebhook { url, description, kinds } = asked.value;
    let request = EndpointRequest { url, description, kinds };
    let made = bonafide.make_endpoint(request, &by.id.to_string()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Every web hook, the newest first.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks",
    responses((status = 200, body = Vec<WebhookView>), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: AdminKey,
) -> Result<Json<Vec<WebhookView>>, Problem> {
    Ok(Json(bonafide.endpoints().await?.into_iter().map(WebhookView::from).collect()))
}

/// A web hook.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path)),
    responses((status = 200, body = WebhookView), (status = "4XX", body = Problem)))]
pub async fn get(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
) -> Result<Json<WebhookView>, Problem> {
    Ok(Json(bonafide.endpoint(id).await?.into()))
}

/// Deletes a web hook with its log of deliveries.
#[utoipa::path(delete, path = "/v1/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn delete(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
) -> Result<StatusCode, Problem> {
    bonafide.delete_endpoint(id, &by.id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Posts nothing more: what waits, waits, and what happens meanwhile can be replayed.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/disable", tag = "webhooks",
    params(("webhook" = String, Path)),
    responses((status = 200, body = WebhookView), (status = "4XX", body = Problem)))]
pub async fn disable(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
) -> Result<Json<WebhookView>, Problem> {
    Ok(Json(bonafide.disable_endpoint(id, true, &by.id.to_string()).await?.into()))
}

/// Goes on posting.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/enable", tag = "webhooks",
    params(("webhook" = String, Path)),
    responses((status = 200, body = WebhookView), (status = "4XX", body = Problem)))]
pub async fn enable(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
) -> Result<Json<WebhookView>, Problem> {
    Ok(Json(bonafide.disable_endpoint(id, false, &by.id.to_string()).await?.into()))
}

/// Makes a new secret; the old one signs beside it for a while.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/rotate", tag = "webhooks",
    params(("webhook" = String, Path)), request_body = Rotation,
    responses((status = 200, body = MadeWebhook), (status = "4XX", body = Problem)))]
pub async fn rotate(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
    asked: Asked<Rotation>,
) -> Result<Json<MadeWebhook>, Problem> {
    asked.only_once()?;
    let overlap = Duration::from_secs(3600 * u64::from(asked.value.overlap_hours));
    Ok(Json(bonafide.rotate_secret(id, overlap, &by.id.to_string()).await?.into()))
}
