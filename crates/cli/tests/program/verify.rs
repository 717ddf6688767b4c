//! `verify`: from pictures to an explained decision.

use std::path::Path;

use serde_json::Value;

use crate::program::{Person, bonafide, codes};

/// What `check` found, outcome by outcome.
fn outcomes<'a>(value: &'a Value, check: &str) -> Vec<&'a str> {
    let checks = value["checks"].as_array().unwrap();
    let judged = checks.iter().find(|judged| judged["check"] == check).unwrap();
    let findings = judged["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["outcome"].as_str().unwrap()).collect()
}

#[test]
fn clean_documents_of_the_person_in_the_selfie_are_approved() {
    for person in [Person::with_passport(), Person::with_chinese_card()] {
        let ran = person.verify(&["--allow-specimen", "--json"]);
        let value = ran.json();
        assert_eq!(ran.code, 0, "{:?}", value["reasons"]);
        assert_eq!(value["verdict"], "approve");
        assert_eq!(codes(&value, "reasons"), [""; 0]);
        assert_eq!(outcomes(&value, "face_match"), ["pass"]);
    }
}

#[test]
fn a_specimen_is_refused_unless_it_is_allowed() {
    for person in [Person::with_passport(), Person::with_chinese_card()] {
        let ran = person.verify(&["--json"]);
        assert_eq!(ran.code, 5, "{ran:?}");
        assert!(codes(&ran.json(), "reasons").contains(&"DOC_SPECIMEN"));
    }
}

#[test]
fn under_the_exchange_policy_a_still_selfie_ends_in_review() {
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/exchange.toml");
    let options = ["--policy", policy, "--tier", "L2", "--allow-specimen", "--json"];
    let ran = Person::with_passport().verify(&options);
    let value = ran.json();
    assert_eq!(ran.code, 4, "{:?}", value["reasons"]);
    for check in ["liveness", "document_unique", "face_unique"] {
        assert_eq!(outcomes(&value, check), ["not_run"], "{check}");
    }
    assert!(codes(&value, "reasons").iter().all(|code| *code == "NOT_RUN"));
    assert_eq!(codes(&value, "applicant_reasons"), ["UNDER_REVIEW"]);
}

#[test]
fn glare_and_swapped_names_are_told_with_what_to_do() {
    let ran = Person::under_glare().verify(&["--allow-specimen", "--json"]);
    let value = ran.json();
    assert_eq!(ran.code, 3, "{:?}", value["reasons"]);
    let told = codes(&value, "reasons");
    assert!(told.contains(&"DOC_GLARE"), "{told:?}");
    assert!(told.contains(&"NAME_ORDER_SWAPPED"), "{told:?}");
    let reasons = value["reasons"].as_array().unwrap();
    let glare = reasons.iter().find(|reason| reason["code"] == "DOC_GLARE").unwrap();
    assert_eq!(glare["slot"], "front");
    assert!(glare["region"].as_array().is_some_and(|corners| corners.len() >= 3), "{glare}");
    assert!(glare["fix"].as_str().is_some_and(|fix| !fix.is_empty()));
}

#[test]
fn what_glare_hides_in_one_picture_another_shows() {
    let clear = Person::with_passport().file("front.jpg");
    let clear = clear.to_str().unwrap();
    let options = ["--document", clear, "--allow-specimen", "--json"];
    let ran = Person::under_glare().verify(&options);
    let told = ran.json();
    assert_eq!(codes(&told, "reasons"), ["NAME_ORDER_SWAPPED"]);
    assert_eq!(outcomes(&told, "document_glare"), ["pass"]);
    let many = options[..2].repeat(5);
    let refused = Person::under_glare().verify(&many.iter().map(|it| &**it).collect::<Vec<_>>());
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("--document was given 6 times"), "{refused:?}");
}

#[test]
fn the_report_is_worded_in_the_language_asked_for() {
    for language in ["en", "zh-CN"] {
        let ran = Person::under_glare().verify(&["--allow-specimen", "--lang", language]);
        assert_eq!(ran.code, 3, "{ran:?}");
        let texts = domain::guidance::Texts::of(language.parse().unwrap());
        let verdict = domain::decision::Verdict::Retry;
        for words in [texts.report("decision"), texts.verdict(verdict), "DOC_GLARE"] {
            assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
        }
        for check in domain::check::CheckKind::ALL {
            let judged = ["document_glare", "name_matches", "face_match"].contains(&check.as_str());
            assert!(!judged || ran.stdout.contains(texts.check(*check)), "{check:?}");
        }
    }
}

#[test]
fn annotated_pictures_show_the_originals_with_something_drawn_on_them() {
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().join("annotated");
    let person = Person::under_glare();
    let ran = person.verify(&["--allow-specimen", "--annotate", out.to_str().unwrap(), "--json"]);
    let paths = ran.json()["annotated"].as_array().unwrap().clone();
    assert_eq!(paths.len(), 2, "{paths:?}");
    for (path, original) in paths.iter().zip(["front.jpg", "selfie.jpg"]) {
        let annotated = image::open(path.as_str().unwrap()).unwrap().to_rgb8();
        let original = image::open(person.file(original)).unwrap();
        let ratio = |width: u32, height: u32| f64::from(width) / f64::from(height);
        let shape = ratio(original.width(), original.height());
        assert!((ratio(annotated.width(), annotated.height()) - shape).abs() < 0.01);
        let original = original.thumbnail_exact(annotated.width(), annotated.height()).to_rgb8();
        let pairs = annotated.pixels().zip(original.pixels());
        let drawn = pairs.filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 64));
        assert!(drawn.count() > 500, "{path}");
    }
}

#[test]
fn the_evidence_in_the_output_decides_the_same_again() {
    let person = Person::under_glare();
    let value = person.verify(&["--allow-specimen", "--json"]).json();
    let evidence: domain::evidence::Evidence =
        serde_json::from_value(value["evidence"].clone()).unwrap();
    let typed = std::fs::read_to_string(person.file("claims.toml")).unwrap();
    let claims = toml::from_str(&typed).unwrap();
    let policy = include_str!("../../../../policies/pictures.toml");
    let policy = domain::policy::Policy::parse(policy).unwrap();
    let tier = policy.tier(None).unwrap().clone().allowing_specimens();
    let as_of = crate::program::TODAY.parse().unwrap();
    let again = domain::decision::assess(&evidence, &claims, as_of, &tier);
    assert_eq!(serde_json::to_value(again.verdict).unwrap(), value["verdict"]);
    let told: Vec<_> = again.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(told, codes(&value, "reasons"));
}

#[test]
fn another_face_is_no_match_and_a_person_decides() {
    let passport = Person::with_passport();
    let mut arguments = passport.arguments(&passport.file("claims.toml"));
    let at = arguments.iter().position(|a| a.as_os_str() == "--selfie").unwrap();
    arguments[at + 1] = Person::with_another_face().file("selfie.jpg");
    arguments.extend(["--allow-specimen".into(), "--json".into()]);
    let ran = bonafide(arguments);
    let value = ran.json();
    assert_eq!(outcomes(&value, "face_match"), ["fail"], "{:?}", value["evidence"]["face_match"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert_eq!(codes(&value, "applicant_reasons"), ["UNDER_REVIEW"]);
}

/// What the check of the hand-held picture found: each outcome with its detail.
fn held(person: &Person, picture: &Path) -> Vec<String> {
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/exchange.toml");
    let picture = picture.to_str().expect("a plain path");
    let options =
        ["--policy", policy, "--tier", "L2", "--allow-specimen", "--json", "--held", picture];
    let value = person.verify(&options).json();
    let checks = value["checks"].as_array().unwrap();
    let judged = checks.iter().find(|judged| judged["check"] == "document_held").unwrap();
    let findings = judged["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    findings.map(|f| text(&f["outcome"]) + " " + &text(&f["reason"]["detail"])).collect()
}

#[test]
fn a_hand_held_picture_must_show_this_person_with_this_document() {
    let (person, other) = (Person::with_passport(), Person::with_another_face());
    assert_eq!(
        held(person, &person.file("held.jpg")),
        ["pass ", "pass ", "pass ", "inconclusive hand"]
    );
    assert_eq!(
        held(person, &other.file("held.jpg")),
        ["fail other_document", "fail other_person", "inconclusive other_portrait"]
    );
    let selfie = held(person, &person.file("selfie.jpg"));
    assert_eq!(selfie, ["fail no_document", "pass "]);
    assert_eq!(held(person, &person.file("front.jpg")), ["fail no_face", "pass "]);
}

#[test]
fn a_right_hand_held_picture_goes_to_a_person_and_a_wrong_one_is_taken_again() {
    let shipped = include_str!("../../../../policies/pictures.toml");
    let folder = tempfile::TempDir::new().unwrap();
    let policy = folder.path().join("policy.toml");
    let asks = shipped.replace("document_held = \"off\"", "document_held = \"required\"");
    std::fs::write(&policy, asks).unwrap();
    let person = Person::with_passport();
    for (picture, code) in [("held.jpg", 4), ("selfie.jpg", 3)] {
        let picture = person.file(picture);
        let options = ["--allow-specimen", "--json", "--policy"].map(Path::new);
        let more = [&options[..], &[&policy, Path::new("--held"), &picture]].concat();
        let more: Vec<&str> = more.iter().map(|option| option.to_str().unwrap()).collect();
        let ran = person.verify(&more);
        assert_eq!(ran.code, code, "{}: {:?}", picture.display(), ran.json()["reasons"]);
    }
}
