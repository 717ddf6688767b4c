use bonafide_store::{Handoff, Message, Store};
use domain::case::Case;
use domain::id::MessageId;

use super::{account, at, case};

async fn a_case(store: &Store) -> Case {
    let (account, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&account).await.unwrap();
    let case = case(&account, 1);
    tx.add_case(&case, &[1; 32]).await.unwrap();
    tx.commit().await.unwrap();
    case
}

pub async fn a_case_has_one_handoff_at_a_time(store: &Store) {
    let case = a_case(store).await;
    let handoff = |number| Handoff {
        case: case.id,
        number,
        expires_at: at(60),
        token: None,
        confirmed_at: None,
        refused_at: None,
    };
    let mut tx = store.begin().await.unwrap();
    tx.add_handoff(&handoff(42), &[2; 32]).await.unwrap();
    tx.add_handoff(&handoff(57), &[3; 32]).await.unwrap();
    assert_eq!(tx.handoff_of_code(&[2; 32]).await.unwrap(), None);
    let mut taken = tx.handoff_of_code(&[3; 32]).await.unwrap().unwrap();
    assert_eq!(taken, handoff(57));
    taken.token = Some([4; 32]);
    taken.confirmed_at = Some(at(5));
    tx.save_handoff(&taken).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.handoff(case.id).await.unwrap(), Some(taken.clone()));
    assert_eq!(tx.handoff_of_token(&[4; 32]).await.unwrap(), Some(taken));
    assert_eq!(tx.handoff_of_token(&[5; 32]).await.unwrap(), None);
    assert!(tx.case_with_token(case.id, at(3599)).await.unwrap().is_some());
    assert!(tx.case_with_token(case.id, at(3600)).await.unwrap().is_none());
    tx.set_token(case.id, &[9; 32], at(7200)).await.unwrap();
    assert_eq!(tx.handoff(case.id).await.unwrap(), None, "it ends with the token before");
}

pub async fn messages_are_kept_with_their_case(store: &Store) {
    let case = a_case(store).await;
    let message = |number: u8| Message {
        id: MessageId::new(at(i64::from(number)), [number; 10]),
        text: vec![number, 255],
        at: at(i64::from(number)),
    };
    let mut tx = store.begin().await.unwrap();
    for number in [2, 1] {
        tx.add_message(case.id, &message(number)).await.unwrap();
    }
    assert_eq!(tx.messages(case.id).await.unwrap(), [message(1), message(2)]);
    tx.remove_records(case.id).await.unwrap();
    assert_eq!(tx.messages(case.id).await.unwrap(), []);
}
