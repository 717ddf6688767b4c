//! What happened, in its order: for a system that polls.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use workflow::Installation;

use crate::auth::AccountsKey;
use crate::problem::Problem;
use crate::request::Asking;

/// At most so many events in one list.
const MOST: u32 = 100;

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// The number of the last event that you have.
    #[serde(default)]
    after: i64,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Its number. Whoever sees an event can see every one of a lower number.
    number: i64,
    /// Its id.
    id: String,
    /// What happened: `case.approved`.
    kind: String,
    /// To whom, where it is about an account.
    account: Option<String>,
    /// In which case.
    case: Option<String>,
    /// The rest.
    data: Value,
    /// When, RFC 3339.
    at: String,
}

/// The events behind a number, the oldest first.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(After),
    responses((status = 200, body = Vec<EventView>), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Asking(after): Asking<After>,
) -> Result<Json<Vec<EventView>>, Problem> {
    let events = bonafide.events(after.after, MOST).await?.into_iter();
    let view = |(number, event): (i64, workflow::Event)| EventView {
        number,
        id: event.id.to_string(),
        kind: event.kind,
        account: event.account.map(|account| account.to_string()),
        case: event.case.map(|case| case.to_string()),
        data: serde_json::from_str(&event.data).unwrap_or(Value::Null),
        at: event.at.to_string(),
    };
    Ok(Json(events.map(view).collect()))
}
