//! Whether another account has the same person. A hit never declines by itself: a person may
//! have forgotten an account, and numbers can be typed by others.

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::evidence::Evidence;
use crate::reason::{Code, Reason};

pub(super) fn run(evidence: &Evidence, checks: &mut Checks) {
    let Some(elsewhere) = &evidence.elsewhere else { return };
    let outcome = if elsewhere.document == 0 && elsewhere.national_id == 0 {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::DuplicateDocument))
    };
    checks.record(CheckKind::DocumentUnique, [Finding::of(outcome)]);
}
