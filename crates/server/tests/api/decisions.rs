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
    client.call("POST", &format!("/v1/review/cases/{case}/claim"), Value::Null).await;
    let reasons = json!([{ "code": "DUPLICATE_DOCUMENT" }, { "code": "DATA_MISMATCH" }]);
    let declined = json!({ "verdict": "decline", "reasons": reasons, "note": "asked Tom, too" });
    client.call("POST", &format!("/v1/review/cases/{case}/ruling"), declined).await;

    let path = format!("/v1/review/cases/{case}/decisions");
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
    let path = path.replace(&case, &account);
    assert_eq!(client.call("GET", &path, Value::Null).await.status, 404);
}
