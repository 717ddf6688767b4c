//! `bonafide verify`: one person from pictures to an explained decision.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use domain::check;
use domain::decision;
use domain::document::DocumentType;
use domain::evidence::Slot;
use domain::guidance::Language;
use evidence::reader::Submission;
use evidence::stages::Stages;
use imaging::DecodedImage;
use jiff::civil::Date;

use crate::capture::CaptureArgs;
use crate::exit::{Exit, Refused};
use crate::input::{self, Unreadable};
use crate::policy::PolicyArgs;
use crate::report::{self, Report};
use crate::{annotate, claims, engine, policy};

/// Verify one person: a document, a selfie, and what the person typed.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Picture of the document's portrait side; several are read as one
    #[arg(long, required = true, value_name = "PICTURE")]
    document: Vec<PathBuf>,
    /// Picture of the document's other side; several are read as one
    #[arg(long, value_name = "PICTURE")]
    back: Vec<PathBuf>,
    /// Picture of the person holding the document
    #[arg(long, value_name = "PICTURE")]
    held: Option<PathBuf>,
    /// Picture of the person's face
    #[arg(long, value_name = "PICTURE")]
    selfie: PathBuf,
    #[command(flatten)]
    capture: CaptureArgs,
    /// What the person typed (TOML)
    #[arg(long, value_name = "FILE")]
    claims: PathBuf,
    /// The type of document that the person chose, in place of the claims'
    #[arg(long = "type", value_name = "TYPE", value_parser = document_type)]
    document_type: Option<DocumentType>,
    #[command(flatten)]
    policy: PolicyArgs,
    /// The day to judge on, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Print one JSON object instead of the report
    #[arg(long)]
    json: bool,
    /// Write pictures with outline, lines, faces and faults drawn on them
    #[arg(long, value_name = "DIR")]
    annotate: Option<PathBuf>,
    /// Language of the report
    #[arg(long, default_value = "en", value_name = "zh-CN|en")]
    lang: Language,
    /// For trials: do not refuse documents that are marked as specimens
    #[arg(long)]
    allow_specimen: bool,
}

/// So many pictures of a side are read together: each takes its second and memory.
const MOST_OF_A_SIDE: usize = 5;

/// A document type under its stable public name.
pub fn document_type(name: &str) -> Result<DocumentType, String> {
    let value = serde_json::Value::String(name.to_owned());
    serde_json::from_value(value).map_err(|_| {
        "one of passport, id_card, visa, driving_licence, residence_permit, travel_permit, other"
            .to_owned()
    })
}

/// Runs the command.
///
/// # Errors
/// [`Refused`] for input that is refused; anything else is ours.
pub fn run(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let (policy, mut tier) = args.policy.load(policy::pictures)?;
    if args.allow_specimen {
        tier = tier.allowing_specimens();
    }
    let mut claims = claims::read(&args.claims)?;
    if let Some(declared) = args.document_type {
        claims.document_type = Some(declared);
    }
    let as_of = args.as_of.unwrap_or_else(engine::today);
    let mut stages = Stages::default();
    let mut submission = stages.time("decode", || submission(args))?;
    let reader = stages.time("load_models", || engine::reader(1))?;
    submission.capture = args.capture.read(&reader.captures())?;
    let begin = Instant::now();
    let seen = reader.submission(&submission, as_of).context("reading the pictures")?;
    stages.append(&seen.stages);
    let decision = decision::assess(&seen.evidence, &claims, as_of, &tier);
    stages.add("verification", begin.elapsed());
    let annotated = match &args.annotate {
        Some(dir) => annotate::write(dir, &submission, &seen, &decision, args.lang)
            .with_context(|| format!("writing annotated pictures to {}", dir.display()))?,
        None => Vec::new(),
    };
    let report = Report {
        decision: &decision,
        evidence: &seen.evidence,
        fields: check::fields(&seen.evidence, &tier),
        statement: policy.statement(),
        as_of,
        specimens_allowed: args.allow_specimen,
        times: &stages.milliseconds(),
        annotated: &annotated,
    };
    if args.json {
        println!("{}", report::json(&report, args.lang));
    } else {
        print!("{}", report.text(args.lang, std::io::stdout().is_terminal()));
    }
    Ok(decision.verdict.into())
}

/// Decodes the pictures, side by side.
fn submission(args: &VerifyArgs) -> Result<Submission, Refused> {
    for (name, files) in [("--document", &args.document), ("--back", &args.back)] {
        if files.len() > MOST_OF_A_SIDE {
            let found = files.len();
            return Err(Refused(format!(
                "{name} was given {found} times; give at most {MOST_OF_A_SIDE} pictures of a side"
            )));
        }
    }
    let front = args.document.iter().map(|path| (Slot::Front, path));
    let back = args.back.iter().map(|path| (Slot::Back, path));
    let held = args.held.iter().map(|path| (Slot::Held, path));
    let files = front.chain(back).chain(held).chain([(Slot::Selfie, &args.selfie)]);
    let decoded: Vec<(Slot, DecodedImage)> = std::thread::scope(|scope| {
        let work: Vec<_> =
            files.map(|(slot, path)| (slot, path, scope.spawn(|| input::picture(path)))).collect();
        work.into_iter()
            .map(|(slot, path, thread)| {
                let picture = thread.join().expect("decoding does not panic");
                let refuse =
                    |error: Unreadable| Refused(format!("{}: {}", path.display(), error.message));
                Ok((slot, picture.map_err(refuse)?))
            })
            .collect::<Result<_, Refused>>()
    })?;
    let mut pictures = BTreeMap::<Slot, Vec<DecodedImage>>::new();
    for (slot, picture) in decoded {
        pictures.entry(slot).or_default().push(picture);
    }
    Ok(Submission { pictures, capture: None })
}
