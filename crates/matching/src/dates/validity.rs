//! The validity period of a Chinese resident identity card.

use jiff::civil::Date;

use super::{DateContext, DateKind, NumericOrder, PartialDate, parse_printed};

/// The end of a validity period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidUntil {
    /// The last valid day.
    Date(PartialDate),
    /// 长期: no end.
    LongTerm,
}

/// Reads a period such as `2006.03.19-2026.03.19` or `2015.07.15-长期`
/// (GA 461, the card's 有效期限). Dashes and dots may be missing, as text
/// recognition drops them; what is left must be two whole dates, or one and 长期.
pub fn parse_validity(text: &str) -> Option<(PartialDate, ValidUntil)> {
    let long_term = text.contains("长期") || text.contains("長期");
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    // Eight digits carry their century, so today's date has no part in it.
    let context =
        DateContext { kind: DateKind::Issue, as_of: Date::MAX, order: NumericOrder::YearFirst };
    let date = |digits: &[char]| parse_printed(&digits.iter().collect::<String>(), context);
    match (digits.len(), long_term) {
        (8, true) => Some((date(&digits)?, ValidUntil::LongTerm)),
        (16, false) => {
            let (from, until) = (date(&digits[..8])?, date(&digits[8..])?);
            (from.first_day() < until.first_day()).then_some((from, ValidUntil::Date(until)))
        }
        _ => None,
    }
}
