//! All texts of a line's length that its steps can mean, weighed together: the
//! forward–backward algorithm on connectionist temporal classification.

use std::ops::Range;

use super::columns::{Columns, Emissions};
use super::symbol::{Class, Symbol};

const SYMBOLS: usize = Symbol::COUNT;

/// A character outside its column's class weighs so much less.
const OUT_OF_CLASS: f64 = 1e-4;

/// How far, as a share of the distance between two characters, a character
/// typically stands from where even spacing puts it.
const SPACING_DEVIATION: f64 = 0.5;

/// Where even spacing puts the columns, in steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    first: f64,
    pitch: f64,
}

impl Spacing {
    /// The least-squares line through the columns' times, fitted again
    /// without those that lie more than a pitch off.
    pub(super) fn fit(times: &[f32]) -> Option<Self> {
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

pub(super) struct Lattice<'a> {
    pub(super) emissions: &'a Emissions,
    pub(super) classes: &'a [Class],
    pub(super) spacing: Option<Spacing>,
}

/// A column whose share of the probability at a step is less than this is not
/// followed from there: most of a line lies far from where a step can be.
/// All lines of 200 tuning photographs come out as without this.
const FAINT: f64 = 1e-12;

/// A value for standing, at one step, on the blank with `n` columns written, and for
/// standing on each symbol of column `n`: of the columns from `first` on, the others
/// being out of reach.
struct Front {
    first: usize,
    blank: Vec<f64>,
    symbol: Vec<[f64; SYMBOLS]>,
}

const NOTHING: [f64; SYMBOLS] = [0.0; SYMBOLS];

impl Front {
    fn reaches(&self) -> Range<usize> {
        self.first..self.first + self.blank.len()
    }

    fn blank(&self, column: usize) -> f64 {
        let index = column.checked_sub(self.first);
        index.and_then(|index| self.blank.get(index)).copied().unwrap_or(0.0)
    }

    fn symbol(&self, column: usize) -> &[f64; SYMBOLS] {
        let index = column.checked_sub(self.first);
        index.and_then(|index| self.symbol.get(index)).unwrap_or(&NOTHING)
    }

    /// The sum over the symbols of `column`.
    fn symbols(&self, column: usize) -> f64 {
        self.symbol(column).iter().sum()
    }

    /// What flows into the beginning of `column`.
    fn into(&self, column: usize) -> Entering<'_> {
        let before = column.checked_sub(1);
        Entering {
            any: self.blank(column) + before.map_or(0.0, |before| self.symbols(before)),
            repeats: before.map_or(&NOTHING, |before| self.symbol(before)),
        }
    }

    /// Scaled to a total of 1, without the columns at either end that are faint
    /// then; and the scale. `None` when nothing is left.
    fn scaled(mut self) -> Option<(Self, f64)> {
        let columns: Vec<f64> =
            self.reaches().map(|column| self.blank(column) + self.symbols(column)).collect();
        let total: f64 = columns.iter().sum();
        let counts = |&column: &f64| column > FAINT * total;
        let first = columns.iter().position(counts)?;
        let end = columns.iter().rposition(counts)? + 1;
        self.first += first;
        self.blank.truncate(end);
        self.blank.drain(..first);
        self.symbol.truncate(end);
        self.symbol.drain(..first);
        self.scale(1.0 / total);
        Some((self, 1.0 / total))
    }

    fn scale(&mut self, by: f64) {
        self.blank.iter_mut().chain(self.symbol.iter_mut().flatten()).for_each(|v| *v *= by);
    }
}

/// The probability of coming to a column's beginning.
struct Entering<'a> {
    any: f64,
    /// How much of it stands on each symbol: that one cannot follow itself.
    repeats: &'a [f64; SYMBOLS],
}

impl Entering<'_> {
    fn symbol(&self, index: usize) -> f64 {
        (self.any - self.repeats[index]).max(0.0)
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

    /// The columns of the line; `None` when it cannot be written in so few steps.
    pub(super) fn run(&self) -> Option<Columns> {
        let (steps, length) = (self.emissions.blank.len(), self.classes.len());
        if steps < length || length == 0 {
            return None;
        }
        let (fronts, scales) = self.forward()?;
        let last = fronts.last()?;
        let end = last.blank(length) + last.symbols(length - 1);
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

    /// The fronts before the first step and after each, and the scales of the latter.
    fn forward(&self) -> Option<(Vec<Front>, Vec<f64>)> {
        let steps = self.emissions.blank.len();
        let mut fronts = vec![Front { first: 0, blank: vec![1.0], symbol: vec![NOTHING] }];
        let mut scales = Vec::with_capacity(steps);
        for step in 0..steps {
            let (front, scale) = self.step_on(step, fronts.last()?).scaled()?;
            fronts.push(front);
            scales.push(scale);
        }
        Some((fronts, scales))
    }

    /// The front after `step`, from the one `before` it.
    fn step_on(&self, step: usize, before: &Front) -> Front {
        let length = self.classes.len();
        let reached = before.first..(before.reaches().end + 1).min(length + 1);
        let row = &self.emissions.symbols[step];
        let mut front = Front {
            first: reached.start,
            blank: Vec::with_capacity(reached.len()),
            symbol: Vec::with_capacity(reached.len()),
        };
        for column in reached {
            let entering = before.into(column);
            front.blank.push(self.emissions.blank[step] * entering.any);
            let mut symbols = NOTHING;
            if column < length {
                let (entries, stay) = (self.entries(step, column), before.symbol(column));
                for (i, symbol) in symbols.iter_mut().enumerate() {
                    *symbol = entering.symbol(i) * entries[i] + stay[i] * row[i];
                }
            }
            front.symbol.push(symbols);
        }
        front
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
        let mut marginals = vec![NOTHING; length];
        let mut time = vec![0.0; length];
        let mut after = Front {
            first: length - 1,
            blank: vec![0.0, 1.0],
            symbol: vec![[1.0; SYMBOLS], NOTHING],
        };
        for (step, scale) in scales.iter().enumerate().rev() {
            after.scale(*scale);
            // Nothing is begun here that the front after the step does not hold.
            let (before, begun) = (&fronts[step], fronts[step + 1].reaches());
            let begun = self.begun(step, begun.start..begun.end.min(length), &after);
            for (column, flows) in begun.reaches().zip(&begun.symbol) {
                let entering = before.into(column);
                for (i, follows) in flows.iter().enumerate() {
                    let flow = entering.symbol(i) * follows / end;
                    marginals[column][i] += flow;
                    time[column] += flow * step as f64;
                }
            }
            after = self.step_back(step, before.reaches(), &begun, &after);
        }
        let time = time
            .iter()
            .zip(&marginals)
            .map(|(sum, row)| (sum / row.iter().sum::<f64>().max(f64::MIN_POSITIVE)) as f32);
        let time = time.collect();
        (marginals, time)
    }

    /// What follows when a column of those is begun at this step; a blank begins none.
    fn begun(&self, step: usize, columns: Range<usize>, after: &Front) -> Front {
        let of = |column: usize| {
            let (entries, after) = (self.entries(step, column), after.symbol(column));
            std::array::from_fn(|i| entries[i] * after[i])
        };
        Front {
            first: columns.start,
            blank: vec![0.0; columns.len()],
            symbol: columns.map(of).collect(),
        }
    }

    /// What follows from each place that the front before this step reaches.
    fn step_back(&self, step: usize, reaches: Range<usize>, begun: &Front, after: &Front) -> Front {
        let row = &self.emissions.symbols[step];
        let idle = |column: usize| self.emissions.blank[step] * after.blank(column);
        let blank = |column: usize| idle(column) + begun.symbols(column);
        let symbol = |column: usize| {
            let (idle, stay) = (idle(column + 1), after.symbol(column));
            let (next, repeats) = (begun.symbols(column + 1), begun.symbol(column + 1));
            std::array::from_fn(|i| row[i] * stay[i] + idle + (next - repeats[i]).max(0.0))
        };
        Front {
            first: reaches.start,
            blank: reaches.clone().map(blank).collect(),
            symbol: reaches.map(symbol).collect(),
        }
    }
}
