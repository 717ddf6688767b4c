//! An exchange so small that it fits on a page: people sign up, deposit, withdraw and see in
//! their account what they may do and why. It keeps names and balances; who they are, what they
//! may and what is missing it asks Bonafide.
//!
//! Read `bonafide.rs` for the calls, `account.rs` for when they are made, `told.rs` for how an
//! exchange is told of decisions. Money and sessions are in memory: this is an example.

mod account;
mod bonafide;
mod pages;
mod sessions;
mod told;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use outgoing::Secret;

use crate::bonafide::Bonafide;
use crate::sessions::Sessions;

/// The exchange. Cheap to clone.
#[derive(Clone)]
pub struct Exchange {
    bonafide: Arc<Bonafide>,
    sessions: Arc<Sessions>,
    secret: Option<Arc<Secret>>,
}

impl Exchange {
    /// An exchange on the installation at `bonafide`, whose API it has `key` of, with the
    /// scopes `accounts` and `spend`. `secret` is that of the web hook to `/told`.
    ///
    /// # Errors
    /// When the secret is none.
    pub fn new(
        bonafide: &str,
        key: &str,
        secret: Option<&str>,
    ) -> Result<Self, outgoing::SecretError> {
        Ok(Self {
            bonafide: Arc::new(Bonafide::new(bonafide, key)),
            sessions: Arc::default(),
            secret: secret.map(Secret::parse).transpose()?.map(Arc::new),
        })
    }
}

/// Its pages.
pub fn router(exchange: Exchange) -> Router {
    Router::new()
        .route("/", get(account::show))
        .route("/sign-up", post(account::sign_up))
        .route("/verify", post(account::verify))
        .route("/deposit", post(account::deposit))
        .route("/withdraw", post(account::withdraw))
        .route("/told", post(told::told))
        .with_state(exchange)
}
