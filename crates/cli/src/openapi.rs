//! `bonafide openapi`: what clients are generated from.

use std::io::Write;

use anyhow::Context;

use crate::exit::Exit;

/// Prints the description of the interface as JSON, as a server has it at `/openapi.json`.
///
/// # Errors
/// When the output cannot be written.
pub fn print() -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &server::openapi())
        .context("writing the description")?;
    writeln!(out).context("writing the description")?;
    Ok(Exit::Approved)
}
