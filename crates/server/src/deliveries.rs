//! What was posted to a web hook, and posting it once more.

use axum::Json;
use axum::extract::State;
use domain::id::EndpointId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Delivery, DeliveryState, Installation, Replayed};

use crate::auth::AdminKey;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};

/// At most so many deliveries in one list.
const MOST: u32 = 100;

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// The number of the last event that you have: the list goes on with earlier ones.
    before: Option<i64>,
    /// Only those that are `waiting`, `claimed`, `delivered` or `dead`.
    state: Option<String>,
}

/// A delivery: one event to one web hook.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// The number of the event.
    number: i64,
    /// The event, and the `webhook-id` of every attempt.
    event: String,
    /// What happened.
    kind: String,
    /// `waiting`, `claimed` (an attempt is under way), `delivered`, or `dead`: given up.
    state: &'static str,
    /// Attempts since it was made or replayed.
    attempts: u32,
    /// When the next attempt is due, RFC 3339.
    next_at: Option<String>,
    /// The HTTP status that the last attempt was answered with.
    answer: Option<u16>,
    /// The stable code of what was wrong with the last attempt.
    problem: Option<String>,
    created_at: String,
    /// When the last attempt ended.
    attempted_at: Option<String>,
}

/// What is to be posted once more: one of both.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "after": 11 }))]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// The event of this number.
    number: Option<i64>,
    /// Every event behind this number.
    after: Option<i64>,
}

/// How many deliveries wait once more.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayView {
    /// None where there is no such event, or the web hook does not want its kind.
    replayed: u64,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        let waits = delivery.state == DeliveryState::Waiting;
        Self {
            number: delivery.number,
            event: delivery.event.to_string(),
            kind: delivery.kind,
            state: delivery.state.as_str(),
            attempts: delivery.attempts,
            next_at: waits.then(|| delivery.run_after.to_string()),
            answer: delivery.answer,
            problem: delivery.problem,
            created_at: delivery.created_at.to_string(),
            attempted_at: delivery.attempted_at.map(|at| at.to_string()),
        }
    }
}

/// The deliveries to a web hook, the newest first.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}/deliveries", operation_id = "deliveries", tag = "webhooks",
    params(("webhook" = String, Path), Which),
    responses((status = 200, body = Vec<DeliveryView>), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
    Asking(which): Asking<Which>,
) -> Result<Json<Vec<DeliveryView>>, Problem> {
    let named = |name: String| DeliveryState::ALL.into_iter().find(|s| s.as_str() == name);
    let state = which.state.map(|name| named(name).ok_or_else(unknown)).transpose()?;
    let from = (which.before.unwrap_or(i64::MAX), MOST);
    let found = bonafide.deliveries(id, state, from).await?;
    Ok(Json(found.into_iter().map(DeliveryView::from).collect()))
}

/// Posts one event once more, or everything behind an event; those that happened while the web
/// hook was disabled or not there yet, too.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/replay", tag = "webhooks",
    params(("webhook" = String, Path)), request_body = Replay,
    responses((status = 200, body = ReplayView), (status = "4XX", body = Problem)))]
pub async fn replay(
    State(bonafide): State<Installation>,
    _: AdminKey,
    Ids((id,)): Ids<(EndpointId,)>,
    asked: Asked<Replay>,
) -> Result<Json<ReplayView>, Problem> {
    let replayed = match (asked.value.number, asked.value.after) {
        (Some(number), None) => Replayed::One(number),
        (None, Some(number)) => Replayed::After(number),
        _ => {
            let wanted = "Name one event as `number`, or all behind one as `after`.";
            return Err(Problem::invalid("replay-invalid", wanted));
        }
    };
    Ok(Json(ReplayView { replayed: bonafide.deliver_again(id, replayed).await? }))
}

fn unknown() -> Problem {
    let wanted = "A delivery is waiting, claimed, delivered or dead.";
    Problem::invalid("state-unknown", wanted)
}
