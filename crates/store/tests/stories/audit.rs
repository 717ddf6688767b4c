use bonafide_store::{Act, Store};

use super::{account, at, case};

pub async fn a_chain_holds_and_shows_every_change(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let mut row = tx.add_case(&case(&one, 1), &[1; 32]).await.unwrap();
    for (second, what) in ["opened", "submitted", "approved"].into_iter().enumerate() {
        let act = Act { actor: "applicant".to_owned(), what: what.to_owned() };
        tx.log(&mut row, at(second as i64), &act).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    let row = tx.lock_case(row.case.id).await.unwrap().unwrap();
    assert_eq!(tx.verify_audit(&row).await.unwrap(), None);
    let places: Vec<_> = tx.audit(row.case.id).await.unwrap().iter().map(|e| e.place).collect();
    assert_eq!(places, [1, 2, 3]);
    drop(tx);
}
