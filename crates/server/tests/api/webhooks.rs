use exact_world::Receiver;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn an_operator_is_told_of_what_happens() {
    let client = Client::new(&[Scope::Accounts, Scope::Admin]).await;
    let mut receiver = Receiver::start().await;
    let wanted = json!({ "url": receiver.url, "description": "the ledger" });
    let made = client.call("POST", "/v1/webhooks", wanted).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"));
    let path = format!("/v1/webhooks/{}", made["id"].as_str().unwrap());
    let found = client.call("GET", &path, Value::Null).await.json();
    assert_eq!((&found["description"], &found["secret"]), (&json!("the ledger"), &Value::Null));
    let list = client.call("GET", "/v1/webhooks", Value::Null).await.json();
    assert_eq!(list, json!([found]));

    client.open("user-1").await;
    client.house.deliver().await;
    let received = receiver.received();
    let events = client.call("GET", "/v1/events?after=1", Value::Null).await.json();
    for (received, event) in received.iter().zip(events.as_array().unwrap()) {
        let mut expected = event.clone();
        expected["installation"] = json!("sandbox");
        assert_eq!(received.json(), expected, "as the list has it");
    }
    let deliveries = format!("{path}/deliveries");
    let log = client.call("GET", &deliveries, Value::Null).await.json();
    assert_eq!((received.len(), &log[0]["number"], &log[0]["answer"]), (3, &json!(4), &json!(204)));
    assert_eq!(events[0]["kind"], "webhook.made");
    assert!(events[0]["data"]["by"].as_str().unwrap().starts_with("key_"), "{events}");
    let before = client.call("GET", &format!("{deliveries}?before=4"), Value::Null).await.json();
    assert_eq!(before, json!([log[1], log[2]]));
    let dead = client.call("GET", &format!("{deliveries}?state=dead"), Value::Null).await.json();
    assert_eq!(dead, json!([]));
    let replay = client.call("POST", &format!("{path}/replay"), json!({ "after": 1 })).await;
    assert_eq!(replay.json(), json!({ "replayed": 3 }));

    let overlap = json!({ "overlap_hours": 24 });
    let rotated = client.call("POST", &format!("{path}/rotate"), overlap).await.json();
    assert!(rotated["secret"] != json!(secret) && rotated["former_secret_until"].is_string());
    let disabled = client.call("POST", &format!("{path}/disable"), Value::Null).await.json();
    assert!(disabled["disabled_at"].is_string());
    let enabled = client.call("POST", &format!("{path}/enable"), Value::Null).await.json();
    assert_eq!(enabled["disabled_at"], Value::Null);
    assert_eq!(client.call("DELETE", &path, Value::Null).await.status, 204);
    let gone = client.call("GET", &path, Value::Null).await;
    assert_eq!(gone.code(), (404, "webhook-not-found".to_owned()));
}

#[tokio::test]
async fn a_bad_web_hook_gets_one_sentence_and_a_code() {
    let client = Client::new(&[Scope::Admin]).await;
    let metadata = json!({ "url": "http://169.254.169.254/latest/meta-data" });
    let kind = json!({ "url": "https://nowhere.test/", "kinds": ["case.aproved"] });
    let described = json!({ "url": "https://nowhere.test/", "description": "x".repeat(201) });
    let long = json!({ "url": format!("https://nowhere.test/{}", "x".repeat(2000)) });
    let cases = [
        (metadata, "address-refused"),
        (json!({ "url": "http://metadata.test/" }), "address-refused"),
        (json!({ "url": "https://me:pw@nowhere.test/" }), "url-user-info"),
        (kind, "kind-unknown"),
        (described, "description-invalid"),
        (long, "url-too-long"),
    ];
    for (body, code) in cases {
        let answer = client.call("POST", "/v1/webhooks", body).await;
        assert_eq!(answer.code(), (422, code.to_owned()));
    }
    let url = json!({ "url": "https://nowhere.test/" });
    let made = client.call("POST", "/v1/webhooks", url.clone()).await.json();
    let path = format!("/v1/webhooks/{}", made["id"].as_str().unwrap());
    let both = json!({ "number": 1, "after": 1 });
    let both = client.call("POST", &format!("{path}/replay"), both).await;
    assert_eq!(both.code(), (422, "replay-invalid".to_owned()));
    let overlap = json!({ "overlap_hours": 169 });
    let overlap = client.call("POST", &format!("{path}/rotate"), overlap).await;
    assert_eq!(overlap.code(), (422, "overlap-too-long".to_owned()));
    let state = client.call("GET", &format!("{path}/deliveries?state=lost"), Value::Null).await;
    assert_eq!(state.code(), (422, "state-unknown".to_owned()));
    for _ in 1..16 {
        assert_eq!(client.call("POST", "/v1/webhooks", url.clone()).await.status, 201);
    }
    let more = client.call("POST", "/v1/webhooks", url).await;
    assert_eq!(more.code(), (409, "webhooks-too-many".to_owned()));
}
