//! What the lines of a zone mean.

use jiff::civil::Date;
use matching::dates::{DateKind, PartialDate, parse_mrz};
use serde::{Deserialize, Serialize};

use super::format::{CheckDigit, Format, Grammar};
use super::symbol::Symbol;

/// The fields of a machine-readable zone.
///
/// A field that is empty, or that does not have the form that the standard
/// asks for, is `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MrzFields {
    /// One or two letters or digits that say what document it is.
    pub document_code: Option<String>,
    /// The issuing state or organisation, ICAO Doc 9303-3 section 5; `D` is
    /// written `DEU`.
    pub issuing_country: Option<String>,
    /// The primary identifier, words parted by spaces.
    pub surname: Option<String>,
    /// The secondary identifier, words parted by spaces; cut off where the
    /// zone had no more room.
    pub given_names: Option<String>,
    /// The whole number, also where it is longer than its field.
    pub document_number: Option<String>,
    /// The nationality, in the same codes as the issuing country.
    pub nationality: Option<String>,
    /// The birth date, as far as it is known.
    pub birth_date: Option<PartialDate>,
    /// `M`, `F`, or `X` for unspecified.
    pub sex: Option<char>,
    /// The last day of validity.
    pub expiry_date: Option<PartialDate>,
    /// Optional data; in passports often a personal number.
    pub optional: Option<String>,
    /// The second field of optional data on cards of format TD1.
    pub further_optional: Option<String>,
}

/// A text that is not a machine-readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The number and length of the lines are of no format.
    #[error(
        "{lines} lines, the longest of {longest} characters, are no machine-readable zone: \
         it has 3 lines of 30, 2 lines of 36 or 44, or 1 of 30"
    )]
    Shape {
        /// How many lines there are.
        lines: usize,
        /// The length of the longest.
        longest: usize,
    },
    /// A character that no zone has.
    #[error(
        "line {line} has {character:?} in column {column}: a machine-readable zone has only A-Z, 0-9 and <"
    )]
    Character {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What stands there.
        character: char,
    },
}

/// A zone given as text.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedMrz {
    /// Its format.
    pub format: Format,
    /// Its fields.
    pub fields: MrzFields,
    /// The check digits that do not hold.
    pub failing: Vec<CheckDigit>,
}

/// Reads a zone from its lines as text, changing nothing.
///
/// `as_of` decides the century of two-digit years.
///
/// # Errors
///
/// When the lines have the shape of no format, or hold another character than
/// A–Z, 0–9 and `<`. Wrong check digits are a finding.
pub fn parse<S: AsRef<str>>(lines: &[S], as_of: Date) -> Result<ParsedMrz, ParseError> {
    let mut zone = Vec::new();
    let mut lengths = Vec::new();
    for (index, line) in lines.iter().enumerate().take(4) {
        for (column, character) in line.as_ref().chars().enumerate().take(45) {
            let unknown = ParseError::Character { line: index + 1, column: column + 1, character };
            zone.push(Symbol::of(character).ok_or(unknown)?);
        }
        lengths.push(line.as_ref().chars().take(45).count());
    }
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let shape = ParseError::Shape { lines: lines.len(), longest };
    let visa = zone.first().map(|symbol| symbol.character()) == Some('V');
    let format = Format::ALL
        .into_iter()
        .find(|format| {
            lengths.len() == format.line_count()
                && lengths.iter().all(|length| *length == format.line_length())
                && format.is_visa() == (visa && format.line_count() == 2)
        })
        .ok_or(shape)?;
    let grammar = Grammar::written(format, &zone);
    let failing = grammar.failing(&zone);
    Ok(ParsedMrz { format, fields: MrzFields::of(&grammar, &zone, as_of), failing })
}

impl MrzFields {
    /// The fields of `zone`, all lines in one.
    pub(super) fn of(grammar: &Grammar, zone: &[Symbol], as_of: Date) -> Self {
        let text: Vec<char> = zone.iter().map(|symbol| symbol.character()).collect();
        let cut = |range: std::ops::Range<usize>| -> String {
            text.get(range).unwrap_or_default().iter().collect()
        };
        let places = &grammar.places;
        let (surname, given_names) = names(&cut(places.names.clone()));
        let date =
            |range: &std::ops::Range<usize>, kind| parse_mrz(&cut(range.clone()), kind, as_of);
        // Only citizens of China get its exit–entry permit, and no one else issues it.
        let of_china = || (grammar.format == Format::ExitEntryPermit).then(|| "CHN".to_owned());
        let rest = grammar.overflow.map_or(0, |count| count + 1);
        let number = cut(places.number.clone())
            + &cut(places.optional.start..places.optional.start + rest.saturating_sub(1));
        let optional = cut(places.optional.start + rest..places.optional.end);
        Self {
            document_code: filled(&cut(0..2)),
            issuing_country: country(&cut(places.issuer.clone())).or_else(of_china),
            surname,
            given_names,
            document_number: filled(&number),
            nationality: country(&cut(places.nationality.clone())).or_else(of_china),
            birth_date: date(&places.birth, DateKind::Birth),
            sex: places.sex.and_then(|place| sex(*text.get(place)?)),
            expiry_date: date(&places.expiry, DateKind::Expiry),
            optional: filled(&optional),
            further_optional: filled(&cut(places.further.clone())),
        }
    }
}

/// `text` without the fillers around it; fillers inside stay, for they may
/// stand for a hyphen or a space.
fn filled(text: &str) -> Option<String> {
    let text = text.trim_matches('<');
    (!text.is_empty()).then(|| text.to_owned())
}

fn country(text: &str) -> Option<String> {
    let code = text.trim_end_matches('<');
    let letters = code.chars().all(|c| c.is_ascii_uppercase());
    match code {
        "D" => Some("DEU".to_owned()),
        _ => (letters && code.len() == 3).then(|| code.to_owned()),
    }
}

fn sex(printed: char) -> Option<char> {
    match printed {
        known @ ('M' | 'F') => Some(known),
        '<' | 'X' => Some('X'),
        _ => None,
    }
}

/// The primary and secondary identifier of a names field.
fn names(field: &str) -> (Option<String>, Option<String>) {
    let field = field.trim_end_matches('<');
    let (primary, secondary) = field.split_once("<<").unwrap_or((field, ""));
    let words = |part: &str| {
        let words: Vec<&str> = part.split('<').filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    (words(primary), words(secondary))
}
