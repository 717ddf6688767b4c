//! A person who is to be verified again, and how long a decision takes.

use bonafide_workflow::{Kind, OpenError};
use domain::case::CaseState;
use domain::id::AccountId;
use exact_world::{House, SANDBOX, passport};

const DAY: i64 = 24 * 3600;

/// A sandbox in which L2 holds for a year.
async fn yearly() -> House {
    let policy = SANDBOX.replace("remind_days = 30", "remind_days = 30\ndays = { L2 = 365 }");
    // As a law would have it: an erasure waits, and can be taken back.
    let policy = policy.replace("duty_days = 0", "duty_days = 1826");
    assert!(policy.contains("L2 = 365") && policy.contains("1826"));
    House::under(&policy).await
}

async fn verified(house: &House, account: AccountId) {
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    assert_eq!(house.installation.case(case).await.unwrap().case.state, CaseState::Approved);
}

async fn told(house: &House) -> usize {
    let events = house.installation.events(0, 100).await.unwrap();
    events.iter().filter(|(_, event)| event.kind == "account.verification_due").count()
}

#[tokio::test]
async fn who_is_due_is_told_of_once_and_verified_again_in_time() {
    let house = yearly().await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    verified(&house, account).await;
    let until = bonafide.entitlements(account).await.unwrap().unwrap().until.unwrap();
    assert_eq!(until.to_string(), "2027-03-02", "before its passport ends");
    let early = bonafide.open(account, "L2", None).await;
    assert!(matches!(early, Err(OpenError::Reached)), "{early:?}");

    house.clock.go(334 * DAY);
    assert_eq!(bonafide.remind_of_ends().await.unwrap(), 0);
    house.clock.go(DAY);
    assert_eq!(bonafide.remind_of_ends().await.unwrap(), 1);
    assert_eq!((bonafide.remind_of_ends().await.unwrap(), told(&house).await), (0, 1));
    let lower = bonafide.open(account, "L1", None).await;
    assert!(matches!(lower, Err(OpenError::Reached)), "{lower:?}");
    verified(&house, account).await;
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!((now.tier.as_deref(), now.until.unwrap().year()), (Some("L2"), 2028));
    assert_eq!(bonafide.remind_of_ends().await.unwrap(), 0);
    house.clock.go(340 * DAY);
    assert_eq!((bonafide.remind_of_ends().await.unwrap(), told(&house).await), (1, 2));
}

#[tokio::test]
async fn who_is_not_verified_again_keeps_the_tier_below_and_is_told_why() {
    let house = yearly().await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    verified(&house, account).await;
    house.clock.go(366 * DAY);
    assert_eq!(bonafide.downgrade_run_out().await.unwrap(), 1);
    assert_eq!(bonafide.downgrade_run_out().await.unwrap(), 0);
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!((now.tier.as_deref(), now.until, now.under_way), (Some("L1"), None, None));
    let lapsed = now.lapsed.unwrap();
    assert_eq!((lapsed.tier.as_str(), lapsed.until.to_string()), ("L2", "2027-03-02".to_owned()));
    let events = bonafide.events(0, 100).await.unwrap();
    let (_, event) = events.iter().rfind(|(_, event)| event.kind == "account.downgraded").unwrap();
    assert!(event.data.contains(r#""left":"L1""#), "{}", event.data);

    let case = house.open(account).await.case.id;
    let under_way = bonafide.entitlements(account).await.unwrap().unwrap().under_way.unwrap();
    assert_eq!((under_way.tier.as_str(), under_way.state), ("L2", CaseState::Collecting));
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    let again = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!((again.tier.as_deref(), again.lapsed, again.under_way), (Some("L2"), None, None));
}

#[tokio::test]
async fn an_erasure_that_is_taken_back_begins_no_term_anew() {
    let house = yearly().await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    verified(&house, account).await;
    house.clock.go(100 * DAY);
    bonafide.erase(account, "key_1").await.unwrap();
    bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.until.unwrap().to_string(), "2027-03-02");
    bonafide.erase(account, "key_1").await.unwrap();
    house.clock.go(300 * DAY);
    bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    let left = bonafide.entitlements(account).await.unwrap().unwrap().tier;
    assert_eq!(left.as_deref(), Some("L1"), "it ran out");
}

#[tokio::test]
async fn how_long_a_decision_takes_is_told_by_those_before() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let mut last = None;
    for number in 0..5 {
        let account = house.account(&format!("user-{number}")).await;
        let case = house.open(account).await.case.id;
        house.fill(case, passport(|_| {})).await;
        assert_eq!(bonafide.case(case).await.unwrap().estimate, None, "of {number} before");
        bonafide.submit(case).await.unwrap();
        house.clock.go(40);
        house.work().await;
        last = Some(case);
    }
    assert_eq!(bonafide.case(last.unwrap()).await.unwrap().estimate, None, "it is decided");
    let account = house.account("next").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let before = bonafide.case(case).await.unwrap().estimate.unwrap();
    assert_eq!((before.usual_seconds, before.left_seconds), (40, None));
    bonafide.submit(case).await.unwrap();
    house.clock.go(15);
    let waiting = bonafide.case(case).await.unwrap().estimate.unwrap();
    assert_eq!((waiting.usual_seconds, waiting.left_seconds), (40, Some(25)));
    house.clock.go(100);
    let stuck = bonafide.case(case).await.unwrap().estimate.unwrap();
    assert_eq!(stuck.usual_seconds, 115, "a queue that stands");
    house.clock.go(DAY);
    assert_eq!(bonafide.case(case).await.unwrap().estimate, None, "nothing of today");
}
