//! Where nothing is sent to.

use std::time::Duration;

use bonafide_outgoing::http::HeaderMap;
use bonafide_outgoing::{AddressClass, BuildError, Client, Config, SendError, TargetError, Trust};
use tokio::net::TcpSocket;

use crate::world::{Untouched, client, config, named};

/// Of the networks that the tests' servers are in, none is allowed.
fn strict() -> Config {
    Config { allowed: vec![], ..config() }
}

#[tokio::test]
async fn an_address_in_the_url_is_refused_in_every_spelling() {
    let listening = Untouched::bind();
    let port = listening.port();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "169.254.169.254",
        "2852039166",
        "[fd00:ec2::254]",
    ] {
        let url = format!("http://{host}:{port}/");
        let refused = client(strict()).post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
        let class = matches!(refused, SendError::Target(TargetError::Address { .. }));
        assert!(class && refused.is_permanent(), "{host}: {refused}");
        assert!(client(strict()).check(&url).is_err(), "{host}");
    }
    listening.assert();
}

#[tokio::test]
async fn a_name_with_one_refused_address_is_refused() {
    let listening = Untouched::bind();
    let url = format!("http://hook.test:{}/", listening.port());
    let cases: [(&[&str], &str, AddressClass); 6] = [
        (&["127.0.0.1"], "127.0.0.1", AddressClass::Loopback),
        (&["8.8.8.8", "127.0.0.1"], "127.0.0.1", AddressClass::Loopback),
        (&["127.0.0.1", "8.8.8.8"], "127.0.0.1", AddressClass::Loopback),
        (&["8.8.8.8", "2606:4700::1111", "10.0.0.7"], "10.0.0.7", AddressClass::Private),
        (&["169.254.169.254"], "169.254.169.254", AddressClass::LinkLocal),
        (&["::ffff:127.0.0.1"], "::ffff:127.0.0.1", AddressClass::Mapped),
    ];
    for (addresses, expected, expected_class) in cases {
        let (client, names) = named(strict(), addresses);
        client.check(&url).unwrap();
        let refused = client.post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
        let SendError::Refused { address, class, .. } = refused else { panic!("{refused}") };
        assert_eq!((address.to_string().as_str(), class), (expected, expected_class));
        assert_eq!(names.asked(), 1);
    }
    listening.assert();
}

#[tokio::test]
async fn looking_up_tells_what_posting_would_and_connects_to_nothing() {
    let listening = Untouched::bind();
    let url = format!("http://hook.test:{}/", listening.port());
    let cases: [(&[&str], &str, Result<(), &str>); 5] = [
        (&["127.0.0.1"], &url, Err("address-refused")),
        (&["169.254.169.254"], &url, Err("address-refused")),
        (&["8.8.8.8"], &url, Ok(())),
        (&[], &url, Err("name-without-address")),
        (&["8.8.8.8"], "http://[::ffff:10.0.0.1]/", Err("address-refused")),
    ];
    for (addresses, url, expected) in cases {
        let found = named(strict(), addresses).0.look_up(url).await;
        let found = found.map_err(|error| error.code());
        assert_eq!(found, expected, "{addresses:?} {url}");
    }
    listening.assert();
}

#[tokio::test]
async fn an_exception_opens_its_own_network_only() {
    let allowed = vec!["10.0.0.0/8".parse().unwrap()];
    let (client, _) = named(Config { allowed, ..config() }, &["10.0.0.7", "127.0.0.1"]);
    let refused = client.post("http://hook.test/", HeaderMap::new(), vec![]).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "http://hook.test is not posted to: its name leads to 127.0.0.1, a loopback address; let \
         it lead to public ones only, or let the operator allow that network"
    );
}

#[tokio::test]
async fn a_name_without_an_address_and_one_unknown_are_told_apart() {
    let (client, _) = named(config(), &[]);
    let post = || client.post("http://hook.test/", HeaderMap::new(), vec![]);
    let failed = post().await.unwrap_err();
    assert!(matches!(failed, SendError::NoAddress { .. }), "{failed}");
    let failed = post().await.unwrap_err();
    assert!(matches!(failed, SendError::Resolve { .. }), "{failed}");
    assert!(!failed.is_permanent());
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_a_failure_to_connect() {
    // Bound, so that nobody else takes the port, and never listening.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/", socket.local_addr().unwrap());
    let failed = client(config()).post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
    assert!(matches!(failed, SendError::Connect { .. }), "{failed}");
}

#[tokio::test]
async fn plain_http_needs_the_operators_leave() {
    let listening = Untouched::bind();
    let client = client(Config { allow_http: false, ..config() });
    let url = format!("http://127.0.0.1:{}/", listening.port());
    let refused = client.post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
    assert!(matches!(refused, SendError::Target(TargetError::PlainHttp { .. })), "{refused}");
    listening.assert();
}

#[test]
fn a_configuration_that_cannot_work_builds_no_client() {
    let pem = |text: &str| Trust::Pem(text.into());
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let cases = [
        (Config { total_timeout: Duration::ZERO, ..config() }, "is zero"),
        (Config { connect_timeout: Duration::ZERO, ..config() }, "is zero"),
        (Config { user_agent: "a\nb".into(), ..config() }, "printable ASCII"),
        (Config { trust: pem(""), ..config() }, "no certificate authority was found"),
        (Config { trust: pem("-----BEGIN CERTIFICATE-----\n"), ..config() }, "not valid PEM"),
        (Config { trust: pem(no_certificate), ..config() }, "is not usable"),
    ];
    for (config, expected) in cases {
        let refused: BuildError = Client::new(config).err().expect(expected);
        assert!(refused.to_string().contains(expected), "{refused}");
    }
}
