//! The machine-readable zone of ICAO Doc 9303.
//!
//! [`read`] finds the zone among a picture's lines, decodes each line again
//! under the grammar of the format, and changes characters only where grammar
//! or check digits prove another one; every change is listed. Lines that are
//! printed with wrong check digits come out as printed, and say so.
//!
//! [`parse`] reads a zone that is already text.
//!
//! The `mrz` crate (0.9.1) was tried for parsing and repair. Its parsers agree
//! with these (a test keeps them together, as it does with its printing), but
//! it works on text alone: it cannot weigh what the recogniser held possible,
//! so its repair must rank look-alikes by fixed rules; it gives no places of
//! what it changed; and it reads long numbers into passports, which the
//! standard does not have. So the grammar here is the one table that
//! decoding, repair and parsing share.

mod columns;
mod countries;
mod fields;
mod format;
mod interpretation;
mod lattice;
mod names;
mod proof;
mod reading;
mod symbol;
mod zone;

pub use fields::{MrzFields, ParseError, ParsedMrz, parse};
pub use format::{CheckDigit, Format};
pub use proof::ProofParams;
pub use reading::{MrzParams, MrzReading, Networks, Proof, Repair, read, read_with};

#[cfg(test)]
mod tests;
