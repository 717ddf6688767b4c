use bonafide_store::{
    Attempt, Backlog, ClaimedDelivery, DeliveryState, Endpoint, Event, Next, SealedSecrets, Store,
};
use domain::id::{EndpointId, EventId};

use super::{account, at};

fn endpoint(number: u8, kinds: &[&str]) -> Endpoint {
    Endpoint {
        id: EndpointId::new(at(0), [number; 10]),
        url: format!("https://{number}.example/hook"),
        description: String::new(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        created_at: at(0),
        disabled_at: None,
        failing_since: None,
        former_until: None,
    }
}

async fn hook(store: &Store, number: u8, kinds: &[&str]) -> EndpointId {
    let endpoint = endpoint(number, kinds);
    let mut tx = store.begin().await.unwrap();
    tx.add_endpoint(&endpoint, &[number]).await.unwrap();
    tx.commit().await.unwrap();
    endpoint.id
}

fn event(number: u16, kind: &str) -> Event {
    let mut random = [7; 10];
    random[..2].copy_from_slice(&number.to_be_bytes());
    Event {
        id: EventId::new(at(0), random),
        kind: kind.to_owned(),
        account: Some(account(1).id),
        case: None,
        data: "{}".to_owned(),
        at: at(0),
    }
}

async fn tell(store: &Store, number: u16, kind: &str) {
    let mut tx = store.begin().await.unwrap();
    tx.add_event(event(number, kind));
    tx.commit().await.unwrap();
}

async fn claim(
    store: &Store,
    id: EndpointId,
    (worker, second): (&str, i64),
) -> Option<ClaimedDelivery> {
    let mut tx = store.begin().await.unwrap();
    let lease = (at(second), at(second + 60));
    let claimed = tx.claim_delivery(id, worker, lease).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn end(store: &Store, claimed: &ClaimedDelivery, worker: &str, next: Next) -> bool {
    let problem = (next != Next::Delivered).then_some("not-taken");
    let attempt = Attempt { next, answer: Some(200), problem, at: at(100) };
    let mut tx = store.begin().await.unwrap();
    let ended = tx.end_attempt(claimed, worker, &attempt).await.unwrap();
    tx.commit().await.unwrap();
    ended
}

async fn states(store: &Store, id: EndpointId) -> Vec<(i64, DeliveryState)> {
    let mut tx = store.read().await.unwrap();
    let listed = tx.deliveries(id, None, (i64::MAX, 100)).await.unwrap();
    listed.into_iter().map(|delivery| (delivery.number, delivery.state)).collect()
}

pub async fn whoever_follows_the_numbers_misses_no_event(store: &Store) {
    const EACH: u16 = 25;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8 {
        let store = store.clone();
        writers.spawn(async move {
            for place in 0..EACH {
                tell(&store, writer * EACH + place, "case.opened").await;
            }
        });
    }
    let mut seen = Vec::new();
    loop {
        // Looked at before reading: what was written by then is read.
        let over = writers.is_empty();
        let mut tx = store.read().await.unwrap();
        let new = tx.events(seen.len() as i64, 1000).await.unwrap();
        seen.extend(new.into_iter().map(|(number, _)| number));
        drop(tx);
        if over {
            break;
        }
        while writers.try_join_next().is_some() {}
        tokio::task::yield_now().await;
    }
    assert_eq!(seen, (1..=8 * i64::from(EACH)).collect::<Vec<_>>());
}

pub async fn an_endpoint_is_found_as_it_was_written_until_it_is_deleted(store: &Store) {
    let kinds = ["case.approved", "case.in_review"];
    let (one, two) = (hook(store, 1, &kinds).await, hook(store, 2, &[]).await);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.count_endpoints().await.unwrap(), 2);
    assert_eq!(tx.endpoints().await.unwrap(), [endpoint(2, &[]), endpoint(1, &kinds)]);
    let secrets = SealedSecrets { secret: vec![1], former: None };
    assert_eq!(tx.secrets(one).await.unwrap(), Some(secrets));
    assert!(tx.rotate_secret(one, &[9], at(50)).await.unwrap());
    let secrets = SealedSecrets { secret: vec![9], former: Some((vec![1], at(50))) };
    assert_eq!(tx.secrets(one).await.unwrap(), Some(secrets));
    assert_eq!(tx.endpoint(one).await.unwrap().unwrap().former_until, Some(at(50)));
    tx.commit().await.unwrap();

    tell(store, 1, "case.approved").await;
    let mut tx = store.begin().await.unwrap();
    assert!(tx.delete_endpoint(one).await.unwrap());
    assert!(!tx.delete_endpoint(one).await.unwrap());
    assert_eq!(tx.endpoint(one).await.unwrap(), None);
    assert!(!tx.rotate_secret(one, &[9], at(50)).await.unwrap());
    assert!(!tx.disable_endpoint(one, None).await.unwrap());
    tx.commit().await.unwrap();
    assert!(states(store, one).await.is_empty());
    assert_eq!(states(store, two).await.len(), 1);
}

pub async fn an_event_is_delivered_to_those_who_want_its_kind(store: &Store) {
    let all = hook(store, 1, &[]).await;
    let some = hook(store, 2, &["case.in_review", "case.approved"]).await;
    let disabled = hook(store, 3, &[]).await;
    let mut tx = store.begin().await.unwrap();
    tx.disable_endpoint(disabled, Some(at(0))).await.unwrap();
    tx.commit().await.unwrap();
    for (number, kind) in [(1, "case.in_review"), (2, "case.inAreview"), (3, "case.approved")] {
        tell(store, number, kind).await;
    }
    let waiting = |number| (number, DeliveryState::Waiting);
    assert_eq!(states(store, all).await, [waiting(3), waiting(2), waiting(1)]);
    assert_eq!(states(store, some).await, [waiting(3), waiting(1)]);
    assert!(states(store, disabled).await.is_empty());
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.replay(disabled, (2, i64::MAX), at(5)).await.unwrap(), 2);
    assert_eq!(tx.replay(some, (2, 2), at(5)).await.unwrap(), 0, "it does not want this kind");
    assert_eq!(tx.due_endpoints(at(9), 1).await.unwrap(), [all, some]);
    let backlog = Backlog { waiting: 5, dead: 0, failing: 0 };
    assert_eq!(tx.backlog().await.unwrap(), backlog, "what is disabled does not wait");
    tx.disable_endpoint(disabled, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(states(store, disabled).await, [waiting(3), waiting(2)]);
}

pub async fn an_attempt_is_made_by_one_worker(store: &Store) {
    let id = hook(store, 1, &[]).await;
    for number in 0..20 {
        tell(store, number, "case.opened").await;
    }
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..4 {
        let store = store.clone();
        tasks.spawn(async move {
            let (worker, mut done) = (format!("worker-{worker}"), Vec::new());
            while let Some(claimed) = claim(&store, id, (&worker, 1)).await {
                assert!(end(&store, &claimed, &worker, Next::Delivered).await);
                done.push(claimed.number);
            }
            done
        });
    }
    let mut done: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    done.sort_unstable();
    assert_eq!(done, (1..=20).collect::<Vec<_>>());
}

pub async fn a_delivery_waits_is_given_up_and_is_replayed(store: &Store) {
    let id = hook(store, 1, &[]).await;
    tell(store, 1, "case.opened").await;
    let lost = claim(store, id, ("lost", 1)).await.unwrap();
    assert_eq!(claim(store, id, ("other", 60)).await, None, "it is leased until 61");
    let mut tx = store.read().await.unwrap();
    assert!(tx.due_endpoints(at(60), 4).await.unwrap().is_empty());
    assert_eq!(tx.due_endpoints(at(61), 1).await.unwrap(), [id]);
    drop(tx);
    let again = claim(store, id, ("other", 61)).await.unwrap();
    assert_eq!((again.number, again.attempts), (lost.number, 2));
    assert!(!end(store, &lost, "lost", Next::Delivered).await, "it is the other's now");
    assert!(end(store, &again, "other", Next::Again(at(200))).await);
    assert_eq!(claim(store, id, ("other", 199)).await, None);
    let last = claim(store, id, ("other", 200)).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.replay(id, (1, 1), at(201)).await.unwrap(), 0, "it is under way");
    drop(tx);
    assert!(end(store, &last, "other", Next::Dead).await);
    assert_eq!(states(store, id).await, [(1, DeliveryState::Dead)]);

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.backlog().await.unwrap(), Backlog { waiting: 0, dead: 1, failing: 1 });
    assert_eq!(tx.newly_failing(at(99), at(300)).await.unwrap(), [], "it fails since 100");
    assert_eq!(tx.newly_failing(at(100), at(300)).await.unwrap(), [(id, at(100))]);
    assert_eq!(tx.newly_failing(at(100), at(300)).await.unwrap(), [], "it was told");
    assert_eq!(tx.replay(id, (1, 1), at(300)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let first = claim(store, id, ("other", 300)).await.unwrap();
    assert_eq!(first.attempts, 1);
    assert!(end(store, &first, "other", Next::Delivered).await);
    let mut tx = store.read().await.unwrap();
    let done = tx.deliveries(id, Some(DeliveryState::Delivered), (2, 9)).await.unwrap();
    let (answer, problem) = (done[0].answer, done[0].problem.as_deref());
    assert_eq!((answer, problem, done[0].attempted_at), (Some(200), None, Some(at(100))));
    assert!(tx.deliveries(id, Some(DeliveryState::Dead), (2, 9)).await.unwrap().is_empty());
    assert!(tx.deliveries(id, None, (1, 9)).await.unwrap().is_empty(), "none before 1");
    assert_eq!(tx.endpoint(id).await.unwrap().unwrap().failing_since, None);
}
