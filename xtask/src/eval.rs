//! `cargo xtask eval`: measures what the built program answers.

use anyhow::Result;

use crate::command::{self, cargo};
use crate::{prerequisites, set_up};

/// Builds `bonafide` and the measuring program, and runs the latter with
/// `options`.
///
/// # Errors
/// When something does not build or a measurement cannot be taken.
pub fn run(options: &[&str]) -> Result<()> {
    let asks_for_help = options.iter().any(|option| ["--help", "-h"].contains(option));
    command::run(&mut cargo(["build", "--locked", "-p", "bonafide", "-p", "bonafide-eval"]))?;
    if !asks_for_help {
        prerequisites::ensure()?;
        set_up::install()?;
    }
    let program = set_up::bonafide()?.get_program().to_owned();
    let mut eval = std::process::Command::new(command::target_dir()?.join("debug/bonafide-eval"));
    command::run(eval.args(options).arg("--bonafide").arg(program))
}
