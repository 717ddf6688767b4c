//! Dates as documents print them, with no more precision than is printed.

mod months;
mod mrz;
mod printed;
mod validity;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use mrz::parse_mrz;
pub use printed::{DateContext, NumericOrder, parse_printed};
pub use validity::{ValidUntil, parse_validity};

/// A date that may be printed without its day, or without day and month.
///
/// Its text, in both directions, is `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// A text that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or no such day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a date is written YYYY-MM-DD, YYYY-MM or YYYY and must exist, unlike {:?}",
            self.0
        )
    }
}

impl std::error::Error for NotADate {}

/// What a date is of: it decides the century of a two-digit year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// Birth: the latest century that is not in the future.
    Birth,
    /// Issue: likewise.
    Issue,
    /// Expiry: the century that brings it nearest to today.
    Expiry,
}

impl PartialDate {
    /// Years that a living document can print.
    const YEARS: std::ops::RangeInclusive<i16> = 1850..=2199;

    /// A date with what is known of it; `None` when there is no such date, a
    /// day stands without its month, or the year is not from 1850 to 2199.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !Self::YEARS.contains(&year) {
            return None;
        }
        match (month, day) {
            (Some(month), day) => drop(Date::new(year, month, day.unwrap_or(1)).ok()?),
            (None, Some(_)) => return None,
            (None, None) => {}
        }
        Some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, when it is known.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, when it is known.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The day, when the date is known in full.
    pub fn exact(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("every part was checked when the date was made")
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, _) => first.last_of_year(),
        }
    }

    /// Whether `day` is one that it can mean.
    pub fn may_be(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// Whether both can mean the same day: every part that both know is equal.
    pub fn agrees_with(self, other: Self) -> bool {
        let parts = |a: Option<i8>, b: Option<i8>| a.zip(b).is_none_or(|(a, b)| a == b);
        self.year == other.year && parts(self.month, other.month) && parts(self.day, other.day)
    }

    /// The date with the two-digit `year` in the century that `kind` asks for.
    fn in_century(
        year: i16,
        month: Option<i8>,
        day: Option<i8>,
        kind: DateKind,
        as_of: Date,
    ) -> Option<Self> {
        let century = as_of.year() / 100 * 100;
        let mut candidates = [century - 100, century, century + 100]
            .into_iter()
            .filter_map(|century| Self::new(century + year, month, day));
        match kind {
            // A birth in the future would be a misreading, a birth today is not.
            DateKind::Birth | DateKind::Issue => candidates.rfind(|date| date.first_day() <= as_of),
            DateKind::Expiry => {
                candidates.min_by_key(|date| (i32::from(date.year) - i32::from(as_of.year())).abs())
            }
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let refused = || NotADate(text.chars().take(40).collect());
        let widths = [4, 2, 2];
        let mut parts = [None; 3];
        for (index, part) in text.split('-').enumerate() {
            let width = *widths.get(index).ok_or_else(refused)?;
            if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(refused());
            }
            parts[index] = part.parse::<i16>().ok();
        }
        let [Some(year), month, day] = parts else { return Err(refused()) };
        Self::new(year, month.map(|m| m as i8), day.map(|d| d as i8)).ok_or_else(refused)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

/// Full years between `birth` and `today`; a birthday on 29 February falls on
/// 1 March in common years. Negative when the birth is in the future.
pub fn age(birth: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    today.year() - birth.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests;
