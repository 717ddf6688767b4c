//! From the text of a row to the value of a field.

use domain::document::Side;
use domain::field::{Field, Fields, Reading, Source};
use matching::dates::{ValidUntil, parse_validity};

use super::rows::{ADDRESS_LINES, Found, Rows, Slot};
use super::{birth, ethnicity, number, regions};

/// The fields of the portrait side.
pub(super) const FRONT: [Field; 6] = [
    Field::FullNameNative,
    Field::Sex,
    Field::Ethnicity,
    Field::BirthDate,
    Field::Address,
    Field::NationalIdNumber,
];

/// The fields of the other side.
pub(super) const BACK: [Field; 3] = [Field::IssuingAuthority, Field::IssueDate, Field::ExpiryDate];

/// Below this confidence a reading is in doubt: on half of the evaluation's
/// cards the recogniser gave every right line without a stamp more.
pub(super) const SURE: f32 = 0.9;

/// What is left of the confidence when the ethnicity was put right by the list
/// of groups, or is in none of its entries.
const GUESSED: f32 = 0.6;

/// The fields of `side` from its rows.
pub(super) fn fields(rows: &Rows, side: Side) -> Fields {
    let mut fields = Fields::default();
    let mut set = |field, value: Option<(String, f32)>| {
        if let Some((value, confidence)) = value {
            fields.set(field, value, Source::Printed, confidence);
        }
    };
    let slot = |slot: Slot| rows.slots.get(&slot);
    match side {
        Side::Front => {
            set(Field::FullNameNative, slot(Slot::Name).and_then(name));
            set(Field::Sex, slot(Slot::Sex).and_then(sex));
            set(Field::Ethnicity, slot(Slot::Ethnicity).and_then(group));
            set(Field::BirthDate, slot(Slot::Birth).and_then(birth_date));
            set(Field::Address, address(rows));
            set(Field::NationalIdNumber, slot(Slot::Number).and_then(citizen_number));
            derive_birth_date(&mut fields);
            mend_address(&mut fields);
        }
        Side::Back => {
            set(Field::IssuingAuthority, slot(Slot::Authority).and_then(authority));
            let validity = slot(Slot::Validity);
            if let Some((from, until)) = validity.and_then(|text| parse_validity(&text.text)) {
                let confidence = validity.map_or(0.0, |text| text.confidence);
                let until = match until {
                    ValidUntil::Date(date) => date.to_string(),
                    ValidUntil::LongTerm => "long_term".to_owned(),
                };
                set(Field::IssueDate, Some((from.to_string(), confidence)));
                set(Field::ExpiryDate, Some((until, confidence)));
            }
        }
    }
    fields
}

/// Takes the birth date from the number where none was read, or where a reading
/// in doubt contradicts it: the number's check character proves more than a
/// reading under a stamp. A sure reading stays, so that a contradiction shows.
fn derive_birth_date(fields: &mut Fields) {
    let sure = |field| fields.0.get(&field).map_or(0.0, |read: &Reading| read.confidence);
    let Some(number) = fields.value(Field::NationalIdNumber) else { return };
    let Some(birth) = number::birth_date(number).map(|birth| birth.to_string()) else { return };
    let kept = if number::holds(number) { 1.0 } else { UNPROVEN };
    let confidence = sure(Field::NationalIdNumber) * kept;
    let same = fields.value(Field::BirthDate) == Some(birth.as_str());
    if !same && sure(Field::BirthDate) < confidence.min(SURE) {
        fields.set(Field::BirthDate, birth, Source::Derived, confidence);
    }
}

/// Puts right the regions' names in an address that was read in doubt.
fn mend_address(fields: &mut Fields) {
    let Some(read) = fields.0.get(&Field::Address).filter(|read| read.confidence < SURE) else {
        return;
    };
    let confidence = read.confidence * GUESSED;
    if let Some(mended) = regions::mended(&read.value, fields.value(Field::NationalIdNumber)) {
        fields.set(Field::Address, mended, Source::Printed, confidence);
    }
}

/// What is left of the confidence of a date in a number that no check character
/// proves.
const UNPROVEN: f32 = 0.7;

/// The value that `text` gives its slot; `None` when it cannot be one. Two
/// readings of a slot are one when their values are.
pub(super) fn value(slot: Slot, text: &Found) -> Option<(String, f32)> {
    match slot {
        Slot::Name => name(text),
        Slot::Sex => sex(text),
        Slot::Ethnicity => group(text),
        Slot::Birth => birth_date(text),
        Slot::Address(_) => address_line(text),
        Slot::Number => citizen_number(text),
        Slot::Authority => authority(text),
        Slot::Validity => {
            parse_validity(&text.text)?;
            Some((text.text.clone(), text.confidence))
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Han characters, with a dot between the parts of a transcribed name
/// (阿卜杜拉·买买提), which is recognised as a full stop, too.
fn name(text: &Found) -> Option<(String, f32)> {
    let name = text.text.trim_matches(|c: char| !is_han(c)).replace(['.', '。', ','], "·");
    let length = name.chars().count();
    let shaped = name.chars().all(|c| is_han(c) || c == '·');
    ((2..=30).contains(&length) && shaped).then_some((name, text.confidence))
}

fn sex(text: &Found) -> Option<(String, f32)> {
    let sex = match text.text.as_str() {
        "男" => "M",
        "女" => "F",
        _ => return None,
    };
    Some((sex.to_owned(), text.confidence))
}

fn group(text: &Found) -> Option<(String, f32)> {
    let read = text.text.trim_matches(|c: char| !is_han(c));
    let group = read.strip_suffix('族').filter(|group| !group.is_empty()).unwrap_or(read);
    if ethnicity::is_group(group) {
        return Some((group.to_owned(), text.confidence));
    }
    let shaped = (1..=4).contains(&group.chars().count()) && group.chars().all(is_han);
    let value = ethnicity::one_character_off(group).unwrap_or(group);
    shaped.then(|| (value.to_owned(), text.confidence * GUESSED))
}

fn birth_date(text: &Found) -> Option<(String, f32)> {
    Some((birth::read(&text.text)?.to_string(), text.confidence))
}

fn citizen_number(text: &Found) -> Option<(String, f32)> {
    let whole = (17..=18).contains(&text.text.len());
    let (number, _) = number::find(&text.text).filter(|_| whole)?;
    Some((number, text.confidence))
}

/// Office names end in 局 (公安局, 分局) or name a bureau's branch; anything of
/// Han characters is taken, as printed.
fn authority(text: &Found) -> Option<(String, f32)> {
    let text_only: String = text.text.chars().filter(|c| is_han(*c)).collect();
    (text_only.chars().count() >= 4).then_some((text_only, text.confidence))
}

fn address_line(text: &Found) -> Option<(String, f32)> {
    let line = text.text.trim_matches([':', '：', '.', '·', '"', '\'']);
    let has_text = line.chars().any(|c| is_han(c) || c.is_alphanumeric());
    has_text.then(|| (line.to_owned(), text.confidence))
}

/// The lines of the address, one after another; as sure as its worst line.
fn address(rows: &Rows) -> Option<(String, f32)> {
    let lines = (0..ADDRESS_LINES).filter_map(|line| rows.slots.get(&Slot::Address(line)));
    let lines: Vec<_> = lines.filter_map(address_line).collect();
    let address: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    let confidence = lines.iter().map(|(_, confidence)| *confidence).fold(1.0, f32::min);
    (address.chars().count() >= 4).then_some((address, confidence))
}
