//! Why nothing was sent. No message holds a path, a query, a header or a body:
//! a web hook's address is often its secret.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use thiserror::Error;
use tokio_rustls::rustls;

use crate::address::AddressClass;

/// Why a client cannot be built from its configuration.
#[derive(Debug, Error)]
pub enum BuildError {
    /// A time-out of zero would refuse every request.
    #[error("a time-out for outgoing requests is zero; give it some seconds")]
    ZeroTimeout,
    /// The name does not fit into a header.
    #[error("the user agent for outgoing requests must be printable ASCII")]
    UserAgent(#[source] http::header::InvalidHeaderValue),
    /// The text of the authorities is no PEM.
    #[error("the certificate authorities for outgoing requests are not valid PEM text")]
    Pem(#[source] rustls::pki_types::pem::Error),
    /// One of the authorities is no certificate.
    #[error("one of the certificate authorities for outgoing requests is not usable")]
    Authority(#[source] rustls::Error),
    /// Every https request would fail.
    #[error(
        "no certificate authority was found, so no https server could be believed; install the \
         system's package of them (often ca-certificates) or configure your own"
    )]
    NoAuthorities,
    /// TLS does not start.
    #[error("TLS for outgoing requests could not be set up")]
    Tls(#[source] rustls::Error),
}

/// Why a URL is never posted to, whatever its server would say.
#[derive(Debug, Error)]
pub enum TargetError {
    /// Not a URL.
    #[error("the address to post to is not a URL; write it as https://host/path")]
    NotAUrl(#[source] url::ParseError),
    /// A scheme that is not HTTP.
    #[error("{scheme:?} addresses are not posted to; use https://")]
    Scheme {
        /// What stood before the colon.
        scheme: String,
    },
    /// Plain HTTP, which the configuration does not allow.
    #[error(
        "{origin} would be posted to without encryption; use https://, or let the operator allow \
         http"
    )]
    PlainHttp {
        /// Scheme, host and port.
        origin: String,
    },
    /// A name or password in the URL.
    #[error("the address at {origin} holds a user name or password; leave it out")]
    UserInfo {
        /// Scheme, host and port.
        origin: String,
    },
    /// A path or query that HTTP cannot carry.
    #[error("the path or query of the address at {origin} is too long or malformed; shorten it")]
    Path {
        /// Scheme, host and port.
        origin: String,
        /// What is wrong with it.
        source: http::uri::InvalidUri,
    },
    /// An IP address that is no part of the public internet.
    #[error(
        "{origin} is not posted to: {address} is a {class} address; use a public one, or let the \
         operator allow its network"
    )]
    Address {
        /// Scheme, host and port.
        origin: String,
        /// The address as understood.
        address: IpAddr,
        /// What it is for.
        class: AddressClass,
    },
}

/// Why a request got no answer.
#[derive(Debug, Error)]
pub enum SendError {
    /// The URL alone decides; trying again is of no use.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The name could not be looked up.
    #[error("the host of {origin} could not be resolved; check its name and this server's DNS")]
    Resolve {
        /// Scheme, host and port.
        origin: String,
        /// What the resolver says.
        source: io::Error,
    },
    /// The name has no address.
    #[error("the host of {origin} has no address; check its name")]
    NoAddress {
        /// Scheme, host and port.
        origin: String,
    },
    /// One of the name's addresses is no part of the public internet.
    #[error(
        "{origin} is not posted to: its name leads to {address}, a {class} address; let it lead \
         to public ones only, or let the operator allow that network"
    )]
    Refused {
        /// Scheme, host and port.
        origin: String,
        /// The first address that is refused.
        address: IpAddr,
        /// What it is for.
        class: AddressClass,
    },
    /// No address of the host took the connection.
    #[error("no connection to {origin} could be opened; check that it runs and is reachable")]
    Connect {
        /// Scheme, host and port.
        origin: String,
        /// Of the last address tried.
        source: io::Error,
    },
    /// The server is not who it should be, or does not speak TLS.
    #[error("no secure connection to {origin} could be made; check its certificate")]
    Tls {
        /// Scheme, host and port.
        origin: String,
        /// What rustls says.
        source: io::Error,
    },
    /// Resolving, connecting and TLS took too long.
    #[error("{origin} took no connection within {within:?}; check that it runs and is reachable")]
    ConnectTimedOut {
        /// Scheme, host and port.
        origin: String,
        /// The configured limit.
        within: Duration,
    },
    /// The request was perhaps received, but its answer did not end in time.
    #[error("{origin} did not answer within {within:?}; let it answer first and work afterwards")]
    AnswerTimedOut {
        /// Scheme, host and port.
        origin: String,
        /// The configured limit.
        within: Duration,
    },
    /// The connection broke, or what came is no HTTP.
    #[error("the exchange with {origin} broke off; check that it speaks HTTP/1.1")]
    Exchange {
        /// Scheme, host and port.
        origin: String,
        /// What hyper says.
        source: hyper::Error,
    },
}

impl TargetError {
    /// The stable code of what is wrong.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAUrl(_) => "url-invalid",
            Self::Scheme { .. } => "url-scheme",
            Self::PlainHttp { .. } => "url-not-encrypted",
            Self::UserInfo { .. } => "url-user-info",
            Self::Path { .. } => "url-path",
            Self::Address { .. } => "address-refused",
        }
    }
}

impl SendError {
    /// The stable code of what is wrong.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Target(error) => error.code(),
            Self::Resolve { .. } => "name-not-resolved",
            Self::NoAddress { .. } => "name-without-address",
            Self::Refused { .. } => "address-refused",
            Self::Connect { .. } => "connection-refused",
            Self::Tls { .. } => "tls-failed",
            Self::ConnectTimedOut { .. } => "connection-timed-out",
            Self::AnswerTimedOut { .. } => "answer-timed-out",
            Self::Exchange { .. } => "exchange-broken-off",
        }
    }

    /// Whether the same request fails again until its URL or the configuration
    /// changes. All else may pass: names, networks and servers recover.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Target(_))
    }
}
