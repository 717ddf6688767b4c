//! `cargo xtask test`: everything that CI runs.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{self, cargo};
use crate::steps::Steps;
use crate::{clients, contract, deny, deploy, fuzz, layers, prerequisites, set_up, web};

/// How many tests passed, failed and were left out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Counts {
    /// Adds the summary line of one test binary, if `line` is one.
    fn add(&mut self, line: &str) {
        let Some((_, summary)) = line.split_once("test result:") else { return };
        let number_of = |what: &str| {
            let words: Vec<_> = summary.split([' ', ';', '.']).filter(|w| !w.is_empty()).collect();
            let at = words.iter().position(|word| *word == what)?;
            words.get(at.checked_sub(1)?)?.parse().ok()
        };
        self.passed += number_of("passed").unwrap_or(0);
        self.failed += number_of("failed").unwrap_or(0);
        self.skipped += number_of("ignored").unwrap_or(0);
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// Runs every check; with `long` server and worker are killed 100 times instead of 10, and
/// each fuzz target runs for a minute.
///
/// # Errors
/// At the first step that fails, naming it.
pub fn run(long: bool) -> Result<()> {
    let mut steps = Steps::of(if long { 15 } else { 14 });
    let mut counts = Counts::default();
    let result = run_steps(&mut steps, &mut counts, long);
    println!("\n{}\n\n{counts}", steps.table());
    result
}

fn run_steps(steps: &mut Steps, counts: &mut Counts, long: bool) -> Result<()> {
    steps.step("prerequisites", || {
        rust_components()?;
        prerequisites::ensure()
    })?;
    steps.step("format", || command::run(&mut cargo(["fmt", "--all", "--check"])))?;
    steps.step("layers", layers::run)?;
    steps.step("clippy", || {
        let mut clippy = cargo(["clippy", "--workspace", "--all-targets", "--locked"]);
        command::run(clippy.args(["--", "-D", "warnings"]))
    })?;
    steps.step("licences, duplicates and sources of dependencies", deny::run)?;
    steps.step("the applicant's pages are what the server embeds", web::check)?;
    steps.step("build", || {
        command::run(&mut cargo(["build", "--workspace", "--all-targets", "--locked"]))
    })?;
    steps.step("models and portraits", set_up::install)?;
    steps.step("tests", || tests(counts, long))?;
    steps.step("the applicant's pages in a browser", web::try_in_a_browser)?;
    steps.step("the interface as it describes itself", contract::run)?;
    steps.step("container files", deploy::run)?;
    steps.step("generated clients and their examples", clients::check)?;
    steps.step("documentation", documentation)?;
    if long {
        steps.step("fuzzing, a minute for each target", fuzz::run)?;
    }
    Ok(())
}

fn rust_components() -> Result<()> {
    for component in ["clippy", "fmt"] {
        command::output(&mut cargo([component, "--version"])).context(
            "this machine lacks clippy or rustfmt; install with `rustup component add clippy rustfmt`",
        )?;
    }
    Ok(())
}

fn tests(counts: &mut Counts, long: bool) -> Result<()> {
    let mut test = cargo(["test", "--workspace", "--locked", "--no-fail-fast"]);
    if long {
        // Server and worker are killed so many times on either database, instead of ten.
        test.env("BONAFIDE_KILLS", "100");
    }
    let succeeded = command::watch(&mut test, |line| counts.add(line))?;
    if !succeeded || counts.failed > 0 {
        bail!("{} tests failed", counts.failed);
    }
    if counts.passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

fn documentation() -> Result<()> {
    let mut doc: Command = cargo(["doc", "--workspace", "--no-deps", "--locked"]);
    command::run(doc.args(["--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_summed_over_test_binaries() {
        let mut counts = Counts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished",
            "test result: FAILED. 4 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out",
        ] {
            counts.add(line);
        }
        assert_eq!(counts, Counts { passed: 7, failed: 1, skipped: 2 });
        assert_eq!(counts.to_string(), "7 passed, 1 failed, 2 skipped");
        assert_eq!(Counts { passed: 2, ..Counts::default() }.to_string(), "2 passed, 0 failed");
    }
}
