//! What an applicant writes to the operator's people about their case.

use domain::id::{CaseId, MessageId};
use jiff::Timestamp;
use serde_json::json;
use store::{Message, Tx};
use thiserror::Error;
use vault::PersonKey;

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::{Installation, act};
use crate::prose::prose;

/// A message is at most so long, characters.
const LONGEST: usize = 2000;
/// A case has at most so many.
const MOST: usize = 20;

/// A message, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// When it came in.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

/// Why a message was not taken.
#[derive(Debug, Error)]
pub enum MessageError {
    /// Empty, too long, or with what nobody types.
    #[error("write 1 to {LONGEST} characters")]
    BadText,
    /// There are too many.
    #[error("there are {MOST} messages already: they will be read")]
    TooMany,
    /// As with every case.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl From<store::StoreError> for MessageError {
    fn from(error: store::StoreError) -> Self {
        Self::Case(error.into())
    }
}

impl Installation {
    /// Keeps a message of the person of a case, sealed, and tells that there is one.
    ///
    /// # Errors
    /// See [`MessageError`].
    pub async fn write(&self, id: CaseId, text: &str) -> Result<(), MessageError> {
        let text = prose(text, LONGEST).ok_or(MessageError::BadText)?;
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        if tx.messages(id).await?.len() >= MOST {
            return Err(MessageError::TooMany);
        }
        let key = self.parts.vault.person(row.case.account).await.map_err(CaseError::from)?;
        let at = self.now();
        let message = MessageId::new(at, self.dice());
        let text = key.seal(&context(message), text.as_bytes());
        tx.add_message(id, &Message { id: message, text, at }).await?;
        tx.log(&mut row, at, &act("applicant", format!("wrote {message}"))).await?;
        if row.case.state.is_over() {
            // What is kept of a case is kept as long after its last word.
            self.retain(&mut tx, &row).await?;
        }
        self.tell(&mut tx, "case.message", (row.case.account, Some(id)), json!({})).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What the person of a case wrote, the oldest first; the log remembers that `by` read it.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn letters(&self, id: CaseId, by: &str) -> Result<Vec<Letter>, CaseError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let letters = letters(&mut tx, id, &key).await?;
        tx.log(&mut row, self.now(), &act(by, "read the messages")).await?;
        tx.commit().await?;
        Ok(letters)
    }
}

/// The messages of a case, opened.
pub(crate) async fn letters(
    tx: &mut Tx,
    case: CaseId,
    key: &PersonKey,
) -> Result<Vec<Letter>, CaseError> {
    let letter = |message: Message| {
        let text = key.open(&context(message.id), &message.text)?;
        let unreadable = |_| CaseError::Broken(Breakage::Unreadable { what: "a message" });
        Ok(Letter { at: message.at, text: String::from_utf8(text).map_err(unreadable)? })
    };
    tx.messages(case).await?.into_iter().map(letter).collect()
}

fn context(id: MessageId) -> String {
    format!("message {id}")
}
