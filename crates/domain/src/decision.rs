//! The decision: what a policy makes of the checks.

use jiff::civil::Date;
use serde::Serialize;

use crate::check::{self, CheckKind, Checks, Finding, Outcome};
use crate::claims::Claims;
use crate::evidence::Evidence;
use crate::policy::{Duty, PolicyId, TierPolicy};
use crate::reason::{Audience, Code, Disposition, Reason};

/// What is to happen, from best to worst; the greatest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Approved.
    Approve,
    /// The person can mend it.
    Retry,
    /// A person has to look.
    Review,
    /// Declined.
    Decline,
}

impl Verdict {
    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Retry => "retry",
            Self::Review => "review",
            Self::Decline => "decline",
        }
    }
}

/// One check in a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// The check.
    pub check: CheckKind,
    /// What the tier asks of it.
    pub duty: Duty,
    /// What was found; empty when it did not run.
    pub findings: Vec<Finding>,
}

/// A verdict with all that led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// What is to happen.
    pub verdict: Verdict,
    /// Why, each reason once, those that weigh most first.
    pub reasons: Vec<Reason>,
    /// Every check that the tier asks for.
    pub checks: Vec<Judged>,
    /// The policy that decided.
    pub policy: PolicyId,
    /// Its tier.
    pub tier: String,
}

impl Decision {
    /// The reasons that the applicant may see. While a person decides that is
    /// [`Code::UnderReview`] alone, whatever the cause.
    pub fn for_applicant(&self) -> Vec<Reason> {
        if self.verdict == Verdict::Review {
            return vec![Reason::new(Code::UnderReview)];
        }
        let seen = self.reasons.iter().filter(|r| r.code.audience() == Audience::Applicant);
        seen.cloned().collect()
    }
}

/// Judges `evidence` and `claims` on the day `as_of` by `tier`: a pure
/// function, so a stored decision can be replayed.
pub fn assess(evidence: &Evidence, claims: &Claims, as_of: Date, tier: &TierPolicy) -> Decision {
    decide(tier, &check::run(evidence, claims, as_of, tier))
}

/// Applies `tier` to the outcomes; the greatest verdict wins.
///
/// A required check that did not run counts as inconclusive, so an omission
/// can never approve anyone. An advisory check counts only if it ran.
///
/// What is known of others weighs once the person's own document and face stand: were a picture
/// that has to be taken again, or a forgery that is refused, answered otherwise where another
/// account has its number, anyone could try out whose numbers are known here. The operator is told
/// of it all the same.
pub fn decide(tier: &TierPolicy, checks: &Checks) -> Decision {
    let mut weighed: Vec<Weighed> = Vec::new();
    let mut judged = Vec::new();
    for (check, duty) in tier.duties() {
        if duty == Duty::Off {
            continue;
        }
        let findings = checks.findings(check).to_vec();
        if findings.is_empty() && duty == Duty::Required {
            let reason = Some(Reason::new(Code::NotRun).compared(check.as_str(), ""));
            weighed.push(Weighed { check, weight: Verdict::Review, reason });
        }
        weighed.extend(findings.iter().map(|finding| Weighed {
            check,
            weight: consequence(tier, &finding.outcome),
            reason: finding.outcome.reason().cloned(),
        }));
        judged.push(Judged { check, duty, findings });
    }
    let own = heaviest(&weighed, |check| !check.looks_elsewhere());
    if matches!(own, Verdict::Retry | Verdict::Decline) {
        weighed.retain_mut(Weighed::remember);
    }
    let verdict = heaviest(&weighed, |_| true);
    weighed.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let mut reasons: Vec<Reason> = Vec::new();
    for reason in weighed.into_iter().filter_map(|one| one.reason) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    Decision {
        verdict,
        reasons,
        checks: judged,
        policy: tier.policy.clone(),
        tier: tier.name.clone(),
    }
}

/// What one finding weighs, or the lack of one.
struct Weighed {
    check: CheckKind,
    weight: Verdict,
    reason: Option<Reason>,
}

impl Weighed {
    /// Of a check about others nothing but what the operator is told is left: whoever hears the case
    /// later, after too many attempts or an appeal, knows of it. Whether anything is left.
    fn remember(&mut self) -> bool {
        if !self.check.looks_elsewhere() {
            return true;
        }
        self.weight = Verdict::Approve;
        self.reason.as_ref().is_some_and(|reason| reason.code.audience() == Audience::Operator)
    }
}

/// The greatest verdict of those that `count`.
fn heaviest(weighed: &[Weighed], count: impl Fn(&CheckKind) -> bool) -> Verdict {
    let weights = weighed.iter().filter(|one| count(&one.check)).map(|one| one.weight);
    weights.max().unwrap_or(Verdict::Approve)
}

/// The verdict that one outcome asks for. Doubt never declines: at most a
/// person decides.
fn consequence(tier: &TierPolicy, outcome: &Outcome) -> Verdict {
    let asked = |reason: &Reason| match tier.disposition(reason) {
        Disposition::Retry | Disposition::FixData => Verdict::Retry,
        Disposition::Review | Disposition::System => Verdict::Review,
        Disposition::Final => Verdict::Decline,
    };
    match outcome {
        Outcome::Pass => Verdict::Approve,
        Outcome::Inconclusive(reason) => asked(reason).min(Verdict::Review),
        Outcome::Fail(reason) => asked(reason),
    }
}

#[cfg(test)]
mod tests;
