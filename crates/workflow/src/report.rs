//! What a decision was made of, kept sealed so that it can be replayed and explained.

use domain::check;
use domain::claims::Claims;
use domain::decision::{Decision, Verdict};
use domain::evidence::Evidence;
use domain::field::Field;
use domain::id::CaseId;
use domain::policy::TierPolicy;
use domain::reason::{Code, Reason};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::CaseRow;
use vault::PersonKey;

use crate::challenge::ClientSign;
use crate::elsewhere::Others;
use crate::errors::Breakage;

/// A decision with everything that led to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What is to happen.
    pub verdict: Verdict,
    /// Why, for the operator.
    pub reasons: Vec<Reason>,
    /// Why, for the applicant.
    pub told: Vec<Reason>,
    /// Every check with what was measured.
    pub checks: Value,
    /// What was seen.
    pub evidence: Evidence,
    /// What was typed.
    pub claims: Claims,
    /// The day it was judged on.
    pub as_of: Date,
    /// The tier that it was judged for.
    pub tier: String,
    /// SHA-256 of the policy.
    pub policy: String,
    /// Where else the person seems to be; for the operator only.
    #[serde(default)]
    pub others: Others,
    /// What the page of the live capture said of itself; for the operator only, and no check's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client: Vec<ClientSign>,
    /// What a reviewer answers for, where one approved by a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_eye: Option<ByEye>,
    /// What a reviewer wrote, where one decided; for the operator only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a reviewer saw of a document: that it is the one whose details were typed, and where they
/// say so, how long it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByEye {
    /// How long it holds; without it, for as long as was read.
    pub valid_until: Option<Term>,
}

/// How long a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Its last day.
    Until(Date),
    /// It says that it does not end.
    Unlimited,
}

/// What the applicant is told of a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// What is to happen.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Report {
    /// Of `decision`, which was made of these.
    pub(crate) fn of(decision: &Decision, evidence: Evidence, claims: Claims, as_of: Date) -> Self {
        Self {
            verdict: decision.verdict,
            reasons: decision.reasons.clone(),
            told: decision.for_applicant(),
            checks: serde_json::to_value(&decision.checks).expect("checks serialise"),
            evidence,
            claims,
            as_of,
            tier: decision.tier.clone(),
            policy: decision.policy.digest.clone(),
            others: Others::default(),
            client: Vec::new(),
            by_eye: None,
            note: None,
        }
    }

    /// Of a case of which the engine saw nothing: its job broke for good.
    pub(crate) fn of_nothing(row: &CaseRow, claims: Claims, as_of: Date) -> Self {
        Self {
            verdict: Verdict::Review,
            reasons: vec![Reason::new(Code::NotRun)],
            told: vec![Reason::new(Code::UnderReview)],
            checks: Value::Array(Vec::new()),
            evidence: Evidence::default(),
            claims,
            as_of,
            tier: row.case.tier.clone(),
            policy: row.case.policy.clone(),
            by_eye: None,
            others: Others::default(),
            client: Vec::new(),
            note: None,
        }
    }

    /// The same with where else the person seems to be.
    pub(crate) fn knowing(self, others: Others) -> Self {
        Self { others, ..self }
    }

    /// Until when the document holds: as a reviewer says, or as the checks of `tier` read it. `None`
    /// is without an end.
    pub(crate) fn valid_until(&self, tier: &TierPolicy) -> Option<Date> {
        match self.by_eye.and_then(|seen| seen.valid_until) {
            Some(Term::Until(day)) => Some(day),
            Some(Term::Unlimited) => None,
            None => check::fields(&self.evidence, tier).last_day(Field::ExpiryDate),
        }
    }

    /// Sealed for the case.
    pub(crate) fn seal(&self, key: &PersonKey, case: CaseId) -> Vec<u8> {
        let text = serde_json::to_vec(self).expect("a report serialises");
        key.seal(&context(case), &text)
    }

    /// Opened again.
    ///
    /// # Errors
    /// When it was changed, or is another version's.
    pub(crate) fn open(key: &PersonKey, case: CaseId, sealed: &[u8]) -> Result<Self, Breakage> {
        let text = key.open(&context(case), sealed)?;
        serde_json::from_slice(&text).map_err(|_| Breakage::Unreadable { what: "a decision" })
    }
}

/// The codes of `reasons`, each once.
pub(crate) fn codes(reasons: &[Reason]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for reason in reasons {
        if !codes.iter().any(|code| code == reason.code.as_str()) {
            codes.push(reason.code.as_str().to_owned());
        }
    }
    codes
}

fn context(case: CaseId) -> String {
    format!("report {case}")
}
