//! Cases, for the operator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::case::Case;
use domain::id::{AccountId, CaseId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{CaseRequest, CaseView, DeviceName, Estimate, Installation, Step};

use crate::auth::AccountsKey;
use crate::described::{CaseStep, DecisionEstimate};
use crate::problem::Problem;
use crate::request::{Asked, Ids};
use crate::words::ReasonView;

/// What the case is for.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "tier": "L2" }))]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// A tier of the policy.
    tier: String,
    /// Your own name for the device that it is opened from, the same each time, so that a
    /// device on the blocklist is recognised: 1 to 200 visible ASCII characters, kept as a
    /// keyed hash.
    device: Option<String>,
}

/// A case that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedView {
    /// The case.
    #[serde(flatten)]
    case: Summary,
    /// The applicant's token, shown this once: it opens this case alone. Hand it to the page
    /// that your user sees; never hand out an API key.
    token: String,
}

/// Where a case stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// Whose.
    pub account: String,
    /// The tier that it is for.
    pub tier: String,
    /// `collecting`, `assessing`, `in_review`, `approved`, `declined`, `cancelled`, `expired`.
    pub state: &'static str,
    /// How many times it was submitted.
    pub attempts: u32,
    /// When it was opened, RFC 3339.
    pub created_at: String,
    /// When it ends by itself unless it was submitted.
    pub expires_at: String,
}

impl From<&Case> for Summary {
    fn from(case: &Case) -> Self {
        Self {
            id: case.id.to_string(),
            account: case.account.to_string(),
            tier: case.tier.clone(),
            state: case.state.as_str(),
            attempts: case.attempts,
            created_at: case.created_at.to_string(),
            expires_at: case.expires_at.to_string(),
        }
    }
}

/// A case with what is done and what is next.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whole {
    /// The case.
    #[serde(flatten)]
    case: Summary,
    /// Each step: what it is, its uploads, and whether it is `todo`, `done`, to be done
    /// `again` (with reasons) or arranged `by_person`.
    #[schema(value_type = Vec<CaseStep>)]
    steps: Vec<Step>,
    /// What was agreed to: `kind`, `text_version`, whether.
    consents: Vec<ConsentView>,
    /// By when a person decides, while one has to.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<String>,
    /// How long the engine's decision takes, by the last ones: `usual_seconds` from when it is
    /// submitted, `left_seconds` once it was; none where there were too few.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DecisionEstimate>)]
    estimate: Option<Estimate>,
    /// What the last decision says to the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<ToldView>,
    /// When the person appealed, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    appealed_at: Option<String>,
    /// Until when a refusal may be appealed against.
    #[serde(skip_serializing_if = "Option::is_none")]
    appealable_until: Option<String>,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentView {
    kind: String,
    text_version: String,
    agreed: bool,
}

/// A decision in the applicant's words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToldView {
    /// `approve`, `retry`, `review` or `decline`.
    verdict: &'static str,
    /// Why, and what to do.
    reasons: Vec<ReasonView>,
}

impl From<CaseView> for Whole {
    fn from(view: CaseView) -> Self {
        let consent = |consent: workflow::Consent| ConsentView {
            kind: consent.kind,
            text_version: consent.text_version,
            agreed: consent.withdrawn_at.is_none(),
        };
        Self {
            case: (&view.case).into(),
            steps: view.steps,
            consents: view.consents.into_iter().map(consent).collect(),
            due_at: view.due_at.map(|due| due.to_string()),
            estimate: view.estimate,
            decision: view.told.map(|told| ToldView {
                verdict: told.verdict.as_str(),
                reasons: told.reasons.iter().map(ReasonView::from).collect(),
            }),
            appealed_at: view.appealed_at.map(|at| at.to_string()),
            appealable_until: view.appealable_until.map(|until| until.to_string()),
        }
    }
}

/// Opens a case of an account for a tier. The same request again gives the case a new token.
#[utoipa::path(post, path = "/v1/accounts/{account}/cases", tag = "cases",
    params(("account" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats the request safely")),
    request_body = NewCase,
    responses((status = 201, body = OpenedView), (status = "4XX", body = Problem)))]
pub async fn open(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((account,)): Ids<(AccountId,)>,
    asked: Asked<NewCase>,
) -> Result<(StatusCode, Json<OpenedView>), Problem> {
    let once = asked.once(&key);
    let NewCase { tier, device: name } = asked.value;
    let request = CaseRequest { tier, device: name.as_deref().map(device).transpose()? };
    let opened = bonafide.open(account, request, once.as_ref()).await?;
    let token = opened.token.reveal().to_owned();
    Ok((StatusCode::CREATED, Json(OpenedView { case: (&opened.case).into(), token })))
}

/// The device of that name.
pub(crate) fn device(name: &str) -> Result<DeviceName, Problem> {
    name.parse().map_err(|error| Problem::invalid("device-invalid", error))
}

/// Gives the applicant of a case a new token, such as for an appeal: the one before opens
/// nothing any more.
#[utoipa::path(post, path = "/v1/cases/{case}/token", tag = "cases",
    params(("case" = String, Path)),
    responses((status = 200, body = OpenedView), (status = "4XX", body = Problem)))]
pub async fn token(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<OpenedView>, Problem> {
    let opened = bonafide.renew_token(id, &key.id.to_string()).await?;
    let token = opened.token.reveal().to_owned();
    Ok(Json(OpenedView { case: (&opened.case).into(), token }))
}

/// A case.
#[utoipa::path(get, path = "/v1/cases/{case}", tag = "cases", params(("case" = String, Path)),
    responses((status = 200, body = Whole), (status = "4XX", body = Problem)))]
pub async fn get(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<Whole>, Problem> {
    Ok(Json(bonafide.case(id).await?.into()))
}

/// Ends a case without a decision.
#[utoipa::path(post, path = "/v1/cases/{case}/cancel", tag = "cases",
    params(("case" = String, Path)),
    responses((status = 200, body = Summary), (status = "4XX", body = Problem)))]
pub async fn cancel(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<Summary>, Problem> {
    Ok(Json((&bonafide.cancel(id, &key.id.to_string()).await?).into()))
}
