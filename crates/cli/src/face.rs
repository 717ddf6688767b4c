//! `bonafide face`: embed, judge and compare faces.

mod judge;

use std::io::stdout;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use evidence::reader::{Observed, ObservedFace, Reader};
use evidence::stages::Stages;
use serde_json::{Value, json};
use vision::face::Comparison;

pub use self::judge::JudgeArgs;
use crate::exit::{Exit, Refused};
use crate::{batch, engine, input};

/// Faces: find, embed, judge, compare.
#[derive(Debug, Subcommand)]
pub enum FaceCommand {
    /// Find the faces of pictures and turn the main one into a vector
    Embed(EmbedArgs),
    /// Judge pictures of faces: light, sharpness, pose, eyes, covers
    Judge(JudgeArgs),
    /// Compare the main faces of two pictures
    Compare(CompareArgs),
}

/// Arguments of `face embed`.
#[derive(Debug, Args)]
pub struct EmbedArgs {
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

/// Arguments of `face compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// One picture
    a: PathBuf,
    /// The other
    b: PathBuf,
    /// One JSON object (the only form there is)
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the models cannot be loaded, a model fails, or a picture of
/// `compare` is refused.
pub fn run(command: &FaceCommand) -> anyhow::Result<Exit> {
    match command {
        FaceCommand::Embed(args) => embed(args),
        FaceCommand::Judge(args) => judge::run(args),
        FaceCommand::Compare(args) => compare(args),
    }
}

fn embed(args: &EmbedArgs) -> anyhow::Result<Exit> {
    let files = batch::files(&args.files)?;
    let reader = engine::reader(args.jobs)?;
    batch::lines(&files, args.jobs, &mut stdout().lock(), |file| {
        embed_line(&reader, file).to_string()
    })?;
    Ok(Exit::Approved)
}

fn embed_line(reader: &Reader, file: &Path) -> Value {
    let mut stages = Stages::default();
    let picture = match stages.time("decode", || input::picture(file)) {
        Ok(picture) => picture,
        Err(error) => return json!({ "schema": 1, "file": file, "error": error.json() }),
    };
    match reader.person(&picture) {
        Ok(observed) => {
            stages.append(&observed.stages);
            let faces: Vec<_> = observed.faces.iter().map(with_embedding).collect();
            json!({
                "schema": 1,
                "file": file,
                "faces": faces,
                "embedder": reader.embedder(),
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

fn with_embedding(face: &ObservedFace) -> Value {
    let mut value = face_json(face);
    if let Some(embedding) = &face.embedding {
        value["embedding"] = json!(embedding.values());
        value["embedding_parts"] = json!(embedding.parts().collect::<Vec<_>>());
    }
    value
}

/// A face without its vector.
pub fn face_json(face: &ObservedFace) -> Value {
    let bounds = face.bounds;
    let quality = &face.observation.quality;
    json!({
        "box": [bounds.x, bounds.y, bounds.width, bounds.height],
        "landmarks": face.landmarks,
        "quality": {
            "score": face.observation.score,
            "eye_distance": face.landmarks[0].distance(face.landmarks[1]),
            "sharpness": quality.sharpness,
            "brightness": quality.brightness,
            "contrast": quality.contrast,
            "yaw": quality.pose.yaw,
            "pitch": quality.pose.pitch,
            "roll": quality.pose.roll,
        },
    })
}

fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    let reader = engine::reader(1)?;
    let mut stages = Stages::default();
    let a = main_face(&reader, &args.a, &mut stages)?;
    let b = main_face(&reader, &args.b, &mut stages)?;
    let vectors = a
        .faces
        .first()
        .and_then(|face| face.embedding.as_ref())
        .zip(b.faces.first().and_then(|face| face.embedding.as_ref()));
    let comparison = vectors.map(|(a, b)| reader.compare(a, b));
    let reasons: Vec<_> = [(&args.a, &a), (&args.b, &b)]
        .into_iter()
        .filter(|(_, observed)| observed.faces.is_empty())
        .map(|(file, _)| json!({ "code": "FACE_NOT_FOUND", "file": file }))
        .collect();
    let value = json!({
        "schema": 1,
        "files": [args.a, args.b],
        "similarity": comparison.as_ref().map(|c| c.similarity),
        "distance": comparison.as_ref().map(|c| c.distance),
        "false_accept_rate": comparison.as_ref().map(Comparison::worst_false_accept_rate),
        "false_accept_rate_by_population": comparison.as_ref().map(|c| &c.false_accept_rate),
        "normalised": comparison.as_ref().and_then(|c| c.normalised.as_ref()),
        "reasons": reasons,
        "faces": [a.faces.first().map(face_json), b.faces.first().map(face_json)],
        "ms": engine::milliseconds(&stages),
    });
    println!("{value}");
    Ok(Exit::Approved)
}

fn main_face(reader: &Reader, file: &Path, stages: &mut Stages) -> anyhow::Result<Observed> {
    let picture = stages
        .time("decode", || input::picture(file))
        .map_err(|error| Refused(format!("{}: {}", file.display(), error.message)))?;
    let observed = reader.person(&picture)?;
    stages.append(&observed.stages);
    Ok(observed)
}
