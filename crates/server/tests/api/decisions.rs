use exact_world::passport;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn what_was_decided_is_read_later_until_the_person_is_erased() {
    let client = Client::new(&[Scope::Accounts, Scope::Review, Scope::Admin]).await;
    let (_, _, first) = client.open("user-1").await;
    client.verify(&first, passport(|_| {})).await;
    let (account, case, token) = client.open("user-2").await;
    client.verify(&token, passport(|_| {})).await;
    let path = format!("/v1/review/cases/{case}/decisions");
    let unclaimed = client.call("GET", &path, Value::Null).await;
    assert_eq!(unclaimed.code(), (409, "case-not-claimed".to_owned()));
    client.call("POST", &format!("/v1/review/cases/{case}/claim"), Value::Null).await;
    let engine = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(engine[0]["report"]["reasons"][0]["code"], "DUPLICATE_DOCUMENT");
    let reasons = json!([{ "code": "DUPLICATE_DOCUMENT" }, { "code": "DATA_MISMATCH" }]);
    let declined = json!({ "verdict": "decline", "reasons": reasons, "note": "asked Tom, too" });
    client.call("POST", &format!("/v1/review/cases/{case}/ruling"), declined).await;

    let decisions = client.call("GET", &path, Value::Null).await.json();
    let (last, engine) = (&decisions[0], &decisions[1]);
    assert_eq!((&last["verdict"], &engine["verdict"]), (&json!("decline"), &json!("review")));
    assert!(last["reviewer"].is_string() && engine["reviewer"].is_null());
    assert_eq!(last["report"]["note"], "asked Tom, too");
    assert_eq!(last["report"]["reasons"][0]["code"], "DUPLICATE_DOCUMENT");
    assert_eq!(engine["report"]["reasons"][0]["code"], "DUPLICATE_DOCUMENT");
    let log = client.house.installation.log_of(case.parse().unwrap()).await.unwrap();
    assert!(format!("{log:?}").contains("looked at the decisions"), "{log:?}");

    client.call("POST", &format!("/v1/accounts/{account}/erase"), Value::Null).await;
    let left = client.call("GET", &path, Value::Null).await.json();
    assert_eq!((&left[0]["verdict"], &left[0]["report"]), (&json!("decline"), &Value::Null));
    let none = format!("/v1/review/cases/{}/decisions", case.replace(&case[10..14], "0000"));
    assert_eq!(client.call("GET", &none, Value::Null).await.code().1, "case-not-found");
}
