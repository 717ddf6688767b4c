//! `bonafide key`: a key of the interface, made beside the database.

use clap::Args;
use workflow::{Metrics, Scope};

use crate::exit::Exit;
use crate::installation::{InstallationArgs, NoEngine};

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
/// As [`InstallationArgs::open`].
#[tokio::main(flavor = "current_thread")]
pub async fn run(args: &KeyArgs) -> anyhow::Result<Exit> {
    let configuration = args.installation.configuration()?;
    let bonafide =
        args.installation.open(&configuration, Box::new(NoEngine), Metrics::default()).await?;
    let made = bonafide.make_key(&args.name, &args.scope).await?;
    println!("{}", made.token.reveal());
    Ok(Exit::Approved)
}
