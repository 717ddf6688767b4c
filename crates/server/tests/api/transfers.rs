//! Uploads that come in parts, over the interface.

use serde_json::json;
use workflow::Scope;

use crate::client::Client;

const PART: usize = 128 * 1024;

#[tokio::test]
async fn an_upload_comes_in_parts() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, token) = client.open("user-1").await;
    let (_, _, other) = client.open("user-2").await;
    let mut bytes = exact_world::passport(|_| {});
    bytes.resize(PART + 10, b' ');
    let new = json!({ "place": "front", "length": bytes.len() }).to_string();
    let begun = client.call_as(&token, ("POST", "/v1/applicant/transfers"), &[], new).await;
    assert_eq!((begun.status, &begun.json()["offset"]), (201, &json!(0)));
    let path = format!("/v1/applicant/transfers/{}", begun.json()["id"].as_str().unwrap());
    let send = async |token: &str, offset: usize, part: Vec<u8>| {
        let path = format!("{path}?offset={offset}");
        client.call_as(token, ("PATCH", &path), &[], part).await
    };
    let stranger = send(&other, 0, bytes.clone()).await;
    assert_eq!(stranger.code(), (404, "transfer-not-found".to_owned()));
    let going = send(&token, 0, bytes[..PART].to_vec()).await.json();
    assert_eq!((&going["offset"], going.get("taken")), (&json!(PART), None));
    let wrong = send(&token, 0, bytes[..PART].to_vec()).await;
    assert_eq!(wrong.code(), (409, "offset-wrong".to_owned()));
    let now = client.call_as(&token, ("GET", &path), &[], "").await.json();
    assert_eq!(now["offset"], json!(PART));
    let done = send(&token, PART, bytes[PART..].to_vec()).await.json();
    assert_eq!(done["taken"]["faults"], json!([]));
    let again = send(&token, bytes.len(), Vec::new()).await.json();
    assert_eq!(again["taken"]["id"], done["taken"]["id"]);
}
