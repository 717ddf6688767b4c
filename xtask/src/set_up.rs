//! What the built program needs before its first run.

use std::process::Command;

use anyhow::Result;

use crate::command;

/// The `bonafide` that was built in the dev profile.
///
/// # Errors
/// When cargo cannot say where it builds.
pub fn bonafide() -> Result<Command> {
    Ok(Command::new(command::target_dir()?.join("debug").join("bonafide")))
}

/// Installs the models and the portraits of the specimens; does nothing where
/// they are installed already.
///
/// # Errors
/// When the program says so.
pub fn install() -> Result<()> {
    command::run(bonafide()?.args(["models", "install"]))?;
    command::run(bonafide()?.args(["specimen", "portraits"]))
}
