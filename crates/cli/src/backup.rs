//! `bonafide backup` and `bonafide erase-again`: a copy of the database, and what follows when one
//! is restored.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use store::Database;

use crate::exit::{Exit, Refused};
use crate::installation::InstallationArgs;

/// Copy a database of SQLite while it is used.
///
/// It holds neither pictures nor keys: docs/backup.md.
#[derive(Debug, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    installation: InstallationArgs,
    /// Where to: a file that is not there yet
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// After a backup was restored: erase again who was erased since it was made.
#[derive(Debug, Args)]
pub struct EraseAgainArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Runs `bonafide backup`.
///
/// # Errors
/// [`Refused`] for PostgreSQL and a file that is there; anything else is ours.
#[tokio::main(flavor = "current_thread")]
pub async fn run(args: &BackupArgs) -> anyhow::Result<Exit> {
    let bonafide = args.installation.without_engine().await?;
    if bonafide.store().database() == Database::Postgres {
        let text = "the database is PostgreSQL: back it up with pg_dump, as docs/backup.md has it.";
        return Err(Refused(text.to_owned()).into());
    }
    let (path, shown) = (&args.to, args.to.display());
    let text = path.to_str().ok_or_else(|| Refused(format!("{shown} is no plain name.")))?;
    // Made first, so that only its owner reads it; SQLite fills an empty file.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map_err(|error| Refused(format!("{shown}: {error}: name a new file.")))?;
    let copied = bonafide.store().copy_to(text).await;
    if copied.is_err() {
        // Half a copy must not pass for one.
        let _ = std::fs::remove_file(path);
    }
    copied.with_context(|| format!("writing {shown}"))?;
    File::open(path)
        .and_then(|file| file.sync_all())
        .with_context(|| format!("writing {shown}"))?;
    println!(
        "{shown} is the database as it was a moment ago. Copy objects/ now, after it; keys/ and"
    );
    println!("secrets/ go elsewhere: docs/backup.md.");
    Ok(Exit::Approved)
}

/// Runs `bonafide erase-again`: exit code 4 when it is to be run again.
///
/// # Errors
/// When the database or the vault fails.
#[tokio::main(flavor = "current_thread")]
pub async fn erase_again(args: &EraseAgainArgs) -> anyhow::Result<Exit> {
    let bonafide = args.installation.without_engine().await?;
    let (done, left) = bonafide.erase_again().await?;
    println!("{done} accounts were erased again that the database did not know of.");
    if left > 0 {
        println!(
            "{left} have a case that is being assessed: let a worker run, then do this again."
        );
        return Ok(Exit::Review);
    }
    Ok(Exit::Approved)
}
