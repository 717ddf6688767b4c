//! `cargo bench`: one verification of twelve-megapixel pictures, stage by
//! stage, beside the Python peer and beside the bare models, in one run.
//!
//! Needs the models and portraits (`cargo xtask demo` installs them); for the
//! peer also what `eval/peers/verify_peer.py` names.

mod bare;
mod documents;
mod memory;
mod ours;
mod peer;
mod pictures;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use inference::models_dir;
use jiff::civil::{Date, date};

/// Rounds of everything; medians are told.
const ROUNDS: usize = 9;

/// The day on which everything is shown.
const TODAY: Date = date(2026, 3, 1);

fn main() -> anyhow::Result<()> {
    // `cargo test --all-targets` runs benches too, with this flag absent.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let models: PathBuf = models_dir(|name| std::env::var_os(name)).context("no models folder")?;
    let portraits = models.with_file_name("portraits");
    tell_documents(&documents::measure(&models, &portraits)?);
    let person = pictures::Person::photographed(&portraits)?;
    let peer = peer::measure(&models, &person);
    let ours = ours::measure(&models, &person)?;
    let bare = bare::measure(&models, &ours.calls)?;
    let peak = memory::peak_mib(&person)?;

    println!("| stage, median of {ROUNDS} | ms |\n|---|---|");
    for (stage, time) in &ours.stages {
        println!("| {stage} | {} |", ms(*time));
    }
    println!("| **the whole verification** | **{}** |", ms(ours.whole));
    println!(
        "\nThe bare models, {} runs one after another on two threads: {} ms; ours over it: {:.2}",
        ours.calls.len(),
        ms(bare.whole),
        ours.whole.as_secs_f64() / bare.whole.as_secs_f64()
    );
    println!("\n| model | runs | ms |\n|---|---|---|");
    for (role, (runs, time)) in &bare.roles {
        println!("| {role} | {runs} | {} |", ms(*time));
    }
    println!();
    println!("Peak memory of `bonafide verify`: {peak} MiB");
    match peer {
        Ok(peer) => {
            println!("\n| Python peer, median of {ROUNDS} | ms |\n|---|---|");
            for (stage, time) in &peer.ms {
                println!("| {stage} | {time:.0} |");
            }
            println!("| **the whole** | **{:.0}** |", peer.total_ms);
            let ratio = peer.total_ms / (ours.whole.as_secs_f64() * 1e3);
            println!(
                "\nPeer over ours: {ratio:.2}; peak memory of the peer: {} MiB",
                peer.peak_mib
            );
        }
        Err(error) => println!("\nNo peer: {error:#}"),
    }
    Ok(())
}

/// One picture alone: the stages, and how far the hardest picture is from the median one.
fn tell_documents(measured: &documents::Measured) {
    println!("| stage, median over {} pictures | ms |\n|---|---|", measured.photographs.len());
    for (stage, time) in &measured.stages {
        println!("| {stage} | {} |", ms(*time));
    }
    let (middle, hardest) = (measured.median(), measured.photographs.last());
    println!("| **one picture of a document** | **{}** |", ms(middle));
    for (name, time) in &measured.photographs {
        println!("{} ms {name}", ms(*time));
    }
    if let Some((name, most)) = hardest {
        let ratio = most.as_secs_f64() / middle.as_secs_f64();
        println!("\nThe hardest, {name}: {} ms, {ratio:.2} times the median\n", ms(*most));
    }
}

/// Milliseconds without decimals, or with one below ten.
fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 10.0 { format!("{ms:.1}") } else { format!("{ms:.0}") }
}

/// The middle one; the lower of two.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}
