//! Restoring a backup: everything is there, and of who was erased since nothing.

use std::path::Path;

use bonafide_workflow::{CaseError, Kind};
use domain::id::{AccountId, CaseId};
use exact_world::{House, master, passport};
use postgres_fixture::Cluster;
use store::{CaseRow, DecisionRow, Upload};
use tempfile::TempDir;
use vault::{ObjectName, Vault, VaultError};

/// What is kept of a case, its pictures opened.
#[derive(Debug, PartialEq)]
struct Kept {
    row: CaseRow,
    decisions: Vec<DecisionRow>,
    uploads: Vec<(Upload, Vec<u8>)>,
}

async fn kept(house: &House, folder: &Path, case: CaseId) -> Kept {
    let mut tx = house.installation.store().read().await.unwrap();
    let row = tx.case(case).await.unwrap().unwrap();
    let vault = Vault::local(folder, master()).unwrap();
    let key = vault.person(row.case.account).await.unwrap();
    let mut uploads = Vec::new();
    for upload in tx.uploads(case).await.unwrap() {
        let bytes = vault.get(&key, &ObjectName::upload(upload.id)).await.unwrap();
        uploads.push((upload, bytes));
    }
    Kept { row, decisions: tx.decisions(case).await.unwrap(), uploads }
}

/// The first one is approved; the others, with the same document, go to a person.
async fn decided(house: &House, name: &str) -> (AccountId, CaseId) {
    let account = house.account(name).await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    (account, case)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let into = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &into);
        } else {
            std::fs::copy(&path, &into).unwrap();
        }
    }
}

/// A way to back a database up, and to restore it into a folder: the address of the new one.
trait Backup {
    type Made;
    async fn make(&self, house: &House) -> Self::Made;
    fn restore(&self, made: &Self::Made, folder: &Path) -> String;
}

/// `bonafide backup`.
struct Sqlite(TempDir);

impl Backup for Sqlite {
    type Made = ();

    async fn make(&self, house: &House) {
        let file = self.0.path().join("copy.db");
        house.installation.store().copy_to(file.to_str().unwrap()).await.unwrap();
    }

    fn restore(&self, (): &(), folder: &Path) -> String {
        let file = folder.join("bonafide.db");
        std::fs::copy(self.0.path().join("copy.db"), &file).unwrap();
        format!("sqlite://{}", file.display())
    }
}

/// `pg_dump` and `pg_restore`.
impl Backup for Cluster {
    type Made = std::path::PathBuf;

    async fn make(&self, house: &House) -> Self::Made {
        self.dump(&house.url)
    }

    fn restore(&self, made: &Self::Made, _: &Path) -> String {
        Cluster::restore(self, made)
    }
}

async fn a_restored_backup_has_everything_but_who_was_erased_since(
    backup: impl Backup,
    url: Option<String>,
) {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().to_owned();
    let file = format!("sqlite://{}", here.join("bonafide.db").display());
    let house = House::on(Kind::Sandbox, folder, url.unwrap_or(file)).await;
    let (erased, gone) = decided(&house, "1").await;
    let (_, one) = decided(&house, "2").await;
    let (_, two) = decided(&house, "3").await;
    let was = [kept(&house, &here, one).await, kept(&house, &here, two).await];
    assert!(was.iter().all(|kept| kept.uploads.len() == 3 && kept.decisions.len() == 1));

    let made = backup.make(&house).await;
    let objects = tempfile::tempdir().unwrap();
    copy(&here.join("objects"), objects.path());
    house.clock.go(3600);
    house.installation.erase(erased, "key_1").await.unwrap();
    decided(&house, "4").await;

    // The machine is lost. Database and objects come from the backup, the keys are those of now.
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_owned();
    copy(&here.join("keys"), &there.join("keys"));
    copy(objects.path(), &there.join("objects"));
    let url = backup.restore(&made, &there);
    drop(house);
    let restored = House::on(Kind::Sandbox, folder, url).await;
    restored.clock.go(7200);
    assert_eq!([kept(&restored, &there, one).await, kept(&restored, &there, two).await], was);
    assert!(restored.installation.verify_audit().await.unwrap().broken.is_empty());
    who_was_erased_is(&restored, (erased, gone), &there).await;
    // It goes on.
    decided(&restored, "5").await;
}

async fn who_was_erased_is(house: &House, (account, case): (AccountId, CaseId), folder: &Path) {
    let bonafide = &house.installation;
    let uploads = bonafide.store().read().await.unwrap().uploads(case).await.unwrap();
    assert_eq!(uploads.len(), 3, "the backup has rows and objects of it");
    let objects = folder.join("objects");
    assert!(
        uploads.iter().all(|one| objects.join(ObjectName::upload(one.id).to_string()).exists())
    );
    let vault = Vault::local(folder, master()).unwrap();
    assert!(matches!(vault.person(account).await, Err(VaultError::Erased(_))), "nothing opens");
    assert!(matches!(bonafide.case(case).await, Err(CaseError::Erased)));
    assert_eq!(bonafide.erasure(account).await.unwrap(), None, "the backup knows nothing of it");

    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"), "nor of that the customer left");
    assert_eq!(bonafide.erase_again().await.unwrap(), (1, 0));
    assert_eq!(bonafide.erase_again().await.unwrap(), (0, 0));
    let erasure = bonafide.erasure(account).await.unwrap().unwrap();
    assert_eq!(erasure.done.unwrap().0.to_string(), "2026-03-02T13:00:00Z", "when it was");
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert!(now.frozen && now.tier.is_none());
    assert!(bonafide.store().read().await.unwrap().uploads(case).await.unwrap().is_empty());
    assert!(
        uploads.iter().all(|one| !objects.join(ObjectName::upload(one.id).to_string()).exists())
    );
}

#[tokio::test]
async fn a_restored_backup_of_the_keys_opens_nobody_who_was_erased_since() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().to_owned();
    let url = format!("sqlite://{}", here.join("bonafide.db").display());
    let house = House::on(Kind::Sandbox, folder, url).await;
    let (erased, case) = decided(&house, "1").await;
    let (_, other) = decided(&house, "2").await;
    let keys = tempfile::tempdir().unwrap();
    copy(&here.join("keys"), keys.path());
    house.installation.erase(erased, "key_1").await.unwrap();
    std::fs::remove_dir_all(here.join("keys")).unwrap();
    copy(keys.path(), &here.join("keys"));
    assert_eq!(house.installation.erase_again().await.unwrap(), (0, 0));
    assert!(matches!(house.installation.case(case).await, Err(CaseError::Erased)));
    assert!(!here.join(format!("keys/{erased}.key")).exists());
    assert!(house.installation.case(other).await.is_ok());
}

#[tokio::test]
async fn a_backup_of_sqlite_is_restored() {
    let backup = Sqlite(tempfile::tempdir().unwrap());
    a_restored_backup_has_everything_but_who_was_erased_since(backup, None).await;
}

#[tokio::test]
async fn a_backup_of_postgresql_is_restored() {
    let cluster = Cluster::start();
    let url = cluster.database();
    a_restored_backup_has_everything_but_who_was_erased_since(cluster, Some(url)).await;
}
