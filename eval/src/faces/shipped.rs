//! What the shipped policy makes of pairs: accepted, doubted, refused.

use anyhow::{Context, Result};
use domain::policy::Policy;
use vision::face::FaceCalibration;

use super::Embedded;
use super::pairs::distance;
use crate::interval::share;
use crate::report::Table;

/// Distances within which the shipped policy accepts, and doubts.
pub struct Limits {
    accept: f32,
    doubt: f32,
}

impl Limits {
    /// From the shipped policy and calibration.
    pub fn shipped() -> Result<Self> {
        let text = std::fs::read_to_string("policies/pictures.toml")?;
        let policy = Policy::parse(&text).context("the shipped policy")?;
        let limits = &policy.tier(None)?.limits;
        let calibration = FaceCalibration::shipped();
        let widest = |rate: f64| calibration.distance_at(rate) as f32;
        Ok(Self {
            accept: widest(limits.face_false_accept_rate),
            doubt: widest(limits.face_doubt_rate),
        })
    }

    /// An empty table whose head says the limits.
    pub fn table(&self) -> Table {
        let accept = format!("accepted (below {:.4})", self.accept);
        let doubt = format!("a person decides (to {:.4})", self.doubt);
        Table::new(&["pairs at the shipped limits", &accept, &doubt, "no match, a person decides"])
    }

    /// Adds the genuine and the impostor pairs of `people`.
    pub fn add_rows(&self, table: &mut Table, name: &str, people: &Embedded) {
        let (mut genuine, mut impostor) = ([0; 3], [0; 3]);
        for (index, (_, of_one)) in people.iter().enumerate() {
            for (i, a) in of_one.iter().enumerate() {
                for b in &of_one[i + 1..] {
                    genuine[self.band(distance(a.as_ref(), b.as_ref()))] += 1;
                }
                for b in people[index + 1..].iter().flat_map(|(_, vectors)| vectors) {
                    impostor[self.band(distance(a.as_ref(), b.as_ref()))] += 1;
                }
            }
        }
        for (kind, counts) in [("one person", genuine), ("two people", impostor)] {
            let all: u64 = counts.iter().sum();
            let cells = counts.map(|count| share(count, all));
            table.rows.push([format!("{name}: {kind}")].into_iter().chain(cells).collect());
        }
    }

    /// 0 accepted, 1 in doubt, 2 no match.
    fn band(&self, distance: f32) -> usize {
        usize::from(distance > self.accept) + usize::from(distance > self.doubt)
    }
}
