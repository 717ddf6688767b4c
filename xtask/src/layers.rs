//! Dependencies point one way; this proves it from what cargo knows.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;

/// Each of our crates and the ones of ours that it may know.
///
/// `evidence` names `inference` because a stage that cannot run hands that
/// crate's error on.
const LAYERS: [(&str, &[&str]); 23] = [
    ("bonafide-matching", &[]),
    ("bonafide-imaging", &[]),
    ("bonafide-inference", &[]),
    ("bonafide-specimen", &[]),
    ("bonafide-outgoing", &[]),
    ("bonafide-sealing", &[]),
    ("bonafide-traces", &["bonafide-outgoing"]),
    ("bonafide-s3-fixture", &[]),
    ("bonafide-postgres-fixture", &[]),
    ("bonafide-gallery", &["bonafide-sealing"]),
    ("bonafide-domain", &["bonafide-matching"]),
    ("bonafide-vision", &["bonafide-imaging", "bonafide-inference"]),
    (
        "bonafide-evidence",
        &[
            "bonafide-vision",
            "bonafide-imaging",
            "bonafide-inference",
            "bonafide-matching",
            "bonafide-domain",
        ],
    ),
    ("bonafide-vault", &["bonafide-sealing", "bonafide-domain"]),
    ("bonafide-store", &["bonafide-domain"]),
    (
        "bonafide-workflow",
        &[
            "bonafide-gallery",
            "bonafide-evidence",
            "bonafide-imaging",
            "bonafide-inference",
            "bonafide-outgoing",
            "bonafide-store",
            "bonafide-vault",
            "bonafide-domain",
        ],
    ),
    ("bonafide-server", &["bonafide-workflow", "bonafide-domain", "bonafide-traces"]),
    (
        "bonafide-exact-world",
        &[
            "bonafide-workflow",
            "bonafide-outgoing",
            "bonafide-store",
            "bonafide-vault",
            "bonafide-domain",
        ],
    ),
    (
        "bonafide-exact-server",
        &[
            "bonafide-server",
            "bonafide-exact-world",
            "bonafide-workflow",
            "bonafide-vault",
            "bonafide-domain",
        ],
    ),
    ("example-exchange", &["bonafide-outgoing"]),
    ("bonafide", EVERY),
    ("bonafide-eval", EVERY),
    ("xtask", &["bonafide-postgres-fixture"]),
];

const EVERY: &[&str] = &[
    "bonafide-matching",
    "bonafide-imaging",
    "bonafide-inference",
    "bonafide-specimen",
    "bonafide-gallery",
    "bonafide-domain",
    "bonafide-vision",
    "bonafide-evidence",
    "bonafide-vault",
    "bonafide-store",
    "bonafide-workflow",
    "bonafide-server",
    "bonafide-outgoing",
    "bonafide-traces",
];

/// Libraries that only these crates may name: the runtime stays behind the
/// model trait, errors that a caller can act on stay typed, the domain sees
/// neither pixels nor chance, and what is sent to others goes one way.
const KEPT_TO: [(&str, &[&str]); 11] = [
    ("ort", &["bonafide-inference"]),
    ("anyhow", &["bonafide", "bonafide-eval", "xtask"]),
    ("clap", &["bonafide", "bonafide-eval"]),
    ("indicatif", &["bonafide"]),
    ("sqlx", &["bonafide-store"]),
    ("object_store", &["bonafide-vault"]),
    ("prometheus-client", &["bonafide-workflow"]),
    ("opentelemetry", &["bonafide-traces"]),
    ("tracing-opentelemetry", &["bonafide-traces"]),
    ("hyper", &["bonafide-outgoing", "bonafide-s3-fixture"]),
    ("tokio-rustls", &["bonafide-outgoing"]),
];

/// Crates that are pure, and what that forbids them.
const PURE: [&str; 2] = ["bonafide-domain", "bonafide-matching"];
const IMPURE: [&str; 6] = ["image", "imageproc", "ort", "rand", "rand_chacha", "tempfile"];

/// Checks the workspace.
///
/// # Errors
/// Names every dependency that points the wrong way.
pub fn run() -> Result<()> {
    let wrong = violations(&command::metadata()?)?;
    if wrong.is_empty() {
        println!("The crates depend on each other in the allowed direction only.");
        return Ok(());
    }
    bail!("{}", wrong.join("\n"))
}

/// One sentence for each rule that `metadata` (of `cargo metadata`) breaks.
/// Dev-dependencies may name any crate of ours: a test may use specimens.
fn violations(metadata: &Value) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for package in array(metadata, "packages")? {
        let name = string(package, "name")?;
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
            wrong.push(format!("{name} has no place yet: give it a row in xtask/src/layers.rs"));
            continue;
        };
        for dependency in array(package, "dependencies")? {
            let on = string(dependency, "name")?;
            let ours = LAYERS.iter().any(|(layer, _)| *layer == on);
            let for_tests = dependency["kind"] == "dev";
            if ours && !for_tests && !allowed.contains(&on) {
                wrong.push(format!("{name} must not depend on {on}: that points upwards"));
            }
            let kept = KEPT_TO.iter().find(|(library, _)| *library == on);
            if kept.is_some_and(|(_, keepers)| !keepers.contains(&name)) && !for_tests {
                wrong.push(format!("{name} must not depend on {on}: see xtask/src/layers.rs"));
            }
            if PURE.contains(&name) && IMPURE.contains(&on) && !for_tests {
                wrong.push(format!("{name} is pure and must not depend on {on}"));
            }
        }
    }
    Ok(wrong)
}

fn array<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>> {
    value[key].as_array().with_context(|| format!("cargo metadata has no list {key:?}"))
}

fn string<'v>(value: &'v Value, key: &str) -> Result<&'v str> {
    value[key].as_str().with_context(|| format!("cargo metadata has no text {key:?}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dependency_that_points_upwards_is_named() {
        let cases = [
            ("bonafide-domain", "bonafide-matching", Value::Null, 0),
            ("bonafide-matching", "bonafide-domain", Value::Null, 1),
            ("bonafide-vision", "bonafide-specimen", json!("dev"), 0),
            ("bonafide-vision", "bonafide-specimen", json!("build"), 1),
            ("bonafide-vision", "ort", Value::Null, 1),
            ("bonafide-inference", "ort", Value::Null, 0),
            ("bonafide-domain", "rand", Value::Null, 1),
            ("bonafide-domain", "rand", json!("dev"), 0),
            ("bonafide-outgoing", "hyper", Value::Null, 0),
            ("bonafide-outgoing", "bonafide-domain", Value::Null, 1),
            ("bonafide", "hyper", Value::Null, 1),
            ("bonafide-newcomer", "serde", Value::Null, 1),
        ];
        for (name, on, kind, expected) in cases {
            let metadata = json!({"packages": [
                {"name": name, "dependencies": [{"name": on, "kind": kind}]}
            ]});
            let wrong = violations(&metadata).unwrap();
            assert_eq!(wrong.len(), expected, "{name} -> {on}: {wrong:?}");
        }
    }
}
