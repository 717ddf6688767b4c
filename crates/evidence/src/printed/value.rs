//! What a printed text gives a field; `None` when it cannot be its value.

use domain::document::Country;
use domain::field::Field;
use jiff::civil::Date;
use matching::dates::{DateContext, DateKind, NumericOrder, parse_printed};

use super::labels::is_han;
use super::unclaimed::unclaimed;
use crate::kind;
use crate::page::{Line, Page};

/// How the page's issuer writes dates, and the day they are read on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    as_of: Date,
    order: NumericOrder,
}

impl Habits {
    /// The habits of the page's issuer, month first in the United States only: by its name,
    /// where that is no one's nationality, and by words that are spelled so there alone.
    pub(super) fn of(page: &Page, as_of: Date) -> Self {
        let american = ["UNITEDSTATESOFAMERICA", "DRIVERLICENSE", "DRIVERSLICENSE", "USDEPARTMENT"];
        let says_so = |line: &&Line| {
            let letters = line.text.chars().filter(|c| c.is_alphabetic());
            let text: String = letters.flat_map(char::to_uppercase).collect();
            american.iter().any(|words| text.contains(words))
        };
        let month_first = unclaimed(page).iter().any(says_so)
            || kind::named(page).is_some_and(|issuer| issuer.as_str() == "USA");
        let order = if month_first { NumericOrder::MonthFirst } else { NumericOrder::DayFirst };
        Self { as_of, order }
    }

    /// The text without a date at its end: authority and date of issue or
    /// expiry often stand in one row and are read as one line.
    fn without_date(self, text: &str) -> &str {
        let starts = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
        let dated = |at: &usize| {
            let rest = text.get(*at..).unwrap_or_default().trim();
            let digits = rest.bytes().filter(u8::is_ascii_digit).count();
            rest.starts_with(|c: char| c.is_ascii_digit())
                && digits >= 4
                && self.date(rest, DateKind::Expiry).is_some()
        };
        starts.into_iter().find(dated).and_then(|at| text.get(..at)).unwrap_or(text)
    }

    fn date(self, text: &str, kind: DateKind) -> Option<String> {
        let context = DateContext { kind, as_of: self.as_of, order: self.order };
        Some(parse_printed(text, context)?.to_string())
    }
}

/// The value of `field` that `text` prints, normalised as the field says.
pub(super) fn of(field: Field, text: &str, habits: Habits) -> Option<String> {
    match field {
        Field::Surname | Field::GivenNames | Field::FullName => name(text),
        Field::FullNameNative => native_name(text),
        Field::DocumentNumber | Field::NationalIdNumber => number(text),
        Field::BirthDate => habits.date(text, DateKind::Birth),
        Field::IssueDate => habits.date(text, DateKind::Issue),
        Field::ExpiryDate => expiry(text, habits),
        Field::Sex => sex(text),
        Field::Nationality | Field::IssuingCountry => code(text),
        Field::Ethnicity => None,
        Field::Address => free(text),
        Field::IssuingAuthority => free(habits.without_date(text)),
    }
}

/// The day that `text` is, whatever it is the day of.
pub(super) fn day(text: &str, habits: Habits) -> Option<String> {
    habits.date(text, DateKind::Issue)
}

/// The last day of a period (`2019-03-12至2029-03-12`, `2019.03.12-2029.03.12`), or the
/// one date there is; 长期 is without end.
fn expiry(text: &str, habits: Habits) -> Option<String> {
    let date = |text: &str| habits.date(text, DateKind::Expiry);
    let last = text.rsplit('至').next().unwrap_or(text);
    if last.contains("长期") || is_without_end(last) {
        return Some("long_term".to_owned());
    }
    let period = last.split_once(['-', '–', '—']).and_then(|(from, to)| date(from).and(date(to)));
    period.or_else(|| date(last))
}

/// Spain ends the cards of the old in the year 9999 (01-01-9999); Poland's old licences and
/// Indonesia's cards say so in words.
fn is_without_end(text: &str) -> bool {
    let text = text.trim().to_uppercase();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let last_year = digits.len() == 8 && digits.ends_with("9999");
    let dated = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '/'));
    last_year && dated || matches!(text.as_str(), "BEZTERMINOWO" | "SEUMUR HIDUP")
}

/// The first day of a period; `None` for a date alone.
pub(super) fn beginning(text: &str, habits: Habits) -> Option<String> {
    let date = |text: &str, kind| habits.date(text, kind);
    let (from, to) = text.split_once(['至', '–', '—']).or_else(|| text.split_once('-'))?;
    let ends = to.contains("长期") || date(to, DateKind::Expiry).is_some();
    date(from, DateKind::Issue).filter(|_| ends)
}

/// Letters, with what joins the parts of a name. Of two writings beside each
/// other (ТКАЧЕНКО/TKACHENKO) the Latin one.
pub(super) fn name(text: &str) -> Option<String> {
    let joins = |c: char| matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',');
    let shaped = |part: &&str| {
        let letters = part.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && part.chars().all(|c| c.is_alphabetic() || joins(c)) && is_latin(part)
    };
    let name = text.split('/').map(str::trim).rfind(shaped)?;
    let name = name.trim_matches(|c: char| !c.is_alphabetic() && c != '.');
    Some(with_capital_i(name))
}

/// A bar that begins a name is a capital I and no small l (`loana`); particles such as `la` are
/// shorter.
fn with_capital_i(name: &str) -> String {
    let capital = |word: &str| {
        let rest = word.strip_prefix('l')?;
        let letters = rest.chars().take_while(|c| c.is_alphabetic()).count();
        (letters >= 3).then(|| format!("I{rest}"))
    };
    let words = name.split_inclusive([' ', '-']);
    words.map(|word| capital(word).unwrap_or_else(|| word.to_owned())).collect()
}

fn is_latin(text: &str) -> bool {
    let latin = |c: char| matches!(c, '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}');
    text.chars().filter(|c| c.is_alphabetic()).all(latin)
}

/// Two or more characters of a script other than Latin.
fn native_name(text: &str) -> Option<String> {
    let name: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let own = name.chars().all(|c| c == '·' || (c.is_alphabetic() && !is_latin(&c.to_string())));
    (own && name.chars().count() >= 2).then_some(name)
}

/// Figures and capitals, the spaces left out: at least three figures, or eight and more
/// characters in one word with a figure (a German number is drawn from figures and
/// consonants, and may have few figures).
fn number(text: &str) -> Option<String> {
    // What was read of a Chinese label belongs to no number.
    let number: String = text
        .trim_start_matches(|c: char| c >= '\u{2e80}')
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '/'))
        .flat_map(char::to_uppercase)
        .collect();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let shaped = number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let drawn = digits >= 1
        && (8..=10).contains(&number.len())
        && !text.trim().contains(|c: char| c == ' ' || c.is_lowercase());
    (shaped && (5..=20).contains(&number.len()) && (digits >= 3 || drawn)).then_some(number)
}

/// ICAO's letter: alone, or after the issuer's (K/F), or the whole word.
fn sex(text: &str) -> Option<String> {
    let last = text.split('/').map(str::trim).next_back()?;
    let sex = match last.to_uppercase().as_str() {
        "M" | "MALE" | "男" => "M",
        "F" | "FEMALE" | "女" => "F",
        "X" => "X",
        _ => return None,
    };
    Some(sex.to_owned())
}

/// A code of three letters as ICAO Doc 9303-3 gives, a state or its nationals; 中国 on
/// Chinese documents.
fn code(text: &str) -> Option<String> {
    if text.starts_with("中国") || text.to_uppercase().contains("CHINESE") {
        return Some("CHN".to_owned());
    }
    let codes = text.split('/').map(str::trim);
    let mut codes =
        codes.filter(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_uppercase()));
    let coded = codes.next_back().and_then(|code| Country::parse(code).ok());
    coded.or_else(|| kind::nationality(text)).map(String::from)
}

/// An address with the spaces that small print often loses: after a comma, and after the number
/// of a house (`212LINDENALLEE`, but `4TH`). Chinese ones have neither.
pub(super) fn spaced(address: &str) -> String {
    if address.chars().any(is_han) {
        return address.to_owned();
    }
    let parts = address.split([',', '，']).map(str::trim).filter(|part| !part.is_empty());
    let parted = |word: &str| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &word[..word.len() - letters.len()];
        let name = letters.chars().take_while(|c| c.is_alphabetic()).count() >= 3;
        if number.is_empty() || !name { word.to_owned() } else { format!("{number} {letters}") }
    };
    let parts = parts.map(|part| part.split(' ').map(parted).collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join(", ")
}

/// `text` with an O where a nought was read in a word (`0STERBY`).
pub(super) fn without_noughts(text: &str) -> String {
    let word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let noughts = word.chars().filter(char::is_ascii_digit).all(|c| c == '0');
        if noughts && letters >= 3 { word.replace('0', "O") } else { word.to_owned() }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Any text with two letters.
fn free(text: &str) -> Option<String> {
    let text = text.trim();
    (text.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| text.to_owned())
}
