//! Devices on the blocklist.

use bonafide_workflow::{BlockError, CaseRequest, Kind, NewBlock, ToBlock};
use domain::case::CaseState;
use domain::id::CaseId;
use domain::reason::Code;
use exact_world::{House, typed};

async fn opened_from(house: &House, name: &str, device: &str) -> CaseId {
    let account = house.account(name).await;
    let request = CaseRequest { device: Some(device.parse().unwrap()), .."L2".into() };
    house.installation.open(account, request, None).await.unwrap().case.id
}

fn block(what: ToBlock) -> NewBlock {
    NewBlock { what, ground: "a farm of phones".to_owned(), until: None }
}

async fn state(house: &House, case: CaseId) -> CaseState {
    house.installation.case(case).await.unwrap().case.state
}

#[tokio::test]
async fn whoever_comes_from_a_device_on_the_list_is_seen_by_a_person() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let listed = ToBlock::Device("fingerprint-1".parse().unwrap());
    let entry = bonafide.block(&block(listed), "Mei", None).await.unwrap();
    let case = opened_from(&house, "user-1", "fingerprint-1").await;
    house.fill_as(case, "L898902C3", 0.0).await;
    house.assess(case).await;
    assert_eq!(state(&house, case).await, CaseState::InReview);
    let claimed = bonafide.claim(case, "Mei").await.unwrap();
    let codes: Vec<Code> = claimed.report.reasons.iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::Blocklisted]);

    bonafide.unblock(entry[0].id, "Mei").await.unwrap();
    let other = opened_from(&house, "user-2", "fingerprint-1").await;
    house.fill_as(other, "X1234567", 50.0).await;
    house.assess(other).await;
    assert_eq!(state(&house, other).await, CaseState::Approved);
}

#[tokio::test]
async fn a_device_on_the_list_is_seen_where_no_document_is_too() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let listed = ToBlock::Device("fingerprint-1".parse().unwrap());
    bonafide.block(&block(listed), "Mei", None).await.unwrap();
    let cases = [("fingerprint-1", CaseState::InReview), ("fingerprint-2", CaseState::Approved)];
    for (device, expected) in cases {
        let account = house.account(device).await;
        let request = CaseRequest { device: Some(device.parse().unwrap()), .."L1".into() };
        let case = bonafide.open(account, request, None).await.unwrap().case.id;
        bonafide.type_details(case, &typed()).await.unwrap();
        house.assess(case).await;
        assert_eq!(state(&house, case).await, expected, "{device}");
    }
}

#[tokio::test]
async fn the_device_of_a_case_is_listed_without_its_name() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let case = opened_from(&house, "user-1", "fingerprint-1").await;
    bonafide.block(&block(ToBlock::DeviceOf(case)), "Mei", None).await.unwrap();
    let other = opened_from(&house, "user-2", "fingerprint-1").await;
    house.fill_as(other, "X1234567", 50.0).await;
    house.assess(other).await;
    assert_eq!(state(&house, other).await, CaseState::InReview);

    let unknown = house.open(house.account("user-3").await).await.case.id;
    let nothing = bonafide.block(&block(ToBlock::DeviceOf(unknown)), "Mei", None).await;
    assert!(matches!(nothing, Err(BlockError::NothingKnown)), "{nothing:?}");
    for bad in ["", "two words", "电话", &"x".repeat(201)] {
        assert!(bad.parse::<bonafide_workflow::DeviceName>().is_err(), "{bad}");
    }
}
