//! Faults of the picture: is each that a person must mend found, and none else?

mod hidden;
pub mod planted;

use std::path::PathBuf;

use anyhow::Result;
use specimen::Target;

use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot};
use crate::report::{Measured, Table};
use crate::split::Half;
use planted::{PLANTED, Planted, glare, shots};

/// Photographs with each fault, and clean ones.
const PHOTOGRAPHS: usize = 320;

/// Every code that speaks of the picture's quality.
const QUALITY: [&str; 10] = [
    "DOC_BLURRED",
    "DOC_GLARE",
    "DOC_TOO_DARK",
    "DOC_OVEREXPOSED",
    "DOC_SHADOW",
    "DOC_LOW_RESOLUTION",
    "DOC_OCCLUDED",
    "DOC_FIELD_COVERED",
    "DOC_WATERMARK",
    "DOC_NOT_COLOUR",
];

/// Photographs, reads and counts.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let clean = shots(run.sample(PHOTOGRAPHS), 40_000, None);
    let clean = answers(run, "faults-clean", &clean)?;
    let mut table = Table::new(&["planted fault", "found", "the same word on clean photographs"]);
    for (number, planted) in PLANTED.iter().enumerate() {
        let first = 41_000 + 1000 * number;
        let shots = shots(run.sample(PHOTOGRAPHS), first, Some(planted));
        let answers = answers(run, &format!("faults-{number}"), &shots)?;
        let found = answers.iter().filter(|(file, answer)| {
            let found = says(answer, planted.codes);
            if !found {
                run.wrong(&file.display().to_string(), || {
                    format!("{}: {:?}", planted.name, answer.reasons())
                });
            }
            found
        });
        let found = share(found.count() as u64, answers.len() as u64);
        let alarms = clean.iter().filter(|(_, answer)| says(answer, planted.codes)).count();
        table.row([planted.name.to_owned(), found, share(alarms as u64, clean.len() as u64)]);
    }
    let any = clean.iter().filter(|(file, answer)| {
        let alarm = says(answer, &QUALITY);
        if alarm {
            run.wrong(&file.display().to_string(), || format!("clean: {:?}", answer.reasons()));
        }
        alarm
    });
    table.row(["none".to_owned(), String::new(), share(any.count() as u64, clean.len() as u64)]);
    let hidden = hidden::measure(run, PHOTOGRAPHS)?;
    let mut tables = vec![table, hidden, harmless(run)?];
    tables.extend(on_data(run)?);
    let text = format!(
        "Specimens in look {LOOK}, seeds from {FIRST_SEED}, which neither tests nor tuning use, \
         photographed as people do, each with one fault of a random strength that a person \
         must mend; found when the reason of that fault is given, by the shipped limits. A stamp \
         that the field was read through is none that a person must mend: the second table \
         says what becomes of fields under stamps, and of what is scraped off. Drawn by a \
         program, so easier than the world."
    );
    Measured::now("Faults of the picture", text, tables).map(Some)
}

/// Small reflections where nothing is printed must not be complained of.
fn harmless(run: &Run) -> Result<Table> {
    let planted = Planted {
        name: "glare of 5–9 mm beside all print",
        codes: &["DOC_GLARE"],
        fault: |rng, _, _| glare(rng, Target::Free, 5.0..9.0),
    };
    let shots = shots(run.sample(PHOTOGRAPHS), 60_000, Some(&planted));
    let answers = answers(run, "faults-harmless", &shots)?;
    let alarms = answers.iter().filter(|(_, answer)| says(answer, planted.codes)).count();
    let mut table = Table::new(&["harmless fault", "complained of"]);
    table.row([planted.name.to_owned(), share(alarms as u64, answers.len() as u64)]);
    Ok(table)
}

fn answers(run: &Run, folder: &str, shots: &[Shot]) -> Result<Vec<(PathBuf, Answer)>> {
    let taken = photographs::take(folder, shots)?;
    let files: Vec<PathBuf> = taken.into_iter().map(|taken| taken.file).collect();
    let answers = run.bonafide.read(&files)?;
    Ok(files.into_iter().zip(answers).collect())
}

fn says(answer: &Answer, codes: &[&str]) -> bool {
    answer.reasons().iter().any(|reason| codes.contains(reason))
}

/// What is complained of on the public pictures, of which most are in order.
fn on_data(run: &Run) -> Result<Option<Table>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has("documents/mrz-a")) else {
        return Ok(None);
    };
    let mut table = Table::new(&["public pictures", "with a word on quality", "which"]);
    for set in ["mrz-a", "mrz-b", "cn-id"] {
        let pictures = data.labelled(&format!("documents/{set}"))?;
        for half in Half::BOTH {
            let pictures: Vec<_> = pictures.iter().filter(|picture| picture.half == half).collect();
            let files: Vec<PathBuf> = pictures.iter().map(|picture| picture.file.clone()).collect();
            let answers = run.bonafide.read(&files)?;
            let mut which = std::collections::BTreeMap::<&str, u64>::new();
            let mut alarmed = 0;
            for (picture, answer) in pictures.iter().zip(&answers) {
                let mut codes: Vec<&str> = answer.reasons();
                codes.retain(|code| QUALITY.contains(code));
                codes.sort_unstable();
                codes.dedup();
                alarmed += u64::from(!codes.is_empty());
                if !codes.is_empty() {
                    run.wrong(&picture.path, || format!("{codes:?}"));
                }
                for code in codes {
                    *which.entry(code).or_default() += 1;
                }
            }
            let which: Vec<String> =
                which.iter().map(|(code, count)| format!("{code} {count}")).collect();
            table.row([
                format!("{set}, {}", half.name()),
                share(alarmed, files.len() as u64),
                which.join(", "),
            ]);
        }
    }
    Ok(Some(table))
}
