//! `bonafide preview`: what to do at the camera, frame by frame.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use domain::guidance::{Language, Texts};
use domain::policy::TierPolicy;
use domain::reason::Reason;
use evidence::preview::{FacePreviewer, Preview, Previewer};
use evidence::stages::Stages;
use imaging::DecodedImage;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::policy::PolicyArgs;
use crate::{batch, engine, input, policy};

/// Judge camera frames of a document or a face before the picture is taken.
#[derive(Debug, Args)]
pub struct PreviewArgs {
    /// Frames; `-` reads their names from standard input
    #[arg(required = true, value_name = "FRAME")]
    frames: Vec<PathBuf>,
    /// Width of the picture that the camera will take, pixels [default: the frame's own]
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    picture_width: Option<u32>,
    /// What is going to be photographed
    #[arg(long, default_value = "document", value_name = "WHAT")]
    of: Aim,
    #[command(flatten)]
    policy: PolicyArgs,
    /// One JSON object a line instead of one sentence
    #[arg(long)]
    json: bool,
    /// Language of the hints
    #[arg(long, default_value = "en", value_name = "zh-CN|en")]
    lang: Language,
    /// Frames at work at once
    #[arg(long, default_value_t = 1, value_name = "N")]
    jobs: usize,
}

/// What the camera is aimed at.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Aim {
    Document,
    Face,
}

/// Runs the command.
///
/// # Errors
/// When the policy or the model cannot be loaded, or standard output is
/// closed; a frame that cannot be read is a line that says so.
pub fn run(args: &PreviewArgs) -> anyhow::Result<Exit> {
    let (_, tier) = args.policy.load(policy::pictures)?;
    let camera = Camera {
        tier,
        judge: match args.of {
            Aim::Document => Judge::Document(engine::previewer(args.jobs)?),
            Aim::Face => Judge::Face(engine::face_previewer(args.jobs)?),
        },
        picture_width: args.picture_width,
        texts: Texts::of(args.lang),
    };
    let files = batch::files(&args.frames)?;
    let line = |file: &PathBuf| {
        let judged = camera.judge(file);
        if args.json { camera.json(file, &judged).to_string() } else { camera.text(file, &judged) }
    };
    batch::lines(&files, args.jobs, &mut stdout().lock(), line)?;
    stdout().flush().context("writing the last line")?;
    Ok(Exit::Approved)
}

/// What every frame is judged by.
struct Camera {
    tier: TierPolicy,
    judge: Judge,
    picture_width: Option<u32>,
    texts: &'static Texts,
}

enum Judge {
    Document(Previewer),
    Face(FacePreviewer),
}

/// A preview with its times, or the `error` of its line.
type Judged = Result<(Preview, Stages), Value>;

impl Camera {
    fn judge(&self, file: &Path) -> Judged {
        let mut stages = Stages::default();
        let frame = stages.time("decode", || input::picture(file));
        let frame = frame.map_err(|error| error.json())?;
        let shrunk = self.shrunk(&frame);
        let preview = match &self.judge {
            Judge::Document(previewer) => previewer.judge(&frame, shrunk, &self.tier),
            Judge::Face(previewer) => previewer.judge(&frame, shrunk, &self.tier),
        };
        let preview = preview.map_err(|error| {
            let message = format!("The frame could not be judged: {error}.");
            json!({ "code": "internal", "message": message })
        })?;
        stages.append(&preview.stages);
        Ok((preview, stages))
    }

    fn shrunk(&self, frame: &DecodedImage) -> f32 {
        self.picture_width.map_or(1.0, |width| width as f32 / frame.width() as f32)
    }

    fn json(&self, file: &Path, judged: &Judged) -> Value {
        match judged {
            Ok((preview, stages)) => json!({
                "schema": 1,
                "file": file,
                "outline": preview.outline,
                "ready": preview.is_ready(),
                "hints": preview.hints.iter().map(|hint| self.hint(hint)).collect::<Vec<_>>(),
                "ms": engine::milliseconds(stages),
            }),
            Err(error) => json!({ "schema": 1, "file": file, "error": error }),
        }
    }

    fn hint(&self, reason: &Reason) -> Value {
        let guidance = self.texts.guidance(reason);
        let mut value = serde_json::to_value(reason).expect("a reason serialises");
        value["what"] = guidance.what.into();
        value["fix"] = guidance.fix.into();
        value
    }

    /// The one hint to show.
    fn text(&self, file: &Path, judged: &Judged) -> String {
        let said = match judged {
            Ok((preview, _)) => preview.hint().map_or_else(
                || self.texts.report("ready").to_owned(),
                |hint| {
                    let guidance = self.texts.guidance(hint);
                    format!("{}\n  → {}", guidance.what, guidance.fix)
                },
            ),
            Err(error) => error["message"].as_str().unwrap_or_default().to_owned(),
        };
        format!("{}: {said}", file.display())
    }
}
