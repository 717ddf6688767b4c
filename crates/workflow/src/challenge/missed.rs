//! What of a challenge is asked for once more: the movements that its answer missed.

use domain::check::{self, CheckKind, Outcome};
use domain::detail::Detail;
use domain::liveness::{Action, Asked, LivenessEvidence};
use domain::policy::{Duty, TierPolicy};
use store::{CaseRow, DecidedBy, StoreError, Tx};

use crate::challenge::{Issued, issued};

impl Issued {
    /// The same with the movements that its answer missed. Who was asked for what they missed
    /// before is asked for all of it the next time.
    pub(crate) fn judged(self, seen: &LivenessEvidence, tier: &TierPolicy) -> Self {
        let missed = if self.again.is_empty() { missed(seen, tier) } else { Vec::new() };
        Self { missed, ..self }
    }

    /// Notes in the case what came of the answer, a capture of this digest, if this is the
    /// challenge that stands there and it takes the capture still. Whether it is: that it was
    /// announced meanwhile makes it no other one.
    pub(crate) fn is_noted_in(&self, row: &mut CaseRow, digest: &str) -> bool {
        let stands = issued(row).filter(|now| (now.at, &now.nonce) == (self.at, &self.nonce));
        // It was in time when it came; what is looked for is another that came meanwhile.
        let Some(now) = stands.filter(|now| now.takes(digest, now.at)) else { return false };
        let (missed, frames_changed) = (self.missed.clone(), self.frames_changed);
        // The first time counts: sent once more, it is no later answer.
        let times = [&now.asked, &self.asked].map(|asked| asked.answered_after_ms);
        let first = times.into_iter().flatten().min_by(f64::total_cmp);
        let asked = Asked { answered_after_ms: first, ..self.asked.clone() };
        Self { asked, missed, frames_changed, answer: Some(digest.to_owned()), ..now }
            .stand_in(row);
        true
    }
}

/// The movements that a capture missed, where it is in order by every check but this one.
fn missed(seen: &LivenessEvidence, tier: &TierPolicy) -> Vec<Action> {
    let checks = check::of_capture(seen, tier);
    let passes = |kind: CheckKind| {
        let found = checks.findings(kind);
        !found.is_empty() && found.iter().all(|finding| finding.outcome == Outcome::Pass)
    };
    let others = CheckKind::OF_CAPTURE.into_iter().filter(|kind| *kind != CheckKind::Liveness);
    let in_order = others.filter(|kind| tier.duty(*kind) != Duty::Off).all(passes);
    let not_a_movement = checks.findings(CheckKind::Liveness).iter().any(|finding| {
        let reason = finding.outcome.reason();
        let detail = reason.and_then(|reason| reason.detail);
        matches!(detail, Some(Detail::FrameRate | Detail::Unasked))
    });
    if !in_order || not_a_movement {
        return Vec::new();
    }
    seen.missed().into_iter().map(|step| step.action).collect()
}

/// The movements that the last answer missed. What a person asks for once more is asked for whole:
/// they saw something else than a check does.
pub(super) async fn missed_before(tx: &mut Tx, row: &CaseRow) -> Result<Vec<Action>, StoreError> {
    let Some(before) = issued(row).filter(|one| !one.missed.is_empty()) else {
        return Ok(Vec::new());
    };
    let decisions = tx.decisions(row.case.id).await?;
    let by_a_person = decisions.first().is_some_and(|last| {
        last.by != DecidedBy::Engine
            && last.decided_at.as_millisecond() >= before.at.as_millisecond()
    });
    Ok(if by_a_person { Vec::new() } else { before.missed })
}
