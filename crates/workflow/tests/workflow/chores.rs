//! What nobody needs any more goes by itself, and nothing else does.

use bonafide_workflow::{EndpointRequest, Kind, Once, RegisterError, RegisterRequest};
use domain::id::{ApiKeyId, PartId, UploadId};
use exact_world::{House, Receiver, master, passport};
use postgres_fixture::Cluster;
use vault::{ObjectName, Vault};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

async fn on_postgresql(cluster: &Cluster) -> House {
    House::on(Kind::Sandbox, tempfile::tempdir().unwrap(), cluster.database()).await
}

async fn what_was_done_has_its_time(house: House) {
    let bonafide = &house.installation;
    let receiver = Receiver::start().await;
    let request =
        EndpointRequest { url: receiver.url, description: String::new(), kinds: Vec::new() };
    let hook = bonafide.make_endpoint(request, "the test").await.unwrap().endpoint.id;
    let once = Once::new(ApiKeyId::new(bonafide.now(), [7; 10]), "one", b"user-1");
    let request = RegisterRequest::of("user-1");
    let account = bonafide.register(&request, Some(&once)).await.unwrap().id;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    house.deliver().await;
    let events = async || bonafide.events(0, 100).await.unwrap().len();
    let told = events().await;
    assert!(told > 2);

    house.clock.go(47 * HOUR);
    assert_eq!(bonafide.remove_done().await.unwrap(), 0);
    assert_eq!(bonafide.register(&request, Some(&once)).await.unwrap().id, account);
    house.clock.go(2 * HOUR);
    assert_eq!(bonafide.remove_done().await.unwrap(), 1, "the key of the request");
    assert_eq!(bonafide.remove_done().await.unwrap(), 0, "once an hour");
    let again = bonafide.register(&request, Some(&once)).await;
    assert!(matches!(again, Err(RegisterError::Exists(_))), "{again:?}");
    house.clock.go(28 * DAY);
    assert_eq!(bonafide.remove_done().await.unwrap(), 1, "the job");
    assert_eq!(events().await, told);
    house.clock.go(370 * DAY);
    assert_eq!(bonafide.remove_done().await.unwrap(), told as u64);
    assert_eq!(events().await, 0);
    assert!(bonafide.deliveries(hook, None, (i64::MAX, 100)).await.unwrap().is_empty());
    // Numbers go on where they were.
    house.account("user-2").await;
    assert_eq!(bonafide.events(0, 100).await.unwrap()[0].0, told as i64 + 1);
    assert!(bonafide.case(case).await.is_ok());
}

#[tokio::test]
async fn what_was_done_has_its_time_on_sqlite() {
    what_was_done_has_its_time(House::build(Kind::Sandbox).await).await;
}

#[tokio::test]
async fn what_was_done_has_its_time_on_postgresql() {
    let cluster = Cluster::start();
    what_was_done_has_its_time(on_postgresql(&cluster).await).await;
}

#[tokio::test]
async fn an_object_that_no_row_names_goes_once_it_is_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let url = format!("sqlite://{}", path.join("bonafide.db").display());
    let house = House::on(Kind::Sandbox, folder, url).await;
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let bonafide = &house.installation;
    let vault = Vault::local(&path, master()).unwrap();
    let key = vault.person(account).await.unwrap();
    let litter = |number| ObjectName::upload(UploadId::new(bonafide.now(), [number; 10]));
    let part = ObjectName::part(PartId::new(bonafide.now(), [3; 10]));
    vault.put(&key, &part, b"of an upload that nobody ended").await.unwrap();
    let (old, other) = (litter(1), path.join("objects/uploads/notes.txt"));
    vault.put(&key, &old, b"what a crash left").await.unwrap();
    std::fs::write(&other, "not ours").unwrap();
    assert_eq!(bonafide.sweep_objects().await.unwrap(), 0);
    house.clock.go(2 * DAY);
    let new = litter(2);
    vault.put(&key, &new, b"its row may come yet").await.unwrap();
    assert_eq!(bonafide.sweep_objects().await.unwrap(), 2);
    for gone in [&old, &part] {
        assert!(vault.get(&key, gone).await.is_err());
    }
    assert!(vault.get(&key, &new).await.is_ok() && other.exists());
    let kept = bonafide.store().read().await.unwrap().uploads(case).await.unwrap();
    assert_eq!(kept.len(), 3);
    for upload in &kept {
        assert!(vault.get(&key, &ObjectName::upload(upload.id)).await.is_ok());
    }
    house.clock.go(1);
    // As many as another state of the database would leave are not touched.
    for number in 0..=1000_u16 {
        let bytes = number.to_be_bytes().repeat(5).try_into().unwrap();
        let name = ObjectName::upload(UploadId::new(bonafide.now(), bytes));
        std::fs::write(path.join("objects").join(name.to_string()), "of a later day").unwrap();
    }
    house.clock.go(3 * DAY);
    assert_eq!(bonafide.sweep_objects().await.unwrap(), 0);
    assert!(vault.get(&key, &new).await.is_ok());
}
