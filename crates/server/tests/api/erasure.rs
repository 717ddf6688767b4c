use exact_world::passport;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn an_operator_erases_a_person_and_gets_a_certificate() {
    let client = Client::new(&[Scope::Accounts, Scope::Admin]).await;
    let new = json!({ "external_id": "user-1", "country": "SGP" });
    let account = client.call("POST", "/v1/accounts", new).await.json();
    assert_eq!(account["country"], "SGP");
    let account = account["id"].as_str().unwrap();
    let path = |rest: &str| format!("/v1/accounts/{account}/{rest}");
    let nobody = client.call("GET", &path("erasure"), Value::Null).await;
    assert_eq!(nobody.code(), (404, "erasure-not-found".to_owned()));

    let bad = client.call("POST", &path("holds"), json!({ "ground": "" })).await;
    assert_eq!(bad.code(), (422, "ground-invalid".to_owned()));
    let past = json!({ "ground": "case 17", "until": "2020-01-01T00:00:00Z" });
    let past = client.call("POST", &path("holds"), past).await;
    assert_eq!(past.code(), (422, "until-invalid".to_owned()));
    let held = client.call("POST", &path("holds"), json!({ "ground": "case 17" })).await;
    let hold = held.json()["id"].as_str().unwrap().to_owned();
    let waits = client.call("POST", &path("erase"), Value::Null).await.json();
    assert_eq!((&waits["state"], &waits["erased_at"]), (&json!("restricted"), &Value::Null));
    let thaw = client.call("POST", &path("thaw"), Value::Null).await;
    assert_eq!(thaw.code(), (409, "account-erased".to_owned()));

    let released = client.call("DELETE", &path(&format!("holds/{hold}")), Value::Null).await;
    assert_eq!(released.status, 204);
    let holds = client.call("GET", &path("holds"), Value::Null).await.json();
    assert!(holds[0]["released_at"].is_string());
    let erased = client.call("POST", &path("erase"), Value::Null).await.json();
    assert_eq!(erased["state"], "erased");
    assert_eq!(erased["backups_until"], "2026-04-01T12:00:00Z");
    let back = client.call("DELETE", &path("erasure"), Value::Null).await;
    assert_eq!(back.code(), (409, "erasure-not-waiting".to_owned()));
}

#[tokio::test]
async fn an_erased_applicant_is_told_so_and_nothing_else() {
    let client = Client::new(&[Scope::Accounts, Scope::Admin]).await;
    let (account, _, token) = client.open("user-1").await;
    client.verify(&token, passport(|_| {})).await;
    client.call("POST", &format!("/v1/accounts/{account}/erase"), Value::Null).await;
    let gone = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await;
    assert_eq!(gone.code(), (410, "erased".to_owned()));
}

#[tokio::test]
async fn a_country_is_one() {
    let client = Client::new(&[Scope::Accounts]).await;
    let new = json!({ "external_id": "user-1", "country": "Singapore" });
    let refused = client.call("POST", "/v1/accounts", new).await;
    assert_eq!(refused.code(), (422, "country-invalid".to_owned()));
}
