//! Generated attacks, species by species, beside genuine captures.

use anyhow::{Context, Result};
use domain::check::{self, CheckKind};
use domain::decision::{self, Verdict};
use domain::liveness::{Action, Asked, Challenge, Light, LivenessEvidence, SignalKind, Step};
use domain::policy::{Policy, TierPolicy};
use domain::reason::Code;
use evidence::capture::Frame;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::actor::Actor;
use super::movements::cue;
use super::page::Page;
use super::scene::{Camera, Plane, Script, live, shown_on, unlit};
use super::{Stage, each};
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
    GlossyScreen,
    OtherSession,
    OtherLight,
    Loop,
    Swap,
    AnimatedStill,
    TintedStill,
}

const SPECIES: [(Species, &str); 12] = [
    (Species::Genuine, "genuine: does what is asked"),
    (Species::PrintStill, "a print, held still"),
    (Species::PrintWaved, "a print, waved about"),
    (Species::CutOutEyes, "a print with the eyes cut out, waved, blinking"),
    (Species::ScreenReplay, "a screen that shows the right answer, dots and all"),
    (Species::GlossyScreen, "the same, whose glass mirrors the page"),
    (Species::OtherSession, "an answer to another challenge, into the stream"),
    (Species::OtherLight, "the right movements under other colours, into the stream"),
    (Species::Loop, "a second of it over and over, into the stream"),
    (Species::Swap, "another person from the second action on"),
    (Species::AnimatedStill, "a still picture, animated to the challenge, into the stream"),
    (Species::TintedStill, "the same, tinted all over in the colours asked for"),
];

/// What became of one capture.
struct Judged {
    verdict: Verdict,
    /// What it would be had no light been asked for.
    without_light: Verdict,
    /// What told it: codes, and of `LIVENESS_ATTACK` the signals.
    told: Vec<&'static str>,
}

/// Plays, reads and counts.
pub fn measure(run: &Run, stage: &Stage) -> Result<Vec<Table>> {
    let text = std::fs::read_to_string("policies/exchange.toml")?;
    let policy = Policy::parse(&text).context("the shipped policy")?;
    let tier = policy.tier(None)?.asking_only(&CheckKind::OF_CAPTURE);
    let head = [
        "capture",
        "captures",
        "passes (APCER; genuine: the rest is BPCER)",
        "had no light been asked for",
        "asked to try again",
        "sent to a person",
        "what told it",
    ];
    let mut table = Table::new(&head);
    for (number, (species, name)) in SPECIES.into_iter().enumerate() {
        let first = 20_000 + 1000 * number;
        let judged = each(run.sample(CAPTURES), |index| {
            let judged = judge(stage, &tier, species, first + index)?;
            if let Some((judged, seen)) = &judged {
                run.wrong(name, || described(judged, seen));
            }
            Ok(judged.map(|(judged, _)| judged))
        })?;
        let judged: Vec<Judged> = judged.into_iter().flatten().collect();
        let count = |verdict| judged.iter().filter(|j| j.verdict == verdict).count() as u64;
        let without_light = judged.iter().filter(|j| j.without_light == Verdict::Approve).count();
        let all = judged.len() as u64;
        table.row([
            name.to_owned(),
            all.to_string(),
            share(count(Verdict::Approve), all),
            share(without_light as u64, all),
            count(Verdict::Retry).to_string(),
            count(Verdict::Review).to_string(),
            counted(judged.iter().flat_map(|judged| &judged.told)),
        ]);
    }
    Ok(vec![table])
}

/// How often each was told, the most frequent first.
fn counted<'a>(told: impl Iterator<Item = &'a &'static str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for what in told {
        match counts.iter_mut().find(|(name, _)| name == what) {
            Some((_, times)) => *times += 1,
            None => counts.push((what, 1)),
        }
    }
    counts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let counts: Vec<_> = counts.iter().map(|(what, times)| format!("{what} {times}")).collect();
    counts.join(", ")
}

/// A capture's verdict and signals on one line.
fn described(judged: &Judged, seen: &LivenessEvidence) -> String {
    let signals: Vec<String> =
        seen.signals.iter().map(|s| format!("{:?} {:.3}", s.kind, s.value)).collect();
    format!("{:?} {:?} {}", judged.verdict, judged.told, signals.join(" "))
}

fn judge(
    stage: &Stage,
    tier: &TierPolicy,
    species: Species,
    number: usize,
) -> Result<Option<(Judged, LivenessEvidence)>> {
    let mut rng = stage.rng(number);
    let Some(actor) = stage.actor(rng.random_range(0..usize::MAX))? else { return Ok(None) };
    let Some(other) = stage.actor(rng.random_range(0..usize::MAX))? else { return Ok(None) };
    let (challenge, script) = asked(&mut rng);
    let camera = Camera::phone(&mut rng);
    let frames = frames(species, (&actor, &other), &script, &camera, &mut rng);
    let light = script.page.map_or(Light::NotAsked, |page| Light::Shown(page.sequence));
    let seen = stage.read(frames, Asked { challenge, light, answered_after_ms: None })?.evidence;
    let decision = decision::decide(tier, &check::of_capture(&seen, tier));
    let unlit = LivenessEvidence { light: Light::NotAsked, ..seen.clone() };
    let without_light = decision::decide(tier, &check::of_capture(&unlit, tier)).verdict;
    let mut told: Vec<&'static str> =
        decision.reasons.iter().map(|reason| reason.code.as_str()).collect();
    told.dedup();
    if told.contains(&Code::LivenessAttack.as_str()) {
        told.retain(|code| *code != Code::LivenessAttack.as_str());
        told.extend(signs(&seen, tier));
    }
    Ok(Some((Judged { verdict: decision.verdict, without_light, told }, seen)))
}

/// The signals that say `LIVENESS_ATTACK`.
fn signs(seen: &LivenessEvidence, tier: &TierPolicy) -> Vec<&'static str> {
    let limits = &tier.limits;
    let value = |kind| seen.signal(kind).map(|signal| signal.value);
    let signs = [
        ("flatness", value(SignalKind::Flatness).is_some_and(|v| v > limits.max_flatness)),
        (
            "light not followed",
            value(SignalKind::LightFollowing).is_none_or(|v| v < limits.min_light_following),
        ),
        (
            "light too even",
            value(SignalKind::LightEvenness).is_some_and(|v| v > limits.max_light_evenness),
        ),
    ];
    signs.into_iter().filter(|(_, told)| *told).map(|(name, _)| name).collect()
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
    let lasts_ms = STEPS as f64 * STEP_MS;
    (challenge, Script { cues, lasts_ms, page: Some(Page::random(lasts_ms, rng)) })
}

fn frames(
    species: Species,
    (actor, other): (&Actor, &Actor),
    script: &Script,
    camera: &Camera,
    rng: &mut ChaCha8Rng,
) -> Vec<Frame> {
    let of = |cues| Script { cues, ..script.clone() };
    let mut print = |swings| Plane {
        tilt: [rng.random_range(12.0..35.0), rng.random_range(-15.0..15.0)],
        swings,
        dots: 2.0,
        matt: 1.0,
        mirror: 0.0,
    };
    let screen = |mirror| Plane { tilt: [6.0, 4.0], swings: 0.0, dots: 6.0, matt: 0.03, mirror };
    match species {
        Species::Genuine => live(actor, script, camera, rng),
        Species::AnimatedStill => unlit((actor, false), script, camera, rng),
        Species::TintedStill => unlit((actor, true), script, camera, rng),
        Species::PrintStill => shown_on(print(0.0), (actor, &of(Vec::new())), camera, rng),
        Species::PrintWaved => shown_on(print(0.5), (actor, &of(Vec::new())), camera, rng),
        Species::CutOutEyes => {
            let plane = print(0.5);
            let mut cues = script.cues.clone();
            for cue in &mut cues {
                cue.action = Action::Blink;
            }
            shown_on(plane, (actor, &of(cues)), camera, rng)
        }
        Species::ScreenReplay => shown_on(screen(0.0), (actor, script), camera, rng),
        Species::GlossyScreen => {
            let plane = screen(rng.random_range(0.02..0.08));
            shown_on(plane, (actor, script), camera, rng)
        }
        Species::OtherSession => {
            let (_, answer) = asked(rng);
            live(actor, &answer, camera, rng)
        }
        Species::OtherLight => {
            let page = Some(Page::random(script.lasts_ms, rng));
            live(actor, &Script { page, ..script.clone() }, camera, rng)
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
