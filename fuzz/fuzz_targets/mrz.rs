//! Any lines are a zone or a refusal in words, and lines in a format's shape
//! are always a zone.

#![no_main]

use evidence::mrz;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

/// Lines and their length, of the five formats.
const SHAPES: [(usize, usize); 3] = [(3, 30), (2, 36), (2, 44)];

fuzz_target!(|input: (u8, &[u8], &str)| {
    let (shape, characters, text) = input;
    let as_of = date(2026, 1, 1);
    let lines: Vec<&str> = text.lines().collect();
    if let Err(refusal) = mrz::parse(&lines, as_of) {
        assert!(!refusal.to_string().is_empty());
    }
    let (count, length) = SHAPES[usize::from(shape) % SHAPES.len()];
    let character = |at: usize| match characters.get(at).copied().unwrap_or(36) % 37 {
        digit @ 0..10 => char::from(b'0' + digit),
        letter @ 10..36 => char::from(b'A' + letter - 10),
        _ => '<',
    };
    let line = |line: usize| (0..length).map(|at| character(line * length + at)).collect();
    let lines: Vec<String> = (0..count).map(line).collect();
    mrz::parse(&lines, as_of).expect("lines of a format's shape are a zone");
});
