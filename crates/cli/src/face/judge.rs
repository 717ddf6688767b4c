//! `bonafide face judge`: is the picture of a face good enough to compare?

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::check::{self, Outcome};
use domain::guidance::{Language, Texts};
use domain::policy::{Duty, TierPolicy};
use evidence::selfie::{Selfie, SelfieReader};
use evidence::stages::Stages;
use serde_json::{Value, json};

use super::face_json;
use crate::exit::Exit;
use crate::policy::PolicyArgs;
use crate::{batch, engine, input, policy};

/// Arguments of `face judge`.
#[derive(Debug, Args)]
pub struct JudgeArgs {
    /// Pictures; `-` reads their names from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    policy: PolicyArgs,
    /// One JSON object a line (the only form there is)
    #[arg(long)]
    json: bool,
    /// Language of the reasons
    #[arg(long, default_value = "en", value_name = "zh-CN|en")]
    lang: Language,
    /// Pictures at work at once
    #[arg(long, default_value_t = 1, value_name = "N")]
    jobs: usize,
}

/// Runs the command.
///
/// # Errors
/// When the policy or a model cannot be loaded, or standard output is closed.
pub fn run(args: &JudgeArgs) -> anyhow::Result<Exit> {
    let (_, tier) = args.policy.load(policy::pictures)?;
    let judge = Judge { tier, selfies: engine::selfies(args.jobs)?, texts: Texts::of(args.lang) };
    let files = batch::files(&args.files)?;
    let line = |file: &PathBuf| judge.line(file).to_string();
    batch::lines(&files, args.jobs, &mut stdout().lock(), line)?;
    stdout().flush().context("writing the last line")?;
    Ok(Exit::Approved)
}

/// What every picture is judged by.
struct Judge {
    tier: TierPolicy,
    selfies: SelfieReader,
    texts: &'static Texts,
}

impl Judge {
    fn line(&self, file: &Path) -> Value {
        let mut stages = Stages::default();
        let picture = match stages.time("decode", || input::picture(file)) {
            Ok(picture) => picture,
            Err(error) => return json!({ "schema": 1, "file": file, "error": error.json() }),
        };
        match self.selfies.read(&picture) {
            Ok(selfie) => {
                stages.append(&selfie.stages);
                json!({
                    "schema": 1,
                    "file": file,
                    "faces": selfie.faces.iter().map(face_json).collect::<Vec<_>>(),
                    "quality": selfie.evidence.quality,
                    "reasons": self.reasons(&selfie),
                    "ms": engine::milliseconds(&stages),
                })
            }
            Err(error) => {
                let message = format!("The picture could not be read: {error}.");
                let error = json!({ "code": "internal", "message": message });
                json!({ "schema": 1, "file": file, "error": error })
            }
        }
    }

    /// Why each check that the tier asks for did not pass, with its outcome.
    fn reasons(&self, selfie: &Selfie) -> Vec<Value> {
        let findings = check::of_selfie(&selfie.evidence, &self.tier).into_iter();
        let asked = findings.filter(|(kind, _)| self.tier.duty(*kind) != Duty::Off);
        asked
            .filter_map(|(kind, finding)| {
                let reason = finding.outcome.reason()?;
                let guidance = self.texts.guidance(reason);
                let mut value = serde_json::to_value(reason).expect("a reason serialises");
                value["check"] = kind.as_str().into();
                value["outcome"] = match finding.outcome {
                    Outcome::Inconclusive(_) => "inconclusive".into(),
                    _ => "fail".into(),
                };
                value["what"] = guidance.what.into();
                value["fix"] = guidance.fix.into();
                Some(value)
            })
            .collect()
    }
}
