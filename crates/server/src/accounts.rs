//! Accounts, for the operator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::account::{Account, Standing};
use domain::document::Country;
use domain::entitlement::Entitlements;
use domain::guidance::Language;
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Change, ConsentKind, Installation, ProfileChange, RegisterRequest};

use crate::auth::AccountsKey;
use crate::campaigns::known;
use crate::cases::Summary;
use crate::described::EntitlementFacts;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};
use crate::words::Words;

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "external_id": "user-1", "country": "SGP" }))]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Your own name for it, once in an installation.
    external_id: String,
    /// The country whose law says how long its data is kept, ICAO 9303-3 such as `SGP`.
    country: Option<String>,
    /// The language that its owner reads: `en` or `zh-CN`.
    language: Option<String>,
    /// The code of a campaign that it comes by.
    referral_code: Option<String>,
}

/// What is to change: what is left out stays, and `null` removes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({"country": "SGP", "language": "zh-CN", "phrase": "a blue whale"}))]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// The country whose law says how long its data is kept, ICAO 9303-3 such as `SGP`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    country: Change<String>,
    /// The language that its owner reads: `en` or `zh-CN`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    language: Change<String>,
    /// A phrase that its owner chose with you: our pages show it, so that they know them from
    /// forged ones. 1 to 60 characters in one line; kept sealed.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    phrase: Change<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Its id.
    id: String,
    /// Your own name for it.
    external_id: String,
    /// The country whose law says how long its data is kept.
    country: Option<String>,
    /// The language that its owner reads.
    language: Option<String>,
    /// The code of the campaign that it came by.
    referral_code: Option<String>,
    /// The tier that it was granted, if any; whether it holds today say the entitlements.
    tier: Option<String>,
    /// The last day on which the tier holds.
    until: Option<String>,
    /// Whether it is frozen, or closed.
    frozen: bool,
    /// The other account that its person goes on with, where it is closed.
    closed_for: Option<String>,
    /// When it was registered, RFC 3339.
    created_at: String,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        let frozen = account.is_stopped();
        let (tier, until) = match account.standing {
            Standing::Registered => (None, None),
            Standing::Verified { tier, until } => (Some(tier), until.map(|day| day.to_string())),
        };
        Self {
            id: account.id.to_string(),
            external_id: account.external_id,
            country: account.country.map(|country| country.to_string()),
            language: account.language.map(|language| language.to_string()),
            referral_code: account.campaign.map(|code| code.to_string()),
            tier,
            until,
            frozen,
            closed_for: account.closed.map(|closing| closing.kept.to_string()),
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
    #[schema(value_type = EntitlementFacts)]
    facts: Entitlements,
    /// The same in words.
    words: Words,
}

/// Why an account is frozen.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "ground": "a chargeback" }))]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// For your own records; its owner is not told.
    ground: String,
}

/// Which account.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
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
    let NewAccount { external_id, country, language, referral_code } = &asked.value;
    let request = RegisterRequest {
        external_id: external_id.clone(),
        country: country.as_deref().map(country_of).transpose()?,
        language: language.as_deref().map(language_of).transpose()?,
        campaign: referral_code.as_deref().map(known).transpose()?,
    };
    let account = bonafide.register(&request, asked.once(&key).as_ref()).await?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// Changes what is known of an account's owner.
#[utoipa::path(patch, path = "/v1/accounts/{account}", tag = "accounts",
    params(("account" = String, Path)), request_body = AccountChange,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn change(
    State(bonafide): State<Installation>,
    AccountsKey(by): AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<AccountChange>,
) -> Result<Json<AccountView>, Problem> {
    let AccountChange { country, language, phrase } = asked.value;
    let change = ProfileChange {
        country: country.try_map(|code| country_of(&code))?,
        language: language.try_map(|tag| language_of(&tag))?,
        phrase,
    };
    Ok(Json(bonafide.change_profile(id, change, &by.id.to_string()).await?.into()))
}

fn country_of(code: &str) -> Result<Country, Problem> {
    code.parse().map_err(|error| Problem::invalid("country-invalid", error))
}

fn language_of(tag: &str) -> Result<Language, Problem> {
    tag.parse().map_err(|error| Problem::invalid("language-invalid", error))
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
    let words = Words::of_entitlements(&facts, |at| bonafide.service().day(at));
    Ok(Json(EntitlementsView { facts, words }))
}

/// Freezes an account: everything is refused until it is thawed.
#[utoipa::path(post, path = "/v1/accounts/{account}/freeze", tag = "accounts",
    params(("account" = String, Path)), request_body = Ground,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn freeze(
    State(bonafide): State<Installation>,
    AccountsKey(by): AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<Ground>,
) -> Result<Json<AccountView>, Problem> {
    let ground = Some(asked.value.ground);
    Ok(Json(bonafide.freeze(id, ground, &by.id.to_string()).await?.into()))
}

/// Lifts a freeze; where there is none, opens an account that was closed for another one.
#[utoipa::path(post, path = "/v1/accounts/{account}/thaw", tag = "accounts",
    params(("account" = String, Path)),
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn thaw(
    State(bonafide): State<Installation>,
    AccountsKey(by): AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<AccountView>, Problem> {
    Ok(Json(bonafide.freeze(id, None, &by.id.to_string()).await?.into()))
}

/// Takes a consent back for its person: `face_match`, `face_search` or `cohort`. With either of the
/// first two their faces are removed, on the blocklist too. What was decided stays.
#[utoipa::path(post, path = "/v1/accounts/{account}/consents/{kind}/withdraw",
    tag = "accounts", params(("account" = String, Path), ("kind" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn withdraw_consent(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((id, kind)): Ids<(AccountId, String)>,
) -> Result<StatusCode, Problem> {
    let known = ConsentKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let unknown = || Problem::not_found("consent-unknown", "There is no consent of this name.");
    bonafide.withdraw(id, known.ok_or_else(unknown)?, &key.id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The cases of an account, the newest first.
#[utoipa::path(get, path = "/v1/accounts/{account}/cases", tag = "accounts",
    operation_id = "cases", params(("account" = String, Path)),
    responses((status = 200, body = Vec<Summary>), (status = "4XX", body = Problem)))]
pub async fn cases(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
) -> Result<Json<Vec<Summary>>, Problem> {
    let cases = bonafide.cases_of(id).await?.ok_or_else(no_account)?;
    Ok(Json(cases.iter().map(Summary::from).collect()))
}

fn no_account() -> Problem {
    Problem::not_found("account-not-found", "There is no such account.")
}
