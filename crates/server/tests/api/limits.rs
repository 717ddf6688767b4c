use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use bonafide_server::{Rate, Rates, Settings};
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::{Answer, Client};

async fn limited() -> Client {
    let rates = Rates {
        key: Rate { per_minute: 60, burst: 4 },
        applicant: Rate { per_minute: 30, burst: 2 },
        failures: Rate { per_minute: 6, burst: 2 },
    };
    let settings = Settings { rates, ..Settings::default() };
    Client::with(&[Scope::Accounts], settings).await
}

fn too_many(answer: &Answer, seconds: &str) {
    assert_eq!(answer.code(), (429, "too-many-requests".to_owned()));
    assert_eq!(answer.headers["retry-after"], seconds);
}

#[tokio::test]
async fn a_key_and_an_applicant_ask_so_often_and_no_more() {
    let client = limited().await;
    let (_, _, token) = client.open("user-1").await;
    let events = async || client.call("GET", "/v1/events", Value::Null).await;
    assert_eq!(events().await.status, 200);
    assert_eq!(events().await.status, 200);
    too_many(&events().await, "1");
    let case = async || client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await;
    assert_eq!(case().await.status, 200, "an applicant has a bucket of their own");
    assert_eq!(case().await.status, 200);
    too_many(&case().await, "2");
    client.house.clock.go(1);
    assert_eq!(events().await.status, 200);
    too_many(&case().await, "1");
    for path in ["/healthz", "/readyz"] {
        for _ in 0..10 {
            assert!(client.call("GET", path, Value::Null).await.status < 300, "{path}");
        }
    }
}

#[tokio::test]
async fn an_address_guesses_so_often_and_no_more() {
    let client = limited().await;
    let ask = async |token: &str, from: &str| {
        let peer: SocketAddr = "127.0.0.1:9".parse().unwrap();
        let request = Request::builder().uri("/v1/events").extension(ConnectInfo(peer));
        let request = request.header("x-forwarded-for", from);
        let request = request.header("authorization", format!("Bearer {token}"));
        client.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(ask("guess-1", "203.0.113.1").await.status, 401);
    assert_eq!(ask("guess-2", "203.0.113.1").await.status, 401);
    too_many(&ask("guess-3", "203.0.113.1").await, "10");
    too_many(&ask(&client.token, "203.0.113.1").await, "10");
    assert_eq!(ask("guess-4", "203.0.113.2").await.status, 401, "another address");
    assert_eq!(ask(&client.token, "203.0.113.3").await.status, 200);
    assert_eq!(ask(&client.token, "203.0.113.1").await.status, 200, "it opened something lately");
    too_many(&ask("guess-5", "203.0.113.1").await, "10");
    assert_eq!(ask("guess-6", "2001:db8::1").await.status, 401);
    assert_eq!(ask("guess-7", "2001:db8::2").await.status, 401);
    too_many(&ask("guess-8", "2001:db8::3").await, "10");
    client.house.clock.go(10);
    assert_eq!(ask("guess-9", "203.0.113.1").await.status, 401);
    let body = json!(null);
    assert_eq!(client.call("GET", "/v1/events", body).await.status, 200, "no address is known");
}
