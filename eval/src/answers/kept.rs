//! Answers that were given already, so that a measurement that was stopped goes on.
//!
//! An answer is kept under the digest of the program, of what it was asked and of the picture:
//! another build or another picture is asked anew.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use inference::Digest;
use serde_json::Value;

/// Where the answers of one program to one question lie.
pub struct Kept(PathBuf);

impl Kept {
    /// Of `program`, asked `command`, with the models and settings that lie in `home`.
    ///
    /// # Errors
    /// When the program cannot be read or the folder cannot be made.
    pub fn of(program: &Path, command: &[&str], home: Option<&Path>) -> Result<Self> {
        let bytes = fs::read(program).with_context(|| format!("reading {}", program.display()))?;
        let asked = format!("{} {command:?} {home:?}", Digest::of(&bytes));
        let folder =
            Path::new("target/eval/answers").join(Digest::of(asked.as_bytes()).to_string());
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// The answer for `picture`, if it was given.
    ///
    /// # Errors
    /// When the picture or its answer cannot be read.
    pub fn answer(&self, picture: &Path) -> Result<Option<Value>> {
        let place = self.place(picture)?;
        if !place.exists() {
            return Ok(None);
        }
        let bytes = fs::read(&place).with_context(|| format!("reading {}", place.display()))?;
        let mut answer: Value =
            serde_json::from_slice(&bytes).context("a kept answer is no JSON")?;
        answer["file"] = picture.display().to_string().into();
        Ok(Some(answer))
    }

    /// Keeps `answer` for `picture`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, picture: &Path, answer: &Value) -> Result<()> {
        let place = self.place(picture)?;
        // Stopped in the middle of writing, it is no answer.
        let unfinished = place.with_extension("unfinished");
        fs::write(&unfinished, serde_json::to_vec(answer)?)?;
        fs::rename(&unfinished, &place).with_context(|| format!("writing {}", place.display()))
    }

    fn place(&self, picture: &Path) -> Result<PathBuf> {
        let bytes = fs::read(picture).with_context(|| format!("reading {}", picture.display()))?;
        Ok(self.0.join(format!("{}.json", Digest::of(&bytes))))
    }
}
