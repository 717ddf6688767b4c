//! Until when what is kept of a case is kept.

use domain::id::{AccountId, CaseId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::holds::unheld;
use crate::row::At;

/// Until when what is kept of a case is: for ever where there is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptUntil {
    /// Pictures and captures.
    pub pictures: Option<Timestamp>,
    /// Details and what decisions were made of.
    pub records: Option<Timestamp>,
    /// The face that is searched.
    pub face: Option<Timestamp>,
    /// From when that is counted.
    pub since: Option<Timestamp>,
}

impl Tx {
    /// Writes until when what is kept of a case is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_until(&mut self, case: CaseId, kept: KeptUntil) -> Result<(), StoreError> {
        let ms = |until: Option<Timestamp>| until.map(Timestamp::as_millisecond);
        query(
            "UPDATE cases SET pictures_until = $2, records_until = $3, face_until = $4, \
             kept_since = $5 WHERE id = $1",
        )
        .bind(case.to_string())
        .bind(ms(kept.pictures))
        .bind(ms(kept.records))
        .bind(ms(kept.face))
        .bind(ms(kept.since))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("writing how long a case is kept"))?;
        Ok(())
    }

    /// From when what is kept of a case is counted; `None` for one that is not over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_since(&mut self, case: CaseId) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(Option<i64>,)> = query_as("SELECT kept_since FROM cases WHERE id = $1")
            .bind(case.to_string())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading since when a case is kept"))?;
        let since = row.and_then(|(since,)| since);
        since.map(|ms| At("cases", "kept_since").time(ms)).transpose()
    }

    /// Up to `most` cases whose details and decisions had their time at `now` and which no
    /// hold keeps, each with its account. With the account locked they are so until the
    /// transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn records_run_out(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<(CaseId, AccountId)>, StoreError> {
        let rows: Vec<(String, String)> = query_as(concat!(
            "SELECT id, account_id FROM cases WHERE records_until <= $1 AND ",
            unheld!("cases.account_id"),
            " LIMIT $2"
        ))
        .bind(now.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for cases whose time is over"))?;
        let both = |(id, account): (String, String)| {
            Ok((At("cases", "id").parse(&id)?, At("cases", "account_id").parse(&account)?))
        };
        rows.into_iter().map(both).collect()
    }

    /// Whether the case is still one of those.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_ran_out(
        &mut self,
        case: CaseId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row: Option<(String,)> = query_as(concat!(
            "SELECT id FROM cases WHERE id = $2 AND records_until <= $1 AND ",
            unheld!("cases.account_id"),
        ))
        .bind(now.as_millisecond())
        .bind(case.to_string())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking at a case whose time is over"))?;
        Ok(row.is_some())
    }

    /// Up to `most` cases whose face had its time at `now`, or gave its place to that of a later
    /// case, and which no hold keeps, nor an entry of the blocklist that holds on `today`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn faces_run_out(
        &mut self,
        (now, today): (Timestamp, Date),
        most: u32,
    ) -> Result<Vec<CaseId>, StoreError> {
        let rows: Vec<(String,)> = query_as(concat!(
            "SELECT due.case_id FROM (SELECT faces.case_id, faces.account_id FROM cases \
             JOIN faces ON faces.case_id = cases.id \
             WHERE cases.face_until <= $1 AND faces.sealed IS NOT NULL UNION \
             SELECT earlier.case_id, earlier.account_id FROM faces AS later \
             JOIN faces AS earlier ON earlier.account_id = later.account_id \
             JOIN cases ON cases.id = earlier.case_id AND cases.state = 'approved' \
             WHERE later.approved_at IS NOT NULL AND earlier.approved_at IS NULL \
             AND earlier.sealed IS NOT NULL) AS due WHERE NOT EXISTS (SELECT 1 FROM blocklist \
             WHERE face_case = due.case_id AND removed_at IS NULL \
             AND (until IS NULL OR until >= $2)) AND ",
            unheld!("due.account_id"),
            " LIMIT $3"
        ))
        .bind(now.as_millisecond())
        .bind(today.to_string())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for faces whose time is over"))?;
        rows.into_iter().map(|(id,)| At("faces", "case_id").parse(&id)).collect()
    }

    /// Removes what a case holds of its person: details, challenge, appeal, messages, and what its
    /// decisions were made of. What stays are codes and times.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_records(&mut self, case: CaseId) -> Result<(), StoreError> {
        let statements = [
            "UPDATE cases SET claims = NULL, claims_at = NULL, challenge = NULL, appeal = NULL, \
             device = NULL, records_until = NULL WHERE id = $1",
            "UPDATE decisions SET report = NULL WHERE case_id = $1",
            "DELETE FROM messages WHERE case_id = $1",
        ];
        for statement in statements {
            query(statement)
                .bind(case.to_string())
                .execute(&mut *self.inner)
                .await
                .map_err(StoreError::failed("removing what a case holds"))?;
        }
        Ok(())
    }
}
