//! `bonafide`: verify a person from pictures, read documents, compare faces.

mod allocator;
mod annotate;
mod audit;
mod backup;
mod batch;
mod calibrate;
mod capture;
mod claims;
mod configuration;
mod doctor;
mod engine;
mod environment;
mod exit;
mod face;
mod init;
mod input;
mod installation;
mod key;
mod key_file;
mod liveness;
mod lookup_key;
mod master_key;
mod models;
mod openapi;
mod outline;
mod policy;
mod preview;
mod read;
mod report;
mod serve;
mod settings;
mod specimen;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::{Exit, Refused};

/// Identity verification on your own machine.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 approved or done, 1 internal error, 2 input refused, \
                          3 the person can mend it and try again, 4 a person has to look, \
                          5 declined.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Verify one person: a document, a selfie, and what the person typed
    Verify(verify::VerifyArgs),
    /// Read documents, one JSON object a line
    Read(read::ReadArgs),
    /// Find the outlines of documents, one JSON object a line
    Outline(outline::OutlineArgs),
    /// Judge camera frames before the picture is taken
    Preview(preview::PreviewArgs),
    /// Find, embed, judge and compare faces
    #[command(subcommand)]
    Face(face::FaceCommand),
    /// Judge a live capture of a face
    Liveness(liveness::LivenessArgs),
    /// Install, export, list and verify the models
    #[command(subcommand)]
    Models(models::Command),
    /// Make a data folder, for real or for trials
    Init(init::InitArgs),
    /// Serve the interface and do the jobs
    Serve(serve::ServeArgs),
    /// Do the jobs beside another process that serves
    Worker(serve::WorkerArgs),
    /// Make a key of the interface
    Key(key::KeyArgs),
    /// Put a new master key in place of an old one
    #[command(subcommand)]
    MasterKey(master_key::MasterKeyCommand),
    /// Put a new lookup key in place of an old one
    #[command(subcommand)]
    LookupKey(lookup_key::LookupKeyCommand),
    /// Look over an installation: whether it can work, and what to do where not
    Doctor(doctor::DoctorArgs),
    /// Look over the audit log
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Copy a database of SQLite while it is used
    Backup(backup::BackupArgs),
    /// After a backup was restored: erase again who was erased since it was made
    EraseAgain(backup::EraseAgainArgs),
    /// Test, compare and replay policies
    #[command(subcommand)]
    Policy(policy::command::PolicyCommand),
    /// Print the default configuration, with what each setting means
    Config,
    /// Print the description of the interface, OpenAPI 3.1
    Openapi,
    /// Make fictional documents, visibly marked, for trials
    #[command(subcommand)]
    Specimen(specimen::SpecimenCommand),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Verify(args) => verify::run(args),
        Command::Read(args) => read::run(args),
        Command::Outline(args) => outline::run(args),
        Command::Preview(args) => preview::run(args),
        Command::Face(command) => face::run(command),
        Command::Liveness(args) => liveness::run(args),
        Command::Models(command) => {
            engine::models_folder().and_then(|folder| models::run(command, &folder))
        }
        Command::Init(args) => init::run(args),
        Command::Serve(args) => {
            allocator::settle();
            serve::run(args)
        }
        Command::Worker(args) => {
            allocator::settle();
            serve::work(args)
        }
        Command::Key(args) => key::run(args),
        Command::MasterKey(command) => master_key::run(command),
        Command::LookupKey(command) => lookup_key::run(command),
        Command::Doctor(args) => doctor::run(args),
        Command::Audit(command) => audit::run(command),
        Command::Backup(args) => backup::run(args),
        Command::EraseAgain(args) => backup::erase_again(args),
        Command::Policy(command) => policy::command::run(command),
        Command::Config => configuration::print(),
        Command::Openapi => openapi::print(),
        Command::Specimen(command) => specimen::run(command),
    };
    let exit = result.unwrap_or_else(|error| {
        eprintln!("bonafide: {error:#}");
        if error.downcast_ref::<Refused>().is_some() { Exit::Refused } else { Exit::Internal }
    });
    exit.into()
}
