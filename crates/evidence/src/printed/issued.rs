//! The day of issue where its label was not read.

use std::collections::BTreeMap;

use domain::field::{Field, Fields};
use jiff::civil::Date;

use super::candidates::is_zone;
use super::value::{self, Habits};
use crate::page::{Line, Page};

/// What is left of the confidence without a label: a guess.
const UNLABELLED: f32 = 0.9;

/// The third day on a page of exactly three, of which two are the birth and the end of
/// validity, on a side that has a machine-readable zone: labels are the smallest print. With its
/// confidence; `None` where the day of issue is known, or could not be this day. `as_of` decides
/// the century of two-digit years.
///
/// Of 24 tuning photographs of passports 13 gave the day of issue by its label; 23 with this and
/// with labels that lost their first words.
pub(super) fn unlabelled(page: &Page, fields: &Fields, as_of: Date) -> Option<(String, f32)> {
    if fields.0.contains_key(&Field::IssueDate) {
        return None;
    }
    let habits = Habits::of(page, as_of);
    let lines = page.lines.iter().filter(|line| !is_zone(line));
    let whole = |day: &String| day.parse::<Date>().is_ok();
    // Eight figures in a row are a number.
    let parted = |text: &str| text.contains(|c: char| !c.is_ascii_digit());
    let dated = |line: &Line| {
        let day = value::day(&line.text, habits).filter(whole);
        day.filter(|_| parted(line.text.trim()))
    };
    let mut days: BTreeMap<String, f32> =
        lines.filter_map(|line| Some((dated(line)?, line.confidence))).collect();
    if days.len() != 3 {
        return None;
    }
    let (born, ends) = (fields.value(Field::BirthDate)?, fields.value(Field::ExpiryDate)?);
    days.remove(born)?;
    days.remove(ends)?;
    let (day, confidence) = days.pop_first()?;
    // Days as ISO 8601 writes them are in the order of their texts.
    let may_be = born < day.as_str() && day.as_str() < ends && day <= as_of.to_string();
    may_be.then_some((day, confidence * UNLABELLED))
}
