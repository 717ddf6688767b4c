//! A document of two sides that is to be taken again.

use bonafide_workflow::{CaseError, ConsentKind, Kind, Place, Ruling, StepState};
use domain::case::CaseState;
use domain::document::Side;
use domain::entitlement::Need;
use domain::evidence::Slot;
use domain::id::CaseId;
use domain::reason::{Code, Reason};
use exact_world::{House, SANDBOX, passport, typed};

/// A sandbox that asks for both sides of the only document that the exact world has.
async fn house() -> House {
    let policy =
        SANDBOX.replace(r#"two_sided = ["id_card""#, r#"two_sided = ["passport", "id_card""#);
    assert!(policy.contains(r#"two_sided = ["passport""#));
    House::ruled_by(Kind::Sandbox, &policy).await
}

/// The side that the passport of the exact world would have if it were a card, without a code line.
fn back_side() -> Vec<u8> {
    passport(|back| {
        let document = back.document.as_mut().unwrap();
        (document.side, document.mrz) = (Some(Side::Back), None);
    })
}

/// Why which picture is still to be taken again.
async fn again(house: &House, case: CaseId) -> Vec<(Code, Option<Slot>)> {
    let steps = house.installation.case(case).await.unwrap().steps;
    match &steps.iter().find(|step| step.need == Need::Document).unwrap().state {
        StepState::Again(reasons) => reasons.iter().map(|one| (one.code, one.slot)).collect(),
        _ => Vec::new(),
    }
}

/// Both sides are asked for because of `code`, each until it was taken.
async fn is_asked_for_both(house: &House, case: CaseId, code: Code) {
    let bonafide = &house.installation;
    let [front, back] = [(code, Some(Slot::Front)), (code, Some(Slot::Back))];
    assert_eq!(again(house, case).await, [front, back]);
    house.clock.go(60);
    bonafide.upload(case, Place::Front, passport(|_| {})).await.unwrap();
    assert_eq!(again(house, case).await, [back]);
    let early = bonafide.submit(case).await;
    assert!(matches!(early, Err(CaseError::Unfinished(left)) if left == ["document"]));
    bonafide.upload(case, Place::Back, back_side()).await.unwrap();
    assert_eq!(again(house, case).await, []);
    house.assess(case).await;
}

#[tokio::test]
async fn what_the_engine_finds_on_no_side_in_particular_is_asked_for_on_both() {
    let house = house().await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let misread = passport(|front| {
        front.document.as_mut().unwrap().mrz.as_mut().unwrap().check_digits_ok = false;
    });
    house.fill(case, misread).await;
    house.installation.upload(case, Place::Back, back_side()).await.unwrap();
    house.assess(case).await;
    is_asked_for_both(&house, case, Code::MrzInvalid).await;
}

/// A case that waits for a person, who says `reasons`.
async fn ruled(house: &House, name: &str, reasons: Vec<Reason>) -> CaseId {
    let bonafide = &house.installation;
    let case = house.open(house.account(name).await).await.case.id;
    bonafide.type_details(case, &typed()).await.unwrap();
    for kind in [ConsentKind::FaceMatch, ConsentKind::FaceSearch] {
        bonafide.consent(case, kind, "1", false).await.unwrap();
    }
    bonafide.upload(case, Place::Front, passport(|_| {})).await.unwrap();
    bonafide.upload(case, Place::Back, back_side()).await.unwrap();
    house.assess(case).await;
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::InReview);
    house.clock.go(60);
    bonafide.claim(case, "Mei").await.unwrap();
    bonafide.rule(case, "Mei", &Ruling::Again(reasons), "").await.unwrap();
    case
}

#[tokio::test]
async fn what_a_reviewer_says_of_the_whole_document_or_of_each_side_is_asked_for_on_both() {
    let house = house().await;
    let blurred = || Reason::new(Code::DocBlurred);
    let whole = ruled(&house, "user-1", vec![blurred()]).await;
    is_asked_for_both(&house, whole, Code::DocBlurred).await;
    let each = vec![blurred().on(Slot::Front), blurred().on(Slot::Back)];
    let each = ruled(&house, "user-2", each).await;
    is_asked_for_both(&house, each, Code::DocBlurred).await;
}
