use domain::evidence::{PictureEvidence, Quality};
use exact_world::passport;
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn an_operator_takes_a_user_from_nothing_to_a_limit() {
    let client = Client::new(&[Scope::Accounts, Scope::Spend]).await;
    let (account, case, token) = client.open("user-1").await;
    let path = format!("/v1/accounts/{account}/entitlements");
    let before = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(before["tier"], Value::Null);
    let words = before["words"]["en"].as_str().unwrap();
    assert!(words.contains("not verified yet") && words.contains("L1"), "{words}");

    assert!(words.contains("A verification for L2 is begun and not sent yet"), "{words}");
    let missing = ["details", "document", "face", "liveness"];
    let under_way =
        json!({ "case": case, "tier": "L2", "state": "collecting", "missing": missing });
    assert_eq!(before["under_way"], under_way);

    client.verify(&token, passport(|_| {})).await;
    let done = client.call("GET", &format!("/v1/cases/{case}"), Value::Null).await;
    assert_eq!(done.json()["state"], "approved");
    assert_eq!(done.headers["bonafide-installation"], "sandbox");

    let ask = json!({
        "feature": "withdraw", "currency": "USDT", "amount": "40000", "reference": "order-1",
    });
    let authorize = format!("/v1/accounts/{account}/authorize");
    let yes = client.call("POST", &authorize, ask.clone()).await.json();
    assert_eq!(yes["permitted"], true);
    let mut more = ask;
    more["reference"] = json!("order-2");
    let no = client.call("POST", &authorize, more).await.json();
    assert_eq!((&no["permitted"], &no["code"]), (&json!(false), &json!("day-limit")));
    assert!(no["words"]["zh-CN"].as_str().unwrap().contains("10000"), "{no}");

    let reservation = yes["reservation"]["id"].as_str().unwrap();
    let path = format!("/v1/accounts/{account}/reservations/{reservation}/release");
    let released = client.call("POST", &path, Value::Null).await.json();
    assert_eq!(released["state"], "released");
    let path = format!("/v1/accounts/{account}/entitlements");
    let after = client.call("GET", &path, Value::Null).await.json();
    let words = after["words"]["en"].as_str().unwrap();
    assert_eq!((&after["under_way"], &after["lapsed"]), (&Value::Null, &Value::Null));
    let left = "withdraw: 50000 of 50000 USDT left today";
    assert!(words.contains(left) && words.contains("a proof of address"), "{words}");

    let events = client.call("GET", "/v1/events?after=0", Value::Null).await.json();
    let kinds: Vec<_> = events.as_array().unwrap().iter().map(|e| e["kind"].clone()).collect();
    let case = ["case.opened", "case.assessing", "case.approved"];
    assert_eq!(kinds[..2], ["key.made", "account.registered"]);
    assert_eq!(kinds[2..], case);
}

#[tokio::test]
async fn an_applicant_is_told_what_is_wrong_and_what_to_do() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, token) = client.open("user-1").await;
    let blurred = passport(|front: &mut PictureEvidence| {
        let blur = front.quality.iter_mut().find(|m| m.quality == Quality::Blur).unwrap();
        blur.value = 0.5;
    });
    let upload = ("PUT", "/v1/applicant/uploads/front");
    let taken = client.call_as(&token, upload, &[], blurred).await.json();
    let fault = &taken["faults"][0];
    assert_eq!((&fault["code"], &fault["slot"]), (&json!("DOC_BLURRED"), &json!("front")));
    for language in ["en", "zh-CN"] {
        assert!(!fault["fix"][language].as_str().unwrap().is_empty());
    }
    let case = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert_eq!(case["steps"][1]["need"], "document");
    let early = client.call_as(&token, ("POST", "/v1/applicant/submit"), &[], "").await;
    assert_eq!(early.code(), (409, "case-unfinished".to_owned()));
}

#[tokio::test]
async fn a_reviewer_decides_what_the_engine_leaves_open() {
    let client = Client::new(&[Scope::Accounts, Scope::Review]).await;
    let (_, _, first) = client.open("user-1").await;
    client.verify(&first, passport(|_| {})).await;
    let (account, case, second) = client.open("user-2").await;
    client.verify(&second, passport(|_| {})).await;
    let told = client.call_as(&second, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert_eq!(told["decision"]["reasons"][0]["code"], "UNDER_REVIEW");
    assert!(!told.to_string().contains("DUPLICATE"), "the applicant is not told of the other");

    let queue = client.call("GET", "/v1/review/cases", Value::Null).await.json();
    assert_eq!(queue["cases"][0]["id"], json!(case));
    let claim = format!("/v1/review/cases/{case}/claim");
    let report = client.call("POST", &claim, Value::Null).await.json();
    assert_eq!(report["reasons"][0]["code"], "DUPLICATE_DOCUMENT");
    let picture = format!("/v1/review/cases/{case}/uploads/front");
    let picture = client.call("GET", &picture, Value::Null).await;
    assert_eq!(picture.body, passport(|_| {}));
    assert_eq!(picture.headers["x-content-type-options"], "nosniff");
    let ruling = format!("/v1/review/cases/{case}/ruling");
    let silent = client.call("POST", &ruling, json!({ "verdict": "decline" })).await;
    assert_eq!(silent.code(), (422, "reason-missing".to_owned()));
    let one = client.call("POST", &ruling, json!({ "verdict": "approve" })).await;
    assert_eq!(one.code(), (422, "others-unresolved".to_owned()), "two accounts, one document");
    let approve = json!({ "verdict": "approve", "others_are_strangers": true });
    let ruled = client.call("POST", &ruling, approve).await;
    assert_eq!(ruled.json()["state"], "approved");
    let now = client.call("GET", &format!("/v1/accounts/{account}"), Value::Null).await.json();
    assert_eq!(now["tier"], "L2");
}

#[tokio::test]
async fn a_refusal_is_appealed_against_and_another_reviewer_looks() {
    let client = Client::new(&[Scope::Accounts, Scope::Review]).await;
    let (_, _, first) = client.open("user-1").await;
    client.verify(&first, passport(|_| {})).await;
    let (_, case, token) = client.open("user-2").await;
    client.verify(&token, passport(|_| {})).await;
    client.house.clock.go(60);
    let claim = format!("/v1/review/cases/{case}/claim");
    client.call("POST", &claim, Value::Null).await;
    let duplicate = json!({ "code": "DUPLICATE_DOCUMENT" });
    let silent = json!({ "verdict": "decline", "reasons": [duplicate.clone()] });
    let ruling = format!("/v1/review/cases/{case}/ruling");
    let silent = client.call("POST", &ruling, silent).await;
    assert_eq!(silent.code(), (422, "reason-untold".to_owned()));
    let reasons = json!([duplicate, { "code": "DATA_MISMATCH" }]);
    let declined = json!({ "verdict": "decline", "reasons": reasons });
    assert_eq!(client.call("POST", &ruling, declined).await.json()["state"], "declined");

    let renewed = client.call("POST", &format!("/v1/cases/{case}/token"), Value::Null).await;
    let token = renewed.json()["token"].as_str().unwrap().to_owned();
    let said = json!({ "statement": "I closed that account." }).to_string();
    let appeal = ("POST", "/v1/applicant/appeal");
    let seen = client.call_as(&token, appeal, &[], said.clone()).await.json();
    assert_eq!((&seen["state"], seen["due_at"].is_string()), (&json!("in_review"), true));
    let twice = client.call_as(&token, appeal, &[], said).await;
    assert_eq!(twice.code(), (409, "case-state".to_owned()));
    let same = client.call("POST", &claim, Value::Null).await;
    assert_eq!(same.code(), (409, "reviewer-decided-before".to_owned()));
    let other =
        client.house.installation.make_key("Tom", &[Scope::Review], "the test").await.unwrap();
    let taken = client.call_as(other.token.reveal(), ("POST", &claim), &[], "").await.json();
    assert_eq!(taken["appeal"]["statement"], "I closed that account.");
}
