//! What the shipped policy makes of pairs: accepted, doubted, refused.

use anyhow::{Context, Result};
use domain::policy::Policy;
use vision::face::{FaceCalibration, Population};

use crate::interval::share;
use crate::report::Table;

/// Distances, or normalised scores, within which the shipped policy accepts,
/// and doubts.
#[derive(Clone, Copy)]
pub struct Limits {
    pub accept: f64,
    pub doubt: f64,
}

impl Limits {
    /// From the shipped policy and calibration.
    pub fn shipped() -> Result<Self> {
        Self::of(FaceCalibration::shipped().populations())
    }

    /// From the shipped policy's rates and these measured populations.
    pub fn of(populations: &[Population]) -> Result<Self> {
        let text = std::fs::read_to_string("policies/pictures.toml")?;
        let policy = Policy::parse(&text).context("the shipped policy")?;
        let limits = &policy.tier(None)?.limits;
        let widest = |rate: f64| {
            let each = populations.iter().map(|population| population.distance_at(rate));
            each.fold(f64::INFINITY, f64::min)
        };
        Ok(Self {
            accept: widest(limits.face_false_accept_rate),
            doubt: widest(limits.face_doubt_rate),
        })
    }

    /// An empty table.
    pub fn table() -> Table {
        Table::new(&[
            "pairs at the shipped limits",
            "accepted",
            "a person decides",
            "no match, a person decides",
        ])
    }

    /// Adds the genuine and the impostor pairs of `people`.
    pub fn add_rows<P>(
        self,
        table: &mut Table,
        name: &str,
        people: &[Vec<Option<P>>],
        distance: impl Fn(&P, &P) -> f64,
    ) {
        let band = |a: &Option<P>, b: &Option<P>| match (a, b) {
            (Some(a), Some(b)) => self.band(distance(a, b)),
            _ => 2,
        };
        let (mut genuine, mut impostor) = ([0; 3], [0; 3]);
        for (index, of_one) in people.iter().enumerate() {
            for (i, a) in of_one.iter().enumerate() {
                of_one[i + 1..].iter().for_each(|b| genuine[band(a, b)] += 1);
                people[index + 1..].iter().flatten().for_each(|b| impostor[band(a, b)] += 1);
            }
        }
        let limits = format!("accepted below {:.3}, doubt to {:.3}", self.accept, self.doubt);
        for (kind, counts) in [("one person", genuine), ("two people", impostor)] {
            let all: u64 = counts.iter().sum();
            let cells = counts.map(|count| share(count, all));
            let name = format!("{name}: {kind} ({limits})");
            table.rows.push([name].into_iter().chain(cells).collect());
        }
    }

    /// 0 accepted, 1 in doubt, 2 no match.
    pub fn band(self, distance: f64) -> usize {
        usize::from(distance > self.accept) + usize::from(distance > self.doubt)
    }
}
