//! Who asks. A handler that names one of these types cannot run without the right key: the
//! scope is part of the type.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use domain::case::Case;
use workflow::{ApiKey, Installation, Scope, Token};

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

async fn key(parts: &Parts, bonafide: &Installation, scopes: &[Scope]) -> Result<ApiKey, Problem> {
    let found = bonafide.key(&bearer(parts)?).await?;
    let key = found.ok_or_else(|| refused("This key is unknown, or was revoked."))?;
    if scopes.iter().any(|scope| key.scopes.iter().any(|has| has == scope.as_str())) {
        return Ok(key);
    }
    let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = format!("This key lacks the scope {}.", names.join(" or "));
    Err(Problem::new(StatusCode::FORBIDDEN, "scope-missing", detail))
}

macro_rules! keys {
    ($($name:ident => $($scope:ident)|+),*) => {$(
        impl FromRequestParts<Installation> for $name {
            type Rejection = Problem;

            async fn from_request_parts(
                parts: &mut Parts,
                bonafide: &Installation,
            ) -> Result<Self, Problem> {
                key(parts, bonafide, &[$(Scope::$scope),+]).await.map(Self)
            }
        }
    )*};
}

impl FromRequestParts<Installation> for SpendKey {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        bonafide: &Installation,
    ) -> Result<Self, Problem> {
        key(parts, bonafide, &[Scope::Spend]).await.map(|_| Self)
    }
}

keys!(AccountsKey => Accounts, Reviewer => Review, AdminKey => Admin, BlocklistKey => Review | Admin);

impl FromRequestParts<Installation> for Applicant {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        bonafide: &Installation,
    ) -> Result<Self, Problem> {
        let case = bonafide.case_of(&bearer(parts)?).await?;
        let ended = "This link has ended: open the verification again from your account.";
        case.map(Self).ok_or_else(|| refused(ended))
    }
}
