//! A tier that verifies no document: what is shown there anyway says nothing of anybody.

use bonafide_workflow::{ConsentKind, Kind, NewBlock, Place, ToBlock, TransferError, UploadError};
use domain::account::Standing;
use domain::case::CaseState;
use domain::document::DocumentType;
use domain::id::{AccountId, CaseId};
use exact_world::{EXCHANGE, House, real_passport, selfie, typed};

async fn basic(house: &House, name: &str) -> (AccountId, CaseId) {
    let bonafide = &house.installation;
    let account = house.account(name).await;
    let case = bonafide.open(account, "L1", None).await.unwrap().case.id;
    bonafide.type_details(case, &typed()).await.unwrap();
    bonafide.consent(case, ConsentKind::FaceMatch, "1", true).await.unwrap();
    (account, case)
}

async fn state(house: &House, case: CaseId) -> CaseState {
    house.installation.case(case).await.unwrap().case.state
}

#[tokio::test]
async fn pictures_that_a_tier_does_not_look_at_are_not_taken() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let (_, case) = basic(&house, "user-1").await;
    for (place, bytes) in [(Place::Front, real_passport("A1")), (Place::Selfie, selfie())] {
        let refused = bonafide.upload(case, place, bytes).await.map(drop);
        assert!(matches!(refused, Err(UploadError::NotAsked { .. })), "{refused:?}");
        let refused = bonafide.begin_transfer(case, place, 300_000).await.map(drop);
        let not_asked = TransferError::Upload(UploadError::NotAsked { place, tier: "L1".into() });
        assert_eq!(refused.unwrap_err().to_string(), not_asked.to_string());
    }
    assert!(bonafide.store().read().await.unwrap().uploads(case).await.unwrap().is_empty());
    // Whoever means to show them asks for the tier that does.
    let verified = house.open(house.account("user-2").await).await.case.id;
    assert!(
        bonafide.upload(verified, Place::Address, selfie()).await.is_err(),
        "L2 reads no letter"
    );
    assert!(bonafide.upload(verified, Place::Held, real_passport("A1")).await.is_ok());
}

/// An operator's L1 may look at a document to help, and verifies it no more by that.
#[tokio::test]
async fn a_document_that_is_looked_at_and_not_verified_reserves_nothing_and_shows_no_list() {
    let advisory =
        EXCHANGE.replacen("document_found = \"off\"", "document_found = \"advisory\"", 1);
    let house = House::ruled_by(Kind::Live, &advisory).await;
    let bonafide = &house.installation;
    let what = ToBlock::Document {
        country: "UTO".parse().unwrap(),
        kind: DocumentType::Passport,
        number: "A2".to_owned(),
    };
    let block = NewBlock { what, ground: "stolen in March".to_owned(), until: None };
    bonafide.block(&block, "Mei", None).await.unwrap();
    for (name, number) in [("user-1", "A1"), ("user-2", "A2")] {
        let (account, case) = basic(&house, name).await;
        bonafide.upload(case, Place::Front, real_passport(number)).await.unwrap();
        house.assess(case).await;
        assert_eq!(state(&house, case).await, CaseState::Approved, "{number}");
        let standing = bonafide.account(account).await.unwrap().unwrap().standing;
        // The document's end is nothing that anybody verified.
        assert_eq!(standing, Standing::Verified { tier: "L1".to_owned(), until: None });
    }
    // Its holder comes.
    let holder = house.open(house.account("user-3").await).await.case.id;
    house.fill_as(holder, "A1", 0.0).await;
    house.assess(holder).await;
    assert_eq!(state(&house, holder).await, CaseState::Approved);
}
