//! What identity verification means, without I/O, clock, randomness or pixels:
//! evidence, claims, checks, reasons, policy, decisions.

pub mod claims;
pub mod document;
pub mod evidence;
pub mod field;
pub mod reason;
