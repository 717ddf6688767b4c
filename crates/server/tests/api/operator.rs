use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn a_repeated_request_happens_once() {
    let client = Client::new(&[Scope::Accounts]).await;
    let post = async |body: &str| {
        let headers = [("idempotency-key", "retry-1")];
        let body = body.to_owned();
        client.call_as(&client.token, ("POST", "/v1/accounts"), &headers, body).await
    };
    let first = post(r#"{"external_id":"user-1"}"#).await;
    let again = post(r#"{"external_id":"user-1"}"#).await;
    assert_eq!((first.status, first.json()), (201, again.json()));
    let changed = post(r#"{"external_id":"user-2"}"#).await;
    assert_eq!(changed.code(), (422, "idempotency-key-reused".to_owned()));
    let found = client.call("GET", "/v1/accounts?external_id=user-1", Value::Null).await;
    assert_eq!(found.json(), first.json());
}

#[tokio::test]
async fn keys_are_made_used_and_taken_back() {
    let client = Client::new(&[Scope::Admin]).await;
    let wanted = json!({ "name": "Tom", "scopes": ["review"] });
    let made = client.call("POST", "/v1/keys", wanted).await;
    let made = made.json();
    let token = made["token"].as_str().unwrap();
    let queue = ("GET", "/v1/review/cases");
    assert_eq!(client.call_as(token, queue, &[], "").await.status, 200);
    let other = client.call_as(token, ("GET", "/v1/events"), &[], "").await;
    assert_eq!(other.code(), (403, "scope-missing".to_owned()));
    let path = format!("/v1/keys/{}", made["id"].as_str().unwrap());
    assert_eq!(client.call("DELETE", &path, Value::Null).await.status, 204);
    let revoked = client.call_as(token, queue, &[], "").await;
    assert_eq!(revoked.code(), (401, "unauthorized".to_owned()));
    let list = client.call("GET", "/v1/keys", Value::Null).await.json().to_string();
    assert!(!list.contains(token));
}

#[tokio::test]
async fn the_interface_describes_itself_and_its_health() {
    let client = Client::new(&[]).await;
    let api = client.call("GET", "/openapi.json", Value::Null).await.json();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    let refused = &api["paths"]["/v1/accounts"]["post"]["responses"]["4XX"]["content"];
    assert!(refused["application/problem+json"].is_object(), "{refused}");
    let paths = api["paths"].as_object().unwrap();
    assert!(paths.len() >= 27, "{}", paths.len());
    let mut names = std::collections::BTreeSet::new();
    for (path, methods) in paths {
        for (method, route) in methods.as_object().unwrap() {
            assert!(
                names.insert(route["operationId"].as_str()),
                "{method} {path} has another's name"
            );
            assert!(
                route["responses"].as_object().is_some_and(|r| !r.is_empty()),
                "{method} {path}"
            );
        }
    }
    let ready = client.call("GET", "/readyz", Value::Null).await;
    assert_eq!((ready.status, &ready.json()["installation"]), (200, &json!("sandbox")));
    assert_eq!(client.call("GET", "/healthz", Value::Null).await.status, 204);
    assert_eq!(client.call("GET", "/docs", Value::Null).await.status, 200);
}

#[tokio::test]
async fn what_an_operator_does_is_told_with_their_key() {
    let client = Client::new(&[Scope::Accounts, Scope::Admin]).await;
    let (account, _, _) = client.open("user-1").await;
    let path = |rest: &str| format!("/v1/accounts/{account}/{rest}");
    let made = json!({ "name": "Tom", "scopes": ["review"] });
    let tom = client.call("POST", "/v1/keys", made).await.json()["id"].as_str().unwrap().to_owned();
    client.call("POST", &path("freeze"), json!({ "ground": "a court asked" })).await;
    client.call("POST", &path("thaw"), Value::Null).await;
    let held = client.call("POST", &path("holds"), json!({ "ground": "case 17" })).await.json();
    let hold = path(&format!("holds/{}", held["id"].as_str().unwrap()));
    client.call("DELETE", &hold, Value::Null).await;
    client.call("DELETE", &format!("/v1/keys/{tom}"), Value::Null).await;
    let keys = client.call("GET", "/v1/keys", Value::Null).await.json();
    let own = keys.as_array().unwrap().iter().find(|key| key["name"] == "Mei").unwrap();
    let itself = format!("/v1/keys/{}", own["id"].as_str().unwrap());
    let refused = client.call("DELETE", &itself, Value::Null).await;
    assert_eq!(refused.code(), (422, "key-own".to_owned()));

    let events = client.call("GET", "/v1/events?after=0", Value::Null).await.json();
    let acts = ["account.frozen", "account.thawed", "account.held", "account.released"];
    for kind in acts.into_iter().chain(["key.revoked"]) {
        let event = events.as_array().unwrap().iter().find(|event| event["kind"] == kind).unwrap();
        assert_eq!(event["data"]["by"], own["id"], "{kind}");
    }
    let made = events.as_array().unwrap().iter().filter(|event| event["kind"] == "key.made");
    assert!(
        made.clone()
            .any(|event| event["data"]["key"] == json!(tom) && event["data"]["by"] == own["id"])
    );
}
