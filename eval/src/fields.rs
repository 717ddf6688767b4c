//! Printed fields, by type of document.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Field, Kind};

use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot, Taken};
use crate::report::{Measured, Table};

/// Photographs of each side.
const PHOTOGRAPHS: usize = 60;

/// Right and all, by field and kind.
#[derive(Default)]
pub struct Tally(BTreeMap<(Field, Kind), (u64, u64)>);

impl Tally {
    /// Counts every field that the photographed side prints.
    pub fn add(&mut self, run: &Run, taken: &Taken, answer: &Answer) {
        for (field, truth) in &taken.truth.fields {
            let read = value(answer, *field);
            let right = read == truth.value;
            let entry = self.0.entry((*field, taken.truth.kind)).or_default();
            entry.0 += u64::from(right);
            entry.1 += 1;
            if !right {
                run.wrong(&taken.file.display().to_string(), || {
                    format!("{}: {} read as {read:?}", name(*field), truth.value)
                });
            }
        }
    }

    /// A row for each field, a column for each of `kinds`.
    pub fn table(&self, kinds: &[Kind]) -> Table {
        let head: Vec<_> = std::iter::once("field").chain(kinds.iter().map(|k| k.name())).collect();
        let mut table = Table::new(&head);
        let mut fields: Vec<Field> = self.0.keys().map(|(field, _)| *field).collect();
        fields.dedup();
        for field in fields {
            let cell = |kind: &Kind| {
                let counted = self.0.get(&(field, *kind));
                counted.map_or(String::new(), |(right, of)| share(*right, *of))
            };
            let cells = std::iter::once(name(field)).chain(kinds.iter().map(cell));
            table.rows.push(cells.collect());
        }
        table
    }
}

/// What was read for `field`.
pub fn value(answer: &Answer, field: Field) -> &str {
    answer.field(&name(field))
}

/// The field's public name.
fn name(field: Field) -> String {
    let name = serde_json::to_value(field).expect("a field's name serialises");
    name.as_str().expect("as a text").to_owned()
}

/// Photographs, reads and counts.
pub fn on_specimens(run: &Run) -> Result<Option<Measured>> {
    let mut tally = Tally::default();
    let mut kinds = Table::new(&["photographs of", "type right", "country right", "side right"]);
    for (number, (kind, face)) in sides().into_iter().enumerate() {
        let first = 20_000 + PHOTOGRAPHS * number;
        let shots: Vec<Shot> = (0..run.sample(PHOTOGRAPHS))
            .map(|index| Shot::new(kind, face, first + index))
            .collect();
        let taken = photographs::take(&format!("fields-{number}"), &shots)?;
        let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
        let mut right = [0; 3];
        for (taken, answer) in taken.iter().zip(run.bonafide.read(&files)?) {
            tally.add(run, taken, &answer);
            let document = &answer.0["document"];
            let side = format!("{:?}", taken.truth.side).to_lowercase();
            right[0] += u64::from(document["type"] == *taken.truth.document_type);
            right[1] += u64::from(document["country"] == *taken.truth.country);
            right[2] += u64::from(document["side"] == *side);
        }
        let shares = right.map(|right| share(right, taken.len() as u64));
        let [types, countries, right_sides] = shares;
        kinds.row([format!("{kind}, {face:?}").to_lowercase(), types, countries, right_sides]);
    }
    let text = format!(
        "Fictional documents in look {LOOK}, seeds from {FIRST_SEED}, each side photographed as \
         people do, 1000 to 2400 pixels wide. A field is right when its value is exactly what is \
         printed, dates as YYYY-MM-DD. Earlier photographs in this look showed faults that were then \
         mended; their seeds are not used again."
    );
    let tables = vec![kinds, tally.table(&Kind::ALL)];
    Measured::now("Fields by type of document, photographed specimens", text, tables).map(Some)
}

/// Every side of every kind.
fn sides() -> Vec<(Kind, Face)> {
    let two_sided = |kind| matches!(kind, Kind::Td1Card | Kind::ChineseId | Kind::AamvaLicence);
    let sides = |kind| {
        let back = two_sided(kind).then_some((kind, Face::Back));
        std::iter::once((kind, Face::Front)).chain(back)
    };
    Kind::ALL.into_iter().flat_map(sides).collect()
}
