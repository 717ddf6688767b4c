//! Sealing, erasing and rotating, through the public interface, on real folders.

use bonafide_vault::{MasterKeys, ObjectName, Vault, VaultError};
use domain::id::{AccountId, UploadId};
use jiff::Timestamp;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn account(number: u8) -> AccountId {
    AccountId::new(at(1), [number; 10])
}

fn upload(number: u8) -> ObjectName {
    ObjectName::upload(UploadId::new(at(1), [number; 10]))
}

fn both_keys() -> MasterKeys {
    MasterKeys::parse(&format!("1:{}\n2:{}", "01".repeat(32), "02".repeat(32))).unwrap()
}

#[tokio::test]
async fn what_lies_on_disk_says_nothing_and_opens_only_for_its_person_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    vault.put(&key, &upload(1), b"ERIKSSON ANNA MARIA").await.unwrap();
    assert_eq!(vault.get(&key, &upload(1)).await.unwrap(), b"ERIKSSON ANNA MARIA");

    let file = folder.path().join("objects").join(upload(1).to_string());
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"ERIKSSON"));

    let other = vault.person(account(2)).await.unwrap();
    let opened = vault.get(&other, &upload(1)).await;
    assert!(matches!(opened, Err(VaultError::DoesNotOpen { .. })));
    std::fs::rename(&file, folder.path().join("objects").join(upload(2).to_string())).unwrap();
    assert!(matches!(vault.get(&key, &upload(2)).await, Err(VaultError::DoesNotOpen { .. })));
    assert!(matches!(vault.get(&key, &upload(1)).await, Err(VaultError::NoSuchObject { .. })));
    vault.delete(&upload(2)).await.unwrap();
    vault.delete(&upload(2)).await.unwrap();
}

#[tokio::test]
async fn an_erased_person_stays_erased_also_before_restored_objects() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    vault.put(&key, &upload(1), b"a face").await.unwrap();
    let backup = std::fs::read(folder.path().join("objects").join(upload(1).to_string())).unwrap();

    let erased = vault.erase(account(1), at(100)).await.unwrap();
    assert_eq!(vault.erase(account(1), at(200)).await.unwrap(), erased);
    let again = vault.person(account(1)).await;
    assert!(matches!(again, Err(VaultError::Erased(when)) if when == erased));

    // The backup of the objects comes back, the key does not.
    std::fs::write(folder.path().join("objects").join(upload(1).to_string()), backup).unwrap();
    assert!(vault.person(account(1)).await.is_err());
    let somebody = vault.person(account(2)).await.unwrap();
    assert!(vault.get(&somebody, &upload(1)).await.is_err());
}

#[tokio::test]
async fn a_restricted_person_opens_for_nobody_until_it_is_lifted() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    vault.put(&key, &upload(1), b"a face").await.unwrap();
    // Without a key too, so that none is made.
    for person in [account(1), account(2)] {
        vault.restrict(person).await.unwrap();
        vault.restrict(person).await.unwrap();
        let closed = vault.person(person).await;
        assert!(matches!(closed, Err(VaultError::Restricted { account }) if account == person));
    }
    let rotated = Vault::local(folder.path(), both_keys()).unwrap();
    assert!(rotated.rewrap(account(1)).await.unwrap(), "a key that was set aside is rotated too");
    for person in [account(1), account(2)] {
        rotated.lift(person).await.unwrap();
        rotated.lift(person).await.unwrap();
        rotated.person(person).await.unwrap();
    }
    let key = rotated.person(account(1)).await.unwrap();
    assert_eq!(rotated.get(&key, &upload(1)).await.unwrap(), b"a face");

    rotated.restrict(account(1)).await.unwrap();
    rotated.erase(account(1), at(100)).await.unwrap();
    rotated.lift(account(1)).await.unwrap();
    let gone = rotated.person(account(1)).await;
    assert!(matches!(gone, Err(VaultError::Erased(_))));
}

#[tokio::test]
async fn a_new_master_key_takes_over_person_by_person() {
    let folder = tempfile::tempdir().unwrap();
    let old = MasterKeys::parse(&format!("1:{}", "01".repeat(32))).unwrap();
    let vault = Vault::local(folder.path(), old).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    vault.put(&key, &upload(1), b"a face").await.unwrap();

    let vault = Vault::local(folder.path(), both_keys()).unwrap();
    assert!(vault.rewrap(account(1)).await.unwrap());
    assert!(!vault.rewrap(account(1)).await.unwrap());
    assert!(!vault.rewrap(account(9)).await.unwrap());

    let new = MasterKeys::parse(&format!("2:{}", "02".repeat(32))).unwrap();
    let vault = Vault::local(folder.path(), new).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    assert_eq!(vault.get(&key, &upload(1)).await.unwrap(), b"a face");

    let stranger = MasterKeys::new(1, [9; 32]);
    let vault = Vault::local(folder.path(), stranger).unwrap();
    assert!(matches!(
        vault.person(account(1)).await,
        Err(VaultError::NoMasterKey { version: 2, .. })
    ));
}

#[test]
fn a_secret_of_the_installation_opens_in_its_context_with_its_master_key() {
    let folder = tempfile::tempdir().unwrap();
    let vault = |keys| Vault::local(folder.path(), keys).unwrap();
    let sealed = vault(MasterKeys::new(1, [1; 32])).seal("hook 1", b"whsec_");
    assert!(!sealed.windows(6).any(|part| part == b"whsec_"));
    let rotated = vault(both_keys());
    assert_eq!(rotated.open("hook 1", &sealed).unwrap(), b"whsec_");
    for (context, sealed) in [("hook 2", &sealed[..]), ("hook 1", &sealed[..30]), ("hook 1", &[])] {
        let opened = rotated.open(context, sealed);
        assert!(matches!(opened, Err(VaultError::DoesNotOpen { .. })), "{context}");
    }
    let other = vault(MasterKeys::new(1, [9; 32])).open("hook 1", &sealed);
    assert!(matches!(other, Err(VaultError::DoesNotOpen { .. })));
    let newer = rotated.seal("hook 1", b"whsec_");
    let lacking = vault(MasterKeys::new(1, [1; 32])).open("hook 1", &newer);
    assert!(matches!(lacking, Err(VaultError::NoMasterKey { version: 2, .. })));
}

#[tokio::test]
async fn two_processes_that_meet_make_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let vaults: Vec<_> =
        (0..8).map(|_| Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap()).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for vault in vaults {
        tasks.spawn(async move { vault.person(account(1)).await.map(|key| key.seal("x", b"y")) });
    }
    let vault = Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap();
    let key = vault.person(account(1)).await.unwrap();
    for sealed in tasks.join_all().await {
        assert_eq!(key.open("x", &sealed.unwrap()).unwrap(), b"y");
    }
}
