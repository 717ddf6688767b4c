//! `bonafide models`: what is in the models folder and how it gets there.

use std::cell::RefCell;
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use inference::{InstallError, Item, Manifest, Progress, Source, State};

use crate::calibrate::{self, CalibrateArgs};
use crate::exit::{Exit, Refused};

/// What to do with the models folder.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Fetch, check, convert and install what is missing; what is right stays.
    Install {
        /// Install from a folder that `models export` made, without a network.
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
    /// Copy the installed models into a folder for a site without a network.
    Export {
        /// The folder, made if need be.
        dir: PathBuf,
    },
    /// Show each model: package, licence, training data, whether it is installed.
    List,
    /// Compare every installed file with its pinned digest.
    Verify,
    /// Measure on your own people how often two different ones look alike.
    Calibrate(CalibrateArgs),
}

/// Runs `command` on the models folder `dir`.
pub fn run(command: &Command, dir: &Path) -> Result<Exit> {
    let manifest = Manifest::of_folder(dir).map_err(|error| Refused(chain(&error)))?;
    match command {
        Command::Install { from } => install(&manifest, dir, from.as_deref()),
        Command::Export { dir: to } => {
            inference::export(&manifest, dir, to).map_err(refused)?;
            let to = to.display();
            println!("Exported to {to}. There: bonafide models install --from {to}");
            Ok(Exit::Approved)
        }
        Command::List => {
            list(&manifest, dir);
            Ok(Exit::Approved)
        }
        Command::Verify => Ok(verify(&manifest, dir)),
        Command::Calibrate(args) => calibrate::run(args, dir),
    }
}

/// A sentence with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn install(manifest: &Manifest, dir: &Path, from: Option<&Path>) -> Result<Exit> {
    let source = from.map_or(Source::Registries, Source::Folder);
    let done = inference::install(manifest, dir, source, &Bars::default()).map_err(refused)?;
    let place = dir.display();
    if done.installed.is_empty() {
        println!("All {} models are installed already in {place}.", done.already.len());
    } else {
        println!("Installed {} in {place}.", done.installed.join(", "));
    }
    Ok(Exit::Approved)
}

/// What the caller can mend is a refused input, the rest a failure of ours.
fn refused(error: InstallError) -> anyhow::Error {
    match error {
        InstallError::NoClient { .. }
        | InstallError::WrongDigest { .. }
        | InstallError::NotInFolder { .. }
        | InstallError::NotPlaced { .. }
        | InstallError::NotInstalled { .. }
        | InstallError::NoRuntime => Refused(error.to_string()).into(),
        other => other.into(),
    }
}

fn list(manifest: &Manifest, dir: &Path) {
    for (item, state) in inference::inspect(manifest, dir) {
        let package = manifest
            .package(item.package())
            .expect("parsing made sure that every entry's package is listed");
        println!("{}: {}", item.name(), describe(&state));
        println!("  package     {package}");
        println!("  licence     {}", item.licence());
        if let Item::Model(entry) = item {
            println!("  provenance  {}", entry.provenance);
        }
        println!("  file        {}", dir.join(item.file()).display());
        println!("  SHA-256     {}", item.sha256());
    }
}

fn verify(manifest: &Manifest, dir: &Path) -> Exit {
    let files = inference::inspect(manifest, dir);
    for (item, state) in &files {
        println!("{:18} {}", item.name(), describe(state));
    }
    if files.iter().all(|(_, state)| matches!(state, State::Right)) {
        Exit::Approved
    } else {
        println!("Run `bonafide models install` to mend it.");
        Exit::Refused
    }
}

fn describe(state: &State) -> String {
    match state {
        State::Right => "installed, digest right".to_owned(),
        State::Missing => "not installed".to_owned(),
        State::Wrong(digest) => format!("another file, SHA-256 {digest}"),
        State::Unreadable(error) => format!("cannot be read: {error}"),
    }
}

/// One bar after another on the terminal; plain lines where there is none.
#[derive(Default)]
struct Bars(RefCell<Option<ProgressBar>>);

impl Progress for Bars {
    fn start(&self, task: &str, total: Option<u64>) {
        if !stderr().is_terminal() {
            eprintln!("{task}");
            return;
        }
        let template = match total {
            Some(_) => "{msg:48} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
            None => "{msg:48} {spinner} {elapsed}",
        };
        let style = ProgressStyle::with_template(template).expect("the templates are well-formed");
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        bar.set_style(style);
        bar.set_message(task.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        self.0.replace(Some(bar));
    }

    fn advance(&self, done: u64) {
        if let Some(bar) = &*self.0.borrow() {
            bar.set_position(done);
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.0.take() {
            bar.abandon();
        }
    }
}
