//! Is a living person in front of the camera, the same one from start to end?
//!
//! What looks like an attack is for a person, never a failure.

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::Evidence;
use crate::liveness::{Action, LivenessEvidence, SignalKind};
use crate::policy::{Limits, TierPolicy};
use crate::reason::{Code, Reason};

/// A signal, the check that judges it, and what it is called beyond its limit.
struct Rule {
    kind: SignalKind,
    check: CheckKind,
    code: Code,
    limit: fn(&Limits) -> f64,
    /// Whether the person can mend it.
    mendable: bool,
}

const RULES: [Rule; 6] = [
    Rule {
        kind: SignalKind::TurnSpeed,
        check: CheckKind::LivenessPace,
        code: Code::LivenessTooFast,
        limit: |limits| limits.max_turn_speed,
        mendable: true,
    },
    Rule {
        kind: SignalKind::FaceMissing,
        check: CheckKind::LivenessSameFace,
        code: Code::LivenessFaceChanged,
        limit: |limits| limits.max_face_missing,
        mendable: true,
    },
    Rule {
        kind: SignalKind::Jump,
        check: CheckKind::LivenessSameFace,
        code: Code::LivenessFaceChanged,
        limit: |limits| limits.max_face_jump,
        mendable: true,
    },
    Rule {
        kind: SignalKind::FaceDistance,
        check: CheckKind::LivenessSameFace,
        code: Code::LivenessFaceChanged,
        limit: |limits| limits.max_face_change,
        mendable: true,
    },
    Rule {
        kind: SignalKind::Flatness,
        check: CheckKind::LivenessGenuine,
        code: Code::LivenessAttack,
        limit: |limits| limits.max_flatness,
        mendable: false,
    },
    Rule {
        kind: SignalKind::RepeatedFrames,
        check: CheckKind::StreamGenuine,
        code: Code::InjectionSuspected,
        limit: |limits| limits.max_repeated_frames,
        mendable: false,
    },
];

/// Judges the capture, when there is one.
pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    for (kind, finding) in evidence.liveness.iter().flat_map(|seen| findings(seen, tier)) {
        checks.record(kind, [finding]);
    }
}

/// What the checks of a live capture find. A capture for which nothing was asked, or of too
/// few frames, proves nothing: its movements are not judged.
pub(super) fn findings(seen: &LivenessEvidence, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    let limits = &tier.limits;
    let mut found = Vec::new();
    if !seen.challenge.steps().is_empty() {
        found.push((CheckKind::Liveness, completed(seen, limits)));
    }
    for rule in &RULES {
        let Some(signal) = seen.signal(rule.kind) else { continue };
        found.push((rule.check, rule.judge(signal.value, limits)));
    }
    found
}

impl Rule {
    /// A value that is no number is beyond its limit.
    fn judge(&self, value: f64, limits: &Limits) -> Finding {
        let limit = (self.limit)(limits);
        let reason = || Reason::new(self.code).measured(value, limit);
        let outcome = if value <= limit {
            Outcome::Pass
        } else if self.mendable {
            Outcome::Fail(reason())
        } else {
            Outcome::Inconclusive(reason())
        };
        Finding::of(outcome).measured(value, limit)
    }
}

/// Whether everything was done that was asked, and seen often enough to tell.
fn completed(seen: &LivenessEvidence, limits: &Limits) -> Finding {
    let (rate, least) =
        (seen.signal(SignalKind::FrameRate).map_or(0.0, |s| s.value), limits.min_frame_rate);
    let incomplete = |detail| Reason::new(Code::LivenessIncomplete).detail(detail);
    if rate < least {
        let reason = incomplete(Detail::FrameRate).measured(rate, least);
        return Finding::of(Outcome::Fail(reason)).measured(rate, least);
    }
    match seen.missing() {
        None => Finding::of(Outcome::Pass),
        Some(step) => Finding::of(Outcome::Fail(incomplete(detail(step.action)))),
    }
}

fn detail(action: Action) -> Detail {
    match action {
        Action::Blink => Detail::Blink,
        Action::TurnLeft => Detail::TurnLeft,
        Action::TurnRight => Detail::TurnRight,
        Action::Nod => Detail::Nod,
        Action::LookUp => Detail::LookUp,
        Action::OpenMouth => Detail::OpenMouth,
    }
}
