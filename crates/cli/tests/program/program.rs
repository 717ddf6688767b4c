//! Running the program, and the fictional person that most tests are about.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The day on which every document of these tests is shown.
pub const TODAY: &str = "2026-03-01";

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Standard output as one JSON object.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard output as one JSON object a line.
    pub fn lines(&self) -> Vec<Value> {
        let object = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.stdout.lines().map(object).collect()
    }
}

/// Runs `bonafide` with `arguments` and nothing on standard input.
pub fn bonafide<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Ran {
    ran(&Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts"))
}

/// The same with `input` on standard input.
pub fn bonafide_fed(arguments: &[&str], input: &str) -> Ran {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(input.as_bytes()).expect("the program reads its input");
    drop(stdin);
    ran(&child.wait_with_output().expect("the program ends"))
}

fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code().expect("it ends by itself"),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Asks `command` for one line of JSON on each of `files`, fed by name, and
/// holds the lines to their order and form.
pub fn answers_in_order(command: &str, files: &[PathBuf], more: &[&str]) -> Vec<Value> {
    let names: Vec<&str> = files.iter().map(|file| file.to_str().expect("a name")).collect();
    let arguments = [&[command, "-", "--json", "--jobs", "2"], more].concat();
    let ran = bonafide_fed(&arguments, &names.join("\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines = ran.lines();
    assert_eq!(lines.len(), files.len());
    for (line, file) in lines.iter().zip(names) {
        assert_eq!(line["schema"], 1);
        assert_eq!(line["file"], file);
    }
    lines
}

/// A folder with the pictures and claims of one fictional person.
pub struct Person {
    folder: TempDir,
    back: bool,
}

impl Person {
    /// `bonafide specimen make` with `order`.
    fn of(order: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let out = folder.path().to_str().expect("a plain path").to_owned();
        let made =
            bonafide([&["specimen", "make"], order, &["--today", TODAY, "--out", &out]].concat());
        assert_eq!(made.code, 0, "{made:?}");
        let back = folder.path().join("back.jpg").exists();
        Self { folder, back }
    }

    /// With a passport and nothing wrong.
    pub fn with_passport() -> &'static Self {
        static PERSON: OnceLock<Person> = OnceLock::new();
        PERSON.get_or_init(|| Self::of(&["passport", "--seed", "4"]))
    }

    /// With both sides of a Chinese identity card and nothing wrong.
    pub fn with_chinese_card() -> &'static Self {
        static PERSON: OnceLock<Person> = OnceLock::new();
        PERSON.get_or_init(|| Self::of(&["chinese_id", "--seed", "4"]))
    }

    /// With a passport under glare, the names typed the wrong way round.
    pub fn under_glare() -> &'static Self {
        static PERSON: OnceLock<Person> = OnceLock::new();
        let order = ["passport", "--fault", "glare", "--swap-names", "--seed", "4"];
        PERSON.get_or_init(|| Self::of(&order))
    }

    /// With a passport that shows the other of the two portraits.
    pub fn with_another_face() -> &'static Self {
        static PERSON: OnceLock<Person> = OnceLock::new();
        PERSON.get_or_init(|| Self::of(&["passport", "--seed", "3"]))
    }

    /// One of the person's files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `verify` on everything that the person sent.
    pub fn verify(&self, more: &[&str]) -> Ran {
        let mut arguments = self.arguments(&self.file("claims.toml"));
        if self.back {
            arguments.extend(["--back".into(), self.file("back.jpg")]);
        }
        arguments.extend(more.iter().map(PathBuf::from));
        bonafide(arguments)
    }

    /// `verify` with the person's front and selfie and other claims.
    pub fn arguments(&self, claims: &Path) -> Vec<PathBuf> {
        let mut arguments: Vec<PathBuf> = ["verify", "--as-of", TODAY].map(PathBuf::from).into();
        let files = [
            ("--document", self.file("front.jpg")),
            ("--selfie", self.file("selfie.jpg")),
            ("--claims", claims.to_owned()),
        ];
        for (flag, file) in files {
            arguments.extend([flag.into(), file]);
        }
        arguments
    }
}

/// The codes of the reasons in `value[key]`.
pub fn codes<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    let reasons = value[key].as_array().expect("a list of reasons");
    reasons.iter().map(|reason| reason["code"].as_str().expect("a code")).collect()
}
