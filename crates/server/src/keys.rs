//! Keys of the API.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::id::ApiKeyId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{ApiKey, Installation, Scope};

use crate::auth::AdminKey;
use crate::problem::Problem;
use crate::request::{Asked, Ids};

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "name": "exchange", "scopes": ["accounts", "spend"] }))]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// Whom or what it is for; a reviewer's name is what the log and the queue show.
    name: String,
    /// What it may do: `accounts`, `spend`, `review`, `admin`.
    scopes: Vec<String>,
}

/// A key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyView {
    id: String,
    name: String,
    scopes: Vec<String>,
    created_at: String,
    /// When it ended, or will end.
    revoked_at: Option<String>,
}

/// A key that was made, with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeKey {
    #[serde(flatten)]
    key: KeyView,
    token: String,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            scopes: key.scopes,
            created_at: key.created_at.to_string(),
            revoked_at: key.revoked_at.map(|at| at.to_string()),
        }
    }
}

/// Makes a key.
#[utoipa::path(post, path = "/v1/keys", tag = "keys", request_body = NewKey,
    responses((status = 201, body = MadeKey), (status = "4XX", body = Problem)))]
pub async fn make(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    asked: Asked<NewKey>,
) -> Result<(StatusCode, Json<MadeKey>), Problem> {
    asked.only_once()?;
    let NewKey { name, scopes } = asked.value;
    if name.is_empty() || name.len() > 100 || name.chars().any(char::is_control) {
        return Err(Problem::invalid("name-invalid", "A name has 1 to 100 bytes."));
    }
    let scope = |name: &String| Scope::ALL.into_iter().find(|scope| scope.as_str() == name);
    let scopes: Option<Vec<Scope>> = scopes.iter().map(scope).collect();
    let scopes = scopes.filter(|scopes| !scopes.is_empty()).ok_or_else(|| {
        Problem::invalid("scope-unknown", "There is accounts, spend, review and admin.")
    })?;
    let made = bonafide.make_key(&name, &scopes, &by.id.to_string()).await?;
    let token = made.token.reveal().to_owned();
    Ok((StatusCode::CREATED, Json(MadeKey { key: made.key.into(), token })))
}

/// Every key, the newest first.
#[utoipa::path(get, path = "/v1/keys", tag = "keys",
    responses((status = 200, body = Vec<KeyView>), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: AdminKey,
) -> Result<Json<Vec<KeyView>>, Problem> {
    Ok(Json(bonafide.keys().await?.into_iter().map(KeyView::from).collect()))
}

/// How a key is rotated.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "overlap_hours": 24 }))]
#[serde(deny_unknown_fields)]
pub struct KeyRotation {
    /// For so long both keys open; 0 to 168.
    #[schema(maximum = 168)]
    overlap_hours: u16,
}

/// Makes a key of the same name and scopes in place of this one, which ends after the overlap.
#[utoipa::path(post, path = "/v1/keys/{key}/rotate", tag = "keys", params(("key" = String, Path)),
    request_body = KeyRotation,
    responses((status = 201, body = MadeKey), (status = "4XX", body = Problem)))]
pub async fn rotate(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(ApiKeyId,)>,
    asked: Asked<KeyRotation>,
) -> Result<(StatusCode, Json<MadeKey>), Problem> {
    asked.only_once()?;
    let hours = asked.value.overlap_hours;
    if hours > 168 {
        return Err(Problem::invalid("overlap-invalid", "An overlap has 0 to 168 hours."));
    }
    if by.id == id && hours == 0 {
        let detail =
            "Give the key that asks an hour at least: if the answer is lost, it opens still.";
        return Err(Problem::invalid("key-own", detail));
    }
    let overlap = Duration::from_hours(u64::from(hours));
    let made = bonafide.rotate_key(id, overlap, &by.id.to_string()).await?;
    let none = || Problem::not_found("key-not-found", "There is no such key that is not revoked.");
    let made = made.ok_or_else(none)?;
    let token = made.token.reveal().to_owned();
    Ok((StatusCode::CREATED, Json(MadeKey { key: made.key.into(), token })))
}

/// Takes a key back at once; not the one that asks, so that nobody locks themselves out.
#[utoipa::path(delete, path = "/v1/keys/{key}", tag = "keys", params(("key" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn revoke(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((id,)): Ids<(ApiKeyId,)>,
) -> Result<StatusCode, Problem> {
    if by.id == id {
        return Err(Problem::invalid("key-own", "A key takes back others: ask with another one."));
    }
    if bonafide.revoke_key(id, &by.id.to_string()).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found("key-not-found", "There is no such key that is not revoked."))
}
