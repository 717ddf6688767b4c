//! Text of a licence's barcode.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(licence) = evidence::aamva::parse(text) {
        assert!(licence.fields.0.values().all(|reading| !reading.value.is_empty()));
    }
});
