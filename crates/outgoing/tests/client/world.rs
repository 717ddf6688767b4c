//! Servers, names and authorities for one test.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bonafide_outgoing::{Client, Config, Resolve, Resolving, Trust};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub static AUTHORITY: LazyLock<CertifiedIssuer<'static, KeyPair>> = LazyLock::new(authority);

pub fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Trust in `authority` alone.
pub fn pem(authority: &CertifiedIssuer<'static, KeyPair>) -> Trust {
    let encoded = STANDARD.encode(authority.der());
    Trust::Pem(format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"))
}

/// Plain HTTP to this machine is allowed, and nothing waits for long.
pub fn config() -> Config {
    Config {
        allow_http: true,
        allowed: vec!["127.0.0.0/8".parse().unwrap()],
        connect_timeout: Duration::from_mins(1),
        total_timeout: Duration::from_mins(1),
        max_answer: 64,
        trust: pem(&AUTHORITY),
        ..Config::default()
    }
}

pub fn client(config: Config) -> Client {
    named(config, &[]).0
}

/// A client for which every name has these addresses.
pub fn named(config: Config, addresses: &[&str]) -> (Client, Arc<Names>) {
    let addresses = addresses.iter().map(|text| text.parse().unwrap()).collect();
    let names = Arc::new(Names { addresses, asked: AtomicUsize::new(0) });
    (Client::with_resolver(config, names.clone()).unwrap(), names)
}

/// Gives every name the same addresses the first time it is asked, and fails
/// whoever asks again.
pub struct Names {
    addresses: Vec<IpAddr>,
    asked: AtomicUsize,
}

impl Names {
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        Box::pin(async {
            match self.asked.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(self.addresses.clone()),
                _ => Err(io::Error::other("asked again")),
            }
        })
    }
}

/// Takes one request, answers with `answer` and gives what it was sent.
pub async fn serve(answer: impl Into<Vec<u8>>) -> (SocketAddr, JoinHandle<String>) {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        exchange(stream, &answer).await
    });
    (address, served)
}

pub async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: &[u8]) -> String {
    let asked = request(&mut stream).await;
    stream.write_all(answer).await.unwrap();
    stream.shutdown().await.unwrap();
    asked
}

/// Reads a request to the end of the body that its `content-length` announces.
pub async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read);
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && body.len() >= announced(head)
        {
            return text.into_owned();
        }
        let count = stream.read_buf(&mut read).await.unwrap();
        assert!(count > 0, "the request broke off");
    }
}

fn announced(head: &str) -> usize {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.map_or(0, |length| length.parse().unwrap())
}

/// A listener that tells whether anyone knocked.
pub struct Untouched(std::net::TcpListener);

impl Untouched {
    pub fn bind() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    pub fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    pub fn assert(&self) {
        let knocked = self.0.accept();
        assert_eq!(knocked.unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }
}
