//! The least that the models alone take: the same inputs, one run after
//! another, each on two threads.

use std::path::Path;
use std::time::{Duration, Instant};

use inference::{ModelSet, Models, Parallelism};

use crate::ours::Calls;
use crate::{ROUNDS, median};

/// The median over rounds of the sum of all runs.
pub fn measure(models: &Path, calls: &Calls) -> anyhow::Result<Duration> {
    let set = ModelSet::open(models, Parallelism::one_run(2))?;
    let mut sums = Vec::new();
    for round in 0..=ROUNDS {
        let mut sum = Duration::ZERO;
        for (role, input) in calls {
            let model = set.model(*role)?;
            let begin = Instant::now();
            model.run(input)?;
            sum += begin.elapsed();
        }
        // The first round loads the models.
        if round > 0 {
            sums.push(sum);
        }
    }
    Ok(median(sums))
}
