use super::*;
use crate::check::CheckKind;

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
        ("not a number", "min_sharpness = ", "min_sharpness = nan # ", "min_sharpness"),
        ("doubt below accept", "face_doubt_rate = ", "face_doubt_rate = 0.00000001 # ", "doubt"),
        ("no such default", "default_tier = \"L2\"", "default_tier = \"L9\"", "L9"),
        ("not TOML", "[limits]", "[limits", "line"),
    ];
    for (name, from, to, named) in cases {
        assert!(PICTURES.contains(from), "{name}: the case no longer fits the policy");
        let error = Policy::parse(&PICTURES.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(named) && !error.contains('\n'), "{name}: {error}");
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
