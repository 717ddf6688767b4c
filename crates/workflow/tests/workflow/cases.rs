//! From registering to a decision.

use bonafide_workflow::{
    Approval, CaseError, ConsentKind, Kind, OpenError, Outcome, Place, RuleError, Ruling,
    StepState, UploadError, Worker,
};
use domain::case::CaseState;
use domain::claims::Claims;
use domain::decision::Verdict;
use domain::document::DocumentType;
use domain::entitlement::Need;
use domain::evidence::{PictureEvidence, Quality};
use domain::field::Field;
use domain::reason::{Code, Reason};
use exact_world::{House, passport, selfie, typed};
use store::Store;

fn blurred(front: &mut PictureEvidence) {
    let blur = front.quality.iter_mut().find(|m| m.quality == Quality::Blur).unwrap();
    blur.value = 0.5;
}

#[tokio::test]
async fn a_tier_ends_on_the_last_day_of_a_document_that_says_only_the_month_or_the_year() {
    for (printed, until) in [("2032-04", "2032-04-30"), ("2032", "2032-12-31")] {
        let house = House::build(Kind::Sandbox).await;
        let account = house.account("user-1").await;
        let case = house.open(account).await.case.id;
        let partial = passport(|front| {
            let zone = front.document.as_mut().unwrap().mrz.as_mut().unwrap();
            let reading = zone.fields.0.get_mut(&Field::ExpiryDate).unwrap();
            printed.clone_into(&mut reading.value);
        });
        house.fill(case, partial).await;
        house.assess(case).await;
        let now = house.installation.entitlements(account).await.unwrap().unwrap();
        assert_eq!(now.until, Some(until.parse().unwrap()), "{printed}");
    }
}

#[tokio::test]
async fn a_person_reaches_the_advanced_tier() {
    let house = House::build(Kind::Sandbox).await;
    let account = house.account("user-1").await;
    let before = house.installation.entitlements(account).await.unwrap().unwrap();
    assert_eq!((before.tier, before.next.unwrap().tier.as_str()), (None, "L1"));

    let case = house.open(account).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;

    let view = house.installation.case(case).await.unwrap();
    let told = view.told.unwrap();
    assert_eq!(
        (view.case.state, told.verdict),
        (CaseState::Approved, Verdict::Approve),
        "{told:?}"
    );
    let after = house.installation.entitlements(account).await.unwrap().unwrap();
    assert_eq!(after.tier.as_deref(), Some("L2"));
    assert_eq!(after.until.unwrap().to_string(), "2032-04-15", "as long as the passport");
    let again = house.installation.open(account, "L2", None).await;
    assert!(matches!(again, Err(OpenError::Reached)));

    let mut tx = house.installation.store().read().await.unwrap();
    let row = tx.case(case).await.unwrap().unwrap();
    assert_eq!(tx.verify_audit(&row).await.unwrap(), None);
    let events = tx.events(0, 100).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|(_, event)| event.kind.as_str()).collect();
    assert_eq!(kinds, ["account.registered", "case.opened", "case.assessing", "case.approved"]);
}

#[tokio::test]
async fn what_is_to_be_mended_is_asked_for_again_and_nothing_else() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let taken = house.installation.upload(case, Place::Front, passport(blurred)).await.unwrap();
    assert_eq!(taken.faults.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::DocBlurred]);
    // That it is another document than the one that was declared is said at once, too.
    let other = passport(|front| {
        front.document.as_mut().unwrap().document_type = DocumentType::IdCard;
    });
    let taken = house.installation.upload(case, Place::Front, other).await.unwrap();
    assert_eq!(taken.faults.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::DocTypeMismatch]);
    house.installation.upload(case, Place::Front, passport(blurred)).await.unwrap();
    house.assess(case).await;

    let view = house.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::Collecting);
    let again: Vec<Need> = view
        .steps
        .iter()
        .filter(|step| matches!(step.state, StepState::Again(_)))
        .map(|step| step.need)
        .collect();
    assert_eq!(again, [Need::Document]);
    let submitted = house.installation.submit(case).await;
    assert!(matches!(submitted, Err(CaseError::Unfinished(list)) if list == ["document"]));

    house.clock.go(60);
    house.installation.upload(case, Place::Front, passport(|_| {})).await.unwrap();
    house.assess(case).await;
    let view = house.installation.case(case).await.unwrap();
    assert_eq!((view.case.state, view.case.attempts), (CaseState::Approved, 2));
}

#[tokio::test]
async fn who_has_tried_too_often_gets_a_person() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(blurred)).await;
    for _ in 0..5 {
        house.clock.go(60);
        house.installation.upload(case, Place::Front, passport(blurred)).await.unwrap();
        house.assess(case).await;
    }
    let view = house.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::InReview);
    // Noon on a Monday: the third business day is Thursday.
    assert_eq!(view.due_at.unwrap().to_string(), "2026-03-05T23:59:59Z");
    let told = view.told.unwrap();
    let codes: Vec<_> = told.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, [Code::UnderReview], "whatever the cause");
}

#[tokio::test]
async fn a_second_account_of_one_person_goes_to_a_person_who_decides() {
    let house = House::build(Kind::Sandbox).await;
    let earlier = house.account("user-1").await;
    let first = house.open(earlier).await.case.id;
    house.fill(first, passport(|_| {})).await;
    house.assess(first).await;
    let account = house.account("user-2").await;
    let second = house.open(account).await.case.id;
    house.fill(second, passport(|_| {})).await;
    house.assess(second).await;
    let bonafide = &house.installation;
    assert_eq!(bonafide.case(second).await.unwrap().case.state, CaseState::InReview);
    let waiting = bonafide.in_review(None, 10).await.unwrap();
    assert_eq!(waiting.iter().map(|item| item.case.id).collect::<Vec<_>>(), [second]);

    let unclaimed = bonafide.rule(second, "Mei", &Ruling::Approve(Approval::default()), "").await;
    assert!(matches!(unclaimed, Err(RuleError::NotClaimed)));
    let report = bonafide.claim(second, "Mei").await.unwrap().report;
    assert_eq!(report.reasons, [Reason::new(Code::DuplicateDocument)]);
    let other = bonafide.claim(second, "Tom").await;
    assert!(matches!(other, Err(RuleError::Leased { reviewer, .. }) if reviewer == "Mei"));
    let picture = bonafide.look_at(second, Place::Front, "Mei").await.unwrap();
    assert_eq!(picture, Some(passport(|_| {})));
    let silent = bonafide.rule(second, "Mei", &Ruling::Decline(Vec::new()), "").await;
    assert!(matches!(silent, Err(RuleError::NoReason)));

    house.clock.go(20 * 60);
    let late = bonafide.rule(second, "Mei", &Ruling::Approve(Approval::default()), "").await;
    assert!(matches!(late, Err(RuleError::NotClaimed)));
    bonafide.claim(second, "Tom").await.unwrap();
    let closing = Approval { closes: Some(earlier), ..Approval::default() };
    bonafide.rule(second, "Tom", &Ruling::Approve(closing), "the first is closed").await.unwrap();
    let now = bonafide.entitlements(account).await.unwrap().unwrap();
    assert_eq!(now.tier.as_deref(), Some("L2"));
    let twice = bonafide.rule(second, "Tom", &Ruling::Approve(Approval::default()), "").await;
    assert!(matches!(twice, Err(RuleError::Case(CaseError::Impossible(_)))));
}

#[tokio::test]
async fn who_refuses_the_comparison_of_faces_is_seen_by_a_person() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.installation.consent(case, ConsentKind::FaceMatch, "1", false).await.unwrap();
    house.assess(case).await;
    let report = house.installation.claim(case, "Mei").await.unwrap().report;
    assert_eq!(report.evidence.pictures.len(), 1, "no picture of a face was looked at");
    assert_eq!(report.evidence.liveness, None);
}

#[tokio::test]
async fn nothing_is_submitted_half_done() {
    let house = House::build(Kind::Sandbox).await;
    let account = house.account("user-1").await;
    let case = house.open(account).await.case.id;
    let bonafide = &house.installation;
    let missing = bonafide.submit(case).await;
    let expected = ["details", "document", "face", "liveness", "consent to face_match"];
    assert!(matches!(missing, Err(CaseError::Unfinished(list)) if list == expected));
    let mut empty = typed();
    empty.surname = None;
    let refused = bonafide.type_details(case, &empty).await;
    assert!(matches!(refused, Err(CaseError::BadDetail { field: "surname", .. })));
    let capture = bonafide.upload(case, Place::Capture, b"answer".to_vec()).await;
    assert!(matches!(capture, Err(UploadError::NoChallenge)));
    let no_picture = bonafide.upload(case, Place::Selfie, b"%PDF-1.7".to_vec()).await;
    assert!(matches!(no_picture, Err(UploadError::Refused { code, .. }) if code == "file-unknown"));
    let other = bonafide.open(account, "L1", None).await;
    assert!(matches!(other, Err(OpenError::CaseOpen(open)) if open == case));

    bonafide.issue_challenge(case, &[], None).await.unwrap();
    house.clock.go(180);
    let late = bonafide.upload(case, Place::Capture, b"answer".to_vec()).await;
    assert!(matches!(late, Err(UploadError::NoChallenge)));
}

#[tokio::test]
async fn a_sandbox_keeps_no_document_of_a_real_person() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let real = passport(|front| front.document.as_mut().unwrap().specimen = None);
    let taken = house.installation.upload(case, Place::Front, real).await;
    assert!(matches!(taken, Err(UploadError::SpecimensOnly)));
    let mut tx = house.installation.store().read().await.unwrap();
    assert!(tx.uploads(case).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_live_installation_never_approves_a_specimen() {
    let house = House::build(Kind::Live).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.assess(case).await;
    let view = house.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::Declined);
    assert!(view.told.unwrap().reasons.iter().any(|reason| reason.code == Code::DocSpecimen));
}

#[tokio::test]
async fn an_engine_that_breaks_decides_nothing_and_is_tried_again() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    *house.engine.breaks.lock().unwrap() = 1;
    house.installation.submit(case).await.unwrap();
    assert_eq!(house.work().await, Outcome::Failed);
    assert_eq!(house.work().await, Outcome::Idle, "it waits");
    let view = house.installation.case(case).await.unwrap();
    assert_eq!((view.case.state, view.told), (CaseState::Assessing, None));
    house.clock.go(2);
    assert_eq!(house.work().await, Outcome::Done);
    let view = house.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::Approved);
}

#[tokio::test]
async fn a_case_is_decided_once_whatever_becomes_of_its_worker() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    house.installation.submit(case).await.unwrap();
    // A worker takes the job and is gone.
    let store = Store::open(&house.url).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let now = house.installation.now();
    tx.claim_job("lost", now, now + std::time::Duration::from_mins(5)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.work().await, Outcome::Idle);
    house.clock.go(300);
    let workers = (0..4).map(|number| Worker::new(house.installation.clone(), number.to_string()));
    let mut tasks = tokio::task::JoinSet::new();
    for worker in workers {
        tasks.spawn(async move { worker.once().await.unwrap() });
    }
    let done = tasks.join_all().await.into_iter().filter(|o| *o == Outcome::Done).count();
    assert_eq!(done, 1);
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.decisions(case).await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_devices_on_one_case_never_mix() {
    let house = House::build(Kind::Sandbox).await;
    let opened = house.open(house.account("user-1").await).await;
    let case = opened.case.id;
    let found = house.installation.case_of(&opened.token).await.unwrap();
    assert_eq!(found.map(|case| case.id), Some(case));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let bonafide = house.installation.clone();
        tasks.spawn(async move { bonafide.upload(case, Place::Selfie, selfie()).await.unwrap() });
    }
    assert_eq!(tasks.join_all().await.len(), 6);
    let mut tx = house.installation.store().read().await.unwrap();
    assert_eq!(tx.uploads(case).await.unwrap().len(), 1);
}

#[tokio::test]
async fn with_another_type_of_document_its_pictures_are_taken_anew() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, passport(|_| {})).await;
    let taken = async || {
        let mut tx = house.installation.store().read().await.unwrap();
        let uploads = tx.uploads(case).await.unwrap();
        uploads.into_iter().map(|upload| upload.slot).collect::<Vec<_>>()
    };
    assert_eq!(taken().await, ["capture", "front", "selfie"]);
    house.installation.type_details(case, &typed()).await.unwrap();
    assert_eq!(taken().await, ["capture", "front", "selfie"], "the same type");
    let other = Claims { document_type: Some(DocumentType::IdCard), ..typed() };
    house.installation.type_details(case, &other).await.unwrap();
    assert_eq!(taken().await, ["capture", "selfie"]);
}
