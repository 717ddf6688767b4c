//! Is what was typed plausible by itself? It proves nothing, and reserves nothing.

use jiff::civil::Date;
use matching::dates;

use crate::check::{CheckKind, Checks, Finding, Outcome};
use crate::claims::Claims;
use crate::document::DocumentType;
use crate::field::Field;
use crate::national_id;
use crate::policy::TierPolicy;
use crate::reason::{Code, Disposition, Reason};

/// Judges age and the Chinese citizen number; without name, birth date and number there is
/// nothing to judge.
pub(super) fn run(claims: &Claims, as_of: Date, tier: &TierPolicy, checks: &mut Checks) {
    let named = claims.surname.is_some() || claims.full_name_native.is_some();
    let (Some(born), Some(number), true) = (claims.birth_date, &claims.document_number, named)
    else {
        return;
    };
    let (age, minimum) = (f64::from(dates::age(born, as_of)), f64::from(tier.minimum_age));
    let chinese = claims.nationality.as_ref().is_some_and(|country| country.as_str() == "CHN")
        && claims.document_type == Some(DocumentType::IdCard);
    let outcome = if age < minimum {
        Outcome::Fail(Reason::new(Code::AgeBelowMinimum).measured(age, minimum))
    } else if chinese && national_id::verify(number, Some(born), None).is_err() {
        let reason = Reason::new(Code::IdNumberInvalid).field(Field::NationalIdNumber);
        Outcome::Fail(reason.asking(Disposition::FixData))
    } else {
        Outcome::Pass
    };
    checks.record(CheckKind::DetailsPlausible, [Finding::of(outcome)]);
}
