//! Clips of people: events labelled by eye.

use std::process::Command;

use anyhow::{Context, Result};
use domain::evidence::Evidence;
use domain::liveness::{Action, LivenessEvidence};
use serde_json::Value;

use crate::Run;
use crate::data::DataFolder;
use crate::interval::share;
use crate::report::Table;

/// Labels as events.csv words them, with the movements that they may be seen as.
const LABELS: [(&str, &[Action]); 4] = [
    ("blink", &[Action::Blink]),
    ("head_turn", &[Action::TurnLeft, Action::TurnRight]),
    ("mouth_open", &[Action::OpenMouth]),
    ("head pitch up", &[Action::LookUp]),
];
/// What a label by eye may be off, frames.
const SLACK: f64 = 10.0;

/// Reads the clips and counts.
pub fn measure(run: &Run, data: &DataFolder) -> Result<Table> {
    let mut table = Table::new(&[
        "clip, as labelled",
        "labelled blinks found",
        "other labelled movements found",
        "blinks where none is labelled",
    ]);
    for row in data.table("faces/videos/events.csv")? {
        let seen = capture(run, data, &row["file"])?;
        let rate: f64 = row["fps"].parse()?;
        let labels = labels(&row["events_frame_ranges"]);
        let is_seen = |(actions, from, to): &(&[Action], f64, f64)| {
            seen.seen.iter().any(|event| {
                let (begins, ends) = (event.from_ms * rate / 1e3, event.to_ms * rate / 1e3);
                actions.contains(&event.action) && begins <= to + SLACK && ends >= from - SLACK
            })
        };
        let count = |blinks: bool| {
            let of: Vec<_> =
                labels.iter().filter(|label| label.0.contains(&Action::Blink) == blinks).collect();
            share(of.iter().filter(|label| is_seen(label)).count() as u64, of.len() as u64)
        };
        let blinks = labels.iter().filter(|label| label.0.contains(&Action::Blink));
        let blinks: Vec<_> = blinks.collect();
        let others = seen.seen.iter().filter(|event| {
            let (begins, ends) = (event.from_ms * rate / 1e3, event.to_ms * rate / 1e3);
            event.action == Action::Blink
                && !blinks.iter().any(|(_, from, to)| begins <= to + SLACK && ends >= from - SLACK)
        });
        let coarse = if row["notes"].contains("coarse") { " (labels are coarse)" } else { "" };
        table.row([
            format!("{}{coarse}", row["file"]),
            count(true),
            count(false),
            format!("{} in {:.0} s", others.count(), seen.duration_ms / 1e3),
        ]);
    }
    Ok(table)
}

fn capture(run: &Run, data: &DataFolder, file: &str) -> Result<LivenessEvidence> {
    let clip = data.path(&format!("faces/videos/{file}"));
    let mut command = Command::new(&run.bonafide.program);
    let output = command.args(["liveness", "--json", "--video"]).arg(&clip).output()?;
    let answer: Value = serde_json::from_slice(&output.stdout).with_context(|| {
        format!("{}: {}", clip.display(), String::from_utf8_lossy(&output.stderr))
    })?;
    let evidence: Evidence = serde_json::from_value(answer["evidence"].clone())?;
    evidence.liveness.context("no capture in the answer")
}

/// The labels of a row, each with its first and last frame.
fn labels(text: &str) -> Vec<(&'static [Action], f64, f64)> {
    let mut labels = Vec::new();
    for part in text.split([';', ',']) {
        let part = part.trim();
        let Some((word, actions)) = LABELS.iter().find(|(word, _)| part.starts_with(word)) else {
            continue;
        };
        for range in part[word.len()..].split("and") {
            let numbers: Vec<f64> = range
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            if let (Some(first), Some(last)) = (numbers.first(), numbers.last()) {
                labels.push((*actions, *first, *last));
            }
        }
    }
    labels
}
