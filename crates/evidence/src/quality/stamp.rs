//! Stamps and watermarks over what has to be read.
//!
//! A stamp that nothing required lies under is no fault, and neither is one that was
//! read through: what counts is how doubtful the fields beneath it are.

use domain::evidence::{Measurement, Quality};
use domain::field::{Field, Reading, Source};
use domain::national_id;
use imaging::quality::{Mask, ink};

use super::Subject;
use super::hidden::shows;
use super::sheet::Sheet;

/// Characters of the words that are stamped on copies: 复印无效, 禁止复印, 仅供…使用,
/// 再次复印无效, 作废.
const CHARACTERS: &str = "复印无效禁止仅供核验使用作废";

/// So many of them make a stamp's line: print beneath garbles the others.
const LEAST_CHARACTERS: usize = 2;

/// Words that are stamped by themselves; within a line they may be a value.
const WORDS: [&str; 5] = ["COPY", "COPY ONLY", "VOID", "NOT VALID", "INVALID"];

/// Printed labels and headings that have such characters.
const LABELS: [&str; 2] = ["有效", "使用人"];

/// The specimen's own mark is framed like a stamp.
const MARKS: [&str; 2] = ["SPECIMEN", "样本"];

/// A stamp lies on a line of which it takes this share.
const ON: f32 = 0.1;

/// One measurement for every field that this side always bears and that lies,
/// unread or read in doubt, under a stamp, the most doubtful first; one of 0 where
/// there is none.
pub(super) fn measurements(sheet: &Sheet, subject: &Subject) -> Vec<Measurement> {
    let stamps = stamps(sheet, subject);
    let mut found: Vec<Measurement> = Vec::new();
    for field in subject.expected() {
        let under = stamps.iter().find(|stamp| lies_under(stamp, *field, sheet, subject));
        let Some(stamp) = under else { continue };
        let value =
            subject.printed.0.get(field).map_or(1.0, |reading| doubt(*field, reading, subject));
        if value > 0.0 {
            let region = Some(sheet.region(&stamp.outline()));
            found.push(Measurement { quality: Quality::Stamp, value, region, field: Some(*field) });
        }
    }
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    if found.is_empty() {
        let quality = Quality::Stamp;
        found.push(Measurement { quality, value: 0.0, region: None, field: None });
    }
    found
}

/// Where stamps lie: frames of ink, and words that are stamped.
fn stamps(sheet: &Sheet, subject: &Subject) -> Vec<Mask> {
    let marked = |stamp: &Mask| {
        let mut marks =
            subject.lines.iter().filter(|(_, text)| MARKS.iter().any(|m| text.contains(m)));
        marks.any(|(quad, _)| stamp.share_of(sheet.bounds_of(quad)) > 0.5)
    };
    let face = |stamp: &Mask| sheet.portrait.is_some_and(|face| stamp.share_of(face) > 0.5);
    let frames =
        ink::stamps(&sheet.picture).into_iter().filter(|stamp| !marked(stamp) && !face(stamp));
    let (width, height) = (sheet.picture.width() as usize, sheet.picture.height() as usize);
    let words = subject.lines.iter().filter(|(_, text)| is_stamped(text));
    let words = words.map(|(quad, _)| Mask::within(width, height, &sheet.on_sheet(quad).0));
    frames.chain(words).collect()
}

/// Whether a line holds a stamp's words.
fn is_stamped(text: &str) -> bool {
    let upper = text.to_uppercase();
    let characters = CHARACTERS.chars().filter(|c| text.contains(*c)).count();
    let label = LABELS.iter().any(|label| text.contains(label));
    WORDS.contains(&upper.trim()) || (characters >= LEAST_CHARACTERS && !label)
}

/// Whether `stamp` lies on a line that shows `field`. Where no line does, it may be the
/// one beneath.
fn lies_under(stamp: &Mask, field: Field, sheet: &Sheet, subject: &Subject) -> bool {
    let mut lines =
        subject.lines.iter().filter(|(_, text)| shows(text, field, subject.printed)).peekable();
    if lines.peek().is_none() {
        return true;
    }
    lines.any(|(quad, _)| stamp.share_of(sheet.bounds_of(quad)) > ON)
}

/// How doubtful a reading is, 0 to 1: not at all where the zone says the same or
/// a check digit holds.
fn doubt(field: Field, reading: &Reading, subject: &Subject) -> f64 {
    let proven = subject.coded.is_some_and(|coded| super::same(field, subject.printed, coded));
    let number = field == Field::NationalIdNumber && reading.source == Source::Printed;
    if number {
        return if national_id::verify(&reading.value, None, None).is_ok() { 0.0 } else { 1.0 };
    }
    if proven { 0.0 } else { 1.0 - f64::from(reading.confidence) }
}
