//! Python programs that a step needs, in an environment of their own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;

/// What is installed, each package in one version.
const REQUIREMENTS: &str = "xtask/contract/requirements.txt";

/// An environment below `target/tools` with what `requirements.txt` lists.
pub struct Python {
    home: PathBuf,
}

impl Python {
    /// The environment, made the first time and whenever the list changes.
    ///
    /// # Errors
    /// When Python or pip says so.
    pub fn installed() -> Result<Self> {
        let python = Self { home: command::target_dir()?.join("tools/python") };
        let wanted = std::fs::read_to_string(REQUIREMENTS).context("reading the requirements")?;
        let made = python.home.join("requirements.txt");
        if std::fs::read_to_string(&made).is_ok_and(|installed| installed == wanted) {
            return Ok(python);
        }
        println!("Installing {REQUIREMENTS} (once)");
        command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&python.home))?;
        let mut pip = python.program("pip");
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        command::run(pip.args(["--requirement", REQUIREMENTS]))?;
        std::fs::write(&made, wanted).context("noting what was installed")?;
        Ok(python)
    }

    /// A program of the environment, which finds the others there.
    pub fn program(&self, name: &str) -> Command {
        let programs = self.home.join("bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(programs.clone()).chain(std::env::split_paths(&path));
        let mut program = Command::new(programs.join(name));
        program.env("PATH", std::env::join_paths(folders).unwrap_or(path));
        program
    }
}
