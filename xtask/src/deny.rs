//! Licences, sources and duplicates of what we depend on, by cargo-deny.

use anyhow::Result;

use crate::command;
use crate::tool::Tool;

const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// Checks licences, bans and sources against `deny.toml`. Advisories need a
/// database that is cloned from outside any registry, so they are not part of
/// a run that must pass offline: CONTRIBUTING.md says how to ask for them.
///
/// # Errors
/// When a rule is broken or cargo-deny cannot be built.
pub fn run() -> Result<()> {
    let mut deny = CARGO_DENY.installed()?;
    command::run(deny.args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
}
