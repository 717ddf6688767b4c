//! Who asks. A handler that names one of these types cannot run without the right key: the
//! scope is part of the type.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use domain::case::Case;
use workflow::{Access, ApiKey, Breakage, Kind, Scope, Token};

use crate::address::client;
use crate::app::App;
use crate::limits::Whose;
use crate::problem::Problem;

/// A key that may do [`Scope::Accounts`].
pub struct AccountsKey(pub ApiKey);
/// A key that may do [`Scope::Spend`].
pub struct SpendKey;
/// A key that may do [`Scope::Review`]; its name is the reviewer's.
pub struct Reviewer(pub ApiKey);
/// A key that may do [`Scope::Admin`].
pub struct AdminKey(pub ApiKey);
/// A key that may do [`Scope::Review`] or [`Scope::Admin`]: it keeps the blocklist.
pub struct BlocklistKey(pub ApiKey);
/// The person whose case the token opens.
pub struct Applicant(pub Case);
/// A token that opens a case, or will once the first device confirms it.
pub struct OtherDevice(pub Token);

/// Said of an applicant's token that opens nothing any more.
const ENDED: &str = "This link has ended: open the verification again from your account.";

/// Somebody who may guess at a code, and is counted by their address.
pub struct Stranger {
    address: Option<IpAddr>,
}

impl Stranger {
    /// What a code comes to. One of which `unknown` holds counts as a guess.
    pub async fn guesses<T, E: Into<Problem>>(
        &self,
        app: &App,
        take: impl AsyncFnOnce() -> Result<T, E>,
        unknown: impl FnOnce(&E) -> bool,
    ) -> Result<T, Problem> {
        let now = app.bonafide.now();
        app.limits.guess(self.address, now)?;
        let taken = take().await;
        if taken.as_ref().is_err_and(unknown) {
            app.limits.failed(self.address, now)?;
        }
        taken.map_err(E::into)
    }
}

fn refused(detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
}

/// The secret behind `Authorization: Bearer`.
fn bearer(parts: &Parts) -> Result<Token, Problem> {
    let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    let wanted = "Send your key as `Authorization: Bearer …`.";
    token.filter(|token| token.len() <= 200).map(Token::sent).ok_or_else(|| refused(wanted))
}

/// What the secret of a request opens, found by `find`, within the limits of its address and of
/// its own.
async fn opened<T>(
    parts: &Parts,
    app: &App,
    (whose, unknown): (Whose, &str),
    find: impl AsyncFnOnce(&Token) -> Result<Option<T>, Breakage>,
) -> Result<T, Problem> {
    let (limits, now) = (&app.limits, app.bonafide.now());
    let address = client(parts, &app.trusted_proxies);
    let found = match bearer(parts) {
        Ok(token) => {
            limits.admit(&token.hash(), address, now)?;
            let found = find(&token).await?.ok_or_else(|| refused(unknown));
            found.map(|found| (token, found))
        }
        Err(problem) => Err(problem),
    };
    match found {
        Ok((token, found)) => {
            limits.opened(token.hash(), whose, now)?;
            Ok(found)
        }
        Err(problem) => {
            limits.failed(address, now)?;
            Err(problem)
        }
    }
}

async fn key(parts: &Parts, app: &App, scopes: &[Scope]) -> Result<ApiKey, Problem> {
    let here = app.bonafide.kind();
    let other = bearer(parts).ok().and_then(|token| token.kind()).filter(|kind| *kind != here);
    let unknown = match other {
        Some(Kind::Live) => "This is a key of a live installation, and this one is a sandbox.",
        Some(Kind::Sandbox) => "This is a key of a sandbox, and this installation is a live one.",
        None => "This key is unknown, or was revoked.",
    };
    let unknown = (Whose::Key, unknown);
    let find = async |token: &Token| app.bonafide.key(token).await;
    let key = opened(parts, app, unknown, find).await?;
    if scopes.iter().any(|scope| key.scopes.iter().any(|has| has == scope.as_str())) {
        return Ok(key);
    }
    let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = format!("This key lacks the scope {}.", names.join(" or "));
    Err(Problem::new(StatusCode::FORBIDDEN, "scope-missing", detail))
}

macro_rules! keys {
    ($($name:ident => $($scope:ident)|+),*) => {$(
        impl FromRequestParts<App> for $name {
            type Rejection = Problem;

            async fn from_request_parts(
                parts: &mut Parts,
                app: &App,
            ) -> Result<Self, Problem> {
                key(parts, app, &[$(Scope::$scope),+]).await.map(Self)
            }
        }
    )*};
}

impl FromRequestParts<App> for SpendKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        key(parts, app, &[Scope::Spend]).await.map(|_| Self)
    }
}

keys!(AccountsKey => Accounts, Reviewer => Review, AdminKey => Admin, BlocklistKey => Review | Admin);

impl FromRequestParts<App> for Applicant {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let find = async |token: &Token| app.bonafide.access(token).await;
        match opened(parts, app, (Whose::Applicant, ENDED), find).await? {
            Access::Open(case) => Ok(Self(case)),
            Access::Unconfirmed => {
                let detail = "Confirm on the other device that this one is yours.";
                Err(Problem::new(StatusCode::FORBIDDEN, "handoff-unconfirmed", detail))
            }
        }
    }
}

impl FromRequestParts<App> for OtherDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let find = async |token: &Token| {
            Ok(app.bonafide.access(token).await?.map(|_| Token::sent(token.reveal())))
        };
        opened(parts, app, (Whose::Applicant, ENDED), find).await.map(Self)
    }
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self { address: client(parts, &app.trusted_proxies) })
    }
}
