use bonafide_store::{ApiKey, Earlier, Event, Identity, IdentityKind, Store, StoreError};
use domain::id::{ApiKeyId, EventId};

use super::{account, at};

pub async fn events_come_in_their_order(store: &Store) {
    let event = |number: u8| Event {
        id: EventId::new(at(0), [number; 10]),
        kind: "case.approved".to_owned(),
        account: Some(account(1).id),
        case: None,
        data: r#"{"tier":"L2"}"#.to_owned(),
        at: at(0),
    };
    let mut tx = store.begin().await.unwrap();
    for number in [3, 1, 2] {
        tx.add_event(event(number));
    }
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let first = tx.events(0, 2).await.unwrap();
    assert_eq!(first, [(1, event(3)), (2, event(1))]);
    assert_eq!(tx.events(2, 2).await.unwrap(), [(3, event(2))]);
    assert_eq!(tx.event(3).await.unwrap(), Some(event(2)));
    assert_eq!(tx.event(4).await.unwrap(), None);
}

pub async fn keys_are_found_by_hash_until_they_are_revoked(store: &Store) {
    let key = ApiKey {
        id: ApiKeyId::new(at(0), [1; 10]),
        name: "the exchange".to_owned(),
        scopes: vec!["accounts".to_owned(), "cases".to_owned()],
        created_at: at(0),
        revoked_at: None,
    };
    let mut tx = store.begin().await.unwrap();
    tx.add_api_key(&key, &[1; 32]).await.unwrap();
    assert_eq!(tx.api_key(&[1; 32], at(0)).await.unwrap(), Some(key.clone()));
    assert_eq!(tx.api_key(&[2; 32], at(0)).await.unwrap(), None);
    assert!(tx.revoke_api_key(key.id, at(9)).await.unwrap());
    assert!(tx.api_key(&[1; 32], at(8)).await.unwrap().is_some(), "until then");
    assert!(tx.revoke_api_key(key.id, at(1)).await.unwrap());
    assert!(!tx.revoke_api_key(key.id, at(2)).await.unwrap());
    assert_eq!(tx.api_key(&[1; 32], at(1)).await.unwrap(), None);
    let revoked = ApiKey { revoked_at: Some(at(1)), ..key };
    assert_eq!(tx.api_keys().await.unwrap(), [revoked]);
}

pub async fn a_request_is_remembered_once(store: &Store) {
    let key = ApiKeyId::new(at(0), [1; 10]);
    let earlier = Earlier { digest: [5; 32], result: "acc_1".to_owned() };
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.earlier(key, "a").await.unwrap(), None);
    tx.remember((key, "a"), &earlier, at(0)).await.unwrap();
    assert_eq!(tx.earlier(key, "a").await.unwrap(), Some(earlier.clone()));
    assert_eq!(tx.earlier(ApiKeyId::new(at(0), [2; 10]), "a").await.unwrap(), None);
    let again = tx.remember((key, "a"), &earlier, at(1)).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })));
}

pub async fn an_identity_has_its_holders(store: &Store) {
    let (one, two) = (account(1), account(2));
    let document = Identity { kind: IdentityKind::Document, key_version: 1, hash: [9; 32] };
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&one).await.unwrap();
    tx.add_account(&two).await.unwrap();
    for _ in 0..2 {
        tx.add_identity(one.id, &document, at(0)).await.unwrap();
    }
    tx.add_identity(two.id, &document, at(1)).await.unwrap();
    assert_eq!(tx.holders(&document).await.unwrap(), [one.id, two.id]);
    for other in [
        Identity { kind: IdentityKind::NationalId, ..document },
        Identity { key_version: 2, ..document },
        Identity { hash: [8; 32], ..document },
    ] {
        assert!(tx.holders(&other).await.unwrap().is_empty());
    }
    tx.forget_identities(one.id).await.unwrap();
    assert_eq!(tx.holders(&document).await.unwrap(), [two.id]);
}
