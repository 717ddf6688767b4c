//! Barcodes of North American licences, photographed.

use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Kind};

use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot};
use crate::report::{Measured, Table};

/// Photographs of backs, in every width that a phone gives.
const PHOTOGRAPHS: usize = 300;

/// Upper ends of the longer sides that are reported together.
const BANDS: [(&str, u32); 3] =
    [("1000–1399 pixels", 1400), ("1400–1899 pixels", 1900), ("1900–2400 pixels", u32::MAX)];

/// Elements of the barcode that the answer gives as they are written.
const COMPARED: [(&str, &str); 3] =
    [("DAQ", "document_number"), ("DCS", "surname"), ("DAG", "address")];

/// Right, read otherwise, and all.
#[derive(Default, Clone, Copy)]
struct Count {
    right: u64,
    wrong: u64,
    all: u64,
}

/// Photographs, reads and counts.
pub fn on_specimens(run: &Run) -> Result<Option<Measured>> {
    let shots: Vec<Shot> = (0..run.sample(PHOTOGRAPHS))
        .map(|index| Shot::new(Kind::AamvaLicence, Face::Back, 110_000 + index))
        .collect();
    let taken = photographs::take("barcodes", &shots)?;
    let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
    let mut counts = [Count::default(); BANDS.len()];
    for ((shot, taken), answer) in shots.iter().zip(&taken).zip(run.bonafide.read(&files)?) {
        let width = shot.scene.width.max(shot.scene.height);
        let band = BANDS.iter().position(|(_, end)| width < *end).unwrap_or(BANDS.len() - 1);
        let encoded = taken.truth.barcode.as_ref().map_or("", |barcode| &barcode.text);
        let right = agrees(encoded, &answer);
        let read = answer.0["fields"]["document_number"]["source"] == "barcode";
        counts[band].all += 1;
        counts[band].right += u64::from(right);
        counts[band].wrong += u64::from(read && !right);
        if !right {
            run.wrong(&taken.file.display().to_string(), || format!("{width} px, read: {read}"));
        }
    }
    let mut table = Table::new(&["photographs", "barcode read", "read otherwise than encoded"]);
    for ((name, _), count) in BANDS.iter().zip(counts) {
        table.row([(*name).to_owned(), share(count.right, count.all), count.wrong.to_string()]);
    }
    let all = counts.iter().fold(Count::default(), |sum, count| Count {
        right: sum.right + count.right,
        wrong: sum.wrong + count.wrong,
        all: sum.all + count.all,
    });
    table.row(["all".to_owned(), share(all.right, all.all), all.wrong.to_string()]);
    let text = format!(
        "Backs of fictional licences in the layout of the AAMVA standard, look {LOOK}, seeds from \
         {FIRST_SEED}: the number, family name and address that their PDF417 barcode encodes. \
         Photographed as people do, tilted up to 22°, some turned, the longer side 1000 to 2400 \
         pixels. Drawn by a program, so easier than the world."
    );
    Measured::now("Barcodes of licences", text, vec![table]).map(Some)
}

fn agrees(encoded: &str, answer: &Answer) -> bool {
    COMPARED.iter().all(|(code, field)| {
        let element = encoded.split(code).nth(1).and_then(|rest| rest.lines().next());
        let value = answer.field(field);
        element.is_some_and(|element| !element.is_empty() && value.starts_with(element))
    })
}
