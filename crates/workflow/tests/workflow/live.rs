//! The live capture: what is asked, and who looks when it is asked otherwise.

use std::collections::HashSet;
use std::io::{Cursor, Write as _};
use std::sync::atomic::Ordering;

use bonafide_workflow::{ClientSign, Issued, Kind, Place, Recorded, Ruling, UploadError, Without};
use domain::case::CaseState;
use domain::detail::Detail;
use domain::id::CaseId;
use domain::liveness::{Action, Light};
use domain::reason::{Code, Reason};
use exact_world::{House, Pause, passport, real_passport, typed};
use sha2::{Digest as _, Sha256};
use tokio::sync::{oneshot, watch};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The passport of whoever typed these details.
fn mine() -> Vec<u8> {
    real_passport(&typed().document_number.unwrap())
}

/// Everything, with this capture as the answer to a challenge without some of its parts.
async fn answered(house: &House, document: Vec<u8>, without: &[Without], answer: &[u8]) -> CaseId {
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, document).await;
    house.installation.issue_challenge(case, without, None).await.unwrap();
    house.installation.upload(case, Place::Capture, answer.to_vec()).await.unwrap();
    house.assess(case).await;
    case
}

/// Why a person looks at it.
async fn told(house: &House, case: CaseId) -> Vec<(Code, Option<Detail>)> {
    let report = house.installation.claim(case, "Mei").await.unwrap().report;
    report.reasons.iter().map(|reason| (reason.code, reason.detail)).collect()
}

#[tokio::test]
async fn what_takes_on_no_colour_is_for_a_person_and_in_a_sandbox_only_recorded() {
    let live = House::build(Kind::Live).await;
    let case = answered(&live, mine(), &[], b"unlit").await;
    assert_eq!(told(&live, case).await, [(Code::LivenessAttack, None)]);

    let trial = House::build(Kind::Sandbox).await;
    let case = answered(&trial, passport(|_| {}), &[], b"unlit").await;
    let view = trial.installation.case(case).await.unwrap();
    assert_eq!(view.case.state, CaseState::Approved);
}

#[tokio::test]
async fn whoever_does_without_light_or_movements_comes_to_a_person() {
    let cases = [
        (Without::Light, (Code::LivenessIncomplete, Some(Detail::LightDeclined))),
        (Without::Movements, (Code::NotRun, None)),
    ];
    for (without, reason) in cases {
        let house = House::build(Kind::Live).await;
        let case = answered(&house, mine(), &[without], b"answer").await;
        assert_eq!(told(&house, case).await, [reason], "{without:?}");
    }
}

#[tokio::test]
async fn a_capture_counts_for_the_challenge_that_it_was_judged_by_and_for_no_other() {
    let house = House::build(Kind::Live).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.installation.issue_challenge(case, &[], None).await.unwrap();
    let ((here, stopped), (free, go_on)) = (oneshot::channel(), oneshot::channel());
    *house.engine.pause.lock().unwrap() = Some(Pause { here, go_on });
    let bonafide = house.installation.clone();
    let capture = b"answer".to_vec();
    let judged = tokio::spawn(async move { bonafide.upload(case, Place::Capture, capture).await });
    stopped.await.unwrap();
    // Another tab asks, in the same second.
    house.installation.issue_challenge(case, &[], None).await.unwrap();
    free.send(()).unwrap();
    assert!(matches!(judged.await.unwrap(), Err(UploadError::NoChallenge)));
    let mut tx = house.installation.store().read().await.unwrap();
    assert!(tx.uploads(case).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_engine_is_told_to_forget_though_nothing_goes_on() {
    let house = House::build(Kind::Live).await;
    let (stop, stopped) = watch::channel(false);
    let stopping = async { stop.send_replace(true) };
    tokio::join!(house.installation.forget_in_time(stopped), stopping);
    assert_eq!(house.engine.forgot.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn every_challenge_is_another_and_its_colours_fill_it_without_flashing() {
    let house = House::build(Kind::Live).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let mut seen = Vec::new();
    for _ in 0..8 {
        let issued = house.installation.issue_challenge(case, &[], None).await.unwrap();
        let steps = issued.asked.challenge.steps().to_vec();
        assert_eq!(steps.last().unwrap().to_ms, Some(issued.lasts_ms));
        let Light::Shown(light) = issued.asked.light.clone() else { panic!("no light") };
        for pair in light.shines().windows(2) {
            assert_ne!(pair[0].colour, pair[1].colour);
            assert!(pair[1].from_ms - pair[0].from_ms >= 334.0, "three times a second is flashing");
        }
        assert_eq!(light.shines().last().map(|last| last.to_ms), Some(issued.lasts_ms));
        seen.push(issued.asked);
    }
    for (place, one) in seen.iter().enumerate() {
        assert!(!seen[..place].contains(one));
    }
    let still =
        house.installation.issue_challenge(case, &[Without::Movements], None).await.unwrap();
    assert_eq!((still.asked.challenge.steps().len(), still.lasts_ms), (0, 6000.0));
}

/// A challenge, and what is asked for after this answer to it.
async fn after(house: &House, case: CaseId, answer: &[u8]) -> (Issued, Issued) {
    let bonafide = &house.installation;
    let first = bonafide.issue_challenge(case, &[], None).await.unwrap();
    bonafide.upload(case, Place::Capture, answer.to_vec()).await.unwrap();
    (first, bonafide.issue_challenge(case, &[], None).await.unwrap())
}

fn movements(issued: &Issued) -> Vec<Action> {
    issued.asked.challenge.steps().iter().map(|step| step.action).collect()
}

#[tokio::test]
async fn only_the_movement_that_was_missed_is_asked_for_again_with_one_that_nobody_knows() {
    let house = House::build(Kind::Live).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let mut new = HashSet::new();
    for _ in 0..40 {
        let (first, second) = after(&house, case, b"unfinished").await;
        let missed = *movements(&first).last().unwrap();
        assert_eq!(second.again, [missed]);
        let asked = movements(&second);
        assert_eq!((asked.len(), second.lasts_ms), (2, 6000.0), "at the same pace");
        let place = asked.iter().position(|action| *action == missed).unwrap();
        assert_ne!(asked[1 - place], missed);
        new.insert(asked[1 - place]);
        let Light::Shown(light) = &second.asked.light else { panic!("no light") };
        let ends = light.shines().last().unwrap().to_ms;
        assert!((ends - 6000.0).abs() < 1e-9, "all the light: {ends}");
    }
    assert_eq!(new.len(), Action::ALL.len(), "any movement");
    // The last one is left unanswered: the next one is whole.
    let next = house.installation.issue_challenge(case, &[], None).await.unwrap();
    assert_eq!((next.again.len(), next.lasts_ms), (0, 9000.0));
}

#[tokio::test]
async fn what_was_seen_before_and_what_is_seen_now_are_enough_together() {
    let house = House::build(Kind::Live).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, mine()).await;
    let (_, short) = after(&house, case, b"unfinished").await;
    assert_eq!(short.again.len(), 1);
    house.installation.upload(case, Place::Capture, b"answer".to_vec()).await.unwrap();
    house.assess(case).await;
    assert_eq!(house.installation.case(case).await.unwrap().case.state, CaseState::Approved);
}

#[tokio::test]
async fn whatever_else_is_wrong_leads_to_a_whole_challenge() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let case = house.open(house.account("user-1").await).await.case.id;
    for answer in [&b"begun"[..], b"nothing", b"unlit", b"unfinished, unlit", b"answer"] {
        let (_, next) = after(&house, case, answer).await;
        let said = String::from_utf8_lossy(answer);
        assert_eq!((next.again.len(), movements(&next).len()), (0, 3), "{said}");
    }
    // The last answer counts, and a short challenge is followed by a whole one.
    bonafide.upload(case, Place::Capture, b"unfinished".to_vec()).await.unwrap();
    let (_, next) = after(&house, case, b"unfinished").await;
    assert_eq!(next.again.len(), 0, "after a short one");
    bonafide.upload(case, Place::Capture, b"unfinished".to_vec()).await.unwrap();
    let another = bonafide.upload(case, Place::Capture, b"answer".to_vec()).await;
    assert!(matches!(another, Err(UploadError::NoChallenge)), "there is one answer");
    bonafide.upload(case, Place::Capture, b"unfinished".to_vec()).await.unwrap();
    // Where the light is left out, the movements stand alone.
    for without in [Without::Light, Without::Movements] {
        // What is left unanswered is followed by a whole one.
        bonafide.issue_challenge(case, &[], None).await.unwrap();
        let first = bonafide.issue_challenge(case, &[], None).await.unwrap();
        assert_eq!(first.again.len(), 0);
        bonafide.upload(case, Place::Capture, b"unfinished".to_vec()).await.unwrap();
        let next = bonafide.issue_challenge(case, &[without], None).await.unwrap();
        assert_eq!(next.again.len(), 0, "{without:?}");
    }
}

#[tokio::test]
async fn what_a_person_asks_for_again_is_asked_for_whole() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let case = house.open(house.account("user-1").await).await.case.id;
    house.fill(case, mine()).await;
    // The last try that there may be comes to a person.
    for _ in 0..5 {
        house.clock.go(60);
        bonafide.issue_challenge(case, &[], None).await.unwrap();
        bonafide.upload(case, Place::Capture, b"unfinished".to_vec()).await.unwrap();
        house.assess(case).await;
    }
    house.clock.go(60);
    bonafide.claim(case, "Mei").await.unwrap();
    let again = Ruling::Again(vec![Reason::new(Code::LivenessIncomplete)]);
    bonafide.rule(case, "Mei", &again, "").await.unwrap();
    let next = bonafide.issue_challenge(case, &[], None).await.unwrap();
    assert_eq!((next.again.len(), movements(&next).len()), (0, 3));
}

/// What a page tells of this capture, recorded with `camera`.
fn recorded(capture: &[u8], camera: &str) -> Recorded {
    let digest: [u8; 32] = Sha256::digest(capture).into();
    let halves = digest.as_chunks::<16>().0.iter().map(|half| u128::from_be_bytes(*half));
    let sha256 = halves.map(|half| format!("{half:032X}")).collect::<Vec<_>>().concat();
    Recorded { sha256, chain: None, camera: camera.to_owned(), automated: camera.is_empty() }
}

#[tokio::test]
async fn what_was_announced_in_time_may_arrive_later_and_nothing_else() {
    let house = House::build(Kind::Sandbox).await;
    let case = house.open(house.account("user-1").await).await.case.id;
    let bonafide = &house.installation;
    let upload = async |bytes: &[u8]| bonafide.upload(case, Place::Capture, bytes.to_vec()).await;
    let none = bonafide.announce(case, &recorded(b"answer", "")).await;
    assert!(matches!(none, Err(UploadError::NoChallenge)));

    bonafide.issue_challenge(case, &[], None).await.unwrap();
    for sha256 in ["", "12", &"g".repeat(64), &"é".repeat(32)] {
        let wrong = Recorded { sha256: sha256.to_owned(), ..recorded(b"", "") };
        assert!(matches!(bonafide.announce(case, &wrong).await, Err(UploadError::NoDigest)));
    }
    bonafide.announce(case, &recorded(b"answer", "FaceTime HD")).await.unwrap();
    let second = bonafide.announce(case, &recorded(b"other", "")).await;
    assert!(matches!(second, Err(UploadError::NoChallenge)), "the first one counts");
    house.clock.go(10 * 60);
    bonafide.announce(case, &recorded(b"answer", "FaceTime HD")).await.unwrap();
    assert!(matches!(upload(b"other").await, Err(UploadError::NoChallenge)));
    upload(b"answer").await.unwrap();
    house.clock.go(60 * 60);
    assert!(matches!(upload(b"answer").await, Err(UploadError::NoChallenge)));
}

#[tokio::test]
async fn a_capture_that_lasts_longer_than_since_it_was_asked_for_is_for_a_person() {
    let injected = vec![(Code::InjectionSuspected, None)];
    let cases = [
        ("uploaded at once", None, 0, injected.clone()),
        ("uploaded in its time", None, 12, vec![]),
        ("announced at once and sent later", Some(0), 60, injected),
        ("announced in its time", Some(10), 60, vec![]),
    ];
    for (name, announced, uploaded, expected) in cases {
        let house = House::build(Kind::Live).await;
        let bonafide = &house.installation;
        let case = house.open(house.account("user-1").await).await.case.id;
        house.fill(case, mine()).await;
        bonafide.issue_challenge(case, &[], None).await.unwrap();
        if let Some(after) = announced {
            house.clock.go(after);
            bonafide.announce(case, &recorded(b"timed", "")).await.unwrap();
        }
        house.clock.go(uploaded);
        bonafide.upload(case, Place::Capture, b"timed".to_vec()).await.unwrap();
        house.assess(case).await;
        let state = bonafide.case(case).await.unwrap().case.state;
        let for_a_person = !expected.is_empty();
        assert_eq!(state == CaseState::InReview, for_a_person, "{name}: {state:?}");
        if for_a_person {
            assert_eq!(told(&house, case).await, expected, "{name}");
        }
    }
}

#[tokio::test]
async fn what_the_page_says_of_itself_is_for_the_reviewer_and_decides_nothing() {
    use ClientSign::{Automation, VirtualCamera};
    let cases: [(&str, &[ClientSign]); 3] = [
        ("OBS Virtual Camera (m-de:vice)", &[VirtualCamera]),
        ("", &[Automation]),
        ("Integrated Camera", &[]),
    ];
    for (camera, signs) in cases {
        let house = House::build(Kind::Live).await;
        let bonafide = &house.installation;
        let case = house.open(house.account("user-1").await).await.case.id;
        house.fill(case, mine()).await;
        bonafide.issue_challenge(case, &[Without::Light], None).await.unwrap();
        bonafide.announce(case, &recorded(b"answer", camera)).await.unwrap();
        bonafide.upload(case, Place::Capture, b"answer".to_vec()).await.unwrap();
        house.assess(case).await;
        let report = bonafide.claim(case, "Mei").await.unwrap().report;
        assert_eq!(report.client, signs, "{camera}");
        assert_eq!(report.reasons.len(), 1, "{:?}", report.reasons);
    }
}

/// A capture of these frames, and the running digest that a page of `origin` makes of it.
fn recording(nonce: &str, origin: &str, frames: &[(u32, &[u8])]) -> (Vec<u8>, String) {
    let begin = (0..nonce.len()).step_by(2).map(|at| u8::from_str_radix(&nonce[at..at + 2], 16));
    let begin: Vec<u8> = begin.collect::<Result<_, _>>().unwrap();
    let mut last = Sha256::new().chain_update(begin).chain_update(origin).finalize();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (ms, frame) in frames {
        archive.start_file(format!("{ms:06}.jpg"), SimpleFileOptions::default()).unwrap();
        archive.write_all(frame).unwrap();
        let link = [&last[..], &Sha256::digest(frame)[..], ms.to_string().as_bytes()].concat();
        last = Sha256::digest(link);
    }
    let digits = last.iter().map(|byte| format!("{byte:02X}"));
    (archive.finish().unwrap().into_inner(), digits.collect())
}

#[tokio::test]
async fn frames_that_do_not_fit_the_running_digest_are_for_the_reviewer_and_decide_nothing() {
    let (page, other) = ("https://verify.example.com", "https://verify.example.net");
    let frames: [(u32, &[u8]); 2] = [(7, b"one"), (57, b"two")];
    let later: [(u32, &[u8]); 2] = [(7, b"one"), (58, b"two")];
    let swapped: [(u32, &[u8]); 2] = [(7, b"two"), (57, b"one")];
    let changed = &[ClientSign::FramesChanged][..];
    let cases = [
        ("as it was recorded", Some(page), page, Some(&frames), &[][..]),
        ("at other times", Some(page), page, Some(&later), changed),
        ("in another order", Some(page), page, Some(&swapped), changed),
        ("on another page", Some(page), other, Some(&frames), changed),
        ("who asked is not known", None, page, Some(&frames), &[][..]),
        ("nothing was announced", Some(page), page, None, &[][..]),
    ];
    for (name, asked, made, digested, signs) in cases {
        let house = House::build(Kind::Live).await;
        let bonafide = &house.installation;
        let case = house.open(house.account("user-1").await).await.case.id;
        house.fill(case, mine()).await;
        let without = [Without::Light, Without::Movements];
        let asked = asked.map(str::to_owned);
        let issued = bonafide.issue_challenge(case, &without, asked).await.unwrap();
        let (capture, _) = recording(&issued.nonce, made, &frames);
        let chain = digested.map(|frames| recording(&issued.nonce, made, frames).1);
        let told = Recorded { chain, ..recorded(&capture, "Integrated Camera") };
        bonafide.announce(case, &told).await.unwrap();
        bonafide.upload(case, Place::Capture, capture).await.unwrap();
        house.assess(case).await;
        let report = bonafide.claim(case, "Mei").await.unwrap().report;
        assert_eq!(report.client, signs, "{name}");
    }
}

#[tokio::test]
async fn every_challenge_has_a_nonce_of_its_own_and_a_running_digest_has_64_digits() {
    let house = House::build(Kind::Live).await;
    let bonafide = &house.installation;
    let case = house.open(house.account("user-1").await).await.case.id;
    let one = bonafide.issue_challenge(case, &[], None).await.unwrap().nonce;
    let two = bonafide.issue_challenge(case, &[], None).await.unwrap().nonce;
    assert_eq!((one.len(), two.len(), one == two), (64, 64, false));
    let wrong = Recorded { chain: Some("12".to_owned()), ..recorded(b"answer", "") };
    assert!(matches!(bonafide.announce(case, &wrong).await, Err(UploadError::NoDigest)));
}
