//! `bonafide policy`: test a policy, compare two, replay what was decided under another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::policy::Policy;
use domain::policy::examples::{self, Example};
use serde_json::json;
use toml::Value;

use crate::exit::{Exit, Refused};
use crate::installation::InstallationArgs;
use crate::policy;

/// Test, compare and replay policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Decide example cases; exit code 4 when one is decided otherwise than it expects
    Test(TestArgs),
    /// Print what one policy says otherwise than another
    Diff(DiffArgs),
    /// Make the engine's last decisions again under another policy; nothing is written
    Replay(ReplayArgs),
}

/// A policy and its examples.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The policy
    policy: PathBuf,
    /// Its examples, such as policies/exchange.examples.toml
    examples: PathBuf,
}

/// Two policies.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The one
    old: PathBuf,
    /// The other
    new: PathBuf,
    /// Examples to decide under both
    #[arg(long, value_name = "FILE")]
    examples: Option<PathBuf>,
}

/// An installation and a policy.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    #[command(flatten)]
    installation: InstallationArgs,
    /// The other policy
    #[arg(long = "policy", value_name = "FILE")]
    file: PathBuf,
    /// How many of the last decisions
    #[arg(long, default_value_t = 1000)]
    last: u32,
    /// One JSON object for each decision that comes out otherwise, instead of a summary
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// [`Refused`] for a file that is not right; otherwise as [`InstallationArgs::without_engine`].
pub fn run(command: &PolicyCommand) -> anyhow::Result<Exit> {
    match command {
        PolicyCommand::Test(args) => test(args),
        PolicyCommand::Diff(args) => diff(args),
        PolicyCommand::Replay(args) => replay(args),
    }
}

fn text(path: &Path) -> Result<String, Refused> {
    let refuse = |error| Refused(format!("{} cannot be read ({error}).", path.display()));
    std::fs::read_to_string(path).map_err(refuse)
}

fn decided(policy: &Policy, path: &Path) -> Result<Vec<Example>, Refused> {
    let refuse = |error| Refused(format!("{}: {error}.", path.display()));
    examples::run(policy, &text(path)?).map_err(refuse)
}

fn test(args: &TestArgs) -> anyhow::Result<Exit> {
    let examples = decided(&policy::read(&args.policy)?, &args.examples)?;
    let wrong: Vec<&Example> = examples.iter().filter(|example| !example.holds()).collect();
    for example in &wrong {
        println!("{}", example.name);
        println!("  expected {} {:?}", example.verdict.as_str(), example.codes);
        let verdict = example.decision.verdict.as_str();
        println!("  decided  {verdict} {:?}", example.decided_codes());
    }
    println!("{} examples, {} decided otherwise", examples.len(), wrong.len());
    Ok(if wrong.is_empty() { Exit::Approved } else { Exit::Review })
}

fn diff(args: &DiffArgs) -> anyhow::Result<Exit> {
    let (old, new) = (policy::read(&args.old)?, policy::read(&args.new)?);
    let (before, after) = (places(&text(&args.old)?)?, places(&text(&args.new)?)?);
    for (place, value) in &before {
        match after.get(place) {
            Some(other) if other == value => {}
            Some(other) => println!("{place}: {value} → {other}"),
            None => println!("{place}: {value} → nothing"),
        }
    }
    for (place, value) in after.iter().filter(|(place, _)| !before.contains_key(*place)) {
        println!("{place}: nothing → {value}");
    }
    let Some(examples) = &args.examples else { return Ok(Exit::Approved) };
    let (was, now) = (decided(&old, examples)?, decided(&new, examples)?);
    for (was, now) in was.iter().zip(&now) {
        let (before, after) = (was.decision.verdict, now.decision.verdict);
        if before != after {
            println!("{}: {} → {}", was.name, before.as_str(), after.as_str());
        }
    }
    Ok(Exit::Approved)
}

/// Every value of a policy by its place, such as `tiers.L2.minimum_age`.
fn places(text: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let value = Value::Table(toml::from_str(text).context("a policy that loaded is TOML")?);
    let mut found = BTreeMap::new();
    walk("", &value, &mut found);
    Ok(found)
}

fn walk(place: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let Some(table) = value.as_table().filter(|table| !table.is_empty()) else {
        found.insert(place.to_owned(), value.to_string());
        return;
    };
    for (key, value) in table {
        let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
        walk(&place, value, found);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn replay(args: &ReplayArgs) -> anyhow::Result<Exit> {
    let other = policy::read(&args.file)?;
    let bonafide = args.installation.without_engine().await?;
    let replay = bonafide.replay(&other, args.last).await?;
    let changed: Vec<_> = replay.replayed.iter().filter(|replayed| replayed.differs()).collect();
    if args.json {
        for replayed in changed {
            println!("{}", json!(replayed));
        }
        return Ok(Exit::Approved);
    }
    let (all, id) = (replay.replayed.len(), other.id());
    println!("{all} decisions made again under {} {}", id.name, id.version);
    println!("{} come out otherwise", changed.len());
    let mut ways = BTreeMap::<(&str, &str), usize>::new();
    for replayed in changed {
        let way = (replayed.was.verdict.as_str(), replayed.now.verdict.as_str());
        *ways.entry(way).or_default() += 1;
    }
    for ((was, now), many) in ways {
        println!("  {many} {was} → {now}");
    }
    for (why, many) in &replay.left_out {
        println!("{many} cannot be made again: {}", why.as_str());
    }
    Ok(Exit::Approved)
}
