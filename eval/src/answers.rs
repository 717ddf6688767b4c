//! Asks `bonafide` about many pictures.

mod kept;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use inference::Digest;
use serde_json::Value;
use vision::face::Embedding;

use kept::Kept;

/// The program that is measured.
pub struct Bonafide {
    /// Its file.
    pub program: PathBuf,
    /// Pictures at work at once.
    pub jobs: usize,
    /// The data folder with its models, where it is not the usual one.
    pub home: Option<PathBuf>,
}

/// Answers are kept so many at a time.
const KEPT_AFTER: usize = 50;

/// What `bonafide read --json` said of one picture.
pub struct Answer(pub Value);

impl Answer {
    /// The lines of the machine-readable zone; none when none was read.
    pub fn mrz_lines(&self) -> Vec<&str> {
        let lines = self.0["mrz"]["lines"].as_array();
        lines.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether a machine-readable zone was read and its check digits hold.
    pub fn mrz_holds(&self) -> bool {
        self.0["mrz"]["check_digits_ok"].as_bool().unwrap_or(false)
    }

    /// The value of a field, empty when it was not read.
    pub fn field(&self, name: &str) -> &str {
        self.0["fields"][name]["value"].as_str().unwrap_or("")
    }

    /// The codes of the reasons.
    pub fn reasons(&self) -> Vec<&str> {
        let reasons = self.0["reasons"].as_array();
        reasons.into_iter().flatten().filter_map(|reason| reason["code"].as_str()).collect()
    }

    /// The embedding of the main face; none when no face was found.
    pub fn embedding(&self) -> Option<Embedding> {
        let face = &self.0["faces"][0];
        let values = face["embedding"].as_array()?.iter();
        let values = values.map(|value| Some(value.as_f64()? as f32)).collect::<Option<_>>()?;
        let parts = face["embedding_parts"].as_array()?.iter();
        let parts = parts.map(|part| Some(part.as_u64()? as usize)).collect::<Option<Vec<_>>>()?;
        Embedding::from_values(values, &parts)
    }

    /// A value of the main face's quality; none when no face was found.
    pub fn face_quality(&self, name: &str) -> Option<f32> {
        Some(self.0["faces"][0]["quality"][name].as_f64()? as f32)
    }

    /// Names how its vectors are made; none when it was refused.
    pub fn embedder(&self) -> Option<Digest> {
        self.0["embedder"].as_str()?.parse().ok()
    }
}

impl Bonafide {
    /// Reads documents, in the order of `files`. What this very program said of the same
    /// picture before is not asked again: reading thousands takes hours.
    pub fn read(&self, files: &[PathBuf]) -> Result<Vec<Answer>> {
        let kept = Kept::of(&self.program, &["read"], self.home.as_deref())?;
        let mut answers = Vec::with_capacity(files.len());
        for some in files.chunks(KEPT_AFTER) {
            let known: Vec<_> = some.iter().map(|file| kept.answer(file)).collect::<Result<_>>()?;
            let open = some.iter().zip(&known).filter(|(_, known)| known.is_none());
            let open: Vec<PathBuf> = open.map(|(file, _)| file.clone()).collect();
            let asked = if open.is_empty() { Vec::new() } else { self.ask(&["read"], &open)? };
            for (file, answer) in open.iter().zip(&asked) {
                kept.keep(file, &answer.0)?;
            }
            let mut asked = asked.into_iter();
            answers.extend(known.into_iter().filter_map(|known| match known {
                Some(answer) => Some(Answer(answer)),
                None => asked.next(),
            }));
            if answers.len().is_multiple_of(100) || answers.len() == files.len() {
                eprintln!("  {} of {} read", answers.len(), files.len());
            }
        }
        Ok(answers)
    }

    /// Finds outlines, in the order of `files`.
    pub fn outline(&self, files: &[PathBuf]) -> Result<Vec<Answer>> {
        self.ask(&["outline"], files)
    }

    /// Judges camera frames one at a time, in the order of `files`; the camera's
    /// pictures are `picture_width` pixels wide.
    pub fn preview(&self, files: &[PathBuf], picture_width: u32) -> Result<Vec<Answer>> {
        let alone = Self { program: self.program.clone(), jobs: 1, home: self.home.clone() };
        alone.ask(&["preview", "--picture-width", &picture_width.to_string()], files)
    }

    /// Judges pictures of faces, in the order of `files`.
    pub fn judge(&self, files: &[PathBuf]) -> Result<Vec<Answer>> {
        self.ask(&["face", "judge"], files)
    }

    /// Embeds faces, in the order of `files`.
    pub fn embed(&self, files: &[PathBuf]) -> Result<Vec<Answer>> {
        self.ask(&["face", "embed"], files)
    }

    /// The program, without arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.envs(self.home.iter().map(|home| ("BONAFIDE_DATA", home)));
        command
    }

    fn ask(&self, command: &[&str], files: &[PathBuf]) -> Result<Vec<Answer>> {
        let mut child = self
            .command()
            .args(command)
            .args(["-", "--json", "--jobs", &self.jobs.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", self.program.display()))?;
        let mut names = child.stdin.take().expect("standard input is piped");
        let out = child.stdout.take().expect("standard output is piped");
        let answers = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A program that stopped early is reported by its exit status.
                let _ = files.iter().try_for_each(|file| writeln!(names, "{}", file.display()));
            });
            collect(BufReader::new(out), files)
        })?;
        let status = child.wait()?;
        if !status.success() && answers.len() < files.len() {
            bail!("{} ended after {} pictures ({status})", command.join(" "), answers.len());
        }
        Ok(answers)
    }
}

fn collect(out: impl BufRead, files: &[PathBuf]) -> Result<Vec<Answer>> {
    let mut answers = Vec::with_capacity(files.len());
    for line in out.lines() {
        let answer: Value = serde_json::from_str(&line?).context("an answer is no JSON")?;
        let file = files.get(answers.len()).context("more answers than pictures")?;
        if answer["file"].as_str().map(Path::new) != Some(file) {
            bail!("the answer for {} names {}", file.display(), answer["file"]);
        }
        answers.push(Answer(answer));
    }
    if answers.len() < files.len() {
        bail!("no answer for {}", files[answers.len()].display());
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_for_another_file_is_refused() {
        let files = [PathBuf::from("a.jpg"), PathBuf::from("b.jpg")];
        let lines = "{\"file\":\"a.jpg\"}\n{\"file\":\"b.jpg\"}\n";
        assert_eq!(collect(lines.as_bytes(), &files).unwrap().len(), 2);
        assert!(collect("{\"file\":\"b.jpg\"}\n".as_bytes(), &files).is_err());
        assert!(collect("{\"file\":\"a.jpg\"}\n".as_bytes(), &files).is_err());
    }

    #[test]
    fn what_was_not_read_is_empty() {
        let nothing = Answer(json!({"schema": 1, "file": "a.jpg", "error": "no picture"}));
        assert_eq!(nothing.field("surname"), "");
        assert!(nothing.mrz_lines().is_empty() && nothing.embedding().is_none());
        let read = Answer(json!({
            "mrz": {"lines": ["A", "B"], "check_digits_ok": true},
            "fields": {"surname": {"value": "X"}},
            "faces": [{"embedding": [0.5, 1], "embedding_parts": [1, 1]}],
        }));
        assert_eq!(read.mrz_lines(), ["A", "B"]);
        assert_eq!(read.field("surname"), "X");
        assert_eq!(read.embedding().unwrap().values(), [0.5, 1.0]);
    }
}
