//! A face as a vector, on its way past the evidence: it is personal, and never serialised.

use std::fmt;

/// A face as the engine's embedder makes it. Euclidean distance orders likeness. It stands
/// beside the evidence and not in it, so that no report holds it.
#[derive(Clone, PartialEq)]
pub struct Face(Vec<f32>);

impl Face {
    /// The face of these numbers.
    pub fn new(values: Vec<f32>) -> Self {
        Self(values)
    }

    /// The numbers.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// The Euclidean distance; `None` for a face of another length.
    pub(crate) fn distance(&self, other: &Self) -> Option<f64> {
        let squares = self.0.iter().zip(&other.0).map(|(a, b)| f64::from(a - b).powi(2));
        (self.0.len() == other.0.len()).then(|| squares.sum::<f64>().sqrt())
    }

    /// The numbers as bytes, little-endian, to be sealed.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    /// What [`Face::bytes`] gave; `None` for anything else.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values.iter().map(|value| f32::from_le_bytes(*value)).collect();
        (rest.is_empty() && !values.is_empty()).then_some(Self(values))
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Face([redacted])")
    }
}
