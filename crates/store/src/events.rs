//! Events: what the operator's system is told, in the order in which it happened.

use domain::id::{AccountId, CaseId, EventId};
use jiff::Timestamp;
use sqlx::{query, query_as, query_scalar};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// An event. It holds ids and codes; whoever needs more asks for it with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What happened: `case.approved`.
    pub kind: String,
    /// To whom, where it is about an account.
    pub account: Option<AccountId>,
    /// In which case, where it is about one.
    pub case: Option<CaseId>,
    /// The rest, as JSON.
    pub data: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Adds an event: it is there if this transaction commits. Only then is it numbered, so
    /// that this transaction does not see it yet.
    pub fn add_event(&mut self, event: Event) {
        self.told.push(event);
    }

    /// Waits until no other transaction is between numbering its events and committing, and
    /// keeps all others from it until this one ends: whoever sees an event then sees every
    /// earlier one.
    ///
    /// Whatever else a transaction locks is locked before, save the web hooks' own rows, which
    /// come after: in one order there is no deadlock.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn hold_events(&mut self, new: usize) -> Result<i64, StoreError> {
        let last = query_scalar("UPDATE last_event SET number = number + $1 RETURNING number");
        let last = last.bind(new as i64).fetch_one(&mut *self.inner).await;
        last.map_err(StoreError::failed("numbering events"))
    }

    /// Writes what was added, numbered in the order in which transactions commit, each with a
    /// delivery to every endpoint that wants it.
    pub(crate) async fn write_events(&mut self) -> Result<(), StoreError> {
        let events = std::mem::take(&mut self.told);
        if events.is_empty() {
            return Ok(());
        }
        let last = self.hold_events(events.len()).await?;
        let first = last - events.len() as i64 + 1;
        for (number, event) in (first..).zip(&events) {
            self.write_event(number, event).await?;
            self.fan_out(number).await?;
        }
        Ok(())
    }

    async fn write_event(&mut self, number: i64, event: &Event) -> Result<(), StoreError> {
        query(
            "INSERT INTO events (number, id, kind, account_id, case_id, data, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(number)
        .bind(event.id.to_string())
        .bind(&event.kind)
        .bind(event.account.map(|account| account.to_string()))
        .bind(event.case.map(|case| case.to_string()))
        .bind(&event.data)
        .bind(event.at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("an event of this id"))?;
        Ok(())
    }

    /// Up to `most` events behind number `after`, each with its number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&mut self, after: i64, most: u32) -> Result<Vec<(i64, Event)>, StoreError> {
        let rows: Vec<Row> = query_as(
            "SELECT number, id, kind, account_id, case_id, data, created_at FROM events \
             WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading events"))?;
        rows.into_iter().map(numbered).collect()
    }

    /// The event of this number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn event(&mut self, number: i64) -> Result<Option<Event>, StoreError> {
        let found = self.events(number - 1, 1).await?.pop();
        Ok(found.filter(|(found, _)| *found == number).map(|(_, event)| event))
    }
}

type Row = (i64, String, String, Option<String>, Option<String>, String, i64);

fn numbered(
    (number, id, kind, account, case, data, created): Row,
) -> Result<(i64, Event), StoreError> {
    let at = |column| At("events", column);
    let event = Event {
        id: at("id").parse(&id)?,
        kind,
        account: account.map(|account| at("account_id").parse(&account)).transpose()?,
        case: case.map(|case| at("case_id").parse(&case)).transpose()?,
        data,
        at: at("created_at").time(created)?,
    };
    Ok((number, event))
}
