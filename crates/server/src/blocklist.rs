//! The blocklist, for reviewers and administrators.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::document::{Country, DocumentType};
use domain::id::{BlockId, CaseId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{ApiKey, Block, Installation, NewBlock, ToBlock};

use crate::auth::BlocklistKey;
use crate::cases::device;
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};

/// At most so many entries in one list.
const MOST: u32 = 100;

/// New entries.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "what": { "document": { "country": "UTO", "type": "passport", "number": "L898902C3" } },
    "ground": "reported stolen"
}))]
#[serde(deny_unknown_fields)]
pub struct NewEntries {
    /// Of what.
    what: What,
    /// Why, for those who decide later; without the person's data.
    ground: String,
    /// The last day on which they hold, YYYY-MM-DD; without one they hold until removed.
    #[schema(value_type = Option<String>)]
    until: Option<Date>,
}

/// What is put on the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A document.
    Document(Document),
    /// A national number.
    NationalId(NationalId),
    /// Of a decided case its document, its national number and its face, where there are.
    #[schema(value_type = String)]
    Case(CaseId),
    /// A device, by the name that you gave it when you opened a case from it.
    Device(String),
    /// The device that a case was opened from.
    #[schema(value_type = String)]
    DeviceOf(CaseId),
}

/// A document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Who issued it, three letters as in a machine-readable zone.
    #[schema(value_type = String)]
    country: Country,
    /// `passport`, `id_card` and so on.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: DocumentType,
    /// Its number; of a card that has only the person's number, that.
    number: String,
}

/// A national number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalId {
    /// Of which country, three letters.
    #[schema(value_type = String)]
    country: Country,
    /// The number.
    number: String,
}

/// An entry. What it is of is known by a keyed hash or a sealed face, and not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entry {
    id: String,
    /// `document`, `national_id`, `face` or `device`.
    kind: &'static str,
    /// The case that it was taken from.
    case: Option<String>,
    ground: String,
    /// Who added it: the name and id of the key.
    author: String,
    created_at: String,
    /// The last day on which it holds.
    until: Option<String>,
}

/// Entries, the newest first, those that ran out among them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entries {
    entries: Vec<Entry>,
    /// The cursor of the next list; none at the end.
    next: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// `next` of the list before.
    cursor: Option<String>,
}

impl From<Block> for Entry {
    fn from(block: Block) -> Self {
        Self {
            id: block.id.to_string(),
            kind: block.of.kind(),
            case: block.case.map(|case| case.to_string()),
            ground: block.ground,
            author: block.author,
            created_at: block.created_at.to_string(),
            until: block.until.map(|day| day.to_string()),
        }
    }
}

impl TryFrom<NewEntries> for NewBlock {
    type Error = Problem;

    fn try_from(new: NewEntries) -> Result<Self, Problem> {
        let what = match new.what {
            What::Document(Document { country, kind, number }) => {
                ToBlock::Document { country, kind, number }
            }
            What::NationalId(NationalId { country, number }) => {
                ToBlock::NationalId { country, number }
            }
            What::Case(case) => ToBlock::Case(case),
            What::Device(name) => ToBlock::Device(device(&name)?),
            What::DeviceOf(case) => ToBlock::DeviceOf(case),
        };
        Ok(Self { what, ground: new.ground, until: new.until })
    }
}

fn author(key: &ApiKey) -> String {
    format!("{} ({})", key.name, key.id)
}

/// Puts a document, a national number, a device or what a decided case shows on the list. Whoever meets
/// an entry is seen by a person.
#[utoipa::path(post, path = "/v1/blocklist", tag = "blocklist", request_body = NewEntries,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats the request safely")),
    responses((status = 201, body = Vec<Entry>), (status = "4XX", body = Problem)))]
pub async fn add(
    State(bonafide): State<Installation>,
    BlocklistKey(key): BlocklistKey,
    asked: Asked<NewEntries>,
) -> Result<(StatusCode, Json<Vec<Entry>>), Problem> {
    let once = asked.once(&key);
    let made = bonafide.block(&asked.value.try_into()?, &author(&key), once.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(made.into_iter().map(Entry::from).collect())))
}

/// The entries of the list.
#[utoipa::path(get, path = "/v1/blocklist", tag = "blocklist", params(After),
    responses((status = 200, body = Entries), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: BlocklistKey,
    Asking(after): Asking<After>,
) -> Result<Json<Entries>, Problem> {
    let invalid = |_| Problem::invalid("cursor-invalid", "Send `next` of the list before.");
    let before = after.cursor.map(|cursor| cursor.parse().map_err(invalid)).transpose()?;
    let found = bonafide.blocks(before, MOST).await?;
    let full = found.len() as u32 == MOST;
    let next = found.last().filter(|_| full).map(|last| last.id.to_string());
    Ok(Json(Entries { entries: found.into_iter().map(Entry::from).collect(), next }))
}

/// Takes an entry off the list. That it was there, its ground, its author and who took it off
/// are kept; what it was of is not.
#[utoipa::path(delete, path = "/v1/blocklist/{entry}", tag = "blocklist",
    params(("entry" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn remove(
    State(bonafide): State<Installation>,
    BlocklistKey(key): BlocklistKey,
    Ids((id,)): Ids<(BlockId,)>,
) -> Result<StatusCode, Problem> {
    bonafide.unblock(id, &author(&key)).await?;
    Ok(StatusCode::NO_CONTENT)
}
