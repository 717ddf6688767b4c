//! Any text is claims or a refusal in one line.

#![no_main]

use libfuzzer_sys::fuzz_target;

// The program's own files: it is no library that could be named here.
#[allow(dead_code)]
#[path = "../../crates/cli/src/claims.rs"]
mod claims;
#[allow(dead_code)]
#[path = "../../crates/cli/src/exit.rs"]
mod exit;

fuzz_target!(|text: &str| {
    if let Err(refusal) = claims::parse(text) {
        assert!(!refusal.trim().is_empty() && !refusal.contains('\n'), "{refusal:?}");
    }
});
