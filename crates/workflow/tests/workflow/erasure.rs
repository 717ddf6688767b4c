//! Erasing, restricting, holding, and what goes by itself.

use bonafide_workflow::{
    Approval, CaseError, EraseError, FreezeError, HoldError, Kind, OpenError, ProfileChange, Ruling,
};
use domain::account::Standing;
use domain::case::CaseState;
use domain::id::{AccountId, CaseId};
use exact_world::{House, SANDBOX, passport};
use vault::Vault;

const DAY: i64 = 24 * 3600;

/// A verified account and its case.
async fn verified(house: &House) -> (AccountId, CaseId) {
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    (account, case)
}

/// A sandbox in which the law wants five years.
async fn strict() -> House {
    House::under(&SANDBOX.replace("duty_days = 0", "duty_days = 1826")).await
}

/// Whether somebody else may be verified with the same document.
async fn document_is_free(house: &House) -> bool {
    let case = house.open(house.account("user-2").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    house.installation.case(case).await.unwrap().case.state == CaseState::Approved
}

/// How many pictures and captures are kept of the case.
async fn kept(house: &House, case: CaseId) -> usize {
    house.installation.store().read().await.unwrap().uploads(case).await.unwrap().len()
}

#[tokio::test]
async fn an_erased_person_leaves_nothing_that_opens() {
    let house = House::build(Kind::Sandbox).await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    assert_eq!(kept(&house, case).await, 3);
    let erasure = bonafide.erase(account, "key_1").await.unwrap();
    let (at, backups) = erasure.done.unwrap();
    assert_eq!(at, bonafide.now());
    assert_eq!(backups.to_string(), "2026-04-01T12:00:00Z", "30 days");
    house.clock.go(60);
    assert_eq!(bonafide.erase(account, "key_1").await.unwrap(), erasure);
    assert_eq!(bonafide.erasure(account).await.unwrap(), Some(erasure));

    assert!(matches!(bonafide.case(case).await, Err(CaseError::Erased)));
    assert_eq!(kept(&house, case).await, 0);
    let decisions = bonafide.store().read().await.unwrap().decisions(case).await.unwrap();
    assert!(decisions.iter().all(|decision| decision.report.is_none()));
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert!(now.frozen && now.tier.is_none());
    assert!(matches!(bonafide.freeze(account, None, "key_1").await, Err(FreezeError::Erased)));
    assert!(matches!(bonafide.open(account, "L2", None).await, Err(OpenError::Erased)));
    assert!(document_is_free(&house).await, "nobody is recognised by it");
}

#[tokio::test]
async fn while_the_law_keeps_it_nothing_is_used_and_then_it_goes_by_itself() {
    let house = strict().await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    let erasure = bonafide.erase(account, "key_1").await.unwrap();
    assert_eq!((erasure.done, erasure.due_at.to_string().as_str()), (None, "2031-03-02T12:00:00Z"));
    assert!(matches!(bonafide.case(case).await, Err(CaseError::Erased)), "no use");
    assert!(matches!(bonafide.open(account, "L2", None).await, Err(OpenError::Erased)));
    assert!(document_is_free(&house).await, "no search");
    house.clock.go(1825 * DAY);
    assert_eq!(bonafide.erase_due().await.unwrap(), 0);
    house.clock.go(DAY);
    assert_eq!(bonafide.erase_due().await.unwrap(), 1);
    let done = bonafide.erasure(account).await.unwrap().unwrap();
    assert_eq!((done.asked_at, done.done.unwrap().0), (erasure.asked_at, bonafide.now()));
    assert!(matches!(
        bonafide.withdraw_erasure(account, "key_1").await,
        Err(EraseError::NothingToWithdraw)
    ));
}

#[tokio::test]
async fn an_erasure_that_waits_can_be_taken_back() {
    let house = strict().await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    bonafide.freeze(account, Some("a court asked".to_owned()), "key_1").await.unwrap();
    bonafide.erase(account, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    assert_eq!(back.frozen.unwrap().ground, "a court asked", "as it was before");
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::Approved);
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"));
    assert!(!document_is_free(&house).await);
}

/// Killed while an erasure was taken back: the key lies open, and nothing was withdrawn.
#[tokio::test]
async fn a_key_that_was_lifted_and_not_taken_back_is_closed_again() {
    let house = strict().await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    bonafide.erase(account, "key_1").await.unwrap();
    let vault = Vault::local(house.folder(), exact_world::master()).unwrap();
    vault.lift(account).await.unwrap();
    assert!(bonafide.case(case).await.is_ok());
    assert_eq!(bonafide.close_waiting_keys().await.unwrap(), 1);
    assert!(matches!(bonafide.case(case).await, Err(CaseError::Erased)));
    assert_eq!(bonafide.close_waiting_keys().await.unwrap(), 0, "once an hour");

    bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    house.clock.go(3600);
    assert_eq!(bonafide.close_waiting_keys().await.unwrap(), 0);
    assert!(bonafide.case(case).await.is_ok());
}

#[tokio::test]
async fn an_erasure_taken_back_takes_nothing_from_who_was_approved_since() {
    let house = strict().await;
    let (account, _) = verified(&house).await;
    let bonafide = &house.installation;
    bonafide.erase(account, "key_1").await.unwrap();
    assert!(document_is_free(&house).await);
    let back = bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    assert_eq!((back.frozen, back.standing), (None, Standing::Registered));
    let (_, last) = bonafide.events(0, 100).await.unwrap().pop().unwrap();
    assert_eq!(last.kind, "account.erasure_withdrawn");
    assert_eq!(last.data, r#"{"by":"key_1","found_elsewhere":true}"#);
    // Once more, and whoever has it now is known.
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    let others = bonafide.claim(case, "Mei").await.unwrap().report.others;
    assert_eq!(others.accounts.len(), 1);
    bonafide.cancel(case, "operator").await.unwrap();
    bonafide.erase(account, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(account, "key_1").await.unwrap();
    assert_eq!(back.standing, Standing::Registered);
}

#[tokio::test]
async fn who_was_judged_to_be_another_person_takes_no_tier_away() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let mut twins = Vec::new();
    for (name, number) in [("user-1", "A1"), ("user-2", "A2")] {
        let account = house.account(name).await;
        let case = house.open(account).await.case.id;
        house.fill_as(case, number, 0.0).await;
        house.assess(case).await;
        twins.push((account, case));
    }
    let [(first, _), (_, second)] = twins[..] else { panic!("two") };
    let report = bonafide.claim(second, "Mei").await.unwrap().report;
    assert_eq!(report.others.accounts[0].account, first, "the reviewer knows of both");
    bonafide.rule(second, "Mei", &Ruling::Approve(Approval::default()), "").await.unwrap();
    bonafide.erase(first, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(first, "key_1").await.unwrap();
    assert!(matches!(back.standing, Standing::Verified { .. }), "{:?}", back.standing);
}

#[tokio::test]
async fn a_person_who_was_never_approved_is_erased_at_once() {
    let house = strict().await;
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let erasure = house.installation.erase(account, "key_1").await.unwrap();
    assert!(erasure.done.is_some());
}

#[tokio::test]
async fn a_hold_keeps_everything_until_it_is_released_or_ends() {
    let house = House::build(Kind::Sandbox).await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    let until = bonafide.now() + std::time::Duration::from_hours(24 * 100);
    let ends = bonafide.hold(account, "case 17", Some(until), ("key_1", None)).await.unwrap();
    house.clock.go(1);
    let open = bonafide.hold(account, "case 18", None, ("key_1", None)).await.unwrap();
    assert_eq!(bonafide.erase(account, "key_1").await.unwrap().done, None);
    house.clock.go(50 * DAY);
    assert_eq!(bonafide.remove_pictures().await.unwrap(), 0);
    bonafide.release_hold(account, open.id, "key_1").await.unwrap();
    assert!(matches!(
        bonafide.release_hold(account, open.id, "key_1").await,
        Err(HoldError::NoSuchHold)
    ));
    assert_eq!((bonafide.erase_due().await.unwrap(), kept(&house, case).await), (0, 3));
    house.clock.go(50 * DAY);
    assert_eq!((bonafide.erase_due().await.unwrap(), kept(&house, case).await), (1, 0));
    let late = bonafide.hold(account, "case 19", None, ("key_1", None)).await;
    assert!(matches!(late, Err(HoldError::Erased)));
    assert_eq!(bonafide.holds(account).await.unwrap()[0].id, ends.id);
}

/// A country is often told late: its terms count from when the case was over all the same.
#[tokio::test]
async fn what_is_kept_follows_the_country_of_the_account() {
    let longer = "\n[service.retention.countries]\nDEU = { pictures_days = 40, faces_days = 40, \
                  unapproved_days = 50, duty_days = 0 }\n\n[limits]";
    let house = House::under(&SANDBOX.replacen("\n[limits]", longer, 1)).await;
    let (account, case) = verified(&house).await;
    let bonafide = &house.installation;
    let cancelled = house.open(house.account("user-2").await).await.case;
    house.fill(cancelled.id, passport(|_| {})).await;
    bonafide.cancel(cancelled.id, "applicant").await.unwrap();
    house.clock.go(9 * DAY);
    let live_in = async |account, country: Option<&str>| {
        let country = country.map(|country| country.parse().unwrap()).into();
        let change = ProfileChange { country, ..ProfileChange::default() };
        bonafide.change_profile(account, change, "key_1").await.unwrap();
    };
    live_in(account, Some("DEU")).await;
    live_in(cancelled.account, Some("DEU")).await;
    house.clock.go(21 * DAY);
    assert_eq!(bonafide.remove_pictures().await.unwrap(), 0);
    // The first one moves away, and the 30 days are over.
    live_in(account, None).await;
    assert_eq!((bonafide.remove_pictures().await.unwrap(), kept(&house, case).await), (3, 0));
    house.clock.go(10 * DAY - 1);
    assert_eq!(bonafide.remove_pictures().await.unwrap(), 0);
    house.clock.go(1);
    assert_eq!(bonafide.remove_pictures().await.unwrap(), 3);
    house.clock.go(10 * DAY - 1);
    assert_eq!(bonafide.remove_records().await.unwrap(), 0);
    house.clock.go(1);
    assert_eq!(bonafide.remove_records().await.unwrap(), 1);
}

#[tokio::test]
async fn pictures_and_records_go_when_their_time_is_over() {
    let house = House::build(Kind::Sandbox).await;
    let (account, approved) = verified(&house).await;
    let bonafide = &house.installation;
    let cancelled = house.open(house.account("user-2").await).await.case.id;
    house.fill(cancelled, passport(|_| {})).await;
    bonafide.cancel(cancelled, "applicant").await.unwrap();
    let removed = async || {
        let pictures = bonafide.remove_pictures().await.unwrap();
        (pictures, bonafide.remove_records().await.unwrap())
    };
    house.clock.go(30 * DAY - 1);
    assert_eq!(removed().await, (0, 0));
    house.clock.go(1);
    assert_eq!(removed().await, (6, 1));
    assert_eq!(removed().await, (0, 0));
    let mut tx = bonafide.store().read().await.unwrap();
    assert_eq!(tx.case(cancelled).await.unwrap().unwrap().claims, None);
    drop(tx);
    let view = bonafide.case(approved).await.unwrap();
    assert!(view.told.is_some(), "what was decided of a customer is kept");
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"));
}
