//! A case that goes on on another device.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{HandoffError, Installation, Token};

use crate::app::App;
use crate::auth::{Applicant, OtherDevice, Stranger};
use crate::problem::Problem;
use crate::request::Asked;

/// A code for another device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Offer {
    /// The code, shown this once: put it behind the `#` of the address of your page.
    code: String,
    /// The number that both devices show.
    number: u32,
    /// Until when the code is taken and the device confirmed, RFC 3339.
    expires_at: String,
}

/// Where a hand-off stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoffView {
    /// `issued`, `swapped` (the other device waits to be confirmed), `confirmed`, `refused` (on
    /// either device) or `expired`.
    state: &'static str,
    /// The number that both devices show.
    number: u32,
}

/// The code that the first device showed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As it was shown.
    code: String,
}

/// What the other device has.
#[derive(Debug, Serialize, ToSchema)]
pub struct Swapped {
    /// Its token: it opens the case once the first device has confirmed this one; until then
    /// every call answers `handoff-unconfirmed`.
    token: String,
    /// The number that both devices show.
    number: u32,
    /// The operator's own name; may be empty.
    operator: String,
    /// The operator's name for the account, mostly hidden.
    account: String,
    /// The tier that the case is for.
    tier: String,
}

/// Offers the case to another device. What was offered before ends.
#[utoipa::path(post, path = "/v1/applicant/handoff", tag = "applicant",
    responses((status = 201, body = Offer), (status = "4XX", body = Problem)))]
pub async fn offer_handoff(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<(StatusCode, Json<Offer>), Problem> {
    let offered = bonafide.offer_handoff(case.id).await?;
    let code = offered.code.reveal().to_owned();
    let (number, expires_at) = (offered.number, offered.expires_at.to_string());
    Ok((StatusCode::CREATED, Json(Offer { code, number, expires_at })))
}

/// Where the hand-off of the case stands.
#[utoipa::path(get, path = "/v1/applicant/handoff", tag = "applicant",
    responses((status = 200, body = HandoffView), (status = "4XX", body = Problem)))]
pub async fn handoff(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<Json<HandoffView>, Problem> {
    let none = || Problem::not_found("handoff-not-found", "The case was offered to no device.");
    let (state, number) = bonafide.handoff(case.id).await?.ok_or_else(none)?;
    Ok(Json(HandoffView { state: state.as_str(), number }))
}

/// Confirms that the device that shows the same number is the person's own.
#[utoipa::path(post, path = "/v1/applicant/handoff/confirm", tag = "applicant",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn confirm_handoff(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<StatusCode, Problem> {
    bonafide.answer_handoff(case.id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses the device that took the code.
#[utoipa::path(post, path = "/v1/applicant/handoff/refuse", tag = "applicant",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn refuse_handoff(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<StatusCode, Problem> {
    bonafide.answer_handoff(case.id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says, with the other device's own token, that its person did not start this.
///
/// The hand-off is `refused`, also where it was confirmed already: the token opens nothing any more.
#[utoipa::path(post, path = "/v1/applicant/handoff/disown", tag = "applicant",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn disown_handoff(
    State(bonafide): State<Installation>,
    OtherDevice(token): OtherDevice,
) -> Result<StatusCode, Problem> {
    bonafide.disown_handoff(&token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a code, on the other device, without a token. A code is taken once.
#[utoipa::path(post, path = "/v1/handoff", tag = "applicant", request_body = Code,
    security(()),
    responses((status = 201, body = Swapped), (status = "4XX", body = Problem)))]
pub async fn take_handoff(
    State(app): State<App>,
    stranger: Stranger,
    asked: Asked<Code>,
) -> Result<(StatusCode, Json<Swapped>), Problem> {
    let code = Token::sent(&asked.value.code);
    let unknown = |error: &HandoffError| matches!(error, HandoffError::UnknownCode);
    let take = async || app.bonafide.take_handoff(&code).await;
    let taken = stranger.guesses(&app, take, unknown).await?;
    let (token, number) = (taken.token.reveal().to_owned(), taken.number);
    let operator = app.pages.operator.clone();
    let swapped = Swapped { token, number, operator, account: taken.account, tier: taken.tier };
    Ok((StatusCode::CREATED, Json(swapped)))
}
