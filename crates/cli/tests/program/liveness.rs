//! `bonafide liveness`.

use serde_json::Value;

use crate::program::{Person, Ran, bonafide};

/// A capture of one still: forty frames, 20 a second, the same picture over and over.
fn stills(person: &Person) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let still = image::open(person.file("selfie.jpg")).unwrap().thumbnail(480, 640);
    for index in 0..40 {
        still.to_rgb8().save(folder.path().join(format!("{:06}.png", 50 * index))).unwrap();
    }
    folder
}

fn liveness(arguments: &[&str]) -> Ran {
    bonafide([&["liveness"], arguments].concat())
}

fn codes(value: &Value) -> Vec<&str> {
    let reasons = value["reasons"].as_array().unwrap();
    reasons.iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

#[test]
fn a_still_picture_sent_as_a_capture_goes_to_a_person_who_is_told_why() {
    let person = Person::with_passport();
    let folder = stills(person);
    let frames = folder.path().to_str().unwrap();
    let ran = liveness(&["--frames", frames, "--challenge", "blink,turn-left", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let value = ran.json();
    for code in ["LIVENESS_ATTACK", "INJECTION_SUSPECTED", "LIVENESS_INCOMPLETE"] {
        assert!(codes(&value).contains(&code), "{code}: {value}");
    }
    let capture = &value["evidence"]["liveness"];
    assert_eq!((&capture["frames"], &capture["seen"]), (&40.into(), &Value::Array(Vec::new())));
    assert_eq!(value["applicant_reasons"][0]["code"], "UNDER_REVIEW");
}

#[test]
fn what_is_missing_is_said_in_the_persons_language() {
    let person = Person::with_passport();
    let folder = stills(person);
    let frames = folder.path().to_str().unwrap();
    let ran = liveness(&["--frames", frames, "--challenge", "look-up", "--lang", "zh-CN"]);
    assert!(ran.stdout.contains("没有看到您抬头"), "{ran:?}");
}

#[test]
fn what_is_no_capture_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("first.jpg"), b"no picture").unwrap();
    let frames = folder.path().to_str().unwrap();
    let video = folder.path().join("first.jpg");
    let cases: [(&[&str], &str); 4] = [
        (&["--frames", frames], "milliseconds"),
        (&["--frames", "nowhere"], "nowhere"),
        (&["--video", "nowhere.mp4"], "name a video"),
        (&["--video", video.to_str().unwrap()], "ffmpeg"),
    ];
    for (arguments, said) in cases {
        let ran = liveness(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(said) && ran.stderr.lines().count() == 1, "{ran:?}");
    }
    let ran = liveness(&["--frames", frames, "--challenge", "jump"]);
    assert!(ran.code == 2 && ran.stderr.contains("turn-left"), "{ran:?}");
    assert_eq!(std::fs::read_dir(frames).unwrap().count(), 1, "nothing was written there");
}

#[test]
fn verify_compares_the_portrait_with_the_capture_and_judges_it() {
    let person = Person::with_passport();
    let folder = stills(person);
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/exchange.toml");
    let ran = person.verify(&[
        "--frames",
        folder.path().to_str().unwrap(),
        "--challenge",
        "nod",
        "--policy",
        policy,
        "--allow-specimen",
        "--json",
    ]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let value = ran.json();
    assert!(codes(&value).contains(&"LIVENESS_ATTACK"), "{value}");
    assert_eq!(value["evidence"]["liveness"]["challenge"][0]["action"], "nod");
    let still = person.verify(&["--allow-specimen", "--json"]).json();
    let distance = |value: &Value| value["evidence"]["face_match"]["distance"].as_f64().unwrap();
    assert!((distance(&value) - distance(&still)).abs() > 1e-6, "it is the capture's own face");
}

#[test]
fn a_playlist_is_no_clip_whatever_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let clip = folder.path().join("clip.mp4");
    let list =
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n";
    std::fs::write(&clip, list).unwrap();
    let ran = liveness(&["--video", clip.to_str().unwrap()]);
    assert!(ran.code == 2 && ran.stderr.contains("ffmpeg") && ran.stdout.is_empty(), "{ran:?}");
}

#[test]
fn a_still_picture_takes_on_no_light_and_light_that_was_declined_is_for_a_person() {
    let person = Person::with_passport();
    let folder = stills(person);
    let frames = folder.path().to_str().unwrap();
    let light = "red@0-0.5,blue@0.5-1,green@1-1.5,magenta@1.5-2";
    let value = liveness(&["--frames", frames, "--challenge", "nod", "--light", light, "--json"]);
    let value = value.json();
    let capture = &value["evidence"]["liveness"];
    assert_eq!(capture["light"]["shown"][1]["colour"], "blue");
    let signals = capture["signals"].as_array().unwrap();
    let following = signals.iter().find(|signal| signal["kind"] == "light_following").unwrap();
    assert!(following["value"].as_f64().unwrap() < 0.5, "{following}");
    let ran =
        liveness(&["--frames", frames, "--challenge", "nod", "--light", "declined", "--json"]);
    let value = ran.json();
    let reasons = value["reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|reason| reason["detail"] == "light_declined"), "{value}");
    let ran = liveness(&["--frames", frames, "--light", "red@0-0.1"]);
    assert!(ran.code == 2 && ran.stderr.contains("magenta"), "{ran:?}");
}
