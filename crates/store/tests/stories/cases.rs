use bonafide_store::{Appeal, Consent, DecidedBy, DecisionRow, Lease, Store, Upload};
use domain::case::CaseState;
use domain::decision::Verdict;
use domain::id::{DecisionId, UploadId};

use super::{account, at, case};

pub async fn a_case_is_found_as_it_was_written(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let mut row = tx.add_case(&case(&one, 1), &[1; 32]).await.unwrap();
    row.case.state = CaseState::InReview;
    row.case.attempts = 2;
    row.due_at = Some(at(9));
    row.lease = Some(Lease { reviewer: "Mei".to_owned(), until: at(8) });
    row.claims = Some(vec![0, 255, 7]);
    row.challenge = Some("[]".to_owned());
    row.appeal = Some(Appeal { at: at(7), statement: vec![1, 0] });
    row.case.expires_at = at(7200);
    tx.save_case(&row).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.lock_case(row.case.id).await.unwrap(), Some(row.clone()));
    assert_eq!(tx.case(row.case.id).await.unwrap(), Some(row.clone()));
    assert_eq!(
        tx.latest_case_of(one.id).await.unwrap().map(|one| one.case),
        Some(row.case.clone())
    );
    assert_eq!(tx.cases_of(one.id).await.unwrap(), [row.clone()]);
    assert_eq!(tx.case(case(&one, 2).id).await.unwrap(), None);
    drop(tx);

    row.case.state = CaseState::Declined;
    let mut tx = store.begin().await.unwrap();
    tx.save_case(&row).await.unwrap();
}

pub async fn a_token_opens_its_case_until_it_ends(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let row = tx.add_case(&case(&one, 1), &[1; 32]).await.unwrap();
    let opens = async |tx: &mut bonafide_store::Tx, token: u8, second| {
        tx.case_of_token(&[token; 32], at(second)).await.unwrap().is_some()
    };
    assert!(opens(&mut tx, 1, 3599).await);
    assert!(!opens(&mut tx, 1, 3600).await && !opens(&mut tx, 2, 0).await);
    tx.set_token(row.case.id, &[2; 32], at(10)).await.unwrap();
    assert!(!opens(&mut tx, 1, 0).await && opens(&mut tx, 2, 9).await);
    assert!(!opens(&mut tx, 2, 10).await);

    let run_out = tx.cases_run_out(at(3600), 10).await.unwrap();
    assert_eq!(run_out, [row.case.id]);
    assert!(tx.cases_run_out(at(3599), 10).await.unwrap().is_empty());
}

pub async fn the_last_upload_of_a_slot_counts(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let id = tx.add_case(&case(&one, 1), &[1; 32]).await.unwrap().case.id;
    let upload = |number: u8, slot: &str| Upload {
        id: UploadId::new(at(i64::from(number)), [number; 10]),
        slot: slot.to_owned(),
        digest: format!("{number:064x}"),
        bytes: u64::from(number),
        created_at: at(i64::from(number)),
    };
    for upload in [upload(1, "front"), upload(2, "selfie"), upload(3, "front")] {
        tx.add_upload(id, &upload).await.unwrap();
    }
    assert_eq!(tx.uploads(id).await.unwrap(), [upload(3, "front"), upload(2, "selfie")]);
}

pub async fn cases_in_review_are_listed_by_when_they_are_due(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    for (number, due) in [(1, 30), (2, 10), (3, 20), (4, 20)] {
        let mut row = tx.add_case(&case(&one, number), &[number; 32]).await.unwrap();
        row.due_at = Some(at(due));
        row.case.state = if number == 1 { CaseState::Approved } else { CaseState::InReview };
        tx.save_case(&row).await.unwrap();
    }
    let ids = |list: &[bonafide_store::InReview]| -> Vec<_> {
        list.iter().map(|item| (item.due_at.unwrap(), item.case.id)).collect()
    };
    let first = ids(&tx.in_review(None, 2).await.unwrap());
    assert_eq!(first, [(at(10), case(&one, 2).id), (at(20), case(&one, 3).id)]);
    let rest = ids(&tx.in_review(Some(first[1]), 2).await.unwrap());
    assert_eq!(rest, [(at(20), case(&one, 4).id)]);
    for (now, overdue) in [(10, 0), (11, 1), (21, 3)] {
        let counted = tx.reviews(at(now)).await.unwrap();
        assert_eq!((counted.waiting, counted.overdue), (3, overdue));
    }
}

pub async fn decisions_and_consents_are_kept(store: &Store) {
    let (one, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&one).await.unwrap();
    let id = tx.add_case(&case(&one, 1), &[1; 32]).await.unwrap().case.id;
    let decision = |number: u8, verdict, by| DecisionRow {
        id: DecisionId::new(at(i64::from(number)), [number; 10]),
        case: id,
        verdict,
        by,
        policy: "0123".to_owned(),
        codes: vec!["DOC_BLURRED".to_owned(), "DOC_GLARE".to_owned()],
        report: Some(vec![number]),
        decided_at: at(i64::from(number)),
    };
    // The clock of the reviewer's machine is late.
    let by_engine = decision(5, Verdict::Review, DecidedBy::Engine);
    let by_person = decision(2, Verdict::Approve, DecidedBy::Reviewer("Mei Lin".to_owned()));
    tx.add_decision(&by_engine).await.unwrap();
    tx.add_decision(&by_person).await.unwrap();
    assert_eq!(tx.decisions(id).await.unwrap(), [by_person, by_engine]);

    let mut consent = Consent {
        kind: "face_match".to_owned(),
        text_version: "2".to_owned(),
        given_at: at(1),
        withdrawn_at: None,
    };
    tx.save_consent(id, &consent).await.unwrap();
    consent.withdrawn_at = Some(at(2));
    tx.save_consent(id, &consent).await.unwrap();
    assert_eq!(tx.consents(id).await.unwrap(), [consent]);
}
