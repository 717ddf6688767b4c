//! Driving licences whose fields bear the numbers of Directive 2006/126/EC,
//! annex I (1 surname, 2 other names, 3 birth, 4a issue, 4b expiry, 4c
//! authority, 4d and 5 numbers, 8 address), which ISO/IEC 18013-1 shares.

use domain::field::{Field, Fields, Source};
use jiff::civil::Date;

use super::labels;
use super::row;
use super::value::{self, Habits};
use crate::kind;
use crate::page::{Line, Page};

/// The numbered fields, each number as printed and misread.
const NUMBERS: [(Field, &[&str]); 9] = [
    (Field::Surname, &["1"]),
    (Field::GivenNames, &["2"]),
    (Field::BirthDate, &["3"]),
    (Field::IssueDate, &["4a", "4A"]),
    (Field::ExpiryDate, &["4b", "4B", "46", "4h"]),
    (Field::IssuingAuthority, &["4c", "4C", "4e"]),
    (Field::NationalIdNumber, &["4d", "4D"]),
    (Field::DocumentNumber, &["5"]),
    (Field::Address, &["8"]),
];

/// So many numbered fields, one of them 4a or 4b, make a licence: other
/// documents number their fields too, but none has these.
const ENOUGH: usize = 4;

/// Reads a licence's numbered fields; nothing when the page is no such licence.
/// `as_of` decides the century of two-digit years.
pub fn numbered(page: &Page, as_of: Date) -> Fields {
    let habits = Habits::of(page, as_of);
    let read = |field: Field, text: &str| {
        let first = || value::of(field, &first_date(text), habits).filter(|_| is_date(field));
        value::of(field, text, habits).or_else(first)
    };
    let value = |item: &Item| read(item.field, &item.value.text);
    let values: Vec<&Line> = page.lines.iter().filter(|line| is_value(line)).collect();
    let whole = |field, line: &Line| row::whole((field, &|text| read(field, text)), line, &values);
    let mut found: Vec<Item> = Vec::new();
    for line in &page.lines {
        for item in items(line) {
            let Item { field, value } = item;
            let right = is_label(field, &value.text).then(|| right_of(line, page));
            if let Some(value) = right.unwrap_or(Some(value)) {
                found.push(Item { field, value: whole(field, &without_label(field, value)) });
            }
        }
    }
    let dated = |item: &Item| {
        matches!(item.field, Field::IssueDate | Field::ExpiryDate) && value(item).is_some()
    };
    let mut fields = Fields::default();
    if found.len() < ENOUGH || !found.iter().any(dated) {
        return fields;
    }
    // A stray 1 in the portrait numbers nothing.
    found.retain(|item| value(item).is_some());
    let numbered = found.len();
    for field in ROWS.iter().rev().chain(&ROWS) {
        let Some(line) = without_number(*field, (&found, numbered), &values) else { continue };
        let guess = Item { field: *field, value: whole(*field, line) };
        if value(&guess).is_some() {
            found.push(guess);
        }
    }
    // Without the surname's row the one below may be of either.
    if !found.iter().any(|item| item.field == Field::Surname) {
        let guessed = found.split_off(numbered);
        found.extend(guessed.into_iter().filter(|item| item.field != Field::GivenNames));
    }
    let bare = values.into_iter().filter(|line| is_bare_number(line, page, habits));
    found.extend(lone_number(&found, bare));
    for item in &found {
        if let Some(value) = value(item)
            && !fields.0.contains_key(&item.field)
        {
            fields.set(item.field, value, Source::Printed, item.value.confidence);
        }
    }
    fields
}

/// Whether a line is no field's number and no label.
fn is_value(line: &Line) -> bool {
    items(line).is_empty() && labels::find(line).is_empty()
}

/// Fields that stand each in a row of its own, in this order.
const ROWS: [Field; 4] = [Field::Surname, Field::GivenNames, Field::BirthDate, Field::IssueDate];

/// The field in the row above that of the next, or below that of the one before, where
/// its own number was not seen: a lone 1 is thin print. Of `found` the first `numbered` have
/// their numbers; beside a row that is a guess itself nothing else may stand, as given names may
/// take two rows.
fn without_number<'a>(
    field: Field,
    (found, numbered): (&[Item], usize),
    values: &[&'a Line],
) -> Option<&'a Line> {
    let at = ROWS.iter().position(|row| *row == field)?;
    let place = |field: &Field| found.iter().position(|item| item.field == *field);
    if place(&field).is_some() {
        return None;
    }
    let next = ROWS.get(at + 1).and_then(place).map(|next| (next, -1.0));
    let before = at.checked_sub(1).and_then(|at| place(&ROWS[at])).map(|before| (before, 1.0));
    let (place, down) = next.or(before)?;
    let neighbour = &found[place].value;
    let apart = |line: &Line| (line.middle() - neighbour.middle()) * down / neighbour.height();
    let beside = |line: &&Line| {
        (line.left - neighbour.left).abs() < neighbour.height()
            && (0.5..NEXT_ROW).contains(&apart(line))
            && !kind::is_title(&line.text)
            && !found.iter().any(|item| item.value.text == line.text)
    };
    let lines = values.iter().copied().filter(beside);
    let nearest = lines.min_by(|a, b| apart(a).total_cmp(&apart(b)))?;
    (place < numbered || !has_row_above(nearest, values)).then_some(nearest)
}

/// The licence's number where its own 5 was not seen: the one word of `numbers` in the column
/// of the values, below the end of validity and above the address, that has no number of its own
/// and is no list of classes (`A1/A2/A/B1/B`).
fn lone_number<'a>(found: &[Item], numbers: impl Iterator<Item = &'a Line>) -> Option<Item> {
    let field = Field::DocumentNumber;
    if found.iter().any(|item| item.field == field) {
        return None;
    }
    let place = |field| found.iter().find(|item| item.field == field).map(|item| &item.value);
    let (ends, address) = (place(Field::ExpiryDate)?, place(Field::Address)?);
    let stands = |line: &&Line| {
        let text = line.text.trim();
        let classes = text.contains('/') && text.contains(char::is_alphabetic);
        let in_column = |item: &Item| (item.value.left - line.left).abs() < line.height();
        let half = 0.5 * line.height();
        !(classes || text.contains(' '))
            && line.middle() > ends.middle() + half
            && line.middle() < address.middle() - half
            && !found.iter().any(|item| item.value == **line)
            && found.iter().any(in_column)
    };
    let mut standing = numbers.filter(stands);
    let mut value = standing.next().filter(|_| standing.next().is_none())?.clone();
    value.confidence *= UNNUMBERED;
    Some(Item { field, value })
}

/// Whether `line` may be a document's number, is no day and has no number of a field before it.
fn is_bare_number(line: &Line, page: &Page, habits: Habits) -> bool {
    value::of(Field::DocumentNumber, &line.text, habits).is_some()
        && value::day(&line.text, habits).is_none()
        && !page.lines.iter().any(|other| numbers(other, line))
}

/// Whether `label` is a number, of whatever field, left of `line` in its row.
fn numbers(label: &Line, line: &Line) -> bool {
    let text = label.text.trim_end_matches(['.', ',', ')', ':']);
    text.len() <= 3
        && text.starts_with(|c: char| c.is_ascii_digit())
        && label.left < line.left
        && (label.middle() - line.middle()).abs() < 0.5 * label.height().max(line.height())
}

/// What is left of the confidence without its number: a guess.
const UNNUMBERED: f32 = 0.9;

/// Whether another value stands in the row above, in the same column.
fn has_row_above(line: &Line, values: &[&Line]) -> bool {
    let above = |other: &&&Line| {
        let apart = (line.middle() - other.middle()) / line.height();
        (0.5..NEXT_ROW).contains(&apart)
            && (other.left - line.left).abs() < line.height()
            && !kind::is_title(&other.text)
    };
    values.iter().any(|other| above(&other))
}

/// Rows stand at most so many line heights apart: a guess.
const NEXT_ROW: f32 = 2.0;

/// Whether what follows the field's number is a label alone, or nothing: the value stands
/// right of it. A date has figures, however its label was read (`4a lss` for `4a ISS`).
fn is_label(field: Field, text: &str) -> bool {
    text.is_empty()
        || is_date(field) && !text.contains(|c: char| c.is_ascii_digit())
        || label_of(field, text) == Some(text.len())
}

/// The value without the label that North American licences print beside the number
/// (`1 LN SAMPLE`).
fn without_label(field: Field, value: Line) -> Line {
    let label = label_of(field, &value.text).and_then(|taken| value.text.get(..taken));
    match label.map(|label| label.chars().count()) {
        Some(taken) => {
            let spaces = value.text.chars().skip(taken).take_while(|c| c.is_whitespace()).count();
            value.part(taken + spaces, value.text.chars().count())
        }
        None => value,
    }
}

/// The bytes of the North American abbreviation of `field` that `text` starts with; other
/// labels may be names (Adi, Nome).
fn label_of(field: Field, text: &str) -> Option<usize> {
    let word = text.split_whitespace().next()?;
    let (_, labels) = ABBREVIATIONS.iter().find(|(of, _)| *of == field)?;
    (text.starts_with(word) && labels.contains(&word)).then_some(word.len())
}

/// AAMVA DL/ID Card Design Standard, annex A.
const ABBREVIATIONS: [(Field, &[&str]); 6] = [
    (Field::Surname, &["LN"]),
    (Field::GivenNames, &["FN"]),
    (Field::BirthDate, &["DOB"]),
    (Field::IssueDate, &["ISS"]),
    (Field::ExpiryDate, &["EXP"]),
    (Field::DocumentNumber, &["DL", "DLN"]),
];

fn is_date(field: Field) -> bool {
    matches!(field, Field::BirthDate | Field::IssueDate | Field::ExpiryDate)
}

/// A numbered field with what follows its number.
struct Item {
    field: Field,
    /// Empty text where the number stands alone.
    value: Line,
}

/// The numbered items of a line with their text: `4a. 19.01.2013 4c. DVLA` is two.
fn items(line: &Line) -> Vec<Item> {
    // Each field with the characters of its value.
    let mut items: Vec<(Field, usize, usize)> = Vec::new();
    let all: Vec<(usize, &str)> = words(&line.text).collect();
    for (index, (start, word)) in all.iter().copied().enumerate() {
        let end = start + word.chars().count();
        let next = all.get(index + 1).map_or("", |(_, word)| word);
        let number = word.trim_end_matches(['.', ',', ')', ':']);
        let marked = number.len() < word.len();
        let field = field_of(number, next).filter(|field| {
            // Inside a line a bare 1 or 5 is a number of something else.
            index == 0
                || (marked && matches!(word.chars().next(), Some('4')))
                || (marked && *field == Field::DocumentNumber)
        });
        let joined = (index == 0).then(|| joined(word).or_else(|| abbreviated(word))).flatten();
        match (field, joined, items.last_mut()) {
            (Some(field), _, _) => items.push((field, end, end)),
            (None, Some((field, rest)), _) => {
                items.push((field, end - rest.chars().count(), end));
            }
            (None, None, Some((_, from, to))) => {
                if from == to {
                    *from = start;
                }
                *to = end;
            }
            (None, None, None) => {}
        }
    }
    let item = |(field, from, to)| Item { field, value: line.part(from, to) };
    items.into_iter().map(item).collect()
}

/// The words of `text`, each with the number of its first character.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let start = at;
        at += word.chars().count() + 1;
        (!word.is_empty()).then_some((start, word))
    })
}

/// The field of a number before the word `next`. In Europe 4d is a number that the state gives
/// its holder; in North America it is the licence's, and 5 another that each card has anew (DD,
/// the document discriminator).
fn field_of(number: &str, next: &str) -> Option<Field> {
    let known = NUMBERS.iter().find(|(_, writings)| writings.contains(&number));
    match known.map(|(field, _)| *field)? {
        Field::NationalIdNumber if matches!(next, "DL" | "DLN") => Some(Field::DocumentNumber),
        // Another American label (`LIC NO`, `DL:`).
        Field::NationalIdNumber if !next.contains(|c: char| c.is_ascii_digit()) => None,
        Field::DocumentNumber if next.starts_with("DD") => None,
        field => Some(field),
    }
}

/// `1.SMITH`: a number, its full stop and the value in one word.
fn joined(word: &str) -> Option<(Field, &str)> {
    let (number, rest) = word.split_once('.')?;
    let is_date = rest.starts_with(|c: char| c.is_ascii_digit()) && number.len() == 1;
    let field = field_of(number, rest).filter(|field| !is_date || *field == Field::BirthDate)?;
    // 3.12.1974 is a date, 3.02.12.1974 is the third field.
    let whole = !is_date || rest.matches(['.', '/', '-']).count() == 2;
    (whole && !rest.is_empty()).then_some((field, rest))
}

/// `2FN` and `4dDLT64235`: a number and the North American abbreviation in one word, with what
/// follows them.
fn abbreviated(word: &str) -> Option<(Field, &str)> {
    ABBREVIATIONS.iter().find_map(|(field, labels)| {
        let numbers = NUMBERS.iter().find(|(of, _)| of == field)?.1;
        let fourth = ["4d", "4D"];
        let number = numbers.iter().chain(&fourth).find(|number| word.starts_with(**number))?;
        let rest = word.strip_prefix(*number)?;
        let label =
            labels.iter().filter(|label| rest.starts_with(**label)).max_by_key(|l| l.len())?;
        let value = rest.strip_prefix(*label)?;
        // 1LNOWAK may be a name that begins so.
        let parted = value.is_empty() || value.contains(|c: char| c.is_ascii_digit());
        parted.then_some((*field, value))
    })
}

/// The line that starts right of `line` in its row. Boxes are wider than their print, so that two
/// close ones overlap: it starts after the middle of `line`.
fn right_of(line: &Line, page: &Page) -> Option<Line> {
    let follows = |other: &&Line| {
        (other.middle() - line.middle()).abs() < 0.5 * line.height().max(other.height())
            && other.left > f32::midpoint(line.left, line.right)
            && other.left - line.right < 6.0 * line.height()
    };
    let next = page.lines.iter().filter(follows).min_by(|a, b| a.left.total_cmp(&b.left))?;
    Some(next.clone())
}

/// The first word with figures and separators: a label may stand before it, the place of
/// birth after it.
fn first_date(text: &str) -> String {
    let dated = |word: &&str| word.bytes().filter(u8::is_ascii_digit).count() >= 6;
    text.split_whitespace().find(dated).unwrap_or(text).to_owned()
}
