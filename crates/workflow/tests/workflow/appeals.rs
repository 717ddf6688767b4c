//! Appeals, and cases that the engine cannot decide.

use bonafide_workflow::{
    AppealError, Approval, CaseError, Kind, Outcome, Place, RuleError, Ruling, Term,
};
use domain::case::CaseState;
use domain::field::Field;
use domain::id::{AccountId, CaseId};
use domain::reason::{Code, Reason};
use exact_world::{House, passport};

/// A case that Mei declined.
async fn declined(house: &House) -> (AccountId, CaseId) {
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let consent = bonafide_workflow::ConsentKind::FaceMatch;
    house.installation.consent(case, consent, "1", false).await.unwrap();
    house.assess(case).await;
    house.clock.go(60);
    house.installation.claim(case, "Mei").await.unwrap();
    let ruling = Ruling::Decline(vec![Code::FaceMismatch, Code::DataMismatch]);
    house.installation.rule(case, "Mei", &ruling, "").await.unwrap();
    (account, case)
}

/// A case that waits for Mei, who has it.
async fn claimed(house: &House, account: AccountId, consents: bool) -> CaseId {
    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let consent = bonafide_workflow::ConsentKind::FaceMatch;
    house.installation.consent(case, consent, "1", consents).await.unwrap();
    *house.engine.breaks.lock().unwrap() = 8;
    house.installation.submit(case).await.unwrap();
    for _ in 0..8 {
        assert_eq!(house.work().await, Outcome::Failed);
        house.clock.go(600);
    }
    house.installation.claim(case, "Mei").await.unwrap();
    case
}

#[tokio::test]
async fn nobody_is_refused_or_asked_again_without_a_word_or_for_nothing() {
    let house = House::build(Kind::Sandbox).await;
    let account = house.account("user-1").await;
    let case = claimed(&house, account, false).await;
    let rule = async |ruling: Ruling| house.installation.rule(case, "Mei", &ruling, "").await;
    let again = |code| Ruling::Again(vec![Reason::new(code)]);
    for untold in [
        Ruling::Decline(vec![Code::DuplicateFace, Code::DocTampered]),
        Ruling::Decline(vec![Code::UnderReview]),
        again(Code::FaceMismatch),
    ] {
        assert!(matches!(rule(untold).await, Err(RuleError::Untold)));
    }
    // No step asks for a proof of address, nor for a face that nobody may look at.
    for nothing in [Code::PoaUnreadable, Code::AttemptsExceeded, Code::FaceBlurred] {
        assert!(matches!(rule(again(nothing)).await, Err(RuleError::NothingToRedo)), "{nothing}");
    }
    let view = house.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::InReview, "nothing of it happened");
    let ruled = rule(again(Code::NameTypo)).await.unwrap();
    assert_eq!(ruled.state, CaseState::Collecting);
}

#[tokio::test]
async fn whoever_is_approved_by_eye_is_known_by_what_they_typed_while_the_document_holds() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let (first, second) = (house.account("user-1").await, house.account("user-2").await);
    let (one, two) = (claimed(&house, first, true).await, claimed(&house, second, true).await);
    let approve = async |case, valid_until: Option<&str>| {
        let valid_until = valid_until.map(|day| Term::Until(day.parse().unwrap()));
        let ruling = Ruling::Approve(Approval { valid_until, ..Approval::default() });
        bonafide.claim(case, "Mei").await.unwrap();
        bonafide.rule(case, "Mei", &ruling, "seen by eye").await
    };
    assert!(matches!(approve(one, None).await, Err(RuleError::NoTerm)));
    assert!(matches!(approve(one, Some("2026-03-01")).await, Err(RuleError::Ended(_))));
    approve(one, Some("2031-05-06")).await.unwrap();
    let now = bonafide.entitlements(first).await.unwrap().unwrap();
    assert_eq!(now.until, Some("2031-05-06".parse().unwrap()));

    // Another account with the same document: by eye too, and by the engine.
    assert!(matches!(approve(two, Some("2031-05-06")).await, Err(RuleError::FoundSince)));
    let others = bonafide.claim(two, "Mei").await.unwrap().report.others;
    assert_eq!(others.accounts[0].account, first);
    let third = house.open(house.account("user-3").await).await.case.id;
    house.fill(third, passport(|_| {})).await;
    house.assess(third).await;
    let others = bonafide.claim(third, "Mei").await.unwrap().report.others;
    assert_eq!(others.accounts[0].account, first);
}

#[tokio::test]
async fn an_appeal_is_decided_by_somebody_else() {
    let house = House::build(Kind::Sandbox).await;
    let (account, case) = declined(&house).await;
    let bonafide = &house.installation;
    let view = bonafide.case(case).await.unwrap();
    assert_eq!(view.appealable_until.unwrap().to_string(), "2026-04-01T12:01:00Z");

    house.clock.go(3600);
    bonafide.appeal(case, " It is me. ", "applicant").await.unwrap();
    let view = bonafide.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::InReview);
    assert_eq!(view.due_at.unwrap().to_string(), "2026-03-05T23:59:59Z");
    let told: Vec<_> = view.told.unwrap().reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(told, [Code::UnderReview]);
    let waiting = bonafide.in_review(None, 10).await.unwrap();
    assert!(waiting.iter().all(|item| item.appealed && item.case.id == case));

    let same = bonafide.claim(case, "Mei").await;
    assert!(matches!(same, Err(RuleError::DecidedBefore)));
    let claimed = bonafide.claim(case, "Tom").await.unwrap();
    assert_eq!(claimed.appeal.unwrap().statement, "It is me.");
    assert_eq!(claimed.report.reasons[0].code, Code::FaceMismatch, "what Mei said");
    bonafide.rule(case, "Tom", &Ruling::Approve(Approval::default()), "").await.unwrap();
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"));
}

#[tokio::test]
async fn an_appeal_is_taken_once_in_its_time_and_of_what_was_declined() {
    let house = House::build(Kind::Sandbox).await;
    let (account, case) = declined(&house).await;
    let bonafide = &house.installation;
    let empty = bonafide.appeal(case, " \n", "applicant").await;
    assert!(matches!(empty, Err(AppealError::BadStatement)));
    let other = house.open(account).await.case.id;
    let early = bonafide.appeal(other, "why", "applicant").await;
    assert!(matches!(early, Err(AppealError::Case(CaseError::Impossible(_)))));
    let busy = bonafide.appeal(case, "why", "applicant").await;
    assert!(matches!(busy, Err(AppealError::CaseOpen(open)) if open == other));
    bonafide.cancel(other, "applicant").await.unwrap();

    bonafide.appeal(case, "why", "applicant").await.unwrap();
    bonafide.claim(case, "Tom").await.unwrap();
    let again = Ruling::Decline(vec![Code::FaceMismatch, Code::DataMismatch]);
    bonafide.rule(case, "Tom", &again, "").await.unwrap();
    let twice = bonafide.appeal(case, "why", "applicant").await;
    assert!(matches!(twice, Err(AppealError::AppealedBefore)));
    assert_eq!(bonafide.case(case).await.unwrap().appealable_until, None);
}

#[tokio::test]
async fn whoever_hears_an_appeal_goes_on_with_it_and_the_engine_never_ends_it() {
    let house = House::build(Kind::Sandbox).await;
    let (_, case) = declined(&house).await;
    let bonafide = &house.installation;
    house.clock.go(60);
    bonafide.appeal(case, "why", "applicant").await.unwrap();
    house.clock.go(60);
    bonafide.claim(case, "Tom").await.unwrap();
    let blurred = domain::reason::Reason::new(Code::DocBlurred);
    bonafide.rule(case, "Tom", &Ruling::Again(vec![blurred]), "").await.unwrap();
    house.clock.go(60);
    // A child is declined, where nobody appealed.
    let child = passport(|front| {
        let zone = front.document.as_mut().unwrap().mrz.as_mut().unwrap();
        let reading = zone.fields.0.get_mut(&Field::BirthDate).unwrap();
        "2015-01-01".clone_into(&mut reading.value);
    });
    bonafide.upload(case, Place::Front, child).await.unwrap();
    house.assess(case).await;
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::InReview);
    let before = bonafide.claim(case, "Mei").await;
    assert!(matches!(before, Err(RuleError::DecidedBefore)));
    let report = bonafide.claim(case, "Tom").await.unwrap().report;
    assert_eq!(report.reasons[0].code, Code::AgeBelowMinimum);
    let replay = bonafide.replay(bonafide.policy(), 1).await.unwrap();
    assert_eq!(replay.replayed[0].was, replay.replayed[0].now, "an appeal is behind it then too");
}

#[tokio::test]
async fn an_appeal_that_comes_too_late_is_refused_and_says_so() {
    let house = House::build(Kind::Sandbox).await;
    let (_, case) = declined(&house).await;
    house.clock.go(30 * 24 * 3600);
    let late = house.installation.appeal(case, "why", "applicant").await;
    assert!(matches!(late, Err(AppealError::TooLate(_))));
}

#[tokio::test]
async fn a_new_token_opens_a_case_that_is_over_and_the_old_one_does_not() {
    let house = House::build(Kind::Sandbox).await;
    let opened = house.open(house.account("user-1").await).await;
    let bonafide = &house.installation;
    bonafide.cancel(opened.case.id, "operator").await.unwrap();
    house.clock.go(8 * 24 * 3600);
    assert_eq!(bonafide.case_of(&opened.token).await.unwrap(), None, "it ran out");
    let renewed = bonafide.renew_token(opened.case.id, "operator").await.unwrap();
    assert!(bonafide.case_of(&renewed.token).await.unwrap().is_some());
}

#[tokio::test]
async fn who_is_asked_again_after_a_long_review_has_time_for_it() {
    let house = House::build(Kind::Sandbox).await;
    let opened = house.open(house.account("user-1").await).await;
    let (bonafide, case) = (&house.installation, opened.case.id);
    house.fill(case, passport(|_| {})).await;
    let consent = bonafide_workflow::ConsentKind::FaceMatch;
    bonafide.consent(case, consent, "1", false).await.unwrap();
    house.assess(case).await;
    house.clock.go(9 * 24 * 3600);
    bonafide.claim(case, "Mei").await.unwrap();
    let blurred = domain::reason::Reason::new(Code::DocBlurred);
    bonafide.rule(case, "Mei", &Ruling::Again(vec![blurred]), "").await.unwrap();
    assert_eq!(bonafide.expire().await.unwrap(), 0);
    // The link that they had has ended; the page of the operator has another.
    assert!(bonafide.case_of(&opened.token).await.unwrap().is_none());
    let again = bonafide.renew_token(case, "key_1").await.unwrap();
    assert!(bonafide.case_of(&again.token).await.unwrap().is_some());
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::Collecting);
}

#[tokio::test]
async fn a_case_that_the_engine_never_answers_goes_to_a_person() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    *house.engine.breaks.lock().unwrap() = 1000;
    house.installation.submit(case).await.unwrap();
    for _ in 0..8 {
        assert_eq!(house.work().await, Outcome::Failed);
        house.clock.go(600);
    }
    assert_eq!(house.work().await, Outcome::Idle, "it was given up");
    let bonafide = &house.installation;
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::InReview);
    assert_eq!(bonafide.queue().await.unwrap().dead, 1);
    let report = bonafide.claim(case, "Mei").await.unwrap().report;
    assert!(report.reasons.iter().any(|reason| reason.code == Code::NotRun));
    assert!(report.evidence.pictures.is_empty());
    let unlimited = Approval { valid_until: Some(Term::Unlimited), ..Approval::default() };
    bonafide.rule(case, "Mei", &Ruling::Approve(unlimited), "seen by eye").await.unwrap();
}

#[tokio::test]
async fn a_case_that_takes_its_workers_down_goes_to_a_person() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let bonafide = &house.installation;
    bonafide.submit(case).await.unwrap();
    for _ in 0..8 {
        let mut tx = bonafide.store().begin().await.unwrap();
        let now = bonafide.now();
        let lease = now + std::time::Duration::from_mins(5);
        tx.claim_job("lost", now, lease).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        house.clock.go(300);
    }
    assert_eq!(house.work().await, Outcome::Failed);
    assert_eq!(bonafide.case(case).await.unwrap().case.state, CaseState::InReview);
}
