//! `bonafide audit`: the log of every case, looked over.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use domain::id::CaseId;
use vault::PublicKey;
use workflow::{Installation, RootsCheck, RootsReport};

use crate::exit::{Exit, Refused};
use crate::installation::InstallationArgs;

/// Look over the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check the chain of every case, and signed roots; exit code 4 when something does not hold
    Verify(VerifyArgs),
    /// Print the public key that the signatures of the roots are checked by
    Key(KeyArgs),
    /// Print the log of one case
    Show(ShowArgs),
}

/// Which installation, against what.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    installation: InstallationArgs,
    /// The roots that were written as `[audit] roots` says, from the first on; several files are
    /// read one after the other
    #[arg(long, value_name = "FILE")]
    roots: Vec<PathBuf>,
    /// The key that signatures count by, as `bonafide audit key` printed it once; else the
    /// installation's own
    #[arg(long, value_name = "HEX", requires = "roots")]
    public_key: Vec<PublicKey>,
}

/// Which installation.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Which case.
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    installation: InstallationArgs,
    /// The case
    case: String,
}

/// Runs the command.
///
/// # Errors
/// As [`InstallationArgs::without_engine`].
#[tokio::main(flavor = "current_thread")]
pub async fn run(command: &AuditCommand) -> anyhow::Result<Exit> {
    match command {
        AuditCommand::Verify(args) => verify(args).await,
        AuditCommand::Key(args) => {
            println!("{}", args.installation.without_engine().await?.audit_key());
            Ok(Exit::Approved)
        }
        AuditCommand::Show(args) => show(args).await,
    }
}

async fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let bonafide = args.installation.without_engine().await?;
    let report = bonafide.verify_audit().await?;
    for broken in &report.broken {
        println!("{broken}");
    }
    let (cases, entries) = (report.cases, report.entries);
    println!("{cases} cases, {entries} entries, {} broken", report.broken.len());
    let mut holds = report.broken.is_empty();
    if !args.roots.is_empty() {
        let report = verify_roots(args, bonafide).await?;
        report.broken.iter().for_each(|broken| println!("{broken}"));
        let until = report.until.map_or("never".to_owned(), |until| until.to_string());
        println!("{} roots, the last of {until}, {} broken", report.roots, report.broken.len());
        holds &= report.broken.is_empty();
    }
    Ok(if holds { Exit::Approved } else { Exit::Review })
}

/// The longest line of a root: fifty thousand heads have half of it.
const LONGEST_LINE: u64 = 16 << 20;

async fn verify_roots(args: &VerifyArgs, bonafide: Installation) -> anyhow::Result<RootsReport> {
    let own = bonafide.audit_key();
    let keys = if args.public_key.is_empty() { vec![own] } else { args.public_key.clone() };
    let mut check = RootsCheck::new(bonafide, keys);
    for path in &args.roots {
        let unread = |error: std::io::Error| Refused(format!("{}: {error}.", path.display()));
        let mut file = BufReader::new(File::open(path).map_err(unread)?);
        while let Some(line) = line(&mut file, path)? {
            check.line(&line).await?;
        }
    }
    Ok(check.report())
}

/// The next line, `None` at the end.
fn line(file: &mut impl BufRead, path: &Path) -> Result<Option<String>, Refused> {
    let mut line = String::new();
    let read = file.take(LONGEST_LINE).read_line(&mut line);
    let read = read.map_err(|error| Refused(format!("{}: {error}.", path.display())))?;
    if read as u64 == LONGEST_LINE {
        return Err(Refused(format!(
            "{} is no file of roots: a line is too long.",
            path.display()
        )));
    }
    Ok((read > 0).then_some(line))
}

async fn show(args: &ShowArgs) -> anyhow::Result<Exit> {
    let bonafide = args.installation.without_engine().await?;
    let case: CaseId = args.case.parse().map_err(|error| Refused(format!("{error}.")))?;
    let log = bonafide.log_of(case).await.map_err(|error| match error {
        workflow::CaseError::NoSuchCase => Refused(format!("{error}.")).into(),
        error => anyhow::Error::from(error),
    })?;
    for entry in log {
        println!("{} {} {}", entry.at, entry.act.actor, entry.act.what);
    }
    Ok(Exit::Approved)
}
