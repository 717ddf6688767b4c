//! Decisions: facts, added and never changed.

use domain::decision::Verdict;
use domain::id::{AccountId, CaseId, DecisionId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Row as _, query, query_as};

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
    /// Adds a decision, the latest of its case, which is locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_decision(&mut self, decision: &DecisionRow) -> Result<(), StoreError> {
        let by = match &decision.by {
            DecidedBy::Engine => "engine".to_owned(),
            DecidedBy::Reviewer(name) => format!("reviewer:{name}"),
        };
        query(
            "INSERT INTO decisions (id, case_id, place, verdict, decided_by, policy, codes, report, \
             decided_at) VALUES ($1, $2, (SELECT COALESCE(MAX(place), -1) + 1 FROM decisions \
             WHERE case_id = $2), $3, $4, $5, $6, $7, $8)",
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
        let rows: Vec<Row> = query_as(
            "SELECT id, verdict, decided_by, policy, codes, report, decided_at FROM decisions \
             WHERE case_id = $1 ORDER BY place DESC",
        )
        .bind(case.to_string())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading decisions"))?;
        rows.into_iter().map(|row| decision(case, row)).collect()
    }

    /// Up to `most` decisions of the engine made before `before`, or the last ones, the latest
    /// first, each with the account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decided_by_engine(
        &mut self,
        before: Option<DecisionId>,
        most: u32,
    ) -> Result<Vec<(AccountId, DecisionRow)>, StoreError> {
        let rows: Vec<AnyRow> = query(
            "SELECT decisions.id, verdict, decided_by, decisions.policy, codes, report, \
             decided_at, case_id, account_id \
             FROM decisions JOIN cases ON cases.id = decisions.case_id \
             WHERE decided_by = 'engine' AND decisions.id < $1 \
             ORDER BY decisions.id DESC LIMIT $2",
        )
        // Every id is less than this, in every collation: they go on in hexadecimal digits.
        .bind(before.map_or_else(|| "dec_g".to_owned(), |id| id.to_string()))
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading decisions"))?;
        let unreadable = |_| At("decisions", "id").unreadable();
        let both = |row: &AnyRow| {
            let text = |place: usize| row.try_get::<String, _>(place).map_err(unreadable);
            let case = At("decisions", "case_id").parse(&text(7)?)?;
            let account = At("cases", "account_id").parse(&text(8)?)?;
            let decided = (
                text(0)?,
                text(1)?,
                text(2)?,
                text(3)?,
                text(4)?,
                row.try_get(5).map_err(unreadable)?,
                row.try_get(6).map_err(unreadable)?,
            );
            Ok((account, decision(case, decided)?))
        };
        rows.iter().map(both).collect()
    }
}

type Row = (String, String, String, String, String, Option<Vec<u8>>, i64);

fn decision(
    case: CaseId,
    (id, verdict, by, policy, codes, report, decided_at): Row,
) -> Result<DecisionRow, StoreError> {
    let at = |column| At("decisions", column);
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
}
