//! The layouts of the zone: what may stand where, and which check digit
//! covers what.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::symbol::{Class, Symbol, weight};

/// A layout of the machine-readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Card of credit-card size, 3 × 30 (ICAO Doc 9303-5).
    #[serde(rename = "TD1")]
    Td1,
    /// Document of 105 × 74 mm, 2 × 36 (ICAO Doc 9303-6).
    #[serde(rename = "TD2")]
    Td2,
    /// Passport, 2 × 44 (ICAO Doc 9303-4).
    #[serde(rename = "TD3")]
    Td3,
    /// Visa that fills a passport page, 2 × 44 (ICAO Doc 9303-7).
    #[serde(rename = "MRV-A")]
    MrvA,
    /// Smaller visa, 2 × 36 (ICAO Doc 9303-7).
    #[serde(rename = "MRV-B")]
    MrvB,
    /// Exit–entry permit of China to Hong Kong and Macao or to Taiwan, 1 × 30: no
    /// standard is published. What stands where is how public readers of these
    /// cards take the line apart; no real card was at hand to check it.
    #[serde(rename = "EEP")]
    ExitEntryPermit,
}

/// A check digit of the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckDigit {
    /// Over the document number.
    DocumentNumber,
    /// Over the birth date.
    BirthDate,
    /// Over the expiry date.
    ExpiryDate,
    /// Over a passport's personal number or other optional data.
    PersonalNumber,
    /// Over all of these and their check digits.
    Composite,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] =
        [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB, Self::ExitEntryPermit];

    /// The standard's name: `TD1`, `TD2`, `TD3`, `MRV-A` or `MRV-B`; or `EEP`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRV-A",
            Self::MrvB => "MRV-B",
            Self::ExitEntryPermit => "EEP",
        }
    }

    /// How many lines it has.
    pub const fn line_count(self) -> usize {
        match self {
            Self::Td1 => 3,
            Self::ExitEntryPermit => 1,
            _ => 2,
        }
    }

    /// How many characters a line has.
    pub const fn line_length(self) -> usize {
        match self {
            Self::Td1 | Self::ExitEntryPermit => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// Whether it is a visa, whose document code begins with V and which has
    /// no composite check digit.
    pub const fn is_visa(self) -> bool {
        matches!(self, Self::MrvA | Self::MrvB)
    }

    /// The places of the fields.
    pub(super) fn places(self) -> Places {
        let second = self.line_length();
        let (number, optional_end) = match self {
            Self::Td1 => return Places::TD1,
            Self::ExitEntryPermit => return Places::EXIT_ENTRY_PERMIT,
            Self::Td2 => (second, second + 35),
            Self::Td3 => (second, second + 42),
            Self::MrvA | Self::MrvB => (second, 2 * second),
        };
        Places {
            issuer: 2..5,
            names: 5..second,
            number: number..number + 9,
            nationality: second + 10..second + 13,
            birth: second + 13..second + 19,
            sex: Some(second + 20),
            expiry: second + 21..second + 27,
            optional: second + 28..optional_end,
            further: 0..0,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where the fields are, counted through all lines as if they were one; empty
/// where a format has none. The document code is always at 0..2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) issuer: Range<usize>,
    pub(super) names: Range<usize>,
    pub(super) number: Range<usize>,
    pub(super) nationality: Range<usize>,
    pub(super) birth: Range<usize>,
    pub(super) sex: Option<usize>,
    pub(super) expiry: Range<usize>,
    pub(super) optional: Range<usize>,
    /// TD1's second field of optional data; empty elsewhere.
    pub(super) further: Range<usize>,
}

impl Places {
    const TD1: Self = Self {
        issuer: 2..5,
        names: 60..90,
        number: 5..14,
        nationality: 45..48,
        birth: 30..36,
        sex: Some(37),
        expiry: 38..44,
        optional: 15..30,
        further: 48..59,
    };

    const EXIT_ENTRY_PERMIT: Self = Self {
        issuer: 0..0,
        names: 0..0,
        number: 2..11,
        nationality: 0..0,
        birth: 21..27,
        sex: None,
        expiry: 13..19,
        optional: 0..0,
        further: 0..0,
    };
}

/// What a check digit covers, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) check: CheckDigit,
    /// The places that count, in order.
    pub(super) places: Vec<usize>,
    /// The place of the digit itself, after all that it covers.
    pub(super) digit: usize,
}

impl Cover {
    fn new(check: CheckDigit, ranges: &[Range<usize>], digit: usize) -> Self {
        Self { check, places: ranges.iter().cloned().flatten().collect(), digit }
    }

    /// The digit that `zone` should have here; `None` when `zone` is too short.
    pub(super) fn expected(&self, zone: &[Symbol]) -> Option<Symbol> {
        let mut sum = 0;
        for (index, &place) in self.places.iter().enumerate() {
            sum += weight(index) * zone.get(place)?.value();
        }
        Some(Symbol::digit(sum))
    }

    /// Whether the digit printed in `zone` is the right one. A passport whose
    /// optional data is empty may have a filler for its digit (9303-4, 4.2.2).
    pub(super) fn holds(&self, zone: &[Symbol]) -> bool {
        let printed = zone.get(self.digit).copied();
        let empty = || self.places.iter().all(|&place| zone.get(place) == Some(&Symbol::FILLER));
        printed.is_some() && printed == self.expected(zone)
            || self.check == CheckDigit::PersonalNumber
                && printed == Some(Symbol::FILLER)
                && empty()
    }
}

/// A format with, for TD1 and TD2, where a long document number ends: its
/// first nine characters stand in their usual place, a filler in place of
/// their check digit, the rest and the check digit over all of it at the
/// beginning of the optional data (9303-5 and 9303-6, note j).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grammar {
    pub(super) format: Format,
    pub(super) places: Places,
    /// How many characters of a long number stand in the optional data.
    pub(super) overflow: Option<usize>,
    /// Ordered by the place of the digit; the composite digit last.
    pub(super) covers: Vec<Cover>,
    /// What may stand where, through all lines.
    pub(super) classes: Vec<Class>,
}

impl Grammar {
    /// The usual grammar of `format`, all numbers in their own places.
    pub(super) fn of(format: Format) -> Self {
        Self::with_overflow(format, None)
    }

    /// Every grammar of `format`: the usual one, then those of long numbers.
    pub(super) fn all(format: Format) -> Vec<Self> {
        let longest = match format {
            Format::Td1 | Format::Td2 => format.places().optional.len() - 1,
            _ => 0,
        };
        std::iter::once(Self::of(format))
            .chain((1..=longest).map(|count| Self::with_overflow(format, Some(count))))
            .collect()
    }

    /// The grammar that `zone`, of `format`, is written in.
    pub(super) fn written(format: Format, zone: &[Symbol]) -> Self {
        let places = format.places();
        let at = |place: usize| zone.get(place).copied().unwrap_or(Symbol::FILLER);
        let rest = places.optional.clone().take_while(|&place| at(place) != Symbol::FILLER).count();
        let long = matches!(format, Format::Td1 | Format::Td2)
            && at(places.number.end) == Symbol::FILLER
            && rest >= 2;
        Self::with_overflow(format, long.then(|| rest - 1))
    }

    fn with_overflow(format: Format, overflow: Option<usize>) -> Self {
        let places = format.places();
        let covers = covers(format, &places, overflow);
        let classes = classes(format, &places, overflow);
        Self { format, places, overflow, covers, classes }
    }

    /// The check digits that do not hold in `zone`.
    pub(super) fn failing(&self, zone: &[Symbol]) -> Vec<CheckDigit> {
        self.covers.iter().filter(|cover| !cover.holds(zone)).map(|cover| cover.check).collect()
    }

    /// The class of each place of line `index`.
    pub(super) fn line(&self, index: usize) -> &[Class] {
        let length = self.format.line_length();
        &self.classes[index * length..(index + 1) * length]
    }
}

fn covers(format: Format, places: &Places, overflow: Option<usize>) -> Vec<Cover> {
    let date =
        |check, place: &Range<usize>| Cover::new(check, std::slice::from_ref(place), place.end);
    let number = match overflow {
        None => date(CheckDigit::DocumentNumber, &places.number),
        Some(count) => {
            let rest = places.optional.start..places.optional.start + count;
            let digit = rest.end;
            Cover::new(CheckDigit::DocumentNumber, &[places.number.clone(), rest], digit)
        }
    };
    let mut covers = vec![
        number,
        date(CheckDigit::BirthDate, &places.birth),
        date(CheckDigit::ExpiryDate, &places.expiry),
    ];
    let with_digit = |place: &Range<usize>| place.start..place.end + 1;
    match format {
        Format::Td1 => {
            let ranges = [5..30, with_digit(&places.birth), with_digit(&places.expiry), 48..59];
            covers.push(Cover::new(CheckDigit::Composite, &ranges, 59));
        }
        Format::Td2 | Format::Td3 => {
            if format == Format::Td3 {
                covers.push(date(CheckDigit::PersonalNumber, &places.optional));
            }
            let digit = 2 * format.line_length() - 1;
            let ranges =
                [with_digit(&places.number), with_digit(&places.birth), places.expiry.start..digit];
            covers.push(Cover::new(CheckDigit::Composite, &ranges, digit));
        }
        Format::ExitEntryPermit => {
            let ranges = [&places.number, &places.expiry, &places.birth].map(with_digit);
            covers.push(Cover::new(CheckDigit::Composite, &ranges, 29));
        }
        Format::MrvA | Format::MrvB => {}
    }
    covers.sort_by_key(|cover| cover.digit);
    covers
}

fn classes(format: Format, places: &Places, overflow: Option<usize>) -> Vec<Class> {
    let text = Class::LETTERS.or(Class::FILLER);
    let mut classes = vec![Class::ANY; format.line_count() * format.line_length()];
    let mut set = |range: Range<usize>, class: Class| classes[range].fill(class);
    // Codes: 9303-4 to 9303-7; C for crew certificates, A for other cards.
    set(
        0..1,
        Class::of(match format {
            Format::Td1 | Format::Td2 => "ACI",
            Format::Td3 => "P",
            Format::MrvA | Format::MrvB => "V",
            Format::ExitEntryPermit => "C",
        }),
    );
    for words in [&places.issuer, &places.names, &places.nationality] {
        set(words.clone(), text);
        set(words.start..words.end.min(words.start + 1), Class::LETTERS);
    }
    if let Some(sex) = places.sex {
        set(sex..sex + 1, Class::of("MFX<"));
    }
    set_dates(&mut classes, places);
    let mut set = |range: Range<usize>, class: Class| classes[range].fill(class);
    let number_digit = places.number.end..places.number.end + 1;
    match overflow {
        None => set(number_digit, Class::DIGITS),
        Some(count) => {
            let digit = places.optional.start + count;
            set(number_digit, Class::FILLER);
            set(places.optional.start..digit, Class::DIGITS.or(Class::LETTERS));
            set(digit..digit + 1, Class::DIGITS);
            if digit + 1 < places.optional.end {
                set(digit + 1..digit + 2, Class::FILLER);
            }
        }
    }
    match format {
        Format::Td3 => {
            set(places.optional.end..places.optional.end + 1, Class::DIGITS.or(Class::FILLER));
            set(87..88, Class::DIGITS);
        }
        Format::Td1 => set(59..60, Class::DIGITS),
        Format::Td2 => set(71..72, Class::DIGITS),
        Format::ExitEntryPermit => set_permit(&mut classes),
        Format::MrvA | Format::MrvB => {}
    }
    classes
}

fn set_dates(classes: &mut [Class], places: &Places) {
    let mut set = |range: Range<usize>, class: Class| classes[range].fill(class);
    for date in [&places.birth, &places.expiry] {
        let unknown = |digits: &str| Class::of(digits).or(Class::FILLER);
        set(date.clone(), unknown("0123456789"));
        set(date.start + 2..date.start + 3, unknown("01"));
        set(date.start + 4..date.start + 5, unknown("0123"));
        set(date.end..date.end + 1, Class::DIGITS);
    }
}

/// An exit–entry permit's code, number, whole dates and fillers. Were parts of its dates unknown,
/// hardly anything would be left that tells it from the first line of a card.
fn set_permit(classes: &mut [Class]) {
    for date in [Places::EXIT_ENTRY_PERMIT.birth, Places::EXIT_ENTRY_PERMIT.expiry] {
        for class in &mut classes[date] {
            *class = class.without(Class::FILLER);
        }
    }
    let mut set = |range: Range<usize>, class: Class| classes[range].fill(class);
    // S to Hong Kong and Macao, D to Taiwan.
    set(1..2, Class::of("SD"));
    set(2..3, Class::LETTERS);
    set(3..4, Class::LETTERS.or(Class::DIGITS));
    set(4..11, Class::DIGITS);
    for filler in [12, 20, 28] {
        set(filler..filler + 1, Class::FILLER);
    }
    set(29..30, Class::DIGITS);
}
