//! One identity an account: faces that are searched, and the blocklist.

use bonafide_store::{
    Block, Blocked, FaceChange, Identity, IdentityKind, SealedFace, Searched, Store,
};
use domain::account::Account;
use domain::id::{BlockId, CaseId};
use jiff::civil::date;

use super::{account, at, case};

/// An account with a case that has a face.
async fn person(store: &Store, number: u8) -> (Account, SealedFace) {
    let account = account(number);
    let face = sealed(&account, number);
    let mut tx = store.begin().await.unwrap();
    tx.add_account(&account).await.unwrap();
    tx.add_case(&case(&account, number), &[number; 32]).await.unwrap();
    tx.keep_face(&face).await.unwrap();
    tx.commit().await.unwrap();
    (account, face)
}

fn sealed(account: &Account, number: u8) -> SealedFace {
    let case = case(account, number).id;
    SealedFace { case, account: account.id, embedder: "e1".to_owned(), sealed: vec![number; 9] }
}

fn entry(number: u8, of: Blocked, case: Option<CaseId>) -> Block {
    Block {
        id: BlockId::new(at(i64::from(number)), [number; 10]),
        of,
        case,
        ground: "forged".to_owned(),
        author: "Mei".to_owned(),
        created_at: at(0),
        until: Some(date(2026, 3, 31)),
    }
}

/// What `changes` leave of each case: nothing, or its face and whether it is approved.
fn left(changes: &[FaceChange]) -> Vec<(CaseId, Option<bool>)> {
    let now = |searched: &Searched| match searched {
        Searched::Nothing => None,
        Searched::Face { approved, .. } => Some(*approved),
    };
    changes.iter().map(|change| (change.case, now(&change.now))).collect()
}

pub async fn every_change_of_what_is_searched_is_read_once(store: &Store) {
    let (one, face_one) = person(store, 1).await;
    let (two, face_two) = person(store, 2).await;
    let mut tx = store.begin().await.unwrap();
    assert!(tx.face_changes(0, 9).await.unwrap().is_empty(), "kept, and not yet searched");
    tx.approve_face(one.id, face_one.case, at(1)).await.unwrap();
    tx.approve_face(two.id, face_two.case, at(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let first = tx.face_changes(0, 1).await.unwrap();
    let expected = Searched::Face { face: face_one.clone(), approved: true };
    assert_eq!((first[0].case, &first[0].now), (face_one.case, &expected));
    let rest = tx.face_changes(first[0].number, 9).await.unwrap();
    assert_eq!(left(&rest), [(face_two.case, Some(true))]);

    // A renewed document: the face of the later case takes the place of the earlier one's.
    let later = case(&one, 3);
    tx.add_case(&later, &[3; 32]).await.unwrap();
    tx.approve_face(one.id, later.id, at(2)).await.unwrap();
    assert!(tx.face_changes(rest[0].number, 9).await.unwrap().is_empty(), "without a face nothing");
    tx.keep_face(&sealed(&one, 3)).await.unwrap();
    tx.approve_face(one.id, later.id, at(2)).await.unwrap();
    let renewed = tx.face_changes(rest[0].number, 9).await.unwrap();
    assert_eq!(left(&renewed), [(face_one.case, None), (later.id, Some(true))]);
    assert_eq!(tx.approved_face(one.id).await.unwrap(), Some(sealed(&one, 3)));
    let one_hash = Identity { kind: IdentityKind::NationalId, key_version: 1, hash: [3; 32] };
    tx.add_identity(one.id, &one_hash, at(2)).await.unwrap();
    assert_eq!(tx.identities_of(one.id).await.unwrap(), [one_hash]);
    assert!(tx.identities_of(two.id).await.unwrap().is_empty());

    assert_eq!(tx.forget_faces(one.id).await.unwrap(), 2);
    assert_eq!(tx.forget_faces(one.id).await.unwrap(), 0);
    let gone = tx.face_changes(renewed[1].number, 9).await.unwrap();
    assert_eq!(gone.iter().filter(|change| change.now == Searched::Nothing).count(), 2);
    assert_eq!(tx.face(later.id).await.unwrap(), None);
    assert_eq!(tx.approved_face(one.id).await.unwrap(), None);
    assert_eq!(left(&tx.face_changes(0, 9).await.unwrap()).len(), 3, "all from the beginning");
}

pub async fn a_face_on_the_blocklist_is_searched_until_it_is_taken_off(store: &Store) {
    let (one, face) = person(store, 1).await;
    let block = entry(1, Blocked::Face(face.case), Some(face.case));
    let mut tx = store.begin().await.unwrap();
    tx.add_block(&block).await.unwrap();
    let listed = tx.face_changes(0, 9).await.unwrap();
    assert_eq!(left(&listed), [(face.case, Some(false))]);
    assert_eq!(
        tx.blocks_of_face(face.case, date(2026, 3, 31)).await.unwrap(),
        std::slice::from_ref(&block)
    );
    assert!(tx.blocks_of_face(face.case, date(2026, 4, 1)).await.unwrap().is_empty(), "ran out");
    tx.approve_face(one.id, face.case, at(1)).await.unwrap();
    tx.retire_face(one.id).await.unwrap();
    let number = listed[0].number;
    assert_eq!(left(&tx.face_changes(number, 9).await.unwrap()), [(face.case, Some(false))]);
    tx.remove_block(&block, "Tom", at(2)).await.unwrap();
    assert_eq!(left(&tx.face_changes(number, 9).await.unwrap()), [(face.case, None)]);
    assert!(tx.face(face.case).await.unwrap().is_some(), "the case keeps it");
    assert_eq!(tx.block(block.id).await.unwrap(), None);
}

pub async fn an_entry_of_the_blocklist_meets_its_document_until_it_ends(store: &Store) {
    let document = Identity { kind: IdentityKind::Document, key_version: 1, hash: [9; 32] };
    let (one, face) = person(store, 1).await;
    let forever = Block { until: None, ..entry(1, Blocked::Identity(document), None) };
    let of_case = entry(2, Blocked::Identity(document), Some(face.case));
    let mut tx = store.begin().await.unwrap();
    tx.add_block(&forever).await.unwrap();
    tx.add_block(&of_case).await.unwrap();
    let march = date(2026, 3, 31);
    let both = [forever.clone(), of_case.clone()];
    assert_eq!(tx.blocks_of(&document, march).await.unwrap(), both);
    assert_eq!(
        tx.blocks_of(&document, date(2026, 4, 1)).await.unwrap(),
        std::slice::from_ref(&forever)
    );
    let other = Identity { kind: IdentityKind::NationalId, ..document };
    assert!(tx.blocks_of(&other, march).await.unwrap().is_empty());
    assert_eq!(
        tx.blocks(None, 1).await.unwrap(),
        std::slice::from_ref(&of_case),
        "the newest first"
    );
    assert_eq!(tx.blocks(Some(of_case.id), 9).await.unwrap(), std::slice::from_ref(&forever));

    tx.forget_blocks(one.id).await.unwrap();
    assert_eq!(tx.blocks_of(&document, march).await.unwrap(), std::slice::from_ref(&forever));
    tx.remove_block(&forever, "Tom", at(2)).await.unwrap();
    assert!(tx.blocks_of(&document, march).await.unwrap().is_empty());
    assert!(tx.blocks(None, 9).await.unwrap().is_empty());
}

pub async fn faces_of_two_people_who_are_decided_at_once_wait_for_each_other(store: &Store) {
    let (one, face_one) = person(store, 1).await;
    let (two, face_two) = person(store, 2).await;
    let mut tasks = tokio::task::JoinSet::new();
    for (account, face) in [(one, face_one), (two, face_two)] {
        let store = store.clone();
        tasks.spawn(async move {
            let mut tx = store.begin().await.unwrap();
            tx.lock_identities().await.unwrap();
            let others = tx.face_changes(0, 9).await.unwrap().len();
            tx.approve_face(account.id, face.case, at(1)).await.unwrap();
            tx.commit().await.unwrap();
            others
        });
    }
    let mut seen = tasks.join_all().await;
    seen.sort_unstable();
    assert_eq!(seen, [0, 1], "the second sees the first");
}
