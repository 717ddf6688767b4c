//! Accounts, for the operator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::account::{Account, Standing};
use domain::entitlement::Entitlements;
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Installation, RegisterRequest};

use crate::auth::{AccountsKey, AdminKey};
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};
use crate::words::Words;

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Your own name for it, once in an installation.
    external_id: String,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Its id.
    id: String,
    /// Your own name for it.
    external_id: String,
    /// The tier that it was granted, if any; whether it holds today say the entitlements.
    tier: Option<String>,
    /// The last day on which the tier holds.
    until: Option<String>,
    /// Whether it is frozen.
    frozen: bool,
    /// When it was registered, RFC 3339.
    created_at: String,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        let (tier, until) = match account.standing {
            Standing::Registered => (None, None),
            Standing::Verified { tier, until } => (Some(tier), until.map(|day| day.to_string())),
        };
        Self {
            id: account.id.to_string(),
            external_id: account.external_id,
            tier,
            until,
            frozen: account.frozen.is_some(),
            created_at: account.created_at.to_string(),
        }
    }
}

/// What an account may do now, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntitlementsView {
    /// The facts: tier, features with limits, used and left, what the next tier gives and what
    /// is missing for it.
    #[serde(flatten)]
    #[schema(value_type = Value)]
    facts: Entitlements,
    /// The same in words.
    words: Words,
}

/// Why an account is frozen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// For your own records; its owner is not told.
    ground: String,
}

/// An erasure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Certificate {
    /// Whose data was erased.
    account: String,
    /// When the key was destroyed, RFC 3339. Copies of the key live on in backups of the key
    /// store until the last of these is gone.
    erased_at: String,
}

/// Which account.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Called {
    /// Your own name for it.
    external_id: String,
}

/// Registers an account.
#[utoipa::path(post, path = "/v1/accounts", tag = "accounts", request_body = NewAccount,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats the request safely")),
    responses((status = 201, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn register(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    asked: Asked<NewAccount>,
) -> Result<(StatusCode, Json<AccountView>), Problem> {
    let request = RegisterRequest { external_id: asked.value.external_id.clone() };
    let account = bonafide.register(&request, asked.once(&key).as_ref()).await?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// Finds an account by your own name for it.
#[utoipa::path(get, path = "/v1/accounts", tag = "accounts", params(Called),
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn find(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Asking(called): Asking<Called>,
) -> Result<Json<AccountView>, Problem> {
    let found = bonafide.account_called(&called.external_id).await?;
    found.map(|account| Json(account.into())).ok_or_else(no_account)
}

/// An account.
#[utoipa::path(get, path = "/v1/accounts/{account}", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn get(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<AccountView>, Problem> {
    let found = bonafide.account(id).await?;
    found.map(|account| Json(account.into())).ok_or_else(no_account)
}

/// What an account may do now, what it has used, what the next tier gives and what is missing
/// for it: why a limit is low, in one call, in words.
#[utoipa::path(get, path = "/v1/accounts/{account}/entitlements", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = EntitlementsView), (status = "4XX", body = Problem)))]
pub async fn entitlements(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<EntitlementsView>, Problem> {
    let facts = bonafide.entitlements(id).await?.ok_or_else(no_account)?;
    let words = Words::of_entitlements(&facts);
    Ok(Json(EntitlementsView { facts, words }))
}

/// Freezes an account: everything is refused until it is thawed.
#[utoipa::path(post, path = "/v1/accounts/{account}/freeze", tag = "accounts",
    params(("account" = String, Path)), request_body = Ground,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn freeze(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<Ground>,
) -> Result<Json<AccountView>, Problem> {
    Ok(Json(bonafide.freeze(id, Some(asked.value.ground)).await?.into()))
}

/// Lifts a freeze.
#[utoipa::path(post, path = "/v1/accounts/{account}/thaw", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn thaw(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<AccountView>, Problem> {
    Ok(Json(bonafide.freeze(id, None).await?.into()))
}

/// Erases the person behind an account by destroying their key. It cannot be undone.
#[utoipa::path(post, path = "/v1/accounts/{account}/erase", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = Certificate), (status = "4XX", body = Problem)))]
pub async fn erase(
    State(bonafide): State<Installation>,
    AdminKey(key): AdminKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<Certificate>, Problem> {
    let erased = bonafide.erase(id, &key.id.to_string()).await?;
    let (account, erased_at) = (erased.account.to_string(), erased.at.to_string());
    Ok(Json(Certificate { account, erased_at }))
}

/// Takes back for its person that their face is searched among other accounts: their faces are
/// removed, on the blocklist too. What was decided stays.
#[utoipa::path(post, path = "/v1/accounts/{account}/consents/face_search/withdraw",
    tag = "accounts", params(("account" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn withdraw_face_search(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<StatusCode, Problem> {
    bonafide.withdraw_face_search(id, &key.id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn no_account() -> Problem {
    Problem::not_found("account-not-found", "There is no such account.")
}
