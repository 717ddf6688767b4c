//! `face embed` and `face compare`.
//!
//! Two renderings of one portrait prove the plumbing and say nothing about how
//! well faces are told apart.

use std::path::Path;

use crate::program::{Person, bonafide};

#[test]
fn the_distance_between_embeddings_is_what_compare_says() {
    let (a, b) = (Person::with_passport(), Person::with_another_face());
    let files = [a.file("selfie.jpg"), a.file("front.jpg"), b.file("selfie.jpg")];
    let mut arguments = vec![Path::new("face"), Path::new("embed"), Path::new("--json")];
    arguments.extend(files.iter().map(std::path::PathBuf::as_path));
    let lines = bonafide(arguments).lines();
    let vector = |index: usize| -> Vec<f64> {
        serde_json::from_value(lines[index]["faces"][0]["embedding"].clone()).unwrap()
    };
    let distance =
        |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt();
    let (same, other) = (distance(&vector(0), &vector(1)), distance(&vector(0), &vector(2)));
    assert!(same < other, "{same} {other}");
    let compare =
        |b: &Path| bonafide([Path::new("face"), Path::new("compare"), &files[0], b]).json();
    for (file, expected) in [(&files[1], same), (&files[2], other)] {
        let compared = compare(file);
        assert!((compared["distance"].as_f64().unwrap() - expected).abs() < 1e-3, "{compared}");
        assert!(compared["similarity"].as_f64().is_some_and(|s| (0.0..=1.0).contains(&s)));
    }
    let rate = |file| compare(file)["false_accept_rate"].as_f64().unwrap();
    assert!(rate(&files[1]) < rate(&files[2]));
}

#[test]
fn a_picture_without_a_face_is_a_reason_and_no_error() {
    let card = Person::with_chinese_card();
    let ran = bonafide([
        Path::new("face"),
        Path::new("compare"),
        &card.file("selfie.jpg"),
        &card.file("back.jpg"),
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let compared = ran.json();
    assert!(compared["similarity"].is_null());
    assert_eq!(compared["reasons"][0]["code"], "FACE_NOT_FOUND");
}

#[test]
fn too_few_people_make_no_calibration() {
    let person = Person::with_passport();
    let pairs = tempfile::tempdir().unwrap();
    let folder = pairs.path().join("somebody");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(person.file("selfie.jpg"), folder.join("one.jpg")).unwrap();
    std::fs::write(folder.join("notes.txt"), "no picture").unwrap();
    let output = pairs.path().join("calibration.toml");
    let mut arguments: Vec<&std::ffi::OsStr> =
        ["models", "calibrate", "--pairs"].map(std::ffi::OsStr::new).to_vec();
    arguments.extend([pairs.path().as_os_str(), "--output".as_ref(), output.as_os_str()]);
    let ran = bonafide(arguments);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("a calibration needs"), "{ran:?}");
    assert!(!output.exists());
}
