//! The only way by which the server, its database aside, opens a connection.
//!
//! [`Client`] posts to addresses that somebody else typed, so each is hostile
//! until checked: the name is resolved once, every address is held against the
//! public internet and the operator's exceptions, and the connection goes to an
//! address that passed. Nothing is followed, nothing is read without an end,
//! and no proxy is taken from the environment. It is built on hyper alone,
//! which dials nothing by itself: there is no redirect to switch off and no
//! second resolution to forget.

mod address;
mod client;
mod config;
mod connection;
mod errors;
mod resolve;
mod target;
mod trust;

pub use address::{AddressClass, class_of};
pub use client::{Answer, Client};
pub use config::Config;
pub use errors::{BuildError, SendError, TargetError};
pub use resolve::{Resolve, Resolving, System};
pub use trust::Trust;

pub use http;
pub use ipnet::IpNet;
