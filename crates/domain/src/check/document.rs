//! Is it a document that is accepted, the one that was declared, and whole?

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::claims::Claims;
use crate::document::{DocumentType, Side};
use crate::evidence::{Evidence, SeenDocument, Slot};
use crate::field::Field;
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};

/// Judges type, country, sides and completeness of the document.
pub(super) fn run(evidence: &Evidence, claims: &Claims, tier: &TierPolicy, checks: &mut Checks) {
    let Some(document) = &evidence.seen_document() else { return };
    let specimens = [Slot::Front, Slot::Back]
        .into_iter()
        .filter_map(|slot| Some(not_specimen(evidence.document(slot)?).on(slot)));
    checks.record(CheckKind::NotSpecimen, specimens);
    checks.record(CheckKind::TypeAccepted, [type_accepted(document, tier)]);
    checks.record(CheckKind::CountryAccepted, [country_accepted(document, tier)]);
    checks.record(CheckKind::TypeAsDeclared, [type_as_declared(document, claims)]);
    checks.record(CheckKind::SidesPresent, sides_present(evidence, document, (claims, tier)));
    checks.record(CheckKind::FieldsRead, fields_read(evidence, document, tier));
}

/// What the picture in `slot` already says of its document, before there is another picture: of
/// another type than was declared, or else of a type or country that is not accepted, or the other
/// side. What could not be told is left to [`run`].
pub(super) fn of_side(
    slot: Slot,
    document: &SeenDocument,
    claims: &Claims,
    tier: &TierPolicy,
) -> Vec<(CheckKind, Finding)> {
    let wanted = if slot == Slot::Back { Side::Back } else { Side::Front };
    let declared = (CheckKind::TypeAsDeclared, type_as_declared(document, claims));
    let mut findings = if slot == Slot::Back {
        Vec::new()
    } else if matches!(declared.1.outcome, Outcome::Fail(_)) {
        return vec![declared];
    } else {
        vec![
            (CheckKind::TypeAccepted, type_accepted(document, tier)),
            (CheckKind::CountryAccepted, country_accepted(document, tier)),
        ]
    };
    findings.push((CheckKind::SidesPresent, side_is(document, wanted)));
    findings.retain(|(_, finding)| matches!(finding.outcome, Outcome::Fail(_)));
    findings
}

fn not_specimen(document: &SeenDocument) -> Finding {
    Finding::of(match document.specimen {
        None => Outcome::Pass,
        Some(_) => Outcome::Fail(Reason::new(Code::DocSpecimen)),
    })
}

fn type_accepted(document: &SeenDocument, tier: &TierPolicy) -> Finding {
    let seen = document.document_type;
    Finding::of(if tier.accepts.document_types.contains(&seen) {
        Outcome::Pass
    } else {
        let accepted: Vec<_> = tier.accepts.document_types.iter().map(|t| t.as_str()).collect();
        let reason = Reason::new(Code::DocTypeUnsupported);
        let reason = reason.compared(seen.as_str(), accepted.join(", "));
        if seen == DocumentType::Other {
            Outcome::Inconclusive(reason)
        } else {
            Outcome::Fail(reason)
        }
    })
}

fn country_accepted(document: &SeenDocument, tier: &TierPolicy) -> Finding {
    Finding::of(match &document.country {
        Some(country) if tier.accepts.country(country) => Outcome::Pass,
        Some(country) => {
            Outcome::Fail(Reason::new(Code::DocCountryUnsupported).compared(country.as_str(), ""))
        }
        None if tier.accepts.every_country() => Outcome::Pass,
        None => Outcome::Inconclusive(
            Reason::new(Code::DataUnreadable).field(Field::IssuingCountry).on(Slot::Front),
        ),
    })
}

fn type_as_declared(document: &SeenDocument, claims: &Claims) -> Finding {
    Finding::of(match mismatch(document, claims) {
        None => Outcome::Pass,
        Some(reason) if document.document_type == DocumentType::Other => {
            Outcome::Inconclusive(reason)
        }
        Some(reason) => Outcome::Fail(reason),
    })
}

/// That another type was declared than is seen.
fn mismatch(document: &SeenDocument, claims: &Claims) -> Option<Reason> {
    let (seen, declared) = (document.document_type, claims.document_type?);
    let reason = || Reason::new(Code::DocTypeMismatch).compared(seen.as_str(), declared.as_str());
    (declared != seen).then(reason)
}

/// The front must show the portrait side; a type that the policy calls
/// two-sided needs the back too, and the back must be the other side. Whoever declared another
/// type is told that, and not to send the back of what they did not mean to send.
fn sides_present(
    evidence: &Evidence,
    front: &SeenDocument,
    (claims, tier): (&Claims, &TierPolicy),
) -> Vec<Finding> {
    let mut findings = vec![side_is(front, Side::Front).on(Slot::Front)];
    if let Some(back) = evidence.document(Slot::Back) {
        findings.push(side_is(back, Side::Back).on(Slot::Back));
    } else if !evidence.pictures.contains_key(&Slot::Back)
        && tier.accepts.two_sided.contains(&front.document_type)
    {
        findings.push(match mismatch(front, claims) {
            Some(reason) => Finding::of(Outcome::Fail(reason)),
            None => Finding::of(Outcome::Fail(Reason::new(Code::DocSideMissing))).on(Slot::Back),
        });
    }
    findings
}

fn side_is(document: &SeenDocument, wanted: Side) -> Finding {
    Finding::of(match document.side {
        Some(side) if side != wanted => Outcome::Fail(Reason::new(Code::DocSideWrong)),
        _ => Outcome::Pass,
    })
}

/// One finding for each required field that was not read; one pass if all were.
fn fields_read(evidence: &Evidence, front: &SeenDocument, tier: &TierPolicy) -> Vec<Finding> {
    let fields = evidence.fields();
    let required = tier.required_fields.of(front);
    let unread: Vec<_> = required
        .iter()
        .filter(|field| fields.value(**field).is_none())
        .map(|field| {
            let reason = Reason::new(Code::DataUnreadable).field(*field);
            Finding::of(Outcome::Inconclusive(reason))
        })
        .collect();
    if unread.is_empty() { vec![Finding::of(Outcome::Pass)] } else { unread }
}
