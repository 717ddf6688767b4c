//! Is it the person on the document?

use std::collections::BTreeMap;

use crate::check::selfie as quality;
use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::evidence::{Evidence, FaceMatch, PictureEvidence, Region, SeenFace, Slot};
use crate::policy::{FaceScore, Limits, TierPolicy};
use crate::reason::{Code, Reason};

/// Judges portrait, selfie and their likeness.
pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    if let Some(front) = evidence.pictures.get(&Slot::Front).filter(|f| f.document.is_some()) {
        let finding = present(front, Code::PortraitMissing).on(Slot::Front);
        checks.record(CheckKind::PortraitFound, [finding]);
    }
    if let Some(selfie) = evidence.pictures.get(&Slot::Selfie) {
        for (kind, finding) in of_selfie(selfie, tier) {
            checks.record(kind, [finding.on(Slot::Selfie)]);
        }
    }
    if let Some(face_match) = &evidence.face_match {
        checks.record(CheckKind::FaceMatch, [matches(face_match, &tier.limits)]);
    }
}

/// What every check of a selfie finds on it by itself.
pub(super) fn of_selfie(selfie: &PictureEvidence, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    let mut all = vec![(CheckKind::SelfieFace, present(selfie, Code::FaceNotFound))];
    if let [face, others @ ..] = selfie.faces.as_slice() {
        all.push((CheckKind::SelfieAlone, alone(face, others, &tier.limits)));
        all.push((CheckKind::SelfieSize, size(face, &tier.limits)));
    }
    all.extend(quality::findings(selfie, &tier.limits));
    all
}

fn present(picture: &PictureEvidence, code: Code) -> Finding {
    Finding::of(if picture.faces.is_empty() {
        Outcome::Fail(Reason::new(code))
    } else {
        Outcome::Pass
    })
}

/// Another face counts when it is at least the given share of the main one:
/// a face on a poster far behind is no second person.
fn alone(face: &SeenFace, others: &[SeenFace], limits: &Limits) -> Finding {
    let largest = others.iter().max_by(|a, b| a.eye_distance.total_cmp(&b.eye_distance));
    let Some(other) = largest else { return Finding::of(Outcome::Pass) };
    let share = f64::from(other.eye_distance) / f64::from(face.eye_distance.max(f32::EPSILON));
    let limit = limits.max_second_face;
    let outcome = if share <= limit {
        Outcome::Pass
    } else {
        let [x, y, w, h] = other.bounds;
        let region = Region(vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]]);
        Outcome::Fail(Reason::new(Code::FaceMultiple).measured(share, limit).region(Some(region)))
    };
    Finding::of(outcome).measured(share, limit)
}

fn size(face: &SeenFace, limits: &Limits) -> Finding {
    let (value, limit) = (f64::from(face.eye_distance), limits.min_eye_distance);
    let outcome = if value >= limit {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::FaceTooSmall).measured(value, limit))
    };
    Finding::of(outcome).measured(value, limit)
}

/// The rates of the score that the policy goes by; of the plain one where there is
/// no other.
fn rates(face_match: &FaceMatch, score: FaceScore) -> &BTreeMap<String, f64> {
    match (score, &face_match.normalised) {
        (FaceScore::Normalised, Some(normalised)) => &normalised.false_accept_rate,
        (FaceScore::Normalised, None) | (FaceScore::Plain, _) => &face_match.false_accept_rate,
    }
}

/// Passes when two different people of the worst measured population come this
/// close at most at the accepted rate; within the band of doubt a person
/// decides.
pub(super) fn matches(face_match: &FaceMatch, limits: &Limits) -> Finding {
    let rates = rates(face_match, limits.face_score);
    let rate = rates.values().copied().fold(0.0, f64::max);
    let limit = limits.face_false_accept_rate;
    let reason = || Reason::new(Code::FaceMismatch).measured(rate, limit);
    let outcome = if rates.is_empty() {
        Outcome::Inconclusive(reason())
    } else if rate <= limit {
        Outcome::Pass
    } else if rate <= limits.face_doubt_rate {
        Outcome::Inconclusive(reason())
    } else {
        Outcome::Fail(reason())
    };
    Finding::of(outcome).measured(rate, limit)
}
