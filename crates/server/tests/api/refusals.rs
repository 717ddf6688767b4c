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

/// A request that is refused: what is wrong with it, method and path, body, status and code.
struct Bad(&'static str, &'static str, Vec<u8>, u16, &'static str);

fn bad(
    name: &'static str,
    request: &'static str,
    body: impl Into<Vec<u8>>,
    (status, code): (u16, &'static str),
) -> Bad {
    Bad(name, request, body.into(), status, code)
}

async fn all_are_refused(client: &Client, token: &str, requests: Vec<Bad>) {
    for Bad(name, request, body, status, code) in requests {
        let request = request.split_once(' ').unwrap();
        let answer = client.call_as(token, request, &[], body).await;
        assert_eq!(answer.code(), (status, code.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn an_operators_bad_request_gets_one_sentence_and_a_code() {
    let client = Client::new(&[Scope::Accounts, Scope::Spend, Scope::Review]).await;
    let (account, ..) = client.open("user-1").await;
    let large = format!(r#"{{"external_id":"{}"}}"#, "x".repeat(70_000));
    let (invalid, nothing) = ((400, "body-invalid"), (404, "not-found"));
    let register = "POST /v1/accounts";
    let nobody = "GET /v1/accounts/acc_00000000000000000000000000000000";
    let other_kind = "GET /v1/cases/acc_00000000000000000000000000000000";
    let line_break = r#"{"external_id":"a\r\nb"}"#;
    let taken = r#"{"external_id":"user-1"}"#;
    let requests = vec![
        bad("no JSON", register, "{", invalid),
        bad("a field too many", register, r#"{"external_id":"a","x":1}"#, invalid),
        bad("too large", register, large, (413, "too-large")),
        bad("a line break", register, line_break, (422, "external-id-invalid")),
        bad("taken", register, taken, (409, "account-exists")),
        bad("no id", "GET /v1/accounts/..%2f..%2fetc%2fpasswd", "", nothing),
        bad("another kind of id", other_kind, "", nothing),
        bad("nobody's", nobody, "", (404, "account-not-found")),
        bad("no such route", "GET /v2", "", nothing),
        bad("another method", "DELETE /v1/accounts", "", (405, "method-not-allowed")),
        bad("an unknown query", "GET /v1/events?from=1", "", (400, "query-invalid")),
        bad("no cursor", "GET /v1/review/cases?cursor=1", "", (422, "cursor-invalid")),
    ];
    all_are_refused(&client, &client.token, requests).await;
    let authorize = format!("/v1/accounts/{account}/authorize");
    let mut ask = json!({ "feature": "withdraw", "currency": "USDT", "reference": "a" });
    ask["amount"] = json!("1e9");
    let float = client.call("POST", &authorize, ask).await;
    assert_eq!(float.code(), (400, "body-invalid".to_owned()));
    let quoted = json!({ "external_id": "'; DROP TABLE accounts; --" });
    assert_eq!(client.call("POST", "/v1/accounts", quoted).await.status, 201);
    let events = client.call("GET", "/v1/events", Value::Null).await;
    assert_eq!(events.status, 200, "the table is still there");
}

#[tokio::test]
async fn an_applicants_bad_request_gets_one_sentence_and_a_code() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, token) = client.open("user-1").await;
    let requests = vec![
        bad("no picture", "PUT /v1/applicant/uploads/front", "GIF89a", (422, "upload-unreadable")),
        bad("no place", "PUT /v1/applicant/uploads/..%2f..%2fkeys", "", (404, "place-unknown")),
        bad(
            "too many bytes",
            "PUT /v1/applicant/uploads/selfie",
            vec![0; 21 << 20],
            (413, "too-large"),
        ),
        bad(
            "no challenge",
            "PUT /v1/applicant/uploads/capture",
            "answer",
            (409, "challenge-expired"),
        ),
        bad("no name", "PUT /v1/applicant/details", "{}", (422, "detail-invalid")),
    ];
    all_are_refused(&client, &token, requests).await;
}
