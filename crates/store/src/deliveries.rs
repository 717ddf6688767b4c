//! Deliveries: one for each endpoint and event, until it was taken or was given up.

use domain::id::{EndpointId, EventId};
use jiff::Timestamp;
use sqlx::{query, query_as, query_scalar};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waiting for its time.
    Waiting,
    /// An attempt is under way.
    Claimed,
    /// The endpoint took it.
    Delivered,
    /// Given up: a person has to look, and may replay it.
    Dead,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Claimed, Self::Delivered, Self::Dead];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }
}

/// A delivery, as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The number of the event.
    pub number: i64,
    /// The event.
    pub event: EventId,
    /// What happened.
    pub kind: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How many attempts were made since it was made or replayed.
    pub attempts: u32,
    /// When the next one is due; of what has ended, the last one was.
    pub run_after: Timestamp,
    /// The HTTP status that the last attempt was answered with.
    pub answer: Option<u16>,
    /// The stable code of what was wrong with the last attempt.
    pub problem: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the last attempt ended.
    pub attempted_at: Option<Timestamp>,
}

/// A delivery that a worker has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// To which endpoint.
    pub endpoint: EndpointId,
    /// Of which event.
    pub number: i64,
    /// How many times it was claimed, this time included.
    pub attempts: u32,
}

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// What is next.
    pub next: Next,
    /// The HTTP status, where there was an answer.
    pub answer: Option<u16>,
    /// The stable code of what was wrong.
    pub problem: Option<&'static str>,
    /// When it ended.
    pub at: Timestamp,
}

/// What is next with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: the endpoint took it.
    Delivered,
    /// Another attempt, not before.
    Again(Timestamp),
    /// Nothing: it is given up.
    Dead,
}

/// How many deliveries stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Not delivered yet, to endpoints that are enabled.
    pub waiting: u64,
    /// Given up.
    pub dead: u64,
    /// Endpoints whose last attempt failed.
    pub failing: u64,
}

/// The events that `$1` wants.
macro_rules! wanted {
    ($select:literal, $and:literal) => {
        concat!(
            "INSERT INTO deliveries (endpoint_id, event_number, state, attempts, run_after, \
             created_at) ",
            $select,
            " AND (NOT EXISTS (SELECT 1 FROM endpoint_kinds k WHERE k.endpoint_id = e.id) \
             OR EXISTS (SELECT 1 FROM endpoint_kinds k \
             WHERE k.endpoint_id = e.id AND k.kind = v.kind))",
            $and
        )
    };
}

impl Tx {
    /// A delivery of a new event to every endpoint that wants it.
    pub(crate) async fn fan_out(&mut self, number: i64) -> Result<(), StoreError> {
        query(wanted!(
            "SELECT e.id, v.number, 'waiting', 0, v.created_at, v.created_at \
             FROM events v, endpoints e WHERE v.number = $1 AND e.disabled_at IS NULL",
            ""
        ))
        .bind(number)
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a delivery of this event"))?;
        Ok(())
    }

    /// The endpoints to which something is to be sent at `now` and fewer than `most` attempts
    /// are under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_endpoints(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<EndpointId>, StoreError> {
        let ids: Vec<String> = query_scalar(
            "SELECT e.id FROM endpoints e WHERE e.disabled_at IS NULL \
             AND EXISTS (SELECT 1 FROM deliveries d WHERE d.endpoint_id = e.id AND \
             ((d.state = 'waiting' AND d.run_after <= $1) \
             OR (d.state = 'claimed' AND d.lease_until <= $1))) \
             AND (SELECT COUNT(*) FROM deliveries c WHERE c.endpoint_id = e.id \
             AND c.state = 'claimed' AND c.lease_until > $1) < $2 ORDER BY e.id",
        )
        .bind(now.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for deliveries"))?;
        ids.iter().map(|id| At("endpoints", "id").parse(id)).collect()
    }

    /// Takes the delivery to `endpoint` that has waited longest for `worker`, who has it until
    /// `lease_until`. A lease that ran out counts as waiting: its worker is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_delivery(
        &mut self,
        endpoint: EndpointId,
        worker: &str,
        (now, lease_until): (Timestamp, Timestamp),
    ) -> Result<Option<ClaimedDelivery>, StoreError> {
        macro_rules! claim {
            ($lock:literal) => {
                concat!(
                    "UPDATE deliveries SET state = 'claimed', worker = $2, lease_until = $3, \
                     attempts = attempts + 1 WHERE endpoint_id = $1 AND event_number = \
                     (SELECT event_number FROM deliveries WHERE endpoint_id = $1 AND \
                     ((state = 'waiting' AND run_after <= $4) \
                     OR (state = 'claimed' AND lease_until <= $4)) \
                     ORDER BY run_after, event_number LIMIT 1",
                    $lock,
                    ") RETURNING event_number, attempts"
                )
            };
        }
        let claim = self.locking(claim!(""), claim!(" FOR UPDATE SKIP LOCKED"));
        let row: Option<(i64, i64)> = query_as(claim)
            .bind(endpoint.to_string())
            .bind(worker)
            .bind(lease_until.as_millisecond())
            .bind(now.as_millisecond())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("claiming a delivery"))?;
        let claimed = |(number, attempts)| {
            let attempts = At("deliveries", "attempts").count(attempts)?;
            Ok(ClaimedDelivery { endpoint, number, attempts })
        };
        row.map(claimed).transpose()
    }

    /// Writes what came of an attempt that `worker` made. `false` when it has the delivery no
    /// more: its lease ran out, or the endpoint was deleted, so that nothing of this
    /// transaction may happen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_attempt(
        &mut self,
        claimed: &ClaimedDelivery,
        worker: &str,
        attempt: &Attempt,
    ) -> Result<bool, StoreError> {
        self.mark_endpoint(claimed.endpoint, attempt).await?;
        let (state, run_after) = match attempt.next {
            Next::Delivered => ("delivered", None),
            Next::Again(at) => ("waiting", Some(at)),
            Next::Dead => ("dead", None),
        };
        let ended = query(
            "UPDATE deliveries SET state = $4, run_after = COALESCE($5, run_after), answer = $6, \
             problem = $7, attempted_at = $8, worker = NULL, lease_until = NULL \
             WHERE endpoint_id = $1 AND event_number = $2 AND worker = $3 AND state = 'claimed'",
        )
        .bind(claimed.endpoint.to_string())
        .bind(claimed.number)
        .bind(worker)
        .bind(state)
        .bind(run_after.map(Timestamp::as_millisecond))
        .bind(attempt.answer.map(i64::from))
        .bind(attempt.problem)
        .bind(attempt.at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("ending a delivery"))?;
        Ok(ended.rows_affected() == 1)
    }

    /// Since when an endpoint fails; written where it changes only.
    async fn mark_endpoint(&mut self, id: EndpointId, last: &Attempt) -> Result<(), StoreError> {
        let mark = match last.next {
            Next::Delivered => query(
                "UPDATE endpoints SET failing_since = NULL, told_at = NULL \
                 WHERE id = $1 AND failing_since IS NOT NULL",
            )
            .bind(id.to_string()),
            Next::Again(_) | Next::Dead => query(
                "UPDATE endpoints SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL",
            )
            .bind(id.to_string())
            .bind(last.at.as_millisecond()),
        };
        let marked = mark.execute(&mut *self.inner).await;
        marked.map_err(StoreError::failed("marking a web hook")).map(drop)
    }

    /// Up to `most` deliveries to `endpoint` before event number `before`, the newest first; of
    /// one `state` where one is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliveries(
        &mut self,
        endpoint: EndpointId,
        state: Option<DeliveryState>,
        (before, most): (i64, u32),
    ) -> Result<Vec<Delivery>, StoreError> {
        let rows: Vec<Row> = query_as(
            "SELECT d.event_number, v.id, v.kind, d.state, d.attempts, d.run_after, d.answer, \
             d.problem, d.created_at, d.attempted_at \
             FROM deliveries d JOIN events v ON v.number = d.event_number \
             WHERE d.endpoint_id = $1 AND d.event_number < $2 AND ($3 = '' OR d.state = $3) \
             ORDER BY d.event_number DESC LIMIT $4",
        )
        .bind(endpoint.to_string())
        .bind(before)
        .bind(state.map_or("", DeliveryState::as_str))
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing deliveries"))?;
        rows.into_iter().map(delivery).collect()
    }

    /// Sends the events of these numbers (`first..=last`) to `endpoint` once more, and those
    /// that it never got, as far as it wants them; what is under way stays. How many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replay(
        &mut self,
        endpoint: EndpointId,
        (first, last): (i64, i64),
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let replayed = query(wanted!(
            "SELECT e.id, v.number, 'waiting', 0, $4, $4 FROM events v, endpoints e \
             WHERE e.id = $1 AND v.number >= $2 AND v.number <= $3",
            " ON CONFLICT (endpoint_id, event_number) DO UPDATE SET state = 'waiting', \
             attempts = 0, run_after = excluded.run_after, answer = NULL, problem = NULL \
             WHERE deliveries.state <> 'claimed'"
        ))
        .bind(endpoint.to_string())
        .bind(first)
        .bind(last)
        .bind(now.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("replaying deliveries"))?;
        Ok(replayed.rows_affected())
    }

    /// How many deliveries stand where.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn backlog(&mut self) -> Result<Backlog, StoreError> {
        let (waiting, dead, failing): (i64, i64, i64) = query_as(
            "SELECT (SELECT COUNT(*) FROM deliveries d JOIN endpoints e ON e.id = d.endpoint_id \
             WHERE d.state IN ('waiting', 'claimed') AND e.disabled_at IS NULL), \
             (SELECT COUNT(*) FROM deliveries WHERE state = 'dead'), \
             (SELECT COUNT(*) FROM endpoints WHERE failing_since IS NOT NULL)",
        )
        .fetch_one(&mut *self.inner)
        .await
        .map_err(StoreError::failed("counting deliveries"))?;
        Ok(Backlog { waiting: waiting as u64, dead: dead as u64, failing: failing as u64 })
    }
}

type Row = (i64, String, String, String, i64, i64, Option<i64>, Option<String>, i64, Option<i64>);

fn delivery(
    (number, event, kind, state, attempts, run_after, answer, problem, created, attempted): Row,
) -> Result<Delivery, StoreError> {
    let at = |column| At("deliveries", column);
    let answer = answer.map(|status| status.try_into().map_err(|_| at("answer").unreadable()));
    Ok(Delivery {
        number,
        event: At("events", "id").parse(&event)?,
        kind,
        state: at("state").named(&state, &DeliveryState::ALL, DeliveryState::as_str)?,
        attempts: at("attempts").count(attempts)?,
        run_after: at("run_after").time(run_after)?,
        answer: answer.transpose()?,
        problem,
        created_at: at("created_at").time(created)?,
        attempted_at: attempted.map(|ms| at("attempted_at").time(ms)).transpose()?,
    })
}
