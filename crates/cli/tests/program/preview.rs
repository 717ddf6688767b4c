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

#[test]
fn frames_of_a_face_are_answered_by_what_is_wrong_with_the_face() {
    let folder = TempDir::new().unwrap();
    let selfie = Person::with_passport().file("selfie.jpg");
    let lit = image::open(&selfie).unwrap().to_rgb8();
    let [dark, soft] = ["dark.png", "soft.png"].map(|name| folder.path().join(name));
    let mut dim = lit.clone();
    dim.iter_mut().for_each(|level| *level /= 6);
    dim.save(&dark).unwrap();
    image::imageops::fast_blur(&lit, 12.0).save(&soft).unwrap();
    let wall = folder.path().join("wall.png");
    RgbImage::from_pixel(640, 480, Rgb([120, 110, 100])).save(&wall).unwrap();
    let lines = answers_in_order("preview", &[selfie, dark, soft, wall], &["--of", "face"]);
    let first = |line: &serde_json::Value| {
        let hints = codes(line, "hints");
        hints.first().map(|code| (*code).to_owned())
    };
    assert_eq!(lines[0]["ready"], true, "{}", lines[0]);
    assert_eq!(lines[0]["outline"].as_array().unwrap().len(), 4);
    assert_eq!(first(&lines[1]).as_deref(), Some("FACE_TOO_DARK"));
    assert_eq!(first(&lines[2]).as_deref(), Some("FACE_BLURRED"));
    assert_eq!(first(&lines[3]).as_deref(), Some("FACE_NOT_FOUND"));
    assert!(lines[3]["outline"].is_null());
}
