//! What a person still has to do in a case.

use domain::claims::Claims;
use domain::decision::Verdict;
use domain::entitlement::Need;
use domain::policy::TierPolicy;
use domain::reason::{self, Reason};
use jiff::Timestamp;
use serde::Serialize;
use store::Upload;

use crate::uploads::Place;

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What it is.
    pub need: Need,
    /// The uploads that it takes; none for what is typed.
    pub places: Vec<Place>,
    /// Those of them that something lies in.
    pub taken: Vec<Place>,
    /// Whether it is done.
    pub state: StepState,
}

/// Whether a step is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", content = "reasons", rename_all = "snake_case")]
pub enum StepState {
    /// Not yet.
    Todo,
    /// Done.
    Done,
    /// Done once, and to be done again for these reasons; each names the picture that is still
    /// to be taken again, also where the decision named none.
    Again(Vec<Reason>),
    /// Not here: a person arranges it.
    ByPerson,
}

/// What the steps are worked out from.
pub(crate) struct SoFar<'a> {
    pub tier: &'a TierPolicy,
    pub claims: Option<&'a Claims>,
    /// Whether the details were typed after the last decision, if only to say that they are right.
    pub claims_anew: bool,
    pub uploads: &'a [Upload],
    /// The last decision, where it asked for another try, and when.
    pub retry: Option<(&'a [Reason], Timestamp)>,
    /// Whether the person declined that faces are compared.
    pub without_face: bool,
    /// Since when the challenge stands that a capture has to answer.
    pub challenge_since: Option<Timestamp>,
}

/// The steps of a case, in their order.
pub(crate) fn steps(so_far: &SoFar<'_>) -> Vec<Step> {
    let needs = Need::of(so_far.tier);
    needs.into_iter().map(|need| step(need, so_far)).collect()
}

fn step(need: Need, so_far: &SoFar<'_>) -> Step {
    let places = places(need, so_far);
    let state = match need {
        Need::Video => StepState::ByPerson,
        // No picture of a face is asked for that nobody may look at.
        Need::Held | Need::Face | Need::Liveness if so_far.without_face => StepState::ByPerson,
        Need::Details => details(so_far),
        _ => pictures(&places, so_far),
    };
    let there = |place: &Place| so_far.uploads.iter().any(|upload| upload.slot == place.as_str());
    let taken = places.iter().copied().filter(there).collect();
    Step { need, places, taken, state }
}

/// What has to be uploaded for `need`: of a two-sided document both sides.
fn places(need: Need, so_far: &SoFar<'_>) -> Vec<Place> {
    match need {
        Need::Details | Need::Video => Vec::new(),
        Need::Held => vec![Place::Held],
        Need::Face => vec![Place::Selfie],
        Need::Liveness => vec![Place::Capture],
        Need::Address => vec![Place::Address],
        Need::Document => {
            let declared = so_far.claims.and_then(|claims| claims.document_type);
            let two = declared.is_some_and(|kind| so_far.tier.accepts.two_sided.contains(&kind));
            if two { vec![Place::Front, Place::Back] } else { vec![Place::Front] }
        }
    }
}

fn details(so_far: &SoFar<'_>) -> StepState {
    if so_far.claims.is_none() {
        return StepState::Todo;
    }
    let wrong = so_far.reasons(|reason| reason.code.step() == reason::Step::Details);
    // What was typed may be right, and the picture what was misread.
    if wrong.is_empty() || so_far.claims_anew || so_far.document_anew() {
        StepState::Done
    } else {
        StepState::Again(wrong)
    }
}

fn pictures(places: &[Place], so_far: &SoFar<'_>) -> StepState {
    let mut again = Vec::new();
    // A side that was wrong or unclear explains what could not be read of the whole document.
    let named = so_far.reasons(|reason| {
        reason.slot.is_some() && places.iter().any(|place| place.is_meant_by(reason))
    });
    for place in places {
        let found = so_far.uploads.iter().find(|upload| upload.slot == place.as_str());
        let Some(upload) = found else { return StepState::Todo };
        let answers = so_far.challenge_since.is_some_and(|since| upload.created_at >= since);
        if *place == Place::Capture && !answers {
            return StepState::Todo;
        }
        let old = so_far.retry.is_some_and(|(_, decided)| upload.created_at <= decided);
        if old {
            let meant = so_far.reasons(|reason| {
                place.is_meant_by(reason) && (reason.slot.is_some() || named.is_empty())
            });
            again.extend(meant.into_iter().map(|reason| match place.slot() {
                Some(slot) => reason.on(slot),
                None => reason,
            }));
        }
    }
    if again.is_empty() { StepState::Done } else { StepState::Again(again) }
}

impl SoFar<'_> {
    /// Whether a picture of the document was taken after the last decision.
    fn document_anew(&self) -> bool {
        let document = [Place::Front.as_str(), Place::Back.as_str()];
        let of_document = self.uploads.iter().filter(|one| document.contains(&one.slot.as_str()));
        let newest = of_document.map(|upload| upload.created_at).max();
        self.retry.is_some_and(|(_, decided)| newest > Some(decided))
    }

    fn reasons(&self, meant: impl Fn(&Reason) -> bool) -> Vec<Reason> {
        let reasons = self.retry.map_or(&[][..], |(reasons, _)| reasons);
        reasons.iter().filter(|reason| meant(reason)).cloned().collect()
    }
}

/// The reasons of the last decision that call for another try.
pub(crate) fn retry(verdict: Verdict, told: &[Reason]) -> &[Reason] {
    if verdict == Verdict::Retry { told } else { &[] }
}
