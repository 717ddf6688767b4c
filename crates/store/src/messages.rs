//! What applicants write to the operator's people about their cases, sealed.

use domain::id::{CaseId, MessageId};
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What it says, sealed.
    pub text: Vec<u8>,
    /// When it came in.
    pub at: Timestamp,
}

impl Tx {
    /// Adds a message to a case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_message(&mut self, case: CaseId, message: &Message) -> Result<(), StoreError> {
        query("INSERT INTO messages (id, case_id, text, created_at) VALUES ($1, $2, $3, $4)")
            .bind(message.id.to_string())
            .bind(case.to_string())
            .bind(message.text.clone())
            .bind(message.at.as_millisecond())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::adding("a message of this id"))?;
        Ok(())
    }

    /// The messages of a case, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages(&mut self, case: CaseId) -> Result<Vec<Message>, StoreError> {
        let rows: Vec<(String, Vec<u8>, i64)> =
            query_as("SELECT id, text, created_at FROM messages WHERE case_id = $1 ORDER BY id")
                .bind(case.to_string())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(StoreError::failed("listing messages"))?;
        let message = |(id, text, at): (String, _, _)| {
            let (id, at) =
                (At("messages", "id").parse(&id)?, At("messages", "created_at").time(at)?);
            Ok(Message { id, text, at })
        };
        rows.into_iter().map(message).collect()
    }
}
