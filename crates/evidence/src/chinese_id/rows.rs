//! From lines to what stands in each row of the card.

use std::collections::BTreeMap;

use super::birth;
use super::ethnicity;
use super::frame::{self, Anchor, Frame};
use super::labels::{self, Label};
use super::number;
use crate::page::{Line, Page};

/// A place on the card that holds one value, or one line of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Name,
    Sex,
    Ethnicity,
    Birth,
    /// A line of the address, from 0.
    Address(u8),
    Number,
    Authority,
    Validity,
}

/// The address takes at most so many lines.
pub(super) const ADDRESS_LINES: u8 = 4;

/// What was read in a slot.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub text: String,
    pub confidence: f32,
    /// Whether it starts where the slot does; false when the beginning is missing.
    pub whole: bool,
}

/// The rows of a card, before anything is made of their text.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub slots: BTreeMap<Slot, Found>,
    pub labels: Vec<Label>,
    pub frame: Option<Frame>,
    /// Lines that belong to no row: stamps and watermarks over the card.
    pub intruders: Vec<Line>,
}

impl Rows {
    /// Whether a stamp lies somewhere on the card: over a row that is in doubt,
    /// then, whether or not its words were told from the row's.
    pub fn is_stamped(&self) -> bool {
        self.intruders.iter().any(|line| is_stamp(&line.text))
            || self.slots.values().any(|found| without_stamp(&found.text) != found.text)
    }

    /// Whether `slot` is a line of the address that the line before leaves no
    /// text for: a line is written full before the next begins.
    pub fn is_beyond_address(&self, slot: Slot) -> bool {
        let Slot::Address(line @ 1..) = slot else { return false };
        match self.slots.get(&Slot::Address(line - 1)) {
            Some(before) => before.whole && width(&before.text) < FULL_LINE,
            None => line > 1,
        }
    }
}

/// A line of the address with fewer full-width characters is its last: they are
/// broken at 10 to 12.
const FULL_LINE: f32 = 7.5;

/// Length of a text in full-width characters.
fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

/// A line without its label.
struct Piece {
    label: Option<Label>,
    whole: Line,
    value: Line,
}

/// Sorts the lines of a page into the rows of a card.
pub(super) fn sort(page: &Page) -> Rows {
    let lines = page.lines.iter().map(|line| Line { text: squeezed(&line.text), ..line.clone() });
    let (intruders, lines): (Vec<_>, Vec<_>) = lines.partition(|line| is_stamp(&line.text));
    let pieces: Vec<Piece> = lines.into_iter().map(split).collect();
    let anchors: Vec<Anchor> = pieces.iter().filter_map(anchor).collect();
    let frame = Frame::fit(&anchors);
    let mut rows = Rows { frame, intruders, ..Rows::default() };
    let mut by_row: BTreeMap<Label, Vec<Line>> = BTreeMap::new();
    for piece in pieces {
        rows.labels.extend(piece.label);
        match piece.label.or_else(|| row_of(&piece.value, frame.as_ref())) {
            Some(row) if !piece.value.text.is_empty() => {
                by_row.entry(row).or_default().push(piece.value);
            }
            Some(_) => {}
            None => rows.intruders.push(piece.whole),
        }
    }
    for (row, mut lines) in by_row {
        lines.sort_by(|a, b| a.left.total_cmp(&b.left));
        fill(&mut rows, row, &lines);
    }
    rows
}

/// The text without white space, full-width figures and letters as ASCII, and
/// one dot for all that stand between the parts of a name.
pub(super) fn squeezed(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    text.map(|c| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '•' | '・' | '‧' | '∙' | '⋅' | '●' => '·',
        c => c,
    })
    .collect()
}

/// The characters of the stamps on copies, 复印无效 and 禁止复印, and what they
/// are misread as.
const STAMP: &str = "复印无效禁止夏卵";

/// A reading of a row without the part of a stamp that follows it; empty when
/// it is a stamp. No value ends in two of its characters.
pub(super) fn without_stamp(text: &str) -> String {
    if is_stamp(text) {
        return String::new();
    }
    let kept = text.trim_end_matches(|c| STAMP.contains(c) || "元天尤".contains(c));
    let cut = text.chars().count() - kept.chars().count();
    if cut >= 2 || text.ends_with('效') { kept.to_owned() } else { text.to_owned() }
}

/// A reading of the row of `slot` on a stamped card without what the stamp and
/// its frame, read as Latin letters, add to its end.
pub(super) fn without_tail(slot: Slot, text: &str) -> String {
    let text = without_stamp(text);
    match slot {
        Slot::Name if text.chars().count() > 3 && text.ends_with(|c| STAMP.contains(c)) => {
            text.chars().take(text.chars().count() - 1).collect()
        }
        Slot::Address(_) => without_stamp(
            text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || STAMP.contains(c)),
        ),
        _ => text,
    }
}

/// Whether a character that stamps consist of stands in `text`.
pub(super) fn has_stamp(text: &str) -> bool {
    text.contains(|c| STAMP.contains(c))
}

/// Whether the line is a mark over the card: the words that copies are stamped
/// with (复印无效, 禁止复印), whole or in part, or a purpose (仅限…使用).
fn is_stamp(text: &str) -> bool {
    let length = text.chars().count();
    let of_stamp = text.chars().filter(|c| STAMP.contains(*c)).count();
    let purpose = ["仅限", "仅供", "复印无效", "再次复印", "禁止复印"];
    (of_stamp >= 2 && of_stamp * 2 >= length) || purpose.iter().any(|words| text.starts_with(words))
}

/// The line with its label taken off.
fn split(whole: Line) -> Piece {
    let length = whole.text.chars().count();
    match labels::at_start(&whole.text) {
        Some((label, end)) => Piece { label: Some(label), value: whole.part(end, length), whole },
        None => Piece { label: None, value: whole.clone(), whole },
    }
}

/// Where a piece fixes the card on the page: the start of a label, of the birth
/// date, the end of the number.
fn anchor(piece: &Piece) -> Option<Anchor> {
    let whole = &piece.whole;
    let at = |card: (f32, f32), x: f32| Some(Anchor { card, page: (x, whole.middle()) });
    match piece.label {
        Some(Label::Ethnicity) => {
            at((frame::ETHNICITY_LABEL, frame::row(Label::Ethnicity)), whole.left)
        }
        Some(label @ (Label::Authority | Label::Validity)) => {
            at((frame::BACK_LABELS, frame::row(label)), whole.left)
        }
        Some(label) => at((frame::LABELS, frame::row(label)), whole.left),
        None => {
            if let Some((digits, _)) = number::find(&whole.text) {
                let end = frame::NUMBER + frame::DIGIT * digits.len() as f32;
                return at((end, frame::row(Label::Number)), whole.right);
            }
            let birth = whole.text.contains('年') && birth::read(&whole.text).is_some();
            birth.then(|| at((frame::VALUES, frame::row(Label::Birth)), whole.left)).flatten()
        }
    }
}

/// The row of a line without a label: by its text, else by its place.
fn row_of(line: &Line, frame: Option<&Frame>) -> Option<Label> {
    if number::find(&line.text).is_some() {
        return Some(Label::Number);
    }
    let (x, y) = frame?.to_card(line.left, line.middle());
    // A line that starts left of the value column is, or starts with, an unread label.
    if !(frame::VALUES - 2.5..frame::PORTRAIT).contains(&x) {
        return None;
    }
    let near = |label: Label, within: f32| (y - frame::row(label)).abs() < within;
    let last_address_line = frame::row(Label::Address) + frame::LINE * f32::from(ADDRESS_LINES - 1);
    if near(Label::Name, 2.6) {
        Some(Label::Name)
    } else if near(Label::Sex, 2.6) {
        Some(Label::Sex)
    } else if near(Label::Birth, 2.6) {
        Some(Label::Birth)
    } else {
        let address = frame::row(Label::Address) - 2.4..last_address_line + 1.5;
        address.contains(&y).then_some(Label::Address)
    }
}

/// Puts the lines of one row, from left to right, into its slots.
fn fill(rows: &mut Rows, row: Label, lines: &[Line]) {
    match row {
        Label::Name => put(rows, Slot::Name, lines),
        Label::Sex => fill_sex_row(rows, lines),
        Label::Ethnicity => put(rows, Slot::Ethnicity, lines),
        Label::Birth => put(rows, Slot::Birth, lines),
        Label::Address => fill_address(rows, lines),
        Label::Authority => put(rows, Slot::Authority, lines),
        Label::Validity => put(rows, Slot::Validity, lines),
        Label::Number => {
            let found = lines.iter().filter_map(|line| {
                let (text, _) = number::find(&line.text)?;
                Some(Found { text, confidence: line.confidence, whole: true })
            });
            if let Some(best) = found.max_by_key(|found| found.text.len()) {
                rows.slots.insert(Slot::Number, best);
            }
        }
    }
}

fn put(rows: &mut Rows, slot: Slot, lines: &[Line]) {
    let text: String = lines.iter().map(|line| line.text.as_str()).collect();
    let confidence = lines.iter().map(|line| line.confidence).fold(1.0, f32::min);
    let start = lines.first().map(|line| line.left);
    let whole = match (rows.frame, start) {
        (Some(frame), Some(start)) => {
            frame.to_card(start, 0.0).0 < frame::values(slot) + MISSING_CHARACTER
        }
        _ => true,
    };
    if !text.is_empty() {
        rows.slots.insert(slot, Found { text, confidence, whole });
    }
}

/// A value that starts so many millimetres late lacks a character (they stand
/// 3.4 to 4.2 mm apart).
const MISSING_CHARACTER: f32 = 3.0;

/// 男民族汉, in one line or several.
fn fill_sex_row(rows: &mut Rows, lines: &[Line]) {
    for line in lines {
        let length = line.text.chars().count();
        let (sex_end, ethnicity_start) =
            labels::ethnicity_in(&line.text).unwrap_or_else(|| without_label(&line.text, length));
        let (sex, group) = (line.part(0, sex_end), line.part(ethnicity_start, length));
        for (slot, part) in [(Slot::Sex, sex), (Slot::Ethnicity, group)] {
            if !part.text.is_empty() && !rows.slots.contains_key(&slot) {
                put(rows, slot, &[part]);
            }
        }
    }
}

/// Where sex ends and ethnicity starts when 民族 was not read.
fn without_label(text: &str, length: usize) -> (usize, usize) {
    if text.starts_with(['男', '女']) {
        let rest: String = text.chars().skip(1).collect();
        // The group with nothing, or a garbled label, before it.
        let start = (0..=2).find(|skip| {
            let group: String = rest.chars().skip(*skip).collect();
            ethnicity::is_group(&group)
        });
        (1, start.map_or(length, |start| start + 1))
    } else if ethnicity::is_group(text) {
        (0, 0)
    } else {
        (length, length)
    }
}

/// Lines of the address by their height on the page.
fn fill_address(rows: &mut Rows, lines: &[Line]) {
    let mut lines: Vec<&Line> = lines.iter().collect();
    lines.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut by_height: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let same_row = by_height.last().and_then(|row| row.last()).is_some_and(|above| {
            line.middle() - above.middle() < 0.45 * above.height().min(line.height())
        });
        match by_height.last_mut().filter(|_| same_row) {
            Some(row) => row.push(line.clone()),
            None => by_height.push(vec![line.clone()]),
        }
    }
    let mut next = 0;
    for mut row in by_height {
        let index = address_line(rows.frame.as_ref(), &row).max(next);
        if index < ADDRESS_LINES {
            row.sort_by(|a, b| a.left.total_cmp(&b.left));
            put(rows, Slot::Address(index), &row);
        }
        next = index + 1;
    }
}

/// Which line of the address it is by its height; 0 where that is unknown.
fn address_line(frame: Option<&Frame>, row: &[Line]) -> u8 {
    let Some((frame, line)) = frame.zip(row.first()) else { return 0 };
    let (_, y) = frame.to_card(line.left, line.middle());
    let index = ((y - frame::row(Label::Address)) / frame::LINE).round();
    index.clamp(0.0, f32::from(ADDRESS_LINES)) as u8
}
