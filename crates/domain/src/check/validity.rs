//! Does what the document says of itself hold?

use jiff::civil::Date;
use matching::dates::{self, PartialDate};
use matching::names::{NameMatch, compare_latin};

use crate::check::{CheckKind, Checks, Finding, Outcome, names};
use crate::document::DocumentType;
use crate::evidence::{Evidence, SeenDocument, Slot};
use crate::field::{Field, Fields, Reading, Source};
use crate::national_id::{self, Fault};
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};

/// Judges expiry, age, the machine-readable zone, the identity number, and
/// whether the parts of the document agree.
pub(super) fn run(evidence: &Evidence, as_of: Date, tier: &TierPolicy, checks: &mut Checks) {
    let Some(front) = evidence.document(Slot::Front) else { return };
    let limit = tier.limits.min_printed_confidence;
    let certain = |reading: &Reading| evidence.is_certain(reading, limit);
    let fields = evidence.fields();
    checks.record(CheckKind::NotExpired, [not_expired(&fields, as_of, certain)]);
    checks.record(CheckKind::MinimumAge, [minimum_age(&fields, as_of, tier, certain)]);
    checks.record(CheckKind::MrzValid, [mrz_valid(evidence, front)]);
    checks.record(CheckKind::IdNumberValid, [id_number_valid(evidence)]);
    checks.record(CheckKind::MrzMatchesPrinted, coded_matches_printed(evidence, limit));
}

/// Whether the document is still valid on `as_of`, the last valid day included. A day that is not
/// `certain` may be misread: whoever has a valid document is asked for a clearer picture, not for
/// another document.
pub(super) fn not_expired(
    fields: &Fields,
    as_of: Date,
    certain: impl Fn(&Reading) -> bool,
) -> Finding {
    if fields.value(Field::ExpiryDate) == Some("long_term") {
        return Finding::of(Outcome::Pass);
    }
    let unread = Reason::new(Code::DataUnreadable).field(Field::ExpiryDate);
    Finding::of(match fields.last_day(Field::ExpiryDate) {
        Some(day) if day >= as_of => Outcome::Pass,
        Some(day) if fields.0.get(&Field::ExpiryDate).is_some_and(certain) => {
            Outcome::Fail(Reason::new(Code::DocExpired).compared(day.to_string(), ""))
        }
        Some(_) | None => Outcome::Inconclusive(unread),
    })
}

/// Whether the person has reached the tier's minimum age on `as_of`. Of a
/// date that is printed in part the youngest reading counts. That ends a case: a date that is not
/// `certain` leaves it open.
fn minimum_age(
    fields: &Fields,
    as_of: Date,
    tier: &TierPolicy,
    certain: impl Fn(&Reading) -> bool,
) -> Finding {
    let Some(born) = fields.last_day(Field::BirthDate) else {
        let reason = Reason::new(Code::DataUnreadable).field(Field::BirthDate);
        return Finding::of(Outcome::Inconclusive(reason));
    };
    let (age, minimum) = (f64::from(dates::age(born, as_of)), f64::from(tier.minimum_age));
    let young = Reason::new(Code::AgeBelowMinimum).measured(age, minimum);
    let outcome = if age >= minimum {
        Outcome::Pass
    } else if fields.0.get(&Field::BirthDate).is_some_and(certain) {
        Outcome::Fail(young)
    } else {
        Outcome::Inconclusive(young)
    };
    Finding::of(outcome).measured(age, minimum)
}

/// Passports and visas must have a zone; on other types one that is there
/// must hold.
fn mrz_valid(evidence: &Evidence, front: &SeenDocument) -> Finding {
    let must = matches!(front.document_type, DocumentType::Passport | DocumentType::Visa);
    Finding::of(match evidence.mrz() {
        Some(mrz) if mrz.check_digits_ok => Outcome::Pass,
        Some(_) => Outcome::Fail(Reason::new(Code::MrzInvalid)),
        None if must => Outcome::Inconclusive(Reason::new(Code::MrzInvalid)),
        None => Outcome::Pass,
    })
}

fn id_number_valid(evidence: &Evidence) -> Finding {
    let fields = evidence.fields();
    let Some(number) = fields.value(Field::NationalIdNumber) else {
        return Finding::of(Outcome::Pass);
    };
    // Other states number their people otherwise.
    let issuer = evidence.seen_document().and_then(|document| document.country);
    if issuer.is_none_or(|country| country.as_str() != "CHN") {
        return Finding::of(Outcome::Pass);
    }
    let printed = |field| evidence.document(Slot::Front)?.printed.0.get(&field).cloned();
    let birth = printed(Field::BirthDate).filter(own_reading).and_then(|r| r.value.parse().ok());
    let sex = printed(Field::Sex).filter(own_reading).map(|reading| reading.value);
    Finding::of(match national_id::verify(number, birth, sex.as_deref()) {
        Ok(()) => Outcome::Pass,
        Err(Fault::Format | Fault::CheckDigit | Fault::Birth) => {
            Outcome::Fail(Reason::new(Code::IdNumberInvalid).field(Field::NationalIdNumber))
        }
        Err(Fault::DisagreesWithBirthDate) => {
            Outcome::Fail(Reason::new(Code::DataInconsistent).field(Field::BirthDate))
        }
        Err(Fault::DisagreesWithSex) => {
            Outcome::Fail(Reason::new(Code::DataInconsistent).field(Field::Sex))
        }
    })
}

/// A value derived from the number proves nothing about it.
fn own_reading(reading: &Reading) -> bool {
    reading.source == Source::Printed
}

/// Name, dates, number and sex that are coded, in a zone or a barcode, and printed
/// must be the same. A printed reading of less than `certain` confidence
/// contradicts nothing: check digits and error correction prove more. A zone is held against the
/// print of both sides, as cards have it on the other one; one whose check digits do not hold was
/// misread and contradicts nothing, but nor does it agree.
fn coded_matches_printed(evidence: &Evidence, certain: f64) -> Vec<Finding> {
    let documents = || [Slot::Front, Slot::Back].into_iter().filter_map(|at| evidence.document(at));
    let holds = |document: &&SeenDocument| document.mrz.as_ref().is_some_and(|m| m.check_digits_ok);
    let zoned = documents().find(holds);
    let mrz = zoned.and_then(|document| document.mrz.as_ref()).map(|mrz| &mrz.fields);
    if mrz.is_none() && evidence.barcode().is_none() && evidence.mrz().is_some() {
        return vec![Finding::of(Outcome::Inconclusive(Reason::new(Code::MrzInvalid)))];
    }
    let mut findings = Vec::new();
    for slot in [Slot::Front, Slot::Back] {
        let Some(document) = evidence.document(slot) else { continue };
        for coded in mrz.into_iter().chain(evidence.barcode()) {
            let differing = fields_contradict(document, coded, certain);
            findings.extend(differing.into_iter().map(|finding| finding.on(slot)));
        }
        let names =
            [zoned.and_then(names::mrz_name), evidence.barcode().and_then(names::barcode_name_in)];
        for coded in names.into_iter().flatten() {
            let finding = name_contradicts(document, &coded, certain);
            findings.extend(finding.map(|finding| finding.on(slot)));
        }
    }
    if findings.is_empty() { vec![Finding::of(Outcome::Pass)] } else { findings }
}

/// A finding for each field that is printed otherwise than `coded`.
fn fields_contradict(document: &SeenDocument, coded: &Fields, certain: f64) -> Vec<Finding> {
    const COMPARED: [Field; 4] =
        [Field::DocumentNumber, Field::BirthDate, Field::ExpiryDate, Field::Sex];
    let contradicts = |field: Field| {
        let (coded, printed) = (coded.value(field)?, document.printed.0.get(&field)?);
        let sure = f64::from(printed.confidence) >= certain;
        let reason = Reason::new(Code::DataInconsistent).field(field);
        let reason = reason.compared(printed.value.clone(), coded);
        (sure && !agree(coded, &printed.value)).then(|| Finding::of(Outcome::Fail(reason)))
    };
    COMPARED.into_iter().filter_map(contradicts).collect()
}

/// A zone may shorten or reorder a name and text recognition may slip, so
/// only another name altogether is a contradiction.
fn name_contradicts(
    document: &SeenDocument,
    coded: &names::Printed<'_>,
    certain: f64,
) -> Option<Finding> {
    let printed = names::printed_name(document)?;
    let sure = f64::from(printed.reading.confidence) >= certain;
    let found = compare_latin(printed.name, coded.name, coded.completeness);
    let different = found == NameMatch::Different;
    let reason = Reason::new(Code::DataInconsistent).field(Field::FullName);
    let reason = reason.compared(names::written(printed.name), names::written(coded.name));
    (sure && different).then(|| Finding::of(Outcome::Fail(reason)))
}

/// The same date as far as both know it; else the same letters and digits:
/// spaces, hyphens and the like carry nothing.
fn agree(a: &str, b: &str) -> bool {
    if let (Ok(a), Ok(b)) = (a.parse::<PartialDate>(), b.parse::<PartialDate>()) {
        return a.agrees_with(b);
    }
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    bare(a) == bare(b)
}
