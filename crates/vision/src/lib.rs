//! What models see in pictures: one module per stage. Each stage prepares a
//! tensor, runs a [`inference::Model`] and interprets its output; it knows
//! pixels and models, not documents' meaning or tiers.

pub mod barcode;
pub mod document;
pub mod face;
pub mod liveness;
pub mod text;
