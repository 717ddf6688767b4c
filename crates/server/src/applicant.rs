//! The applicant's side: one case, opened by its token.

use std::num::NonZeroU16;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use domain::claims::{Claims, Romanised, romanised};
use domain::evidence::Slot;
use domain::liveness::{Action, Challenge, Light, Shine};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Accepted, ConsentKind, Frame, Installation, Issued, Place, Recorded, Without};

use crate::app::App;
use crate::auth::Applicant;
use crate::cases::{Summary, Whole};
use crate::described::{ChallengeLight, ChallengePart, ChallengeStep, Details};
use crate::pages::Origin;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids, Sent};
use crate::words::ReasonView;

/// The case, and whom it greets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Greeted {
    /// The case.
    #[serde(flatten)]
    case: Whole,
    /// The language that the person reads, where the operator told it: `en` or `zh-CN`.
    language: Option<String>,
    /// The phrase that the person chose with the operator: show it, so that they know the page.
    phrase: Option<String>,
}

/// A name as its holder writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "name": "张小明" }))]
#[serde(deny_unknown_fields)]
pub struct NativeName {
    /// One to four Chinese characters.
    name: String,
}

/// A name in Latin letters.
#[derive(Debug, Serialize, ToSchema)]
pub struct Spelling {
    surname: String,
    given_names: String,
}

/// An answer to a consent.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "text_version": "1", "agreed": true }))]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The version of the text that was shown.
    text_version: String,
    /// Whether the person agreed.
    agreed: bool,
}

/// An upload that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// Its id.
    id: String,
    /// SHA-256 of what came in.
    digest: String,
    /// What is wrong with it: it is kept, and better taken again.
    faults: Vec<ReasonView>,
}

/// What a live capture has to do without.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "without": [] }))]
#[serde(deny_unknown_fields)]
pub struct NewChallenge {
    /// `movements`, of whoever cannot make them, and `light`, of whoever is made ill when it
    /// changes. With either a person decides.
    #[serde(default)]
    #[schema(value_type = Vec<ChallengePart>)]
    without: Vec<Without>,
}

/// A capture that was recorded and is going to be uploaded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// SHA-256 of the ZIP, hexadecimal.
    #[schema(pattern = "^[0-9A-Fa-f]{64}$")]
    sha256: String,
    /// The running digest of the frames, hexadecimal: SHA-256 of the challenge's `nonce` and the page's
    /// origin; then for each frame of what was before, the frame's SHA-256 and its milliseconds in
    /// decimal digits.
    #[serde(default)]
    #[schema(nullable = false, pattern = "^[0-9A-Fa-f]{64}$")]
    chain: Option<String>,
    /// The camera's name, as the browser has it; not kept.
    #[serde(default)]
    camera: String,
    /// Whether the browser says that a program drives it.
    #[serde(default)]
    automated: bool,
}

/// What to do in the live capture.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChallengeView {
    /// The movements in their order, each with its window in milliseconds from the start.
    #[schema(value_type = Vec<ChallengeStep>)]
    steps: Challenge,
    /// Of these, what the capture before missed, with nothing else wrong: then only that is asked for,
    /// with a new movement. None in a whole challenge.
    #[schema(value_type = Vec<String>)]
    again: Vec<Action>,
    /// The colours to fill the screen with meanwhile, each with its time; none where none are
    /// asked for.
    #[schema(value_type = Vec<ChallengeLight>)]
    light: Vec<Shine>,
    /// How long the capture has to be, milliseconds.
    lasts_ms: f64,
    /// What the running digest of the frames begins with: 32 bytes, hexadecimal.
    nonce: String,
    /// Until when the answer may be announced or uploaded, RFC 3339.
    expires_at: String,
}

/// What to mend before the picture is taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct HintView {
    /// Where the document lies: four corners in pixels of the frame.
    #[schema(value_type = Option<Vec<[f32; 2]>>)]
    outline: Option<domain::evidence::Region>,
    /// The one thing to mend; without one the picture may be taken.
    hint: Option<ReasonView>,
}

/// What the person says against a refusal.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({ "statement": "I closed that account." }))]
#[serde(deny_unknown_fields)]
pub struct NewAppeal {
    /// Why the decision is wrong, in at most 4,000 characters.
    statement: String,
}

/// The case with what is done and what is next.
#[utoipa::path(get, path = "/v1/applicant/case", tag = "applicant",
    responses((status = 200, body = Greeted), (status = "4XX", body = Problem)))]
pub async fn case(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<Json<Greeted>, Problem> {
    let greeting = bonafide.greeting(case.account).await?;
    Ok(Json(Greeted {
        case: bonafide.case(case.id).await?.into(),
        language: greeting.language.map(|language| language.to_string()),
        phrase: greeting.phrase,
    }))
}

/// What the person types.
#[utoipa::path(put, path = "/v1/applicant/details", tag = "applicant",
    request_body = Details,
    responses((status = 200, body = Whole), (status = "4XX", body = Problem)))]
pub async fn details(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    asked: Asked<Claims>,
) -> Result<Json<Whole>, Problem> {
    bonafide.type_details(case.id, &asked.value).await?;
    Ok(Json(bonafide.case(case.id).await?.into()))
}

/// What the person typed, while a decision asks for it once more, so that only what was wrong
/// is typed again; at any other time there is nothing here.
#[utoipa::path(get, path = "/v1/applicant/details", tag = "applicant",
    responses((status = 200, body = Details), (status = "4XX", body = Problem)))]
pub async fn typed(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<Json<Claims>, Problem> {
    let typed = bonafide.typed_details(case.id).await?.ok_or_else(|| {
        let detail = "The details are given only while a decision asks for them once more.";
        Problem::not_found("details-not-asked", detail)
    })?;
    Ok(Json(typed))
}

/// How a name in Chinese characters may be printed in Latin letters, for the person to compare.
/// Nothing of it is kept.
#[utoipa::path(post, path = "/v1/applicant/spelling", tag = "applicant",
    request_body = NativeName,
    responses((status = 200, body = Vec<Spelling>), (status = "4XX", body = Problem)))]
pub async fn spelling(_: Applicant, asked: Asked<NativeName>) -> Json<Vec<Spelling>> {
    let all = romanised(&asked.value.name).into_iter();
    let all = all.map(|Romanised { surname, given_names }| Spelling { surname, given_names });
    Json(all.collect())
}

/// Agrees or declines: `face_match`, `face_search` or `cohort`; declining leads to a person.
/// `own_behalf` declares that the account is for oneself only.
#[utoipa::path(put, path = "/v1/applicant/consents/{kind}", tag = "applicant",
    params(("kind" = String, Path)), request_body = Agreement,
    responses((status = 200, body = Whole), (status = "4XX", body = Problem)))]
pub async fn consent(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    Ids((kind,)): Ids<(String,)>,
    asked: Asked<Agreement>,
) -> Result<Json<Whole>, Problem> {
    let known = ConsentKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let kind = known.ok_or_else(|| {
        Problem::not_found(
            "consent-unknown",
            "There is face_match, face_search, cohort and own_behalf.",
        )
    })?;
    let Agreement { text_version, agreed } = &asked.value;
    bonafide.consent(case.id, kind, text_version, *agreed).await?;
    Ok(Json(bonafide.case(case.id).await?.into()))
}

/// Uploads a picture (`front`, `back`, `held`, `selfie`, `address`) or the live capture (`capture`, a ZIP
/// of JPEGs named by milliseconds) as the body. The last of each place counts.
#[utoipa::path(put, path = "/v1/applicant/uploads/{place}", tag = "applicant",
    params(("place" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Taken), (status = "4XX", body = Problem)))]
pub async fn upload(
    State(app): State<App>,
    Applicant(case): Applicant,
    Ids((place,)): Ids<(String,)>,
    request: Request,
) -> Result<Json<Taken>, Problem> {
    let place = known(&place)?;
    let Sent { bytes, room: _room } = Sent::read(request, &app, (case.account, 0)).await?;
    Ok(Json(app.bonafide.upload(case.id, place, bytes).await?.into()))
}

/// The place of that name.
pub(crate) fn known(place: &str) -> Result<Place, Problem> {
    let known = Place::named(place);
    known.ok_or_else(|| {
        Problem::not_found(
            "place-unknown",
            "There is front, back, held, selfie, capture and address.",
        )
    })
}

impl From<Accepted> for Taken {
    fn from(taken: Accepted) -> Self {
        Self {
            id: taken.upload.id.to_string(),
            digest: taken.upload.digest,
            faults: taken.faults.iter().map(ReasonView::from).collect(),
        }
    }
}

/// Issues a new challenge for the live capture; an earlier answer counts no more. After one that only
/// missed a movement it may be shorter (`again`), once.
#[utoipa::path(post, path = "/v1/applicant/challenge", tag = "applicant",
    request_body = NewChallenge,
    responses((status = 200, body = ChallengeView), (status = "4XX", body = Problem)))]
pub async fn challenge(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    headers: HeaderMap,
    asked: Asked<NewChallenge>,
) -> Result<Json<ChallengeView>, Problem> {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    // A page in a sandboxed frame has `null`, which is none.
    let origin = origin.filter(|origin| origin.parse::<Origin>().is_ok()).map(str::to_owned);
    let issued = bonafide.issue_challenge(case.id, &asked.value.without, origin).await?;
    Ok(Json(issued.into()))
}

impl From<Issued> for ChallengeView {
    fn from(Issued { asked, lasts_ms, until, again, nonce, .. }: Issued) -> Self {
        let light = match asked.light {
            Light::Shown(sequence) => sequence.into(),
            Light::NotAsked | Light::Declined => Vec::new(),
        };
        let expires_at = until.to_string();
        Self { steps: asked.challenge, again, light, lasts_ms, nonce, expires_at }
    }
}

/// Announces the capture that answers the challenge, as soon as it is recorded: it may then arrive
/// for an hour. Also what the page is, as a sign for reviewers. Of a challenge the first one counts.
#[utoipa::path(post, path = "/v1/applicant/challenge/answer", tag = "applicant",
    request_body = NewAnswer,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn announce(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    asked: Asked<NewAnswer>,
) -> Result<StatusCode, Problem> {
    let NewAnswer { sha256, chain, camera, automated } = asked.value;
    bonafide.announce(case.id, &Recorded { sha256, chain, camera, automated }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which picture a frame is a preview of.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Aimed {
    /// `front`, `back`, `held` or `selfie`; `front` where it is not said.
    #[serde(default = "front")]
    #[param(value_type = Option<String>)]
    of: Slot,
    /// Width of the picture that the camera is going to take, pixels, 1 to 65,535: what
    /// is small in the frame may be large enough in it.
    #[param(value_type = Option<u16>, minimum = 1)]
    width: Option<NonZeroU16>,
}

const fn front() -> Slot {
    Slot::Front
}

/// Judges one small frame of the camera before the picture is taken.
#[utoipa::path(post, path = "/v1/applicant/preview", tag = "applicant", params(Aimed),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    responses((status = 200, body = HintView), (status = "4XX", body = Problem)))]
pub async fn preview(
    State(app): State<App>,
    Applicant(case): Applicant,
    Asking(Aimed { of, width }): Asking<Aimed>,
    request: Request,
) -> Result<Json<HintView>, Problem> {
    let width = width.map(|width| u32::from(width.get()));
    let Sent { bytes, room: _room } = Sent::read(request, &app, (case.account, 0)).await?;
    let hint = app.bonafide.preview(case.id, Frame { bytes, of, width }).await?;
    let view = hint.reason.as_ref().map(ReasonView::from);
    Ok(Json(HintView { outline: hint.outline, hint: view }))
}

/// Hands the case to the engine.
#[utoipa::path(post, path = "/v1/applicant/submit", tag = "applicant",
    responses((status = 200, body = Summary), (status = "4XX", body = Problem)))]
pub async fn submit(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<Json<Summary>, Problem> {
    Ok(Json((&bonafide.submit(case.id).await?).into()))
}

/// Ends the case without a decision.
#[utoipa::path(post, path = "/v1/applicant/cancel", tag = "applicant",
    responses((status = 200, body = Summary), (status = "4XX", body = Problem)))]
pub async fn cancel(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
) -> Result<Json<Summary>, Problem> {
    Ok(Json((&bonafide.cancel(case.id, "applicant").await?).into()))
}

/// Asks for another look at what was declined. Somebody who has not decided the case decides
/// it by `due_at`; once a case.
#[utoipa::path(post, path = "/v1/applicant/appeal", tag = "applicant", request_body = NewAppeal,
    responses((status = 200, body = Whole), (status = "4XX", body = Problem)))]
pub async fn appeal(
    State(bonafide): State<Installation>,
    Applicant(case): Applicant,
    asked: Asked<NewAppeal>,
) -> Result<Json<Whole>, Problem> {
    bonafide.appeal(case.id, &asked.value.statement, "applicant").await?;
    Ok(Json(bonafide.case(case.id).await?.into()))
}
