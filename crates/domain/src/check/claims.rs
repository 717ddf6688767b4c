//! Is what the person typed what the document says?
//!
//! What was not typed is not compared, so a policy that requires the
//! comparison sends the case to a person.

use matching::dates::PartialDate;

use crate::check::{CheckKind, Checks, Finding, Outcome, names};
use crate::claims::Claims;
use crate::document::DocumentType;
use crate::evidence::{Evidence, Slot};
use crate::field::{Field, Fields, Reading};
use crate::national_id;
use crate::policy::TierPolicy;
use crate::reason::{Code, Reason};

/// The fields that claims are held against.
pub(super) const COMPARED: [Field; 8] = [
    Field::Surname,
    Field::GivenNames,
    Field::FullName,
    Field::FullNameNative,
    Field::BirthDate,
    Field::DocumentNumber,
    Field::NationalIdNumber,
    Field::Nationality,
];

/// Holds every claim against the document.
pub(super) fn run(evidence: &Evidence, claims: &Claims, tier: &TierPolicy, checks: &mut Checks) {
    if evidence.document(Slot::Front).is_none() && evidence.document(Slot::Back).is_none() {
        return;
    }
    let seen =
        Seen { evidence, fields: evidence.fields(), certain: tier.limits.min_printed_confidence };
    checks.record(CheckKind::NameMatches, names::compare(&seen, claims));
    checks.record(CheckKind::BirthDateMatches, birth_date(&seen, claims));
    checks.record(CheckKind::DocumentNumberMatches, document_number(&seen, claims));
    checks.record(CheckKind::NationalityMatches, nationality(&seen, claims));
}

/// The document as the claims are held against it.
pub(super) struct Seen<'a> {
    pub(super) evidence: &'a Evidence,
    /// One value a field, both sides together.
    pub(super) fields: Fields,
    /// Confidence from which a printed reading can contradict a claim.
    pub(super) certain: f64,
}

impl Seen<'_> {
    /// Whether a reading can contradict a claim.
    pub(super) fn is_certain(&self, reading: &Reading) -> bool {
        self.evidence.is_certain(reading, self.certain)
    }

    /// A claim that differs from `reading`; doubt when the reading is unsure.
    fn differs(&self, field: Field, reading: &Reading, typed: &str) -> Outcome {
        let reason = Reason::new(Code::DataMismatch).field(field);
        let reason = reason.compared(reading.value.as_str(), typed);
        if self.is_certain(reading) { Outcome::Fail(reason) } else { Outcome::Inconclusive(reason) }
    }
}

fn unreadable(field: Field) -> Outcome {
    Outcome::Inconclusive(Reason::new(Code::DataUnreadable).field(field))
}

/// The parts of the date that the document prints must be those typed.
fn birth_date(seen: &Seen<'_>, claims: &Claims) -> Option<Finding> {
    let typed = claims.birth_date?;
    let reading = seen.fields.0.get(&Field::BirthDate);
    let read = reading.and_then(|r| Some((r, r.value.parse::<PartialDate>().ok()?)));
    Some(Finding::of(match read {
        None => unreadable(Field::BirthDate),
        Some((_, printed)) if printed.may_be(typed) => Outcome::Pass,
        Some((reading, _)) => seen.differs(Field::BirthDate, reading, &typed.to_string()),
    }))
}

/// The number of the document, or the person's own number, which many cards
/// carry instead. A Chinese number whose check character holds is certain.
fn document_number(seen: &Seen<'_>, claims: &Claims) -> Option<Finding> {
    let typed = claims.document_number.as_deref().filter(|typed| !bare(typed).is_empty())?;
    let numbers: Vec<(Field, &Reading)> = [Field::DocumentNumber, Field::NationalIdNumber]
        .into_iter()
        .filter_map(|field| Some((field, seen.fields.0.get(&field)?)))
        .collect();
    let Some((field, reading)) = numbers.first() else {
        return Some(Finding::of(unreadable(Field::DocumentNumber)));
    };
    let same = numbers.iter().any(|(_, reading)| bare(&reading.value) == bare(typed));
    Some(Finding::of(if same {
        Outcome::Pass
    } else if national_id::verify(&reading.value, None, None).is_ok() {
        let reason = Reason::new(Code::DataMismatch).field(*field);
        Outcome::Fail(reason.compared(reading.value.as_str(), typed))
    } else {
        seen.differs(*field, reading, typed)
    }))
}

/// Passports and identity cards are for the issuer's own nationals, so the
/// issuer stands in where no nationality is printed. A driving licence says
/// nothing of nationality, nor does a travel permit of China, which its own citizens have from
/// the mainland, Hong Kong, Macao and Taiwan.
fn nationality(seen: &Seen<'_>, claims: &Claims) -> Option<Finding> {
    let typed = claims.nationality.as_ref()?;
    if let Some(reading) = seen.fields.0.get(&Field::Nationality) {
        return Some(Finding::of(if reading.value == typed.as_str() {
            Outcome::Pass
        } else {
            seen.differs(Field::Nationality, reading, typed.as_str())
        }));
    }
    let document = seen.evidence.seen_document()?;
    let own = matches!(document.document_type, DocumentType::Passport | DocumentType::IdCard);
    let permit = document.document_type == DocumentType::TravelPermit
        && ["CHN", "HKG", "MAC", "TWN"].contains(&typed.as_str());
    Some(Finding::of(match &document.country {
        _ if permit || document.document_type == DocumentType::DrivingLicence => Outcome::Pass,
        Some(country) if own && country == typed => Outcome::Pass,
        Some(country) if own => {
            let reason = Reason::new(Code::DataMismatch).field(Field::Nationality);
            Outcome::Inconclusive(reason.compared(country.as_str(), typed.as_str()))
        }
        None if own => names::unrelated(Field::Nationality, CheckKind::NationalityMatches),
        _ => unreadable(Field::Nationality),
    }))
}

/// Letters and digits alone, in capitals: spaces and hyphens carry nothing.
fn bare(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests;
