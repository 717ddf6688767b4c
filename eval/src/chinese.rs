//! Chinese resident identity cards, field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;

use crate::Run;
use crate::answers::Answer;
use crate::data::{DataFolder, Labelled, Truth};
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;

pub use specimens::on_specimens;

mod specimens;

/// The fields of the two sides, under their public names.
const FIELDS: [&str; 9] = [
    "full_name_native",
    "sex",
    "ethnicity",
    "birth_date",
    "address",
    "national_id_number",
    "issuing_authority",
    "issue_date",
    "expiry_date",
];

/// Right and all, by field or group of fields and by kind of picture.
type Tally = BTreeMap<(&'static str, &'static str), (u64, u64)>;

/// On the contest's generated cards.
pub fn on_data(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has("documents/cn-id")) else {
        return Ok(None);
    };
    let pictures = data.labelled("documents/cn-id")?;
    let covered = covered(data)?;
    let files: Vec<PathBuf> = pictures.iter().map(|picture| picture.file.clone()).collect();
    let mut tally = Tally::new();
    let mut halves = [(0, 0); 2];
    for (picture, answer) in pictures.iter().zip(run.bonafide.read(&files)?) {
        let hidden = covered.get(&picture.truth["file"]);
        let is_hidden = |field: &str| hidden.is_some_and(|hidden| hidden.contains(field));
        tally_picture(run, picture, &answer, &is_hidden, &mut tally);
        let keys = ["full_name_native", "national_id_number"];
        if picture.truth["side"] == "info" && !keys.iter().any(|key| is_hidden(key)) {
            let right = keys.iter().all(|key| is_right(key, &answer, &picture.truth));
            let half = &mut halves[usize::from(picture.half == Half::Check)];
            half.0 += u64::from(right);
            half.1 += 1;
        }
    }
    let mut keys = Table::new(&["cards whose name and number no stamp covers", "both as printed"]);
    for (half, (right, of)) in Half::BOTH.into_iter().zip(halves) {
        keys.row([half.name().to_owned(), share(right, of)]);
    }
    keys.row(["all".to_owned(), share(halves[0].0 + halves[1].0, halves[0].1 + halves[1].1)]);
    let text =
        "Generated cards in grey, most with a 复印无效 or 禁止复印 stamp over the text, about \
        half of them printing only 17 of the 18 digits: the number is right when it is what is \
        printed, and such a card must also be told ID_NUMBER_INVALID."
            .to_owned();
    let tables = vec![keys, fields_table(&tally)];
    Measured::now("Chinese identity cards, contest pictures", text, tables).map(Some)
}

/// Counts every field that the picture's side prints.
fn tally_picture(
    run: &Run,
    picture: &Labelled,
    answer: &Answer,
    is_hidden: &impl Fn(&str) -> bool,
    tally: &mut Tally,
) {
    for field in FIELDS {
        let printed = printed(field, &picture.truth);
        if printed.is_empty() {
            continue;
        }
        let right = is_right(field, answer, &picture.truth);
        let place = if is_hidden(field) { "covered" } else { "clear" };
        let entry = tally.entry((field, place)).or_default();
        entry.0 += u64::from(right);
        entry.1 += 1;
        if !right {
            let read = answer.field(field).to_owned();
            run.wrong(&picture.path, || format!("{field} ({place}): {printed} read as {read:?}"));
        }
    }
    let number = printed("national_id_number", &picture.truth);
    if number.chars().count() == 17 && answer.field("national_id_number") == number {
        let entry = tally.entry(("ID_NUMBER_INVALID on 17 digits", "clear")).or_default();
        entry.0 += u64::from(answer.reasons().contains(&"ID_NUMBER_INVALID"));
        entry.1 += 1;
    }
}

fn is_right(field: &str, answer: &Answer, truth: &Truth) -> bool {
    answer.field(field) == printed(field, truth)
}

/// What the truth says, in the spelling of the public JSON; empty when the
/// side does not print it.
fn printed(field: &str, truth: &Truth) -> String {
    let column = |name: &str| truth.get(name).map_or("", |text| text.trim());
    let validity = |end: bool| {
        let parts = column("validity").split_once(['-', '—', '–', '至']);
        let part = parts.map_or("", |(from, to)| if end { to } else { from });
        if part.contains("长期") { "long_term".to_owned() } else { part.replace('.', "-") }
    };
    match field {
        "full_name_native" => column("name").to_owned(),
        "sex" => match column("sex") {
            "男" => "M".to_owned(),
            "女" => "F".to_owned(),
            _ => String::new(),
        },
        "birth_date" => {
            let number = |name: &str| column(name).parse::<u32>().ok();
            let parts = [number("year"), number("month"), number("day")];
            let [Some(year), Some(month), Some(day)] = parts else { return String::new() };
            format!("{year:04}-{month:02}-{day:02}")
        }
        "national_id_number" => column("id_number").to_owned(),
        "issuing_authority" => column("issuer").to_owned(),
        "issue_date" => validity(false),
        "expiry_date" => validity(true),
        other => column(other).to_owned(),
    }
}

/// Which fields a stamp covers, by picture.
fn covered(data: &DataFolder) -> Result<BTreeMap<String, BTreeSet<&'static str>>> {
    let rows = data.table("documents/cn-id/cover.csv")?;
    let entry = |row: &Truth| {
        let words = row["covered"].split_whitespace();
        (row["file"].clone(), words.flat_map(public_names).copied().collect())
    };
    Ok(rows.iter().map(entry).collect())
}

fn public_names(word: &str) -> &'static [&'static str] {
    match word {
        "name" => &["full_name_native"],
        "id_number" => &["national_id_number"],
        "birth" => &["birth_date"],
        "sex" => &["sex"],
        "ethnicity" => &["ethnicity"],
        "address" => &["address"],
        "issuer" => &["issuing_authority"],
        "validity" => &["issue_date", "expiry_date"],
        _ => &[],
    }
}

fn fields_table(tally: &Tally) -> Table {
    let mut table = Table::new(&["field", "clear", "under a stamp"]);
    let names: BTreeSet<_> = tally.keys().map(|(field, _)| *field).collect();
    for field in names {
        let cell = |place| tally.get(&(field, place)).map_or(String::new(), |(r, n)| share(*r, *n));
        table.row([field.to_owned(), cell("clear"), cell("covered")]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(columns: &[(&str, &str)]) -> Truth {
        columns.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn truth_is_spelt_as_the_public_json_spells_it() {
        let front = truth(&[("name", "张三"), ("sex", "女"), ("year", "1991"), ("month", "3")]);
        let front_with_day = {
            let mut front = front.clone();
            front.insert("day".to_owned(), "11".to_owned());
            front
        };
        let back = truth(&[("issuer", "某某公安局"), ("validity", "2005.02.16-2025.02.16")]);
        let long = truth(&[("validity", "2005.02.16-长期")]);
        let cases = [
            ("full_name_native", &front, "张三"),
            ("sex", &front, "F"),
            ("birth_date", &front, ""),
            ("birth_date", &front_with_day, "1991-03-11"),
            ("issue_date", &back, "2005-02-16"),
            ("expiry_date", &back, "2025-02-16"),
            ("expiry_date", &long, "long_term"),
            ("address", &back, ""),
            ("expiry_date", &front, ""),
        ];
        for (field, truth, expected) in cases {
            assert_eq!(printed(field, truth), expected, "{field}");
        }
    }
}
