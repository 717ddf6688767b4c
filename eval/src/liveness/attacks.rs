//! Generated attacks, species by species, beside genuine captures.

use anyhow::{Context, Result};
use domain::check::{self, CheckKind};
use domain::decision::{self, Verdict};
use domain::liveness::{Action, Challenge, Step};
use domain::policy::{Policy, TierPolicy};
use domain::reason::Code;
use evidence::capture::Frame;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::actor::Actor;
use super::movements::cue;
use super::scene::{Camera, Plane, Script, live, shown_on};
use super::{Stage, each, rng};
use crate::Run;
use crate::interval::share;
use crate::report::Table;

/// Captures of each species.
const CAPTURES: usize = 300;
/// Time for each action of a challenge.
const STEP_MS: f64 = 2400.0;
/// Actions in a challenge.
const STEPS: usize = 3;

/// What is before the camera, or behind it.
#[derive(Debug, Clone, Copy)]
enum Species {
    Genuine,
    PrintStill,
    PrintWaved,
    CutOutEyes,
    ScreenReplay,
    OtherSession,
    Loop,
    Swap,
    AnimatedStill,
}

const SPECIES: [(Species, &str); 9] = [
    (Species::Genuine, "genuine: does what is asked"),
    (Species::PrintStill, "a print, held still"),
    (Species::PrintWaved, "a print, waved about"),
    (Species::CutOutEyes, "a print with the eyes cut out, waved, blinking"),
    (Species::ScreenReplay, "a screen that shows the right answer, dots and all"),
    (Species::OtherSession, "an answer to another challenge, into the stream"),
    (Species::Loop, "a second of it over and over, into the stream"),
    (Species::Swap, "another person from the second action on"),
    (Species::AnimatedStill, "a still picture, animated to the challenge, into the stream"),
];

/// Plays, reads and counts.
pub fn measure(run: &Run, stage: &Stage) -> Result<Vec<Table>> {
    let text = std::fs::read_to_string("policies/exchange.toml")?;
    let policy = Policy::parse(&text).context("the shipped policy")?;
    let tier = policy.tier(None)?.asking_only(&CheckKind::OF_CAPTURE);
    let head = [
        "capture",
        "captures",
        "passes (APCER; genuine: the rest is BPCER)",
        "asked to try again",
        "sent to a person",
        "what told it",
    ];
    let mut table = Table::new(&head);
    for (number, (species, name)) in SPECIES.into_iter().enumerate() {
        let first = 20_000 + 1000 * number;
        let judged =
            each(run.sample(CAPTURES), |index| judge(stage, &tier, species, first + index))?;
        let judged: Vec<(Verdict, Vec<Code>)> = judged.into_iter().flatten().collect();
        let count = |verdict| judged.iter().filter(|(v, _)| *v == verdict).count() as u64;
        let all = judged.len() as u64;
        let mut codes: Vec<(&str, usize)> = Vec::new();
        for code in judged.iter().flat_map(|(_, codes)| codes) {
            match codes.iter_mut().find(|(name, _)| *name == code.as_str()) {
                Some((_, times)) => *times += 1,
                None => codes.push((code.as_str(), 1)),
            }
        }
        codes.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let told: Vec<_> = codes.iter().map(|(code, times)| format!("{code} {times}")).collect();
        table.row([
            name.to_owned(),
            all.to_string(),
            share(count(Verdict::Approve), all),
            count(Verdict::Retry).to_string(),
            count(Verdict::Review).to_string(),
            told.join(", "),
        ]);
    }
    Ok(vec![table])
}

fn judge(
    stage: &Stage,
    tier: &TierPolicy,
    species: Species,
    number: usize,
) -> Result<Option<(Verdict, Vec<Code>)>> {
    let mut rng = rng(number);
    let Some(actor) = stage.actor(rng.random_range(0..usize::MAX))? else { return Ok(None) };
    let Some(other) = stage.actor(rng.random_range(0..usize::MAX))? else { return Ok(None) };
    let (challenge, script) = asked(&mut rng);
    let camera = Camera::phone(&mut rng);
    let frames = frames(species, (&actor, &other), &script, &camera, &mut rng);
    let seen = stage.read(frames, challenge)?.evidence;
    let decision = decision::decide(tier, &check::of_capture(&seen, tier));
    let mut codes: Vec<Code> = decision.reasons.iter().map(|reason| reason.code).collect();
    codes.dedup();
    Ok(Some((decision.verdict, codes)))
}

/// A challenge, and a script that answers it.
fn asked(rng: &mut ChaCha8Rng) -> (Challenge, Script) {
    // No blink: drawn lids are not seen to close.
    let mut actions =
        [Action::TurnLeft, Action::TurnRight, Action::Nod, Action::LookUp, Action::OpenMouth];
    actions.shuffle(rng);
    let mut cues = Vec::new();
    let mut steps = Vec::new();
    for (index, action) in actions.into_iter().take(STEPS).enumerate() {
        let from_ms = index as f64 * STEP_MS;
        steps.push(Step { action, from_ms, to_ms: Some(from_ms + STEP_MS) });
        cues.push(cue(action, from_ms + rng.random_range(300.0..550.0), rng));
    }
    let challenge = Challenge::new(steps).expect("the steps follow each other");
    (challenge, Script { cues, lasts_ms: STEPS as f64 * STEP_MS })
}

fn frames(
    species: Species,
    (actor, other): (&Actor, &Actor),
    script: &Script,
    camera: &Camera,
    rng: &mut ChaCha8Rng,
) -> Vec<Frame> {
    let nothing = Script { cues: Vec::new(), lasts_ms: script.lasts_ms };
    let mut flat = |swings, dots| Plane {
        tilt: [rng.random_range(12.0..35.0), rng.random_range(-15.0..15.0)],
        swings,
        dots,
    };
    match species {
        Species::Genuine | Species::AnimatedStill => live(actor, script, camera, rng),
        Species::PrintStill => {
            let plane = flat(0.0, 2.0);
            shown_on(plane, (actor, &nothing), camera, rng)
        }
        Species::PrintWaved => {
            let plane = flat(0.5, 2.0);
            shown_on(plane, (actor, &nothing), camera, rng)
        }
        Species::CutOutEyes => {
            let plane = flat(0.5, 2.0);
            let mut cues = script.cues.clone();
            for cue in &mut cues {
                cue.action = Action::Blink;
            }
            let blinking = Script { cues, lasts_ms: script.lasts_ms };
            shown_on(plane, (actor, &blinking), camera, rng)
        }
        Species::ScreenReplay => {
            let plane = Plane { tilt: [6.0, 4.0], swings: 0.0, dots: 6.0 };
            shown_on(plane, (actor, script), camera, rng)
        }
        Species::OtherSession => {
            let (_, answer) = asked(rng);
            live(actor, &answer, camera, rng)
        }
        Species::Loop => repeated(live(actor, script, camera, rng)),
        Species::Swap => {
            let first = live(actor, script, camera, rng);
            swapped(first, live(other, script, camera, rng))
        }
    }
}

/// The first second of `frames` over and over.
fn repeated(mut frames: Vec<Frame>) -> Vec<Frame> {
    let second = frames.iter().filter(|frame| frame.at_ms < 1000.0).count();
    let (first, rest) = frames.split_at_mut(second);
    for (frame, again) in rest.iter_mut().zip(first.iter().cycle()) {
        frame.picture.clone_from(&again.picture);
    }
    frames
}

/// `first` up to the second action, then `then`.
fn swapped(first: Vec<Frame>, then: Vec<Frame>) -> Vec<Frame> {
    let before = first.into_iter().filter(|frame| frame.at_ms < STEP_MS);
    before.chain(then.into_iter().filter(|frame| frame.at_ms >= STEP_MS)).collect()
}
