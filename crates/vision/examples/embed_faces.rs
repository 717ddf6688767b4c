//! Finds and embeds the main face of each picture named on standard input, one
//! JSON object a line: `embed_faces MODELS THREADS [portrait] < names > faces.jsonl`.

use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

use image::ImageReader;
use inference::{ModelSet, Parallelism, Role};
use vision::face::{FaceEmbedder, FaceFinder, FaceParams};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let models = arguments.next().ok_or("usage: embed_faces MODELS THREADS [portrait]")?;
    let threads = arguments.next().ok_or("how many threads?")?.parse()?;
    let portrait = arguments.next().is_some();
    let set = ModelSet::open(Path::new(&models), Parallelism::one_run(threads))?;
    let model = |role| set.model(role);
    let finder =
        FaceFinder::new(model(Role::FaceDetection)?, model(Role::FaceMesh)?, FaceParams::default());
    let embedder = FaceEmbedder::new(model(Role::FaceEmbeddingA)?, model(Role::FaceEmbeddingB)?);
    let mut out = std::io::stdout().lock();
    for name in std::io::stdin().lock().lines() {
        let name = name?;
        let picture = ImageReader::open(&name)?.with_guessed_format()?.decode()?.into_rgb8();
        let start = Instant::now();
        let faces =
            if portrait { finder.find_portrait(&picture)? } else { finder.find(&picture)? };
        let find_ms = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let embedding = faces.first().map(|face| embedder.embed(&picture, face)).transpose()?;
        let embed_ms = start.elapsed().as_secs_f64() * 1e3;
        let faces: Vec<_> = faces
            .iter()
            .map(|f| serde_json::json!({ "box": f.bounds, "score": f.score, "quality": f.quality, "landmarks": f.landmarks }))
            .collect();
        let line = serde_json::json!({
            "file": name, "faces": faces, "find_ms": find_ms, "embed_ms": embed_ms,
            "embedding": embedding.as_ref().map(|e| e.values()),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
