//! What leads out again: details that are right, a tier that is gone, another one's document,
//! pictures without end.

use bonafide_workflow::{
    Approval, CaseError, ConsentKind, Kind, Place, RuleError, Ruling, StepState, UploadError,
};
use domain::case::CaseState;
use domain::claims::Claims;
use domain::entitlement::Need;
use domain::id::{AccountId, CaseId};
use domain::reason::Code;
use exact_world::{House, SANDBOX, passport, selfie, typed};

/// Somebody whose name is read otherwise than they typed it, and asked about.
async fn misread(house: &House) -> CaseId {
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.installation.type_details(case, &other_name()).await.unwrap();
    house.assess(case).await;
    assert_eq!(details(house, case).await, Err(vec![Code::NameMismatch]));
    house.clock.go(60);
    case
}

fn other_name() -> Claims {
    Claims { surname: Some("SORENSEN".to_owned()), ..typed() }
}

/// Whether the details are done, or why they are not.
async fn details(house: &House, case: CaseId) -> Result<(), Vec<Code>> {
    let steps = house.installation.case(case).await.unwrap().steps;
    match &steps.iter().find(|step| step.need == Need::Details).unwrap().state {
        StepState::Again(reasons) => Err(reasons.iter().map(|reason| reason.code).collect()),
        _ => Ok(()),
    }
}

#[tokio::test]
async fn who_typed_what_is_printed_takes_the_picture_again() {
    let house = House::build(Kind::Sandbox).await;
    let case = misread(&house).await;
    let early = house.installation.submit(case).await;
    assert!(matches!(early, Err(CaseError::Unfinished(left)) if left == ["details"]));
    house.installation.upload(case, Place::Front, passport(|_| {})).await.unwrap();
    assert_eq!(details(&house, case).await, Ok(()));
    house.assess(case).await;
}

/// Whoever gives up a case and opens another one has not begun anew, until the days are over.
#[tokio::test]
async fn tries_are_counted_over_all_cases_for_a_tier() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    let try_again = async |times: u32| {
        let case = house.open(account).await.case.id;
        house.fill(case, passport(|_| {})).await;
        for _ in 0..times {
            bonafide.type_details(case, &other_name()).await.unwrap();
            house.assess(case).await;
            house.clock.go(60);
        }
        let state = bonafide.case(case).await.unwrap().case.state;
        if !state.is_over() {
            bonafide.cancel(case, "applicant").await.unwrap();
        }
        state
    };
    assert_eq!(try_again(4).await, CaseState::Collecting);
    assert_eq!(try_again(1).await, CaseState::InReview, "the fifth");
    house.clock.go(31 * 24 * 3600);
    assert_eq!(try_again(4).await, CaseState::Collecting);
}

#[tokio::test]
async fn who_says_once_more_that_the_details_are_right_comes_to_a_person_in_the_end() {
    let house = House::build(Kind::Sandbox).await;
    let case = misread(&house).await;
    loop {
        house.installation.type_details(case, &other_name()).await.unwrap();
        assert_eq!(details(&house, case).await, Ok(()));
        house.assess(case).await;
        house.clock.go(60);
        let now = house.installation.case(case).await.unwrap().case;
        if now.state != CaseState::Collecting {
            assert_eq!((now.state, now.attempts), (CaseState::InReview, 5));
            break;
        }
    }
}

#[tokio::test]
async fn a_case_whose_tier_is_gone_is_seen_and_ended() {
    let mut house = House::build(Kind::Sandbox).await;
    let first = house.open(house.account("user-1").await).await.case.id;
    house.fill(first, passport(|_| {})).await;
    house.assess(first).await;
    let waiting = house.open(house.account("user-2").await).await.case.id;
    house.fill(waiting, passport(|_| {})).await;
    house.assess(waiting).await;
    let open = house.open(house.account("user-3").await).await.case.id;
    house.fill(open, passport(|_| {})).await;

    house.restarted_under(&SANDBOX.replace("L2", "M2")).await;
    let bonafide = &house.installation;
    for (case, state) in [(first, CaseState::Approved), (waiting, CaseState::InReview)] {
        let view = bonafide.case(case).await.unwrap();
        assert_eq!((view.case.state, view.steps.len()), (state, 0));
    }
    let gone = bonafide.submit(open).await;
    assert!(matches!(gone, Err(CaseError::TierGone(_))), "{gone:?}");
    let gone = bonafide.upload(open, Place::Selfie, selfie()).await;
    assert!(matches!(gone, Err(UploadError::TierGone(_))), "{gone:?}");
    bonafide.cancel(open, "operator").await.unwrap();
    bonafide.claim(waiting, "Mei").await.unwrap();
    let decline = Ruling::Decline(vec![Code::DataMismatch]);
    let ended = bonafide.rule(waiting, "Mei", &decline, "").await.unwrap();
    assert_eq!(ended.state, CaseState::Declined);
}

/// Two accounts with one document: the first is approved, the other one's case waits.
async fn twice(house: &House) -> (AccountId, AccountId, CaseId) {
    let first = house.account("user-1").await;
    let case = house.open(first).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    let second = house.account("user-2").await;
    let case = house.open(second).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    house.installation.claim(case, "Mei").await.unwrap();
    (first, second, case)
}

#[tokio::test]
async fn one_document_verifies_two_accounts_only_where_a_reviewer_says_so() {
    let house = House::build(Kind::Sandbox).await;
    let (first, second, case) = twice(&house).await;
    let bonafide = &house.installation;
    let silent = Ruling::Approve(Approval::default());
    let refused = bonafide.rule(case, "Mei", &silent, "").await;
    assert!(matches!(refused, Err(RuleError::Unresolved(other)) if other == first), "{refused:?}");
    let strangers = Approval { others_are_strangers: true, ..Approval::default() };
    bonafide
        .rule(case, "Mei", &Ruling::Approve(strangers), "the number was issued twice")
        .await
        .unwrap();
    for account in [first, second] {
        let now = bonafide.entitlements(account).await.unwrap().unwrap();
        assert_eq!(now.tier.as_deref(), Some("L2"));
    }
}

#[tokio::test]
async fn a_case_takes_no_pictures_without_end() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    for _ in 0..100 {
        house.installation.upload(case, Place::Selfie, selfie()).await.unwrap();
    }
    let refused = house.installation.upload(case, Place::Selfie, selfie()).await;
    assert!(matches!(refused, Err(UploadError::TooMany)), "{refused:?}");
}

#[tokio::test]
async fn a_face_goes_with_its_consent_also_where_a_court_holds_the_rest() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill_as(case, "A1", 0.0).await;
    house.assess(case).await;
    let kept = async || {
        let mut tx = bonafide.store().read().await.unwrap();
        let searched = tx.approved_face(account).await.unwrap().is_some();
        (tx.face(case).await.unwrap().is_some(), searched)
    };
    assert_eq!(kept().await, (true, true));
    bonafide.hold(account, "a court", None, ("a key", None)).await.unwrap();
    bonafide.withdraw(account, ConsentKind::FaceSearch, "a key").await.unwrap();
    assert_eq!(kept().await, (false, false));
    house.clock.go(10 * 365 * 24 * 3600);
    assert_eq!(bonafide.remove_pictures().await.unwrap(), 0, "what it was made of stays");
}
