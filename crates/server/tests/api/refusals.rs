use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn nothing_opens_without_the_right_key() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (account, case, token) = client.open("user-1").await;
    let case = format!("/v1/cases/{case}");
    let authorize = format!("/v1/accounts/{account}/authorize");
    let erase = format!("/v1/accounts/{account}/erase");
    let cases = [
        ("the applicant's token as a key", token.as_str(), ("GET", case.as_str()), 401),
        ("a key as the applicant's token", &client.token, ("GET", "/v1/applicant/case"), 401),
        ("no secret", "", ("GET", &case), 401),
        ("a guessed one", "bf_test_00", ("GET", &case), 401),
        ("an endless one", &"x".repeat(4000), ("GET", &case), 401),
        ("a scope that is missing", &client.token, ("POST", &authorize), 403),
        ("another scope that is missing", &client.token, ("POST", &erase), 403),
    ];
    for (name, token, request, status) in cases {
        let answer = client.call_as(token, request, &[], "{}").await;
        assert_eq!(answer.code().0, status, "{name}");
    }
    let bare = Request::builder().uri(&case).body(Body::empty()).unwrap();
    assert_eq!(client.send(bare).await.code().0, 401);
    client.house.clock.go(168 * 3600);
    let late = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await;
    assert_eq!(late.code(), (401, "unauthorized".to_owned()));
}

#[tokio::test]
async fn bad_requests_get_one_sentence_and_a_code() {
    let client = Client::new(&[Scope::Accounts, Scope::Spend, Scope::Review]).await;
    let (account, _, token) = client.open("user-1").await;
    let large = format!(r#"{{"external_id":"{}"}}"#, "x".repeat(70_000));
    let quoted = json!({ "external_id": "'; DROP TABLE accounts; --" });
    let cases: [(&str, (&str, &str), String, (u16, &str)); 12] = [
        ("no JSON", ("POST", "/v1/accounts"), "{".into(), (400, "body-invalid")),
        (
            "a field too many",
            ("POST", "/v1/accounts"),
            r#"{"external_id":"a","x":1}"#.into(),
            (400, "body-invalid"),
        ),
        ("too large", ("POST", "/v1/accounts"), large, (413, "too-large")),
        (
            "a line break",
            ("POST", "/v1/accounts"),
            r#"{"external_id":"a\r\nb"}"#.into(),
            (422, "external-id-invalid"),
        ),
        (
            "taken",
            ("POST", "/v1/accounts"),
            r#"{"external_id":"user-1"}"#.into(),
            (409, "account-exists"),
        ),
        (
            "no id",
            ("GET", "/v1/accounts/..%2f..%2fetc%2fpasswd"),
            String::new(),
            (404, "not-found"),
        ),
        (
            "another kind of id",
            ("GET", "/v1/cases/acc_00000000000000000000000000000000"),
            String::new(),
            (404, "not-found"),
        ),
        (
            "nobody's",
            ("GET", "/v1/accounts/acc_00000000000000000000000000000000"),
            String::new(),
            (404, "account-not-found"),
        ),
        ("no such route", ("GET", "/v2"), String::new(), (404, "not-found")),
        ("another method", ("DELETE", "/v1/accounts"), String::new(), (405, "method-not-allowed")),
        (
            "a query that is unknown",
            ("GET", "/v1/events?from=1"),
            String::new(),
            (400, "query-invalid"),
        ),
        (
            "a cursor that is none",
            ("GET", "/v1/review/cases?cursor=1"),
            String::new(),
            (422, "cursor-invalid"),
        ),
    ];
    for (name, request, body, (status, code)) in cases {
        let answer = client.call_as(&client.token, request, &[], body).await;
        assert_eq!(answer.code(), (status, code.to_owned()), "{name}");
    }
    let authorize = format!("/v1/accounts/{account}/authorize");
    let ask =
        json!({ "feature": "withdraw", "currency": "USDT", "amount": "1e9", "reference": "a" });
    let float = client.call("POST", &authorize, ask).await;
    assert_eq!(float.code(), (400, "body-invalid".to_owned()));
    assert_eq!(client.call("POST", "/v1/accounts", quoted).await.status, 201);
    let events = client.call("GET", "/v1/events", Value::Null).await;
    assert_eq!(events.status, 200, "the table is still there");

    let applicant: [(&str, (&str, &str), Vec<u8>, (u16, &str)); 5] = [
        (
            "no picture",
            ("PUT", "/v1/applicant/uploads/front"),
            b"GIF89a".to_vec(),
            (422, "upload-unreadable"),
        ),
        (
            "no place",
            ("PUT", "/v1/applicant/uploads/..%2f..%2fkeys"),
            Vec::new(),
            (404, "place-unknown"),
        ),
        (
            "too many bytes",
            ("PUT", "/v1/applicant/uploads/selfie"),
            vec![0; 21 << 20],
            (413, "too-large"),
        ),
        (
            "no challenge",
            ("PUT", "/v1/applicant/uploads/capture"),
            b"answer".to_vec(),
            (409, "challenge-expired"),
        ),
        ("no name", ("PUT", "/v1/applicant/details"), b"{}".to_vec(), (422, "detail-invalid")),
    ];
    for (name, request, body, (status, code)) in applicant {
        let answer = client.call_as(&token, request, &[], body).await;
        assert_eq!(answer.code(), (status, code.to_owned()), "{name}");
    }
}
