//! Programs of the registry that a step needs, each in one version.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::command;

/// A program of the registry that a step needs.
pub struct Tool {
    /// Its crate, which is also the program's name.
    pub name: &'static str,
    /// The one version that is used.
    pub version: &'static str,
}

impl Tool {
    /// The program, installed below `target/tools` the first time.
    ///
    /// It is built without optimisation: it runs for a second, and two cores
    /// build it in a third of the time.
    ///
    /// # Errors
    /// When it cannot be built.
    pub fn installed(&self) -> Result<Command> {
        let home = command::target_dir()?.join("tools");
        let program = home.join("bin").join(self.name);
        let made = home.join(format!("{}-{}", self.name, self.version));
        if !made.exists() {
            println!("Building {} {} (once)", self.name, self.version);
            self.install(&home)?;
            std::fs::write(&made, "")?;
        }
        Ok(Command::new(program))
    }

    fn install(&self, home: &Path) -> Result<()> {
        let mut cargo = command::cargo(["install", "--locked", "--debug", "--quiet", "--force"]);
        cargo.args([self.name, "--version", self.version, "--root"]).arg(home);
        command::run(cargo.env("CARGO_PROFILE_DEV_DEBUG", "0"))
    }
}
