//! A new master key takes over from an old one.

use std::path::Path;

use bonafide_workflow::{CaseError, EndpointRequest, Installation, Real, RegisterRequest};
use domain::id::{AccountId, CaseId};
use exact_world::{Receiver, sandbox, typed};
use vault::{MasterKeys, Vault};

fn line(version: u32) -> String {
    format!("{version}:{}\n", format!("{version:02x}").repeat(32))
}

/// The installation in `folder` for a process that knows these versions of the master key.
async fn knowing(folder: &Path, versions: &[u32]) -> Installation {
    let url = format!("sqlite://{}", folder.join("bonafide.db").display());
    sandbox(vault(folder, versions), &url, Real).await
}

fn vault(folder: &Path, versions: &[u32]) -> Vault {
    let text: String = versions.iter().map(|version| line(*version)).collect();
    Vault::local(folder, MasterKeys::parse(&text).unwrap()).unwrap()
}

/// An account with a case that holds what its person typed.
async fn person(bonafide: &Installation, name: &str) -> (AccountId, CaseId) {
    let request = RegisterRequest::of(name);
    let account = bonafide.register(&request, None).await.unwrap().id;
    let case = bonafide.open(account, "L2", None).await.unwrap().case.id;
    bonafide.type_details(case, &typed()).await.unwrap();
    (account, case)
}

/// Whether the case is shown, for which what its person typed is opened.
async fn opens(bonafide: &Installation, case: CaseId) -> bool {
    match bonafide.case(case).await {
        Ok(_) => true,
        Err(CaseError::Erased) => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn everything_opens_before_amid_and_after_and_then_the_old_key_is_needed_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let old = knowing(folder, &[1]).await;
    let mut people = Vec::new();
    for number in 0..5 {
        people.push(person(&old, &format!("user-{number}")).await);
    }
    let receiver = Receiver::start().await;
    let request =
        EndpointRequest { url: receiver.url, description: String::new(), kinds: Vec::new() };
    let hook = old.make_endpoint(request, "the test").await.unwrap().endpoint.id;
    old.rotate_secret(hook, std::time::Duration::from_hours(1), "the test").await.unwrap();
    let (erased, gone) = people[4];
    old.erase(erased, "key_1").await.unwrap();
    // Set aside, as while a law keeps it.
    vault(folder, &[1]).restrict(people[3].0).await.unwrap();

    // What a rotation that was killed after one person leaves behind.
    let both = knowing(folder, &[1, 2]).await;
    vault(folder, &[1, 2]).rewrap(people[0].0).await.unwrap();
    let used = both.sealed_by_master().await.unwrap();
    assert_eq!((used[&1], used[&2]), (5, 1), "three keys and two secrets; one key");
    for (_, case) in &people[..3] {
        assert!(opens(&both, *case).await);
    }
    let done = both.rewrap().await.unwrap();
    assert_eq!((done.keys, done.secrets, done.failed.len()), (3, 2, 0));
    let again = both.rewrap().await.unwrap();
    assert_eq!((again.keys, again.secrets), (0, 0));
    assert!(!both.sealed_by_master().await.unwrap().contains_key(&1));

    let new = knowing(folder, &[2]).await;
    vault(folder, &[2]).lift(people[3].0).await.unwrap();
    for (_, case) in &people[..4] {
        assert!(opens(&new, *case).await);
    }
    assert!(!opens(&new, gone).await, "who was erased stays so");
    let deliverer = bonafide_workflow::Deliverer::new(new.clone(), "deliverer");
    person(&new, "user-9").await;
    assert!(deliverer.once().await.unwrap() > 0);
    let sent = new.deliveries(hook, None, (i64::MAX, 100)).await.unwrap();
    assert!(sent.iter().all(|one| one.problem.is_none()), "{sent:?}");
}

#[tokio::test]
async fn a_key_that_does_not_open_is_told_of_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let old = knowing(folder, &[1]).await;
    let (broken, _) = person(&old, "user-1").await;
    person(&old, "user-2").await;
    let file = folder.join(format!("keys/{broken}.key"));
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let done = knowing(folder, &[1, 2]).await.rewrap().await.unwrap();
    assert_eq!(done.keys, 1);
    assert!(matches!(&done.failed[..], [(account, _)] if *account == broken));
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}
