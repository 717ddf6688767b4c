//! Hand-offs: a case that goes on on another device. A case has one at a time.

use domain::id::CaseId;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::query;

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A hand-off of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// Which case.
    pub case: CaseId,
    /// The number that both devices show.
    pub number: u32,
    /// Until when the code can be taken, and what took it be confirmed.
    pub expires_at: Timestamp,
    /// The hash of the other device's token, once it took the code.
    pub token: Option<[u8; 32]>,
    /// When the first device confirmed the other one.
    pub confirmed_at: Option<Timestamp>,
    /// When it refused it.
    pub refused_at: Option<Timestamp>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT case_id, number, expires_at, token_hash, confirmed_at, refused_at \
             FROM handoffs WHERE ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a hand-off of a case that is locked, by a code of this hash. The one before is no
    /// more, and neither is what its token opened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_handoff(
        &mut self,
        handoff: &Handoff,
        code: &[u8; 32],
    ) -> Result<(), StoreError> {
        self.remove_handoff(handoff.case).await?;
        query(
            "INSERT INTO handoffs (case_id, code_hash, number, expires_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(handoff.case.to_string())
        .bind(code.to_vec())
        .bind(i64::from(handoff.number))
        .bind(handoff.expires_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a hand-off of this code"))?;
        Ok(())
    }

    /// The hand-off of a case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handoff(&mut self, case: CaseId) -> Result<Option<Handoff>, StoreError> {
        let row = query(select!("case_id = $1")).bind(case.to_string());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading a hand-off"))?.as_ref().map(handoff).transpose()
    }

    /// The hand-off whose code has this hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handoff_of_code(
        &mut self,
        code: &[u8; 32],
    ) -> Result<Option<Handoff>, StoreError> {
        let row = query(select!("code_hash = $1")).bind(code.to_vec());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a code"))?.as_ref().map(handoff).transpose()
    }

    /// The hand-off whose other device has the token of this hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handoff_of_token(
        &mut self,
        token: &[u8; 32],
    ) -> Result<Option<Handoff>, StoreError> {
        let row = query(select!("token_hash = $1")).bind(token.to_vec());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a token"))?.as_ref().map(handoff).transpose()
    }

    /// Writes who took a hand-off and what the first device says to that.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_handoff(&mut self, handoff: &Handoff) -> Result<(), StoreError> {
        query(
            "UPDATE handoffs SET token_hash = $2, confirmed_at = $3, refused_at = $4 \
             WHERE case_id = $1",
        )
        .bind(handoff.case.to_string())
        .bind(handoff.token.map(|token| token.to_vec()))
        .bind(handoff.confirmed_at.map(Timestamp::as_millisecond))
        .bind(handoff.refused_at.map(Timestamp::as_millisecond))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing a hand-off"))?;
        Ok(())
    }

    /// Ends the hand-off of a case: the other device's token opens nothing any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_handoff(&mut self, case: CaseId) -> Result<(), StoreError> {
        query("DELETE FROM handoffs WHERE case_id = $1")
            .bind(case.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("ending a hand-off"))?;
        Ok(())
    }
}

fn handoff(row: &AnyRow) -> Result<Handoff, StoreError> {
    let at = |column| At("handoffs", column);
    let time = |column| {
        let ms: Option<i64> = at(column).of(row)?;
        ms.map(|ms| at(column).time(ms)).transpose()
    };
    let token: Option<Vec<u8>> = at("token_hash").of(row)?;
    Ok(Handoff {
        case: at("case_id").parse(&at("case_id").of::<String>(row)?)?,
        number: at("number").count(at("number").of(row)?)?,
        expires_at: at("expires_at").time(at("expires_at").of(row)?)?,
        token: token.map(|token| at("token_hash").hash(&token)).transpose()?,
        confirmed_at: time("confirmed_at")?,
        refused_at: time("refused_at")?,
    })
}
