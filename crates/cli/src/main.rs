//! The `bonafide` command.

mod batch;
mod claims;
mod exit;
mod models;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::exit::{Exit, Refused};

/// Verifies people from pictures of their documents and faces, on your own machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install, export, list and verify the models.
    #[command(subcommand)]
    Models(models::Command),
}

fn main() -> ExitCode {
    run(&Arguments::parse())
        .unwrap_or_else(|error| {
            eprintln!("{error:#}");
            if error.is::<Refused>() { Exit::Refused } else { Exit::Internal }
        })
        .into()
}

fn run(arguments: &Arguments) -> Result<Exit> {
    let folder = inference::models_dir(|name| std::env::var_os(name))
        .context("no data folder: set BONAFIDE_DATA or HOME")?;
    match &arguments.command {
        Command::Models(command) => models::run(command, &folder),
    }
}
