//! What the pages ask for while a person is at it: frames of the camera, what was typed.

use domain::claims::Claims;
use domain::evidence::{PictureEvidence, Quality, Slot};
use exact_world::{base, passport, typed};
use serde_json::{Value, json};
use workflow::Scope;

use crate::client::Client;

/// The selfie of the examples, in which `quality` has this value.
fn selfie_with(quality: Quality, value: f64) -> Vec<u8> {
    let mut selfie: PictureEvidence = base().pictures.remove(&Slot::Selfie).unwrap();
    selfie.quality.retain(|measured| measured.quality != quality);
    let measured = json!({ "quality": quality, "value": value });
    selfie.quality.push(serde_json::from_value(measured).unwrap());
    serde_json::to_vec(&selfie).unwrap()
}

#[tokio::test]
async fn a_frame_is_judged_as_the_picture_that_is_going_to_be_taken() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, token) = client.open("user-1").await;
    let blurred = passport(|front| {
        front.quality.iter_mut().find(|m| m.quality == Quality::Blur).unwrap().value = 0.5;
    });
    let dark = selfie_with(Quality::FaceLight, 1.0);
    let cases = [
        ("", blurred.clone(), Some("DOC_BLURRED")),
        ("?of=back&width=1920", blurred, Some("DOC_BLURRED")),
        ("?of=selfie", dark, Some("FACE_TOO_DARK")),
        ("?of=selfie&width=480", selfie_with(Quality::FaceLight, 200.0), None),
    ];
    for (query, frame, code) in cases {
        let path = format!("/v1/applicant/preview{query}");
        let told = client.call_as(&token, ("POST", &path), &[], frame).await;
        assert_eq!(told.status, 200, "{query}");
        assert_eq!(told.json()["hint"]["code"].as_str(), code, "{query}");
    }
    for query in ["?of=capture", "?of=", "?width=0", "?width=70000", "?side=front"] {
        let path = format!("/v1/applicant/preview{query}");
        let refused = client.call_as(&token, ("POST", &path), &[], passport(|_| {})).await;
        assert_eq!(refused.code(), (400, "query-invalid".to_owned()), "{query}");
    }
}

#[tokio::test]
async fn what_was_typed_is_given_while_a_decision_asks_for_it_again_and_at_no_other_time() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, case, token) = client.open("user-1").await;
    let ask = ("GET", "/v1/applicant/details");
    let nothing = (404, "details-not-asked".to_owned());
    assert_eq!(client.call_as(&token, ask, &[], "").await.code(), nothing);

    let id = case.parse().unwrap();
    client.house.fill(id, passport(|_| {})).await;
    let other = Claims { surname: Some("LINDQVIST".to_owned()), ..typed() };
    client.house.installation.type_details(id, &other).await.unwrap();
    assert_eq!(client.call_as(&token, ask, &[], "").await.code(), nothing);
    client.house.assess(id).await;

    let given = client.call_as(&token, ask, &[], "").await.json();
    assert_eq!(given, serde_json::to_value(&other).unwrap());
    let (_, _, stranger) = client.open("user-2").await;
    assert_eq!(client.call_as(&stranger, ask, &[], "").await.code(), nothing);

    let corrected = serde_json::to_vec(&typed()).unwrap();
    client.call_as(&token, ("PUT", "/v1/applicant/details"), &[], corrected).await;
    assert_eq!(client.call_as(&token, ask, &[], "").await.code(), nothing);
}

#[tokio::test]
async fn that_it_is_for_oneself_is_declared_and_seen_with_the_consents() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, case, token) = client.open("user-1").await;
    let flow = client.call_as(&token, ("GET", "/v1/applicant/flow"), &[], "").await.json();
    let version = &flow["declaration"];
    let asked = flow["consents"].as_array().unwrap();
    assert!(asked.iter().all(|consent| consent["kind"] != "own_behalf"), "it is not asked for");
    let said = json!({ "text_version": version, "agreed": true }).to_string();
    let declare = ("PUT", "/v1/applicant/consents/own_behalf");
    client.call_as(&token, declare, &[], said).await;
    let seen = client.call("GET", &format!("/v1/cases/{case}"), Value::Null).await.json();
    let seen = &seen["consents"][0];
    assert_eq!((&seen["kind"], &seen["text_version"]), (&json!("own_behalf"), version));
}
