//! Reviewers: the queue, one case, its pictures, the ruling.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::evidence::Slot;
use domain::id::{AccountId, CaseId};
use domain::reason::{Code, Reason};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Approval, Installation, Place, Report, Ruling, Term};

use crate::auth::Reviewer;
use crate::cases::Summary;
use crate::messages::MessageView;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};

/// At most so many cases in one list.
const MOST: u32 = 50;

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// `next` of the list before.
    cursor: Option<String>,
}

/// Cases that wait for a person, those due first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queue {
    cases: Vec<Waiting>,
    /// The cursor of the next list; none at the end.
    next: Option<String>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    #[serde(flatten)]
    case: Summary,
    /// By when it is to be decided, RFC 3339.
    due_at: Option<String>,
    /// Who has it, while somebody does.
    reviewer: Option<String>,
    /// Whether the person appealed: whoever decided it before cannot take it.
    appealed: bool,
}

/// A case that you took.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimedCase {
    /// Verdict, reasons, checks, evidence and claims of the last decision.
    #[serde(flatten)]
    #[schema(value_type = Value)]
    report: Report,
    /// What the person says against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    appeal: Option<AppealView>,
    /// What else the person wrote, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<MessageView>,
}

/// An appeal.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppealView {
    /// When it came in, RFC 3339.
    at: String,
    /// What it says.
    statement: String,
}

/// What a reviewer says.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "verdict": "decline", "reasons": [{ "code": "DATA_MISMATCH" }] }))]
#[serde(deny_unknown_fields)]
pub struct NewRuling {
    /// `approve`, `decline` or `again`.
    verdict: Verdict,
    /// Why, of the reason codes; for `again` each with the picture to take again. At least one has
    /// to be one that the applicant is told.
    #[serde(default)]
    reasons: Vec<Because>,
    /// With `approve`: another account that the report names, which is this person's too. It is
    /// closed, and its documents are this account's from then on.
    #[schema(value_type = Option<String>)]
    closes: Option<AccountId>,
    /// With `approve`: every other account that the report names by the same document or number is
    /// another person's, and stays as it is.
    #[serde(default)]
    others_are_strangers: bool,
    /// With `decline`: another account that the report names, with which this person goes on. The
    /// account of the case is closed, which must not have been approved by documents of its own, and
    /// the applicant is told `EARLIER_ACCOUNT`; `reasons` are left out.
    #[schema(value_type = Option<String>)]
    recovers: Option<AccountId>,
    /// With `approve`: the last day on which the document holds (YYYY-MM-DD), or `unlimited`. It
    /// has to be there where no expiry date was read.
    valid_until: Option<String>,
    /// For your own records.
    #[serde(default)]
    note: String,
}

/// Which way.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Approved.
    Approve,
    /// Declined.
    Decline,
    /// The person takes a picture again.
    Again,
}

/// One reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// The reason code, such as `DOC_BLURRED`.
    #[schema(value_type = String)]
    code: Code,
    /// The picture it is about.
    #[schema(value_type = Option<String>)]
    slot: Option<Slot>,
}

/// The cases that wait for a person.
#[utoipa::path(get, path = "/v1/review/cases", tag = "review", params(After),
    responses((status = 200, body = Queue), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: Reviewer,
    Asking(after): Asking<After>,
) -> Result<Json<Queue>, Problem> {
    let after = after.cursor.as_deref().map(place).transpose()?;
    let found = bonafide.in_review(after, MOST).await?;
    let full = found.len() as u32 == MOST;
    let next = found
        .last()
        .filter(|_| full)
        .and_then(|last| Some(format!("{}~{}", last.due_at?.as_millisecond(), last.case.id)));
    let cases = found.into_iter().map(|item| Waiting {
        case: (&item.case).into(),
        due_at: item.due_at.map(|due| due.to_string()),
        reviewer: item.lease.map(|lease| lease.reviewer),
        appealed: item.appealed,
    });
    Ok(Json(Queue { cases: cases.collect(), next }))
}

fn place(cursor: &str) -> Result<(Timestamp, CaseId), Problem> {
    let parse = || {
        let (due, id) = cursor.split_once('~')?;
        let due = Timestamp::from_millisecond(due.parse().ok()?).ok()?;
        Some((due, id.parse().ok()?))
    };
    parse().ok_or_else(|| Problem::invalid("cursor-invalid", "Send `next` of the list before."))
}

/// Takes a case for 20 minutes and shows what the engine made of it.
#[utoipa::path(post, path = "/v1/review/cases/{case}/claim", tag = "review",
    params(("case" = String, Path)),
    responses((status = 200, body = ClaimedCase), (status = "4XX", body = Problem)))]
pub async fn claim(
    State(bonafide): State<Installation>,
    Reviewer(key): Reviewer,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<ClaimedCase>, Problem> {
    let claimed = bonafide.claim(id, &key.name).await?;
    let appeal = claimed.appeal.map(|objection| AppealView {
        at: objection.at.to_string(),
        statement: objection.statement,
    });
    let messages = claimed.letters.into_iter().map(MessageView::from).collect();
    Ok(Json(ClaimedCase { report: claimed.report, appeal, messages }))
}

/// Gives a case back that you claimed, for another reviewer to take.
#[utoipa::path(delete, path = "/v1/review/cases/{case}/claim", tag = "review",
    params(("case" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn give_back(
    State(bonafide): State<Installation>,
    Reviewer(key): Reviewer,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<StatusCode, Problem> {
    bonafide.give_back(id, &key.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One picture of a case that you claimed.
#[utoipa::path(get, path = "/v1/review/cases/{case}/uploads/{place}", tag = "review",
    params(("case" = String, Path), ("place" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "4XX", body = Problem)))]
pub async fn look_at(
    State(bonafide): State<Installation>,
    Reviewer(key): Reviewer,
    Ids((id, place)): Ids<(CaseId, String)>,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found("upload-not-found", "The case has no such upload.");
    let known = Place::named(&place);
    let bytes = bonafide.look_at(id, known.ok_or_else(missing)?, &key.name).await?;
    // The bytes are a stranger's: no browser may take them for a page.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment"),
    ];
    Ok((headers, Bytes::from(bytes.ok_or_else(missing)?)).into_response())
}

/// Decides a case that you claimed.
#[utoipa::path(post, path = "/v1/review/cases/{case}/ruling", tag = "review",
    params(("case" = String, Path)), request_body = NewRuling,
    responses((status = 200, body = Summary), (status = "4XX", body = Problem)))]
pub async fn rule(
    State(bonafide): State<Installation>,
    Reviewer(key): Reviewer,
    Ids((id,)): Ids<(CaseId,)>,
    asked: Asked<NewRuling>,
) -> Result<Json<Summary>, Problem> {
    let NewRuling { verdict, reasons, closes, others_are_strangers, recovers, valid_until, note } =
        asked.value;
    let valid_until = valid_until.as_deref().map(term).transpose()?;
    let ruling = match verdict {
        Verdict::Decline | Verdict::Again if closes.is_some() => {
            let detail = "An account is closed with `approve` alone.";
            return Err(Problem::invalid("closes-without-approve", detail));
        }
        Verdict::Decline | Verdict::Again if others_are_strangers => {
            let detail = "That others are other people is said with `approve` alone.";
            return Err(Problem::invalid("strangers-without-approve", detail));
        }
        Verdict::Decline | Verdict::Again if valid_until.is_some() => {
            let detail = "How long a document holds is said with `approve` alone.";
            return Err(Problem::invalid("valid-until-without-approve", detail));
        }
        Verdict::Approve | Verdict::Again if recovers.is_some() => {
            let detail = "An earlier account is recovered with `decline` alone.";
            return Err(Problem::invalid("recovers-without-decline", detail));
        }
        Verdict::Decline if recovers.is_some() && !reasons.is_empty() => {
            let detail =
                "Leave out `reasons`: with `recovers` the applicant is told EARLIER_ACCOUNT.";
            return Err(Problem::invalid("recovers-with-reasons", detail));
        }
        Verdict::Approve => Ruling::Approve(Approval { closes, others_are_strangers, valid_until }),
        Verdict::Again => Ruling::Again(reasons.iter().map(reason).collect()),
        Verdict::Decline => match recovers {
            Some(earlier) => Ruling::Recover(earlier),
            None => Ruling::Decline(reasons.iter().map(|because| because.code).collect()),
        },
    };
    Ok(Json((&bonafide.rule(id, &key.name, &ruling, &note).await?).into()))
}

/// How long a document holds.
fn term(text: &str) -> Result<Term, Problem> {
    if text == "unlimited" {
        return Ok(Term::Unlimited);
    }
    let detail = "Write `valid_until` as YYYY-MM-DD, or as `unlimited`.";
    let day = text.parse().map_err(|_| Problem::invalid("valid-until-invalid", detail))?;
    Ok(Term::Until(day))
}

fn reason(because: &Because) -> Reason {
    Reason { slot: because.slot, ..Reason::new(because.code) }
}
