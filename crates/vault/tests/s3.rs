//! The vault on a real S3 server.

use bonafide_vault::{MasterKeys, ObjectName, Place, Vault, VaultError};
use domain::id::{AccountId, UploadId};
use jiff::Timestamp;
use s3_fixture::S3;
use tokio::task::JoinSet;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn vault(s3: &S3) -> Vault {
    let open = |address| Place::open(address, s3.environment()).unwrap();
    Vault::new(open("s3://keys"), open("s3://objects/pictures"), MasterKeys::new(1, [1; 32]))
}

#[tokio::test]
async fn what_a_bucket_holds_is_sealed_and_opens_until_its_person_is_erased() {
    let s3 = S3::start();
    let vault = vault(&s3);
    let account = AccountId::new(at(1), [1; 10]);
    let name = ObjectName::upload(UploadId::new(at(1), [2; 10]));
    let key = vault.person(account).await.unwrap();
    vault.put(&key, &name, b"ERIKSSON ANNA MARIA").await.unwrap();
    assert_eq!(vault.get(&key, &name).await.unwrap(), b"ERIKSSON ANNA MARIA");
    let file = s3.folder().join("objects/pictures").join(name.to_string());
    let bytes = std::fs::read(file).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"ERIKSSON"));

    vault.restrict(account).await.unwrap();
    assert!(matches!(vault.person(account).await, Err(VaultError::Restricted { .. })));
    vault.lift(account).await.unwrap();
    let erased = vault.erase(account, at(100)).await.unwrap();
    assert_eq!(vault.erase(account, at(200)).await.unwrap(), erased, "the first time counts");
    assert!(matches!(vault.person(account).await, Err(VaultError::Erased(_))));
    vault.delete(&name).await.unwrap();
    vault.delete(&name).await.unwrap();
    assert!(matches!(vault.get(&key, &name).await, Err(VaultError::NoSuchObject { .. })));
}

#[tokio::test]
async fn of_many_who_make_a_key_at_once_all_have_the_same() {
    let s3 = S3::start();
    let account = AccountId::new(at(1), [1; 10]);
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let vault = vault(&s3);
        tasks.spawn(async move { vault.person(account).await.unwrap() });
    }
    let keys = tasks.join_all().await;
    let sealed = keys[0].seal("a", b"text");
    for key in &keys {
        assert_eq!(key.open("a", &sealed).unwrap(), b"text");
    }
}

#[tokio::test]
async fn a_wrong_secret_says_what_was_being_done() {
    let s3 = S3::start();
    let settings = s3.environment().into_iter().map(|(name, value)| {
        let wrong = name == "AWS_SECRET_ACCESS_KEY";
        (name, if wrong { "wrong".to_owned() } else { value })
    });
    let place = Place::open("s3://keys", settings).unwrap();
    let vault = Vault::new(place.clone(), place, MasterKeys::new(1, [1; 32]));
    let refused = vault.person(AccountId::new(at(1), [1; 10])).await;
    assert!(matches!(refused, Err(VaultError::Store { .. })));
}
