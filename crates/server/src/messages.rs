//! What applicants write to the operator's people.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::id::CaseId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workflow::{Installation, Letter};

use crate::auth::{AccountsKey, Applicant};
use crate::problem::Problem;
use crate::request::{Asked, Ids};

/// A message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// 1 to 2,000 characters.
    text: String,
}

/// A message as the operator sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// When it came in, RFC 3339.
    at: String,
    /// What it says.
    text: String,
}

impl From<Letter> for MessageView {
    fn from(letter: Letter) -> Self {
        Self { at: letter.at.to_string(), text: letter.text }
    }
}

/// Writes to the operator's people about the case. It is kept sealed with the case.
#[utoipa::path(post, path = "/v1/applicant/messages", tag = "applicant",
    request_body = NewMessage,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn write_message(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    asked: Asked<NewMessage>,
) -> Result<StatusCode, Problem> {
    bonafide.write(case.id, &asked.value.text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the person of a case wrote, the oldest first.
#[utoipa::path(get, path = "/v1/cases/{case}/messages", tag = "cases",
    params(("case" = String, Path)),
    responses((status = 200, body = Vec<MessageView>), (status = "4XX", body = Problem)))]
pub async fn messages(
    State(bonafide): State<Installation>,
    AccountsKey(key): AccountsKey,
    Ids((id,)): Ids<(CaseId,)>,
) -> Result<Json<Vec<MessageView>>, Problem> {
    let letters = bonafide.letters(id, &key.id.to_string()).await?;
    Ok(Json(letters.into_iter().map(MessageView::from).collect()))
}
