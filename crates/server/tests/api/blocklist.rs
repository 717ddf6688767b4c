use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

fn stolen() -> Value {
    let document = json!({ "country": "UTO", "type": "passport", "number": "l898902c3" });
    json!({ "what": { "document": document }, "ground": "reported stolen", "until": "2026-12-31" })
}

#[tokio::test]
async fn what_is_on_the_blocklist_goes_to_a_reviewer_who_sees_the_entry() {
    let client = Client::new(&[Scope::Accounts, Scope::Review]).await;
    let headers = [("idempotency-key", "b-1")];
    let add = ("POST", "/v1/blocklist");
    let added = client.call_as(&client.token, add, &headers, stolen().to_string()).await;
    let again = client.call_as(&client.token, add, &headers, stolen().to_string()).await;
    assert_eq!((added.status, added.json()), (201, again.json()));
    let entry = added.json()[0].clone();
    assert_eq!((&entry["kind"], &entry["until"]), (&json!("document"), &json!("2026-12-31")));
    assert!(entry["author"].as_str().unwrap().starts_with("Mei (key_"));
    let list = client.call("GET", "/v1/blocklist", Value::Null).await.json();
    assert_eq!(list, json!({ "entries": [entry], "next": null }));

    let (_, case, token) = client.open("user-1").await;
    client.verify(&token, exact_world::passport(|_| {})).await;
    let seen = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert!(!seen.to_string().contains("BLOCKLISTED"), "{seen}");
    let claim = format!("/v1/review/cases/{case}/claim");
    let report = client.call("POST", &claim, Value::Null).await.json();
    assert_eq!(report["reasons"][0]["code"], json!("BLOCKLISTED"));
    assert_eq!(report["others"]["blocklist"], json!([entry["id"]]));

    let path = format!("/v1/blocklist/{}", entry["id"].as_str().unwrap());
    assert_eq!(client.call("DELETE", &path, Value::Null).await.status, 204);
    let gone = client.call("DELETE", &path, Value::Null).await;
    assert_eq!(gone.code(), (404, "entry-not-found".to_owned()));
}

#[tokio::test]
async fn an_entry_that_makes_no_sense_is_refused_in_one_sentence() {
    let client = Client::new(&[Scope::Admin, Scope::Accounts]).await;
    let (_, case, _) = client.open("user-1").await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut new = stolen();
        change(&mut new);
        new
    };
    let cases = [
        (with(&|new| new["ground"] = json!(" ")), 422, "ground-invalid"),
        (with(&|new| new["until"] = json!("2026-03-01")), 422, "until-over"),
        (with(&|new| new["what"]["document"]["number"] = json!("<<")), 422, "number-invalid"),
        (with(&|new| new["what"]["document"]["country"] = json!("UTOPIA")), 400, "body-invalid"),
        (with(&|new| new["what"] = json!({ "case": case })), 409, "case-not-decided"),
        (with(&|new| new["what"] = json!({ "phone": "x" })), 400, "body-invalid"),
    ];
    for (new, status, code) in cases {
        let answer = client.call("POST", "/v1/blocklist", new.clone()).await;
        assert_eq!(answer.code(), (status, code.to_owned()), "{new}");
    }
    let other =
        client.house.installation.make_key("spender", &[Scope::Spend], "the test").await.unwrap();
    let answer = client.call_as(other.token.reveal(), ("GET", "/v1/blocklist"), &[], "").await;
    assert_eq!(answer.code(), (403, "scope-missing".to_owned()));
}

#[tokio::test]
async fn a_reviewer_closes_the_earlier_account_of_the_same_person() {
    let client = Client::new(&[Scope::Accounts, Scope::Review]).await;
    let (earlier, _, token) = client.open("user-1").await;
    client.verify(&token, exact_world::passport(|_| {})).await;
    let (later, case, token) = client.open("user-2").await;
    client.verify(&token, exact_world::passport(|_| {})).await;
    let claim = format!("/v1/review/cases/{case}/claim");
    let report = client.call("POST", &claim, Value::Null).await.json();
    assert_eq!(report["others"]["accounts"], json!([{ "account": earlier, "by": "document" }]));
    let ruling = format!("/v1/review/cases/{case}/ruling");
    let declining = json!({ "verdict": "decline", "closes": earlier });
    let refused = client.call("POST", &ruling, declining).await;
    assert_eq!(refused.code(), (422, "closes-without-approve".to_owned()));
    for (ruling_of, code) in [
        (json!({ "verdict": "approve", "recovers": earlier }), "recovers-without-decline"),
        (
            json!({ "verdict": "decline", "recovers": earlier, "reasons": [{ "code": "DOC_BLURRED" }] }),
            "recovers-with-reasons",
        ),
    ] {
        let refused = client.call("POST", &ruling, ruling_of).await;
        assert_eq!(refused.code(), (422, code.to_owned()));
    }
    let approving = json!({ "verdict": "approve", "closes": earlier });
    assert_eq!(client.call("POST", &ruling, approving).await.json()["state"], json!("approved"));
    let closed = client.call("GET", &format!("/v1/accounts/{earlier}"), Value::Null).await.json();
    assert_eq!((&closed["frozen"], &closed["tier"]), (&json!(true), &Value::Null));

    // The other way round: a third account's case ends, and the one that has the document stays.
    let (third, case, token) = client.open("user-3").await;
    client.verify(&token, exact_world::passport(|_| {})).await;
    client.call("POST", &format!("/v1/review/cases/{case}/claim"), Value::Null).await;
    let recovering = json!({ "verdict": "decline", "recovers": later });
    let ruling = format!("/v1/review/cases/{case}/ruling");
    assert_eq!(client.call("POST", &ruling, recovering).await.json()["state"], json!("declined"));
    let closed = client.call("GET", &format!("/v1/accounts/{third}"), Value::Null).await.json();
    assert_eq!(closed["frozen"], json!(true));

    let withdraw = format!("/v1/accounts/{earlier}/consents/face_search/withdraw");
    assert_eq!(client.call("POST", &withdraw, Value::Null).await.status, 204);
    let nobody = withdraw.replace(&earlier, "acc_00000000000000000000000000000000");
    let nobody = client.call("POST", &nobody, Value::Null).await;
    assert_eq!(nobody.code(), (404, "account-not-found".to_owned()));
}
