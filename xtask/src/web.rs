//! The applicant's pages: built with Node, laid into the server's sources, and tried in a browser.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// Where what was built lies, for the compiler.
const EMBEDDED: &str = "crates/server/flow";

/// Builds the pages into the server's sources.
///
/// # Errors
/// When npm fails, the texts of two languages differ, or the types do not hold.
pub fn build() -> Result<()> {
    built(&command::root().join(EMBEDDED))
}

/// Builds the pages again, and holds what the server embeds against that.
///
/// # Errors
/// As [`build`]; also when the server embeds something else.
pub fn check() -> Result<()> {
    let fresh = command::target_dir()?.join("flow");
    built(&fresh)?;
    if contents(&fresh)? == contents(&command::root().join(EMBEDDED))? {
        println!("The server embeds what web/flow builds.");
        return Ok(());
    }
    bail!("{EMBEDDED} is not what web/flow builds; run `cargo xtask web` and commit it")
}

/// Goes through the pages in Chromium, on a sandbox of the built program.
///
/// # Errors
/// When a test fails.
pub fn try_in_a_browser() -> Result<()> {
    command::run(npm().args(["run", "--silent", "test"]))
}

fn built(into: &Path) -> Result<()> {
    command::run(npm().args(["ci", "--silent", "--prefer-offline"]))?;
    command::run(npm().args(["run", "--silent", "build", "--"]).arg(into))
}

fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(command::root().join("web/flow"));
    npm
}

/// Every file by its path. What is compressed depends on the compressor's version, and is left
/// out.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        let reading = || format!("reading {}", inside.display());
        for entry in std::fs::read_dir(&inside).with_context(reading)? {
            let path = entry.with_context(reading)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|extension| extension != "gz") {
                let bytes = std::fs::read(&path).with_context(reading)?;
                contents.insert(path.strip_prefix(folder)?.to_owned(), bytes);
            }
        }
    }
    Ok(contents)
}
