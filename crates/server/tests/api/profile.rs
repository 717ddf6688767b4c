//! Whom a case greets, and what an account came by.

use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

#[tokio::test]
async fn an_applicant_is_greeted_as_the_operator_said() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (account, _, token) = client.open("user-1").await;
    let path = format!("/v1/accounts/{account}");
    let change = json!({ "language": "zh-CN", "phrase": "蓝色的鲸", "country": "SGP" });
    let changed = client.call("PATCH", &path, change).await;
    assert_eq!((changed.status, &changed.json()["language"]), (200, &json!("zh-CN")));
    assert!(!changed.json().to_string().contains("蓝色的鲸"), "the applicant's alone");
    let greeted = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert_eq!((&greeted["phrase"], &greeted["language"]), (&json!("蓝色的鲸"), &json!("zh-CN")));
    assert_eq!(greeted["state"], "collecting");

    let removed = client.call("PATCH", &path, json!({ "phrase": null, "country": null })).await;
    assert_eq!(
        (&removed.json()["country"], &removed.json()["language"]),
        (&Value::Null, &json!("zh-CN"))
    );
    let greeted = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert_eq!(greeted["phrase"], Value::Null);
    for (change, code) in [
        (json!({ "language": "tlh" }), "language-invalid"),
        (json!({ "phrase": "two\nlines" }), "phrase-invalid"),
        (json!({ "country": "Singapore" }), "country-invalid"),
    ] {
        let refused = client.call("PATCH", &path, change).await;
        assert_eq!(refused.code(), (422, code.to_owned()));
    }
    let unknown = client.call("PATCH", &path, json!({ "tier": "L2" })).await;
    assert_eq!(unknown.code(), (400, "body-invalid".to_owned()));
}

#[tokio::test]
async fn a_referral_code_gives_its_discount_in_words_too() {
    let client = Client::new(&[Scope::Accounts, Scope::Spend]).await;
    let campaign = json!({ "code": "spring-26", "fee_discount_percent": "20", "from": "2026-03-01",
        "until": "2026-03-31", "cap": 1 });
    let made = client.call("POST", "/v1/campaigns", campaign.clone()).await;
    assert_eq!((made.status, &made.json()["code"]), (201, &json!("SPRING26")));
    let again = client.call("POST", "/v1/campaigns", campaign).await;
    assert_eq!(again.code(), (409, "campaign-exists".to_owned()));

    let (account, _, token) = client.open("user-1").await;
    let (other, _, _) = client.open("user-2").await;
    let code = json!({ "code": "SPRING 26" });
    let put = ("PUT", "/v1/applicant/referral");
    let came = client.call_as(&token, put, &[], code.to_string()).await;
    assert_eq!(came.status, 204);
    let path = format!("/v1/accounts/{account}/entitlements");
    let now = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(now["referral"]["fee_discount_percent"], "20");
    let words = [&now["words"]["en"], &now["words"]["zh-CN"]].map(|word| word.as_str().unwrap());
    assert!(words[0].contains("20 % off all fees until 2026-03-31"), "{words:?}");
    assert!(words[1].contains("减免 20%"), "{words:?}");

    let full = client.call("PUT", &format!("/v1/accounts/{other}/referral"), code).await;
    assert_eq!(full.code(), (422, "referral-code-invalid".to_owned()));
    let guess = client.call_as(&token, put, &[], r#"{"code":"?"}"#).await;
    assert_eq!(guess.code(), (422, "referral-code-invalid".to_owned()));
    let ended = client.call("POST", "/v1/campaigns/SPRING26/end", Value::Null).await.json();
    assert!(ended["ended_at"].is_string());
    let now = client.call("GET", &path, Value::Null).await.json();
    assert_eq!(now["referral"], Value::Null);
}
