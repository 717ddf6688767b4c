//! `bonafide liveness`: judge a live capture of a face.

use std::io::IsTerminal;
use std::time::Instant;

use clap::Args;
use domain::check::{self, CheckKind};
use domain::decision;
use domain::evidence::Evidence;
use domain::guidance::Language;
use evidence::capture::SeenCapture;
use serde_json::{Value, json};

use crate::capture::CaptureArgs;
use crate::exit::{Exit, Refused};
use crate::policy::PolicyArgs;
use crate::report::{self, Report};
use crate::{engine, policy};

/// Judge a live capture of a face: what it did, and whether it was there.
#[derive(Debug, Args)]
pub struct LivenessArgs {
    #[command(flatten)]
    capture: CaptureArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    /// Print one JSON object instead of the report
    #[arg(long)]
    json: bool,
    /// With --json: what was measured of the face in every frame
    #[arg(long, requires = "json")]
    signs: bool,
    /// Language of the report
    #[arg(long, default_value = "en", value_name = "zh-CN|en")]
    lang: Language,
}

/// Runs the command.
///
/// # Errors
/// [`crate::exit::Refused`] for input that is refused; anything else is ours.
pub fn run(args: &LivenessArgs) -> anyhow::Result<Exit> {
    let (policy, tier) = args.policy.load(policy::exchange)?;
    let tier = tier.asking_only(&CheckKind::OF_CAPTURE);
    let (reader, models) = engine::captures()?;
    let begin = Instant::now();
    let Some(mut seen) = args.capture.read(&reader)? else {
        let problem = "There is no capture: give a clip with --video or frames with --frames.";
        return Err(Refused(problem.to_owned()).into());
    };
    seen.stages.add("capture", begin.elapsed());
    let decision = decision::decide(&tier, &check::of_capture(&seen.evidence, &tier));
    let facts = Evidence { liveness: Some(seen.evidence.clone()), models, ..Evidence::default() };
    let report = Report {
        decision: &decision,
        evidence: &facts,
        fields: check::fields(&facts, &tier),
        statement: policy.statement(),
        as_of: engine::today(),
        specimens_allowed: false,
        times: &seen.stages.milliseconds(),
        annotated: &[],
    };
    if args.json {
        let mut value = report::json(&report, args.lang);
        if args.signs {
            value["signs"] = signs(&seen);
        }
        println!("{value}");
    } else {
        print!("{}", report.text(args.lang, std::io::stdout().is_terminal()));
    }
    Ok(decision.verdict.into())
}

/// What was measured of the face, frame by frame.
fn signs(seen: &SeenCapture) -> Value {
    let of = |face: &evidence::capture::CapturedFace| {
        json!({
            "at_ms": face.at_ms,
            "eyes": face.signs.eyes,
            "mouth": face.signs.mouth,
            "yaw": face.turn.yaw,
            "pitch": face.turn.pitch,
            "roll": face.turn.roll,
        })
    };
    seen.faces.iter().map(of).collect()
}
