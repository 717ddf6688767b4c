//! `cargo xtask demo`: from a bare machine to three people verified.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{self, cargo};
use crate::prerequisites;
use crate::set_up::{self, bonafide};
use crate::steps::Steps;

/// One fictional person of the demonstration.
struct Person {
    /// Names the folder.
    name: &'static str,
    story: &'static str,
    /// What `bonafide specimen` is asked for.
    order: &'static [&'static str],
    back: bool,
}

const PEOPLE: [Person; 3] = [
    Person {
        name: "passport",
        story: "a passport, photographed well, and a selfie",
        order: &["passport"],
        back: false,
    },
    Person {
        name: "chinese-id",
        story: "a Chinese identity card, both sides, and a selfie",
        order: &["chinese_id"],
        back: true,
    },
    Person {
        name: "glare",
        story: "a passport under glare, and family and given names typed the wrong way round",
        order: &["passport", "--fault", "glare", "--swap-names", "--seed", "2"],
        back: false,
    },
];

/// Runs the demonstration.
///
/// # Errors
/// When a step fails; a person who is not approved is no failure.
pub fn run() -> Result<()> {
    let mut steps = Steps::of(5);
    steps.step("look for Python, Node and fonts", prerequisites::ensure)?;
    steps.step("compile bonafide (minutes the first time, then seconds)", || {
        command::run(&mut cargo(["build", "--locked", "-p", "bonafide"]))
    })?;
    steps.step("install the models and the portraits (70 MB the first time)", set_up::install)?;
    let out = command::target_dir()?.join("demo");
    steps.step("make fictional documents, and photograph them", || photograph_all(&out))?;
    steps.step("verify three people", || {
        for person in &PEOPLE {
            verify(person, &out)?;
        }
        Ok(())
    })?;
    println!("\n{}\n\n{}", steps.table(), farewell(&out)?);
    Ok(())
}

fn photograph_all(out: &Path) -> Result<()> {
    for person in &PEOPLE {
        let folder = out.join(person.name);
        let mut make = bonafide()?;
        make.args(["specimen", "make"]).args(person.order).arg("--out").arg(&folder);
        command::run(&mut make)?;
    }
    Ok(())
}

fn verify(person: &Person, out: &Path) -> Result<()> {
    println!("\n── {}: {}\n", person.name, person.story);
    let mut verify = verification(&bonafide()?, &out.join(person.name), person.back);
    let status = verify.status().context("starting bonafide")?;
    // 0, 3, 4 and 5 are verdicts; 1 and 2 mean that there is none.
    if !matches!(status.code(), Some(0 | 3 | 4 | 5)) {
        anyhow::bail!("bonafide verify gave no verdict ({status})");
    }
    Ok(())
}

/// The command that verifies the pictures in `folder`.
fn verification(program: &Command, folder: &Path, back: bool) -> Command {
    let mut command = Command::new(program.get_program());
    command.arg("verify").arg("--document").arg(folder.join("front.jpg"));
    if back {
        command.arg("--back").arg(folder.join("back.jpg"));
    }
    command.arg("--selfie").arg(folder.join("selfie.jpg"));
    command.arg("--claims").arg(folder.join("claims.toml"));
    command.arg("--annotate").arg(folder.join("annotated"));
    command.arg("--allow-specimen");
    command
}

fn farewell(out: &Path) -> Result<String> {
    let mut text = String::from("What was seen, drawn on the pictures:\n");
    for person in &PEOPLE {
        for picture in pictures(&out.join(person.name).join("annotated"))? {
            writeln!(text, "  {}", picture.display())?;
        }
    }
    let claims = out.join("passport").join("claims.toml");
    let program = bonafide()?;
    write!(
        text,
        "\nEach selfie is another rendering of the portrait on the document: it shows that the \
         parts work together and says nothing about how well faces are told apart.\n\
         \nYour own pictures (they do not leave this machine):\n\
         \n  cp {} claims.toml    # then write in it what the document says\
         \n  {} verify --document FRONT.jpg --selfie SELFIE.jpg --claims claims.toml --annotate out\n",
        claims.display(),
        Path::new(program.get_program()).display(),
    )?;
    Ok(text)
}

fn pictures(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
