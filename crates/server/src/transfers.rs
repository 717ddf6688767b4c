//! Uploads that come in parts, for lines that break.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use domain::id::TransferId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Installation, Progress, Transfer};

use crate::app::App;
use crate::applicant::{Taken, known};
use crate::auth::Applicant;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids, Sent};

/// An upload that is to come.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({"place": "back", "length": 2_480_112}))]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// `front`, `back`, `held`, `selfie`, `capture` or `address`.
    place: String,
    /// How many bytes it has.
    length: u64,
}

/// How far an upload is that comes in parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferView {
    /// Its id.
    id: String,
    /// What it is going to be.
    place: String,
    /// How many bytes it has.
    length: u64,
    /// How many of them are here: the next part begins there.
    offset: u64,
    /// When what is here is thrown away, RFC 3339.
    expires_at: String,
    /// What came of it, in the answer to the last part.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<Taken>,
}

impl TransferView {
    fn of(transfer: Transfer, taken: Option<Taken>) -> Self {
        Self {
            id: transfer.id.to_string(),
            place: transfer.slot,
            length: transfer.length,
            offset: transfer.received,
            expires_at: transfer.expires_at.to_string(),
            taken,
        }
    }
}

/// Where a part begins.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// The number of its first byte, counted from 0.
    offset: u64,
}

/// Begins an upload that comes in parts; one that was begun for the same place is thrown away.
#[utoipa::path(post, path = "/v1/applicant/transfers", tag = "applicant",
    request_body = NewTransfer,
    responses((status = 201, body = TransferView), (status = "4XX", body = Problem)))]
pub async fn begin_transfer(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    asked: Asked<NewTransfer>,
) -> Result<(StatusCode, Json<TransferView>), Problem> {
    let place = known(&asked.value.place)?;
    let begun = bonafide.begin_transfer(case.id, place, asked.value.length).await?;
    Ok((StatusCode::CREATED, Json(TransferView::of(begun, None))))
}

/// How far an upload is: where to go on after the line broke.
#[utoipa::path(get, path = "/v1/applicant/transfers/{transfer}", tag = "applicant",
    params(("transfer" = String, Path)),
    responses((status = 200, body = TransferView), (status = "4XX", body = Problem)))]
pub async fn transfer(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    Ids((id,)): Ids<(TransferId,)>,
) -> Result<Json<TransferView>, Problem> {
    Ok(Json(TransferView::of(bonafide.transfer(case.id, id).await?, None)))
}

/// Sends the next part, of at least 128 KiB unless it is the last. A part counts once it is
/// here whole; those of a capture have to be here before its challenge ends, or within an hour of that
/// where it was announced. The answer to the last one says what came of the upload; where that answer
/// was lost, an empty part at the end asks for it again.
#[utoipa::path(patch, path = "/v1/applicant/transfers/{transfer}", tag = "applicant",
    params(("transfer" = String, Path), Offset),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = TransferView), (status = "4XX", body = Problem)))]
pub async fn continue_transfer(
    State(app): State<App>,
    Applicant(case): Applicant,
    Ids((id,)): Ids<(TransferId,)>,
    Asking(Offset { offset }): Asking<Offset>,
    request: Request,
) -> Result<Json<TransferView>, Problem> {
    // The last part brings the whole into memory.
    let whole = app.bonafide.transfer(case.id, id).await?.length;
    let Sent { bytes, room: _room } = Sent::read(request, &app, (case.account, whole)).await?;
    Ok(Json(match app.bonafide.go_on((case.id, id), offset, bytes).await? {
        Progress::Going(transfer) => TransferView::of(transfer, None),
        Progress::Done(transfer, accepted) => TransferView::of(transfer, Some(accepted.into())),
    }))
}
