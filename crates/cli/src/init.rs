//! `bonafide init`: a data folder, for real or for trials, with keys of its own.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use workflow::{Real, World};

use crate::exit::{Exit, Refused};

/// Make a data folder.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Where: a folder that is not there yet
    data: PathBuf,
    /// For real, or for trials: it stays so
    #[arg(long, value_enum)]
    kind: KindArg,
}

/// Whether it is for real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// Real people; specimens are refused.
    Live,
    /// Trials: specimens only.
    Sandbox,
}

/// The file that says what a data folder is.
pub const KIND_FILE: &str = "installation.toml";
/// The master keys, one `VERSION:HEX` a line.
pub const MASTER_FILE: &str = "secrets/master.key";
/// The key of the lookups, `VERSION:HEX`.
pub const LOOKUP_FILE: &str = "secrets/lookup.key";
/// The key that signs the roots of the audit logs, `VERSION:HEX`.
pub const AUDIT_FILE: &str = "secrets/audit.key";

/// Runs the command.
///
/// # Errors
/// [`Refused`] when the folder is there; anything else is ours.
pub fn run(args: &InitArgs) -> anyhow::Result<Exit> {
    let folder = &args.data;
    if folder.exists() {
        let text = "is there already: name a folder that is not, an installation is made once";
        return Err(Refused(format!("{} {text}.", folder.display())).into());
    }
    let making = || format!("making {}", folder.display());
    let mut private = fs::DirBuilder::new();
    private.recursive(true).mode(0o700);
    private.create(folder.join("secrets")).with_context(making)?;
    for file in [MASTER_FILE, LOOKUP_FILE, AUDIT_FILE] {
        let mut key = [0; 32];
        Real.random(&mut key);
        let digits: Vec<_> = key.iter().map(|byte| format!("{byte:02x}")).collect();
        write(&folder.join(file), &format!("1:{}\n", digits.concat())).with_context(making)?;
    }
    let kind = match args.kind {
        KindArg::Live => "live",
        KindArg::Sandbox => "sandbox",
    };
    write(&folder.join(KIND_FILE), &format!("kind = \"{kind}\"\n")).with_context(making)?;
    println!("{} is a {kind} installation now.", folder.display());
    println!("Keep {MASTER_FILE} and {LOOKUP_FILE} where the backups of the rest are not:");
    println!("without them nothing opens, with them everything does. Who has {AUDIT_FILE}");
    println!("can sign what the audit log never said.");
    println!("Next: bonafide key --data {} --name me --scope admin", folder.display());
    Ok(Exit::Approved)
}

/// Writes a new file that only its owner reads.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
