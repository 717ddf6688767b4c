//! The layers of a dlib network as the stream holds them (dlib's
//! `dnn/layers.h`), each after the layer that it reads.

use super::stream::Stream;
use crate::convert::ConvertError;

/// Largest kernel, stride, padding or picture side that is believed.
const MAX_SIDE: usize = 1 << 12;

/// A convolution with the affine layer after it multiplied in.
pub(super) struct Convolution {
    /// Filters, channels, rows, columns.
    pub(super) shape: [usize; 4],
    /// The kernels, row-major.
    pub(super) kernels: Vec<f32>,
    /// One for each filter.
    pub(super) bias: Vec<f32>,
    pub(super) window: Window,
}

/// How a kernel or pool goes over a picture; pairs are row, column.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) size: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) padding: [usize; 2],
}

/// A fully connected layer without bias.
pub(super) struct Dense {
    /// Inputs, outputs.
    pub(super) shape: [usize; 2],
    /// Row-major.
    pub(super) weights: Vec<f32>,
}

impl Window {
    fn read(stream: &mut Stream) -> Result<Self, ConvertError> {
        let mut sides = [0; 6];
        for side in &mut sides {
            *side = stream.size()?;
            if *side > MAX_SIDE {
                return Err(stream.refuse("a window is out of range"));
            }
        }
        let [rows, columns, down, right, top, left] = sides;
        Ok(Self { size: [rows, columns], stride: [down, right], padding: [top, left] })
    }

    /// Height and width after this window has gone over a picture of `size`;
    /// `None` when it does not fit.
    pub(super) fn result(&self, size: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let room = (size[axis] + 2 * self.padding[axis]).checked_sub(self.size[axis])?;
            Some(room.checked_div(self.stride[axis])? + 1)
        };
        Some([along(0)?, along(1)?])
    }
}

/// What `add_layer` writes after each layer: three flags, then gradients and
/// the last output, empty in a finished network.
fn skip_state(stream: &mut Stream) -> Result<(), ConvertError> {
    stream.skip_flags(3)?;
    for _ in 0..3 {
        if !stream.tensor()?.is_empty() {
            return Err(stream.refuse("the network was saved in the middle of training"));
        }
    }
    Ok(())
}

/// The input layer; returns the height and width of the pictures.
pub(super) fn input(stream: &mut Stream) -> Result<[usize; 2], ConvertError> {
    stream.expect_int(3, "the version of the first layer")?;
    stream.expect_text("input_rgb_image_sized")?;
    for _ in 0..3 {
        // The mean colour: subtracting it is the caller's part.
        stream.skip_number()?;
    }
    let size = [stream.size()?, stream.size()?];
    if size.iter().any(|&side| side == 0 || side > MAX_SIDE) {
        return Err(stream.refuse("the picture's size is out of range"));
    }
    Ok(size)
}

/// The convolution right behind the input and its affine layer.
pub(super) fn first_convolution(stream: &mut Stream) -> Result<Convolution, ConvertError> {
    let convolution = plain_convolution(stream)?;
    skip_state(stream)?;
    stream.expect_int(1, "the number of samples for each input")?;
    affine(stream, convolution)
}

/// A convolution and its affine layer.
pub(super) fn convolution(stream: &mut Stream) -> Result<Convolution, ConvertError> {
    let convolution = plain_convolution(stream)?;
    skip_state(stream)?;
    affine(stream, convolution)
}

fn plain_convolution(stream: &mut Stream) -> Result<Convolution, ConvertError> {
    stream.expect_text("con_4")?;
    let mut kernels = stream.tensor()?;
    let filters = stream.size()?;
    let window = Window::read(stream)?;
    let shape = stream.alias()?;
    let bias_shape = stream.alias()?;
    for _ in 0..4 {
        stream.skip_number()?;
    }
    let fits = shape[0] == filters
        && shape[2..] == window.size
        && bias_shape == [1, filters, 1, 1]
        && !shape.contains(&0)
        && Some(kernels.len()) == size(&shape).and_then(|size| size.checked_add(filters));
    if !fits {
        return Err(stream.refuse("the convolution's sizes contradict each other"));
    }
    let bias = kernels.split_off(kernels.len() - filters);
    Ok(Convolution { shape, kernels, bias, window })
}

/// An affine layer (a batch normalisation, frozen), which is multiplied into
/// the convolution that it follows.
fn affine(stream: &mut Stream, mut convolution: Convolution) -> Result<Convolution, ConvertError> {
    stream.expect_text("affine_")?;
    let values = stream.tensor()?;
    let filters = convolution.shape[0];
    let one_each = [1, filters, 1, 1];
    let fits = stream.alias()? == one_each && stream.alias()? == one_each;
    // The other mode scales each pixel on its own.
    stream.expect_int(0, "the mode of an affine layer")?;
    skip_state(stream)?;
    if !fits || Some(values.len()) != filters.checked_mul(2) {
        return Err(stream.refuse("the affine layer does not fit the convolution"));
    }
    let (scales, shifts) = values.split_at(filters);
    let kernel_size = convolution.kernels.len() / filters;
    for (kernel, scale) in convolution.kernels.chunks_exact_mut(kernel_size).zip(scales) {
        for weight in kernel {
            *weight = (f64::from(*weight) * f64::from(*scale)) as f32;
        }
    }
    for (bias, (scale, shift)) in convolution.bias.iter_mut().zip(scales.iter().zip(shifts)) {
        *bias = (f64::from(*bias) * f64::from(*scale) + f64::from(*shift)) as f32;
    }
    Ok(convolution)
}

/// A layer without parameters: `relu_` or `add_prev_`.
pub(super) fn plain(stream: &mut Stream, kind: &str) -> Result<(), ConvertError> {
    stream.expect_text(kind)?;
    skip_state(stream)
}

/// A pooling layer: `max_pool_2` or `avg_pool_2`.
pub(super) fn pool(stream: &mut Stream, kind: &str) -> Result<Window, ConvertError> {
    stream.expect_text(kind)?;
    let window = Window::read(stream)?;
    skip_state(stream)?;
    Ok(window)
}

/// The fully connected layer without bias.
pub(super) fn dense(stream: &mut Stream) -> Result<Dense, ConvertError> {
    stream.expect_text("fc_2")?;
    let outputs = stream.size()?;
    let inputs = stream.size()?;
    let weights = stream.tensor()?;
    let shape = stream.alias()?;
    stream.alias()?;
    stream.expect_int(1, "the bias mode of the last layer")?;
    for _ in 0..4 {
        stream.skip_number()?;
    }
    skip_state(stream)?;
    if shape != [inputs, outputs, 1, 1] || Some(weights.len()) != size(&shape) {
        return Err(stream.refuse("the last layer's sizes contradict each other"));
    }
    Ok(Dense { shape: [inputs, outputs], weights })
}

fn size(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1_usize, |product, &axis| product.checked_mul(axis))
}
