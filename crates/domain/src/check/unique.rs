//! Whether another account has the same person, and whether the person is on the blocklist. A
//! hit never declines by itself: a person may have forgotten an account, numbers can be typed
//! by others, and strangers look alike.

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::evidence::Evidence;
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};
use crate::uniqueness::{Blocklisted, Elsewhere, FaceSearch};

pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    if let Some(elsewhere) = evidence.elsewhere {
        checks.record(CheckKind::DocumentUnique, [document(elsewhere)]);
    }
    if let Some(search) = &evidence.face_search {
        let most = tier.limits.max_faces_unsearched;
        checks.record(CheckKind::FaceUnique, [face(search, most)]);
    }
    if let Some(blocklisted) = evidence.blocklisted {
        checks.record(CheckKind::NotBlocklisted, [listed(blocklisted)]);
    }
}

fn document(elsewhere: Elsewhere) -> Finding {
    Finding::of(if elsewhere == Elsewhere::default() {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::DuplicateDocument))
    })
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
            let found = match face(&search, most).outcome {
                Outcome::Pass => "pass".to_owned(),
                Outcome::Inconclusive(reason) => format!("{}?", reason.code),
                Outcome::Fail(reason) => reason.code.to_string(),
            };
            assert_eq!(found, expected, "{name}");
        }
    }
}
