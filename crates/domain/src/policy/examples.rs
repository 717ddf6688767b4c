//! Example cases that stand beside a policy and say in plain data what it
//! decides, so that a change of the policy shows what it changes.
//!
//! A file of examples holds whole submissions as `bases`, and cases: a base,
//! what is set or removed in it, and the verdict and codes to expect.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;
use toml::Value;

use crate::claims::Claims;
use crate::decision::{Decision, Verdict, assess};
use crate::evidence::Evidence;
use crate::policy::{Policy, PolicyError};
use crate::reason::Code;

/// Why a file of examples cannot be run.
#[derive(Debug, Error)]
pub enum ExamplesError {
    /// No TOML, or a key that is unknown or missing.
    #[error("the examples cannot be read: {0}")]
    Syntax(String),
    /// A case names a base that the file does not have.
    #[error("example {case:?} starts from {base:?}, which is not among the bases")]
    NoSuchBase {
        /// The case.
        case: String,
        /// The base.
        base: String,
    },
    /// A case changes a place that its base does not have.
    #[error("example {case:?} changes {place:?}, which its base does not have")]
    NoSuchPlace {
        /// The case.
        case: String,
        /// The place, keys parted by dots.
        place: String,
    },
    /// A case is no submission after its changes.
    #[error("example {case:?} is no submission: {problem}")]
    NoSubmission {
        /// The case.
        case: String,
        /// What is missing or of the wrong kind.
        problem: String,
    },
    /// A case names a tier that the policy does not have.
    #[error("example {case:?} cannot be decided")]
    Tier {
        /// The case.
        case: String,
        /// The tiers there are.
        source: PolicyError,
    },
}

/// One example and what the policy made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// The verdict that the file expects.
    pub verdict: Verdict,
    /// The codes that the file expects, whatever their order.
    pub codes: BTreeSet<Code>,
    /// What the policy decided.
    pub decision: Decision,
}

impl Example {
    /// Whether the policy decided as the file expects.
    pub fn holds(&self) -> bool {
        self.decision.verdict == self.verdict && self.decided_codes() == self.codes
    }

    /// The codes of the decision.
    pub fn decided_codes(&self) -> BTreeSet<Code> {
        self.decision.reasons.iter().map(|reason| reason.code).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamplesFile {
    as_of: Date,
    bases: BTreeMap<String, Value>,
    case: Vec<CaseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    name: String,
    base: String,
    tier: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    verdict: Verdict,
    codes: BTreeSet<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Submission {
    evidence: Evidence,
    claims: Claims,
}

/// Decides every example of `text` under `policy`.
///
/// # Errors
/// When the file or one of its cases does not hold together; an example that
/// is decided otherwise than expected is no error, see [`Example::holds`].
pub fn run(policy: &Policy, text: &str) -> Result<Vec<Example>, ExamplesError> {
    let file: ExamplesFile =
        toml::from_str(text).map_err(|error| ExamplesError::Syntax(error.to_string()))?;
    file.case.iter().map(|case| decided(policy, &file, case)).collect()
}

fn decided(
    policy: &Policy,
    file: &ExamplesFile,
    case: &CaseFile,
) -> Result<Example, ExamplesError> {
    let name = || case.name.clone();
    let tier = policy
        .tier(case.tier.as_deref())
        .map_err(|source| ExamplesError::Tier { case: name(), source })?;
    let mut submission = file
        .bases
        .get(&case.base)
        .cloned()
        .ok_or_else(|| ExamplesError::NoSuchBase { case: name(), base: case.base.clone() })?;
    let no_such_place =
        |place: &str| ExamplesError::NoSuchPlace { case: name(), place: place.to_owned() };
    for place in &case.remove {
        remove(&mut submission, place).ok_or_else(|| no_such_place(place))?;
    }
    for (place, value) in &case.set {
        set(&mut submission, place, value).ok_or_else(|| no_such_place(place))?;
    }
    let Submission { evidence, claims } =
        submission.try_into().map_err(|error: toml::de::Error| ExamplesError::NoSubmission {
            case: name(),
            problem: error.to_string(),
        })?;
    Ok(Example {
        name: name(),
        verdict: case.verdict,
        codes: case.codes.clone(),
        decision: assess(&evidence, &claims, file.as_of, tier),
    })
}

/// The value at a place such as `claims.surname`. In a list a step is the text
/// that one of an element's keys holds: `quality.glare.value`.
fn place<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.').try_fold(root, |value, step| match value {
        Value::Table(table) => table.get_mut(step),
        Value::Array(list) => list.iter_mut().find(|element| names(element, step)),
        _ => None,
    })
}

fn names(element: &Value, step: &str) -> bool {
    let table = element.as_table().into_iter().flatten();
    table.into_iter().any(|(_, value)| value.as_str() == Some(step))
}

fn set(root: &mut Value, path: &str, to: &Value) -> Option<()> {
    let (parent, key) = path.rsplit_once('.')?;
    place(root, parent)?.as_table_mut()?.insert(key.to_owned(), to.clone());
    Some(())
}

fn remove(root: &mut Value, path: &str) -> Option<()> {
    let (parent, key) = path.rsplit_once('.')?;
    match place(root, parent)? {
        Value::Table(table) => table.remove(key).map(drop),
        Value::Array(list) => {
            let index = list.iter().position(|element| names(element, key))?;
            list.remove(index);
            Some(())
        }
        _ => None,
    }
}
