//! A case that goes on on another device, and messages about it.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

const CASE: (&str, &str) = ("GET", "/v1/applicant/case");

async fn offered(client: &Client, token: &str) -> Value {
    let offer = client.call_as(token, ("POST", "/v1/applicant/handoff"), &[], "").await;
    assert_eq!(offer.status, 201, "{}", offer.json());
    offer.json()
}

async fn taken(client: &Client, code: &Value) -> crate::client::Answer {
    let code = json!({ "code": code }).to_string();
    client.call_as("", ("POST", "/v1/handoff"), &[], code).await
}

async fn state(client: &Client, token: &str) -> String {
    let now = client.call_as(token, ("GET", "/v1/applicant/handoff"), &[], "").await.json();
    now["state"].as_str().unwrap().to_owned()
}

async fn answer(client: &Client, token: &str, word: &str) -> u16 {
    let path = format!("/v1/applicant/handoff/{word}");
    client.call_as(token, ("POST", &path), &[], "").await.status
}

#[tokio::test]
async fn another_device_goes_on_once_the_first_confirms_it() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, case, desktop) = client.open("user-12345").await;
    let none = client.call_as(&desktop, ("GET", "/v1/applicant/handoff"), &[], "").await;
    assert_eq!(none.code(), (404, "handoff-not-found".to_owned()));
    let offer = offered(&client, &desktop).await;
    assert_eq!(state(&client, &desktop).await, "issued");
    assert_eq!(answer(&client, &desktop, "confirm").await, 409, "nobody took it yet");

    let swapped = taken(&client, &offer["code"]).await;
    assert_eq!(swapped.status, 201);
    let swapped = swapped.json();
    assert_eq!(swapped["number"], offer["number"], "both show the same number");
    assert_eq!(swapped["account"], "us•••45");
    let phone = swapped["token"].as_str().unwrap();
    let early = client.call_as(phone, CASE, &[], "").await;
    assert_eq!(early.code(), (403, "handoff-unconfirmed".to_owned()));
    let twice = taken(&client, &offer["code"]).await;
    assert_eq!(twice.code(), (404, "handoff-code-unknown".to_owned()));

    assert_eq!(state(&client, &desktop).await, "swapped");
    assert_eq!(answer(&client, &desktop, "confirm").await, 204);
    for token in [phone, &desktop] {
        let seen = client.call_as(token, CASE, &[], "").await.json();
        assert_eq!(seen["id"], case.as_str());
    }
    client.call("POST", &format!("/v1/cases/{case}/token"), Value::Null).await;
    let ended = client.call_as(phone, CASE, &[], "").await;
    assert_eq!(ended.code(), (401, "unauthorized".to_owned()), "as the token before");
}

#[tokio::test]
async fn a_device_that_is_not_the_persons_gets_nothing() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, desktop) = client.open("user-1").await;
    let first = offered(&client, &desktop).await;
    let second = offered(&client, &desktop).await;
    let replaced = taken(&client, &first["code"]).await;
    assert_eq!(replaced.code(), (404, "handoff-code-unknown".to_owned()));
    let stranger = taken(&client, &second["code"]).await.json()["token"].clone();
    assert_eq!(answer(&client, &desktop, "refuse").await, 204);
    assert_eq!(state(&client, &desktop).await, "refused");
    assert_eq!(answer(&client, &desktop, "confirm").await, 409);
    let refused = client.call_as(stranger.as_str().unwrap(), CASE, &[], "").await;
    assert_eq!(refused.code(), (401, "unauthorized".to_owned()));

    let late = offered(&client, &desktop).await;
    client.house.clock.go(10 * 60);
    assert_eq!(taken(&client, &late["code"]).await.status, 404);
    assert_eq!(state(&client, &desktop).await, "expired");
}

#[tokio::test]
async fn whoever_did_not_start_it_ends_it_on_their_own_device() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, desktop) = client.open("user-1").await;
    assert_eq!(answer(&client, &desktop, "disown").await, 409, "it is no other device");
    for confirmed in [false, true] {
        let offer = offered(&client, &desktop).await;
        let phone = taken(&client, &offer["code"]).await.json()["token"].clone();
        let phone = phone.as_str().unwrap();
        if confirmed {
            assert_eq!(answer(&client, &desktop, "confirm").await, 204);
        }
        assert_eq!(answer(&client, phone, "disown").await, 204);
        assert_eq!(state(&client, &desktop).await, "refused");
        assert_eq!(answer(&client, &desktop, "confirm").await, 409);
        let ended = client.call_as(phone, CASE, &[], "").await;
        assert_eq!(ended.code(), (401, "unauthorized".to_owned()));
        assert_eq!(answer(&client, phone, "disown").await, 401);
    }
}

#[tokio::test]
async fn codes_are_not_guessed_for_long() {
    for (method, path) in [("POST", "/v1/handoff"), ("PUT", "/v1/applicant/referral")] {
        let client = Client::new(&[Scope::Accounts]).await;
        let (_, _, token) = client.open("user-1").await;
        let mut last = 0;
        for number in 0..70 {
            let code = json!({ "code": format!("GUESS{number}") }).to_string();
            let peer = ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 7)));
            let request = Request::builder().method(method).uri(path).extension(peer);
            let request = request.header("authorization", format!("Bearer {token}"));
            last = client.send(request.body(code.into()).unwrap()).await.status;
        }
        assert_eq!(last, 429, "{path}");
    }
}

#[tokio::test]
async fn a_person_writes_to_the_operators_people() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, case, token) = client.open("user-1").await;
    let write = async |text: &str| {
        let body = json!({ "text": text }).to_string();
        client.call_as(&token, ("POST", "/v1/applicant/messages"), &[], body).await
    };
    for bad in ["", "  ", "bell\u{7}", &"x".repeat(2001)] {
        assert_eq!(write(bad).await.code(), (422, "message-invalid".to_owned()));
    }
    assert_eq!(write(" My card is at the bank.\nUntil Friday. ").await.status, 204);
    let path = format!("/v1/cases/{case}/messages");
    let seen = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(seen[0]["text"], "My card is at the bank.\nUntil Friday.");
    let events = client.call("GET", "/v1/events", Value::Null).await.json();
    let told = events.as_array().unwrap().iter().find(|event| event["kind"] == "case.message");
    assert!(!told.unwrap().to_string().contains("bank"), "it says that, and not what");
    for _ in 1..20 {
        assert_eq!(write("Hello?").await.status, 204);
    }
    assert_eq!(write("Hello?").await.code(), (409, "messages-too-many".to_owned()));
}
