//! What becomes of a required field that a stamp or a scrape hides.

use anyhow::Result;
use rand::Rng;
use specimen::{Fault, Field, Target};

use super::planted::{Planted, STAMP, shots, sides};
use super::says;
use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::photographs::{self, Taken};
use crate::report::Table;

/// A surface that is scraped off is not measured as such: a patch of another tint is
/// as common in what documents print (of 18 public pictures of the tuning half such a
/// measure complained of ten), so what it costs shows as a field that is not read.
const SCRAPED: Planted = Planted {
    name: "scraped off over a required field",
    codes: &["DOC_DAMAGED"],
    fault: |rng, _, field| Fault::Scraped {
        on: Target::Field(field),
        length_mm: rng.random_range(14.0..36.0),
    },
};

/// What was made of the field.
#[derive(Default)]
struct Counts {
    told: u64,
    read: u64,
    unreadable: u64,
    silent: u64,
    wrong: u64,
    all: u64,
}

/// One row for stamps and one for scrapes.
pub fn measure(run: &Run, photographs: usize) -> Result<Table> {
    let mut table = Table::new(&[
        "over a required field",
        "its own word is given",
        "else read right all the same",
        "else said to be unreadable",
        "else nothing is said",
        "of these another value is read",
    ]);
    for (number, planted) in [STAMP, SCRAPED].iter().enumerate() {
        let shots = shots(run.sample(photographs), 61_000 + 1000 * number, Some(planted));
        let taken = photographs::take(&format!("faults-hidden-{number}"), &shots)?;
        let files: Vec<_> = taken.iter().map(|taken| taken.file.clone()).collect();
        let answers = run.bonafide.read(&files)?;
        let mut counts = Counts::default();
        for (index, (taken, answer)) in taken.iter().zip(&answers).enumerate() {
            let field = sides(Some(planted)).nth(index).map(|side| side.2);
            let field = field.expect("sides repeat without end");
            counts.add(planted, field, taken, answer);
            if !says(answer, planted.codes) {
                run.wrong(&taken.file.display().to_string(), || {
                    format!("{}: {:?} {:?}", planted.name, answer.reasons(), read(answer, field))
                });
            }
        }
        let of = |count| share(count, counts.all);
        let Counts { told, read, unreadable, silent, wrong, .. } = counts;
        let name = planted.name.to_owned();
        table.row([name, of(told), of(read), of(unreadable), of(silent), of(wrong)]);
    }
    Ok(table)
}

impl Counts {
    fn add(&mut self, planted: &Planted, field: Field, taken: &Taken, answer: &Answer) {
        self.all += 1;
        let is = is_right(answer, field, taken);
        if says(answer, planted.codes) {
            self.told += 1;
        } else if is == Some(true) {
            self.read += 1;
        } else if says(answer, &["DATA_UNREADABLE"]) {
            self.unreadable += 1;
        } else {
            self.silent += 1;
            self.wrong += u64::from(is == Some(false));
        }
    }
}

/// Whether `field` was read as it is printed; `None` when it was not read. What a zone
/// whose check digits hold says in other letters is the same.
fn is_right(answer: &Answer, field: Field, taken: &Taken) -> Option<bool> {
    let (value, source) = read(answer, field)?;
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let proven = source == "mrz" && answer.mrz_holds();
    let truth = taken.truth.fields.get(&field).map(|truth| bare(&truth.value));
    Some(proven || truth == Some(bare(value)))
}

/// The value of `field` and where it comes from.
fn read(answer: &Answer, field: Field) -> Option<(&str, &str)> {
    let name = serde_json::to_value(field).ok()?;
    let reading = &answer.0["fields"][name.as_str()?];
    Some((reading["value"].as_str()?, reading["source"].as_str()?))
}
