//! Who is believed to be whom.

use std::sync::Arc;

use bonafide_outgoing::http::HeaderMap;
use bonafide_outgoing::{Config, SendError};
use rcgen::{CertificateParams, KeyPair};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::world::{AUTHORITY, authority, config, exchange, named, pem};

/// Serves one request as `name`; `None` where the client broke the handshake off.
async fn serve(name: &str) -> (u16, JoinHandle<Option<String>>) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &AUTHORITY).unwrap();
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await.ok()?;
        Some(exchange(stream, b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await)
    });
    (port, served)
}

#[tokio::test]
async fn a_server_with_a_certificate_for_its_name_is_posted_to() {
    for (name, host) in [("hook.test", "hook.test"), ("127.0.0.1", "127.0.0.1")] {
        let (port, served) = serve(name).await;
        let (client, _) = named(config(), &["127.0.0.1"]);
        let url = format!("https://{host}:{port}/a");
        let answer = client.post(&url, HeaderMap::new(), b"body".into()).await.unwrap();
        assert_eq!(answer.body, b"ok");
        let asked = served.await.unwrap().unwrap();
        assert!(asked.starts_with("POST /a HTTP/1.1\r\n") && asked.ends_with("body"), "{asked}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_who_it_should_be_is_sent_nothing() {
    let other = Config { trust: pem(&authority()), ..config() };
    let cases = [
        ("a certificate for another name", "other.test", config()),
        ("a certificate for the address", "127.0.0.1", config()),
        ("an authority that is not trusted", "hook.test", other),
    ];
    for (case, name, config) in cases {
        let (port, served) = serve(name).await;
        let (client, _) = named(config, &["127.0.0.1"]);
        let url = format!("https://hook.test:{port}/SECRET");
        let failed = client.post(&url, HeaderMap::new(), b"SECRET".into()).await.unwrap_err();
        assert!(matches!(failed, SendError::Tls { .. }), "{case}: {failed}");
        assert!(!format!("{failed:?}").contains("SECRET"), "{failed:?}");
        assert_eq!(served.await.unwrap(), None, "{case}");
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_a_failure_of_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let (client, _) = named(config(), &[]);
    let failed = client.post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
    assert!(matches!(failed, SendError::Tls { .. }), "{failed}");
    closing.await.unwrap();
}
