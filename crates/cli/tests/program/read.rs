//! `read`: one object a line, in the order of the files.

use image::imageops::FilterType::Triangle;
use image::imageops::{replace, resize};
use image::{Rgb, RgbImage};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Person, TODAY, answers_in_order, bonafide_fed};

/// Pixels from the left at which the passport's photograph begins.
const BESIDE: u32 = 1400;

/// The truth that lies beside a specimen's picture.
fn truth(person: &Person, side: &str) -> Value {
    let text = std::fs::read_to_string(person.file(&format!("{side}.truth.json"))).unwrap();
    let truth: Value = serde_json::from_str(&text).unwrap();
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

/// The passport's photograph on the right of a table, another person's large one on the left; where
/// `covered` something lies over the passport's own portrait.
fn with_a_photograph_beside(covered: bool) -> Value {
    let (passport, other) = (Person::with_passport(), Person::with_another_face());
    let open = |person: &Person, name: &str| image::open(person.file(name)).unwrap().to_rgb8();
    let mut document = open(passport, "front.jpg");
    if covered {
        let corners = truth(passport, "front")["portrait"].as_array().unwrap().clone();
        let [from, to] = [&corners[0], &corners[2]]
            .map(|corner| [0, 1].map(|axis| corner[axis].as_f64().unwrap() as u32));
        for y in from[1]..to[1] {
            for x in from[0]..to[0] {
                document.put_pixel(x, y, Rgb([96, 82, 70]));
            }
        }
    }
    let mut table = RgbImage::from_pixel(4000, 3000, Rgb([150, 140, 128]));
    let scaled = |picture: &RgbImage, width, height| resize(picture, width, height, Triangle);
    replace(&mut table, &scaled(&document, 2600, 1950), i64::from(BESIDE), 600);
    replace(&mut table, &scaled(&open(other, "selfie.jpg"), 900, 1200), 250, 900);
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("table.jpg");
    table.save(&file).unwrap();
    bonafide_fed(&["read", "-", "--json", "--as-of", TODAY], file.to_str().unwrap()).json()
}

#[test]
fn a_photograph_beside_the_document_is_not_its_portrait() {
    let portrait = |read: &Value| {
        let left = read["faces"][0]["box"][0].as_f64();
        left.is_none_or(|left| left >= f64::from(BESIDE))
    };
    let shown = with_a_photograph_beside(false);
    assert_eq!(shown["document"]["type"], "passport", "{shown}");
    assert!(portrait(&shown) && !shown["faces"].as_array().unwrap().is_empty(), "{shown}");
    let covered = with_a_photograph_beside(true);
    assert_eq!(covered["document"]["type"], "passport", "{covered}");
    assert!(portrait(&covered), "{covered}");
}
