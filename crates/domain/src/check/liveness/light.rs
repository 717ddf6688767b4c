//! Does the face take on the colours that the page showed, as a head does?

use crate::check::{Finding, Outcome};
use crate::detail::Detail;
use crate::liveness::{Light, LivenessEvidence, SignalKind};
use crate::policy::Limits;
use crate::reason::{Code, Disposition, Reason};

/// What the light says; nothing where none was asked for.
///
/// What is not as a head has it is for a person, and so is light that was declined: some are
/// made ill by it.
pub(super) fn findings(seen: &LivenessEvidence, limits: &Limits) -> Vec<Finding> {
    match seen.light {
        Light::NotAsked => Vec::new(),
        Light::Declined => {
            let reason = Reason::new(Code::LivenessIncomplete).detail(Detail::LightDeclined);
            let reason = reason.asking(Disposition::Review);
            vec![Finding::of(Outcome::Inconclusive(reason))]
        }
        Light::Shown(_) => shown(seen, limits),
    }
}

/// Without a face the tint was not measured and follows nothing. There is no evenness where
/// the nose hardly follows: of a face that follows nothing that says no more, but one that
/// takes the light on everywhere else is no head's.
fn shown(seen: &LivenessEvidence, limits: &Limits) -> Vec<Finding> {
    let value = |kind| seen.signal(kind).map(|signal| signal.value);
    let following = value(SignalKind::LightFollowing).unwrap_or(0.0);
    let least = limits.min_light_following;
    let mut found = vec![judged(following >= least, following, least)];
    let most = limits.max_light_evenness;
    match value(SignalKind::LightEvenness) {
        Some(evenness) => found.push(judged(evenness <= most, evenness, most)),
        None if following >= least => {
            found.push(Finding::of(Outcome::Inconclusive(Reason::new(Code::LivenessAttack))));
        }
        None => {}
    }
    found
}

fn judged(well: bool, value: f64, limit: f64) -> Finding {
    let attack = || Reason::new(Code::LivenessAttack).measured(value, limit);
    let outcome = if well { Outcome::Pass } else { Outcome::Inconclusive(attack()) };
    Finding::of(outcome).measured(value, limit)
}
