//! What somebody is recognised by, for how long, and what that may say to whom.

use bonafide_workflow::{
    Approval, ConsentKind, Installation, Kind, Others, Place, RuleError, Ruling, Sign, Term,
};
use domain::account::Standing;
use domain::case::CaseState;
use domain::evidence::{PictureEvidence, Quality};
use domain::id::{AccountId, CaseId};
use domain::reason::Code;
use exact_world::{EXCHANGE, House, SANDBOX, passport, real_passport};
use vault::LookupKeys;

const DAY: i64 = 24 * 3600;

/// A case of a new account, with this passport and this face, assessed.
async fn person(house: &House, name: &str, number: &str, apart: f32) -> (AccountId, CaseId) {
    let account = house.account(name).await;
    let case = house.open(account).await.case.id;
    house.fill_as(case, number, apart).await;
    house.assess(case).await;
    (account, case)
}

/// The same in a sandbox.
async fn specimen(house: &House, name: &str) -> (AccountId, CaseId) {
    let account = house.account(name).await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    (account, case)
}

async fn state(house: &House, case: CaseId) -> CaseState {
    house.installation.case(case).await.unwrap().case.state
}

async fn others(bonafide: &Installation, case: CaseId) -> Others {
    bonafide.claim(case, "Mei").await.unwrap().report.others
}

fn with_marker(policy: &str, duty: &str) -> String {
    let marker = "marker = { purpose = \"one account a person\", days = 365 }";
    policy.replace("duty_days = 0", &format!("duty_days = {duty}, {marker}"))
}

#[tokio::test]
async fn a_marker_recognises_an_erased_person_until_it_ends() {
    let house = House::under(&with_marker(SANDBOX, "0")).await;
    let bonafide = &house.installation;
    let (gone, _) = specimen(&house, "user-1").await;
    bonafide.erase(gone, "key_1").await.unwrap();
    let marker = bonafide.marker(gone).await.unwrap().unwrap();
    assert_eq!(marker.purpose, "one account a person");
    assert_eq!(marker.until.unwrap().to_string(), "2027-03-02T12:00:00Z");

    let (_, case) = specimen(&house, "user-2").await;
    assert_eq!(state(&house, case).await, CaseState::InReview);
    let found = others(bonafide, case).await.accounts;
    let kept = found[0].erased.as_ref().unwrap();
    assert_eq!((found.len(), found[0].account, found[0].by), (1, gone, Sign::Document));
    assert_eq!((kept.purpose.as_str(), Some(kept.until)), ("one account a person", marker.until));

    house.clock.go(365 * DAY);
    assert_eq!(bonafide.remove_markers().await.unwrap(), 1);
    let (_, case) = specimen(&house, "user-3").await;
    assert_eq!(state(&house, case).await, CaseState::Approved);
    assert_eq!(bonafide.marker(gone).await.unwrap(), None);
}

#[tokio::test]
async fn while_the_law_keeps_a_person_their_marker_is_not_looked_for() {
    let house = House::under(&with_marker(SANDBOX, "100")).await;
    let bonafide = &house.installation;
    let (gone, _) = specimen(&house, "user-1").await;
    bonafide.erase(gone, "key_1").await.unwrap();
    assert_eq!(bonafide.marker(gone).await.unwrap().unwrap().until, None);
    let (since, case) = specimen(&house, "user-2").await;
    assert_eq!(state(&house, case).await, CaseState::Approved, "no search");
    bonafide.erase(since, "key_1").await.unwrap();
    bonafide.withdraw_erasure(since, "key_1").await.unwrap();
    assert_eq!(bonafide.marker(since).await.unwrap(), None, "taken back");

    house.clock.go(100 * DAY);
    assert_eq!(bonafide.erase_due().await.unwrap(), 1);
    assert!(bonafide.marker(gone).await.unwrap().unwrap().until.is_some());
    let (_, case) = specimen(&house, "user-3").await;
    let named: Vec<_> = others(bonafide, case).await.accounts.iter().map(|o| o.account).collect();
    assert!(named.contains(&gone) && named.contains(&since), "{named:?}");
    // Who takes an erasure back is held up by no marker.
    bonafide.erase(since, "key_1").await.unwrap();
    let back = bonafide.withdraw_erasure(since, "key_1").await.unwrap();
    assert!(matches!(back.standing, Standing::Verified { .. }), "{back:?}");
}

#[tokio::test]
async fn a_reviewer_who_closes_an_erased_account_ends_its_marker() {
    let house = House::under(&with_marker(SANDBOX, "0")).await;
    let bonafide = &house.installation;
    let (gone, _) = specimen(&house, "user-1").await;
    bonafide.erase(gone, "key_1").await.unwrap();
    let (_, case) = specimen(&house, "user-2").await;
    bonafide.claim(case, "Mei").await.unwrap();
    let ruling = Ruling::Approve(Approval { closes: Some(gone), ..Approval::default() });
    bonafide.rule(case, "Mei", &ruling, "the same person").await.unwrap();
    assert_eq!(bonafide.marker(gone).await.unwrap(), None);
}

#[tokio::test]
async fn a_face_is_searched_for_as_long_as_the_policy_says() {
    let short = EXCHANGE.replacen("faces_days = 1826", "faces_days = 100", 1);
    assert_ne!(short, EXCHANGE);
    let house = House::ruled_by(Kind::Live, &short).await;
    let bonafide = &house.installation;
    let (_, case) = person(&house, "user-1", "A1", 0.0).await;
    assert_eq!(state(&house, case).await, CaseState::Approved);
    house.clock.go(100 * DAY - 60);
    assert_eq!(bonafide.remove_faces().await.unwrap(), 0);
    let (_, alike) = person(&house, "user-2", "A2", 0.0).await;
    let found = others(bonafide, alike).await.accounts;
    assert!(found.iter().any(|other| other.by == Sign::Face), "{found:?}");
    bonafide.cancel(alike, "operator").await.unwrap();
    house.clock.go(60);
    assert_eq!(bonafide.remove_faces().await.unwrap(), 1);
    let (_, alike) = person(&house, "user-3", "A3", 0.0).await;
    assert_eq!(state(&house, alike).await, CaseState::Approved, "nobody is found by it");
}

#[tokio::test]
async fn a_face_goes_once_a_later_one_took_its_place_and_not_before() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (account, first) = person(&house, "user-1", "A1", 0.0).await;
    let kept = async |case| {
        let mut tx = bonafide.store().read().await.unwrap();
        tx.face(case).await.unwrap().is_some()
    };
    // A later case without a face: whoever declines the search has none that is kept.
    let later = bonafide.open(account, "L3", None).await.unwrap().case.id;
    house.fill_as(later, "A1", 0.0).await;
    bonafide.upload(later, Place::Address, b"a letter".to_vec()).await.unwrap();
    bonafide.consent(later, ConsentKind::FaceSearch, "1", false).await.unwrap();
    house.assess(later).await;
    bonafide.claim(later, "Mei").await.unwrap();
    let ruling = Ruling::Approve(Approval::default());
    bonafide.rule(later, "Mei", &ruling, "").await.unwrap();
    assert_eq!((bonafide.remove_faces().await.unwrap(), kept(first).await), (0, true));

    let last = bonafide.open(account, "V", None).await.unwrap().case.id;
    house.fill_as(last, "A1", 0.01).await;
    bonafide.upload(last, Place::Address, b"a letter".to_vec()).await.unwrap();
    house.assess(last).await;
    bonafide.claim(last, "Mei").await.unwrap();
    bonafide.rule(last, "Mei", &ruling, "").await.unwrap();
    assert_eq!(bonafide.remove_faces().await.unwrap(), 1);
    assert_eq!((kept(first).await, kept(last).await), (false, true));
}

#[tokio::test]
async fn what_an_older_key_hashed_is_found_under_a_newer_one() {
    let mut house = House::build(Kind::Live).await;
    let (first, _) = person(&house, "user-1", "A1", 0.0).await;
    let keys = format!("1:{}\n2:{}\n", "02".repeat(32), "05".repeat(32));
    house.restarted_with(LookupKeys::parse(&keys).unwrap()).await;
    let (_, same) = person(&house, "user-2", "A1", 50.0).await;
    let found = others(&house.installation, same).await.accounts;
    assert!(found.iter().any(|other| other.account == first && other.by == Sign::Document));
    house.installation.cancel(same, "operator").await.unwrap();
    // What is recorded now is found without the older key.
    let (second, case) = person(&house, "user-3", "A3", 100.0).await;
    assert_eq!(state(&house, case).await, CaseState::Approved);
    assert_eq!(house.installation.hashed_by_lookup().await.unwrap(), [1, 2]);
    let newest = format!("2:{}\n", "05".repeat(32));
    house.restarted_with(LookupKeys::parse(&newest).unwrap()).await;
    let (_, same) = person(&house, "user-4", "A3", 150.0).await;
    let found = others(&house.installation, same).await.accounts;
    assert!(found.iter().any(|other| other.account == second && other.by == Sign::Document));
}

#[tokio::test]
async fn a_name_that_others_have_leads_nobody_to_a_person_and_is_shown_to_one() {
    let house = House::build(Kind::Live).await;
    let (first, _) = person(&house, "user-1", "A1", 0.0).await;
    let (second, case) = person(&house, "user-2", "A2", 50.0).await;
    assert_eq!(state(&house, case).await, CaseState::Approved, "of the same name and day");
    let (_, case) = person(&house, "user-3", "A2", 100.0).await;
    let found = others(&house.installation, case).await.accounts;
    let by = |account| found.iter().filter(move |o| o.account == account).map(|o| o.by);
    assert_eq!(by(first).collect::<Vec<_>>(), [Sign::NameAndBirth]);
    assert_eq!(by(second).collect::<Vec<_>>(), [Sign::Document]);
    // A name alone closes no account.
    let ruling = Ruling::Approve(Approval { closes: Some(first), ..Approval::default() });
    let ruled = house.installation.rule(case, "Mei", &ruling, "").await;
    assert!(matches!(ruled, Err(RuleError::NotAmongOthers)), "{ruled:?}");
}

#[tokio::test]
async fn whose_number_is_known_shows_in_no_answer_to_a_bad_picture() {
    let house = House::build(Kind::Live).await;
    person(&house, "user-1", "A1", 0.0).await;
    let bonafide = &house.installation;
    let mut answers = Vec::new();
    for (name, number) in [("user-2", "A1"), ("user-3", "A9")] {
        let case = house.open(house.account(name).await).await.case.id;
        house.fill_as(case, number, 50.0).await;
        let mut front: PictureEvidence = serde_json::from_slice(&real_passport(number)).unwrap();
        let blur = front.quality.iter_mut().find(|m| m.quality == Quality::Blur).unwrap();
        blur.value = 0.5;
        let front = serde_json::to_vec(&front).unwrap();
        bonafide.upload(case, Place::Front, front).await.unwrap();
        house.assess(case).await;
        let view = bonafide.case(case).await.unwrap();
        let told = view.told.unwrap();
        let steps: Vec<_> = view.steps.into_iter().map(|step| step.state).collect();
        answers.push((view.case.state, told.verdict, told.reasons, steps, view.due_at));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, CaseState::Collecting);
}

#[tokio::test]
async fn a_live_installation_takes_no_specimen_from_a_reviewer_either() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (_, case) = specimen(&house, "user-1").await;
    assert_eq!(state(&house, case).await, CaseState::Declined);
    bonafide.appeal(case, "it is my own", "applicant").await.unwrap();
    house.work().await;
    bonafide.claim(case, "Mei").await.unwrap();
    let valid_until = Some(Term::Unlimited);
    let ruling = Ruling::Approve(Approval { valid_until, ..Approval::default() });
    let ruled = bonafide.rule(case, "Mei", &ruling, "").await;
    assert!(matches!(ruled, Err(RuleError::Specimen)), "{ruled:?}");
    let decline = Ruling::Decline(vec![Code::DocSpecimen]);
    bonafide.rule(case, "Mei", &decline, "").await.unwrap();
}
