//! A picture with the document in hand: what is told of it at once.

use bonafide_workflow::{Kind, Place};
use domain::detail::Detail;
use domain::evidence::{PictureEvidence, Slot};
use domain::reason::Code;
use exact_world::{House, base, passport, selfie};

#[tokio::test]
async fn what_it_lacks_is_told_at_once_and_the_rest_when_the_case_is_decided() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let both = passport(|picture: &mut PictureEvidence| {
        picture.faces = base().pictures[&Slot::Selfie].faces.clone();
    });
    let hands_alone = passport(|picture| picture.faces.clear());
    let lacking = |detail| vec![(Code::DocHeldInvalid, Some(Slot::Held), Some(detail))];
    let cases = [
        ("no document", selfie(), lacking(Detail::NoDocument)),
        ("no face", hands_alone, lacking(Detail::NoFace)),
        ("both", both, Vec::new()),
    ];
    for (name, picture, expected) in cases {
        let taken = house.installation.upload(case, Place::Held, picture).await.unwrap();
        let told = taken.faults.iter().map(|fault| (fault.code, fault.slot, fault.detail));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{name}");
    }
}
