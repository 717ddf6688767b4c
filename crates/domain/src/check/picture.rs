//! Is each picture of the document good enough to judge by?

use crate::check::claims::COMPARED;
use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::{Evidence, Measurement, PictureEvidence, Quality, Slot};
use crate::policy::{Limits, TierPolicy};
use crate::reason::{Code, Reason};

/// A quality, the check that judges it, the code of its failure, its limit,
/// and whether the value may at most or must at least reach the limit.
struct Rule {
    check: CheckKind,
    quality: Quality,
    code: Code,
    limit: fn(&Limits) -> f64,
    bound: Bound,
}

#[derive(Clone, Copy, PartialEq)]
enum Bound {
    AtLeast,
    AtMost,
}

const RULES: [Rule; 9] = [
    Rule {
        check: CheckKind::DocumentSharp,
        quality: Quality::Blur,
        code: Code::DocBlurred,
        limit: |l| l.max_blur,
        bound: Bound::AtMost,
    },
    Rule {
        check: CheckKind::DocumentGlare,
        quality: Quality::Glare,
        code: Code::DocGlare,
        limit: |l| l.max_glare,
        bound: Bound::AtMost,
    },
    Rule {
        check: CheckKind::DocumentExposure,
        quality: Quality::Overexposure,
        code: Code::DocOverexposed,
        limit: |l| l.max_overexposure,
        bound: Bound::AtMost,
    },
    Rule {
        check: CheckKind::DocumentLight,
        quality: Quality::Brightness,
        code: Code::DocTooDark,
        limit: |l| l.min_brightness,
        bound: Bound::AtLeast,
    },
    Rule {
        check: CheckKind::DocumentShadow,
        quality: Quality::Shadow,
        code: Code::DocShadow,
        limit: |l| l.max_shadow,
        bound: Bound::AtMost,
    },
    Rule {
        check: CheckKind::DocumentResolution,
        quality: Quality::TextHeight,
        code: Code::DocLowResolution,
        limit: |l| l.min_text_height,
        bound: Bound::AtLeast,
    },
    Rule {
        check: CheckKind::DocumentUncovered,
        quality: Quality::Occlusion,
        code: Code::DocOccluded,
        limit: |l| l.max_occlusion,
        bound: Bound::AtMost,
    },
    Rule {
        check: CheckKind::DocumentColour,
        quality: Quality::Colour,
        code: Code::DocNotColour,
        limit: |l| l.min_colour,
        bound: Bound::AtLeast,
    },
    Rule {
        check: CheckKind::DocumentUncovered,
        quality: Quality::Stamp,
        code: Code::DocWatermark,
        limit: |l| l.max_stamp,
        bound: Bound::AtMost,
    },
];

/// Judges the picture of every side that was sent.
pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    for slot in [Slot::Front, Slot::Back] {
        let Some(picture) = evidence.pictures.get(&slot) else { continue };
        for (kind, finding) in findings(picture, tier) {
            checks.record(kind, [finding.on(slot)]);
        }
    }
    let files = evidence.pictures.iter();
    checks.record(
        CheckKind::PictureUnedited,
        files.map(|(slot, picture)| unedited(picture).on(*slot)),
    );
}

/// An honest person may have cropped a picture: a person looks.
fn unedited(picture: &PictureEvidence) -> Finding {
    Finding::of(match &picture.edited_with {
        None => Outcome::Pass,
        Some(program) => {
            let mut reason = Reason::new(Code::DocTampered).detail(Detail::Edited);
            reason.found = Some(program.clone());
            Outcome::Inconclusive(reason)
        }
    })
}

/// What every check finds on one picture of a document.
pub(super) fn findings(picture: &PictureEvidence, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    let mut all = vec![(CheckKind::DocumentFound, found(picture))];
    all.extend(whole(picture).map(|finding| (CheckKind::DocumentWhole, finding)));
    all.extend(alone(picture).map(|finding| (CheckKind::DocumentAlone, finding)));
    for rule in &RULES {
        let measured = measurements(picture, rule.quality);
        let (telling, harmless): (Vec<_>, Vec<_>) =
            measured.partition(|measurement| matters(measurement, picture, tier));
        // What was measured and hides nothing that is needed is in order: the check did run.
        let in_order = telling.is_empty() && !harmless.is_empty();
        let passed = in_order.then(|| (rule.check, Finding::of(Outcome::Pass)));
        let findings = once_a_place(telling.into_iter())
            .into_iter()
            .map(|measurement| (rule.check, rule.judge(measurement, &tier.limits)))
            .chain(passed);
        // Where no document was found, what is wrong with the picture tells
        // why; what is in order says nothing about a document.
        let telling = findings.filter(|(_, finding)| {
            picture.document.is_some() || finding.outcome.reason().is_some()
        });
        all.extend(telling);
    }
    all
}

/// Whether what a measurement tells of must be read at all: light, a thing or a stamp over a
/// field that the tier does not ask for, that no claim is ever held against and that nobody is known
/// by hides nothing that is needed. Of a type that the tier knows nothing of, every field counts.
fn matters(measurement: &Measurement, picture: &PictureEvidence, tier: &TierPolicy) -> bool {
    let (Some(field), Some(document)) = (measurement.field, &picture.document) else { return true };
    let required = tier.required_fields.of(document);
    required.is_empty() || required.contains(&field) || COMPARED.contains(&field)
}

/// The first of `measurements` in each place: one thing is to be mended there, however many
/// fields it hides.
fn once_a_place<'m>(measurements: impl Iterator<Item = &'m Measurement>) -> Vec<&'m Measurement> {
    let mut kept: Vec<&Measurement> = Vec::new();
    for measurement in measurements {
        let same = |other: &&Measurement| {
            measurement.region.is_some() && other.region == measurement.region
        };
        if !kept.iter().any(same) {
            kept.push(measurement);
        }
    }
    kept
}

fn measurements(picture: &PictureEvidence, quality: Quality) -> impl Iterator<Item = &Measurement> {
    picture.quality.iter().filter(move |m| m.quality == quality)
}

fn found(picture: &PictureEvidence) -> Finding {
    Finding::of(if picture.document.is_some() {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::DocNotFound))
    })
}

fn whole(picture: &PictureEvidence) -> Option<Finding> {
    let document = picture.document.as_ref()?;
    let inside = f64::from(document.corners_inside);
    let outcome = if document.corners_inside >= 4 {
        Outcome::Pass
    } else {
        let reason = Reason::new(Code::DocCornersCut).measured(inside, 4.0);
        Outcome::Fail(reason.region(Some(document.outline.clone())))
    };
    Some(Finding::of(outcome).measured(inside, 4.0))
}

fn alone(picture: &PictureEvidence) -> Option<Finding> {
    let others = picture.document.as_ref()?.others;
    Some(Finding::of(if others == 0 {
        Outcome::Pass
    } else {
        Outcome::Fail(Reason::new(Code::DocMultiple))
    }))
}

impl Rule {
    /// Holds one measurement against its limit. A value that is no number
    /// fails: nothing may pass because it could not be compared.
    fn judge(&self, measurement: &Measurement, limits: &Limits) -> Finding {
        let (value, limit) = (measurement.value, (self.limit)(limits));
        let good = match self.bound {
            Bound::AtLeast => value >= limit,
            Bound::AtMost => value <= limit,
        };
        let outcome = if good {
            Outcome::Pass
        } else {
            let covered = self.code == Code::DocOccluded && measurement.field.is_some();
            let code = if covered { Code::DocFieldCovered } else { self.code };
            let reason = Reason::new(code).measured(value, limit);
            let reason = reason.region(measurement.region.clone());
            Outcome::Fail(match measurement.field {
                Some(field) => reason.field(field),
                None => reason,
            })
        };
        Finding::of(outcome).measured(value, limit)
    }
}
