//! Erasing people, and the holds that forbid it for a time.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::id::{AccountId, HoldId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{Erasure, Hold, Installation, Marker};

use crate::accounts::AccountView;
use crate::auth::AdminKey;
use crate::problem::Problem;
use crate::request::{Asked, Ids};

/// An erasure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureView {
    /// Whose data.
    account: String,
    /// `erased`, or `restricted` while a law or a hold keeps it: then nothing of it is used.
    state: &'static str,
    /// When it was asked for, RFC 3339.
    asked_at: String,
    /// When the duty of the law ends; a hold may keep it longer.
    due_at: String,
    /// When the key was destroyed.
    #[serde(skip_serializing_if = "Option::is_none")]
    erased_at: Option<String>,
    /// When the last backup of the key store is gone that still holds the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    backups_until: Option<String>,
    /// What is kept so that the person is recognised, where the policy says so: keyed hashes of
    /// their documents and national number.
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<MarkerView>,
}

/// What is kept of a person who is erased or to be.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkerView {
    /// What for, in the words of the policy.
    purpose: String,
    /// Until when; without a time the erasure waits, and nobody is looked for by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl ErasureView {
    /// An erasure with what is kept of its person.
    async fn of(bonafide: &Installation, erasure: Erasure) -> Result<Self, Problem> {
        let marker = bonafide.marker(erasure.account).await?;
        let marker = marker.map(|Marker { purpose, until, .. }| MarkerView {
            purpose,
            until: until.map(|until| until.to_string()),
        });
        Ok(Self {
            account: erasure.account.to_string(),
            state: if erasure.done.is_some() { "erased" } else { "restricted" },
            asked_at: erasure.asked_at.to_string(),
            due_at: erasure.due_at.to_string(),
            erased_at: erasure.done.map(|(at, _)| at.to_string()),
            backups_until: erasure.done.map(|(_, backups)| backups.to_string()),
            marker,
        })
    }
}

/// A new hold.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "ground": "a lawsuit" }))]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// Why, such as the number of a proceeding.
    ground: String,
    /// Until when, RFC 3339; without one until it is released.
    until: Option<String>,
}

/// A hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldView {
    /// Its id.
    id: String,
    /// Why.
    ground: String,
    /// The key that placed it.
    author: String,
    /// When.
    created_at: String,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// When it was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    released_at: Option<String>,
}

impl From<Hold> for HoldView {
    fn from(hold: Hold) -> Self {
        Self {
            id: hold.id.to_string(),
            ground: hold.ground,
            author: hold.author,
            created_at: hold.created_at.to_string(),
            until: hold.until.map(|until| until.to_string()),
            released_at: hold.released_at.map(|at| at.to_string()),
        }
    }
}

/// Erases the person behind an account by destroying their key: it cannot be undone. While the
/// law of the policy or a hold keeps the data it is restricted, and erased when that ends.
#[utoipa::path(post, path = "/v1/accounts/{account}/erase", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = ErasureView), (status = "4XX", body = Problem)))]
pub async fn erase(
    State(bonafide): State<Installation>,
    AdminKey(key): AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<ErasureView>, Problem> {
    let erasure = bonafide.erase(id, &key.id.to_string()).await?;
    Ok(Json(ErasureView::of(&bonafide, erasure).await?))
}

/// The erasure of an account: the certificate once it is done.
#[utoipa::path(get, path = "/v1/accounts/{account}/erasure", operation_id = "erasure", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = ErasureView), (status = "4XX", body = Problem)))]
pub async fn get(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<ErasureView>, Problem> {
    let erasure = bonafide.erasure(id).await?;
    let none = || Problem::not_found("erasure-not-found", "Nobody asked for this erasure.");
    Ok(Json(ErasureView::of(&bonafide, erasure.ok_or_else(none)?).await?))
}

/// Takes an erasure back that still waits.
#[utoipa::path(delete, path = "/v1/accounts/{account}/erasure", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn withdraw(
    State(bonafide): State<Installation>,
    AdminKey(key): AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<AccountView>, Problem> {
    Ok(Json(bonafide.withdraw_erasure(id, &key.id.to_string()).await?.into()))
}

/// Places a legal hold: while it stands nothing of the account is removed.
#[utoipa::path(post, path = "/v1/accounts/{account}/holds", tag = "accounts",
    params(("account" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats the request safely")),
    request_body = NewHold,
    responses((status = 201, body = HoldView), (status = "4XX", body = Problem)))]
pub async fn hold(
    State(bonafide): State<Installation>,
    AdminKey(key): AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<NewHold>,
) -> Result<(StatusCode, Json<HoldView>), Problem> {
    let NewHold { ground, until } = &asked.value;
    let until = until.as_deref().map(str::parse::<Timestamp>).transpose();
    let invalid = |_| Problem::invalid("until-invalid", "Write `until` as 2026-03-01T00:00:00Z.");
    let until = until.map_err(invalid)?;
    let once = asked.once(&key);
    let author = key.id.to_string();
    let hold = bonafide.hold(id, ground, until, (&author, once.as_ref())).await?;
    Ok((StatusCode::CREATED, Json(hold.into())))
}

/// The holds of an account, released ones too, the oldest first.
#[utoipa::path(get, path = "/v1/accounts/{account}/holds", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = Vec<HoldView>), (status = "4XX", body = Problem)))]
pub async fn holds(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<Vec<HoldView>>, Problem> {
    Ok(Json(bonafide.holds(id).await?.into_iter().map(HoldView::from).collect()))
}

/// Releases a hold.
#[utoipa::path(delete, path = "/v1/accounts/{account}/holds/{hold}", tag = "accounts",
    params(("account" = String, Path), ("hold" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn release(
    State(bonafide): State<Installation>,
    AdminKey(by): AdminKey,
    Ids((account, hold)): Ids<(AccountId, HoldId)>,
) -> Result<StatusCode, Problem> {
    bonafide.release_hold(account, hold, &by.id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}
