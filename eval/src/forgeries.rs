//! Forged specimens: how many are sent to a person, and how many genuine ones are.

mod ghosts;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Field, Forgery, Kind};

use crate::Run;
use crate::answers::Answer;
use crate::data::DataFolder;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot};
use crate::report::{Measured, Table};
use crate::split::Half;

/// Photographs of each forgery, and genuine ones.
const PHOTOGRAPHS: usize = 300;

/// Every code that sends a picture to a person as perhaps no picture of a genuine document.
const SUSPECT: [&str; 3] = ["DOC_SCREEN_COPY", "DOC_PHOTOCOPY", "DOC_TAMPERED"];

/// Sides with a portrait, each with a field that pays to change.
const SIDES: [(Kind, Field); 6] = [
    (Kind::Passport, Field::DocumentNumber),
    (Kind::Td1Card, Field::DocumentNumber),
    (Kind::ChineseId, Field::NationalIdNumber),
    (Kind::DrivingLicence, Field::BirthDate),
    (Kind::Td2Card, Field::BirthDate),
    (Kind::AamvaLicence, Field::DocumentNumber),
];

/// How a side is forged whose field pays to change.
type Forge = fn(Field) -> Forgery;

/// How each is named, and how it is made.
const FORGERIES: [(&str, Forge); 6] = [
    ("a photograph of a screen", |_| Forgery::Screen),
    ("a photograph of a colour print, 4–7 dots a millimetre", |_| Forgery::Print),
    ("another's portrait pasted into the file", |_| Forgery::PortraitPasted),
    ("a field rewritten in the file", Forgery::FieldRewritten),
    ("a character of a field copied over another in the file", Forgery::CharacterCopied),
    ("another's photograph stuck over the portrait", |_| Forgery::PortraitGlued),
];

/// Forges, reads and counts.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let head = ["photographs", "sent to a person", "accepted", "what told it"];
    let mut table = Table::new(&head);
    let genuine = shots(run.sample(PHOTOGRAPHS), 200_000, None);
    row(run, &mut table, "genuine", &genuine)?;
    for (number, (name, forgery)) in FORGERIES.into_iter().enumerate() {
        let first = 201_000 + 1000 * number;
        row(run, &mut table, name, &shots(run.sample(PHOTOGRAPHS), first, Some(forgery)))?;
    }
    let mut tables = vec![table];
    if let Some(data) = &run.data {
        tables.extend(ghosts::measure(run, data)?);
        tables.push(on_data(run, data)?);
    }
    let text = format!(
        "Specimens in look {LOOK}, seeds from {FIRST_SEED}, photographed as people do and forged \
         by this project's own program, so easier than the world. What is forged in a file is \
         forged in the camera's JPEG and saved as JPEG of quality 75 to 96, one in four as PNG. \
         Each trace goes to a person at most: accepted is what no trace told, not what would be \
         approved."
    );
    Measured::now("Forgeries", text, tables).map(Some)
}

fn shots(count: usize, first: usize, forgery: Option<Forge>) -> Vec<Shot> {
    let shot = |index: usize| {
        let (kind, field) = SIDES[index % SIDES.len()];
        let shot = Shot::new(kind, Face::Front, first + index);
        Shot { forgery: forgery.map(|forgery| forgery(field)), ..shot }
    };
    (0..count).map(shot).collect()
}

fn row(run: &Run, table: &mut Table, name: &str, shots: &[Shot]) -> Result<()> {
    let taken = photographs::take(&format!("forgeries-{}", table.rows.len()), shots)?;
    let files: Vec<PathBuf> = taken.into_iter().map(|taken| taken.file).collect();
    let counted = counted(run, &files, shots[0].forgery.is_some())?;
    let all = files.len() as u64;
    table.row([
        name.to_owned(),
        share(counted.suspect, all),
        share(all - counted.suspect, all),
        counted.told(),
    ]);
    Ok(())
}

/// How many pictures are suspect, and by which code and detail.
#[derive(Default)]
struct Counted {
    suspect: u64,
    by: BTreeMap<String, u64>,
}

impl Counted {
    fn told(&self) -> String {
        let each: Vec<String> = self.by.iter().map(|(by, count)| format!("{by} {count}")).collect();
        each.join(", ")
    }
}

fn counted(run: &Run, files: &[PathBuf], forged: bool) -> Result<Counted> {
    let mut counted = Counted::default();
    for (file, answer) in files.iter().zip(run.bonafide.read(files)?) {
        let told = suspicions(&answer);
        if told.is_empty() == forged {
            run.wrong(&file.display().to_string(), || format!("{told:?}"));
        }
        counted.suspect += u64::from(!told.is_empty());
        for by in told {
            *counted.by.entry(by).or_default() += 1;
        }
    }
    Ok(counted)
}

fn suspicions(answer: &Answer) -> Vec<String> {
    let reasons = answer.0["reasons"].as_array().into_iter().flatten();
    let suspect = reasons
        .filter(|reason| reason["code"].as_str().is_some_and(|code| SUSPECT.contains(&code)));
    let named = |reason: &serde_json::Value| {
        let code = reason["code"].as_str().unwrap_or_default().to_owned();
        reason["detail"].as_str().map_or(code.clone(), |detail| format!("{code} {detail}"))
    };
    let mut all: Vec<String> = suspect.map(named).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The public pictures: all are taken for genuine but the forgery of sidtd.
fn on_data(run: &Run, data: &DataFolder) -> Result<Table> {
    let mut table = Table::new(&["public pictures", "sent to a person", "what told it"]);
    for set in ["mrz-a", "mrz-b", "cn-id"] {
        if !data.has(&format!("documents/{set}")) {
            continue;
        }
        let pictures = data.labelled(&format!("documents/{set}"))?;
        for half in Half::BOTH {
            let files: Vec<PathBuf> = pictures
                .iter()
                .filter(|picture| picture.half == half)
                .map(|picture| picture.file.clone())
                .collect();
            let counted = counted(run, &files, false)?;
            let name = format!("{set}, {}", half.name());
            table.row([name, share(counted.suspect, files.len() as u64), counted.told()]);
        }
    }
    for (name, file) in SIDTD {
        let file = data.path(&format!("documents/sidtd/{file}"));
        if file.is_file() {
            let counted = counted(run, &[file], name.contains("forged"))?;
            table.row([name.to_owned(), share(counted.suspect, 1), counted.told()]);
        }
    }
    Ok(table)
}

/// Pictures of the set SIDTD.
const SIDTD: [(&str, &str); 3] = [
    ("sidtd, Albanian card", "alb00.jpg"),
    ("sidtd, Azerbaijani passport", "aze00.jpg"),
    ("sidtd, Albanian card, forged", "fake_alb00.jpg"),
];
