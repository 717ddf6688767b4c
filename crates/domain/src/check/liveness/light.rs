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

/// The sides of a face whose tint follows nothing say nothing, so there may be no evenness;
/// without a face the tint was not measured and follows nothing.
fn shown(seen: &LivenessEvidence, limits: &Limits) -> Vec<Finding> {
    let value = |kind| seen.signal(kind).map(|signal| signal.value);
    let following = value(SignalKind::LightFollowing).unwrap_or(0.0);
    let least = limits.min_light_following;
    let mut found = vec![judged(following >= least, following, least)];
    if let Some(evenness) = value(SignalKind::LightEvenness) {
        let most = limits.max_light_evenness;
        found.push(judged(evenness <= most, evenness, most));
    }
    found
}

fn judged(well: bool, value: f64, limit: f64) -> Finding {
    let attack = || Reason::new(Code::LivenessAttack).measured(value, limit);
    let outcome = if well { Outcome::Pass } else { Outcome::Inconclusive(attack()) };
    Finding::of(outcome).measured(value, limit)
}
