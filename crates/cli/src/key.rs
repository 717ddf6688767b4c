//! `bonafide key`: a key of the interface, made beside the database.

use clap::Args;
use workflow::Scope;

use crate::exit::Exit;
use crate::installation::InstallationArgs;

/// Make a key of the interface.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(flatten)]
    installation: InstallationArgs,
    /// Whom or what it is for; a reviewer's name is what the log shows
    #[arg(long)]
    name: String,
    /// What it may do; several with commas
    #[arg(long, required = true, value_delimiter = ',', value_parser = scope,
          value_name = "accounts|spend|review|admin")]
    scope: Vec<Scope>,
}

fn scope(name: &str) -> Result<Scope, String> {
    let found = Scope::ALL.into_iter().find(|scope| scope.as_str() == name);
    found.ok_or_else(|| "one of accounts, spend, review, admin".to_owned())
}

/// Runs the command: the secret is the only line that it prints.
///
/// # Errors
/// As [`InstallationArgs::without_engine`].
#[tokio::main(flavor = "current_thread")]
pub async fn run(args: &KeyArgs) -> anyhow::Result<Exit> {
    let bonafide = args.installation.without_engine().await?;
    let made = bonafide.make_key(&args.name, &args.scope, "bonafide key").await?;
    println!("{}", made.token.reveal());
    Ok(Exit::Approved)
}
