//! How long each stage took.

use std::time::{Duration, Instant};

use tracing::{Span, info_span};

/// Wall-clock time by stage, in the order in which the stages first ran.
#[derive(Debug, Clone, Default)]
pub struct Stages(Vec<(String, Duration)>);

impl Stages {
    /// Runs `work` in a span of this name, and adds its time to `stage`.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let span = info_span!("stage", otel.name = stage);
        self.time_each(stage, || span.in_scope(work))
    }

    /// Runs `work`, one of hundreds, and adds its time to `stage`.
    pub fn time_each<T>(&mut self, stage: &str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = work();
        self.add(stage, begin.elapsed());
        result
    }

    /// Runs both side by side, `there` on a thread of its own, each with stages to add to.
    pub fn side_by_side<A, B: Send>(
        &mut self,
        here: impl FnOnce(&mut Self) -> A,
        there: impl FnOnce(&mut Self) -> B + Send,
    ) -> (A, B) {
        let span = Span::current();
        let apart = move || {
            let mut stages = Self::default();
            let result = span.in_scope(|| there(&mut stages));
            (result, stages)
        };
        let (here, (there, stages)) = std::thread::scope(|scope| {
            let there = scope.spawn(apart);
            (here(self), there.join().expect("stages do not panic"))
        });
        self.append(&stages);
        (here, there)
    }

    /// Adds the times of `other`, each stage under `prefix`.
    pub fn merge(&mut self, prefix: &str, other: &Self) {
        for (stage, time) in &other.0 {
            self.add(&format!("{prefix}.{stage}"), *time);
        }
    }

    /// Adds the times of `other` under their own names.
    pub fn append(&mut self, other: &Self) {
        for (stage, time) in &other.0 {
            self.add(stage, *time);
        }
    }

    /// Adds `time` to `stage`.
    pub fn add(&mut self, stage: &str, time: Duration) {
        match self.0.iter_mut().find(|(name, _)| name == stage) {
            Some((_, total)) => *total += time,
            None => self.0.push((stage.to_owned(), time)),
        }
    }

    /// Milliseconds by stage.
    pub fn milliseconds(&self) -> Vec<(String, f64)> {
        self.0.iter().map(|(name, time)| (name.clone(), time.as_secs_f64() * 1e3)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_side_by_side_adds_to_the_same_stages() {
        let mut stages = Stages::default();
        let both = stages.side_by_side(
            |stages| stages.time("here", || 1),
            |stages| {
                let inner = stages.side_by_side(|_| 2, |stages| stages.time("inner", || 3));
                stages.time("there", || inner)
            },
        );
        assert_eq!(both, (1, (2, 3)));
        let names = stages.milliseconds().into_iter().map(|(name, _)| name);
        assert_eq!(names.collect::<Vec<_>>(), ["here", "inner", "there"]);
    }
}
