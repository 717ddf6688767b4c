//! Convolution, pooling, padding and averaging of pictures.

use super::source::Node;
use super::{Translator, Value};
use crate::convert::ConvertError;
use crate::convert::onnx::Attribute;

/// Longest side, stride or kernel that is believed.
pub(super) const MAX_AXIS: usize = 1 << 16;

/// How a kernel goes over a picture; pairs are row, column.
struct Window {
    kernel: [usize; 2],
    stride: [usize; 2],
    /// Rows and columns put around the picture: top, left, bottom, right.
    pads: [usize; 4],
    /// Height and width of the result.
    result: [usize; 2],
}

impl Window {
    /// The window of `node` over a picture of `size` (height, width).
    ///
    /// TensorFlow's "SAME" gives ceil(size / stride) results and puts the odd
    /// row or column of padding at the bottom or right.
    fn of(node: &Node, size: [usize; 2], kernel: [usize; 2]) -> Result<Self, ConvertError> {
        if node.text("data_format")?.is_some_and(|format| format != "NHWC") {
            return Err(node.refuse("only the NHWC data format is supported"));
        }
        if node.sizes("dilations")?.iter().any(|&step| step != 1) {
            return Err(node.refuse("a dilated kernel is not supported"));
        }
        let &[1, rows, columns, 1] = &node.sizes("strides")?[..] else {
            return Err(node.refuse("the strides are not those of a picture"));
        };
        let stride = [rows, columns];
        if stride.iter().chain(&kernel).any(|&n| n == 0 || n > MAX_AXIS) {
            return Err(node.refuse("a stride or kernel is out of range"));
        }
        let same = match node.text("padding")?.as_deref() {
            Some("SAME") => true,
            Some("VALID") => false,
            _ => return Err(node.refuse("only SAME and VALID padding are supported")),
        };
        let mut window = Self { kernel, stride, pads: [0; 4], result: [0; 2] };
        for axis in 0..2 {
            let (size, kernel, stride) = (size[axis], kernel[axis], stride[axis]);
            if same {
                let result = size.div_ceil(stride);
                let total = ((result - 1) * stride + kernel).saturating_sub(size);
                window.pads[axis] = total / 2;
                window.pads[axis + 2] = total - total / 2;
                window.result[axis] = result;
            } else if size < kernel {
                return Err(node.refuse("the kernel is larger than the picture"));
            } else {
                window.result[axis] = (size - kernel) / stride + 1;
            }
        }
        Ok(window)
    }

    fn attributes(&self) -> Vec<Attribute> {
        vec![
            Attribute::ints("kernel_shape", &self.kernel),
            Attribute::ints("strides", &self.stride),
            Attribute::ints("pads", &self.pads),
        ]
    }
}

/// Reorders row-major (place, channel) to (channel, place).
pub(super) fn channel_first(values: &[f32], places: usize, channels: usize) -> Vec<f32> {
    let at = |index: usize| values[index % places * channels + index / places];
    (0..places * channels).map(at).collect()
}

/// Height, width and channels of a picture.
fn picture(node: &Node, value: &Value) -> Result<[usize; 3], ConvertError> {
    <[usize; 3]>::try_from(&value.shape[..]).map_err(|_| node.refuse("the input is not a picture"))
}

impl Translator<'_> {
    /// A convolution and what is fused to it. TensorFlow's kernels are (row,
    /// column, in, out), or depthwise (row, column, channel, out per channel).
    pub(super) fn convolution(
        &mut self,
        node: &Node,
        depthwise: bool,
    ) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        let [height, width, channels] = picture(node, &value)?;
        let (shape, kernel) =
            self.floats(node, 1)?.ok_or_else(|| node.refuse("the kernel is not a constant"))?;
        let &[rows, columns, inner, outer] = shape else {
            return Err(node.refuse("the kernel has not four axes"));
        };
        if inner != channels {
            return Err(node.refuse("the kernel does not fit the channels"));
        }
        let window = Window::of(node, [height, width], [rows, columns])?;
        let kernel = channel_first(kernel, rows * columns, inner * outer);
        let (kernel, dims, groups) = if depthwise {
            (kernel, [inner * outer, 1, rows, columns], inner)
        } else {
            (swap_outer_axes(&kernel, inner, outer), [outer, inner, rows, columns], 1)
        };
        let filters = dims[0];
        let mut inputs = vec![value.name, self.builder.floats(&dims, &kernel)];
        let fused = node.texts("fused_ops")?;
        if fused.first().is_some_and(|op| op == "BiasAdd") {
            inputs.push(self.bias(node, filters)?);
        }
        let mut attributes = window.attributes();
        attributes.push(Attribute::int("group", groups));
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let name = self.builder.node("Conv", &inputs, attributes);
        let [height, width] = window.result;
        let value = Value { name, shape: vec![height, width, filters] };
        match &fused[..] {
            [] => Ok(value),
            [bias] if bias == "BiasAdd" => Ok(value),
            [bias, function] if bias == "BiasAdd" => self.activation(node, function, value, 3),
            other => Err(node.refuse(format!("the fused operations {other:?} are not supported"))),
        }
    }

    fn bias(&mut self, node: &Node, filters: usize) -> Result<String, ConvertError> {
        match self.floats(node, 2)? {
            Some((&[count], values)) if count == filters => {
                Ok(self.builder.floats(&[filters], values))
            }
            _ => Err(node.refuse("the bias is not one constant number for each filter")),
        }
    }

    pub(super) fn max_pool(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        let [height, width, channels] = picture(node, &value)?;
        let &[1, rows, columns, 1] = &node.sizes("ksize")?[..] else {
            return Err(node.refuse("the window is not that of a picture"));
        };
        let window = Window::of(node, [height, width], [rows, columns])?;
        let name = self.builder.node("MaxPool", &[&value.name], window.attributes());
        let [height, width] = window.result;
        Ok(Value { name, shape: vec![height, width, channels] })
    }

    /// Padding with zeros.
    pub(super) fn pad(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        let [height, width, channels] = picture(node, &value)?;
        let refuse = || node.refuse("the padding is not that of a picture");
        let pads: Vec<usize> = self
            .ints(node, 1)?
            .iter()
            .map(|&n| usize::try_from(n).ok().filter(|&n| n <= MAX_AXIS))
            .collect::<Option<_>>()
            .ok_or_else(refuse)?;
        let &[0, 0, top, bottom, left, right, first, last] = &pads[..] else {
            return Err(refuse());
        };
        let onnx = [0, first, top, left, 0, last, bottom, right];
        let onnx = self.builder.ints(&onnx.map(|n| n as i64));
        let name = self.builder.node("Pad", &[&value.name, &onnx], Vec::new());
        let shape = vec![height + top + bottom, width + left + right, channels + first + last];
        Ok(Value { name, shape })
    }

    /// The mean of each channel over the whole picture.
    pub(super) fn mean(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        let [_, _, channels] = picture(node, &value)?;
        let mut axes: Vec<i32> =
            self.ints(node, 1)?.iter().map(|axis| axis.rem_euclid(4)).collect();
        axes.sort_unstable();
        if axes != [1, 2] {
            return Err(node.refuse("only a mean over rows and columns is supported"));
        }
        let keep = node.flag("keep_dims");
        let attributes =
            vec![Attribute::ints("axes", &[2, 3]), Attribute::int("keepdims", usize::from(keep))];
        let name = self.builder.node("ReduceMean", &[&value.name], attributes);
        let shape = if keep { vec![1, 1, channels] } else { vec![channels] };
        Ok(Value { name, shape })
    }
}

/// Reorders (in, out, place) to (out, in, place).
fn swap_outer_axes(values: &[f32], inner: usize, outer: usize) -> Vec<f32> {
    let places = values.len() / (inner * outer);
    (0..outer)
        .flat_map(|out| (0..inner).map(move |input| (input * outer + out) * places))
        .flat_map(|start| values[start..start + places].iter().copied())
        .collect()
}
