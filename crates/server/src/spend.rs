//! Using limits.

use axum::Json;
use axum::extract::State;
use domain::amount::Amount;
use domain::entitlement::Ask;
use domain::id::{AccountId, ReservationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{Installation, Reservation, ReservationState, SpendError, Spent};

use crate::auth::SpendKey;
use crate::problem::Problem;
use crate::request::{Asked, Ids};
use crate::words::Words;

/// An amount that an account wants to use.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "feature": "withdraw", "currency": "USDT", "amount": "250", "reference": "order-17"
}))]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// The feature, such as `withdraw`.
    feature: String,
    /// The currency, as the policy spells it.
    currency: String,
    /// A decimal string.
    #[schema(value_type = String)]
    amount: Amount,
    /// Your own name for this use: asked again under the same name, the answer is the same.
    reference: String,
}

/// Whether it may.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer {
    /// Whether it may.
    permitted: bool,
    /// What is reserved until you capture or release it; none where there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation: Option<ReservationView>,
    /// Why not, as a stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// Why not, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Words>,
}

/// An amount taken out of a limit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservationView {
    /// Its id.
    id: String,
    /// Your own name for it.
    reference: String,
    /// The feature.
    feature: String,
    /// The currency.
    currency: String,
    /// A decimal string.
    amount: String,
    /// `held`, `captured` or `released`.
    state: &'static str,
    /// When a held one is free again, RFC 3339.
    expires_at: String,
}

impl From<Reservation> for ReservationView {
    fn from(reservation: Reservation) -> Self {
        Self {
            id: reservation.id.to_string(),
            reference: reservation.reference,
            feature: reservation.ask.feature,
            currency: reservation.ask.currency,
            amount: reservation.ask.amount.to_string(),
            state: reservation.state.as_str(),
            expires_at: reservation.expires_at.to_string(),
        }
    }
}

/// Says yes or no to an amount, and reserves it. A no is an answer (200), not an error.
#[utoipa::path(post, path = "/v1/accounts/{account}/authorize", tag = "limits",
    params(("account" = String, Path)), request_body = Authorization,
    responses((status = 200, body = Answer), (status = "4XX", body = Problem)))]
pub async fn authorize(
    State(bonafide): State<Installation>,
    _: SpendKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<Authorization>,
) -> Result<Json<Answer>, Problem> {
    let Authorization { feature, currency, amount, reference } = asked.value;
    let ask = Ask { feature, currency, amount };
    let yes = Answer { permitted: true, reservation: None, code: None, words: None };
    Ok(Json(match bonafide.authorize(id, &ask, &reference).await {
        Ok(Spent::Unlimited) => yes,
        Ok(Spent::Reserved(reservation)) => Answer { reservation: Some(reservation.into()), ..yes },
        Err(SpendError::Refused(refusal)) => Answer {
            permitted: false,
            code: Some(refusal.as_str()),
            words: Some(Words::of_refusal(&refusal)),
            ..yes
        },
        Err(error) => return Err(error.into()),
    }))
}

/// Marks a reservation as used.
#[utoipa::path(post, path = "/v1/accounts/{account}/reservations/{reservation}/capture",
    tag = "limits", params(("account" = String, Path), ("reservation" = String, Path)),
    responses((status = 200, body = ReservationView), (status = "4XX", body = Problem)))]
pub async fn capture(
    State(bonafide): State<Installation>,
    _: SpendKey,
    Ids((account, id)): Ids<(AccountId, ReservationId)>,
) -> Result<Json<ReservationView>, Problem> {
    Ok(Json(bonafide.settle(account, id, ReservationState::Captured).await?.into()))
}

/// Gives a reservation back to the limit.
#[utoipa::path(post, path = "/v1/accounts/{account}/reservations/{reservation}/release",
    tag = "limits", params(("account" = String, Path), ("reservation" = String, Path)),
    responses((status = 200, body = ReservationView), (status = "4XX", body = Problem)))]
pub async fn release(
    State(bonafide): State<Installation>,
    _: SpendKey,
    Ids((account, id)): Ids<(AccountId, ReservationId)>,
) -> Result<Json<ReservationView>, Problem> {
    Ok(Json(bonafide.settle(account, id, ReservationState::Released).await?.into()))
}
