//! Vectors as a gallery keeps them.

/// How far apart two vectors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The length of their difference.
    Euclidean,
    /// 1 − the cosine of their angle: 0 to 2. Vectors are kept at length 1.
    Cosine,
}

/// A vector that a gallery cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VectorError {
    /// It has another length than the gallery's vectors.
    #[error("the vector has {found} values, this gallery's have {expected}")]
    Length {
        /// Values of the gallery's vectors.
        expected: usize,
        /// Values of this one.
        found: usize,
    },
    /// A value is not a finite number.
    #[error("value {index} of the vector is not a finite number")]
    NotFinite {
        /// Its place, from 0.
        index: usize,
    },
    /// It is too long to compute with in single precision, or has no direction
    /// where only the direction counts.
    #[error("the vector is too long, or too short to have a direction")]
    Magnitude,
}

/// Vectors longer than this are refused: their squares leave single precision.
const LONGEST: f64 = 1e15;

/// Under [`Metric::Cosine`], vectors shorter than this have no direction.
const SHORTEST: f64 = 1e-15;

impl Metric {
    /// `vector` as the gallery keeps it.
    pub(crate) fn prepare(self, vector: &[f32], dimension: usize) -> Result<Vec<f32>, VectorError> {
        if vector.len() != dimension {
            return Err(VectorError::Length { expected: dimension, found: vector.len() });
        }
        if let Some(index) = vector.iter().position(|value| !value.is_finite()) {
            return Err(VectorError::NotFinite { index });
        }
        let length = vector.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
        match self {
            _ if length > LONGEST => Err(VectorError::Magnitude),
            Self::Euclidean => Ok(vector.to_vec()),
            Self::Cosine if length < SHORTEST => Err(VectorError::Magnitude),
            Self::Cosine => Ok(vector.iter().map(|v| (f64::from(*v) / length) as f32).collect()),
        }
    }

    /// The distance between two prepared vectors. It orders like the Euclidean
    /// one: at length 1, 1 − cos = |a − b|² / 2.
    pub(crate) fn distance(self, a: &[f32], b: &[f32]) -> f64 {
        let squares: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        match self {
            Self::Euclidean => squares.sqrt(),
            Self::Cosine => squares / 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_that_cannot_be_compared_is_refused() {
        let length = |found| Err(VectorError::Length { expected: 2, found });
        let cases = [
            (vec![], length(0)),
            (vec![1.0], length(1)),
            (vec![1.0; 3], length(3)),
            (vec![1.0, f32::NAN], Err(VectorError::NotFinite { index: 1 })),
            (vec![f32::NEG_INFINITY, 0.0], Err(VectorError::NotFinite { index: 0 })),
            (vec![f32::MAX, 0.0], Err(VectorError::Magnitude)),
            (vec![0.0, 0.0], Err(VectorError::Magnitude)),
            (vec![3.0, 4.0], Ok(vec![0.6, 0.8])),
        ];
        for (vector, expected) in cases {
            assert_eq!(Metric::Cosine.prepare(&vector, 2), expected, "{vector:?}");
        }
        assert_eq!(Metric::Euclidean.prepare(&[0.0, 0.0], 2), Ok(vec![0.0, 0.0]));
    }

    #[test]
    fn distances_are_those_of_the_metric() {
        let (a, b) = ([1.0, 0.0], [0.0, 1.0]);
        assert!((Metric::Euclidean.distance(&a, &b) - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!((Metric::Cosine.distance(&a, &b) - 1.0).abs() < 1e-12);
    }
}
