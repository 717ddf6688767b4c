//! Limits under concurrent use, freezing, erasing, repeated requests.

use bonafide_workflow::{
    Approval, Kind, Once, RegisterError, RegisterRequest, Ruling, Scope, SpendError, Spent,
};
use domain::entitlement::{Ask, Refusal};
use domain::id::AccountId;
use exact_world::{House, passport};
use store::ReservationState;

async fn verified(house: &House) -> AccountId {
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    account
}

fn withdraw(amount: &str) -> Ask {
    Ask {
        feature: "withdraw".to_owned(),
        currency: "USDT".to_owned(),
        amount: amount.parse().unwrap(),
    }
}

async fn left(house: &House, account: AccountId) -> String {
    let now = house.installation.entitlements(account).await.unwrap().unwrap();
    let withdraw = now.features.iter().find(|one| one.feature == "withdraw").unwrap();
    withdraw.day.left.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_withdrawals_never_exceed_the_limit() {
    let house = House::build(Kind::Sandbox).await;
    let account = verified(&house).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let bonafide = house.installation.clone();
        let reference = format!("order-{number}");
        tasks
            .spawn(async move { bonafide.authorize(account, &withdraw("2500"), &reference).await });
    }
    let (made, refused): (Vec<_>, Vec<_>) =
        tasks.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (20, 20));
    assert!(
        refused
            .iter()
            .all(|error| matches!(error, Err(SpendError::Refused(Refusal::DayLimit { .. }))))
    );
    assert_eq!(left(&house, account).await, "0");
}

#[tokio::test]
async fn a_reservation_is_used_given_back_or_runs_out() {
    let house = House::build(Kind::Sandbox).await;
    let account = verified(&house).await;
    let bonafide = &house.installation;
    let reserve = async |reference: &str| match bonafide
        .authorize(account, &withdraw("100"), reference)
        .await
    {
        Ok(Spent::Reserved(reservation)) => reservation,
        other => panic!("{other:?}"),
    };
    let (one, two) = (reserve("a").await, reserve("b").await);
    assert_eq!(reserve("a").await, one, "the same request is the same reservation");
    let other = bonafide.authorize(account, &withdraw("1"), "a").await;
    assert!(matches!(other, Err(SpendError::ReferenceUsed)));
    reserve("c").await;
    assert_eq!(left(&house, account).await, "49700");

    bonafide.settle(account, one.id, ReservationState::Captured).await.unwrap();
    bonafide.settle(account, one.id, ReservationState::Captured).await.unwrap();
    bonafide.settle(account, two.id, ReservationState::Released).await.unwrap();
    let again = bonafide.settle(account, two.id, ReservationState::Captured).await;
    assert!(matches!(again, Err(SpendError::Settled(ReservationState::Released))));
    assert_eq!(left(&house, account).await, "49800");
    house.clock.go(30 * 60);
    assert_eq!(left(&house, account).await, "49900", "whether it was swept or not");
    assert_eq!(bonafide.release_run_out().await.unwrap(), 1);
    assert_eq!(left(&house, account).await, "49900");
    house.clock.go(24 * 3600);
    assert_eq!(left(&house, account).await, "50000", "a new day");

    let deposit = Ask { feature: "deposit".to_owned(), ..withdraw("1") };
    assert!(matches!(bonafide.authorize(account, &deposit, "d").await, Ok(Spent::Unlimited)));
    let nothing = bonafide.authorize(account, &withdraw("0"), "e").await;
    assert!(matches!(nothing, Err(SpendError::Nothing)));
}

/// Whoever has used a limit up, and opens another account, has used it up.
#[tokio::test]
async fn what_an_earlier_account_used_counts_for_the_one_that_it_is_closed_for() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, later) = (house.account("user-1").await, house.account("user-2").await);
    for account in [earlier, later] {
        let case = house.open(account).await.case.id;
        house.fill_as(case, "A1", 0.0).await;
        house.assess(case).await;
        if account == earlier {
            bonafide.authorize(earlier, &withdraw("40000"), "a").await.unwrap();
            continue;
        }
        bonafide.claim(case, "Mei").await.unwrap();
        let closes = Approval { closes: Some(earlier), ..Approval::default() };
        bonafide.rule(case, "Mei", &Ruling::Approve(closes), "").await.unwrap();
    }
    assert_eq!(left(&house, later).await, "10000");
    let more = bonafide.authorize(later, &withdraw("10001"), "a").await;
    assert!(matches!(more, Err(SpendError::Refused(Refusal::DayLimit { .. }))), "{more:?}");
    house.clock.go(30 * 60);
    assert_eq!(left(&house, later).await, "50000", "it was held, and ran out");
}

#[tokio::test]
async fn a_repeated_question_is_answered_by_what_holds_now() {
    let house = House::build(Kind::Sandbox).await;
    let account = verified(&house).await;
    let bonafide = &house.installation;
    let ask = async |reference: &str, amount: &str| {
        bonafide.authorize(account, &withdraw(amount), reference).await
    };
    let reserved = async |reference: &str, amount: &str| match ask(reference, amount).await {
        Ok(Spent::Reserved(reservation)) => reservation,
        other => panic!("{other:?}"),
    };
    let no = async |reference: &str| match ask(reference, "100").await {
        Err(SpendError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let used = reserved("used", "100").await;
    bonafide.settle(account, used.id, ReservationState::Captured).await.unwrap();
    let back = reserved("given back", "100").await;
    bonafide.settle(account, back.id, ReservationState::Released).await.unwrap();
    assert_eq!(no("given back").await, Refusal::ReservationReleased);

    // The whole of the limit is held, and it is what is asked for again.
    let rest = reserved("rest", "49900").await;
    assert_eq!(reserved("rest", "49900").await, rest);
    bonafide.freeze(account, Some("a court asked".to_owned()), "key_1").await.unwrap();
    let frozen = ask("rest", "49900").await;
    assert!(matches!(frozen, Err(SpendError::Refused(Refusal::AccountFrozen))));
    bonafide.freeze(account, None, "key_1").await.unwrap();
    assert_eq!(reserved("rest", "49900").await, rest);

    house.clock.go(30 * 60);
    let late = ask("rest", "49900").await;
    assert!(matches!(late, Err(SpendError::Refused(Refusal::ReservationExpired))));
    let captured = bonafide.settle(account, rest.id, ReservationState::Captured).await;
    assert!(matches!(captured, Err(SpendError::Settled(ReservationState::Released))));
    reserved("instead", "49900").await;
    assert_eq!(reserved("used", "100").await.state, ReservationState::Captured, "it was used");
    // The tier ends with its document.
    let evening: jiff::Timestamp = "2032-04-15T23:45:00Z".parse().unwrap();
    house.clock.go(evening.duration_since(bonafide.now()).as_secs());
    reserved("held", "100").await;
    house.clock.go(20 * 60);
    assert_eq!(no("held").await, Refusal::FeatureNotGranted);
}

#[tokio::test]
async fn a_frozen_account_spends_nothing_until_it_is_thawed() {
    let house = House::build(Kind::Sandbox).await;
    let account = verified(&house).await;
    let bonafide = &house.installation;
    bonafide.freeze(account, Some("a court asked".to_owned()), "key_1").await.unwrap();
    let refused = bonafide.authorize(account, &withdraw("1"), "a").await;
    assert!(matches!(refused, Err(SpendError::Refused(Refusal::AccountFrozen))));
    bonafide.freeze(account, None, "key_1").await.unwrap();
    assert!(bonafide.authorize(account, &withdraw("1"), "a").await.is_ok());
}

#[tokio::test]
async fn a_repeated_request_happens_once_and_a_changed_one_is_refused() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let key = bonafide.make_key("the exchange", &[Scope::Accounts], "the test").await.unwrap();
    let found = bonafide.key(&key.token).await.unwrap();
    assert_eq!(found, Some(key.key.clone()));
    assert!(!format!("{key:?}").contains(key.token.reveal()));
    let request = |name: &str| RegisterRequest::of(name);
    let once = |body: &[u8]| Once::new(key.key.id, "retry-1", body);
    let first = bonafide.register(&request("user-1"), Some(&once(b"1"))).await.unwrap();
    let again = bonafide.register(&request("user-1"), Some(&once(b"1"))).await.unwrap();
    assert_eq!(first, again);
    let changed = bonafide.register(&request("user-2"), Some(&once(b"2"))).await;
    assert!(matches!(changed, Err(RegisterError::Once(_))));
    let taken = bonafide.register(&request("user-1"), None).await;
    assert!(matches!(taken, Err(RegisterError::Exists(id)) if id == first.id));
    let bad = bonafide.register(&request("a\nb"), None).await;
    assert!(matches!(bad, Err(RegisterError::BadExternalId)));
    assert!(bonafide.revoke_key(key.key.id, "the test").await.unwrap());
    assert_eq!(bonafide.key(&key.token).await.unwrap(), None);

    let open = |body: &[u8]| Once::new(key.key.id, "open-1", body);
    let one = bonafide.open(first.id, "L2", Some(&open(b"x"))).await.unwrap();
    let two = bonafide.open(first.id, "L2", Some(&open(b"x"))).await.unwrap();
    assert_eq!(one.case, two.case);
    assert!(bonafide.case_of(&one.token).await.unwrap().is_none(), "the later token counts");
    assert!(bonafide.case_of(&two.token).await.unwrap().is_some());
}

#[tokio::test]
async fn a_tier_ends_with_its_document_and_the_operator_is_told_once() {
    let house = House::build(Kind::Sandbox).await;
    let account = verified(&house).await;
    let bonafide = &house.installation;
    assert_eq!(bonafide.downgrade_run_out().await.unwrap(), 0);
    // The passport ends on 2032-04-15.
    house.clock.go(7 * 366 * 24 * 3600);
    let expired = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(expired.tier.as_deref(), Some("L1"), "whether the job ran or not");
    assert_eq!(bonafide.downgrade_run_out().await.unwrap(), 1);
    assert_eq!(bonafide.downgrade_run_out().await.unwrap(), 0);
    let events = bonafide.events(0, 100).await.unwrap();
    let told = events.iter().filter(|(_, event)| event.kind == "account.downgraded").count();
    assert_eq!(told, 1);
    assert!(bonafide.open(account, "L2", None).await.is_ok(), "it can be verified again");
}
