//! The only way by which the server, its database aside, opens a connection.
//!
//! [`Client`] posts to addresses that somebody else typed, so each is hostile
//! until checked: the name is resolved once, every address is held against the
//! public internet and the operator's exceptions, and the connection goes to an
//! address that passed. Nothing is followed, nothing is read without an end,
//! and no proxy is taken from the environment. It is built on hyper alone,
//! which dials nothing by itself: there is no redirect to switch off and no
//! second resolution to forget.
//!
//! [`sign`] and [`verify`] are the headers of
//! [Standard Webhooks](https://www.standardwebhooks.com); [`delay`] says when
//! to try again.
//!
//! ```no_run
//! use bonafide_outgoing::{Client, Config, Secret, sign};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(Config::default())?;
//! let secret = Secret::from_bytes(&[7; 32])?;
//! let body = br#"{"type":"case.decided"}"#;
//! let headers = sign(&[secret], "evt_1", 1_700_000_000, body)?;
//! let answer = client.post("https://example.com/hooks", headers, body.to_vec()).await?;
//! assert!(answer.status.is_success());
//! # Ok(())
//! # }
//! ```

mod address;
mod client;
mod config;
mod connection;
mod errors;
mod resolve;
mod retry;
mod secret;
mod signature;
mod target;
mod trust;

pub use address::{AddressClass, class_of};
pub use client::{Answer, Client};
pub use config::Config;
pub use errors::{BuildError, SendError, TargetError};
pub use resolve::{Resolve, Resolving, System};
pub use retry::{DELAYS, delay};
pub use secret::{Secret, SecretError};
pub use signature::{ID, SIGNATURE, SignError, TIMESTAMP, VerifyError, sign, verify};
pub use trust::Trust;

pub use http;
pub use ipnet::IpNet;
