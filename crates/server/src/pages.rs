//! The applicant's pages: what `cargo xtask web` built, compiled in, and served so that nothing
//! but it runs in them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};

use crate::app::App;
use crate::problem::Problem;

/// One file of the pages.
struct File {
    path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    gzip: &'static [u8],
}

static FILES: &[File] = include!("../flow/files.rs");

/// Where the operator's logo lies, when there is one.
pub(crate) const LOGO: &str = "/flow/logo";

/// How the applicant's pages look, and where they may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The operator's name, as people know it; may be empty.
    pub operator: String,
    /// The colour of buttons, `#rrggbb`.
    pub colour: Colour,
    /// The operator's logo.
    pub logo: Option<Logo>,
    /// Sites that may show the pages in a frame.
    pub framed_by: Vec<Origin>,
}

impl Default for Pages {
    fn default() -> Self {
        let colour = "#0a58ca".parse().expect("it is a colour");
        Self { operator: String::new(), colour, logo: None, framed_by: Vec::new() }
    }
}

/// A colour, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour(String);

impl Colour {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAColour;

impl std::str::FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        let right = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        right.then(|| Self(text.to_owned())).ok_or(NotAColour)
    }
}

/// A picture that browsers show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// `image/svg+xml`, `image/png` or `image/webp`.
    pub kind: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A site: `https://www.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// A text that is no origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnOrigin;

impl std::str::FromStr for Origin {
    type Err = NotAnOrigin;

    /// Nothing in it may end the header's word or directive.
    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = host.ok_or(NotAnOrigin)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        let right = !host.is_empty() && host.chars().all(plain);
        right.then(|| Self(text.to_owned())).ok_or(NotAnOrigin)
    }
}

/// The routes of the pages.
pub(crate) fn routes(pages: &Pages) -> Router<App> {
    let policy = content_security_policy(&pages.framed_by);
    let policy = HeaderValue::from_str(&policy).expect("origins are plain ASCII");
    Router::new()
        .route("/flow", get(|| async { Redirect::permanent("/flow/") }))
        .route("/flow/", get(index))
        .route("/flow/{*path}", get(file))
        .layer(Extension(Policy(policy)))
}

#[derive(Clone)]
struct Policy(HeaderValue);

fn content_security_policy(framed_by: &[Origin]) -> String {
    let names: Vec<&str> = framed_by.iter().map(|origin| origin.0.as_str()).collect();
    let ancestors = if names.is_empty() { "'none'".to_owned() } else { names.join(" ") };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
         media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )
}

async fn index(Extension(policy): Extension<Policy>, headers: HeaderMap) -> Response {
    found("index.html", &policy, &headers)
}

async fn file(
    State(pages): State<Arc<Pages>>,
    Extension(policy): Extension<Policy>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    match (&pages.logo, path.as_str()) {
        (Some(logo), "logo") => {
            // An SVG of the operator's may hold a script; nothing of it runs.
            let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
            let kind = HeaderValue::from_static(logo.kind);
            let headers = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)];
            (headers, logo.bytes.clone()).into_response()
        }
        (_, path) => found(path, &policy, &headers),
    }
}

fn found(path: &str, Policy(policy): &Policy, asked: &HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.path == path) else {
        return Problem::not_found("not-found", "There is nothing of this name.").into_response();
    };
    let accepts = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let gzip = accepts.is_some_and(|encodings| encodings.contains("gzip"));
    // What has the digest of its content in its name never changes.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = if gzip { file.gzip } else { file.bytes }.into_response();
    let headers = response.headers_mut();
    let fixed = [
        (CONTENT_TYPE, file.kind),
        (CACHE_CONTROL, cache),
        (VARY, "accept-encoding"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if gzip {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
    response
}
