//! The resident identity card of the People's Republic of China, both sides,
//! and the residence permits in its form.
//!
//! [`parse`] sorts recognised lines into the card's rows: by their labels, and
//! where a label is unread or merged with its neighbour, by the place on the
//! card, which the other labels fix. What stays in doubt, above all under a
//! 复印无效 stamp, [`Card::look_again`] reads once more, row by row.

mod again;
mod ballot;
mod birth;
mod ethnicity;
mod frame;
mod labels;
mod looks;
pub mod number;
mod regions;
mod rows;
mod stamp;
mod values;

use domain::document::Side;
use domain::field::{Field, Fields};

use crate::page::Page;
use labels::Label;
use rows::{Rows, Slot};

/// A card as far as its lines were recognised.
#[derive(Debug, Clone)]
pub struct Card {
    side: Side,
    score: f32,
    rows: Rows,
}

/// Sorts the lines of a page into a card. `None` when too little of one is there.
pub fn parse(page: &Page) -> Option<Card> {
    let rows = rows::sort(page);
    let front = front_score(&rows);
    let back = back_score(&rows, page);
    let (side, score) = if front >= back { (Side::Front, front) } else { (Side::Back, back) };
    (score >= ENOUGH).then_some(Card { side, score, rows })
}

/// Two signs of a card, such as a label and a number.
const ENOUGH: f32 = 0.4;

fn front_score(rows: &Rows) -> f32 {
    let labels = [Label::Name, Label::Sex, Label::Ethnicity, Label::Birth, Label::Address];
    let seen = labels.iter().filter(|label| rows.labels.contains(label)).count();
    let number_label = if rows.labels.contains(&Label::Number) { 0.3 } else { 0.0 };
    let number = match rows.slots.get(&Slot::Number) {
        Some(number) if number::holds(&number.text) => 0.4,
        Some(number) if number::birth_date(&number.text).is_some() => 0.3,
        _ => 0.0,
    };
    (seen as f32 * 0.15 + number_label + number).min(1.0)
}

fn back_score(rows: &Rows, page: &Page) -> f32 {
    let has = |words: &str| {
        page.lines.iter().any(|line| {
            let text: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
            text.contains(words)
        })
    };
    let title = if has("居民身份证") || has("永久居留身份证") { 0.4 } else { 0.0 };
    let state = if has("中华人民共和国") { 0.2 } else { 0.0 };
    let labels = [Label::Authority, Label::Validity];
    let seen = labels.iter().filter(|label| rows.labels.contains(label)).count();
    title + state + seen as f32 * 0.2
}

impl Card {
    /// The side: the one with the portrait is the front.
    pub fn side(&self) -> Side {
        self.side
    }

    /// How surely it is this side of such a card, 0 to 1.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// What was read, each value with its confidence. Names and numbers are as
    /// printed: a number of 17 digits stays one.
    pub fn fields(&self) -> Fields {
        values::fields(&self.rows, self.side)
    }

    /// Fields of this side that were not read, or not surely.
    pub fn doubts(&self) -> Vec<Field> {
        let fields = self.fields();
        let expected: &[Field] = match self.side {
            Side::Front => &values::FRONT,
            Side::Back => &values::BACK,
        };
        let unsure =
            |field: &Field| fields.0.get(field).is_none_or(|read| read.confidence < values::SURE);
        expected.iter().copied().filter(unsure).collect()
    }
}

#[cfg(test)]
mod tests;
