//! What is sent, and what becomes of the answer.

use std::time::Duration;

use bonafide_outgoing::http::{HeaderMap, StatusCode};
use bonafide_outgoing::{Config, SendError};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::world::{Untouched, client, config, named, request, serve};

const EMPTY: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const SHORT: Duration = Duration::from_millis(200);

#[tokio::test]
async fn a_post_arrives_as_given_and_its_answer_comes_back() {
    let answer = "HTTP/1.1 202 Accepted\r\nretry-after: 7\r\ncontent-length: 5\r\n\r\ntaken";
    let (address, served) = serve(answer).await;
    let headers = HeaderMap::from_iter([("webhook-id".parse().unwrap(), "evt_1".parse().unwrap())]);
    let client = client(config());
    let url = format!("http://{address}/hooks/7?a=b#c");
    let answer = tokio::spawn(async move { client.post(&url, headers, b"{\"a\":1}".into()).await });
    let answer = answer.await.unwrap().unwrap();
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.headers["retry-after"], "7");
    assert_eq!((answer.body.as_slice(), answer.cut), (b"taken".as_slice(), false));

    let asked = served.await.unwrap();
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "{\"a\":1}");
    let mut lines: Vec<_> = head.lines().collect();
    assert_eq!(lines.remove(0), "POST /hooks/7?a=b HTTP/1.1");
    lines.sort_unstable();
    let host = format!("host: {address}");
    let expected = [
        "connection: close",
        "content-length: 7",
        &host,
        "user-agent: Bonafide",
        "webhook-id: evt_1",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn headers_of_the_connection_are_the_clients_own() {
    let (address, served) = serve(EMPTY).await;
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "elsewhere.test"),
        ("content-length", "0"),
        ("transfer-encoding", "chunked"),
        ("connection", "keep-alive"),
        ("expect", "100-continue"),
        ("upgrade", "websocket"),
        ("user-agent", "Mine"),
    ] {
        headers.append(name, value.parse().unwrap());
    }
    client(config()).post(&format!("http://{address}/"), headers, b"abc".into()).await.unwrap();
    let asked = served.await.unwrap();
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().skip(1).collect();
    lines.sort_unstable();
    let host = format!("host: {address}");
    assert_eq!(lines, ["connection: close", "content-length: 3", &host, "user-agent: Mine"]);
    assert_eq!(body, "abc");
}

#[tokio::test]
async fn a_large_body_arrives_whole() {
    let (address, served) = serve(EMPTY).await;
    let body = vec![b'x'; 3_000_000];
    let url = format!("http://{address}/");
    client(config()).post(&url, HeaderMap::new(), body).await.unwrap();
    assert!(served.await.unwrap().ends_with(&"x".repeat(3_000_000)));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let elsewhere = Untouched::bind();
    let location = format!("http://127.0.0.1:{}/", elsewhere.port());
    for status in ["301", "302", "303", "307", "308"] {
        let answer =
            format!("HTTP/1.1 {status} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let (address, _) = serve(answer).await;
        let url = format!("http://{address}/");
        let answer = client(config()).post(&url, HeaderMap::new(), vec![]).await.unwrap();
        assert_eq!(answer.status.as_str(), status);
        assert_eq!(answer.headers["location"], location);
    }
    elsewhere.assert();
}

#[tokio::test]
async fn no_more_of_a_body_is_read_than_configured() {
    let head = "HTTP/1.1 200 OK\r\n";
    let cases = [
        (64, format!("{head}content-length: 64\r\n\r\n{}", "a".repeat(64)), 64, false),
        (63, format!("{head}content-length: 64\r\n\r\n{}", "a".repeat(64)), 63, true),
        (0, format!("{head}content-length: 64\r\n\r\n{}", "a".repeat(64)), 0, true),
        (0, format!("{head}content-length: 0\r\n\r\n"), 0, false),
        (64, format!("{head}\r\n{}", "a".repeat(20)), 20, false),
        (64, format!("{head}transfer-encoding: chunked\r\n\r\n3\r\naaa\r\n0\r\n\r\n"), 3, false),
    ];
    for (max_answer, answer, length, cut) in cases {
        let (address, _) = serve(answer.as_str()).await;
        let client = client(Config { max_answer, ..config() });
        let url = format!("http://{address}/");
        let read = client.post(&url, HeaderMap::new(), vec![]).await.unwrap();
        assert_eq!((read.body, read.cut), (vec![b'a'; length], cut), "{max_answer} {answer}");
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_left_and_the_connection_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let endless = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        while stream.write_all(&[b'a'; 4096]).await.is_ok() {}
    });
    let url = format!("http://{address}/");
    let answer = client(config()).post(&url, HeaderMap::new(), vec![]).await.unwrap();
    assert_eq!((answer.body.len(), answer.cut), (64, true));
    endless.await.unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_finish_is_given_up() {
    for begun in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let silent = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            request(&mut stream).await;
            stream.write_all(begun.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        });
        let client = client(Config { total_timeout: SHORT, ..config() });
        let url = format!("http://{address}/SECRET");
        let failed = client.post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
        assert!(matches!(failed, SendError::AnswerTimedOut { .. }), "{begun}: {failed}");
        assert!(!failed.is_permanent());
        silent.abort();
    }
}

#[tokio::test]
async fn a_server_that_is_silent_about_tls_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let client = client(Config { connect_timeout: SHORT, ..config() });
    let failed = client.post(&url, HeaderMap::new(), vec![]).await.unwrap_err();
    assert!(matches!(failed, SendError::ConnectTimedOut { .. }), "{failed}");
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_an_error_that_tells_nothing_of_it() {
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "SECRET".repeat(10_000));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: SECRET\r\n".repeat(1_000));
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nSECRET";
    for answer in ["", "SSH-2.0-SECRET\r\n", &long, &many, cut] {
        // The client may hang up before it has read all.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer = answer.to_owned();
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            request(&mut stream).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        });
        let url = format!("http://{address}/SECRET?SECRET");
        let failed = client(config()).post(&url, HeaderMap::new(), b"SECRET".into()).await;
        let failed = failed.unwrap_err();
        assert!(matches!(failed, SendError::Exchange { .. }), "{failed}");
        assert!(!format!("{failed} {failed:?}").contains("SECRET"), "{failed:?}");
        served.await.unwrap();
    }
}

#[tokio::test]
async fn of_several_addresses_the_next_is_tried_when_one_takes_no_connection() {
    let (address, served) = serve(EMPTY).await;
    let (client, names) = named(config(), &["127.0.0.2", "127.0.0.1"]);
    let url = format!("http://hook.test:{}/", address.port());
    let answer = client.post(&url, HeaderMap::new(), vec![]).await.unwrap();
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(served.await.unwrap().contains(&format!("host: hook.test:{}\r\n", address.port())));
    assert_eq!(names.asked(), 1);
}
