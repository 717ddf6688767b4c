//! Uploads that come in parts.

use bonafide_workflow::{Kind, Place, Progress, StepState, TransferError, UploadError};
use domain::id::CaseId;
use exact_world::{House, passport};
use postgres_fixture::Cluster;

/// The least that a part has.
const PART: usize = 128 * 1024;
const DAY: i64 = 24 * 3600;

/// A passport of two parts and a bit: JSON with room after it.
fn large() -> Vec<u8> {
    let mut bytes = passport(|_| {});
    bytes.resize(2 * PART + 7, b' ');
    bytes
}

async fn case(house: &House) -> CaseId {
    let account = house.account("user-1").await;
    house.open(account).await.case.id
}

fn sealed_objects(house: &House) -> usize {
    let parts = std::fs::read_dir(house.folder().join("objects/parts"));
    parts.map_or(0, Iterator::count)
}

#[tokio::test]
async fn an_upload_goes_on_where_the_line_broke() {
    let house = House::build(Kind::Sandbox).await;
    let (bonafide, case, bytes) = (&house.installation, case(&house).await, large());
    let begun = bonafide.begin_transfer(case, Place::Front, bytes.len() as u64).await.unwrap();
    let at = (case, begun.id);
    bonafide.go_on(at, 0, bytes[..PART].to_vec()).await.unwrap();
    // The line breaks, and the process too.
    let elsewhere = house.machine(&house.engine).await;
    let found = elsewhere.transfer(case, begun.id).await.unwrap();
    assert_eq!(found.received, PART as u64);
    for wrong in [0, 1, PART as u64 + 1] {
        let refused = elsewhere.go_on(at, wrong, bytes[..PART].to_vec()).await;
        let told = matches!(refused, Err(TransferError::WrongOffset { received }) if received == PART as u64);
        assert!(told, "{wrong}: {refused:?}");
    }
    elsewhere.go_on(at, PART as u64, bytes[PART..2 * PART].to_vec()).await.unwrap();
    let steps = bonafide.case(case).await.unwrap().steps;
    assert!(steps.iter().all(|step| step.state == StepState::Todo), "half of it is nothing");
    let last = elsewhere.go_on(at, 2 * PART as u64, bytes[2 * PART..].to_vec()).await.unwrap();
    let Progress::Done(done, taken) = last else { panic!("{last:?}") };
    assert_eq!((taken.upload.bytes, done.upload), (bytes.len() as u64, Some(taken.upload.id)));
    assert_eq!(taken.faults, []);
    assert_eq!(sealed_objects(&house), 0, "the parts are gone");

    let again = bonafide.go_on(at, bytes.len() as u64, Vec::new()).await.unwrap();
    assert_eq!(again, Progress::Done(done, taken), "for whoever lost the answer");
    bonafide.upload(case, Place::Front, passport(|_| {})).await.unwrap();
    let superseded = bonafide.go_on(at, bytes.len() as u64, Vec::new()).await;
    let told = matches!(superseded, Err(TransferError::Upload(UploadError::Superseded)));
    assert!(told, "{superseded:?}");
}

#[tokio::test]
async fn a_part_that_cannot_be_right_is_refused() {
    let house = House::build(Kind::Sandbox).await;
    let (bonafide, case) = (&house.installation, case(&house).await);
    let nothing = bonafide.begin_transfer(case, Place::Front, 0).await;
    assert!(matches!(nothing, Err(TransferError::Empty)), "{nothing:?}");
    let large = bonafide.begin_transfer(case, Place::Front, 20 * 1024 * 1024 + 1).await;
    assert!(matches!(large, Err(TransferError::Upload(UploadError::TooLarge { .. }))));
    let begun = bonafide.begin_transfer(case, Place::Front, 3 * PART as u64).await.unwrap();
    let at = (case, begun.id);
    let short = bonafide.go_on(at, 0, vec![b' '; PART - 1]).await;
    assert!(matches!(short, Err(TransferError::ShortPart)), "{short:?}");
    let long = bonafide.go_on(at, 0, vec![b' '; 3 * PART + 1]).await;
    assert!(matches!(long, Err(TransferError::TooLong { length }) if length == 3 * PART as u64));
    let other = house.open(house.account("user-2").await).await.case.id;
    let stranger = bonafide.transfer(other, begun.id).await;
    assert!(matches!(stranger, Err(TransferError::NoSuchTransfer)), "{stranger:?}");

    let no_picture = bonafide.go_on(at, 0, vec![b'x'; 3 * PART]).await;
    let told = matches!(no_picture, Err(TransferError::Upload(UploadError::Refused { .. })));
    assert!(told, "{no_picture:?}");
    let gone = bonafide.transfer(case, begun.id).await;
    assert!(matches!(gone, Err(TransferError::NoSuchTransfer)), "{gone:?}");
    assert_eq!(sealed_objects(&house), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_devices_that_send_the_same_part_one_is_taken() {
    // Where transactions do run at one moment.
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    let house = House::on(Kind::Sandbox, folder, cluster.database()).await;
    let (case, bytes) = (case(&house).await, large());
    let bonafide = &house.installation;
    let begun = bonafide.begin_transfer(case, Place::Front, bytes.len() as u64).await.unwrap();
    let at_once = async |offset: usize, part: &[u8]| {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (bonafide, part) = (bonafide.clone(), part.to_vec());
            let at = (case, begun.id);
            tasks.spawn(async move { bonafide.go_on(at, offset as u64, part).await });
        }
        tasks.join_all().await
    };
    let taken = at_once(0, &bytes[..PART]).await.into_iter().flatten().count();
    assert_eq!((taken, sealed_objects(&house)), (1, 1));
    assert_eq!(bonafide.transfer(case, begun.id).await.unwrap().received, PART as u64);

    let rest = &bytes[PART..];
    let ended = at_once(PART, rest).await;
    let broken =
        |ended: &Result<_, _>| matches!(ended, Err(TransferError::Upload(UploadError::Broken(_))));
    assert!(!ended.iter().any(broken), "{ended:?}");
    assert_eq!(ended.iter().filter(|ended| ended.is_ok()).count(), 1, "{ended:?}");
    let again = at_once(bytes.len(), &[]).await;
    let ids: Vec<_> = again
        .into_iter()
        .map(|again| match again {
            Ok(Progress::Done(_, accepted)) => accepted.upload.id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "one upload: {ids:?}");
    assert_eq!(sealed_objects(&house), 0);
}

#[tokio::test]
async fn what_was_begun_anew_or_not_ended_in_a_day_is_thrown_away() {
    let house = House::build(Kind::Sandbox).await;
    let (bonafide, case, bytes) = (&house.installation, case(&house).await, large());
    let length = bytes.len() as u64;
    let first = bonafide.begin_transfer(case, Place::Front, length).await.unwrap();
    bonafide.go_on((case, first.id), 0, bytes[..PART].to_vec()).await.unwrap();
    let second = bonafide.begin_transfer(case, Place::Front, length).await.unwrap();
    assert_eq!(sealed_objects(&house), 0);
    let gone = bonafide.transfer(case, first.id).await;
    assert!(matches!(gone, Err(TransferError::NoSuchTransfer)), "{gone:?}");
    bonafide.go_on((case, second.id), 0, bytes[..PART].to_vec()).await.unwrap();
    house.clock.go(DAY - 1);
    assert_eq!(bonafide.drop_transfers().await.unwrap(), 0);
    house.clock.go(1);
    let over = bonafide.transfer(case, second.id).await;
    assert!(matches!(over, Err(TransferError::NoSuchTransfer)), "whether the job ran or not");
    assert_eq!(bonafide.drop_transfers().await.unwrap(), 1);
    assert_eq!((bonafide.drop_transfers().await.unwrap(), sealed_objects(&house)), (0, 0));
}
