//! An operator's system that is told of events: a server that keeps what it was sent, and names
//! that lead to it or elsewhere.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use outgoing::http::{HeaderMap, HeaderName, HeaderValue};
use outgoing::{Client, Config, Resolve, Resolving, Trust};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A client for which names are as [`Names`] says, and 127.0.0.1 is outside.
pub(crate) fn client() -> Client {
    let config = Config {
        allow_http: true,
        allowed: vec!["127.0.0.1/32".parse().unwrap()],
        total_timeout: Duration::from_secs(50),
        trust: nobody(),
        ..Config::default()
    };
    Client::with_resolver(config, Arc::new(Names::default())).unwrap()
}

/// An authority that no server has a certificate of.
fn nobody() -> Trust {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let encoded = STANDARD.encode(authority.der());
    Trust::Pem(format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"))
}

/// `receiver.test` is this machine, `metadata.test` a cloud's, `shared.test` a provider's;
/// `moving.test` is not known at first and a cloud's from then on. No other name is known.
#[derive(Debug, Default)]
struct Names {
    moved: AtomicBool,
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        let metadata = Ipv4Addr::new(169, 254, 169, 254);
        let address = match host {
            "receiver.test" => Some(Ipv4Addr::LOCALHOST),
            "metadata.test" => Some(metadata),
            "shared.test" => Some(Ipv4Addr::new(100, 64, 0, 1)),
            "moving.test" => self.moved.swap(true, Ordering::Relaxed).then_some(metadata),
            _ => None,
        };
        let found = address.map(|address| vec![IpAddr::V4(address)]);
        Box::pin(async move { found.ok_or_else(|| io::Error::other("no such name")) })
    }
}

/// What a receiver was sent.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, byte by byte.
    pub body: Vec<u8>,
}

impl Received {
    /// Its body.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The text of a header, which must be there.
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// What is answered; nothing for ever where there is none.
type Answer = Arc<Mutex<Option<String>>>;

/// A server on this machine, until its runtime ends.
#[derive(Debug)]
pub struct Receiver {
    /// Where it is.
    pub url: String,
    answer: Answer,
    received: UnboundedReceiver<Received>,
}

impl Receiver {
    /// One that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://receiver.test:{}/hook", listener.local_addr().unwrap().port());
        let (seen, received) = unbounded_channel();
        let receiver = Self { url, answer: Answer::default(), received };
        receiver.answers("HTTP/1.1 204 No Content\r\n");
        let answer = Arc::clone(&receiver.answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(exchange(stream, seen.clone(), Arc::clone(&answer)));
            }
        });
        receiver
    }

    /// From now on it answers with this status line and these headers.
    pub fn answers(&self, head: &str) {
        self.set(Some(format!("{head}content-length: 0\r\n\r\n")));
    }

    /// From now on it takes requests and never answers.
    pub fn is_silent(&self) {
        self.set(None);
    }

    fn set(&self, answer: Option<String>) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// What it was sent and nobody has seen yet.
    pub fn received(&mut self) -> Vec<Received> {
        std::iter::from_fn(|| self.received.try_recv().ok()).collect()
    }

    /// What it is sent next.
    pub async fn next(&mut self) -> Received {
        self.received.recv().await.unwrap()
    }
}

async fn exchange(mut stream: TcpStream, seen: UnboundedSender<Received>, answer: Answer) {
    let received = request(&mut stream).await;
    let answer = answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // Nobody listens any more once the receiver was dropped.
    let _ = seen.send(received);
    let Some(answer) = answer else { return std::future::pending().await };
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

/// Reads a request to the end of the body that its `content-length` announces.
async fn request(stream: &mut TcpStream) -> Received {
    let mut read = Vec::new();
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let headers = headers(std::str::from_utf8(&read[..end]).unwrap());
            let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
            let body = &read[end + 4..];
            if body.len() >= length {
                return Received { headers, body: body.to_vec() };
            }
        }
        let count = stream.read_buf(&mut read).await.unwrap();
        assert!(count > 0, "the request broke off");
    }
}

fn headers(head: &str) -> HeaderMap {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let header = |(name, value): (&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    };
    lines.map(header).collect()
}
