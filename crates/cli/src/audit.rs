//! `bonafide audit`: the log of every case, looked over.

use clap::{Args, Subcommand};
use domain::id::CaseId;

use crate::exit::{Exit, Refused};
use crate::installation::InstallationArgs;

/// Look over the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check the chain of every case; exit code 4 when one does not hold
    Verify(VerifyArgs),
    /// Print the log of one case
    Show(ShowArgs),
}

/// Which installation.
#[derive(Debug, Args)]
pub struct VerifyArgs {
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
    Ok(if report.broken.is_empty() { Exit::Approved } else { Exit::Review })
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
