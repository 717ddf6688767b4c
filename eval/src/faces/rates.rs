//! The table of true acceptance at rates of false acceptance.

use super::pairs::{Pairs, TrueAccept};
use crate::interval::bootstrap;
use crate::report::Table;

/// The rates of false acceptance that are reported.
const RATES: [f64; 2] = [1e-3, 1e-4];

/// Resamplings of the people.
const ROUNDS: usize = 1000;

/// One row for each set and rate.
pub struct Rates(pub Table);

impl Rates {
    pub fn new() -> Self {
        Self(Table::new(&[
            "set",
            "people, pictures (no face found)",
            "genuine pairs, impostor pairs",
            "false accept",
            "threshold",
            "true accept, mean over people",
            "true accept, mean over pairs",
        ]))
    }

    /// Adds all pairs of `people`, each given as their pictures.
    pub fn add<P>(
        &mut self,
        name: &str,
        people: &[Vec<Option<P>>],
        distance: impl Fn(&P, &P) -> f64,
    ) {
        let pictures: usize = people.iter().map(Vec::len).sum();
        let missed = people.iter().flatten().filter(|face| face.is_none()).count();
        let pairs = Pairs::of(people, distance);
        for rate in RATES {
            let Some(accepted) = pairs.true_accept(rate) else { continue };
            let few = if accepted.impostors_below < 10.0 { ", too few to trust" } else { "" };
            self.0.row([
                name.to_owned(),
                format!("{}, {pictures} ({missed})", people.len()),
                format!("{}, {}", pairs.genuine_count(), pairs.impostor_count()),
                format!("{rate:.0e} ({:.0} pairs{few})", accepted.impostors_below),
                format!("{:.4}", accepted.threshold),
                over_people(&pairs, people.len(), rate, &accepted),
                format!(
                    "{} of {}: {}",
                    accepted.genuine_accepted,
                    pairs.genuine_count(),
                    cell(&pairs, people.len(), rate, accepted.over_pairs, |a| a.over_pairs)
                ),
            ]);
        }
    }
}

/// The mean over people with its interval.
pub fn over_people(pairs: &Pairs, people: usize, rate: f64, accepted: &TrueAccept) -> String {
    cell(pairs, people, rate, accepted.over_people, |accepted| accepted.over_people)
}

fn cell(pairs: &Pairs, people: usize, rate: f64, share: f64, of: fn(&TrueAccept) -> f64) -> String {
    let statistic = |drawn: &[u32]| pairs.true_accept_of(drawn, rate).as_ref().map_or(f64::NAN, of);
    let (low, high) = bootstrap(people, ROUNDS, statistic);
    format!("{:.1} % ({:.1}–{:.1})", 100.0 * share, 100.0 * low, 100.0 * high)
}
