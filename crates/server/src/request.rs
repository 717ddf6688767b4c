//! What is asked: bounded, read whole, and refused in one sentence where it is not right.

use std::error::Error;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use domain::id::AccountId;
use serde::de::DeserializeOwned;
use tower_http::timeout::TimeoutError;
use workflow::{ApiKey, Once};

use crate::app::App;
use crate::patience;
use crate::problem::{Problem, too_large};
use crate::room::Room;

/// A body of JSON is at most so large, bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The largest upload is a capture, of which the use case says the exact limit.
const MOST_BYTES_SENT: usize = 49 * 1024 * 1024;
/// An idempotency key is at most so long.
const LONGEST_KEY: usize = 200;

/// A body of JSON, with what repeating the request is told by.
pub struct Asked<T> {
    /// What it says.
    pub value: T,
    key: Option<String>,
    digested: Vec<u8>,
}

impl<T> Asked<T> {
    /// The request by its `Idempotency-Key`, where it has one.
    pub fn once(&self, api_key: &ApiKey) -> Option<Once> {
        self.key.as_ref().map(|key| Once::new(api_key.id, key, &self.digested))
    }

    /// Of a call that shows a secret, which is kept nowhere: it cannot be repeated, and whoever
    /// relies on it is told so.
    pub fn only_once(&self) -> Result<(), Problem> {
        let detail = "This call shows a secret once and cannot be repeated: send it without an \
                      Idempotency-Key, and where its answer is lost, remove what it made.";
        let refused = || Problem::new(StatusCode::BAD_REQUEST, "idempotency-key-refused", detail);
        self.key.as_ref().map_or(Ok(()), |_| Err(refused()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let key = idempotency_key(request.headers())?;
        let mut digested = format!("{} {}\n", request.method(), path(request.uri())).into_bytes();
        let bytes = whole(request, MOST_BYTES, "Send at most 64 KiB of JSON.").await?;
        digested.extend_from_slice(&bytes);
        if has_nul(&bytes) {
            let detail = "The body has the character U+0000, which no text has.";
            return Err(Problem::new(StatusCode::BAD_REQUEST, "body-invalid", detail));
        }
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            // Where, and what was wanted; not what was sent.
            let place = format!("line {}, column {}", error.line(), error.column());
            let what = match error.classify() {
                serde_json::error::Category::Data => "it lacks a field, or has a wrong one",
                _ => "it is no JSON",
            };
            let detail = format!("The body cannot be read: {what} ({place}); see /docs.");
            Problem::new(StatusCode::BAD_REQUEST, "body-invalid", detail)
        })?;
        Ok(Self { value, key, digested })
    }
}

/// The whole body of a request, of at most `most` bytes; `fewer` says so.
async fn whole(request: Request, most: usize, fewer: &str) -> Result<Bytes, Problem> {
    axum::body::to_bytes(request.into_body(), most).await.map_err(|error| {
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(error) = cause {
            if error.is::<TimeoutError>() {
                return patience::stalled();
            }
            cause = error.source();
        }
        too_large(&fewer)
    })
}

/// Whether JSON has an escaped U+0000, which PostgreSQL keeps in no text. (As it is, JSON has
/// none.)
fn has_nul(json: &[u8]) -> bool {
    let escaped = |place: usize| {
        let before = json[..place].iter().rev().take_while(|byte| **byte == b'\\').count();
        before % 2 == 0
    };
    let mut places = json.windows(6).enumerate().filter(|(_, six)| *six == br"\u0000");
    places.any(|(place, _)| escaped(place))
}

fn path(uri: &Uri) -> &str {
    uri.path()
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    let wanted = "An Idempotency-Key has 1 to 200 visible characters.";
    let invalid = || Problem::new(StatusCode::BAD_REQUEST, "idempotency-key-invalid", wanted);
    key.map(|key| Some(key.to_owned())).ok_or_else(invalid)
}

/// A body of bytes, read whole. As many are in memory at once as there is room for, each taking
/// what it says that it is long, or the most; whoever comes later is read later, and whoever has
/// too many on their way is refused.
pub struct Sent {
    /// What was sent.
    pub bytes: Vec<u8>,
    /// Its room, to be kept for as long as the bytes are.
    pub room: Room,
}

impl Sent {
    /// Reads the body of a request of `whose`, with room for `needed` bytes at least: what is made
    /// of it may be more.
    pub async fn read(
        request: Request,
        app: &App,
        (whose, needed): (AccountId, u64),
    ) -> Result<Self, Problem> {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let most = length.map_or(MOST_BYTES_SENT, |length| length.min(MOST_BYTES_SENT));
        let needed = usize::try_from(needed).unwrap_or(MOST_BYTES_SENT).min(MOST_BYTES_SENT);
        let mib = most.max(needed).div_ceil(1 << 20).max(1);
        let mib = u32::try_from(mib).expect("it is no more than 49");
        let room = app.rooms.take(whose, mib).await?;
        let fewer = "The upload is too large, or broke off: send at most 48 MiB.";
        Ok(Self { bytes: whole(request, most, fewer).await?.into(), room })
    }
}

/// The ids of a path. One that is none is not found, as one of nobody is.
pub struct Ids<T>(pub T);

impl<S: Send + Sync, A: FromStr> FromRequestParts<S> for Ids<(A,)> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| no_such_thing())?;
        Ok(Self((text.parse().map_err(|_| no_such_thing())?,)))
    }
}

impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for Ids<(A, B)> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((a, b)) = Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map_err(|_| no_such_thing())?;
        let a = a.parse().map_err(|_| no_such_thing())?;
        Ok(Self((a, b.parse().map_err(|_| no_such_thing())?)))
    }
}

fn no_such_thing() -> Problem {
    Problem::not_found("not-found", "There is nothing of this name.")
}

/// The query of a list.
pub struct Asking<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asking<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let nul = parts.uri.query().is_some_and(|query| query.contains("%00"));
        let query = Query::<T>::from_request_parts(parts, state).await;
        let invalid = || {
            let detail = "The query has an unknown name or a wrong value; see /docs.";
            Problem::new(StatusCode::BAD_REQUEST, "query-invalid", detail)
        };
        match query {
            Ok(Query(value)) if !nul => Ok(Self(value)),
            _ => Err(invalid()),
        }
    }
}
