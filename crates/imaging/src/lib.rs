//! Pictures: bounded decoding, geometry, warping, quality measures, drawing.
//!
//! Pure: bytes and pixels in, pixels and numbers out. Coordinates are pixels
//! with the origin at the top-left corner of the top-left pixel, x to the
//! right, y down; the centre of the first pixel is (0.5, 0.5).

pub mod decode;
pub mod draw;
pub mod forensics;
pub mod geometry;
pub mod quality;
pub mod resize;
pub mod warp;

pub use decode::{DecodeError, DecodedImage, Limits, decode};
pub use geometry::{Point, Quad, Rect};
