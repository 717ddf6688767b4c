//! Eight people in eleven conditions, grey: light, glasses, eyes.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::Run;
use crate::answers::Answer;
use crate::data::DataFolder;
use crate::interval::share;
use crate::report::Table;

const SET: &str = "faces/yale";

/// What is said of each condition, beside that all faces are small: the eyes lie 50 pixels apart; nothing where the set is missing.
pub fn measure(run: &Run, data: &DataFolder) -> Result<Option<Table>> {
    if !data.has(SET) {
        return Ok(None);
    }
    let lines = data.table(&format!("{SET}/identities.csv"))?;
    let files: Vec<_> =
        lines.iter().map(|line| data.path(&format!("{SET}/{}", line["file"]))).collect();
    let mut conditions = BTreeMap::<&str, Vec<Answer>>::new();
    for (line, answer) in lines.iter().zip(run.bonafide.judge(&files)?) {
        conditions.entry(&line["condition"]).or_default().push(answer);
    }
    let mut table = Table::new(&["yale, both halves", "without a word but on size", "which"]);
    for (condition, answers) in conditions {
        let mut which = BTreeMap::<&str, u64>::new();
        let silent = answers.iter().filter(|answer| {
            let mut codes = answer.reasons();
            codes.retain(|code| *code != "FACE_TOO_SMALL");
            codes.sort_unstable();
            codes.dedup();
            for code in &codes {
                *which.entry(*code).or_default() += 1;
            }
            codes.is_empty()
        });
        let silent = silent.count() as u64;
        let which: Vec<String> =
            which.iter().map(|(code, count)| format!("{code} {count}")).collect();
        table.row([condition.to_owned(), share(silent, answers.len() as u64), which.join(", ")]);
    }
    Ok(Some(table))
}
