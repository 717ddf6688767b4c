//! The least that the models alone take: the same inputs, one run after
//! another, each on two threads.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use inference::{ModelSet, Models, Parallelism, Role};

use crate::ours::Calls;
use crate::{ROUNDS, median};

/// What the models take without us.
pub struct Bare {
    /// The median over rounds of the sum of all runs.
    pub whole: Duration,
    /// How many runs each role has, and the mean of their sum over rounds.
    pub roles: BTreeMap<Role, (usize, Duration)>,
}

/// Runs `calls` once a round.
pub fn measure(models: &Path, calls: &Calls) -> anyhow::Result<Bare> {
    let set = ModelSet::open(models, Parallelism::one_run(2))?;
    let mut sums = Vec::new();
    let mut roles = BTreeMap::<Role, (usize, Duration)>::new();
    for round in 0..=ROUNDS {
        let mut sum = Duration::ZERO;
        for (role, input) in calls {
            let model = set.model(*role)?;
            let begin = Instant::now();
            model.run(input)?;
            let time = begin.elapsed();
            // The first round loads the models.
            if round > 0 {
                sum += time;
                let (runs, total) = roles.entry(*role).or_default();
                *runs += usize::from(round == 1);
                *total += time / ROUNDS as u32;
            }
        }
        if round > 0 {
            sums.push(sum);
        }
    }
    Ok(Bare { whole: median(sums), roles })
}
