//! Events to endpoints: signed, repeated by the schedule, given up visibly, replayed.

use std::time::Duration;

use bonafide_workflow::{
    Deliverer, Delivery, DeliveryState, EndpointError, EndpointRequest, Kind, NewEndpoint,
    Replayed, Worker,
};
use domain::id::EndpointId;
use exact_world::{House, Received, Receiver, START, passport};
use outgoing::{Secret, VerifyError, verify};
use serde_json::json;
use tokio::sync::watch;

async fn hook(house: &House, url: &str, kinds: &[&str]) -> NewEndpoint {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let request = EndpointRequest { url: url.to_owned(), description: String::new(), kinds };
    house.installation.make_endpoint(request, "the test").await.unwrap()
}

async fn log(house: &House, id: EndpointId) -> Vec<Delivery> {
    house.installation.deliveries(id, None, (i64::MAX, 100)).await.unwrap()
}

fn verified(received: &Received, secret: &Secret, second: i64) -> Result<(), VerifyError> {
    let (secrets, now) = ([secret.clone()], (START + second) as u64);
    verify(&secrets, &received.headers, &received.body, now, Duration::ZERO)
}

#[tokio::test]
async fn an_event_is_delivered_signed_numbered_and_named() {
    let house = House::build(Kind::Sandbox).await;
    let mut receiver = Receiver::start().await;
    let hook = hook(&house, &receiver.url, &["account.registered"]).await;
    let account = house.account("user-1").await;
    house.open(account).await;
    house.clock.go(7);
    assert_eq!(house.deliver().await, 1, "the opened case is not asked for");
    let received = receiver.received();
    let [received] = &received[..] else { panic!("{received:?}") };
    verified(received, &hook.secret, 7).unwrap();
    // The first one tells that the web hook was made.
    let (number, event) = house.installation.events(1, 1).await.unwrap().remove(0);
    assert_eq!(received.header("webhook-id"), event.id.to_string());
    assert_eq!(received.header("bonafide-installation"), "sandbox");
    let expected = json!({
        "number": number, "id": event.id, "kind": "account.registered", "account": account,
        "case": null, "data": {}, "at": event.at.to_string(), "installation": "sandbox",
    });
    assert_eq!(received.json(), expected, "no name of the account's, external ones neither");
    let entry = &log(&house, hook.endpoint.id).await[0];
    assert_eq!((entry.state, entry.attempts), (DeliveryState::Delivered, 1));
    assert_eq!((entry.answer, &entry.problem), (Some(204), &None));
    assert_eq!(house.deliver().await, 0);
}

#[tokio::test]
async fn what_fails_is_repeated_given_up_told_of_and_replayed() {
    let house = House::build(Kind::Live).await;
    let (mut broken, mut well) = (Receiver::start().await, Receiver::start().await);
    broken.answers("HTTP/1.1 500 Internal Server Error\r\n");
    let hook = hook(&house, &broken.url, &["account.registered"]).await;
    self::hook(&house, &well.url, &["webhook.failing"]).await;
    house.account("user-1").await;
    let (mut ids, mut attempts) = (Vec::new(), 0);
    loop {
        house.deliver().await;
        ids.extend(broken.received().iter().map(|one| one.header("webhook-id").to_owned()));
        attempts += 1;
        let entry = log(&house, hook.endpoint.id).await.remove(0);
        assert_eq!((entry.answer, entry.problem.as_deref()), (Some(500), Some("not-taken")));
        assert_eq!(entry.attempts, attempts);
        if entry.state == DeliveryState::Dead {
            break;
        }
        let wait = entry.run_after.duration_since(house.installation.now()).as_secs();
        house.clock.go(wait - 1);
        house.deliver().await;
        assert!(broken.received().is_empty(), "its time has not come");
        house.clock.go(2);
    }
    assert!(ids.len() == 8 && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    house.clock.go(24 * 3600);
    house.deliver().await;
    let told = well.received();
    let [told] = &told[..] else { panic!("it is told once: {told:?}") };
    assert_eq!(told.json()["data"]["webhook"], json!(hook.endpoint.id));
    assert!(house.installation.endpoint(hook.endpoint.id).await.unwrap().failing_since.is_some());

    broken.answers("HTTP/1.1 200 OK\r\n");
    let id = hook.endpoint.id;
    assert_eq!(house.installation.deliver_again(id, Replayed::One(3)).await.unwrap(), 1);
    assert_eq!(house.deliver().await, 1);
    let again = broken.received().remove(0);
    assert_eq!(again.header("webhook-id"), ids[0]);
    assert_eq!(house.installation.endpoint(id).await.unwrap().failing_since, None);
}

#[tokio::test]
async fn old_and_new_secret_both_sign_for_the_overlap() {
    let house = House::build(Kind::Live).await;
    let mut receiver = Receiver::start().await;
    let old = hook(&house, &receiver.url, &[]).await;
    let (id, hour) = (old.endpoint.id, Duration::from_hours(1));
    let new = house.installation.rotate_secret(id, hour, "the test").await.unwrap();
    assert_ne!(*old.secret.reveal(), *new.secret.reveal());
    for (second, old_signs) in [(3599, Ok(())), (3600, Err(VerifyError::Signature))] {
        house.clock.go(second - (house.installation.now().as_second() - START));
        house.account(&format!("user-{second}")).await;
        house.deliver().await;
        let received = receiver.received().remove(0);
        verified(&received, &new.secret, second).unwrap();
        assert_eq!(verified(&received, &old.secret, second), old_signs, "{second}");
    }
    let long = house.installation.rotate_secret(id, Duration::from_hours(169), "the test").await;
    assert!(matches!(long, Err(EndpointError::LongOverlap)));
}

#[tokio::test]
async fn nothing_leads_inside() {
    let house = House::build(Kind::Live).await;
    let refused = [
        ("http://169.254.169.254/latest/meta-data/", "address-refused"),
        ("http://metadata.test/", "address-refused"),
        ("http://shared.test/", "address-refused"),
        ("http://100.64.0.1/", "address-refused"),
        ("http://10.0.0.1/", "address-refused"),
        ("http://[::ffff:169.254.169.254]/", "address-refused"),
        ("http://127.0.0.2/", "address-refused"),
        ("ftp://receiver.test/", "url-scheme"),
        ("receiver", "url-invalid"),
    ];
    for (url, expected) in refused {
        let request =
            EndpointRequest { url: url.to_owned(), description: String::new(), kinds: vec![] };
        let made = house.installation.make_endpoint(request, "the test").await;
        let Err(EndpointError::Refused { code, .. }) = made else { panic!("{url}: {made:?}") };
        assert_eq!(code, expected, "{url}");
    }
    let mut receiver = Receiver::start().await;
    receiver.answers("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://169.254.169.254/\r\n");
    let kinds = ["account.registered"];
    let redirecting = hook(&house, &receiver.url, &kinds).await.endpoint.id;
    let moving = hook(&house, "http://moving.test/", &kinds).await.endpoint.id;
    let unknown = hook(&house, "http://nowhere.test/", &kinds).await.endpoint.id;
    house.account("user-1").await;
    assert_eq!(house.deliver().await, 3);
    assert_eq!(receiver.received().len(), 1, "it is not followed");
    let expected =
        [(redirecting, "redirected"), (moving, "address-refused"), (unknown, "name-not-resolved")];
    for (id, problem) in expected {
        let entry = log(&house, id).await.remove(0);
        assert_eq!(entry.problem.as_deref(), Some(problem));
        assert_eq!(entry.state, DeliveryState::Waiting, "a name may lead elsewhere tomorrow");
    }
}

#[tokio::test]
async fn an_endpoint_may_ask_for_time_or_for_an_end() {
    let house = House::build(Kind::Live).await;
    let receiver = Receiver::start().await;
    let id = hook(&house, &receiver.url, &["account.registered"]).await.endpoint.id;
    receiver.answers("HTTP/1.1 429 Too Many Requests\r\nretry-after: 90\r\n");
    house.account("user-1").await;
    house.deliver().await;
    let entry = log(&house, id).await.remove(0);
    assert_eq!(entry.run_after, house.installation.now() + Duration::from_secs(90));
    receiver.answers("HTTP/1.1 410 Gone\r\n");
    house.clock.go(90);
    house.deliver().await;
    let entry = log(&house, id).await.remove(0);
    assert_eq!((entry.state, entry.problem.as_deref()), (DeliveryState::Dead, Some("gone")));
    assert!(house.installation.endpoint(id).await.unwrap().disabled_at.is_some());
}

#[tokio::test]
async fn what_an_endpoint_missed_can_be_replayed() {
    let house = House::build(Kind::Live).await;
    house.account("user-1").await;
    let mut receiver = Receiver::start().await;
    let id = hook(&house, &receiver.url, &["account.registered"]).await.endpoint.id;
    house.account("user-2").await;
    house.installation.disable_endpoint(id, true, "the test").await.unwrap();
    house.account("user-3").await;
    assert_eq!(house.deliver().await, 0, "nothing is sent to what is disabled");
    house.installation.disable_endpoint(id, false, "the test").await.unwrap();
    house.deliver().await;
    let numbers = |received: Vec<Received>| -> Vec<_> {
        received.iter().map(|one| one.json()["number"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers(receiver.received()), [3], "what waited, and not what it missed");
    assert_eq!(house.installation.deliver_again(id, Replayed::After(2)).await.unwrap(), 2);
    house.deliver().await;
    assert_eq!(numbers(receiver.received()), [3, 5]);
    assert_eq!(house.installation.deliver_again(id, Replayed::One(99)).await.unwrap(), 0);
    house.installation.delete_endpoint(id, "the test").await.unwrap();
    let gone = house.installation.deliver_again(id, Replayed::One(1)).await;
    assert!(matches!(gone, Err(EndpointError::NoSuchEndpoint)));
}

#[tokio::test]
async fn a_silent_endpoint_holds_up_nobody() {
    let house = House::build(Kind::Sandbox).await;
    let (mut silent, mut well) = (Receiver::start().await, Receiver::start().await);
    silent.is_silent();
    hook(&house, &silent.url, &[]).await;
    hook(&house, &well.url, &[]).await;
    let (stop, stopped) = watch::channel(false);
    let deliverer = Deliverer::new(house.installation.clone(), "deliverer");
    let delivering = tokio::spawn({
        let stopped = stopped.clone();
        async move { deliverer.run(stopped).await }
    });
    let account = house.account("user-1").await;
    silent.next().await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let worker = Worker::new(house.installation.clone(), "worker");
    let working = tokio::spawn(async move { worker.run(stopped).await });
    house.installation.submit(case).await.unwrap();
    let mut kinds = Vec::new();
    // In whichever order they come.
    while kinds.len() < 5 {
        kinds.push(well.next().await.json()["kind"].as_str().unwrap().to_owned());
    }
    kinds.sort();
    let told = ["account.registered", "case.approved", "case.assessing", "case.opened"];
    assert_eq!(kinds[..4], told);
    assert_eq!(kinds[4..], ["webhook.made"], "of the other one it was not told");
    stop.send_replace(true);
    working.await.unwrap();
    delivering.abort();
}
