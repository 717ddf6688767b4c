//! `bonafide lookup-key`: a new key for looking for the same document, number or device.

use anyhow::Context;
use clap::{Args, Subcommand};
use vault::LookupKeys;

use crate::exit::{Exit, Refused};
use crate::init::LOOKUP_FILE;
use crate::installation::{InstallationArgs, secret};
use crate::key_file::add_version;

/// Put a new lookup key in place of an old one.
///
/// Stop every process, `rotate`, start them. What is recorded from then on is hashed by it. What was recorded before stays hashed by the older
/// ones, as the numbers themselves are kept nowhere, and is found by them: keep their lines until
/// `bonafide doctor` says that nothing is hashed by them any more.
#[derive(Debug, Subcommand)]
pub enum LookupKeyCommand {
    /// Add a new version to secrets/lookup.key
    Rotate(LookupKeyArgs),
}

/// Which installation.
#[derive(Debug, Args)]
pub struct LookupKeyArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Refused`] when the file is none of keys; anything else is ours.
pub fn run(LookupKeyCommand::Rotate(args): &LookupKeyCommand) -> anyhow::Result<Exit> {
    let data = args.installation.data();
    let keys = LookupKeys::parse(&secret(data, LOOKUP_FILE)?);
    let keys = keys.map_err(|error| Refused(format!("{LOOKUP_FILE}: {error}.")))?;
    let newest = keys.versions().last().copied().unwrap_or_default();
    let Some(next) = newest.checked_add(1) else {
        return Err(Refused(format!("{LOOKUP_FILE}: there is no version behind {newest}.")).into());
    };
    let file = data.join(LOOKUP_FILE);
    add_version(&file, next).with_context(|| format!("writing {}", file.display()))?;
    println!("{LOOKUP_FILE} has version {next} now. Keep a copy of it before you go on.");
    println!("Next: stop every process on this installation, then start them with this file: one");
    println!("that lacks version {next} recognises nothing that is recorded by it.");
    Ok(Exit::Approved)
}
