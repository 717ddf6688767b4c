//! Is what was typed plausible by itself? It proves nothing, and reserves nothing.

use jiff::civil::Date;
use matching::dates;

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::claims::Claims;
use crate::document::DocumentType;
use crate::evidence::Evidence;
use crate::field::Field;
use crate::national_id;
use crate::policy::TierPolicy;
use crate::reason::{Code, Disposition, Reason};

/// Judges age and the Chinese citizen number; without name, birth date and number there is
/// nothing to judge.
pub(super) fn run(
    evidence: &Evidence,
    claims: &Claims,
    (as_of, tier): (Date, &TierPolicy),
    checks: &mut Checks,
) {
    let named = claims.surname.is_some() || claims.full_name_native.is_some();
    let (Some(born), Some(number), true) = (claims.birth_date, &claims.document_number, named)
    else {
        return;
    };
    let (age, minimum) = (f64::from(dates::age(born, as_of)), f64::from(tier.minimum_age));
    let outcome = if age < minimum {
        let young = Reason::new(Code::AgeBelowMinimum).measured(age, minimum);
        // A slip of the hand, where the document says another day, is put right.
        let other = evidence.fields().last_day(Field::BirthDate);
        let slip = other.is_some_and(|day| f64::from(dates::age(day, as_of)) >= minimum);
        Outcome::Fail(if slip { young.asking(Disposition::FixData) } else { young })
    } else if is_of_the_mainland(claims, number)
        && national_id::verify(number, Some(born), None).is_err()
    {
        let reason = Reason::new(Code::IdNumberInvalid).field(Field::NationalIdNumber);
        Outcome::Fail(reason.asking(Disposition::FixData))
    } else {
        Outcome::Pass
    };
    checks.record(CheckKind::DetailsPlausible, [Finding::of(outcome)]);
}

/// Whether `number` has to be a citizen number of mainland China. Cards of Hong Kong, Macao and
/// Taiwan have eight to ten characters, and their holders may be of Chinese nationality.
fn is_of_the_mainland(claims: &Claims, number: &str) -> bool {
    let characters = number.chars().filter(|c| c.is_alphanumeric()).count();
    claims.nationality.as_ref().is_some_and(|country| country.as_str() == "CHN")
        && claims.document_type == Some(DocumentType::IdCard)
        && !(8..=10).contains(&characters)
}
