//! Fields of the set SIDTD: a card and a passport of fictional people, by their truth.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::report::{Measured, Table};

/// Pictures, each with its truth.
const PICTURES: [(&str, &str); 3] = [
    ("alb00.jpg", "alb_0_id.json"),
    ("aze00.jpg", "aze_0_passport.json"),
    ("fake_alb00.jpg", "alb_0_id.json"),
];

/// What the truth calls a field, the first name that it has, and what an answer calls it.
/// Places of birth are no field of ours.
const FIELDS: [(&[&str], &str); 10] = [
    (&["surname_eng", "surname"], "surname"),
    (&["name_eng", "name"], "given_names"),
    (&["number"], "document_number"),
    (&["id_number"], "national_id_number"),
    (&["nationality", "nationality/nationality_eng"], "nationality"),
    (&["birth_date"], "birth_date"),
    (&["gender"], "sex"),
    (&["issue_date"], "issue_date"),
    (&["expiry_date"], "expiry_date"),
    (&["authority"], "issuing_authority"),
];

/// Reads the pictures and compares.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has("documents/sidtd")) else {
        return Ok(None);
    };
    let place = |name: &str| data.path(&format!("documents/sidtd/{name}"));
    let files: Vec<PathBuf> = PICTURES.iter().map(|(picture, _)| place(picture)).collect();
    let mut table = Table::new(&["picture", "fields as printed", "otherwise or unread"]);
    let (mut right, mut all) = (0, 0);
    for ((picture, truth), answer) in PICTURES.iter().zip(run.bonafide.read(&files)?) {
        let text = fs::read_to_string(place(truth)).with_context(|| format!("reading {truth}"))?;
        let truth: Value = serde_json::from_str(&text)?;
        let (read, wrong) = compared(&truth, &answer);
        let count = read + wrong.len() as u64;
        (right, all) = (right + read, all + count);
        table.row([(*picture).to_owned(), share(read, count), wrong.join(", ")]);
    }
    table.row(["all".to_owned(), share(right, all), String::new()]);
    let text = "Two documents of fictional people and a forgery of one: every printed field that \
                has a name here, letters compared without case, dates by their day. The forgery, which has the fields of the genuine card, is in the \
                tuning half: nationalities that are written out were mended after reading it, so \
                the two cards are not unseen."
        .to_owned();
    Measured::now("Fields, SIDTD", text, vec![table]).map(Some)
}

/// How many fields are right, and which are not.
fn compared(truth: &Value, answer: &Answer) -> (u64, Vec<&'static str>) {
    let (mut right, mut wrong) = (0, Vec::new());
    for (names, field) in FIELDS {
        let printed = names.iter().find_map(|name| truth[*name]["value"].as_str());
        let Some(printed) = printed else { continue };
        if same(field, printed, answer.field(field)) {
            right += 1;
        } else {
            wrong.push(field);
        }
    }
    (right, wrong)
}

fn same(field: &str, printed: &str, read: &str) -> bool {
    match field {
        "birth_date" | "issue_date" | "expiry_date" => {
            let mut parts: Vec<&str> = printed.split(['.', '-']).collect();
            parts.reverse();
            parts.join("-") == read
        }
        "sex" => printed.rsplit('/').next() == Some(read),
        "nationality" => {
            // The code of the state, which the truth writes out.
            let states = [("ALBANIAN", "ALB"), ("AZERBAIJAN", "AZE")];
            let state = printed.rsplit('/').next().unwrap_or_default().to_uppercase();
            states.contains(&(state.as_str(), read))
        }
        _ => printed.to_uppercase() == read.to_uppercase(),
    }
}
