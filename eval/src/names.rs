//! Names typed against names printed, on labelled pairs.

use std::fs;

use anyhow::{Context, Result};
use matching::names::{Completeness, LatinName, NameMatch, compare_latin, compare_native};

use crate::Run;
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;

const PAIRS: &str = "names/name-pairs.csv";

const TEXT: &str = "Pairs of people's names labelled for sanctions screening, not for this question: \
    many are said to be one person's that a document check must not take for one (Tom and Tim \
    Cook). What counts here is the first column of two people: a name that is only close must never \
    pass. The allowed slips were chosen on the tuning half. One pair of the check half brought a \
    fault to light that was then mended (two Chinese names that sound alike counted as the same), \
    so that half is not wholly unseen.";

/// A pair of people's names; whether they are one person's.
struct Pair {
    names: [String; 2],
    one_person: bool,
    half: Half,
}

/// Whether a relation leads to an answer.
type Among = fn(&NameMatch) -> bool;

/// What the applicant is told, by how the names relate.
const ANSWERS: [(&str, Among); 4] = [
    ("the same", NameMatch::agrees),
    ("to correct", |found| {
        !found.agrees() && !matches!(found, NameMatch::Different | NameMatch::Unknown)
    }),
    ("another name", |found| *found == NameMatch::Different),
    ("a person decides", |found| *found == NameMatch::Unknown),
];

/// Compares every pair of people.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref().filter(|data| data.path(PAIRS).is_file()) else {
        return Ok(None);
    };
    let text = fs::read_to_string(data.path(PAIRS)).context("reading the name pairs")?;
    let pairs: Vec<Pair> =
        text.lines().skip(1).filter_map(|line| pair(line).transpose()).collect::<Result<_>>()?;
    let answers = ANSWERS.map(|(answer, _)| answer);
    let mut table = Table::new(&[&["pairs of", "half"], answers.as_slice()].concat());
    for half in Half::BOTH {
        for (one_person, of) in [(true, "one person"), (false, "two people")] {
            let among = pairs.iter().filter(|p| p.half == half && p.one_person == one_person);
            let found: Vec<NameMatch> = among.map(|pair| compare(run, pair)).collect();
            let counted = ANSWERS.map(|(_, is)| {
                share(found.iter().filter(|found| is(found)).count() as u64, found.len() as u64)
            });
            let cells = [of.to_owned(), half.name().to_owned()].into_iter().chain(counted);
            table.rows.push(cells.collect());
        }
    }
    Measured::now("Names, public pairs", TEXT.to_owned(), vec![table]).map(Some)
}

/// The pair of one line; `None` for companies and vessels.
///
/// The half follows from the whole line.
fn pair(line: &str) -> Result<Option<Pair>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().context("an empty line among the name pairs")??;
    let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
    let pair =
        Pair { names: [cell(2), cell(3)], one_person: cell(4) == "true", half: Half::of(line) };
    Ok((cell(1) == "Person").then_some(pair))
}

fn compare(run: &Run, pair: &Pair) -> NameMatch {
    let [typed, printed] = &pair.names;
    let chinese = |name: &str| name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let found = if chinese(typed) && chinese(printed) {
        compare_native(typed, printed)
    } else {
        let (typed, printed) = (LatinName::Whole(typed), LatinName::Whole(printed));
        compare_latin(typed, printed, Completeness::Complete)
    };
    if found.agrees() != pair.one_person {
        run.wrong(PAIRS, || format!("{typed} | {printed}: {found:?}"));
    }
    found
}
