//! The proof of address: kept sealed, and read by a person.

use bonafide_workflow::{Approval, Kind, Place, Ruling, StepState, UploadError};
use domain::case::CaseState;
use domain::entitlement::Need;
use domain::reason::{Code, Reason};
use exact_world::House;

#[tokio::test]
async fn a_letter_is_asked_for_read_by_a_person_and_asked_for_again() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let case = bonafide.open(house.account("user-1").await, "L3", None).await.unwrap().case.id;
    house.fill_as(case, "A1", 0.0).await;
    let step = async || {
        let steps = bonafide.case(case).await.unwrap().steps;
        steps.into_iter().find(|step| step.need == Need::Address).unwrap()
    };
    assert_eq!((step().await.state, step().await.places), (StepState::Todo, vec![Place::Address]));
    let refused = bonafide.upload(case, Place::Address, b"%PDF-1.7".to_vec()).await;
    assert!(matches!(refused, Err(UploadError::Refused { .. })), "{refused:?}");
    let taken = bonafide.upload(case, Place::Address, b"an old letter".to_vec()).await.unwrap();
    assert!(taken.faults.is_empty());
    house.assess(case).await;
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::InReview);
    bonafide.claim(case, "Mei").await.unwrap();
    let letter = bonafide.look_at(case, Place::Address, "Mei").await.unwrap();
    assert_eq!(letter.as_deref(), Some(&b"an old letter"[..]));

    let again = Ruling::Again(vec![Reason::new(Code::PoaDateMissing)]);
    bonafide.rule(case, "Mei", &again, "").await.unwrap();
    assert!(matches!(step().await.state, StepState::Again(_)));
    house.clock.go(60);
    bonafide.upload(case, Place::Address, b"a letter".to_vec()).await.unwrap();
    assert_eq!(step().await.state, StepState::Done);
    house.assess(case).await;
    bonafide.claim(case, "Mei").await.unwrap();
    let approve = Ruling::Approve(Approval::default());
    let ruled = bonafide.rule(case, "Mei", &approve, "the address is right").await.unwrap();
    assert_eq!(ruled.state, CaseState::Approved);
}
