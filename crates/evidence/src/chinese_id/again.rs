//! A second look at the rows that the first left in doubt.

use image::RgbImage;
use imaging::Rect;
use inference::{InferenceError, two_abreast};
use vision::text::{LineReading, Pyramid, TextReader};

use super::ballot::Ballot;
use super::looks::{self, Look};
use super::rows::{self, ADDRESS_LINES, Found, Rows, Slot};
use super::{Card, frame, number, values};
use crate::page::{Line, Page};
use domain::document::Side;

/// Two equal readings at least so sure settle a row that nothing lies over.
const SETTLED: f32 = values::SURE;

/// So many looks must agree on a number that does not hold before it settles: a
/// digit that two looks lose they lose for one reason.
const LOOKS_AT_A_NUMBER: usize = 4;

/// What is left of the confidence of a reading that no second look confirmed.
const UNCONFIRMED: f32 = 0.35;

impl Card {
    /// Reads the rows in doubt once more from `picture`, the picture whose
    /// lines `page` holds: cropped by their place on the card and in several
    /// tones, so that a stamp fades. The reading that most looks agree on
    /// stays, its confidence the share that agree.
    ///
    /// Costs up to eight runs of the recogniser a row; nothing on a clear card.
    ///
    /// # Errors
    /// When the reader's model cannot run.
    pub fn look_again(
        &mut self,
        picture: &RgbImage,
        page: &Page,
        reader: &TextReader,
    ) -> Result<(), InferenceError> {
        let stamped = self.rows.is_stamped();
        for slot in slots(self.side) {
            let covered = is_covered(&self.rows, slot);
            let stamped = stamped || covered;
            if self.rows.is_beyond_address(slot) {
                let sure = |found: &Found| !covered && found.confidence >= values::SURE;
                if !self.rows.slots.get(&slot).is_some_and(sure) {
                    self.rows.slots.remove(&slot);
                    continue;
                }
            }
            if !covered && !in_doubt(&self.rows, slot) {
                if stamped && is_free_text(slot) {
                    self.confirm(slot, picture, page, reader)?;
                }
                continue;
            }
            let mut first = self.rows.slots.remove(&slot);
            if let Some(found) = first.as_mut().filter(|_| stamped) {
                found.text = rows::without_tail(slot, &found.text);
            }
            let whole = first.clone().filter(|found| found.whole);
            let right = right_end(first.as_ref(), slot, stamped);
            let mut ballot = Ballot::new(slot, stamped, whole);
            let take = |look: &Look| {
                let crop = looks::crop(&self.rows, page, picture, (slot, right), look);
                crop.map(|crop| Ok((look.view, read(reader, &crop)?))).transpose()
            };
            let settled = |ballot: &Ballot| !covered && is_settled(slot, &ballot.readings);
            // Two at once; what the first of them settles the second does not change.
            for pair in looks::of(slot, stamped).chunks(2) {
                if settled(&ballot) {
                    break;
                }
                for (view, reading) in two_abreast(pair, take)?.into_iter().flatten() {
                    if !settled(&ballot) {
                        ballot.add(view, &reading);
                    }
                }
            }
            let kept = ballot.result().or_else(|| unconfirmed(slot, first?, covered));
            if let Some(found) = kept {
                self.rows.slots.insert(slot, found);
            }
        }
        Ok(())
    }

    /// Lowers the confidence of a row that seemed clear on a stamped card when
    /// none of two looks reads the same: something may lie over it.
    fn confirm(
        &mut self,
        slot: Slot,
        picture: &RgbImage,
        page: &Page,
        reader: &TextReader,
    ) -> Result<(), InferenceError> {
        let Some(mut first) = self.rows.slots.get(&slot).cloned() else { return Ok(()) };
        let value = |found: &Found| values::value(slot, found).map(|(value, _)| value);
        let mut ballot = Ballot::new(slot, false, None);
        for look in &looks::of(slot, false)[..2] {
            let place = (slot, frame::end(slot));
            if let Some(crop) = looks::crop(&self.rows, page, picture, place, look) {
                ballot.add(look.view, &read(reader, &crop)?);
            }
        }
        if !ballot.readings.iter().any(|found| value(found) == value(&first)) {
            first.confidence = first.confidence.min(UNCONFIRMED);
            self.rows.slots.insert(slot, first);
        }
        Ok(())
    }
}

/// What fills `line`, a flattened crop.
fn read(reader: &TextReader, line: &RgbImage) -> Result<LineReading, InferenceError> {
    let whole = Rect::new(0.0, 0.0, line.width() as f32, line.height() as f32).quad();
    reader.read_region(&Pyramid::new(line), &whole)
}

/// Every slot of a side.
fn slots(side: Side) -> Vec<Slot> {
    match side {
        Side::Front => {
            let lines = (0..ADDRESS_LINES).map(Slot::Address);
            let others = [Slot::Name, Slot::Sex, Slot::Ethnicity, Slot::Birth, Slot::Number];
            others.into_iter().chain(lines).collect()
        }
        Side::Back => vec![Slot::Authority, Slot::Validity],
    }
}

/// Whether a character of a stamp in the row's text would look right, and sure.
fn is_free_text(slot: Slot) -> bool {
    matches!(slot, Slot::Name | Slot::Address(_) | Slot::Authority)
}

/// Below this confidence the row of `slot` is read again. Nothing else on the card
/// tells that a name is wrong: of 150 tuning photographs seven names were, read
/// with 0.75 to 0.98, and 14 right ones were below 0.985; read again, two stay wrong.
fn least_sure(slot: Slot) -> f32 {
    if slot == Slot::Name { 0.985 } else { values::SURE }
}

/// Whether a row lacks a reading that can stand.
fn in_doubt(rows: &Rows, slot: Slot) -> bool {
    let Some(text) = rows.slots.get(&slot) else {
        // Only the first line of an address is always there.
        return !matches!(slot, Slot::Address(1..));
    };
    match values::value(slot, text) {
        None => true,
        Some(_) if is_free_text(slot) && rows.is_stamped() && rows::has_stamp(&text.text) => true,
        Some((_, confidence)) if confidence < least_sure(slot) || !text.whole => true,
        Some((number, _)) => slot == Slot::Number && !number::holds(&number),
    }
}

/// Whether something that is no part of the card lies over the row.
fn is_covered(rows: &Rows, slot: Slot) -> bool {
    let Some(frame) = rows.frame else { return false };
    let later_line = matches!(slot, Slot::Address(line) if line > 0
        && !rows.slots.contains_key(&Slot::Address(line - 1)));
    let (left, right) = (frame.x(frame::values(slot)), frame.x(frame::end(slot)));
    let (top, bottom) =
        (frame.y(frame::middle(slot) - HALF_PRINT), frame.y(frame::middle(slot) + HALF_PRINT));
    let overlaps = |line: &Line| {
        line.left < right && line.right > left && line.top < bottom && line.bottom > top
    };
    !later_line && rows.intruders.iter().any(overlaps)
}

/// Half the height of the print, millimetres.
const HALF_PRINT: f32 = 1.6;

/// Whether the last two readings agree and no further look can tell more.
fn is_settled(slot: Slot, readings: &[Found]) -> bool {
    let values: Vec<_> = readings.iter().map(|text| values::value(slot, text)).collect();
    let [.., Some((before, sure_before)), Some((last, sure_last))] = values.as_slice() else {
        return false;
    };
    let agree = before == last && sure_before.min(*sure_last) >= SETTLED;
    let enough = slot != Slot::Number
        || number::holds(last)
        || (values.len() > LOOKS_AT_A_NUMBER
            && values.iter().flatten().all(|(value, _)| value == last));
    agree && enough
}

/// A first reading that no look confirmed: under a stamp it was the stamp's own
/// words, except in an address, which would be wrong without a line in its
/// middle, and look right.
fn unconfirmed(slot: Slot, first: Found, covered: bool) -> Option<Found> {
    let kept = !first.text.is_empty() && (!covered || matches!(slot, Slot::Address(_)));
    kept.then(|| Found { confidence: first.confidence.min(UNCONFIRMED), ..first })
}

/// Where the row's crop ends: short where a stamp could follow a short value.
fn right_end(first: Option<&Found>, slot: Slot, covered: bool) -> f32 {
    let length = first.map_or(0, |text| text.text.chars().count());
    match slot {
        Slot::Name if length <= 4 && covered => frame::VALUES + 19.5,
        Slot::Ethnicity if length <= 2 && covered => frame::ETHNICITY + 10.5,
        _ => frame::end(slot),
    }
}
