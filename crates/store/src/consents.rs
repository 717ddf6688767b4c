//! What the person agreed to, each apart, with the version of the text that was shown.

use domain::id::CaseId;
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// What to: `face_match`, `face_search`, `cohort`.
    pub kind: String,
    /// Which version of its text.
    pub text_version: String,
    /// When.
    pub given_at: Timestamp,
    /// When it was taken back, where it was.
    pub withdrawn_at: Option<Timestamp>,
}

impl Tx {
    /// Writes a consent; one of the same kind in this case is replaced.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_consent(
        &mut self,
        case: CaseId,
        consent: &Consent,
    ) -> Result<(), StoreError> {
        query(
            "INSERT INTO consents (case_id, kind, text_version, given_at, withdrawn_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, kind) DO UPDATE \
             SET text_version = $3, given_at = $4, withdrawn_at = $5",
        )
        .bind(case.to_string())
        .bind(&consent.kind)
        .bind(&consent.text_version)
        .bind(consent.given_at.as_millisecond())
        .bind(consent.withdrawn_at.map(Timestamp::as_millisecond))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing a consent"))?;
        Ok(())
    }

    /// The consents of a case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn consents(&mut self, case: CaseId) -> Result<Vec<Consent>, StoreError> {
        let rows: Vec<(String, String, i64, Option<i64>)> = query_as(
            "SELECT kind, text_version, given_at, withdrawn_at FROM consents \
             WHERE case_id = $1 ORDER BY kind",
        )
        .bind(case.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading consents"))?;
        let at = |column| At("consents", column);
        let consent = |(kind, text_version, given, withdrawn): (_, _, i64, Option<i64>)| {
            let withdrawn_at = withdrawn.map(|ms| at("withdrawn_at").time(ms)).transpose()?;
            Ok(Consent { kind, text_version, given_at: at("given_at").time(given)?, withdrawn_at })
        };
        rows.into_iter().map(consent).collect()
    }
}
