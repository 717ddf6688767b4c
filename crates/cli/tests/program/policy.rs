//! Testing and comparing policies.

use tempfile::TempDir;

use crate::program::bonafide;

const EXCHANGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/exchange.toml");
const EXAMPLES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/exchange.examples.toml");

/// The shipped policy for people of 99 years and older.
fn for_the_old(folder: &TempDir) -> String {
    let text = std::fs::read_to_string(EXCHANGE).unwrap();
    let file = folder.path().join("old.toml");
    std::fs::write(&file, text.replace("minimum_age = 18", "minimum_age = 99")).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn the_shipped_policy_decides_its_examples_as_they_say_and_another_does_not() {
    let right = bonafide(["policy", "test", EXCHANGE, EXAMPLES]);
    assert_eq!(right.code, 0, "{right:?}");
    assert!(right.stdout.ends_with(" examples, 0 decided otherwise\n"), "{right:?}");
    let folder = TempDir::new().unwrap();
    let wrong = bonafide(["policy", "test", &for_the_old(&folder), EXAMPLES]);
    assert_eq!(wrong.code, 4, "{wrong:?}");
    assert!(wrong.stdout.contains("AgeBelowMinimum"), "{wrong:?}");
}

#[test]
fn two_policies_are_compared_place_by_place_and_example_by_example() {
    let folder = TempDir::new().unwrap();
    let other = for_the_old(&folder);
    let same = bonafide(["policy", "diff", EXCHANGE, EXCHANGE, "--examples", EXAMPLES]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""));
    let diff = bonafide(["policy", "diff", EXCHANGE, &other, "--examples", EXAMPLES]);
    assert!(diff.stdout.contains("tiers.L2.minimum_age: 18 → 99\n"), "{diff:?}");
    assert!(diff.stdout.contains(": review → decline\n"), "{diff:?}");
    assert!(!diff.stdout.contains("limits."), "{diff:?}");
}

#[test]
fn a_file_that_is_no_policy_is_refused() {
    let refused = bonafide(["policy", "diff", EXCHANGE, EXAMPLES]);
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn a_live_installation_refuses_a_policy_that_takes_an_attack_for_a_person() {
    let folder = TempDir::new().unwrap();
    let sandbox = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/sandbox.toml");
    let config = folder.path().join("bonafide.toml");
    std::fs::write(&config, format!("[policy]\nfile = {sandbox:?}\n")).unwrap();
    for (kind, code) in [("live", 2), ("sandbox", 0)] {
        let data = folder.path().join(kind);
        let data = data.to_str().unwrap();
        assert_eq!(bonafide(["init", data, "--kind", kind]).code, 0);
        let config = config.to_str().unwrap();
        let ran = bonafide(["audit", "key", "--data", data, "--config", config]);
        assert_eq!(ran.code, code, "{ran:?}");
        let said = ran.stderr.contains("write liveness_genuine = \"required\"");
        assert_eq!(said, kind == "live", "{ran:?}");
    }
}
