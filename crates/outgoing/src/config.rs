//! What the operator decides about outgoing connections.

use std::time::Duration;

use ipnet::IpNet;

use crate::trust::Trust;

/// The rules and limits of a [`Client`](crate::Client).
#[derive(Debug, Clone)]
pub struct Config {
    /// Whether `http://` is posted to, where anyone on the way reads along.
    /// Default: no.
    pub allow_http: bool,
    /// Networks that are posted to although they are no part of the public
    /// internet. Whoever may set a web hook then reaches every service in
    /// them, so name the smallest network that does. Default: none.
    pub allowed: Vec<IpNet>,
    /// The longest that resolving, connecting and the TLS handshake may take
    /// together. Default: 5 s.
    pub connect_timeout: Duration,
    /// The longest that all may take, to the last byte of the answer. Default:
    /// 20 s; Standard Webhooks recommends 15 to 30 s, so that a receiver has
    /// time to work.
    pub total_timeout: Duration,
    /// Bytes of an answer's body that are read; what follows is left unread.
    /// Default: 16 KiB, enough to show in a log what a receiver complains of.
    pub max_answer: usize,
    /// How the client names itself, unless a request's headers do. Default:
    /// `Bonafide`.
    pub user_agent: String,
    /// Whose certificates are believed. Default: the system's authorities.
    pub trust: Trust,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            allow_http: false,
            allowed: Vec::new(),
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(20),
            max_answer: 16 * 1024,
            user_agent: "Bonafide".into(),
            trust: Trust::System,
        }
    }
}
