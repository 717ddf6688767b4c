//! Checks that could not run because an earlier one found nothing to look at.
//!
//! They share its reason: the person has one thing to mend, and nothing is
//! left without an outcome that a person would then have to look at.

use crate::check::{CheckKind, Checks, Finding, Outcome};

/// What each check needs another one to have found, causes before their
/// consequences.
const FOLLOWS: [(CheckKind, &[CheckKind]); 4] = [
    (CheckKind::DocumentFound, &OF_THE_DOCUMENT),
    (CheckKind::FieldsRead, &[CheckKind::DocumentUnique, CheckKind::NotBlocklisted]),
    (CheckKind::PortraitFound, &[CheckKind::FaceMatch]),
    (CheckKind::SelfieFace, &OF_THE_SELFIE),
];

/// Every check that looks at a face found in the selfie.
const OF_THE_SELFIE: [CheckKind; 11] = [
    CheckKind::SelfieAlone,
    CheckKind::SelfieSize,
    CheckKind::SelfieLight,
    CheckKind::SelfieExposure,
    CheckKind::SelfieEven,
    CheckKind::SelfieSharp,
    CheckKind::SelfieFrontal,
    CheckKind::SelfieEyesOpen,
    CheckKind::SelfieUncovered,
    CheckKind::FaceMatch,
    CheckKind::FaceUnique,
];

/// Every check that looks at a document found in its picture.
const OF_THE_DOCUMENT: [CheckKind; 29] = [
    CheckKind::DocumentWhole,
    CheckKind::DocumentAlone,
    CheckKind::DocumentSharp,
    CheckKind::DocumentGlare,
    CheckKind::DocumentExposure,
    CheckKind::DocumentLight,
    CheckKind::DocumentShadow,
    CheckKind::DocumentResolution,
    CheckKind::DocumentUncovered,
    CheckKind::DocumentColour,
    CheckKind::NotSpecimen,
    CheckKind::TypeAccepted,
    CheckKind::CountryAccepted,
    CheckKind::TypeAsDeclared,
    CheckKind::SidesPresent,
    CheckKind::FieldsRead,
    CheckKind::NotExpired,
    CheckKind::MinimumAge,
    CheckKind::MrzValid,
    CheckKind::IdNumberValid,
    CheckKind::MrzMatchesPrinted,
    CheckKind::NameMatches,
    CheckKind::BirthDateMatches,
    CheckKind::DocumentNumberMatches,
    CheckKind::NationalityMatches,
    CheckKind::PortraitFound,
    CheckKind::FaceMatch,
    CheckKind::DocumentUnique,
    CheckKind::NotBlocklisted,
];

/// Gives every check without a finding the reason of the one that it needed,
/// where that did not pass.
pub(super) fn pass_on(checks: &mut Checks) {
    for (cause, consequences) in FOLLOWS {
        let unmet = checks.findings(cause).iter().find_map(|finding| {
            let reason = finding.outcome.reason()?.clone();
            Some(Finding { slot: finding.slot, ..Finding::of(Outcome::Inconclusive(reason)) })
        });
        let Some(unmet) = unmet else { continue };
        for check in consequences {
            if checks.findings(*check).is_empty() {
                checks.record(*check, [unmet.clone()]);
            }
        }
    }
}
