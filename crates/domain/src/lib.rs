//! What identity verification means, without I/O, clock, randomness or pixels:
//! evidence, claims, checks, reasons, policy, decisions.

pub mod account;
pub mod amount;
pub mod campaign;
pub mod case;
pub mod check;
pub mod claims;
pub mod decision;
pub mod detail;
pub mod document;
pub mod entitlement;
pub mod evidence;
pub mod field;
pub mod guidance;
pub mod id;
pub mod liveness;
pub mod national_id;
pub mod policy;
pub mod reason;
pub mod trace;
pub mod uniqueness;
