//! Machine-readable zones: are all lines exactly what is printed?

mod keys;

use std::path::PathBuf;

use anyhow::Result;

use crate::Run;
use crate::answers::Answer;
use crate::data::Labelled;
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;

pub use specimens::on_specimens;

mod specimens;

/// What was counted over some pictures.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// Pictures with a zone.
    of: u64,
    /// Every line exactly as printed.
    exact: u64,
    /// Pictures whose printed check digits hold.
    sound: u64,
    /// Of these, every line exactly as printed.
    sound_exact: u64,
    /// Of these, number, birth and expiry date right with their check digits.
    sound_keys: u64,
    /// Check digits hold in what was read, and yet number, birth or expiry
    /// date is wrong.
    silent: u64,
}

impl Count {
    /// Counts one picture.
    fn add(&mut self, printed: &[&str], sound: bool, answer: &Answer) {
        let read = answer.mrz_lines();
        let exact = read == printed;
        let keys_right = keys::of(&read).is_some_and(|read| Some(read) == keys::of(printed));
        self.of += 1;
        self.exact += u64::from(exact);
        self.silent += u64::from(answer.mrz_holds() && !exact && !keys_right);
        if sound {
            self.sound += 1;
            self.sound_exact += u64::from(exact);
            self.sound_keys += u64::from(keys_right);
        }
    }

    /// Both together.
    fn and(self, other: Self) -> Self {
        Self {
            of: self.of + other.of,
            exact: self.exact + other.exact,
            sound: self.sound + other.sound,
            sound_exact: self.sound_exact + other.sound_exact,
            sound_keys: self.sound_keys + other.sound_keys,
            silent: self.silent + other.silent,
        }
    }
}

/// On the public pictures.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has("documents/mrz-a")) else {
        return Ok(None);
    };
    let mut zones = Table::new(&[
        "set",
        "lines exact, printed check digits hold",
        "number and dates right, the same",
        "lines exact, all",
        "silent key errors",
    ]);
    let mut all = Count::default();
    for set in ["mrz-a", "mrz-b"] {
        let pictures = data.labelled(&format!("documents/{set}"))?;
        let counts = count(run, &pictures)?;
        for (half, count) in Half::BOTH.into_iter().zip(counts) {
            row(&mut zones, &format!("{set}, {}", half.name()), count);
            all = all.and(count);
        }
    }
    row(&mut zones, "all", all);
    let negatives = data.labelled("documents/cn-id")?;
    let files: Vec<PathBuf> = negatives.iter().map(|picture| picture.file.clone()).collect();
    let mut none = Table::new(&["pictures without a zone", "a zone was read"]);
    none.row(["cn-id".to_owned(), false_zones(run, &files)?]);
    let text =
        "Passports, cards and visas of many states, scanned and photographed, some rotated, \
        some under a stamp, some under 300 pixels wide. A silent key error is the dangerous one: \
        what was read passes its check digits, and document number, birth or expiry date is wrong."
            .to_owned();
    Measured::now("Machine-readable zones, public pictures", text, vec![zones, none]).map(Some)
}

/// The counts of the two halves.
fn count(run: &Run, pictures: &[Labelled]) -> Result<[Count; 2]> {
    let files: Vec<PathBuf> = pictures.iter().map(|picture| picture.file.clone()).collect();
    let mut counts = [Count::default(); 2];
    for (picture, answer) in pictures.iter().zip(run.bonafide.read(&files)?) {
        let column = |name: &str| picture.truth.get(name).map_or("", String::as_str);
        let lines = ["mrz1", "mrz2", "mrz3"].map(column);
        let printed: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if printed.is_empty() {
            continue;
        }
        let sound = column("check_digits_ok") == "True";
        counts[usize::from(picture.half == Half::Check)].add(&printed, sound, &answer);
        if answer.mrz_lines() != printed {
            run.wrong(&picture.path, || format!("{printed:?} read as {:?}", answer.mrz_lines()));
        }
    }
    Ok(counts)
}

fn row(table: &mut Table, name: &str, count: Count) {
    table.row([
        name.to_owned(),
        share(count.sound_exact, count.sound),
        share(count.sound_keys, count.sound),
        share(count.exact, count.of),
        count.silent.to_string(),
    ]);
}

/// How many of `files`, which show no zone, were given one.
fn false_zones(run: &Run, files: &[PathBuf]) -> Result<String> {
    let answers = run.bonafide.read(files)?;
    let mut found = 0;
    for (file, answer) in files.iter().zip(&answers) {
        if !answer.mrz_lines().is_empty() {
            found += 1;
            run.wrong(&file.display().to_string(), || format!("zone {:?}", answer.mrz_lines()));
        }
    }
    Ok(share(found, files.len() as u64))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_wrong_key_that_passes_its_digits_is_silent() {
        let printed = [
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ];
        let name_wrong = printed[0].replace("ANNA", "ANNE");
        let number_wrong = printed[1].replace("L898902C36", "L898902C44");
        let cases = [
            (vec![printed[0], printed[1]], true, (1, 1, 0)),
            (vec![&*name_wrong, printed[1]], true, (0, 1, 0)),
            (vec![printed[0], &*number_wrong], true, (0, 0, 1)),
            (vec![printed[0], &*number_wrong], false, (0, 0, 0)),
            (vec![], false, (0, 0, 0)),
        ];
        for (lines, holds, expected) in cases {
            let answer = Answer(json!({"mrz": {"lines": lines, "check_digits_ok": holds}}));
            let mut count = Count::default();
            count.add(&printed, true, &answer);
            let got = (count.sound_exact, count.sound_keys, count.silent);
            assert_eq!(got, expected, "{lines:?}");
        }
    }
}
