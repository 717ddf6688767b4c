//! `bonafide outline`: where documents lie, without reading them.

use std::io::stdout;
use std::path::{Path, PathBuf};

use clap::Args;
use evidence::stages::Stages;
use serde_json::{Value, json};
use vision::document::{DocumentFinder, LocatedDocument};

use crate::exit::Exit;
use crate::{batch, engine, input};

/// Find the outlines of documents.
#[derive(Debug, Args)]
pub struct OutlineArgs {
    /// Pictures; `-` reads their names from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a line (the only form there is)
    #[arg(long)]
    json: bool,
    /// Pictures at work at once
    #[arg(long, default_value_t = 1, value_name = "N")]
    jobs: usize,
}

/// Runs the command.
///
/// # Errors
/// When the model cannot be loaded or standard output is closed; a file that
/// cannot be read is a line with `error`.
pub fn run(args: &OutlineArgs) -> anyhow::Result<Exit> {
    let files = batch::files(&args.files)?;
    let finder = engine::outlines(args.jobs)?;
    batch::lines(&files, args.jobs, &mut stdout().lock(), |file| line(&finder, file).to_string())?;
    Ok(Exit::Approved)
}

fn line(finder: &DocumentFinder, file: &Path) -> Value {
    let mut stages = Stages::default();
    let picture = match stages.time("decode", || input::picture(file)) {
        Ok(picture) => picture,
        Err(error) => return json!({ "schema": 1, "file": file, "error": error.json() }),
    };
    match stages.time("outline", || finder.find(picture.rgb())) {
        Ok(found) => {
            let outlines: Vec<_> = found.iter().map(outline).collect();
            let ms = engine::milliseconds(&stages);
            json!({ "schema": 1, "file": file, "outlines": outlines, "ms": ms })
        }
        Err(error) => {
            let message = format!("The outline could not be looked for: {error}.");
            let error = json!({ "code": "internal", "message": message });
            json!({ "schema": 1, "file": file, "error": error })
        }
    }
}

fn outline(document: &LocatedDocument) -> Value {
    json!({
        "quad": document.quad(),
        "score": document.score(),
        "corners_inside": document.corners_inside(),
    })
}
