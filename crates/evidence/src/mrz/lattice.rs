//! Decoding a line whose length and classes of characters are known.
//!
//! The recogniser's steps are run through the lattice of all texts of exactly
//! that length (the forward–backward algorithm on connectionist temporal
//! classification, Graves et al. 2006), which yields for every column the
//! probability of every character, all texts weighed together. So a run of
//! fillers has the right count because the line has, and a second reading of
//! the same line can be combined column by column.

use vision::text::CtcSteps;

use super::symbol::{Class, Symbol};

const SYMBOLS: usize = Symbol::COUNT;

/// No character is held for less probable than this at a step: the network is
/// surer of itself than it is right.
const FLOOR: f64 = 1e-4;

/// A character outside its column's class weighs so much less.
const OUT_OF_CLASS: f64 = 1e-4;

/// How far, as a share of the distance between two characters, a character
/// typically stands from where even spacing puts it.
const SPACING_DEVIATION: f64 = 0.5;

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
struct Emissions {
    blank: Vec<f64>,
    symbols: Vec<[f64; SYMBOLS]>,
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
    fn most_probable(&self) -> f64 {
        let best = |(blank, symbols): (&f64, &[f64; SYMBOLS])| {
            symbols.iter().copied().fold(*blank, f64::max).ln()
        };
        self.blank.iter().zip(&self.symbols).map(best).sum()
    }
}

/// Where even spacing puts the columns, in steps.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    first: f64,
    pitch: f64,
}

impl Spacing {
    /// The least-squares line through the columns' times, fitted again
    /// without those that lie more than a pitch off.
    fn fit(times: &[f32]) -> Option<Self> {
        let points: Vec<(f64, f64)> = times
            .iter()
            .enumerate()
            .map(|(column, time)| (column as f64, f64::from(*time)))
            .collect();
        let rough = Self::through(&points)?;
        let close: Vec<(f64, f64)> = points
            .into_iter()
            .filter(|(column, time)| {
                (time - rough.first - rough.pitch * column).abs() < rough.pitch
            })
            .collect();
        Self::through(&close).or(Some(rough))
    }

    fn through(points: &[(f64, f64)]) -> Option<Self> {
        let count = points.len() as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
        let (x, y) = (x / count, y / count);
        let covariance: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
        let variance: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
        let pitch = covariance / variance;
        (pitch.is_finite() && pitch > 0.5).then_some(Self { first: y - pitch * x, pitch })
    }

    /// How well a character of `column` fits at `step`, 1 at best.
    fn weight(self, step: usize, column: usize) -> f64 {
        let off = step as f64 - self.first - self.pitch * column as f64;
        let deviations = off / (self.pitch * SPACING_DEVIATION);
        (-0.5 * deviations * deviations).exp().max(1e-6)
    }
}

struct Lattice<'a> {
    emissions: &'a Emissions,
    classes: &'a [Class],
    spacing: Option<Spacing>,
}

/// The probability, at one step, of having written `n` columns and standing
/// on a blank, or of standing on each symbol of column `n`.
#[derive(Clone)]
struct Front {
    blank: Vec<f64>,
    symbol: Vec<[f64; SYMBOLS]>,
}

impl Front {
    fn zero(length: usize) -> Self {
        Self { blank: vec![0.0; length + 1], symbol: vec![[0.0; SYMBOLS]; length] }
    }

    fn total(&self) -> f64 {
        self.blank.iter().sum::<f64>() + self.symbol.iter().flatten().sum::<f64>()
    }

    fn scale(&mut self, factor: f64) {
        self.blank.iter_mut().chain(self.symbol.iter_mut().flatten()).for_each(|v| *v *= factor);
    }
}

impl Lattice<'_> {
    /// What it costs to begin each symbol of `column` at `step`.
    fn entries(&self, step: usize, column: usize) -> [f64; SYMBOLS] {
        let spacing = self.spacing.map_or(1.0, |spacing| spacing.weight(step, column));
        let class = self.classes[column];
        let row = &self.emissions.symbols[step];
        std::array::from_fn(|i| {
            let class = if class.holds(Symbol::nth(i)) { 1.0 } else { OUT_OF_CLASS };
            class * spacing * row[i]
        })
    }

    fn run(&self) -> Option<Columns> {
        let (steps, length) = (self.emissions.blank.len(), self.classes.len());
        if steps < length || length == 0 {
            return None;
        }
        let (fronts, scales) = self.forward()?;
        let last = fronts.last()?;
        let end = last.blank[length] + last.symbol[length - 1].iter().sum::<f64>();
        if end <= 0.0 {
            return None;
        }
        let (marginals, time) = self.backward(&fronts, &scales, end);
        let log_likelihood = end.ln() - scales.iter().map(|scale| scale.ln()).sum::<f64>();
        let log = |weight: &dyn Fn(usize, Symbol) -> f64| {
            marginals
                .iter()
                .enumerate()
                .map(|(column, row)| {
                    let row: Vec<f64> =
                        Symbol::all().map(|s| row[s.index()] * weight(column, s)).collect();
                    let total: f64 = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
                    std::array::from_fn(|i| (row[i] / total).max(1e-7).ln() as f32)
                })
                .collect()
        };
        let unweighted = |column: usize, symbol: Symbol| {
            if self.classes[column].holds(symbol) { 1.0 } else { 1.0 / OUT_OF_CLASS }
        };
        Some(Columns {
            log: log(&|column, symbol| f64::from(u8::from(self.classes[column].holds(symbol)))),
            seen: log(&unweighted),
            time,
            fit: (log_likelihood - self.emissions.most_probable()) as f32,
        })
    }

    /// The forward fronts, each scaled to a total of 1, and the scales.
    fn forward(&self) -> Option<(Vec<Front>, Vec<f64>)> {
        let length = self.classes.len();
        let mut fronts: Vec<Front> = Vec::with_capacity(self.emissions.blank.len());
        let mut scales = Vec::with_capacity(self.emissions.blank.len());
        for step in 0..self.emissions.blank.len() {
            let mut front = Front::zero(length);
            let before = fronts.last();
            let mut written = 0.0; // up to the column before, its last symbol just written
            for column in 0..=length {
                let idle = before.map_or(f64::from(u8::from(column == 0)), |b| b.blank[column]);
                front.blank[column] = self.emissions.blank[step] * (idle + written);
                if column == length {
                    break;
                }
                let entries = self.entries(step, column);
                let row = &self.emissions.symbols[step];
                for i in 0..SYMBOLS {
                    let repeat = match (before, column) {
                        (Some(before), 1..) => before.symbol[column - 1][i],
                        _ => 0.0,
                    };
                    let enter = (idle + written - repeat).max(0.0) * entries[i];
                    let stay = before.map_or(0.0, |before| before.symbol[column][i]);
                    front.symbol[column][i] = enter + stay * row[i];
                }
                written = before.map_or(0.0, |before| before.symbol[column].iter().sum());
            }
            let total = front.total();
            if total <= 0.0 {
                return None;
            }
            front.scale(1.0 / total);
            fronts.push(front);
            scales.push(1.0 / total);
        }
        Some((fronts, scales))
    }

    /// The probability of each symbol in each column, and the mean step at
    /// which the column is begun, given the whole line.
    fn backward(
        &self,
        fronts: &[Front],
        scales: &[f64],
        end: f64,
    ) -> (Vec<[f64; SYMBOLS]>, Vec<f32>) {
        let length = self.classes.len();
        let mut marginals = vec![[0.0; SYMBOLS]; length];
        let mut time = vec![0.0; length];
        let mut after = Front::zero(length);
        after.blank[length] = 1.0;
        after.symbol[length - 1] = [1.0; SYMBOLS];
        for step in (0..fronts.len()).rev() {
            let before = step.checked_sub(1).map(|index| &fronts[index]);
            // What follows when column `c`'s symbol begins at this step.
            let begun: Vec<[f64; SYMBOLS]> = (0..length)
                .map(|column| {
                    let entries = self.entries(step, column);
                    std::array::from_fn(|i| entries[i] * after.symbol[column][i])
                })
                .collect();
            let mut written = 0.0;
            for column in 0..length {
                let idle = before.map_or(f64::from(u8::from(column == 0)), |b| b.blank[column]);
                for i in 0..SYMBOLS {
                    let repeat = match (before, column) {
                        (Some(before), 1..) => before.symbol[column - 1][i],
                        _ => 0.0,
                    };
                    let flow =
                        (idle + written - repeat).max(0.0) * begun[column][i] * scales[step] / end;
                    marginals[column][i] += flow;
                    time[column] += flow * step as f64;
                }
                written = before.map_or(0.0, |before| before.symbol[column].iter().sum());
            }
            after = self.step_back(step, &begun, &after, scales[step]);
        }
        let time = time
            .iter()
            .zip(&marginals)
            .map(|(sum, row)| (sum / row.iter().sum::<f64>().max(f64::MIN_POSITIVE)) as f32);
        let time = time.collect();
        (marginals, time)
    }

    /// The backward front one step earlier.
    fn step_back(&self, step: usize, begun: &[[f64; SYMBOLS]], after: &Front, scale: f64) -> Front {
        let length = self.classes.len();
        let mut front = Front::zero(length);
        let totals: Vec<f64> = begun.iter().map(|row| row.iter().sum()).collect();
        for column in 0..=length {
            let next = totals.get(column).copied().unwrap_or(0.0);
            front.blank[column] = scale * (self.emissions.blank[step] * after.blank[column] + next);
        }
        for column in 0..length {
            let idle = self.emissions.blank[step] * after.blank[column + 1];
            let next = totals.get(column + 1).copied().unwrap_or(0.0);
            let row = &self.emissions.symbols[step];
            for (i, possible) in row.iter().enumerate() {
                let repeat = begun.get(column + 1).map_or(0.0, |row| row[i]);
                let stay = possible * after.symbol[column][i];
                front.symbol[column][i] = scale * (stay + idle + (next - repeat).max(0.0));
            }
        }
        front
    }
}
