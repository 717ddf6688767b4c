//! Decoding a line whose length and classes of characters are known.
//!
//! The recogniser's steps are run through the lattice of all texts of exactly
//! that length (the forward–backward algorithm on connectionist temporal
//! classification, Graves et al. 2006), which yields for every column the
//! probability of every character, all texts weighed together. So a run of
//! fillers has the right count because the line has, and a second reading of
//! the same line can be combined column by column.

use vision::text::CtcSteps;

use super::lattice::{Lattice, Spacing};
use super::symbol::{Class, Symbol};

const SYMBOLS: usize = Symbol::COUNT;

/// No character is held for less probable than this at a step: the network is
/// surer of itself than it is right.
const FLOOR: f64 = 1e-4;

/// The logarithm of the probability of each symbol in each column of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Natural logarithms by column and symbol, the column's class counted in.
    pub(super) log: Vec<[f32; SYMBOLS]>,
    /// The same without regard to the class.
    pub(super) seen: Vec<[f32; SYMBOLS]>,
    /// The step at which each column is written, on average.
    pub(super) time: Vec<f32>,
    /// How well the line's form fits what was seen: the logarithm of the
    /// probability of all texts of this form, over that of the most probable
    /// text of any form.
    pub(super) fit: f32,
}

impl Columns {
    /// The columns of the line with these `classes` in `steps`; `None` when
    /// the line is too short to hold so many characters.
    pub(super) fn decode(steps: &CtcSteps, classes: &[Class]) -> Option<Self> {
        let emissions = Emissions::of(steps);
        let lattice = |spacing| Lattice { emissions: &emissions, classes, spacing }.run();
        let even = lattice(None)?;
        let spacing = Spacing::fit(&even.time)?;
        lattice(Some(spacing)).or(Some(even))
    }

    /// What several readings of one line say together: the mean of their
    /// logarithms.
    pub(super) fn combined(readings: &[Self]) -> Option<Self> {
        let (first, others) = readings.split_first()?;
        let mut sum = first.clone();
        let share = 1.0 / readings.len() as f32;
        for other in others {
            for (column, added) in sum.log.iter_mut().zip(&other.log) {
                column.iter_mut().zip(added).for_each(|(value, added)| *value += added);
            }
            for (column, added) in sum.seen.iter_mut().zip(&other.seen) {
                column.iter_mut().zip(added).for_each(|(value, added)| *value += added);
            }
            sum.fit += other.fit;
        }
        for column in sum.log.iter_mut().chain(&mut sum.seen) {
            for value in column {
                *value *= share;
            }
        }
        sum.fit *= share;
        Some(sum)
    }

    /// The most probable symbol of `column` whatever its class.
    pub(super) fn best_seen(&self, column: usize) -> Symbol {
        best(&self.seen[column]).0
    }
}

fn best(logs: &[f32; SYMBOLS]) -> (Symbol, f32) {
    Symbol::all()
        .map(|symbol| (symbol, logs[symbol.index()]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .expect("there are 37 symbols")
}

/// Letters that the recogniser of all scripts takes fillers for, and the
/// filler's share of their probability. Without them one key fewer of 52 narrow
/// tuning photographs is right.
const FILLER_ALIKES: [(char, f64); 4] = [('C', 0.03), ('E', 0.03), ('K', 0.01), ('L', 0.01)];

/// The zone's character that the recogniser of all scripts may mean by
/// `character`, of another script or case.
pub(super) fn folded(character: char) -> Option<Symbol> {
    match character {
        'a'..='z' => Symbol::of(character.to_ascii_uppercase()),
        '«' | '‹' | '〈' | '《' | '＜' | '≤' | '{' | '(' | 'く' | '∠' => {
            Some(Symbol::FILLER)
        }
        '|' | '!' => Symbol::of('I'),
        _ => None,
    }
}

/// Each step's probabilities of the blank and the symbols.
pub(super) struct Emissions {
    pub(super) blank: Vec<f64>,
    pub(super) symbols: Vec<[f64; SYMBOLS]>,
}

impl Emissions {
    fn of(steps: &CtcSteps) -> Self {
        let blank = (0..steps.len()).map(|t| f64::from(steps.blank(t)).max(FLOOR)).collect();
        let symbols = (0..steps.len())
            .map(|t| {
                let mut row = steps.zone(t).map(f64::from);
                for &(character, probability) in steps.top(t) {
                    if let Some(symbol) = folded(character) {
                        row[symbol.index()] += f64::from(probability);
                    }
                }
                for (letter, share) in FILLER_ALIKES {
                    let read = Symbol::of(letter).map_or(0.0, |letter| row[letter.index()]);
                    row[Symbol::FILLER.index()] += share * read;
                }
                row.map(|probability| probability.max(FLOOR))
            })
            .collect();
        Self { blank, symbols }
    }

    /// The logarithm of the probability of the best step after step.
    pub(super) fn most_probable(&self) -> f64 {
        let best = |(blank, symbols): (&f64, &[f64; SYMBOLS])| {
            symbols.iter().copied().fold(*blank, f64::max).ln()
        };
        self.blank.iter().zip(&self.symbols).map(best).sum()
    }
}
