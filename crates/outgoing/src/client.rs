//! One request to the outside.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::address::refusal;
use crate::config::Config;
use crate::connection::{exchange, open};
use crate::errors::{BuildError, SendError, TargetError};
use crate::resolve::{Resolve, System};
use crate::target::{Target, Where};
use crate::trust;

/// Headers that belong to the connection. The client writes them itself, so
/// that no caller's header can make a receiver see another request than ours.
const OWN: [HeaderName; 9] = [
    header::HOST,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::TE,
    header::TRAILER,
    header::UPGRADE,
    header::EXPECT,
    header::PROXY_AUTHORIZATION,
];

/// What a server answered, whatever its status: a redirect or a failure is an
/// answer too.
#[derive(Clone)]
pub struct Answer {
    /// The status; 200 to 299 say that the request was taken.
    pub status: StatusCode,
    /// The headers, `Retry-After` perhaps among them.
    pub headers: HeaderMap,
    /// The body, at most as much of it as the configuration reads.
    pub body: Vec<u8>,
    /// Whether the body went on.
    pub cut: bool,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}

/// Posts to the outside within the rules of a [`Config`].
///
/// Clones share everything. A connection is opened for each request and closed
/// after it: receivers are many and requests to each are few.
#[derive(Clone)]
pub struct Client {
    config: Arc<Config>,
    user_agent: HeaderValue,
    resolver: Arc<dyn Resolve>,
    tls: TlsConnector,
}

enum Stream {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

impl Client {
    /// A client that resolves names as the system does. Reads the certificate
    /// authorities, so it is made once, at start-up.
    ///
    /// # Errors
    /// When the configuration cannot work, or no authority is found.
    pub fn new(config: Config) -> Result<Self, BuildError> {
        Self::with_resolver(config, Arc::new(System))
    }

    /// A client that asks `resolver` for the addresses of names.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_resolver(config: Config, resolver: Arc<dyn Resolve>) -> Result<Self, BuildError> {
        if config.connect_timeout.is_zero() || config.total_timeout.is_zero() {
            return Err(BuildError::ZeroTimeout);
        }
        let user_agent = config.user_agent.parse().map_err(BuildError::UserAgent)?;
        let tls = trust::connector(&config.trust)?;
        Ok(Self { config: Arc::new(config), user_agent, resolver, tls })
    }

    /// Says already when a URL is typed whether its text rules it out. A name
    /// that passes may still lead to an address that is refused when posting.
    ///
    /// # Errors
    /// Why [`Client::post`] would never post to `url`.
    pub fn check(&self, url: &str) -> Result<(), TargetError> {
        Target::parse(url, &self.config).map(drop)
    }

    /// As [`Client::check`], and looks the name up too: says now whether its addresses of now
    /// are refused. Nothing is connected to.
    ///
    /// # Errors
    /// Why [`Client::post`] would not post to `url` now.
    pub async fn look_up(&self, url: &str) -> Result<(), SendError> {
        let target = Target::parse(url, &self.config)?;
        let within = self.config.connect_timeout;
        let found = timeout(within, self.addresses(&target)).await;
        let origin = target.origin.clone();
        found.map_err(|_| SendError::ConnectTimedOut { origin, within })?.map(drop)
    }

    /// Posts `body` to `url` and waits for the answer; one of any status is
    /// `Ok`. `headers` are sent as given, save those that belong to the
    /// connection.
    ///
    /// # Errors
    /// When `url` or an address of its host is refused, or no complete answer
    /// came in time. The request may have been received all the same.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answer, SendError> {
        let target = Target::parse(url, &self.config)?;
        let within = self.config.total_timeout;
        match timeout(within, self.send(&target, headers, body)).await {
            Ok(answered) => answered,
            Err(_) => Err(SendError::AnswerTimedOut { origin: target.origin, within }),
        }
    }

    async fn send(
        &self,
        target: &Target,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answer, SendError> {
        let request = self.request(target, headers, body);
        let origin = || target.origin.clone();
        let within = self.config.connect_timeout;
        let stream = timeout(within, self.connect(target))
            .await
            .map_err(|_| SendError::ConnectTimedOut { origin: origin(), within })??;
        let limit = self.config.max_answer;
        let answered = match stream {
            Stream::Plain(stream) => exchange(stream, request, limit).await,
            Stream::Encrypted(stream) => exchange(stream, request, limit).await,
        };
        answered.map_err(|source| SendError::Exchange { origin: origin(), source })
    }

    fn request(
        &self,
        target: &Target,
        mut headers: HeaderMap,
        body: Vec<u8>,
    ) -> Request<Full<Bytes>> {
        for name in &OWN {
            headers.remove(name);
        }
        headers.entry(header::USER_AGENT).or_insert_with(|| self.user_agent.clone());
        let host = HeaderValue::try_from(target.authority.as_str());
        headers.insert(header::HOST, host.expect("the URL parser leaves printable ASCII only"));
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        let mut request = Request::new(Full::new(body.into()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = target.path.clone();
        *request.headers_mut() = headers;
        request
    }

    async fn connect(&self, target: &Target) -> Result<Stream, SendError> {
        let origin = || target.origin.clone();
        let addresses = self.addresses(target).await?;
        let stream = open(&addresses, target.port, self.config.connect_timeout)
            .await
            .map_err(|source| SendError::Connect { origin: origin(), source })?;
        if !target.encrypted {
            return Ok(Stream::Plain(stream));
        }
        let insecure = |source| SendError::Tls { origin: origin(), source };
        let name = target.host.server_name().map_err(insecure)?;
        let stream = self.tls.connect(name, stream).await.map_err(insecure)?;
        Ok(Stream::Encrypted(Box::new(stream)))
    }

    /// The addresses of the target, all of them judged. One that is refused
    /// refuses all: a name that leads inside and outside has no good reason to.
    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, SendError> {
        let name = match &target.host {
            Where::Address(address) => return Ok(vec![*address]),
            Where::Name(name) => name,
        };
        let origin = || target.origin.clone();
        let found = self
            .resolver
            .resolve(name)
            .await
            .map_err(|source| SendError::Resolve { origin: origin(), source })?;
        if found.is_empty() {
            return Err(SendError::NoAddress { origin: origin() });
        }
        for address in &found {
            if let Some(class) = refusal(*address, &self.config.allowed) {
                return Err(SendError::Refused { origin: origin(), address: *address, class });
            }
        }
        Ok(found)
    }
}
