//! Each fuzz target for a minute.

use anyhow::{Result, bail};

use crate::command;
use crate::tool::Tool;

const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.1" };

/// How long each target runs.
const SECONDS: u32 = 60;

/// Builds every target and runs each.
///
/// # Errors
/// When one does not build, or finds an input that breaks it.
pub fn run() -> Result<()> {
    let list = command::output(fuzz()?.arg("list"))?;
    let targets: Vec<_> = list.lines().collect();
    if targets.is_empty() {
        bail!("fuzz/ has no targets");
    }
    for target in targets {
        println!("\nfuzzing {target} for {SECONDS} s");
        let mut fuzz = fuzz()?;
        fuzz.args(["run", target, "--", "-timeout=20", "-rss_limit_mb=2048"]);
        command::run(fuzz.arg(format!("-max_total_time={SECONDS}")))?;
    }
    Ok(())
}

/// cargo-fuzz with the toolchain that is there: its flags are unstable ones,
/// which a stable compiler takes with this variable.
fn fuzz() -> Result<std::process::Command> {
    let mut command = CARGO_FUZZ.installed()?;
    command.arg("fuzz").env("RUSTC_BOOTSTRAP", "1");
    Ok(command)
}
