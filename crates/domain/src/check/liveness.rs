//! Is a living person in front of the camera, the same one from start to end?
//!
//! What looks like an attack is for a person, never a failure.

mod light;

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

const RULES: [Rule; 7] = [
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
    Rule {
        kind: SignalKind::Ahead,
        check: CheckKind::StreamGenuine,
        code: Code::InjectionSuspected,
        limit: |limits| limits.max_ahead_ms,
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
    found.extend(unseen(seen, limits).map(|finding| (CheckKind::LivenessSameFace, finding)));
    let light = light::findings(seen, limits).into_iter();
    let genuine = light.chain(passive(seen, limits));
    found.extend(genuine.map(|finding| (CheckKind::LivenessGenuine, finding)));
    found
}

/// Someone was there, and too seldom turned to the camera for anyone to tell who: whose face
/// was seen once may be another than who did the rest.
fn unseen(seen: &LivenessEvidence, limits: &Limits) -> Option<Finding> {
    let there = seen.signal(SignalKind::FaceMissing)?.value <= limits.max_face_missing;
    let unknown = there && seen.signal(SignalKind::FaceDistance).is_none();
    unknown.then(|| Finding::of(Outcome::Fail(Reason::new(Code::LivenessFaceChanged))))
}

/// What the operator's own network says, where the policy asks for it: no network, no answer.
fn passive(seen: &LivenessEvidence, limits: &Limits) -> Option<Finding> {
    let least = limits.min_passive_liveness?;
    let Some(signal) = seen.signal(SignalKind::PassiveLiveness) else {
        return Some(Finding::of(Outcome::Inconclusive(Reason::new(Code::NotRun))));
    };
    let attack = || Reason::new(Code::LivenessAttack).measured(signal.value, least);
    let living = signal.value >= least;
    let outcome = if living { Outcome::Pass } else { Outcome::Inconclusive(attack()) };
    Some(Finding::of(outcome).measured(signal.value, least))
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

/// Whether everything was done that was asked and little else, and seen often enough to tell.
/// Who makes every movement at once answers whatever is asked.
fn completed(seen: &LivenessEvidence, limits: &Limits) -> Finding {
    let (rate, least) =
        (seen.signal(SignalKind::FrameRate).map_or(0.0, |s| s.value), limits.min_frame_rate);
    let incomplete = |detail| Reason::new(Code::LivenessIncomplete).detail(detail);
    if rate < least {
        let reason = incomplete(Detail::FrameRate).measured(rate, least);
        return Finding::of(Outcome::Fail(reason)).measured(rate, least);
    }
    let (unasked, most) = (seen.unasked().len() as f64, limits.max_unasked_movements);
    if unasked > most {
        let reason = incomplete(Detail::Unasked).measured(unasked, most);
        return Finding::of(Outcome::Fail(reason)).measured(unasked, most);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{self, Verdict};
    use crate::liveness::{Light, SeenAction, Signal};
    use crate::policy::Policy;

    fn tier() -> TierPolicy {
        let text = include_str!("../../../../policies/exchange.toml");
        Policy::parse(text).unwrap().tier(None).unwrap().asking_only(&CheckKind::OF_CAPTURE)
    }

    /// A capture in which a person nodded when asked, and nothing is wrong.
    fn nodded() -> LivenessEvidence {
        let signals = [
            (SignalKind::FrameRate, 24.0),
            (SignalKind::FaceMissing, 0.0),
            (SignalKind::TurnSpeed, 60.0),
            (SignalKind::Jump, 0.03),
            (SignalKind::FaceDistance, 0.3),
            (SignalKind::Flatness, 0.9),
            (SignalKind::RepeatedFrames, 0.0),
            (SignalKind::Ahead, -400.0),
        ];
        let signals = signals.map(|(kind, value)| Signal { kind, value, at_ms: None });
        let nod = SeenAction { action: Action::Nod, from_ms: 900.0, to_ms: 1800.0, extent: 12.0 };
        LivenessEvidence {
            challenge: "nod@0-3".parse().unwrap(),
            light: Light::NotAsked,
            frames: 72,
            duration_ms: 3000.0,
            seen: vec![nod],
            signals: signals.to_vec(),
        }
    }

    /// The verdict on `seen`, and the first reason with its detail.
    fn judged(seen: &LivenessEvidence) -> (Verdict, Option<(Code, Option<Detail>)>) {
        let tier = tier();
        let decision = decision::decide(&tier, &crate::check::of_capture(seen, &tier));
        let first = decision.reasons.first().map(|reason| (reason.code, reason.detail));
        (decision.verdict, first)
    }

    #[test]
    fn each_signal_beyond_its_limit_is_told_and_what_may_be_an_attack_goes_to_a_person() {
        assert_eq!(judged(&nodded()), (Verdict::Approve, None));
        let cases = [
            (SignalKind::TurnSpeed, 400.0, Verdict::Retry, Code::LivenessTooFast),
            (SignalKind::FaceMissing, 0.5, Verdict::Retry, Code::LivenessFaceChanged),
            (SignalKind::Jump, 2.0, Verdict::Retry, Code::LivenessFaceChanged),
            (SignalKind::FaceDistance, 0.9, Verdict::Retry, Code::LivenessFaceChanged),
            (SignalKind::FaceDistance, f64::NAN, Verdict::Retry, Code::LivenessFaceChanged),
            (SignalKind::Flatness, 0.999, Verdict::Review, Code::LivenessAttack),
            (SignalKind::RepeatedFrames, 0.8, Verdict::Review, Code::InjectionSuspected),
            (SignalKind::Ahead, 6000.0, Verdict::Review, Code::InjectionSuspected),
        ];
        for (kind, value, verdict, code) in cases {
            let mut seen = nodded();
            seen.signals.iter_mut().filter(|s| s.kind == kind).for_each(|s| s.value = value);
            assert_eq!(judged(&seen), (verdict, Some((code, None))), "{kind:?} {value}");
        }
    }

    #[test]
    fn what_was_not_done_is_named_and_too_few_frames_are_no_fault_of_the_movement() {
        let mut still = nodded();
        still.seen.clear();
        let incomplete = |detail| (Verdict::Retry, Some((Code::LivenessIncomplete, Some(detail))));
        assert_eq!(judged(&still), incomplete(Detail::Nod));
        let mut everything = nodded();
        let made = |action| SeenAction { action, ..everything.seen[0] };
        let [beside, blinked, other] =
            [Action::TurnLeft, Action::Blink, Action::OpenMouth].map(made);
        everything.seen.extend([beside, beside, blinked]);
        assert_eq!(judged(&everything), (Verdict::Approve, None));
        everything.seen.push(other);
        assert_eq!(judged(&everything), incomplete(Detail::Unasked));
        still.signals[0].value = 8.0;
        assert_eq!(judged(&still), incomplete(Detail::FrameRate));
    }

    #[test]
    fn a_capture_without_a_challenge_or_without_a_signal_never_passes() {
        let unasked = LivenessEvidence { challenge: "".parse().unwrap(), ..nodded() };
        assert_eq!(judged(&unasked), (Verdict::Review, Some((Code::NotRun, None))));
        let mut unmeasured = nodded();
        unmeasured.signals.retain(|signal| signal.kind != SignalKind::Flatness);
        assert_eq!(judged(&unmeasured), (Verdict::Review, Some((Code::NotRun, None))));
        let mut aside = nodded();
        aside.signals.retain(|signal| signal.kind != SignalKind::FaceDistance);
        assert_eq!(judged(&aside), (Verdict::Retry, Some((Code::LivenessFaceChanged, None))));
    }

    /// The capture of [`nodded`] with light, and the tint of the face as measured.
    fn lit(following: Option<f64>, evenness: Option<f64>) -> LivenessEvidence {
        let light = "red@0-0.7,blue@0.7-1.4,green@1.4-2.1,white@2.1-2.8".parse().unwrap();
        let mut seen = LivenessEvidence { light, ..nodded() };
        let measured =
            [(SignalKind::LightFollowing, following), (SignalKind::LightEvenness, evenness)];
        let signals = measured.into_iter().filter_map(|(kind, value)| Some((kind, value?)));
        seen.signals.extend(signals.map(|(kind, value)| Signal { kind, value, at_ms: None }));
        seen
    }

    #[test]
    fn light_that_a_face_takes_on_as_a_head_passes_and_all_else_is_for_a_person() {
        let attack = (Verdict::Review, Some((Code::LivenessAttack, None)));
        let cases = [
            ("a head", Some(0.95), Some(0.3), (Verdict::Approve, None)),
            ("follows nothing", Some(0.1), None, attack),
            ("not measured", None, None, attack),
            ("no number", Some(f64::NAN), Some(0.3), attack),
            ("flat", Some(0.95), Some(1.0), attack),
            ("all but the nose", Some(0.95), None, attack),
        ];
        for (name, following, evenness, expected) in cases {
            assert_eq!(judged(&lit(following, evenness)), expected, "{name}");
        }
    }

    #[test]
    fn light_that_was_declined_is_for_a_person_and_called_no_attack() {
        let declined = LivenessEvidence { light: Light::Declined, ..nodded() };
        let reason = (Code::LivenessIncomplete, Some(Detail::LightDeclined));
        assert_eq!(judged(&declined), (Verdict::Review, Some(reason)));
    }

    #[test]
    fn the_operators_own_network_counts_where_the_policy_says_so() {
        let of = |living: Option<f64>, least: Option<f64>| {
            let mut seen = nodded();
            let kind = SignalKind::PassiveLiveness;
            seen.signals.extend(living.map(|value| Signal { kind, value, at_ms: None }));
            let mut tier = tier();
            tier.limits.min_passive_liveness = least;
            decision::decide(&tier, &crate::check::of_capture(&seen, &tier)).verdict
        };
        let cases = [
            (Some(0.1), None, Verdict::Approve),
            (Some(0.9), Some(0.5), Verdict::Approve),
            (Some(0.1), Some(0.5), Verdict::Review),
            (Some(f64::NAN), Some(0.5), Verdict::Review),
            (None, Some(0.5), Verdict::Review),
        ];
        for (living, least, verdict) in cases {
            assert_eq!(of(living, least), verdict, "{living:?} {least:?}");
        }
    }
}
