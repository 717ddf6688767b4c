//! Decisions: facts, added and never changed.

use domain::decision::Verdict;
use domain::id::{CaseId, DecisionId};
use jiff::Timestamp;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// A decision on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its id.
    pub id: DecisionId,
    /// The case.
    pub case: CaseId,
    /// What is to happen.
    pub verdict: Verdict,
    /// Who decided.
    pub by: DecidedBy,
    /// SHA-256 of the policy.
    pub policy: String,
    /// The codes of its reasons: no values, no fields.
    pub codes: Vec<String>,
    /// The whole decision with what it was made of, sealed; none once its time was over.
    pub report: Option<Vec<u8>>,
    /// When.
    pub decided_at: Timestamp,
}

/// Who decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedBy {
    /// The engine, by policy.
    Engine,
    /// A person, by name.
    Reviewer(String),
}

const VERDICTS: [Verdict; 4] =
    [Verdict::Approve, Verdict::Retry, Verdict::Review, Verdict::Decline];

impl Tx {
    /// Adds a decision.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_decision(&mut self, decision: &DecisionRow) -> Result<(), StoreError> {
        let by = match &decision.by {
            DecidedBy::Engine => "engine".to_owned(),
            DecidedBy::Reviewer(name) => format!("reviewer:{name}"),
        };
        query(
            "INSERT INTO decisions (id, case_id, verdict, decided_by, policy, codes, report, \
             decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(decision.id.to_string())
        .bind(decision.case.to_string())
        .bind(decision.verdict.as_str())
        .bind(by)
        .bind(&decision.policy)
        .bind(decision.codes.join(" "))
        .bind(decision.report.clone())
        .bind(decision.decided_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a decision of this id"))?;
        Ok(())
    }

    /// The decisions on a case, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decisions(&mut self, case: CaseId) -> Result<Vec<DecisionRow>, StoreError> {
        type Row = (String, String, String, String, String, Option<Vec<u8>>, i64);
        let rows: Vec<Row> = query_as(
            "SELECT id, verdict, decided_by, policy, codes, report, decided_at FROM decisions \
             WHERE case_id = $1 ORDER BY id DESC",
        )
        .bind(case.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading decisions"))?;
        let at = |column| At("decisions", column);
        let decision = |(id, verdict, by, policy, codes, report, decided_at): Row| {
            Ok(DecisionRow {
                id: at("id").parse(&id)?,
                case,
                verdict: at("verdict").named(&verdict, &VERDICTS, Verdict::as_str)?,
                by: match by.strip_prefix("reviewer:") {
                    Some(name) => DecidedBy::Reviewer(name.to_owned()),
                    None => DecidedBy::Engine,
                },
                policy,
                codes: codes.split_whitespace().map(str::to_owned).collect(),
                report,
                decided_at: at("decided_at").time(decided_at)?,
            })
        };
        rows.into_iter().map(decision).collect()
    }
}
