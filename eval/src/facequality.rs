//! Quality of face pictures: temporary.
mod camera;
mod covers;
mod glasses;
mod layer;
mod look;
mod planted;
mod sitter;

use crate::Run;
use crate::report::Measured;
use crate::split::Half;
use anyhow::Result;
use look::Look;

const SET: &str = "faces/lfw-subset";

pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    let finder = planted::finder()?;
    let mut people =
        std::fs::read_dir(data.path(SET))?.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    people.sort();
    let mut sitters = Vec::new();
    for person in people {
        if !person.is_dir() {
            continue;
        }
        let name = person.file_name().unwrap().to_string_lossy().into_owned();
        if Half::of(&format!("{SET}/{name}")) != Half::Tuning {
            continue;
        }
        let mut files =
            std::fs::read_dir(&person)?.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
        files.sort();
        sitters.extend(planted::sitter(&finder, &files[0])?);
        if sitters.len() >= run.sample(300) {
            break;
        }
    }
    eprintln!("{} sitters", sitters.len());
    for kind in &planted::PLANTED {
        planted::make(kind, &sitters, Look::Tuning, 100_000)?;
        eprintln!("made {}", kind.folder);
    }
    Ok(None)
}
