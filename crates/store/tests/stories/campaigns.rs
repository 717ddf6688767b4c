use bonafide_store::{Store, StoreError};
use domain::campaign::Terms;
use domain::guidance::Language;
use jiff::civil::date;

use super::{account, at};

fn terms(code: &str, cap: Option<u32>) -> Terms {
    Terms {
        code: code.parse().unwrap(),
        fee_discount_percent: "12.5".parse().unwrap(),
        from: date(2026, 3, 1),
        until: date(2026, 3, 31),
        cap,
    }
}

pub async fn a_campaign_is_found_as_it_was_written(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    for (code, cap) in [("SPRING26", Some(3)), ("AUTUMN26", None)] {
        tx.add_campaign(&terms(code, cap), at(1)).await.unwrap();
    }
    let code = "SPRING26".parse().unwrap();
    let mut spring = tx.lock_campaign(&code).await.unwrap().unwrap();
    assert_eq!((&spring.terms, spring.joined), (&terms("SPRING26", Some(3)), 0));
    spring.joined = 2;
    spring.ended_at = Some(at(9));
    tx.save_campaign(&spring).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.campaign(&code).await.unwrap(), Some(spring.clone()));
    let all = tx.campaigns(None, 10).await.unwrap();
    assert_eq!(all.iter().map(|one| one.terms.cap).collect::<Vec<_>>(), [None, Some(3)]);
    assert_eq!(tx.campaigns(Some(&all[0].terms.code), 10).await.unwrap(), [spring]);
    assert_eq!(tx.campaign(&"WINTER26".parse().unwrap()).await.unwrap(), None);
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let again = tx.add_campaign(&terms("SPRING26", None), at(2)).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })));
}

pub async fn an_account_keeps_its_campaign_language_and_phrase(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.add_campaign(&terms("SPRING26", None), at(1)).await.unwrap();
    let mut one = account(1);
    one.campaign = Some("SPRING26".parse().unwrap());
    one.language = Some(Language::ZhCn);
    one.country = Some("SGP".parse().unwrap());
    tx.add_account(&one).await.unwrap();
    assert_eq!(tx.phrase(one.id).await.unwrap(), None);
    tx.set_phrase(one.id, Some(vec![1, 2, 3])).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.account(one.id).await.unwrap().as_ref(), Some(&one));
    assert_eq!(tx.phrase(one.id).await.unwrap(), Some(vec![1, 2, 3]));
    tx.set_phrase(one.id, None).await.unwrap();
    assert_eq!(tx.phrase(one.id).await.unwrap(), None);
}
