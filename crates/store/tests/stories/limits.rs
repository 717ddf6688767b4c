use bonafide_store::{Reservation, ReservationState, Store, StoreError};
use domain::account::Closing;
use domain::entitlement::{Ask, Used};
use domain::id::ReservationId;
use jiff::civil::date;

use super::{account, at, case};

fn reservation(number: u8, amount: &str) -> Reservation {
    let ask = Ask {
        feature: "withdraw".to_owned(),
        currency: "USDT".to_owned(),
        amount: amount.parse().unwrap(),
    };
    Reservation {
        id: ReservationId::new(at(i64::from(number)), [number; 10]),
        account: account(1).id,
        reference: format!("order-{number}"),
        ask,
        day: date(2026, 3, 1),
        state: ReservationState::Held,
        created_at: at(0),
        expires_at: at(60),
    }
}

async fn used(store: &Store, day: jiff::civil::Date) -> (String, String) {
    used_at(store, day, 0).await
}

async fn used_at(store: &Store, day: jiff::civil::Date, second: i64) -> (String, String) {
    let mut tx = store.read().await.unwrap();
    let usage = tx.usage(account(1).id, day, at(second)).await.unwrap();
    let key = ("withdraw".to_owned(), "USDT".to_owned());
    let Used { day, month } = usage.get(&key).copied().unwrap_or_default();
    (day.to_string(), month.to_string())
}

pub async fn a_reservation_counts_until_it_is_released(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account(1)).await.unwrap();
    tx.reserve(&reservation(1, "10.5")).await.unwrap();
    tx.reserve(&reservation(2, "0.000000000000000001")).await.unwrap();
    let mut yesterday = reservation(3, "4");
    yesterday.day = date(2026, 2, 28);
    tx.reserve(&yesterday).await.unwrap();
    tx.commit().await.unwrap();
    let sum = "10.500000000000000001".to_owned();
    assert_eq!(used(store, date(2026, 3, 1)).await, (sum.clone(), sum.clone()));
    assert_eq!(used(store, date(2026, 3, 2)).await, ("0".to_owned(), sum));
    let nothing = ("0".to_owned(), "0".to_owned());
    assert_eq!(used_at(store, date(2026, 3, 1), 60).await, nothing, "all of it has run out");

    let mut tx = store.begin().await.unwrap();
    let twice = tx.reserve(&reservation(1, "1")).await;
    assert!(matches!(twice, Err(StoreError::Exists { .. })));
    drop(tx);

    let mut tx = store.begin().await.unwrap();
    let (one, two) = (reservation(1, "10.5").id, reservation(2, "0").id);
    let captured = tx.settle(one, ReservationState::Captured).await.unwrap().unwrap();
    assert_eq!(captured.state, ReservationState::Captured);
    assert!(tx.settle(one, ReservationState::Released).await.unwrap().is_none());
    assert!(tx.settle(two, ReservationState::Released).await.unwrap().is_some());
    assert!(tx.settle(two, ReservationState::Released).await.unwrap().is_none());
    let ran_out = tx.run_out(at(60), 10).await.unwrap();
    assert_eq!(ran_out.iter().map(|r| r.id).collect::<Vec<_>>(), [yesterday.id]);
    assert!(tx.run_out(at(59), 10).await.unwrap().is_empty());
    let found = tx.reservation_called(account(1).id, "order-1").await.unwrap();
    assert_eq!(found, Some(captured));
    tx.commit().await.unwrap();
    let left = ("10.5".to_owned(), "10.5".to_owned());
    assert_eq!(used_at(store, date(2026, 3, 1), 60).await, left, "it was used");
}

/// Ten days at two thousand million rupiah each.
pub async fn what_is_used_grows_beyond_what_one_may_ask_for(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account(1)).await.unwrap();
    for number in 1..=10 {
        let mut one = reservation(number, "2000000000");
        one.day = date(2026, 3, i8::try_from(number).unwrap());
        tx.reserve(&one).await.unwrap();
    }
    tx.commit().await.unwrap();
    let sums = ("2000000000".to_owned(), "20000000000".to_owned());
    assert_eq!(used(store, date(2026, 3, 10)).await, sums);
}

/// Two accounts were closed for one after the other: all that was used is one person's.
pub async fn what_a_closed_account_used_counts_where_its_person_goes_on(store: &Store) {
    let spent = [(1, "1"), (2, "20"), (3, "300")];
    let mut tx = store.begin().await.unwrap();
    for (number, amount) in spent {
        let mut one = account(number);
        tx.add_account(&one).await.unwrap();
        tx.reserve(&Reservation { account: one.id, ..reservation(number, amount) }).await.unwrap();
        one.closed = (number > 1).then(|| {
            let kept = account(number - 1);
            Closing { kept: kept.id, case: case(&kept, 1).id }
        });
        tx.save_account(&one).await.unwrap();
    }
    let captured = ReservationState::Captured;
    tx.settle(reservation(3, "300").id, captured).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let day = date(2026, 3, 1);
    assert_eq!(used(store, day).await, ("321".to_owned(), "321".to_owned()));
    assert_eq!(used(store, date(2026, 3, 2)).await, ("0".to_owned(), "321".to_owned()));
    assert_eq!(used_at(store, day, 60).await.0, "300", "what was held has run out");

    // Opened again, the last one's person is another one.
    let mut tx = store.begin().await.unwrap();
    tx.save_account(&account(3)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(used(store, day).await.0, "21");
}

pub async fn concurrent_reservations_never_exceed_a_limit(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..24 {
        let store = store.clone();
        tasks.spawn(async move {
            let one = reservation(number, "10");
            let mut tx = store.begin().await.unwrap();
            tx.lock_account(one.account).await.unwrap().unwrap();
            let usage = tx.usage(one.account, one.day, at(0)).await.unwrap();
            let key = ("withdraw".to_owned(), "USDT".to_owned());
            let used = usage.get(&key).copied().unwrap_or_default().day;
            let fits = used.plus(one.ask.amount).unwrap() <= "100".parse().unwrap();
            if fits {
                tx.reserve(&one).await.unwrap();
                tx.commit().await.unwrap();
            }
            fits
        });
    }
    let made = tasks.join_all().await.into_iter().filter(|made| *made).count();
    assert_eq!(made, 10);
    assert_eq!(used(store, date(2026, 3, 1)).await.0, "100");
}
