//! On PostgreSQL transactions overlap: numbers are in the order in which they commit, or whoever
//! follows the numbers misses what commits late.

use bonafide_store::{Event, Store};
use domain::id::EventId;
use jiff::Timestamp;
use postgres_fixture::Cluster;

fn event(number: u8) -> Event {
    let at = Timestamp::from_second(1_772_000_000).unwrap();
    Event {
        id: EventId::new(at, [number; 10]),
        kind: "case.approved".to_owned(),
        account: None,
        case: None,
        data: "{}".to_owned(),
        at,
    }
}

#[tokio::test]
async fn a_transaction_that_commits_late_has_the_later_number() {
    let cluster = Cluster::start();
    let store = Store::open(&cluster.database()).await.unwrap();
    let (mut late, mut early) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    late.add_event(event(1));
    early.add_event(event(2));
    early.commit().await.unwrap();
    let seen = store.read().await.unwrap().events(0, 10).await.unwrap();
    assert_eq!(seen, [(1, event(2))]);
    late.commit().await.unwrap();
    let rest = store.read().await.unwrap().events(seen[0].0, 10).await.unwrap();
    assert_eq!(rest, [(2, event(1))]);
    let rolled_back = {
        let mut tx = store.begin().await.unwrap();
        tx.add_event(event(3));
        tx.add_event(event(1));
        tx.commit().await
    };
    assert!(rolled_back.is_err(), "an id is used once");
    let mut tx = store.begin().await.unwrap();
    tx.add_event(event(4));
    tx.commit().await.unwrap();
    let rest = store.read().await.unwrap().events(2, 10).await.unwrap();
    assert_eq!(rest, [(3, event(4))], "no number is left out");
}
