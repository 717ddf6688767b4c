//! Does what the document says of itself hold?

use jiff::civil::Date;
use matching::dates;

use crate::check::{CheckKind, Checks, Finding, Outcome, agreement};
use crate::document::DocumentType;
use crate::evidence::{Evidence, SeenDocument, Slot};
use crate::field::{Field, Fields, Reading, Source};
use crate::national_id::{self, Fault};
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};

/// Few who open an account are older, years.
const OLDEST: f64 = 110.0;

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
    checks.record(CheckKind::MrzMatchesPrinted, agreement::coded_matches_printed(evidence, limit));
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
    // A zone has two figures of a year: 99 is how one writes that there is no end.
    let without_end =
        |reading: &Reading| reading.source == Source::Mrz && reading.value.get(2..4) == Some("99");
    let certain = |reading: &Reading| certain(reading) && !without_end(reading);
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
    // A zone has two figures of a year: who seems to be a small child may be a hundred older.
    let old = |reading: &Reading| reading.source == Source::Mrz && age + 100.0 <= OLDEST;
    let certain = |reading: &Reading| certain(reading) && !old(reading);
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
