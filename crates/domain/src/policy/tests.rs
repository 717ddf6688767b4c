use super::*;
use crate::check::CheckKind;
use crate::decision::Verdict;

const PICTURES: &str = include_str!("../../../../policies/pictures.toml");
const EXCHANGE: &str = include_str!("../../../../policies/exchange.toml");

#[test]
fn the_shipped_policies_load_and_say_in_both_languages_what_they_prove() {
    for text in [PICTURES, EXCHANGE] {
        let policy = Policy::parse(text).unwrap();
        assert_eq!(policy.id().digest.len(), 64);
        assert!(!policy.statement().en.is_empty() && !policy.statement().zh_cn.is_empty());
        assert!(policy.tier(None).is_ok());
    }
    let tier = Policy::parse(PICTURES).unwrap().tier(None).unwrap().clone();
    assert_eq!(tier.duty(CheckKind::Liveness), Duty::Off);
    let tier = Policy::parse(EXCHANGE).unwrap().tier(Some("L2")).unwrap().clone();
    for kind in [CheckKind::Liveness, CheckKind::DocumentUnique, CheckKind::FaceUnique] {
        assert_eq!(tier.duty(kind), Duty::Required);
    }
}

#[test]
fn a_policy_that_leaves_something_out_or_open_does_not_load() {
    let cases = [
        ("unlisted check", "liveness = \"off\"\n", "", "liveness"),
        ("unknown check", "liveness = \"off\"", "livenes = \"off\"", "livenes"),
        ("unknown key", "version = \"1\"", "version = \"1\"\ncolour = 1", "colour"),
        ("bad duty", "liveness = \"off\"", "liveness = \"maybe\"", "maybe"),
        ("share above one", "max_glare = ", "max_glare = 7", "max_glare"),
        ("not a number", "max_blur = ", "max_blur = nan # ", "max_blur"),
        ("doubt below accept", "face_doubt_rate = ", "face_doubt_rate = 0.00000001 # ", "doubt"),
        ("no such default", "default_tier = \"L2\"", "default_tier = \"L9\"", "L9"),
        ("not TOML", "[limits]", "[limits", "line"),
    ];
    for (name, from, to, named) in cases {
        assert!(PICTURES.contains(from), "{name}: the case no longer fits the policy");
        let error = Policy::parse(&PICTURES.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(named) && !error.contains('\n'), "{name}: {error}");
    }
    for amount in ["50,000", "-1", "1e9", "", ".5", "5."] {
        let text = EXCHANGE.replace("\"50000\"", &format!("\"{amount}\""));
        assert!(matches!(Policy::parse(&text), Err(PolicyError::Syntax(_))), "{amount}");
    }
    let nothing = PICTURES.replace("\"required\"", "\"advisory\"");
    assert!(matches!(Policy::parse(&nothing), Err(PolicyError::NothingRequired { .. })));
    let huge = "#".repeat(1 << 20);
    assert!(matches!(Policy::parse(&huge), Err(PolicyError::TooLarge { .. })));
}

#[test]
fn any_change_of_the_text_changes_the_digest() {
    let one = Policy::parse(PICTURES).unwrap();
    let other = Policy::parse(&format!("{PICTURES}\n")).unwrap();
    assert_ne!(one.id().digest, other.id().digest);
}

/// Runs a policy's examples and tells every one that is decided otherwise.
fn assert_examples_hold(policy: &str, examples: &str) {
    let policy = Policy::parse(policy).unwrap();
    let decided = examples::run(&policy, examples).unwrap();
    assert!(!decided.is_empty());
    let wrong: Vec<String> = decided
        .iter()
        .filter(|example| !example.holds())
        .map(|e| format!("{}: {:?} {:?}", e.name, e.decision.verdict, e.decided_codes()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_shipped_policies_decide_their_example_cases_as_they_say() {
    assert_examples_hold(PICTURES, include_str!("../../../../policies/pictures.examples.toml"));
    assert_examples_hold(EXCHANGE, include_str!("../../../../policies/exchange.examples.toml"));
}

#[test]
fn leaving_out_any_part_of_a_submission_never_approves() {
    let policy = Policy::parse(PICTURES).unwrap();
    let text = include_str!("../../../../policies/pictures.examples.toml");
    let bases = text.split("[[case]]").next().unwrap();
    let left_out = [
        "claims.birth_date",
        "claims.document_number",
        "claims.nationality",
        "evidence.face_match",
        "evidence.pictures.front",
        "evidence.pictures.selfie",
        "evidence.pictures.front.document",
        "evidence.pictures.front.document.mrz",
        "evidence.pictures.front.document.country",
        "evidence.pictures.front.quality.glare",
        "evidence.pictures.front.quality.blur",
        "evidence.pictures.front.quality.brightness",
        "evidence.pictures.front.quality.overexposure",
        "evidence.pictures.front.quality.text_height",
    ];
    for place in left_out {
        let case = format!(
            "{bases}\n[[case]]\nname = \"{place}\"\nbase = \"passport\"\n\
             remove = [\"{place}\"]\nverdict = \"review\"\ncodes = []\n"
        );
        let decided = examples::run(&policy, &case).unwrap();
        let accepts_any_country = place.ends_with("country");
        let verdict = decided[0].decision.verdict;
        assert_eq!(verdict == Verdict::Approve, accepts_any_country, "{place}");
    }
}

#[test]
fn an_example_that_does_not_hold_together_names_itself_and_the_place() {
    let policy = Policy::parse(PICTURES).unwrap();
    let text = include_str!("../../../../policies/pictures.examples.toml");
    let bases = text.split("[[case]]").next().unwrap();
    let cases = [
        ("base = \"visa\"", "visa"),
        ("base = \"passport\"\ntier = \"L9\"", "odd"),
        ("base = \"passport\"\nremove = [\"claims.shoe_size\"]", "claims.shoe_size"),
        ("base = \"passport\"\nset = { \"claims.a.b\" = 1 }", "claims.a.b"),
        ("base = \"passport\"\nset = { \"claims.birth_date\" = 7 }", "odd"),
        ("base = \"passport\"\ncolour = 1", "colour"),
    ];
    for (case, named) in cases {
        let verdict = "verdict = \"approve\"\ncodes = []";
        let text = format!("{bases}\n[[case]]\nname = \"odd\"\n{case}\n{verdict}\n");
        let error = examples::run(&policy, &text).unwrap_err().to_string();
        assert!(error.contains(named), "{case}: {error}");
    }
}

#[test]
fn a_ladder_has_each_tier_of_the_policy_once() {
    let ladder = r#"ladder = ["L1", "L2", "L3", "V"]"#;
    for wrong in [r#"ladder = ["L1", "L7"]"#, r#"ladder = ["L1", "L2", "L1"]"#] {
        let text = EXCHANGE.replace(ladder, wrong);
        assert!(matches!(Policy::parse(&text), Err(PolicyError::BadLadder { .. })), "{wrong}");
    }
    let again = EXCHANGE.replace("remind_days = 30", "remind_days = 30\ndays = { L9 = 365 }");
    assert!(matches!(Policy::parse(&again), Err(PolicyError::BadLadder { .. })));
    let text = EXCHANGE.replace("time_zone = \"UTC\"", "time_zone = \"Mars\"");
    assert!(matches!(Policy::parse(&text), Err(PolicyError::Syntax(_))));
}

#[test]
fn nothing_is_removed_that_a_person_may_still_appeal_against() {
    let (terms, days) = ("pictures_days = 1826, faces_days = 1826", "appeal_days = 30");
    let countries = "# [service.retention.countries]\n# SGP = { pictures_days = 1826, \
                     faces_days = 1826, unapproved_days = 180, duty_days = 1826 }";
    let short = "[service.retention.countries]\nSGP = { pictures_days = 20, \
                 faces_days = 30, unapproved_days = 180, duty_days = 0 }";
    for (old, new) in [
        (days, "appeal_days = 181"),
        (terms, "pictures_days = 29, faces_days = 1826"),
        (terms, "pictures_days = 1826, faces_days = 29"),
        ("unapproved_days = 180", "unapproved_days = 29"),
        (countries, short),
    ] {
        let text = EXCHANGE.replacen(old, new, 1);
        assert_ne!(text, EXCHANGE, "{old}");
        let refused = Policy::parse(&text);
        assert!(matches!(refused, Err(PolicyError::GoneBeforeAppeal { .. })), "{new}");
    }
    assert!(Policy::parse(&EXCHANGE.replacen(days, "appeal_days = 180", 1)).is_ok());
}

#[test]
fn a_sandbox_differs_from_the_exchange_in_nothing_but_what_it_cannot_have() {
    use CheckKind as K;
    let sandbox = Policy::parse(include_str!("../../../../policies/sandbox.toml")).unwrap();
    let exchange = Policy::parse(EXCHANGE).unwrap();
    let cannot = [
        K::PictureUnedited,
        K::DocumentOriginal,
        K::DocumentUnaltered,
        K::LivenessGenuine,
        K::StreamGenuine,
        K::FaceUnique,
    ];
    // Nothing of a trial has to be kept.
    let retention = sandbox.service().unwrap().retention.clone();
    let real = exchange.service().unwrap().clone();
    assert_eq!(*sandbox.service().unwrap(), Service { retention, ..real });
    assert_eq!(sandbox.tiers().count(), exchange.tiers().count());
    for (trial, real) in sandbox.tiers().zip(exchange.tiers()) {
        for &kind in CheckKind::ALL {
            let expected = if cannot.contains(&kind) { Duty::Off } else { real.duty(kind) };
            assert_eq!(trial.duty(kind), expected, "{} {kind}", real.name);
        }
        let same = (&trial.limits, &trial.grants, &trial.accepts, &trial.required_fields);
        assert_eq!(same, (&real.limits, &real.grants, &real.accepts, &real.required_fields));
        assert_eq!(trial.minimum_age, real.minimum_age);
    }
}

#[test]
fn only_a_policy_that_sees_specimens_and_staged_captures_is_fit_for_real_people() {
    let unguarded = |text: &str| {
        let policy = Policy::parse(text).unwrap();
        policy.unguarded().map(|(tier, check)| (tier.to_owned(), check))
    };
    assert_eq!(unguarded(EXCHANGE), None);
    let sandbox = include_str!("../../../../policies/sandbox.toml");
    assert_eq!(unguarded(sandbox), Some(("L2".to_owned(), CheckKind::LivenessGenuine)));
    let cases = [
        ("not_specimen", "advisory", true),
        ("not_specimen", "off", true),
        ("liveness_genuine", "off", true),
        ("stream_genuine", "off", true),
        ("stream_genuine", "advisory", false),
    ];
    for (check, duty, refused) in cases {
        let required = format!("{check} = \"required\"");
        let text = EXCHANGE.replacen(&required, &format!("{check} = {duty:?}"), 1);
        let found = unguarded(&text).map(|(_, found)| found.as_str());
        assert_eq!(found, refused.then_some(check), "{check} {duty}");
    }
}

#[test]
fn a_hit_elsewhere_always_goes_to_a_person_and_a_specimen_is_always_refused() {
    for code in ["DUPLICATE_DOCUMENT", "DUPLICATE_FACE", "BLOCKLISTED"] {
        let with =
            |way| Policy::parse(&format!("{EXCHANGE}\n[dispositions]\n{code} = \"{way}\"\n"));
        assert!(matches!(with("final"), Err(PolicyError::NotForPeople { .. })), "{code}");
        assert!(with("review").is_ok(), "{code}");
    }
    let lenient = format!("{EXCHANGE}\n[dispositions]\nDOC_SPECIMEN = \"review\"\n");
    let unguarded = Policy::parse(&lenient).unwrap();
    assert_eq!(unguarded.unguarded().unwrap().1, CheckKind::NotSpecimen);
    assert_eq!(Policy::parse(EXCHANGE).unwrap().unguarded(), None);
}
