//! Any bytes are a picture within the limits or a refusal in words.

#![no_main]

use imaging::decode::{Limits, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    match decode(bytes, &limits) {
        Ok(image) => {
            let pixels = u64::from(image.width()) * u64::from(image.height());
            assert!(pixels > 0 && pixels <= limits.max_pixels);
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
});
