//! The one value that goes into and comes out of a model.

/// An array of 32-bit floats in row-major order: the last axis of `shape` is
/// contiguous in `data`.
///
/// Pictures are NCHW: picture, channel, row, column.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    shape: Vec<usize>,
    data: Vec<f32>,
}

/// The data does not fill the shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a tensor of shape {shape:?} was given {len} values")]
pub struct TensorError {
    /// The shape asked for.
    pub shape: Vec<usize>,
    /// How many values were given.
    pub len: usize,
}

impl Tensor {
    /// Takes `data` as an array of `shape`, row-major.
    ///
    /// # Errors
    ///
    /// When the product of `shape` (1 for a scalar) is not the number of values.
    pub fn new(shape: Vec<usize>, data: Vec<f32>) -> Result<Self, TensorError> {
        let size = shape.iter().try_fold(1_usize, |product, &axis| product.checked_mul(axis));
        if size == Some(data.len()) {
            Ok(Self { shape, data })
        } else {
            let len = data.len();
            Err(TensorError { shape, len })
        }
    }

    /// The length of each axis, outermost first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The values, row-major.
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// Gives the values away, row-major.
    pub fn into_data(self) -> Vec<f32> {
        self.data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_data_must_agree() {
        let cases: [(&[usize], usize, bool); 6] = [
            (&[2, 3], 6, true),
            (&[2, 3], 5, false),
            (&[], 1, true),
            (&[], 0, false),
            (&[0, 4], 0, true),
            (&[usize::MAX, 2], 2, false),
        ];
        for (shape, len, fits) in cases {
            let tensor = Tensor::new(shape.to_vec(), vec![0.0; len]);
            assert_eq!(tensor.is_ok(), fits, "{shape:?} with {len} values");
        }
    }
}
