//! Whether another account has the same person, and whether the person is on the blocklist. A
//! hit never declines by itself: a person may have forgotten an account, numbers can be typed
//! by others, and strangers look alike.

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::Evidence;
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};
use crate::uniqueness::{Before, Blocklisted, Elsewhere, FaceSearch, OwnFace};

pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    if let Some(elsewhere) = evidence.elsewhere {
        let own = evidence.face_search.and_then(|search| search.own);
        checks.record(CheckKind::DocumentUnique, [document(elsewhere, own)]);
    }
    if let Some(search) = &evidence.face_search {
        let most = tier.limits.max_faces_unsearched;
        checks.record(CheckKind::FaceUnique, [face(search, most)]);
    }
    if let Some(blocklisted) = evidence.blocklisted {
        checks.record(CheckKind::NotBlocklisted, [listed(blocklisted)]);
    }
}

/// Another account's document is a hit. One that the account was not approved by before is a
/// renewed one where the face, or the national number, says that the person is the same.
fn document(elsewhere: Elsewhere, own: Option<OwnFace>) -> Finding {
    if elsewhere.document > 0 || elsewhere.national_id > 0 {
        return Finding::of(Outcome::Fail(Reason::new(Code::DuplicateDocument)));
    }
    let unlike = Reason::new(Code::FaceMismatch).detail(Detail::EarlierPerson);
    match (elsewhere.before, own) {
        (Before::Nothing | Before::Same, _) => Finding::of(Outcome::Pass),
        (Before::Another, None) => Finding::of(Outcome::Inconclusive(unlike)),
        (Before::Another, Some(OwnFace { distance, threshold })) => {
            let outcome = if distance <= threshold {
                Outcome::Pass
            } else {
                Outcome::Inconclusive(unlike.measured(distance, threshold))
            };
            Finding::of(outcome).measured(distance, threshold)
        }
    }
}

/// A hit counts whatever else could not be searched. Without one, a search that was blind, or
/// that left out more than the `most` share of the faces, says nothing.
fn face(search: &FaceSearch, most: f64) -> Finding {
    if let Some((nearest, threshold)) = search.hit() {
        let reason = Reason::new(Code::DuplicateFace).measured(nearest, threshold);
        return Finding::of(Outcome::Fail(reason)).measured(nearest, threshold);
    }
    let not_run = Reason::new(Code::NotRun).compared(CheckKind::FaceUnique.as_str(), "");
    let unsearched = search.unsearched_share();
    if search.is_blind() {
        return Finding::of(Outcome::Inconclusive(not_run));
    }
    if unsearched > most {
        let reason = not_run.measured(unsearched, most);
        return Finding::of(Outcome::Inconclusive(reason)).measured(unsearched, most);
    }
    let passed = Finding::of(Outcome::Pass);
    match search.nearest.zip(search.threshold) {
        Some((nearest, threshold)) => passed.measured(nearest, threshold),
        None => passed,
    }
}

fn listed(blocklisted: Blocklisted) -> Finding {
    Finding::of(if blocklisted == Blocklisted::default() {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::Blocklisted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_unique_where_a_search_that_could_find_it_found_none() {
        let search = FaceSearch {
            considered: 8,
            unsearched: 2,
            promise: 0.05,
            threshold: Some(0.4),
            nearest: Some(0.5),
            own: None,
        };
        let nobody = FaceSearch { promise: 0.05, ..FaceSearch::default() };
        let cases = [
            ("nobody near", search, 0.2, "pass"),
            ("nobody there", nobody, 0.0, "pass"),
            ("too many left out", search, 0.1, "NOT_RUN?"),
            ("all left out", FaceSearch { unsearched: 1, ..nobody }, 0.9, "NOT_RUN?"),
            ("near", FaceSearch { nearest: Some(0.4), ..search }, 0.1, "DUPLICATE_FACE"),
            ("blind", FaceSearch { threshold: None, ..search }, 1.0, "NOT_RUN?"),
        ];
        for (name, search, most, expected) in cases {
            assert_eq!(said(&face(&search, most)), expected, "{name}");
        }
    }

    fn said(finding: &Finding) -> String {
        match &finding.outcome {
            Outcome::Pass => "pass".to_owned(),
            Outcome::Inconclusive(reason) => format!("{}?", reason.code),
            Outcome::Fail(reason) => reason.code.to_string(),
        }
    }

    #[test]
    fn another_document_of_an_account_is_a_renewed_one_where_the_face_says_so() {
        let face = |distance| Some(OwnFace { distance, threshold: 0.5 });
        let cases = [
            (0, Before::Nothing, None, "pass"),
            (0, Before::Same, face(0.9), "pass"),
            (0, Before::Another, face(0.5), "pass"),
            (0, Before::Another, face(0.51), "FACE_MISMATCH?"),
            (0, Before::Another, None, "FACE_MISMATCH?"),
            (1, Before::Another, face(0.1), "DUPLICATE_DOCUMENT"),
            (1, Before::Same, None, "DUPLICATE_DOCUMENT"),
        ];
        for (others, before, own, expected) in cases {
            let elsewhere = Elsewhere { document: others, national_id: 0, before };
            assert_eq!(said(&document(elsewhere, own)), expected, "{elsewhere:?} {own:?}");
        }
    }
}
