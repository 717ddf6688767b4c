//! The day of issue where its label was not read.

use std::collections::BTreeMap;

use domain::field::{Field, Fields};
use jiff::civil::Date;

use super::candidates::is_zone;
use super::value::{self, Habits};
use crate::page::{Line, Page};

/// What is left of the confidence without a label: a guess.
const UNLABELLED: f32 = 0.9;

/// At most so many figures stand in a row in a day with its spaces, one of which may have been lost.
const RUN: usize = 6;

/// The one day on a page that is neither the birth nor the end of validity, on a side that has a
/// machine-readable zone: labels are the smallest print. Where those two are not both printed, or
/// not both read, the document must be valid for whole years from that day on. With its
/// confidence; `None` where the day of issue is known, or could not be this day. `as_of` decides
/// the century of two-digit years.
///
/// Of 24 tuning photographs of passports 13 gave the day of issue by its label; 23 with this and
/// with labels that lost their first words.
pub(super) fn unlabelled(
    page: &Page,
    (fields, zone): (&Fields, &Fields),
    as_of: Date,
) -> Option<(String, f32)> {
    if fields.0.contains_key(&Field::IssueDate) {
        return None;
    }
    let habits = Habits::of(page, as_of);
    let lines = page.lines.iter().filter(|line| !is_zone(line));
    let whole = |day: &String| day.parse::<Date>().is_ok();
    // So many figures in a row are a number.
    let figures = |c: char| !c.is_ascii_digit();
    let parted = |text: &str| text.split(figures).all(|run| run.len() <= RUN);
    let dated = |line: &Line| {
        let day = value::day(&line.text, habits).filter(whole);
        day.filter(|_| parted(line.text.trim()))
    };
    let mut days: BTreeMap<String, f32> =
        lines.filter_map(|line| Some((dated(line)?, line.confidence))).collect();
    let known = |field| fields.value(field).or_else(|| zone.value(field));
    let (born, ends) = (known(Field::BirthDate)?, known(Field::ExpiryDate)?);
    let both = [born, ends].map(|known| days.remove(known).is_some()) == [true; 2];
    let (day, confidence) = days.pop_first().filter(|_| days.is_empty())?;
    // Days as ISO 8601 writes them are in the order of their texts.
    let may_be = born < day.as_str() && day.as_str() < ends && day <= as_of.to_string();
    let is = may_be && (both || lasts_whole_years(&day, ends));
    is.then_some((day, confidence * UNLABELLED))
}

/// Whether `ends` is the day that `from` is, years later, or the day before it.
fn lasts_whole_years(from: &str, ends: &str) -> bool {
    let [Ok(from), Ok(ends)] = [from, ends].map(str::parse::<Date>) else { return false };
    let day = |date: Date| (date.month(), date.day());
    [Ok(ends), ends.tomorrow()].into_iter().flatten().any(|date| day(date) == day(from))
}
