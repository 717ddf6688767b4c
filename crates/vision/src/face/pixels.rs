//! Pixels into tensors, tensors out of outputs.

use image::RgbImage;
use inference::{InferenceError, Model, Tensor};

/// What is put in for a pixel value x of 0 to 255: (x − mean of its channel) / scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scaling {
    /// Red first.
    pub mean: [f32; 3],
    pub scale: f32,
}

/// `picture` as a tensor \[1, 3, height, width\], red first.
pub(super) fn tensor(picture: &RgbImage, scaling: Scaling) -> Tensor {
    ordered(picture, [0, 1, 2], scaling)
}

/// `picture` as a tensor \[1, 3, height, width\], its channels in this order.
pub(crate) fn ordered(
    picture: &RgbImage,
    channels: [usize; 3],
    Scaling { mean, scale }: Scaling,
) -> Tensor {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut data = Vec::with_capacity(3 * width * height);
    for channel in channels {
        let values = picture.as_raw().iter().skip(channel).step_by(3);
        data.extend(values.map(|&v| (f32::from(v) - mean[channel]) / scale));
    }
    Tensor::new(vec![1, 3, height, width], data).expect("three values a pixel")
}

/// The one output of `length` values; the models here tell theirs apart by
/// that.
pub(crate) fn output<'a>(
    outputs: &'a [Tensor],
    length: usize,
    model: &dyn Model,
    name: &str,
) -> Result<&'a [f32], InferenceError> {
    let found = outputs.iter().map(Tensor::data).find(|data| data.len() == length);
    found.ok_or_else(|| {
        let lengths: Vec<usize> = outputs.iter().map(|o| o.data().len()).collect();
        InferenceError::Output {
            role: model.card().role,
            output: name.to_owned(),
            problem: format!("expected {length} values, got outputs of {lengths:?}"),
        }
    })
}
