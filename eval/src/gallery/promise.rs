//! Whether the promised rate of false hits is kept.

use anyhow::Result;
use gallery::{Gallery, Search, comparison_rate};
use vision::face::FaceCalibration;

use super::Vector;
use crate::interval::share;
use crate::report::Table;

/// Rates of searches with a false hit that are promised.
const PROMISES: [f64; 4] = [0.001, 0.01, 0.05, 0.1];

/// Searches whose truth is known.
pub struct Asked<'q> {
    /// Of people in the gallery, with their numbers.
    pub enrolled: Vec<(u64, &'q Vector)>,
    /// Of people who are not.
    pub strangers: Vec<&'q Vector>,
}

/// An empty table.
pub fn table() -> Table {
    Table::new(&[
        "gallery, population that decides",
        "promised",
        "a comparison may err; distance",
        "strangers with a hit",
        "enrolled people found",
    ])
}

/// Adds what each promise made of the searches, by the population that fares
/// worst and by the first alone.
pub fn add_rows(table: &mut Table, name: &str, gallery: &Gallery, asked: &Asked) -> Result<()> {
    let calibration = FaceCalibration::shipped();
    let nearest = |query: &Vector| -> Result<Vec<(u64, f64)>> {
        let answer = gallery.search(query, &Search::default())?;
        Ok(answer.hits.iter().map(|hit| (hit.person.id, hit.distance)).collect())
    };
    let strangers =
        asked.strangers.iter().map(|query| nearest(query)).collect::<Result<Vec<_>>>()?;
    let enrolled = asked.enrolled.iter().map(|(id, query)| Ok((*id, nearest(query)?)));
    let enrolled = enrolled.collect::<Result<Vec<_>>>()?;
    let western = &calibration.populations()[0];
    for promise in PROMISES {
        let rate = comparison_rate(promise, gallery.people());
        let worst = (calibration.distance_at(rate), "worst");
        for (distance, decides) in [worst, (western.distance_at(rate), western.name.as_str())] {
            let false_hits = strangers.iter().filter(|hits| hits.iter().any(|h| h.1 <= distance));
            let found = |(id, hits): &&(u64, Vec<(u64, f64)>)| {
                hits.iter().any(|hit| hit.0 == *id && hit.1 <= distance)
            };
            table.row([
                format!("{name}, {decides}"),
                format!("{} %", 100.0 * promise),
                format!("{rate:.1e}; {distance:.4}"),
                share(false_hits.count() as u64, strangers.len() as u64),
                share(enrolled.iter().filter(found).count() as u64, enrolled.len() as u64),
            ]);
        }
    }
    Ok(())
}
