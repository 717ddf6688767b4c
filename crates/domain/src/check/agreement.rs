//! Do the parts of the document agree: what its zones and barcodes say, and what is printed?

use matching::dates::PartialDate;
use matching::names::{NameMatch, compare_latin};

use crate::check::names::{self, Printed};
use crate::check::{Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::{Evidence, SeenDocument, Slot};
use crate::field::{Field, Fields};
use crate::reason::{Code, Reason};

/// The fields that are held against each other.
const COMPARED: [Field; 4] =
    [Field::DocumentNumber, Field::BirthDate, Field::ExpiryDate, Field::Sex];
/// Those of them that tell one person's document from another's.
const TELLING: [Field; 2] = [Field::DocumentNumber, Field::BirthDate];

/// A zone whose check digits hold, or a barcode.
struct Coded<'e> {
    slot: Slot,
    fields: &'e Fields,
    name: Option<Printed<'e>>,
}

/// Name, dates, number and sex that are coded, in a zone or a barcode, and printed must be the
/// same, on either side, as cards have the zone on the other one; and so must what two codes say.
/// A printed reading of less than `certain` confidence contradicts nothing: check digits and error
/// correction prove more. A zone whose check digits do not hold was misread and contradicts
/// nothing, but nor does it agree. Where the back alone is coded, the front has to print the name,
/// the number or the birth of that person: else it may be of another card.
pub(super) fn coded_matches_printed(evidence: &Evidence, certain: f64) -> Vec<Finding> {
    let codes = codes(evidence);
    if codes.is_empty() && evidence.mrz().is_some() {
        return vec![Finding::of(Outcome::Inconclusive(Reason::new(Code::MrzInvalid)))];
    }
    let mut findings = Vec::new();
    for (slot, document) in sides(evidence) {
        for code in &codes {
            let differing = print_contradicts(document, code, certain);
            findings.extend(differing.into_iter().map(|finding| finding.on(slot)));
        }
    }
    for (place, code) in codes.iter().enumerate() {
        for other in &codes[place + 1..] {
            findings.extend(codes_contradict(code, other));
        }
    }
    if findings.is_empty() {
        let doubt = unlinked(evidence, &codes);
        findings.push(doubt.unwrap_or_else(|| Finding::of(Outcome::Pass)));
    }
    findings
}

fn sides(evidence: &Evidence) -> impl Iterator<Item = (Slot, &SeenDocument)> {
    [Slot::Front, Slot::Back].into_iter().filter_map(|at| Some((at, evidence.document(at)?)))
}

fn codes(evidence: &Evidence) -> Vec<Coded<'_>> {
    sides(evidence).flat_map(|(slot, document)| codes_on(slot, document)).collect()
}

fn codes_on(slot: Slot, document: &SeenDocument) -> impl Iterator<Item = Coded<'_>> {
    let zone = document.mrz.as_ref().filter(|zone| zone.check_digits_ok).map(|zone| Coded {
        slot,
        fields: &zone.fields,
        name: names::mrz_name(document),
    });
    let barcode = document.barcode.as_ref().map(|fields| Coded {
        slot,
        fields,
        name: names::barcode_name_in(fields),
    });
    zone.into_iter().chain(barcode)
}

/// A finding for each field that is printed otherwise than it is coded, and for another name: a
/// zone may shorten or reorder one and text recognition may slip, so only another name altogether
/// is a contradiction.
fn print_contradicts(document: &SeenDocument, code: &Coded<'_>, certain: f64) -> Vec<Finding> {
    let sure = |confidence: f32| f64::from(confidence) >= certain;
    let field = |field: &Field| {
        let (coded, printed) = (code.fields.value(*field)?, document.printed.0.get(field)?);
        let differs = sure(printed.confidence) && !agree(coded, &printed.value);
        differs.then(|| contradiction(*field, &printed.value, coded))
    };
    let name = || {
        let (printed, coded) = (names::printed_name(document)?, code.name.as_ref()?);
        (sure(printed.reading.confidence) && are_others(&printed, coded))
            .then(|| names_contradict(&printed, coded))
    };
    COMPARED.iter().filter_map(field).chain(name()).collect()
}

/// The same of two codes, neither of which can be misread.
fn codes_contradict(one: &Coded<'_>, other: &Coded<'_>) -> Vec<Finding> {
    let field = |field: &Field| {
        let (a, b) = (one.fields.value(*field)?, other.fields.value(*field)?);
        (!agree(a, b)).then(|| contradiction(*field, a, b))
    };
    let name = || {
        let (a, b) = (one.name.as_ref()?, other.name.as_ref()?);
        are_others(a, b).then(|| names_contradict(a, b))
    };
    let findings = COMPARED.iter().filter_map(field).chain(name());
    findings.map(|finding| finding.on(other.slot)).collect()
}

/// That nothing on the front is what the back's code says of the person.
fn unlinked(evidence: &Evidence, codes: &[Coded<'_>]) -> Option<Finding> {
    let front = evidence.document(Slot::Front)?;
    if codes.is_empty() || codes.iter().any(|code| code.slot == Slot::Front) {
        return None;
    }
    let says = |code: &Coded<'_>| {
        let same = |field: &Field| {
            let both = code.fields.value(*field).zip(front.printed.value(*field));
            both.is_some_and(|(coded, printed)| agree(coded, printed))
        };
        let names = names::printed_name(front).zip(code.name.as_ref());
        let named = names.is_some_and(|(printed, coded)| !are_others(&printed, coded));
        named || TELLING.iter().any(same)
    };
    let linked = codes.iter().any(says);
    let reason = Reason::new(Code::DataInconsistent).detail(Detail::Sides);
    (!linked).then(|| Finding::of(Outcome::Inconclusive(reason)).on(Slot::Front))
}

fn contradiction(field: Field, one: &str, other: &str) -> Finding {
    let reason = Reason::new(Code::DataInconsistent).field(field);
    Finding::of(Outcome::Fail(reason.compared(one, other)))
}

fn names_contradict(one: &Printed<'_>, other: &Printed<'_>) -> Finding {
    contradiction(Field::FullName, &names::written(one.name), &names::written(other.name))
}

/// Whether `printed` is another name altogether than the one that is coded.
fn are_others(printed: &Printed<'_>, coded: &Printed<'_>) -> bool {
    compare_latin(printed.name, coded.name, coded.completeness) == NameMatch::Different
}

/// The same date as far as both know it; else the same letters and digits: spaces, hyphens and the
/// like carry nothing. A zone writes an end that never comes as a year that ends in 99.
fn agree(a: &str, b: &str) -> bool {
    let dates = (a.parse::<PartialDate>(), b.parse::<PartialDate>());
    if let (Ok(a), Ok(b)) = dates {
        return a.agrees_with(b);
    }
    if let (Ok(ends), Err(_)) | (Err(_), Ok(ends)) = dates
        && [a, b].contains(&"long_term")
    {
        return ends.year() % 100 == 99;
    }
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    bare(a) == bare(b)
}
