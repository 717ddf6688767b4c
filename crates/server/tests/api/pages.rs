use bonafide_server::{Logo, Pages, Settings};
use domain::reason::{Audience, Code};
use serde_json::json;
use workflow::Scope;

use crate::client::{Answer, Client};

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    client.call_as("", ("GET", path), headers, "").await
}

#[tokio::test]
async fn the_pages_run_nothing_but_themselves() {
    let client = Client::new(&[Scope::Accounts]).await;
    let page = get(&client, "/flow/", &[]).await;
    assert_eq!((page.status, &page.headers["cache-control"]), (200, &"no-cache".parse().unwrap()));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    for directive in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(directive), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    assert_eq!(page.headers["permissions-policy"], "camera=(self), microphone=()");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(page.headers["bonafide-installation"], "sandbox");

    let html = String::from_utf8(page.body).unwrap();
    let (_, script) = html.split_once("src=\"/flow/assets/").expect("a script of a hashed name");
    let path = format!("/flow/assets/{}", script.split_once('"').unwrap().0);
    let script = get(&client, &path, &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert!(script.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(
        (&script.headers["content-encoding"], &script.body[..2]),
        (&"gzip".parse().unwrap(), &[0x1f, 0x8b][..])
    );
    assert_eq!(get(&client, &path, &[]).await.headers.get("content-encoding"), None);
    for nothing in ["/flow/assets/none.js", "/flow/../Cargo.toml", "/flow/files.rs", "/flow/logo"] {
        assert_eq!(get(&client, nothing, &[]).await.code(), (404, "not-found".to_owned()));
    }
}

#[tokio::test]
async fn the_pages_look_as_the_operator_says() {
    let logo = Some(Logo { kind: "image/png", bytes: b"picture".to_vec() });
    let framed_by = vec!["https://www.example.com".parse().unwrap()];
    let colour = "#8a1538".parse().unwrap();
    let pages = Pages { operator: "Example".to_owned(), colour, logo, framed_by };
    let settings = Settings { pages, ..Settings::default() };
    let client = Client::with(&[Scope::Accounts], settings).await;
    let page = get(&client, "/flow/", &[]).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors https://www.example.com"), "{policy}");
    let logo = get(&client, "/flow/logo", &[]).await;
    assert_eq!(
        (&logo.headers["content-type"], &logo.body[..]),
        (&"image/png".parse().unwrap(), &b"picture"[..])
    );

    let (_, _, token) = client.open("user-1").await;
    let flow = client.call_as(&token, ("GET", "/v1/applicant/flow"), &[], "").await.json();
    assert_eq!((&flow["operator"], &flow["logo"]), (&json!("Example"), &json!("/flow/logo")));
    assert_eq!((&flow["installation"], &flow["tier"]), (&json!("sandbox"), &json!("L2")));
    assert_eq!(flow["tiers"][1]["grants"][2]["per_day"], "50000");
    assert_eq!(flow["accepts"]["two_sided"], json!(["id_card", "residence_permit"]));
    let asked = json!([{ "kind": "face_match", "text_version": "1", "required": true }]);
    assert_eq!((&flow["consents"], &flow["referral"]), (&asked, &json!(true)));
    let nobody = get(&client, "/v1/applicant/flow", &[]).await;
    assert_eq!(nobody.code(), (401, "unauthorized".to_owned()));
}

#[tokio::test]
async fn who_declines_that_faces_are_compared_is_asked_for_no_face() {
    let client = Client::new(&[Scope::Accounts]).await;
    let (_, _, token) = client.open("user-1").await;
    let declined = r#"{"text_version":"1","agreed":false}"#;
    let consent = ("PUT", "/v1/applicant/consents/face_match");
    let case = client.call_as(&token, consent, &[], declined).await.json();
    let steps = case["steps"].as_array().unwrap();
    let by_person = steps.iter().filter(|step| step["state"]["state"] == "by_person");
    let needs: Vec<_> = by_person.map(|step| step["need"].as_str().unwrap()).collect();
    assert_eq!(needs, ["face", "liveness"]);
    let upload = ("PUT", "/v1/applicant/uploads/front");
    client.call_as(&token, upload, &[], exact_world::passport(|_| {})).await;
    let case = client.call_as(&token, ("GET", "/v1/applicant/case"), &[], "").await.json();
    assert_eq!(case["steps"][1]["taken"], json!(["front"]));
}

#[tokio::test]
async fn the_help_has_every_reason_that_an_applicant_is_told_and_no_other() {
    let client = Client::new(&[Scope::Accounts]).await;
    for language in ["en", "zh-CN"] {
        let page = get(&client, &format!("/flow/help/{language}.html"), &[]).await;
        let html = String::from_utf8(page.body).unwrap();
        for code in Code::all() {
            let there = html.contains(&format!("<section id=\"{code}\">"));
            assert_eq!(there, code.audience() == Audience::Applicant, "{language}: {code}");
        }
    }
}
