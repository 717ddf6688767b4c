//! Whoever changes the database behind our back is found out by the audit log.

use bonafide_store::{Act, Broken, Store};
use domain::account::{Account, Standing};
use domain::case::{Case, CaseState};
use domain::id::{AccountId, CaseId};
use jiff::Timestamp;

#[tokio::test]
async fn a_changed_removed_or_added_entry_breaks_the_chain() {
    let cases = [
        ("UPDATE audit SET act = 'declined' WHERE place = 2", 2),
        ("UPDATE audit SET actor = 'nobody' WHERE place = 1", 1),
        ("UPDATE audit SET at = at + 1 WHERE place = 3", 3),
        ("DELETE FROM audit WHERE place = 2", 2),
        ("DELETE FROM audit WHERE place = 3", 3),
        (
            "INSERT INTO audit SELECT case_id, 4, at, actor, act, hash, root FROM audit WHERE place = 3",
            4,
        ),
        ("UPDATE cases SET audit_length = 2", 4),
    ];
    for (change, place) in cases {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("bonafide.db").display());
        let store = Store::open(&url).await.unwrap();
        let case = logged(&store).await;
        let pool = sqlx::AnyPool::connect(&url).await.unwrap();
        sqlx::query(change).execute(&pool).await.unwrap();
        pool.close().await;
        let mut tx = store.read().await.unwrap();
        let row = tx.case(case).await.unwrap().unwrap();
        assert_eq!(tx.verify_audit(&row).await.unwrap(), Some(Broken { case, place }), "{change}");
    }
}

async fn logged(store: &Store) -> CaseId {
    let at = Timestamp::from_second(1_772_000_000).unwrap();
    let account = Account {
        id: AccountId::new(at, [1; 10]),
        external_id: "user-1".to_owned(),
        country: None,
        language: None,
        campaign: None,
        standing: Standing::Registered,
        lapsed: None,
        closed: None,
        frozen: None,
        created_at: at,
    };
    let case = Case {
        id: CaseId::new(at, [1; 10]),
        account: account.id,
        tier: "L2".to_owned(),
        policy: "0123".to_owned(),
        state: CaseState::Collecting,
        attempts: 0,
        created_at: at,
        expires_at: at,
    };
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account).await.unwrap();
    let mut row = tx.add_case(&case, &[1; 32]).await.unwrap();
    for what in ["opened", "submitted", "approved"] {
        let act = Act { actor: "applicant".to_owned(), what: what.to_owned() };
        tx.log(&mut row, at, &act).await.unwrap();
    }
    tx.commit().await.unwrap();
    case.id
}
