//! A run in steps: says which one is running, and at the end how long each took.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Columns of the progress bar.
const BAR: usize = 24;

/// The steps of one command.
pub struct Steps {
    total: usize,
    begun: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// A run of `total` steps, none of them done.
    pub fn of(total: usize) -> Self {
        Self { total, begun: Instant::now(), done: Vec::new() }
    }

    /// Announces `name` and runs it.
    ///
    /// # Errors
    /// That of the step, with its name.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let number = self.done.len() + 1;
        println!("\n{} {number}/{} {name}", bar(number - 1, self.total), self.total);
        std::io::stdout().flush()?;
        let begun = Instant::now();
        let result = work();
        self.done.push((name.to_owned(), begun.elapsed()));
        result.with_context(|| format!("step {number}, {name}"))
    }

    /// How long each step took, and all of them.
    pub fn table(&self) -> String {
        let width = self.done.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let mut table = String::new();
        for (name, took) in &self.done {
            let _ = writeln!(table, "  {name:width$}  {:>7.1} s", took.as_secs_f64());
        }
        let _ = write!(table, "  {:width$}  {:>7.1} s", "all", self.begun.elapsed().as_secs_f64());
        table
    }
}

fn bar(done: usize, total: usize) -> String {
    let filled = BAR * done / total.max(1);
    let bar = format!("[{}{}]", "█".repeat(filled), "░".repeat(BAR - filled));
    if std::io::stdout().is_terminal() { format!("\x1b[32m{bar}\x1b[0m") } else { bar }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named_and_still_timed() {
        let mut steps = Steps::of(2);
        steps.step("one", || Ok(())).unwrap();
        let failed = steps.step("two", || -> Result<()> { anyhow::bail!("no paper") });
        assert_eq!(format!("{:#}", failed.unwrap_err()), "step 2, two: no paper");
        let table = steps.table();
        let names: Vec<_> = table.lines().filter_map(|l| l.split_whitespace().next()).collect();
        assert_eq!(names, ["one", "two", "all"]);
    }
}
