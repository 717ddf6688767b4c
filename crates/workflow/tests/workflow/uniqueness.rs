//! One account a person: by the document, by the face, by the blocklist.

use std::time::Duration;

use bonafide_workflow::{
    Approval, ConsentKind, Installation, Kind, OpenError, Others, Outcome, Place, RuleError,
    Ruling, Sign, Worker,
};
use domain::account::Standing;
use domain::case::CaseState;
use domain::evidence::Slot;
use domain::field::Field;
use domain::id::{AccountId, CaseId};
use domain::reason::{Code, Reason};
use exact_world::{Exact, House};
use postgres_fixture::Cluster;

/// An account of this name with a case that is filled, of this passport and this face.
async fn filled(house: &House, name: &str, number: &str, apart: f32) -> (AccountId, CaseId) {
    let account = house.account(name).await;
    let case = house.open(account).await.case.id;
    house.fill_as(case, number, apart).await;
    (account, case)
}

/// The same, assessed.
async fn person(house: &House, name: &str, number: &str, apart: f32) -> (AccountId, CaseId) {
    let (account, case) = filled(house, name, number, apart).await;
    house.assess(case).await;
    (account, case)
}

async fn state(house: &House, case: CaseId) -> CaseState {
    house.installation.case(case).await.unwrap().case.state
}

/// Why a case waits for a person, and where else the person seems to be.
async fn waits(house: &House, case: CaseId) -> (Vec<Code>, Others) {
    assert_eq!(state(house, case).await, CaseState::InReview);
    let view = house.installation.case(case).await.unwrap();
    let told: Vec<Code> = view.told.unwrap().reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(told, [Code::UnderReview], "the applicant learns nothing");
    let report = house.installation.claim(case, "Mei").await.unwrap().report;
    (report.reasons.iter().map(|reason| reason.code).collect(), report.others)
}

#[tokio::test]
async fn a_face_that_another_account_has_goes_to_a_person() {
    let house = House::build(Kind::Live).await;
    let (first, approved) = person(&house, "user-1", "A1", 0.0).await;
    assert_eq!(state(&house, approved).await, CaseState::Approved);
    let (_, other) = person(&house, "user-2", "A2", 5.1).await;
    assert_eq!(state(&house, other).await, CaseState::Approved, "near, and not near enough");

    let (_, again) = person(&house, "user-3", "A3", 2.0).await;
    let (codes, others) = waits(&house, again).await;
    assert_eq!(codes, [Code::DuplicateFace]);
    let [hit, namesake] = &others.accounts[..] else { panic!("{others:?}") };
    assert_eq!(namesake.by, Sign::NameAndBirth);
    assert_eq!((hit.account, hit.by, hit.distance), (first, Sign::Face, Some(2.0)));
    let report = house.installation.claim(again, "Mei").await.unwrap().report;
    let search = report.evidence.face_search.unwrap();
    assert_eq!((search.considered, search.unsearched, search.nearest), (2, 0, Some(2.0)));
    // The promise of one in twenty, among two.
    assert!((search.threshold.unwrap() - 2.532).abs() < 1e-3, "{search:?}");
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains(&exact_world::MARK.to_string()), "no vector is in a report");
}

#[tokio::test]
async fn who_refuses_the_search_is_seen_by_a_person_and_found_by_nobody() {
    let house = House::build(Kind::Live).await;
    let (_, case) = filled(&house, "user-1", "A1", 0.0).await;
    house.installation.consent(case, ConsentKind::FaceSearch, "1", false).await.unwrap();
    house.assess(case).await;
    assert_eq!(waits(&house, case).await.0, [Code::NotRun]);
    house.installation.rule(case, "Mei", &Ruling::Approve(Approval::default()), "").await.unwrap();
    let (_, like) = person(&house, "user-2", "A2", 0.0).await;
    assert_eq!(state(&house, like).await, CaseState::Approved);
}

#[tokio::test]
async fn who_was_erased_or_withdrew_is_found_no_more() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (one, _) = person(&house, "user-1", "A1", 0.0).await;
    let (two, case_of_two) = person(&house, "user-2", "A2", 50.0).await;
    let (three, _) = person(&house, "user-3", "A3", 100.0).await;
    bonafide.erase(one, "key_1").await.unwrap();
    bonafide.withdraw(two, ConsentKind::FaceSearch, "key_1").await.unwrap();
    bonafide.withdraw(two, ConsentKind::FaceSearch, "key_1").await.unwrap();
    for (name, number, apart) in [("user-4", "A4", 0.0), ("user-5", "A5", 50.0)] {
        let (_, case) = person(&house, name, number, apart).await;
        assert_eq!(state(&house, case).await, CaseState::Approved, "{name}");
    }
    let (_, case) = person(&house, "user-6", "A6", 100.0).await;
    assert_eq!(waits(&house, case).await.1.accounts[0].account, three);
    let consents = bonafide.case(case_of_two).await.unwrap().consents;
    assert!(consents.iter().any(|c| c.kind == "face_search" && c.withdrawn_at.is_some()));
    assert_eq!(state(&house, case_of_two).await, CaseState::Approved, "what was decided stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_face_at_several_accounts_at_once_one_is_approved() {
    at_once(&House::build(Kind::Live).await).await;
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    at_once(&House::on(Kind::Live, folder, cluster.database()).await).await;
}

async fn at_once(house: &House) {
    let mut cases = Vec::new();
    for number in 0..4 {
        let name = format!("user-{number}");
        let (_, case) = filled(house, &name, &format!("A{number}"), 0.0).await;
        house.installation.submit(case).await.unwrap();
        cases.push(case);
    }
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..4 {
        // Each on a machine of its own, with a gallery of its own.
        let machine = house.machine(&house.engine).await;
        let worker = Worker::new(machine, number.to_string());
        tasks.spawn(async move { worker.once().await.unwrap() });
    }
    assert!(tasks.join_all().await.into_iter().all(|outcome| outcome == Outcome::Done));
    let mut approved = 0;
    for case in cases {
        match state(house, case).await {
            CaseState::Approved => approved += 1,
            CaseState::InReview => {
                assert_eq!(waits(house, case).await.0, [Code::DuplicateFace]);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(approved, 1);
}

#[tokio::test]
async fn another_machine_finds_whom_this_one_approved_and_not_whom_it_forgot() {
    let house = House::build(Kind::Live).await;
    let (one, _) = person(&house, "user-1", "A1", 0.0).await;
    let other = house.machine(&house.engine).await;
    let on_the_other = async |name: &str, number: &str| {
        let (_, case) = filled(&house, name, number, 0.0).await;
        house.installation.submit(case).await.unwrap();
        let worked = Worker::new(other.clone(), "other").once().await.unwrap();
        assert_eq!(worked, Outcome::Done);
        case
    };
    let case = on_the_other("user-2", "A2").await;
    assert_eq!(waits(&house, case).await.1.accounts[0].account, one);
    house.installation.erase(one, "key_1").await.unwrap();
    let case = on_the_other("user-3", "A3").await;
    assert_eq!(state(&house, case).await, CaseState::Approved);
}

#[tokio::test]
async fn faces_of_another_embedder_are_not_compared_and_a_person_decides() {
    let house = House::build(Kind::Live).await;
    person(&house, "user-1", "A1", 0.0).await;
    let engine = Exact { embedder: 1, ..house.engine.clone() };
    let upgraded = house.machine(&engine).await;
    let (_, case) = filled(&house, "user-2", "A2", 0.0).await;
    house.installation.submit(case).await.unwrap();
    Worker::new(upgraded, "upgraded").once().await.unwrap();
    assert_eq!(waits(&house, case).await.0, [Code::NotRun]);
    let report = house.installation.claim(case, "Mei").await.unwrap().report;
    let search = report.evidence.face_search.unwrap();
    assert_eq!((search.considered, search.unsearched), (0, 1));
}

/// A passport of this number that ends in 2040.
fn renewed(number: &str) -> Vec<u8> {
    exact_world::passport(|front| {
        let document = front.document.as_mut().unwrap();
        document.specimen = None;
        let printed = document.printed.0.get_mut(&Field::ExpiryDate).unwrap();
        "2040-01-01".clone_into(&mut printed.value);
        let zone = &mut document.mrz.as_mut().unwrap().fields.0;
        for (field, value) in [(Field::ExpiryDate, "2040-01-01"), (Field::DocumentNumber, number)] {
            value.clone_into(&mut zone.get_mut(&field).unwrap().value);
        }
    })
}

/// A later case of the account, with a new passport and this face.
async fn renew(house: &House, account: AccountId, number: &str, apart: f32) -> CaseId {
    let case = house.open(account).await.case.id;
    house.fill_as(case, number, apart).await;
    house.installation.upload(case, Place::Front, renewed(number)).await.unwrap();
    house.assess(case).await;
    case
}

#[tokio::test]
async fn a_renewed_document_of_the_same_person_is_no_duplicate_and_another_persons_is_seen() {
    let house = House::build(Kind::Live).await;
    let (account, _) = person(&house, "user-1", "A1", 0.0).await;
    let (handed_over, _) = person(&house, "user-2", "A2", 50.0).await;
    // The passports end on 2032-04-15, and with them the tier.
    house.clock.go(7 * 365 * 24 * 3600);
    let case = renew(&house, account, "B1", 0.05).await;
    assert_eq!(state(&house, case).await, CaseState::Approved);
    let case = renew(&house, handed_over, "B2", 100.0).await;
    assert_eq!(waits(&house, case).await.0, [Code::FaceMismatch]);

    // Of the account one face is searched, the later one; both documents are the account's.
    let case = house.open(house.account("user-3").await).await.case.id;
    house.fill_as(case, "A1", 0.05).await;
    // In a picture that is in order: of an expired document nothing is said of others.
    house.installation.upload(case, Place::Front, renewed("A1")).await.unwrap();
    house.assess(case).await;
    let report = house.installation.claim(case, "Mei").await.unwrap().report;
    let codes: Vec<Code> = report.reasons.iter().map(|reason| reason.code).collect();
    assert!(codes.contains(&Code::DuplicateFace) && codes.contains(&Code::DuplicateDocument));
    let mut found = report.others.accounts.iter().filter(|other| other.by != Sign::NameAndBirth);
    assert!(found.all(|other| other.account == account));
    let search = report.evidence.face_search.unwrap();
    assert_eq!((search.considered, search.nearest), (2, Some(0.0)));
}

async fn rule(house: &Installation, case: CaseId, ruling: &Ruling) -> Result<(), RuleError> {
    house.claim(case, "Mei").await.unwrap();
    house.rule(case, "Mei", ruling, "").await.map(drop)
}

#[tokio::test]
async fn an_own_earlier_account_is_closed_by_a_ruling() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, case) = person(&house, "user-2", "A2", 0.0).await;
    let stranger = house.account("user-3").await;
    let wrong = rule(
        bonafide,
        case,
        &Ruling::Approve(Approval { closes: Some(stranger), ..Approval::default() }),
    )
    .await;
    assert!(matches!(wrong, Err(RuleError::NotAmongOthers)));
    rule(
        bonafide,
        case,
        &Ruling::Approve(Approval { closes: Some(earlier), ..Approval::default() }),
    )
    .await
    .unwrap();
    let closed = bonafide.entitlements(earlier).await.unwrap().unwrap();
    assert!(closed.frozen && closed.tier.is_none());
    assert!(matches!(bonafide.open(earlier, "L2", None).await, Err(OpenError::Closed)));
    let now = bonafide.entitlements(later).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"));

    // The earlier document is the later account's now, and so is the one face.
    let (_, again) = person(&house, "user-4", "A1", 0.0).await;
    let (_, others) = waits(&house, again).await;
    assert_eq!(others.accounts.len(), 2);
    assert!(others.accounts.iter().all(|other| other.account == later), "{others:?}");
}

#[tokio::test]
async fn an_own_earlier_account_is_recovered_by_a_ruling_and_an_appeal_undoes_it() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, case) = person(&house, "user-2", "A2", 0.0).await;
    let stranger = house.account("user-3").await;
    let wrong = rule(bonafide, case, &Ruling::Recover(stranger)).await;
    assert!(matches!(wrong, Err(RuleError::NotAmongOthers)));
    rule(bonafide, case, &Ruling::Recover(earlier)).await.unwrap();
    let view = bonafide.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::Declined);
    let told: Vec<Code> = view.told.unwrap().reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(told, [Code::EarlierAccount]);
    let closed = bonafide.entitlements(later).await.unwrap().unwrap();
    assert!(closed.frozen && closed.tier.is_none());
    assert!(matches!(bonafide.open(later, "L2", None).await, Err(OpenError::Closed)));
    let kept = bonafide.entitlements(earlier).await.unwrap().unwrap();
    assert_eq!((kept.tier.as_deref(), kept.frozen), (Some("L2"), false));
    let events = bonafide.events(0, 100).await.unwrap();
    let closing = events.iter().find(|(_, event)| event.kind == "account.closed").unwrap();
    assert!(closing.1.data.contains(&earlier.to_string()), "{}", closing.1.data);

    // It was another person after all.
    bonafide.appeal(case, "That account is my brother's.", "applicant").await.unwrap();
    bonafide.claim(case, "Tom").await.unwrap();
    let approval = Ruling::Approve(Approval::default());
    bonafide.rule(case, "Tom", &approval, "").await.unwrap();
    let now = bonafide.entitlements(later).await.unwrap().unwrap();
    assert_eq!((now.tier.as_deref(), now.frozen), (Some("L2"), false));
}

#[tokio::test]
async fn nobody_goes_on_with_an_account_that_is_closed_or_erased() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (one, _) = person(&house, "user-1", "A1", 0.0).await;
    let (_, second) = person(&house, "user-2", "A1", 0.0).await;
    let (_, third) = person(&house, "user-3", "A1", 0.0).await;
    let approval = Approval { closes: Some(one), ..Approval::default() };
    rule(bonafide, second, &Ruling::Approve(approval)).await.unwrap();
    let back = rule(bonafide, third, &Ruling::Recover(one)).await;
    assert!(matches!(back, Err(RuleError::Gone(closed)) if closed == one), "{back:?}");

    let (other, _) = person(&house, "user-4", "A4", 50.0).await;
    let (_, case) = person(&house, "user-5", "A4", 50.0).await;
    bonafide.erase(other, "key_1").await.unwrap();
    let back = rule(bonafide, case, &Ruling::Recover(other)).await;
    assert!(matches!(back, Err(RuleError::Gone(erased)) if erased == other), "{back:?}");
}

#[tokio::test]
async fn another_cases_appeal_does_not_open_a_closed_account_and_a_thaw_does() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, first) = person(&house, "user-2", "A2", 0.0).await;
    rule(bonafide, first, &Ruling::Decline(vec![Code::DataMismatch])).await.unwrap();
    let case = house.open(later).await.case.id;
    house.fill_as(case, "A2", 0.0).await;
    house.assess(case).await;
    rule(bonafide, case, &Ruling::Recover(earlier)).await.unwrap();

    bonafide.appeal(first, "I am somebody else.", "applicant").await.unwrap();
    bonafide.claim(first, "Tom").await.unwrap();
    let approval = Ruling::Approve(Approval::default());
    let elsewhere = bonafide.rule(first, "Tom", &approval, "").await;
    assert!(matches!(elsewhere, Err(RuleError::ClosedElsewhere)), "{elsewhere:?}");
    // A freeze goes first.
    bonafide.freeze(later, Some("a chargeback".to_owned()), "key_1").await.unwrap();
    assert!(bonafide.freeze(later, None, "key_1").await.unwrap().closed.is_some());
    assert!(bonafide.freeze(later, None, "key_1").await.unwrap().closed.is_none());
    bonafide.rule(first, "Tom", &approval, "").await.unwrap();
    assert!(!bonafide.entitlements(later).await.unwrap().unwrap().frozen);
}

#[tokio::test]
async fn a_closed_account_stays_closed_when_an_erasure_is_taken_back() {
    let policy = exact_world::SANDBOX.replace("duty_days = 0", "duty_days = 1826");
    let house = House::under(&policy).await;
    let bonafide = &house.installation;
    let one = house.account("user-1").await;
    let first = house.open(one).await.case.id;
    house.fill(first, exact_world::passport(|_| {})).await;
    house.assess(first).await;
    let two = house.account("user-2").await;
    let second = house.open(two).await.case.id;
    house.fill(second, exact_world::passport(|_| {})).await;
    house.assess(second).await;
    bonafide.erase(one, "key_1").await.unwrap();
    let approval = Approval { closes: Some(one), ..Approval::default() };
    rule(bonafide, second, &Ruling::Approve(approval)).await.unwrap();
    bonafide.withdraw_erasure(one, "key_1").await.unwrap();
    assert!(bonafide.account(one).await.unwrap().unwrap().is_stopped());
}

/// The documents of a closed account are those of the one that it was closed for, also after that
/// one's erasure was asked for and taken back.
#[tokio::test]
async fn documents_of_a_closed_account_are_not_lost_by_an_erasure_that_is_taken_back() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, case) = person(&house, "user-2", "A2", 0.0).await;
    let approval = Approval { closes: Some(earlier), ..Approval::default() };
    rule(bonafide, case, &Ruling::Approve(approval)).await.unwrap();
    bonafide.erase(later, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(later, "key_1").await.unwrap();
    assert!(!back.is_stopped());
    // Another face, with the document of the closed account.
    let (_, again) = person(&house, "user-3", "A1", 50.0).await;
    let (_, others) = waits(&house, again).await;
    let mut found = others.accounts.iter().filter(|other| other.by == Sign::Document);
    assert_eq!(found.next().map(|other| other.account), Some(later), "{others:?}");

    // Somebody was approved by it meanwhile: then the tier waits for a reviewer.
    bonafide.cancel(again, "operator").await.unwrap();
    bonafide.erase(later, "key_1").await.unwrap();
    let (_, stranger) = person(&house, "user-4", "A1", 80.0).await;
    assert_eq!(state(&house, stranger).await, CaseState::Approved);
    let back = bonafide.withdraw_erasure(later, "key_1").await.unwrap();
    assert_eq!(back.standing, Standing::Registered);
}

/// A reviewer saw both, and found two people: an erasure taken back changes nothing of that.
#[tokio::test]
async fn who_was_judged_a_stranger_to_a_closed_account_takes_no_tier_away() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, case) = person(&house, "user-2", "A2", 0.0).await;
    let approval = Approval { closes: Some(earlier), ..Approval::default() };
    rule(bonafide, case, &Ruling::Approve(approval)).await.unwrap();
    let (_, stranger) = person(&house, "user-3", "A1", 50.0).await;
    let approval = Approval { others_are_strangers: true, ..Approval::default() };
    rule(bonafide, stranger, &Ruling::Approve(approval)).await.unwrap();
    bonafide.erase(later, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(later, "key_1").await.unwrap();
    assert!(matches!(back.standing, Standing::Verified { .. }), "{:?}", back.standing);
}

/// Both accounts of a person are to be erased, and then neither, in either order.
#[tokio::test]
async fn documents_of_two_accounts_are_known_again_in_whatever_order_their_erasures_are_taken_back()
{
    for first in [true, false] {
        let house = House::build(Kind::Live).await;
        let bonafide = &house.installation;
        let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
        let (later, case) = person(&house, "user-2", "A2", 0.0).await;
        let approval = Approval { closes: Some(earlier), ..Approval::default() };
        rule(bonafide, case, &Ruling::Approve(approval)).await.unwrap();
        let order = if first { [earlier, later] } else { [later, earlier] };
        for account in order {
            bonafide.erase(account, "key_1").await.unwrap();
        }
        for account in order {
            bonafide.withdraw_erasure(account, "key_1").await.unwrap();
        }
        let (_, again) = person(&house, "user-3", "A1", 50.0).await;
        let (_, others) = waits(&house, again).await;
        let found = others.accounts.iter().any(|other| other.account == later);
        assert!(found, "{first}: {others:?}");
    }
}

#[tokio::test]
async fn an_account_with_documents_of_its_own_is_not_closed_for_an_earlier_one() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (one, _) = person(&house, "user-1", "A1", 0.0).await;
    let (two, _) = person(&house, "user-2", "A2", 50.0).await;
    house.clock.go(7 * 365 * 24 * 3600);
    // The second account comes back with the face of the first.
    let case = renew(&house, two, "B2", 0.0).await;
    let lost = rule(bonafide, case, &Ruling::Recover(one)).await;
    assert!(matches!(lost, Err(RuleError::HasDocuments)), "{lost:?}");
    let unnamed = rule(bonafide, case, &Ruling::Decline(vec![Code::EarlierAccount])).await;
    assert!(matches!(unnamed, Err(RuleError::Unnamed)), "{unnamed:?}");
    assert!(!bonafide.entitlements(two).await.unwrap().unwrap().frozen);
}

#[tokio::test]
async fn a_freeze_of_the_operators_outlives_closing_and_an_appeal() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (earlier, _) = person(&house, "user-1", "A1", 0.0).await;
    let (later, case) = person(&house, "user-2", "A2", 0.0).await;
    bonafide.freeze(later, Some("a chargeback".to_owned()), "key_1").await.unwrap();
    rule(bonafide, case, &Ruling::Recover(earlier)).await.unwrap();
    bonafide.appeal(case, "It is my brother's.", "applicant").await.unwrap();
    bonafide.claim(case, "Tom").await.unwrap();
    // No picture is asked for again: the engine would approve a closed account.
    let again = Reason { slot: Some(Slot::Selfie), ..Reason::new(Code::FaceBlurred) };
    let again = bonafide.rule(case, "Tom", &Ruling::Again(vec![again]), "").await;
    assert!(matches!(again, Err(RuleError::Closed)), "{again:?}");
    bonafide.rule(case, "Tom", &Ruling::Approve(Approval::default()), "").await.unwrap();
    let account = bonafide.account(later).await.unwrap().unwrap();
    assert_eq!(account.closed, None);
    assert_eq!(account.frozen.unwrap().ground, "a chargeback");
}

#[tokio::test]
async fn of_two_who_wait_the_second_is_not_approved_before_the_reviewer_has_seen_the_first() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let mut waiting = Vec::new();
    for (name, number) in [("user-1", "A1"), ("user-2", "A2")] {
        let (_, case) = filled(&house, name, number, 0.0).await;
        // Something else sends both to a person.
        bonafide.block(&doc(number, None), "Tom", None).await.unwrap();
        house.assess(case).await;
        waiting.push(case);
    }
    rule(bonafide, waiting[0], &Ruling::Approve(Approval::default())).await.unwrap();
    let unseen = rule(bonafide, waiting[1], &Ruling::Approve(Approval::default())).await;
    assert!(matches!(unseen, Err(RuleError::FoundSince)));
    let (codes, others) = waits(&house, waiting[1]).await;
    assert!(codes.contains(&Code::DuplicateFace), "{codes:?}");
    assert_eq!(others.accounts.len(), 1);
    rule(bonafide, waiting[1], &Ruling::Approve(Approval::default())).await.unwrap();
}

fn doc(number: &str, until: Option<&str>) -> bonafide_workflow::NewBlock {
    bonafide_workflow::NewBlock {
        what: bonafide_workflow::ToBlock::Document {
            country: domain::document::Country::parse("UTO").unwrap(),
            kind: domain::document::DocumentType::Passport,
            number: number.to_owned(),
        },
        ground: "reported stolen".to_owned(),
        until: until.map(|day| day.parse().unwrap()),
    }
}

#[tokio::test]
async fn a_document_on_the_blocklist_goes_to_a_person_until_the_entry_ends() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let [entry] = &bonafide.block(&doc("a-1", Some("2026-03-02")), "Tom", None).await.unwrap()[..]
    else {
        panic!("one entry")
    };
    let (_, case) = person(&house, "user-1", "A1", 0.0).await;
    let (codes, others) = waits(&house, case).await;
    assert_eq!((codes, &others.blocklist[..]), (vec![Code::Blocklisted], &[entry.id][..]));
    house.clock.go(Duration::from_hours(24).as_secs() as i64);
    let (_, case) = person(&house, "user-2", "A1", 50.0).await;
    assert_eq!(state(&house, case).await, CaseState::Approved, "it ran out");

    let [entry] = &bonafide.block(&doc("A7", None), "Tom", None).await.unwrap()[..] else {
        panic!("one entry")
    };
    bonafide.unblock(entry.id, "Mei").await.unwrap();
    assert!(bonafide.unblock(entry.id, "Mei").await.is_err());
    let (_, case) = person(&house, "user-3", "A7", 100.0).await;
    assert_eq!(state(&house, case).await, CaseState::Approved, "it was taken off");
}

#[tokio::test]
async fn a_declined_person_is_known_by_document_and_face_until_they_are_erased() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    bonafide.block(&doc("A1", None), "Tom", None).await.unwrap();
    let (account, case) = person(&house, "user-1", "A1", 0.0).await;
    let from = |case| bonafide_workflow::NewBlock {
        what: bonafide_workflow::ToBlock::Case(case),
        ground: "a forged passport".to_owned(),
        until: None,
    };
    assert!(bonafide.block(&from(case), "Mei", None).await.is_err(), "not decided yet");
    rule(bonafide, case, &Ruling::Decline(vec![Code::DocTampered, Code::DocDamaged]))
        .await
        .unwrap();
    let made = bonafide.block(&from(case), "Mei", None).await.unwrap();
    let kinds: Vec<_> = made.iter().map(|block| block.of.kind()).collect();
    assert_eq!(kinds, ["document", "face"]);

    let (_, again) = person(&house, "user-2", "A2", 1.0).await;
    let (codes, others) = waits(&house, again).await;
    assert_eq!((codes, &others.blocklist[..]), (vec![Code::Blocklisted], &[made[1].id][..]));
    assert!(others.accounts.is_empty(), "nobody was approved by that face");
    // The same account, with the same face and another document.
    let case = house.open(account).await.case.id;
    house.fill_as(case, "A3", 0.0).await;
    house.assess(case).await;
    assert_eq!(waits(&house, case).await.1.blocklist, [made[1].id]);

    bonafide.erase(account, "key_1").await.unwrap();
    let left = bonafide.blocks(None, 10).await.unwrap();
    assert_eq!(left.iter().map(|block| block.author.as_str()).collect::<Vec<_>>(), ["Tom"]);
    let (_, like) = person(&house, "user-4", "A4", 0.0).await;
    assert_eq!(state(&house, like).await, CaseState::Approved);
}

#[tokio::test]
async fn a_face_that_the_blocklist_alone_keeps_goes_with_its_entry() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    bonafide.block(&doc("A1", None), "Tom", None).await.unwrap();
    let (_, case) = person(&house, "user-1", "A1", 0.0).await;
    waits(&house, case).await;
    rule(bonafide, case, &Ruling::Decline(vec![Code::DocTampered, Code::DocDamaged]))
        .await
        .unwrap();
    let what = bonafide_workflow::ToBlock::Case(case);
    // A year: the records of who was not approved go after half of one.
    let until = Some("2027-03-02".parse().unwrap());
    let listed = bonafide_workflow::NewBlock { what, ground: "forged".to_owned(), until };
    bonafide.block(&listed, "Mei", None).await.unwrap();
    let kept = async || bonafide.store().read().await.unwrap().face(case).await.unwrap().is_some();
    house.clock.go(200 * 24 * 3600);
    assert_eq!(bonafide.remove_records().await.unwrap(), 1);
    assert_eq!((bonafide.remove_faces().await.unwrap(), kept().await), (0, true));
    house.clock.go(166 * 24 * 3600);
    assert_eq!((bonafide.remove_faces().await.unwrap(), kept().await), (1, false));
    assert_eq!(bonafide.remove_faces().await.unwrap(), 0);
}
