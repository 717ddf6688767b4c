//! Whether two writings of one thing agree: names across scripts, order and
//! transliteration; dates in the forms that documents print.
//!
//! Pure: no I/O, no clock; today's date is a parameter wherever it matters.

pub mod dates;
pub mod names;
