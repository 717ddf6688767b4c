//! How long a decision by the engine takes, by what it took of late.

use std::time::Duration;

use domain::case::CaseState;
use domain::id::CaseId;
use jiff::Timestamp;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::submit::ASSESS;

/// What is told by: the jobs of a day, and of those the last so many.
const LOOK_BACK: Duration = Duration::from_hours(24);
const MOST: u32 = 50;
/// Of fewer nothing is told.
const LEAST: usize = 5;
/// Nine of ten were done in what is told.
const SHARE: f64 = 0.9;

/// How long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// Nine of ten of the last cases were decided in so many seconds from when they were
    /// submitted.
    pub usual_seconds: u64,
    /// So many are left for this case, where it is being decided.
    pub left_seconds: Option<u64>,
}

/// The estimate for a case in `state`: none where too few were decided in the last day, or
/// where the engine has nothing to decide any more.
pub(crate) async fn estimate(
    tx: &mut Tx,
    (case, state): (CaseId, CaseState),
    now: Timestamp,
) -> Result<Option<Estimate>, StoreError> {
    if !matches!(state, CaseState::Collecting | CaseState::Assessing) {
        return Ok(None);
    }
    let took = tx.turnarounds(ASSESS, now - LOOK_BACK, MOST).await?;
    let Some(usual) = usual(took) else { return Ok(None) };
    let (own, oldest) = tx.waiting_since(ASSESS, &case.to_string()).await?;
    let age = |since: Option<Timestamp>| since.map(|since| seconds_between(since, now));
    // A queue that stands now takes longer than one that did not.
    let usual = usual.max(age(oldest).unwrap_or(0));
    Ok(Some(Estimate { usual_seconds: usual, left_seconds: age(own).map(|age| left(usual, age)) }))
}

/// The time, seconds, in which nine of ten of `took`, milliseconds, were done.
fn usual(mut took: Vec<u64>) -> Option<u64> {
    if took.len() < LEAST {
        return None;
    }
    took.sort_unstable();
    let place = (took.len() as f64 * SHARE).ceil() as usize - 1;
    Some(took[place].div_ceil(1000).max(1))
}

/// Who has waited longer than usual is told no less than a second, and no promise.
fn left(usual: u64, age: u64) -> u64 {
    usual.saturating_sub(age).max(1)
}

fn seconds_between(from: Timestamp, to: Timestamp) -> u64 {
    (to.as_second() - from.as_second()).max(0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_of_ten_were_done_in_what_is_told() {
        for (took, told) in [
            (vec![1000; 4], None),
            (vec![1, 1, 1, 1, 1], Some(1)),
            (vec![2500; 5], Some(3)),
            ((1..=10).map(|n| n * 1000).collect(), Some(9)),
            ((1..=50).map(|n| n * 1000).collect(), Some(45)),
        ] {
            assert_eq!(usual(took.clone()), told, "{took:?}");
        }
        assert_eq!((left(60, 20), left(60, 60), left(60, 600)), (40, 1, 1));
    }
}
