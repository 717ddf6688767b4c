//! What was decided on a case, for whoever has to answer for it later.

use axum::Json;
use axum::extract::State;
use domain::id::CaseId;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::{Decided, DecidedBy, Installation, Report};

use crate::auth::Reviewer;
use crate::problem::Problem;
use crate::request::Ids;

/// A decision that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedView {
    id: String,
    /// `approve`, `retry`, `review` or `decline`.
    verdict: &'static str,
    /// The reviewer; without one the engine decided, by policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer: Option<String>,
    /// When, RFC 3339.
    at: String,
    /// The codes of its reasons.
    codes: Vec<String>,
    /// SHA-256 of the policy.
    policy: String,
    /// What it was made of: reasons, checks, evidence, claims, and what a reviewer wrote. Not
    /// there once its time was over, the person was erased, or where another version of this
    /// program wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    report: Option<Report>,
}

impl From<Decided> for DecidedView {
    fn from(decided: Decided) -> Self {
        Self {
            id: decided.id.to_string(),
            verdict: decided.verdict.as_str(),
            reviewer: match decided.by {
                DecidedBy::Engine => None,
                DecidedBy::Reviewer(name) => Some(name),
            },
            at: decided.at.to_string(),
            codes: decided.codes,
            policy: decided.policy,
            report: decided.report,
        }
    }
}

/// Every decision on a case, the latest first, whatever became of it; while it waits for a person,
/// for whoever has claimed it. The log of the case remembers that you read them.
#[utoipa::path(get, path = "/v1/review/cases/{case}/decisions", tag = "review",
    params(("case" = String, Path)),
    responses((status = 200, body = Vec<DecidedView>), (status = "4XX", body = Problem)))]
pub async fn decisions(
    State(bonafide): State<Installation>,
    Reviewer(key): Reviewer,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<Vec<DecidedView>>, Problem> {
    let decisions = bonafide.decisions(id, &key.name).await?;
    Ok(Json(decisions.into_iter().map(DecidedView::from).collect()))
}
