//! `preview`: what to do at the camera, frame by frame.

use image::{Rgb, RgbImage};
use tempfile::TempDir;

use crate::program::{Person, answers_in_order, bonafide, codes};

#[test]
fn frames_are_answered_in_order_with_outline_hints_and_whether_to_take_the_picture() {
    let files = [
        Person::with_passport().file("front.jpg"),
        Person::under_glare().file("front.jpg"),
        Person::with_passport().file("claims.toml"),
    ];
    let lines = answers_in_order("preview", &files, &[]);
    assert_eq!(lines[0]["ready"], true, "{}", lines[0]);
    assert_eq!(lines[0]["outline"].as_array().unwrap().len(), 4);
    assert_eq!(lines[1]["ready"], false);
    assert_eq!(codes(&lines[1], "hints")[0], "DOC_GLARE");
    assert!(lines[1]["hints"][0]["region"].is_array());
    assert_eq!(lines[2]["error"]["code"], "file-text");
}

#[test]
fn one_sentence_says_what_to_do_in_either_language() {
    let folder = TempDir::new().unwrap();
    let table = folder.path().join("table.png");
    RgbImage::from_pixel(640, 480, Rgb([120, 110, 100])).save(&table).unwrap();
    let clear = Person::with_passport().file("front.jpg");
    let cases = [
        (&table, "en", "could not find a document"),
        (&table, "zh-CN", "没有找到证件"),
        (&clear, "en", "take the picture"),
        (&clear, "zh-CN", "可以拍摄"),
    ];
    for (file, language, words) in cases {
        let ran = bonafide(["preview", "--lang", language, file.to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.stdout.contains(words), "{ran:?}");
    }
}

#[test]
fn a_small_frame_of_a_large_picture_is_judged_by_the_picture() {
    let folder = TempDir::new().unwrap();
    let small = folder.path().join("small.png");
    let clear = image::open(Person::with_passport().file("front.jpg")).unwrap();
    clear.thumbnail(240, 240).save(&small).unwrap();
    let hints = |more: &[&str]| {
        let frame = small.to_str().unwrap();
        let ran = bonafide([&["preview", "--json", frame], more].concat());
        codes(&ran.json(), "hints").join(" ")
    };
    assert!(hints(&[]).contains("DOC_LOW_RESOLUTION"));
    assert!(!hints(&["--picture-width", "1600"]).contains("DOC_LOW_RESOLUTION"));
}
