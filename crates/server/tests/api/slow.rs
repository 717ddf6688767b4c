//! Bodies that come slowly, or not at all.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use bonafide_server::Settings;
use exact_world::passport;
use futures_util::stream;
use tokio::sync::oneshot;
use tower::ServiceExt;
use workflow::Scope;

use crate::client::Client;

/// An upload that announces a whole capture and sends nothing, and a word once its body is read.
fn nothing(token: &str) -> (Request<Body>, oneshot::Receiver<()>) {
    let (here, read) = oneshot::channel();
    let body = stream::once(async move {
        here.send(()).unwrap();
        std::future::pending::<Result<Vec<u8>, Infallible>>().await
    });
    let request = Request::put("/v1/applicant/uploads/capture")
        .header("authorization", format!("Bearer {token}"))
        .header("content-length", 48 << 20)
        .body(Body::from_stream(body));
    (request.unwrap(), read)
}

#[tokio::test]
async fn a_body_that_stands_is_too_slow_and_not_too_large() {
    let silence = Duration::from_millis(1);
    let client =
        Client::with(&[Scope::Accounts], Settings { silence, ..Settings::default() }).await;
    let (_, _, token) = client.open("user-1").await;
    let stalled = client.send(nothing(&token).0).await;
    assert_eq!(stalled.code(), (408, "too-slow".to_owned()));
}

#[tokio::test]
async fn nobody_keeps_the_others_waiting_by_uploads_that_do_not_end() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, slow) = client.open("user-1").await;
    let (_, _, other) = client.open("user-2").await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let (request, read) = nothing(&slow);
        held.push(tokio::spawn(client.router.clone().oneshot(request)));
        read.await.unwrap();
    }
    let front = ("PUT", "/v1/applicant/uploads/front");
    let more = client.send(nothing(&slow).0).await;
    assert_eq!(more.code(), (429, "too-many-requests".to_owned()));
    assert_eq!(more.headers["retry-after"], "10");
    let upload = async |token: &str| client.call_as(token, front, &[], passport(|_| {})).await;
    assert_eq!(upload(&other).await.status, 200);
    for task in held {
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    assert_eq!(upload(&slow).await.status, 200, "what broke off takes no room");
}
