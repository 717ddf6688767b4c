//! The name that was typed against every reading of the document's name.

use matching::names::{
    Completeness, LatinName, NameMatch, NamePart, compare_latin, compare_native, relate_pinyin,
};

use crate::check::claims::Seen;
use crate::check::{CheckKind, Finding, Outcome};
use crate::claims::Claims;
use crate::document::DocumentType;
use crate::evidence::{Evidence, MrzEvidence, SeenDocument, Slot};
use crate::field::{Field, Fields, Reading};
use crate::reason::{Code, Reason};

/// One finding for the Latin name and one for the name in its own script, as
/// far as they were typed.
pub(super) fn compare(seen: &Seen<'_>, claims: &Claims) -> Vec<Finding> {
    let latin = latin(seen, claims);
    let native = native(seen, claims);
    latin.into_iter().chain(native).map(Finding::of).collect()
}

/// A reading of the document's Latin name.
pub(super) struct Printed<'a> {
    /// The name.
    pub(super) name: LatinName<'a>,
    /// Whether it is all of it.
    pub(super) completeness: Completeness,
    /// Its least certain part.
    pub(super) reading: &'a Reading,
}

fn latin(seen: &Seen<'_>, claims: &Claims) -> Option<Outcome> {
    let surname = claims.surname.as_deref().unwrap_or_default();
    let given_names = claims.given_names.as_deref().unwrap_or_default();
    let typed = LatinName::Parted { surname, given_names };
    if surname.trim().is_empty() && given_names.trim().is_empty() {
        return None;
    }
    let expected = written(typed);
    let mut readings = latin_readings(seen.evidence);
    // Of readings that are equally close, one that is certain counts.
    readings.sort_by_key(|printed| !seen.is_certain(printed.reading));
    let compared = readings
        .iter()
        .map(|printed| (compare_latin(typed, printed.name, printed.completeness), printed));
    let closest = compared.reduce(|best, other| {
        if best.0.clone().closer(other.0.clone()) == best.0 { best } else { other }
    });
    match closest {
        Some((found, printed)) => {
            let certain = seen.is_certain(printed.reading);
            let said = Said { found: written(printed.name), expected, certain };
            Some(outcome(&found, said, Field::FullName))
        }
        None => Some(by_pinyin(seen, typed, expected)),
    }
}

/// Without a Latin name on the document its Chinese characters are read as
/// pinyin. Only on a resident identity card of mainland China is pinyin the
/// romanisation that is due, so only there another spelling is a difference.
fn by_pinyin(seen: &Seen<'_>, typed: LatinName<'_>, expected: String) -> Outcome {
    let Some(reading) = seen.fields.0.get(&Field::FullNameNative) else {
        return unreadable(Field::FullName);
    };
    let due = seen.evidence.seen_document().is_some_and(|document| {
        document.document_type == DocumentType::IdCard
            && document.country.as_ref().is_some_and(|country| country.as_str() == "CHN")
    });
    let found = relate_pinyin(typed, &reading.value);
    let said = Said { found: reading.value.clone(), expected, certain: seen.is_certain(reading) };
    if due || found.agrees() {
        outcome(&found, said, Field::FullName)
    } else {
        unrelated(Field::FullName, CheckKind::NameMatches)
    }
}

/// The name in its own script; against a Latin name only pinyin can confirm
/// it, since a passport of CHN may be one of Hong Kong or Macao, where names
/// are romanised otherwise.
fn native(seen: &Seen<'_>, claims: &Claims) -> Option<Outcome> {
    let typed = claims.full_name_native.as_deref().filter(|typed| !typed.trim().is_empty())?;
    if let Some(reading) = seen.fields.0.get(&Field::FullNameNative) {
        let found = compare_native(typed, &reading.value);
        let said = Said {
            found: reading.value.clone(),
            expected: typed.to_owned(),
            certain: seen.is_certain(reading),
        };
        return Some(outcome(&found, said, Field::FullNameNative));
    }
    let readings = latin_readings(seen.evidence);
    let related = readings.iter().any(|printed| {
        compare_native(typed, &written(printed.name)).agrees()
            || relate_pinyin(printed.name, typed).agrees()
    });
    Some(if related {
        Outcome::Pass
    } else {
        unrelated(Field::FullNameNative, CheckKind::NameMatches)
    })
}

/// What the document says and what was typed, for the reason.
struct Said {
    found: String,
    expected: String,
    certain: bool,
}

/// A name that differs; doubt when the reading is unsure.
fn outcome(found: &NameMatch, said: Said, whole: Field) -> Outcome {
    let (code, field) = match found {
        found if found.agrees() => return Outcome::Pass,
        NameMatch::Unknown => return unrelated(whole, CheckKind::NameMatches),
        NameMatch::OrderSwapped => (Code::NameOrderSwapped, whole),
        NameMatch::Typo { part: NamePart::Surname, .. } => (Code::NameTypo, Field::Surname),
        NameMatch::Typo { part: NamePart::GivenNames, .. } => (Code::NameTypo, Field::GivenNames),
        NameMatch::Typo { .. } | NameMatch::Incomplete { .. } | NameMatch::Extra { .. } => {
            (Code::NameTypo, whole)
        }
        _ => (Code::NameMismatch, whole),
    };
    let reason = Reason::new(code).field(field).compared(said.found, said.expected);
    if said.certain { Outcome::Fail(reason) } else { Outcome::Inconclusive(reason) }
}

fn unreadable(field: Field) -> Outcome {
    Outcome::Inconclusive(Reason::new(Code::DataUnreadable).field(field))
}

/// The two cannot be compared, so a person has to.
pub(super) fn unrelated(field: Field, check: CheckKind) -> Outcome {
    let reason = Reason::new(Code::NotRun).field(field);
    Outcome::Inconclusive(reason.compared(check.as_str(), ""))
}

/// Every whole Latin name that either side gives, in print, zone or barcode; a zone whose check
/// digits do not hold says one only where nothing else does.
fn latin_readings(evidence: &Evidence) -> Vec<Printed<'_>> {
    let documents =
        [Slot::Front, Slot::Back].into_iter().filter_map(|slot| evidence.document(slot));
    let (mut readings, mut doubtful) = (Vec::new(), Vec::new());
    for document in documents {
        readings.extend(printed_name(document));
        readings.extend(document.barcode.as_ref().and_then(barcode_name_in));
        let holds = document.mrz.as_ref().is_some_and(|zone| zone.check_digits_ok);
        if holds { &mut readings } else { &mut doubtful }.extend(mrz_name(document));
    }
    if readings.is_empty() { doubtful } else { readings }
}

/// The printed zone's name, with both its parts: one alone may be what was
/// left of a part that was not read.
pub(super) fn printed_name(document: &SeenDocument) -> Option<Printed<'_>> {
    let parted = parted(&document.printed).map(|(surname, given_names)| {
        let surest = surname.confidence > given_names.confidence;
        let reading = if surest { given_names } else { surname };
        (LatinName::Parted { surname: &surname.value, given_names: &given_names.value }, reading)
    });
    let whole = || {
        let reading = document.printed.0.get(&Field::FullName)?;
        Some((LatinName::Whole(&reading.value), reading))
    };
    let (name, reading) = parted.or_else(whole)?;
    Some(Printed { name, completeness: Completeness::Complete, reading })
}

fn parted(fields: &Fields) -> Option<(&Reading, &Reading)> {
    Some((fields.0.get(&Field::Surname)?, fields.0.get(&Field::GivenNames)?))
}

/// The machine-readable zone's name; a person may have no given name there.
pub(super) fn mrz_name(document: &SeenDocument) -> Option<Printed<'_>> {
    let mrz = document.mrz.as_ref()?;
    let reading = mrz.fields.0.get(&Field::Surname)?;
    let given_names = mrz.fields.value(Field::GivenNames).unwrap_or_default();
    let name = LatinName::Parted { surname: &reading.value, given_names };
    Some(Printed { name, completeness: completeness(mrz), reading })
}

/// The name among the fields of a barcode, whole: it has room for 40 characters a part.
pub(super) fn barcode_name_in(fields: &Fields) -> Option<Printed<'_>> {
    let reading = fields.0.get(&Field::Surname)?;
    let given_names = fields.value(Field::GivenNames).unwrap_or_default();
    let name = LatinName::Parted { surname: &reading.value, given_names };
    Some(Printed { name, completeness: Completeness::Complete, reading })
}

/// A name field that is full to its last character may have been cut (ICAO Doc
/// 9303-3, 4.6): the third line of a TD1, the first from its sixth character in
/// the other formats. Two fillers after the given names have begun show that
/// there was room, whatever the last character was taken for.
fn completeness(mrz: &MrzEvidence) -> Completeness {
    let field = if mrz.format == "TD1" {
        mrz.lines.get(2).map(String::as_str)
    } else {
        mrz.lines.first().and_then(|line| line.get(5..))
    };
    let full = |name: &str| !name.ends_with('<') && name.matches("<<").count() == 1;
    if field.is_some_and(full) { Completeness::MayBeTruncated } else { Completeness::Complete }
}

/// A name as a reason shows it.
pub(super) fn written(name: LatinName<'_>) -> String {
    match name {
        LatinName::Parted { surname, given_names: "" } => surname.to_owned(),
        LatinName::Parted { surname: "", given_names } => given_names.to_owned(),
        LatinName::Parted { surname, given_names } => format!("{surname}, {given_names}"),
        LatinName::Whole(name) => name.to_owned(),
    }
}
