//! Events: what the operator's system is told, in the order in which it happened.

use domain::id::{AccountId, CaseId, EventId};
use jiff::Timestamp;
use sqlx::{query, query_as};

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
    /// To whom.
    pub account: AccountId,
    /// In which case, where it is about one.
    pub case: Option<CaseId>,
    /// The rest, as JSON.
    pub data: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Adds an event: it is there if this transaction commits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_event(&mut self, event: &Event) -> Result<(), StoreError> {
        query(
            "INSERT INTO events (id, kind, account_id, case_id, data, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(event.id.to_string())
        .bind(&event.kind)
        .bind(event.account.to_string())
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
        type Row = (i64, String, String, String, Option<String>, String, i64);
        let rows: Vec<Row> = query_as(
            "SELECT number, id, kind, account_id, case_id, data, created_at FROM events \
             WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading events"))?;
        let at = |column| At("events", column);
        let event = |(number, id, kind, account, case, data, created): Row| {
            let event = Event {
                id: at("id").parse(&id)?,
                kind,
                account: at("account_id").parse(&account)?,
                case: case.map(|case| at("case_id").parse(&case)).transpose()?,
                data,
                at: at("created_at").time(created)?,
            };
            Ok((number, event))
        };
        rows.into_iter().map(event).collect()
    }
}
