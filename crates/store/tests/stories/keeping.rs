use bonafide_store::{
    Appeal, DecidedBy, DecisionRow, Erasure, Hold, Identity, IdentityKind, KeptUntil, Marker,
    Store, Tx, Upload,
};
use domain::account::Account;
use domain::decision::Verdict;
use domain::id::{CaseId, DecisionId, HoldId, UploadId};

use super::{account, at, case};

fn hold(of: &Account, until: Option<i64>) -> Hold {
    Hold {
        id: HoldId::new(at(0), [1; 10]),
        account: of.id,
        ground: "case 17".to_owned(),
        author: "key_1".to_owned(),
        created_at: at(0),
        until: until.map(at),
        released_at: None,
    }
}

/// A case with a decision and a picture, whose time is over at 100.
async fn full(tx: &mut Tx, one: &Account) -> (CaseId, UploadId) {
    tx.add_account(one).await.unwrap();
    let mut row = tx.add_case(&case(one, 1), &[1; 32]).await.unwrap();
    row.claims = Some(vec![1]);
    row.appeal = Some(Appeal { at: at(5), statement: vec![2] });
    tx.save_case(&row).await.unwrap();
    let case = row.case.id;
    let decision = DecisionRow {
        id: DecisionId::new(at(0), [1; 10]),
        case,
        verdict: Verdict::Decline,
        by: DecidedBy::Engine,
        policy: "0123".to_owned(),
        codes: vec!["DOC_EXPIRED".to_owned()],
        report: Some(vec![3]),
        decided_at: at(0),
    };
    tx.add_decision(&decision).await.unwrap();
    let id = UploadId::new(at(0), [1; 10]);
    let slot = "front".to_owned();
    let upload = Upload { id, slot, digest: String::new(), bytes: 1, created_at: at(0) };
    tx.add_upload(case, &upload).await.unwrap();
    let until = Some(at(100));
    let kept = KeptUntil { pictures: until, records: until, face: until, since: Some(at(7)) };
    tx.keep_until(case, kept).await.unwrap();
    (case, id)
}

pub async fn what_is_kept_of_a_case_has_its_time(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    let (case, upload) = full(&mut tx, &one).await;
    assert_eq!(tx.kept_since(case).await.unwrap(), Some(at(7)));
    assert!(tx.uploads_run_out(at(99), 10).await.unwrap().is_empty());
    assert!(tx.records_run_out(at(99), 10).await.unwrap().is_empty());
    assert_eq!(tx.uploads_run_out(at(100), 10).await.unwrap(), [(upload, one.id)]);
    assert_eq!(tx.records_run_out(at(100), 10).await.unwrap(), [(case, one.id)]);
    tx.removed(upload, at(100)).await.unwrap();
    assert!(tx.uploads_run_out(at(100), 10).await.unwrap().is_empty());
    assert!(tx.uploads(case).await.unwrap().is_empty());
    tx.remove_records(case).await.unwrap();
    assert!(tx.records_run_out(at(100), 10).await.unwrap().is_empty());
    let row = tx.case(case).await.unwrap().unwrap();
    assert_eq!((row.claims, row.appeal, row.challenge), (None, None, None));
    let decision = tx.decisions(case).await.unwrap().remove(0);
    assert_eq!((decision.report, decision.codes.len()), (None, 1));
}

pub async fn a_hold_keeps_until_it_ends_or_is_released(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    let (case, _) = full(&mut tx, &one).await;
    let (asked_at, asked_by) = (at(0), "key_1".to_owned());
    let erasure = Erasure { account: one.id, asked_at, asked_by, due_at: at(100), done: None };
    tx.save_erasure(&erasure).await.unwrap();
    let upload = UploadId::new(at(0), [1; 10]);
    let due = async |tx: &mut Tx, second| {
        let pictures = tx.uploads_run_out(at(second), 10).await.unwrap().len();
        let records = tx.records_run_out(at(second), 10).await.unwrap().len();
        assert_eq!(tx.upload_ran_out(upload, at(second)).await.unwrap(), pictures == 1);
        assert_eq!(tx.record_ran_out(case, at(second)).await.unwrap(), records == 1);
        (pictures, records, tx.erasures_due(at(second), 10).await.unwrap().len())
    };
    assert_eq!(due(&mut tx, 100).await, (1, 1, 1));
    let ends = hold(&one, Some(200));
    tx.add_hold(&ends).await.unwrap();
    assert_eq!((due(&mut tx, 199).await, due(&mut tx, 200).await), ((0, 0, 0), (1, 1, 1)));
    let open = Hold { id: HoldId::new(at(1), [2; 10]), ..hold(&one, None) };
    tx.add_hold(&open).await.unwrap();
    assert_eq!(tx.holds(one.id).await.unwrap(), [ends, open.clone()]);
    assert_eq!(due(&mut tx, 200).await, (0, 0, 0));
    assert!(!tx.release_hold(account(2).id, open.id, at(150)).await.unwrap());
    assert!(tx.release_hold(one.id, open.id, at(150)).await.unwrap());
    assert!(!tx.release_hold(one.id, open.id, at(160)).await.unwrap());
    assert_eq!(due(&mut tx, 200).await, (1, 1, 1));

    let done = Erasure { done: Some((at(200), at(300))), ..erasure };
    tx.save_erasure(&done).await.unwrap();
    assert_eq!(tx.erasure(one.id).await.unwrap(), Some(done));
    assert!(tx.erasures_due(at(400), 10).await.unwrap().is_empty());
    tx.withdraw_erasure(one.id).await.unwrap();
    assert_eq!(tx.erasure(one.id).await.unwrap(), None);
}

pub async fn a_marker_speaks_from_its_beginning_to_its_end(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let identity = |kind| Identity { kind, key_version: 1, hash: [9; 32] };
    for kind in [IdentityKind::Document, IdentityKind::NationalId, IdentityKind::NameAndBirth] {
        tx.add_identity(one.id, &identity(kind), at(0)).await.unwrap();
    }
    tx.mark(one.id, "one account a person").await.unwrap();
    tx.mark(one.id, "another purpose").await.unwrap();
    assert!(tx.identities_of(one.id).await.unwrap().is_empty());
    let document = identity(IdentityKind::Document);
    assert!(tx.markers(&document, at(0)).await.unwrap().is_empty(), "the erasure waits");
    tx.begin_markers(one.id, at(100)).await.unwrap();
    let marker = Marker {
        account: one.id,
        purpose: "one account a person".to_owned(),
        until: Some(at(100)),
    };
    assert_eq!(tx.markers(&document, at(99)).await.unwrap(), std::slice::from_ref(&marker));
    assert_eq!(tx.marker_of(one.id).await.unwrap(), Some(marker));
    assert!(tx.markers(&document, at(100)).await.unwrap().is_empty());
    assert_eq!(tx.key_versions().await.unwrap(), [1]);
    let name = identity(IdentityKind::NameAndBirth);
    assert!(tx.markers(&name, at(0)).await.unwrap().is_empty(), "a name is shared");
    assert_eq!(tx.remove_markers(at(99)).await.unwrap(), 0);
    assert_eq!(tx.remove_markers(at(100)).await.unwrap(), 2);
    assert_eq!(tx.marker_of(one.id).await.unwrap(), None);
}

pub async fn a_database_belongs_to_one_kind_of_installation(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.belong_to("live").await.unwrap(), "live");
    assert_eq!(tx.belong_to("sandbox").await.unwrap(), "live");
}
