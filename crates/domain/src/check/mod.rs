//! Checks: pure functions from evidence and claims to outcomes.

mod agreement;
mod authenticity;
mod claims;
mod consequence;
mod details;
mod document;
mod face;
mod held;
mod kind;
mod liveness;
mod names;
mod picture;
mod selfie;
mod unique;
mod validity;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::claims::Claims;
use crate::evidence::{Evidence, PictureEvidence, SeenDocument, Slot};
use crate::field::{Fields, Reading};
use crate::liveness::LivenessEvidence;
use crate::policy::{Duty, TierPolicy};
use crate::reason::{Measured, Reason};

pub use kind::CheckKind;

/// What a check found. A check with nothing to judge on this type of document
/// (an id number on a passport) passes; one that could not see what it needs
/// is inconclusive.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", content = "reason", rename_all = "snake_case")]
pub enum Outcome {
    /// All is as it should be.
    Pass,
    /// It could not be told.
    Inconclusive(Reason),
    /// It is not as it should be.
    Fail(Reason),
}

impl Outcome {
    /// Why it did not pass.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Pass => None,
            Self::Inconclusive(reason) | Self::Fail(reason) => Some(reason),
        }
    }
}

/// One outcome, on one picture or field where a check looks at several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The picture that was judged, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// What was found.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What was measured, beside its limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
}

impl Finding {
    /// A finding about no picture in particular and without a measurement.
    pub fn of(outcome: Outcome) -> Self {
        Self { slot: None, outcome, measured: None }
    }

    /// About the picture in `slot`, which its reason then names too.
    #[must_use]
    pub fn on(self, slot: Slot) -> Self {
        let outcome = match self.outcome {
            Outcome::Pass => Outcome::Pass,
            Outcome::Inconclusive(reason) => Outcome::Inconclusive(reason.on(slot)),
            Outcome::Fail(reason) => Outcome::Fail(reason.on(slot)),
        };
        Self { slot: Some(slot), outcome, ..self }
    }

    /// With `value` held against `threshold`.
    #[must_use]
    pub fn measured(self, value: f64, threshold: f64) -> Self {
        Self { measured: Some(Measured { value, threshold }), ..self }
    }
}

/// The findings of every check that ran.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checks(BTreeMap<CheckKind, Vec<Finding>>);

impl Checks {
    /// Records what `kind` found; nothing recorded means that it did not run.
    pub fn record(&mut self, kind: CheckKind, findings: impl IntoIterator<Item = Finding>) {
        let list = self.0.entry(kind).or_default();
        list.extend(findings);
        if list.is_empty() {
            self.0.remove(&kind);
        }
    }

    /// What `kind` found, or nothing when it did not run.
    pub fn findings(&self, kind: CheckKind) -> &[Finding] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// Runs every check that the evidence allows, with the limits of `tier`.
pub fn run(evidence: &Evidence, claims: &Claims, as_of: Date, tier: &TierPolicy) -> Checks {
    let evidence = &*judged(evidence, tier);
    let mut checks = Checks::default();
    details::run(evidence, claims, (as_of, tier), &mut checks);
    picture::run(evidence, tier, &mut checks);
    authenticity::run(evidence, tier, &mut checks);
    document::run(evidence, claims, tier, &mut checks);
    validity::run(evidence, as_of, tier, &mut checks);
    claims::run(evidence, claims, tier, &mut checks);
    face::run(evidence, tier, &mut checks);
    held::run(evidence, tier, &mut checks);
    liveness::run(evidence, tier, &mut checks);
    unique::run(evidence, tier, &mut checks);
    consequence::pass_on(&mut checks);
    checks
}

/// `evidence` without the picture of the document in hand where `tier` does not judge it: what
/// nobody looks at must not say what the document's own picture does not.
fn judged<'e>(evidence: &'e Evidence, tier: &TierPolicy) -> Cow<'e, Evidence> {
    if tier.duty(CheckKind::DocumentHeld) != Duty::Off
        || !evidence.pictures.contains_key(&Slot::Held)
    {
        return Cow::Borrowed(evidence);
    }
    let mut evidence = evidence.clone();
    evidence.pictures.remove(&Slot::Held);
    Cow::Owned(evidence)
}

/// One value a field of the document, as the checks of `tier` have it: what a report shows and what
/// a term or an identity rests on.
pub fn fields(evidence: &Evidence, tier: &TierPolicy) -> Fields {
    judged(evidence, tier).fields()
}

/// What the checks of a document's picture find on `picture` by itself, as
/// [`run`] does for every picture that was sent.
pub fn of_picture(picture: &PictureEvidence, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    picture::findings(picture, tier)
}

/// What a picture of a document in `slot` says against the document itself, before there is
/// another one: its type, country or side, or that it has expired. Of what [`run`] finds these are
/// the failures that no further picture can mend.
pub fn of_document(
    slot: Slot,
    document: &SeenDocument,
    claims: &Claims,
    (as_of, tier): (Date, &TierPolicy),
) -> Vec<(CheckKind, Finding)> {
    let mut findings = document::of_side(slot, document, claims, tier);
    let limit = tier.limits.min_printed_confidence;
    let certain = |reading: &Reading| document.is_certain(reading, limit);
    let expired = validity::not_expired(&document.fields(), as_of, certain);
    if matches!(expired.outcome, Outcome::Fail(_)) {
        findings.push((CheckKind::NotExpired, expired));
    }
    findings
}

/// What the checks of a selfie find on `picture` by itself, as [`run`] does.
pub fn of_selfie(picture: &PictureEvidence, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    face::of_selfie(picture, tier)
}

/// What a picture with the document in hand lacks by itself, before it is compared with the
/// others, as [`run`] finds it: a face, a document. What only a person can tell is not found.
pub fn of_held(picture: &PictureEvidence) -> Vec<(CheckKind, Finding)> {
    let missing = held::shown(picture).into_iter();
    missing.map(|finding| (CheckKind::DocumentHeld, finding)).collect()
}

/// What the checks of a live capture find on `seen` by itself, as [`run`] does.
pub fn of_capture(seen: &LivenessEvidence, tier: &TierPolicy) -> Checks {
    let mut checks = Checks::default();
    for (kind, finding) in liveness::findings(seen, tier) {
        checks.record(kind, [finding]);
    }
    checks
}

#[cfg(test)]
mod tests;
