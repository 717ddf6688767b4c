//! Generated movements: is each found, and none that was not made?

use anyhow::Result;
use domain::liveness::{Action, Asked, SeenAction};
use rand::Rng;

use super::scene::{Camera, Cue, Script, live};
use super::{Stage, each};
use crate::Run;
use crate::interval::share;
use crate::report::Table;

/// Captures with each movement, and without any.
const CAPTURES: usize = 300;
const LASTS_MS: f64 = 3000.0;

/// What became of one capture.
struct Played {
    found: bool,
    /// Movements seen that were not made.
    others: Vec<SeenAction>,
}

/// Plays, reads and counts.
pub fn measure(run: &Run, stage: &Stage) -> Result<Table> {
    let mut table = Table::new(&["movement", "found", "others seen meanwhile", "a minute"]);
    let kinds = Action::ALL.into_iter().map(Some).chain([None]);
    for (number, action) in kinds.enumerate() {
        let played =
            each(run.sample(CAPTURES), |index| play(stage, action, 1000 * number + index))?;
        let played: Vec<Played> = played.into_iter().flatten().collect();
        let name = action.map_or("none", Action::as_str);
        for (index, capture) in played.iter().enumerate() {
            if (action.is_some() && !capture.found) || !capture.others.is_empty() {
                run.wrong(&format!("{name} {index}"), || {
                    format!("found: {}, others: {:?}", capture.found, capture.others)
                });
            }
        }
        let found = played.iter().filter(|capture| capture.found).count() as u64;
        let others: usize = played.iter().map(|capture| capture.others.len()).sum();
        let minutes = played.len() as f64 * LASTS_MS / 60_000.0;
        table.row([
            name.to_owned(),
            action.map_or_else(String::new, |_| share(found, played.len() as u64)),
            format!("{others} in {minutes:.1} min"),
            format!("{:.2}", others as f64 / minutes.max(f64::MIN_POSITIVE)),
        ]);
    }
    Ok(table)
}

fn play(stage: &Stage, action: Option<Action>, number: usize) -> Result<Option<Played>> {
    let mut rng = stage.rng(number);
    let Some(actor) = stage.actor(rng.random_range(0..usize::MAX))? else { return Ok(None) };
    let cue = action.map(|action| cue(action, rng.random_range(400.0..1100.0), &mut rng));
    let script = Script { cues: cue.into_iter().collect(), lasts_ms: LASTS_MS, page: None };
    let camera = Camera::phone(&mut rng);
    let frames = live(&actor, &script, &camera, &mut rng);
    let seen = stage.read(frames, Asked::default())?.evidence.seen;
    let made = |seen: &SeenAction| {
        cue.is_some_and(|cue| {
            let ends = cue.from_ms + cue.lasts_ms;
            seen.action == cue.action && seen.from_ms < ends && seen.to_ms > cue.from_ms
        })
    };
    let found = seen.iter().any(made);
    Ok(Some(Played { found, others: seen.into_iter().filter(|seen| !made(seen)).collect() }))
}

/// `action` as people make it, from `from_ms` on.
pub fn cue(action: Action, from_ms: f64, rng: &mut impl Rng) -> Cue {
    let lasts_ms = match action {
        Action::Blink => rng.random_range(180.0..450.0),
        _ => rng.random_range(900.0..1800.0),
    };
    Cue { action, from_ms, lasts_ms, size: rng.random_range(0.8..1.2) }
}
