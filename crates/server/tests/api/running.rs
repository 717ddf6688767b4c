//! Keys in place of others, cases that are given back, jobs that were given up, and what may be
//! repeated.

use exact_world::passport;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

const ALL: [Scope; 3] = [Scope::Accounts, Scope::Review, Scope::Admin];

#[tokio::test]
async fn a_key_is_rotated_and_both_open_until_the_overlap_ends() {
    let client = Client::new(&ALL).await;
    let keys = client.call("GET", "/v1/keys", Value::Null).await.json();
    let path = format!("/v1/keys/{}/rotate", keys[0]["id"].as_str().unwrap());
    let own = client.call("POST", &path, json!({ "overlap_hours": 0 })).await;
    assert_eq!(own.code(), (422, "key-own".to_owned()), "a lost answer would lock out");
    let long = client.call("POST", &path, json!({ "overlap_hours": 169 })).await;
    assert_eq!(long.code(), (422, "overlap-invalid".to_owned()));
    let made = client.call("POST", &path, json!({ "overlap_hours": 2 })).await;
    assert_eq!((made.status, &made.json()["scopes"]), (201, &keys[0]["scopes"]));
    let new = made.json()["token"].as_str().unwrap().to_owned();
    let opens =
        async |token: &str| client.call_as(token, ("GET", "/v1/keys"), &[], "").await.status == 200;
    assert!(opens(&client.token).await && opens(&new).await);
    client.house.clock.go(2 * 3600);
    assert!(!opens(&client.token).await && opens(&new).await);
}

#[tokio::test]
async fn a_key_of_another_kind_of_installation_is_told_apart() {
    let client = Client::new(&ALL).await;
    for (token, word) in [("bf_live_00", "live"), ("bf_test_00", "unknown"), ("x", "unknown")] {
        let refused = client.call_as(token, ("GET", "/v1/keys"), &[], "").await;
        assert_eq!(refused.code(), (401, "unauthorized".to_owned()));
        assert!(refused.json()["detail"].as_str().unwrap().contains(word), "{token}");
    }
}

#[tokio::test]
async fn a_case_is_given_back_to_the_queue_and_its_looks_are_logged() {
    let client = Client::new(&ALL).await;
    let (_, _, token) = client.open("user-1").await;
    client.verify(&token, passport(|_| {})).await;
    let (account, case, token) = client.open("user-2").await;
    client.verify(&token, passport(|_| {})).await;
    let claim = format!("/v1/review/cases/{case}/claim");
    let early = client.call("DELETE", &claim, Value::Null).await;
    assert_eq!(early.code(), (409, "case-not-claimed".to_owned()));
    assert_eq!(client.call("POST", &claim, Value::Null).await.status, 200);
    // A look begins the twenty minutes anew.
    client.house.clock.go(19 * 60);
    let front = format!("/v1/review/cases/{case}/uploads/front");
    assert_eq!(client.call("GET", &front, Value::Null).await.status, 200);
    client.house.clock.go(19 * 60);
    assert_eq!(client.call("DELETE", &claim, Value::Null).await.status, 204);
    let queue = client.call("GET", "/v1/review/cases", Value::Null).await.json();
    assert_eq!(queue["cases"][0]["reviewer"], Value::Null);
    let listed = client.call("GET", &format!("/v1/accounts/{account}/cases"), Value::Null).await;
    assert_eq!(listed.json()[0]["id"], json!(case));

    let messages = format!("/v1/cases/{case}/messages");
    assert_eq!(client.call("GET", &messages, Value::Null).await.status, 200);
    let freeze = format!("/v1/accounts/{account}/freeze");
    client.call("POST", &freeze, json!({ "ground": "a chargeback" })).await;
    let log = client.house.installation.log_of(case.parse().unwrap()).await.unwrap();
    let acts: Vec<_> = log.iter().map(|entry| entry.act.what.as_str()).collect();
    assert_eq!(acts[acts.len() - 3..], ["gave back", "read the messages", "frozen"]);
}

#[tokio::test]
async fn a_job_that_was_given_up_is_shown_with_why_until_it_was_seen() {
    let client = Client::new(&ALL).await;
    let (_, case, token) = client.open("user-1").await;
    *client.house.engine.breaks.lock().unwrap() = 1000;
    client.verify(&token, passport(|_| {})).await;
    for _ in 0..7 {
        client.house.clock.go(600);
        client.house.work().await;
    }
    let dead = client.call("GET", "/v1/jobs/dead", Value::Null).await.json();
    let job = &dead["jobs"][0];
    assert_eq!((&job["payload"], &job["attempts"]), (&json!(case), &json!(8)));
    assert!(job["error"].as_str().unwrap().contains("the model cannot run"), "{job}");
    let path = format!("/v1/jobs/dead/{}", job["id"].as_str().unwrap());
    assert_eq!(client.call("DELETE", &path, Value::Null).await.status, 204);
    let again = client.call("DELETE", &path, Value::Null).await;
    assert_eq!(again.code(), (404, "job-not-found".to_owned()));
    let dead = client.call("GET", "/v1/jobs/dead", Value::Null).await.json();
    assert_eq!(dead, json!({ "jobs": [], "next": null }));
}

#[tokio::test]
async fn a_hold_is_placed_once_and_what_shows_a_secret_refuses_to_be_repeated() {
    let client = Client::new(&ALL).await;
    let (account, ..) = client.open("user-1").await;
    let key = [("idempotency-key", "one")];
    let path = format!("/v1/accounts/{account}/holds");
    let hold =
        async |body: &'static str| client.call_as(&client.token, ("POST", &path), &key, body).await;
    let first = hold(r#"{"ground":"a lawsuit"}"#).await.json();
    assert_eq!(hold(r#"{"ground":"a lawsuit"}"#).await.json(), first);
    let other = hold(r#"{"ground":"another"}"#).await;
    assert_eq!(other.code(), (422, "idempotency-key-reused".to_owned()));
    let holds = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(holds.as_array().unwrap().len(), 1);
    let body = r#"{"name":"Mei","scopes":["spend"]}"#;
    let refused = client.call_as(&client.token, ("POST", "/v1/keys"), &key, body).await;
    assert_eq!(refused.code(), (400, "idempotency-key-refused".to_owned()));
}

#[tokio::test]
async fn every_consent_is_taken_back_with_the_version_of_its_text_in_the_log() {
    let client = Client::new(&ALL).await;
    let (account, case, token) = client.open("user-1").await;
    client.verify(&token, passport(|_| {})).await;
    let written = r#"{"text_version":"Anna Eriksson","agreed":true}"#;
    let consent = ("PUT", "/v1/applicant/consents/cohort");
    let refused = client.call_as(&token, consent, &[], written).await;
    assert_eq!(refused.code(), (422, "detail-invalid".to_owned()));
    for (kind, status) in [("face_match", 204), ("cohort", 204), ("all", 404)] {
        let path = format!("/v1/accounts/{account}/consents/{kind}/withdraw");
        assert_eq!(client.call("POST", &path, Value::Null).await.status, status, "{kind}");
    }
    let log = client.house.installation.log_of(case.parse().unwrap()).await.unwrap();
    let acts: Vec<_> = log.iter().map(|entry| entry.act.what.as_str()).collect();
    assert!(acts.contains(&"agreed face_match 1") && acts.contains(&"withdrew face_match 1"));
}

#[tokio::test]
async fn a_refusal_and_its_appeal_say_why_a_limit_is_low() {
    let client = Client::new(&ALL).await;
    let (account, case, token) = client.open("user-1").await;
    let declined = |front: &mut domain::evidence::PictureEvidence| {
        let document = front.document.as_mut().unwrap();
        let zone = document.mrz.as_mut().unwrap();
        let born = zone.fields.0.get_mut(&domain::field::Field::BirthDate).unwrap();
        "2015-01-01".clone_into(&mut born.value);
    };
    client.verify(&token, passport(declined)).await;
    let path = format!("/v1/accounts/{account}/entitlements");
    let now = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(now["declined"]["case"], json!(case), "{now}");
    let words = now["words"]["en"].as_str().unwrap();
    assert!(words.contains("was declined; until 2026-04-01 you can appeal"), "{words}");
    client.house.clock.go(31 * 24 * 3600);
    let later = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(later["declined"]["appeal_until"], Value::Null);
    assert!(later["words"]["zh-CN"].as_str().unwrap().contains("L2 认证未通过。"), "{later}");
}
