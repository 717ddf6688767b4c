use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use exact_world::{Receiver, passport, typed};
use serde_json::{Value, json};
use tower::ServiceExt;
use workflow::Scope;

use crate::client::Client;

async fn scraped(client: &Client) -> String {
    let router = bonafide_server::metrics_router(client.house.installation.clone());
    let request = Request::builder().uri("/metrics").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers()["content-type"].to_str().unwrap().contains("openmetrics-text"));
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

/// A whole case, blurred at first, with a web hook that takes nothing.
async fn busy() -> (Client, Vec<String>) {
    let client = Client::new(&[Scope::Accounts, Scope::Admin]).await;
    let receiver = Receiver::start().await;
    receiver.answers("HTTP/1.1 500 No\r\n");
    let hook = json!({ "url": receiver.url, "kinds": ["case.approved"] });
    let hook = client.call("POST", "/v1/webhooks", hook).await.json();
    let (account, case, token) = client.open("user-4711").await;
    let blurred = passport(|front| {
        let mut qualities = front.quality.iter_mut();
        qualities.find(|m| m.quality == domain::evidence::Quality::Blur).unwrap().value = 0.5;
    });
    let upload = ("PUT", "/v1/applicant/uploads/front");
    client.call_as(&token, upload, &[], blurred).await;
    client.verify(&token, passport(|_| {})).await;
    client.house.deliver().await;
    client.call("GET", &format!("/v1/cases/{case}"), Value::Null).await;
    client.call("PROPFIND", "/v1/nobody-knows-this", Value::Null).await;
    let number = typed().document_number.unwrap();
    let hook = hook["id"].as_str().unwrap().to_owned();
    (client, vec![account, case, token, hook, number, "user-4711".to_owned(), receiver.url])
}

#[tokio::test]
async fn what_the_server_does_can_be_read_from_its_metrics() {
    let (client, _) = busy().await;
    let text = scraped(&client).await;
    for expected in [
        "bonafide_decisions_total{verdict=\"approve\"} 1",
        "bonafide_check_outcomes_total{check=\"not_expired\",outcome=\"pass\"} 1",
        "bonafide_uploads_total{place=\"front\"} 2",
        "bonafide_upload_faults_total{place=\"front\",code=\"DOC_BLURRED\"} 1",
        "bonafide_request_seconds_count{method=\"GET\",route=\"/v1/cases/{case}\",status=\"200\"} 1",
        "bonafide_request_seconds_count{method=\"other\",route=\"\",status=\"404\"} 1",
        "bonafide_jobs_waiting 0",
        "bonafide_cases_in_review 0",
        "bonafide_deliveries_waiting 1",
        "bonafide_deliveries_dead 0",
        "bonafide_webhooks_failing 1",
    ] {
        assert!(text.lines().any(|line| line == expected), "{expected}\n{text}");
    }
    let house = &client.house;
    let case = house.open(house.account("user-2").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.installation.submit(case).await.unwrap();
    house.clock.go(30);
    let text = scraped(&client).await;
    for expected in ["bonafide_jobs_waiting 1", "bonafide_oldest_job_seconds 30"] {
        assert!(text.lines().any(|line| line == expected), "{expected}\n{text}");
    }
}

#[tokio::test]
async fn no_label_says_which_one() {
    let (client, secrets) = busy().await;
    let text = scraped(&client).await;
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret}");
    }
    let labels = text.lines().filter_map(|line| Some(line.split_once('{')?.1.rsplit_once('}')?.0));
    let names: BTreeSet<&str> = labels
        .flat_map(|labels| labels.split("\","))
        .filter_map(|label| Some(label.split_once('=')?.0))
        .collect();
    let known = ["check", "code", "le", "method", "outcome", "place", "route", "status", "verdict"];
    assert_eq!(names, BTreeSet::from(known));
}
