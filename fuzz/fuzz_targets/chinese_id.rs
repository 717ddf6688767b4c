//! Any lines in any places are a card, with fields that keep their form, or
//! none.

#![no_main]

use evidence::chinese_id;
use evidence::page::Page;
use imaging::geometry::{Point, Quad};
use libfuzzer_sys::fuzz_target;

/// A place in a picture of any size, turned any way, and the text there.
type Line<'a> = ([f32; 8], &'a str, u8);

fuzz_target!(|lines: Vec<Line>| {
    let placed = lines.iter().map(|(at, text, confidence)| {
        let point = |i: usize| Point::new(at[2 * i], at[2 * i + 1]);
        let quad = Quad([point(0), point(1), point(2), point(3)]);
        (quad, *text, f32::from(*confidence) / 255.0)
    });
    let Some(card) = chinese_id::parse(&Page::of(placed)) else { return };
    assert!((0.0..=1.0).contains(&card.score()));
    for (field, reading) in card.fields().0 {
        assert!(!reading.value.is_empty(), "{field} is empty");
        assert!((0.0..=1.0).contains(&reading.confidence), "{field}: {}", reading.confidence);
    }
});
