use bonafide_store::{Store, StoreError};
use domain::account::{Closing, Freeze, Lapsed, Standing};
use jiff::civil::date;

use super::{account, at, case};

pub async fn an_account_is_found_as_it_was_written(store: &Store) {
    let mut one = account(1);
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&one).await.unwrap();
    tx.commit().await.unwrap();

    let until = Some(date(2031, 2, 28));
    one.standing = Standing::Verified { tier: "L2".to_owned(), until };
    one.lapsed = Some(Lapsed { tier: "L3".to_owned(), until: date(2030, 1, 31) });
    one.closed = Some(Closing { kept: account(2).id, case: case(&one, 1).id });
    one.frozen = Some(Freeze { since: at(5), ground: "a court asked".to_owned() });
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.lock_account(one.id).await.unwrap().unwrap().standing, Standing::Registered);
    tx.save_account(&one).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.account(one.id).await.unwrap(), Some(one.clone()));
    assert_eq!(tx.account_called("user-1").await.unwrap(), Some(one));
    assert_eq!(tx.account(account(2).id).await.unwrap(), None);
    assert_eq!(tx.account_called("user-2").await.unwrap(), None);
}

pub async fn an_external_id_is_taken_once(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut other = account(2);
    "user-1".clone_into(&mut other.external_id);
    let mut tx = store.begin().await.unwrap();
    assert!(matches!(tx.add_account(&other).await, Err(StoreError::Exists { .. })));
}

pub async fn what_is_not_committed_never_happened(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account(1)).await.unwrap();
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.account(account(1).id).await.unwrap(), None);
}
