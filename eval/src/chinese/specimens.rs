//! Chinese-style cards that were photographed.

use std::path::PathBuf;

use anyhow::Result;
use specimen::{Face, Kind};

use crate::Run;
use crate::fields::{Tally, value};
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, Shot};
use crate::report::{Measured, Table};

/// How many fronts; every tenth prints 17 digits.
const PHOTOGRAPHS: usize = 500;
const SEVENTEEN_EVERY: usize = 10;

/// Photographs, reads and counts.
pub fn on_specimens(run: &Run) -> Result<Option<Measured>> {
    let shots: Vec<Shot> = (0..run.sample(PHOTOGRAPHS)).map(front).collect();
    let taken = photographs::take("chinese", &shots)?;
    let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
    let (mut both, mut told, mut short) = (0, 0, 0);
    let mut tally = Tally::default();
    for ((shot, taken), answer) in shots.iter().zip(&taken).zip(run.bonafide.read(&files)?) {
        tally.add(run, taken, &answer);
        let right = [specimen::Field::FullNameNative, specimen::Field::NationalIdNumber]
            .into_iter()
            .all(|field| value(&answer, field) == taken.truth.fields[&field].value);
        both += u64::from(right);
        if shot.seventeen_digits {
            short += 1;
            told += u64::from(answer.reasons().contains(&"ID_NUMBER_INVALID"));
        }
    }
    let mut table = Table::new(&["photographs of the front", "right"]);
    table.row(["name and number as printed".to_owned(), share(both, taken.len() as u64)]);
    table.row(["17 digits printed, told ID_NUMBER_INVALID".to_owned(), share(told, short)]);
    let text = format!(
        "Cards in the Chinese layout with a region code that no real card has, seeds from \
         {FIRST_SEED}: photographed as people do, 1000 to 2400 pixels wide, one in three turned by \
         a quarter or half; one in {SEVENTEEN_EVERY} prints a number of 17 digits."
    );
    let tables = vec![table, tally.table(&[Kind::ChineseId])];
    Measured::now("Chinese identity cards, photographed specimens", text, tables).map(Some)
}

fn front(index: usize) -> Shot {
    let mut shot = Shot::new(Kind::ChineseId, Face::Front, 10_000 + index);
    shot.seventeen_digits = index % SEVENTEEN_EVERY == 3;
    shot
}
