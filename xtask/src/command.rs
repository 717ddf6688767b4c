//! Other programs: started, watched, and named when they fail.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// The cargo that started this program, so that a chosen toolchain stays chosen.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// Where cargo puts what it builds.
///
/// # Errors
/// When cargo cannot read the workspace.
pub fn target_dir() -> Result<PathBuf> {
    let metadata = metadata()?;
    let path = metadata["target_directory"].as_str().context("cargo metadata names no target")?;
    Ok(PathBuf::from(path))
}

/// What cargo knows of the workspace's own crates.
///
/// # Errors
/// When cargo cannot read the workspace.
pub fn metadata() -> Result<serde_json::Value> {
    let text = output(&mut cargo(["metadata", "--format-version", "1", "--no-deps"]))?;
    serde_json::from_str(&text).context("reading what cargo metadata printed")
}

/// Runs `command`, its output going where ours goes.
///
/// # Errors
/// When it cannot start or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs `command` and gives its standard output.
///
/// # Errors
/// As [`run`]; also when the output is not text.
pub fn output(command: &mut Command) -> Result<String> {
    let done = command.output().with_context(|| format!("starting {}", shown(command)))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!("{} failed ({}): {}", shown(command), done.status, said.trim());
    }
    String::from_utf8(done.stdout).with_context(|| format!("reading what {} said", shown(command)))
}

/// Runs `command`, shows each line of its standard output and hands it to
/// `on_line`; tells whether the command succeeded.
///
/// # Errors
/// When it cannot start or its output cannot be read.
pub fn watch(command: &mut Command, mut on_line: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", shown(command)))?;
    let out = child.stdout.take().expect("standard output is piped");
    for line in BufReader::new(out).lines() {
        let line = line.with_context(|| format!("reading what {} said", shown(command)))?;
        println!("{line}");
        on_line(&line);
    }
    Ok(child.wait()?.success())
}

/// Whether `command` starts and succeeds, whatever it prints.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let words = command.get_args().map(|word| word.to_string_lossy());
    let words: Vec<_> = std::iter::once(name).chain(words).collect();
    format!("`{}`", words.join(" "))
}
