//! Placeholder.
mod batch;
mod claims;
mod exit;
fn main() {}
