//! `bonafide read`: documents, one JSON object a line.

use std::io::stdout;
use std::path::{Path, PathBuf};

use clap::Args;
use domain::check::{self, CheckKind};
use domain::claims::Claims;
use domain::document::DocumentType;
use domain::evidence::{Evidence, Slot};
use domain::policy::Policy;
use domain::reason::{Reason, Step};
use evidence::reader::{Observed, Reader};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::face::face_json;
use crate::{batch, engine, input, policy};

/// Read documents: type, fields, machine-readable zone, faces.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Pictures; `-` reads their names from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a line (the only form there is)
    #[arg(long)]
    json: bool,
    /// The day that settles the century of two-digit years [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Pictures at work at once
    #[arg(long, default_value_t = 1, value_name = "N")]
    jobs: usize,
}

/// Runs the command.
///
/// # Errors
/// When the models cannot be loaded or standard output is closed; a file that
/// cannot be read is a line with `error`.
pub fn run(args: &ReadArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(engine::today);
    let files = batch::files(&args.files)?;
    let reader = engine::reader(args.jobs)?;
    let policy = policy::pictures();
    batch::lines(&files, args.jobs, &mut stdout().lock(), |file| {
        line(&reader, &policy, file, as_of).to_string()
    })?;
    Ok(Exit::Approved)
}

fn line(reader: &Reader, policy: &Policy, file: &Path, as_of: Date) -> Value {
    let mut stages = evidence::stages::Stages::default();
    let picture = match stages.time("decode", || input::picture(file)) {
        Ok(picture) => picture,
        Err(error) => return json!({ "schema": 1, "file": file, "error": error.json() }),
    };
    match reader.document(&picture, as_of) {
        Ok(mut observed) => {
            stages.append(&observed.stages);
            observed.stages = stages;
            document_json(file, &observed, policy, as_of)
        }
        Err(error) => {
            let message = format!("The picture could not be read: {error}.");
            let error = json!({ "code": "internal", "message": message });
            json!({ "schema": 1, "file": file, "error": error })
        }
    }
}

fn document_json(file: &Path, observed: &Observed, policy: &Policy, as_of: Date) -> Value {
    let seen = observed.evidence.document.as_ref();
    let mrz = seen.and_then(|document| document.mrz.as_ref()).map(|mrz| {
        json!({
            "format": mrz.format,
            "lines": mrz.lines,
            "check_digits_ok": mrz.check_digits_ok,
            "repaired": mrz.repaired,
        })
    });
    json!({
        "schema": 1,
        "file": file,
        "document": seen.map(|document| json!({
            "type": document.document_type,
            "country": document.country,
            "side": document.side,
            "score": document.score,
        })),
        "mrz": mrz,
        "fields": seen.map(domain::evidence::SeenDocument::fields).unwrap_or_default(),
        "quality": observed.evidence.quality,
        "traces": observed.evidence.traces,
        "faces": observed.faces.iter().map(face_json).collect::<Vec<_>>(),
        "reasons": reasons(observed, policy, as_of),
        "ms": engine::milliseconds(&observed.stages),
    })
}

/// What is wrong with the picture or the document itself, by the shipped
/// limits; nothing that needs a claim, a second side or a selfie.
fn reasons(observed: &Observed, policy: &Policy, as_of: Date) -> Vec<Reason> {
    let tier = policy.tier(None).expect("a policy loads only with its default tier");
    let mut evidence = Evidence::default();
    evidence.pictures.insert(Slot::Front, observed.evidence.clone());
    let checks = check::run(&evidence, &Claims::default(), as_of, tier);
    let other_side = evidence
        .document(Slot::Front)
        .is_some_and(|document| document.side == Some(domain::document::Side::Back));
    let unknown = evidence
        .document(Slot::Front)
        .is_some_and(|document| document.document_type == DocumentType::Other);
    let about_one_picture = |kind: &CheckKind| {
        let whole = matches!(
            kind,
            CheckKind::SidesPresent | CheckKind::TypeAccepted | CheckKind::CountryAccepted
        );
        let front_only = matches!(
            kind,
            CheckKind::PortraitFound
                | CheckKind::FieldsRead
                | CheckKind::NotExpired
                | CheckKind::MinimumAge
        );
        !whole && !(front_only && (other_side || unknown))
    };
    CheckKind::ALL
        .iter()
        .filter(|kind| about_one_picture(kind))
        .flat_map(|kind| checks.findings(*kind))
        .filter_map(|finding| finding.outcome.reason())
        .filter(|reason| reason.code.step() == Step::Document)
        .cloned()
        .collect()
}
