//! Is the picture of the document itself, and as the camera took it?
//!
//! Traces are signs: what goes beyond its limit is for a person, never a failure.

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::{Evidence, PictureEvidence, Slot};
use crate::policy::{Limits, TierPolicy};
use crate::reason::{Code, Reason};
use crate::trace::{Trace, TraceKind};

/// A trace, the check that judges it, and what it is called beyond its limit.
struct Rule {
    kind: TraceKind,
    check: CheckKind,
    code: Code,
    detail: Option<Detail>,
    limit: fn(&Limits) -> f64,
}

const RULES: [Rule; 10] = [
    Rule {
        kind: TraceKind::ScreenDots,
        check: CheckKind::DocumentOriginal,
        code: Code::DocScreenCopy,
        detail: None,
        limit: |limits| limits.max_dots,
    },
    Rule {
        kind: TraceKind::PrintDots,
        check: CheckKind::DocumentOriginal,
        code: Code::DocPhotocopy,
        detail: None,
        limit: |limits| limits.max_dots,
    },
    Rule {
        kind: TraceKind::PortraitGrain,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::PortraitGrain),
        limit: |limits| limits.max_portrait_grain,
    },
    Rule {
        kind: TraceKind::PortraitGrid,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::PortraitGrid),
        limit: |limits| limits.max_missing_grid,
    },
    Rule {
        kind: TraceKind::PortraitSteps,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::PortraitSteps),
        limit: |limits| limits.max_missing_steps,
    },
    Rule {
        kind: TraceKind::PortraitPlace,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::PortraitPlace),
        limit: |limits| limits.max_portrait_misplaced,
    },
    Rule {
        kind: TraceKind::GhostDistance,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::Ghost),
        limit: |limits| limits.max_ghost_distance,
    },
    Rule {
        kind: TraceKind::FieldSharpness,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::FieldSharpness),
        limit: |limits| limits.max_field_sharpness,
    },
    Rule {
        kind: TraceKind::FieldCopied,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::FieldCopied),
        limit: |limits| limits.max_field_likeness,
    },
    Rule {
        kind: TraceKind::FieldSteps,
        check: CheckKind::DocumentUnaltered,
        code: Code::DocTampered,
        detail: Some(Detail::FieldSteps),
        limit: |limits| limits.max_missing_steps,
    },
];

/// Judges the picture of every side that was sent.
pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    for slot in [Slot::Front, Slot::Back] {
        let Some(picture) = evidence.pictures.get(&slot) else { continue };
        for rule in &RULES {
            let found = rule.traces(picture).map(|trace| rule.judge(trace, &tier.limits).on(slot));
            checks.record(rule.check, found);
        }
    }
}

impl Rule {
    fn traces<'a>(&'a self, picture: &'a PictureEvidence) -> impl Iterator<Item = &'a Trace> {
        picture.traces.iter().filter(|trace| trace.kind == self.kind)
    }

    /// A value that is no number is for a person too.
    fn judge(&self, trace: &Trace, limits: &Limits) -> Finding {
        let limit = (self.limit)(limits);
        let outcome = if trace.value <= limit {
            Outcome::Pass
        } else {
            let mut reason = Reason::new(self.code).measured(trace.value, limit);
            reason = reason.region(trace.region.clone());
            reason.detail = self.detail;
            Outcome::Inconclusive(reason)
        };
        Finding::of(outcome).measured(trace.value, limit)
    }
}
