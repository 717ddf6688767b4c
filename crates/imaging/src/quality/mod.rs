//! What spoils a picture, measured on its pixels.
//!
//! Pure numbers in stated units; what counts as too much is policy. The
//! measures work on a document that was flattened (see [`crate::warp`]) or on
//! a part of one, so that the table around it does not count.

pub mod cover;
pub mod edges;
pub mod glare;
pub mod ink;
pub mod levels;
mod mask;

pub use mask::Mask;
