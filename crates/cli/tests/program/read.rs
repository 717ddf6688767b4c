//! `read`: one object a line, in the order of the files.

use crate::program::{Person, TODAY, answers_in_order, bonafide_fed};

/// The truth that lies beside a specimen's picture.
fn truth(person: &Person, side: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(person.file(&format!("{side}.truth.json"))).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&text).unwrap();
    truth["documents"][0].clone()
}

#[test]
fn many_files_are_answered_in_order_and_a_bad_one_does_not_end_the_run() {
    let (passport, card) = (Person::with_passport(), Person::with_chinese_card());
    let files = [
        passport.file("front.jpg"),
        passport.file("claims.toml"),
        card.file("front.jpg"),
        card.file("back.jpg"),
    ];
    let lines = answers_in_order("read", &files, &["--as-of", TODAY]);
    assert_eq!(lines[1]["error"]["code"], "file-text");
    let kinds = [
        (&lines[0], "passport", "UTO", "front"),
        (&lines[2], "id_card", "CHN", "front"),
        (&lines[3], "id_card", "CHN", "back"),
    ];
    for (line, kind, country, side) in kinds {
        let document = &line["document"];
        let seen = [&document["type"], &document["country"], &document["side"]];
        assert_eq!(seen, [kind, country, side], "{document}");
    }
}

#[test]
fn a_clear_document_is_read_as_printed() {
    let cases = [
        (Person::with_passport(), "front"),
        (Person::with_chinese_card(), "front"),
        (Person::with_chinese_card(), "back"),
    ];
    for (person, side) in cases {
        let file = person.file(&format!("{side}.jpg"));
        let ran = bonafide_fed(&["read", "-", "--json", "--as-of", TODAY], file.to_str().unwrap());
        let line = ran.json();
        let truth = truth(person, side);
        for (field, printed) in truth["fields"].as_object().unwrap() {
            assert_eq!(line["fields"][field]["value"], printed["value"], "{field} of {side}");
        }
        if let Some(zone) = truth["mrz"].as_object() {
            assert_eq!(line["mrz"]["lines"], zone["lines"]);
            assert_eq!(line["mrz"]["check_digits_ok"], true);
        } else {
            assert!(line["mrz"].is_null());
        }
    }
}
