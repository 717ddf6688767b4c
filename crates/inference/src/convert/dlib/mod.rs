//! dlib's face recognition network to ONNX.
//!
//! dlib writes a network's layers without its structure, which is a C++ type:
//! here it is the residual network with 29 convolutions of dlib's published example
//! `dnn_face_recognition_ex.cpp`. Anything else in the file is refused.

mod layers;
mod stream;
#[cfg(test)]
mod tests;

use self::layers::{Convolution, Window};
use self::stream::Stream;
use super::ConvertError;
use super::onnx::{Attribute, GraphBuilder};

/// One residual block between the stem and the final average.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// The input is added to two convolutions of it.
    Same,
    /// The first convolution has stride 2; the input is averaged 2 by 2.
    Down,
}

/// The blocks of the face network, from the input on.
const FACE_RESNET: [Block; 14] = {
    use Block::{Down, Same};
    [Same, Same, Same, Down, Same, Same, Same, Down, Same, Same, Down, Same, Same, Down]
};

/// Converts the network in `stream`. Input: pictures NCHW, RGB, already
/// normalised; output: one row for each.
pub(super) fn convert(stream: &[u8], input: &str, output: &str) -> Result<Vec<u8>, ConvertError> {
    convert_blocks(stream, &FACE_RESNET, input, output)
}

fn convert_blocks(
    stream: &[u8],
    blocks: &[Block],
    input: &str,
    output: &str,
) -> Result<Vec<u8>, ConvertError> {
    let mut stream = Stream::new(stream);
    header(&mut stream, blocks)?;
    let mut network = Network { stream, builder: GraphBuilder::default() };
    let mut picture = network.stem(input)?;
    for block in blocks {
        picture = network.block(*block, picture)?;
    }
    network.head(&picture, output)?;
    network.stream.end()?;
    Ok(network.builder.finish("dlib"))
}

/// What stands before the first layer: the loss, and one version number for
/// each layer and tag, from the output inwards.
fn header(stream: &mut Stream, blocks: &[Block]) -> Result<(), ConvertError> {
    const LAYER: i64 = 2;
    const TAG: i64 = 1;
    stream.expect_int(1, "the version of the loss layer")?;
    stream.expect_text("loss_metric_2")?;
    stream.skip_number()?;
    stream.skip_number()?;
    let mut versions = vec![LAYER; 2];
    for block in blocks.iter().rev() {
        match block {
            Block::Same => versions.extend([LAYER; 2]),
            Block::Down => versions.extend([LAYER, LAYER, LAYER, TAG, TAG]),
        }
        versions.extend([LAYER; 5]);
        versions.push(TAG);
    }
    versions.extend([LAYER; 3]);
    for version in versions {
        stream.expect_int(version, "the version of a layer")?;
    }
    Ok(())
}

/// A picture inside the graph being built.
struct Picture {
    name: String,
    channels: usize,
    /// Height, width.
    size: [usize; 2],
}

/// Reads layers from the stream and adds them to the graph.
struct Network<'a> {
    stream: Stream<'a>,
    builder: GraphBuilder,
}

impl Network<'_> {
    /// Input, convolution, largest of each window.
    fn stem(&mut self, input: &str) -> Result<Picture, ConvertError> {
        let size = layers::input(&mut self.stream)?;
        let name = self.builder.input(input, &[3, size[0], size[1]]);
        let convolution = layers::first_convolution(&mut self.stream)?;
        let picture = Picture { name, channels: 3, size };
        let picture = self.convolve(&picture, &convolution)?;
        let picture = self.relu(&picture)?;
        let window = layers::pool(&mut self.stream, "max_pool_2")?;
        self.pool(&picture, window, "MaxPool")
    }

    fn block(&mut self, block: Block, input: Picture) -> Result<Picture, ConvertError> {
        let first = layers::convolution(&mut self.stream)?;
        let inner = self.convolve(&input, &first)?;
        let inner = self.relu(&inner)?;
        let second = layers::convolution(&mut self.stream)?;
        let inner = self.convolve(&inner, &second)?;
        let skipped = match block {
            Block::Same => input,
            Block::Down => {
                let window = layers::pool(&mut self.stream, "avg_pool_2")?;
                self.pool(&input, window, "AveragePool")?
            }
        };
        layers::plain(&mut self.stream, "add_prev_")?;
        let sum = self.add(inner, skipped);
        self.relu(&sum)
    }

    /// Average of each channel, then the fully connected layer.
    fn head(&mut self, picture: &Picture, output: &str) -> Result<(), ConvertError> {
        let window = layers::pool(&mut self.stream, "avg_pool_2")?;
        if window.size != [0, 0] {
            return Err(self.stream.refuse("the last pooling should be over the whole picture"));
        }
        let dense = layers::dense(&mut self.stream)?;
        let [inputs, outputs] = dense.shape;
        if inputs != picture.channels {
            return Err(self.stream.refuse("the last layer does not fit the channels"));
        }
        let axes = vec![Attribute::ints("axes", &[2, 3]), Attribute::int("keepdims", 0)];
        let mean = self.builder.node("ReduceMean", &[&picture.name], axes);
        let weights = self.builder.floats(&dense.shape, &dense.weights);
        let embedding = self.builder.node("MatMul", &[&mean, &weights], Vec::new());
        self.builder.output(output, &embedding, &[outputs]);
        Ok(())
    }

    fn relu(&mut self, picture: &Picture) -> Result<Picture, ConvertError> {
        layers::plain(&mut self.stream, "relu_")?;
        let name = self.builder.node("Relu", &[&picture.name], Vec::new());
        Ok(Picture { name, ..*picture })
    }

    fn convolve(&mut self, input: &Picture, layer: &Convolution) -> Result<Picture, ConvertError> {
        if layer.shape[1] != input.channels {
            return Err(self.stream.refuse("the convolution does not fit the channels"));
        }
        let size = self.fit(layer.window, input)?;
        let kernels = self.builder.floats(&layer.shape, &layer.kernels);
        let bias = self.builder.floats(&[layer.bias.len()], &layer.bias);
        let inputs = [input.name.as_str(), &kernels, &bias];
        let name = self.builder.node("Conv", &inputs, attributes(layer.window));
        Ok(Picture { name, channels: layer.shape[0], size })
    }

    fn pool(&mut self, input: &Picture, window: Window, op: &str) -> Result<Picture, ConvertError> {
        if window.padding != [0, 0] {
            return Err(self.stream.refuse("a padded pooling is not supported"));
        }
        let size = self.fit(window, input)?;
        let name = self.builder.node(op, &[&input.name], attributes(window));
        Ok(Picture { name, size, ..*input })
    }

    fn fit(&self, window: Window, input: &Picture) -> Result<[usize; 2], ConvertError> {
        window
            .result(input.size)
            .filter(|_| !window.size.contains(&0))
            .ok_or_else(|| self.stream.refuse("a window does not fit the picture"))
    }

    /// The sum, where the smaller is taken as zero beyond its last row, column
    /// and channel, as dlib's `add_prev_` does.
    fn add(&mut self, a: Picture, b: Picture) -> Picture {
        let channels = a.channels.max(b.channels);
        let size = [a.size[0].max(b.size[0]), a.size[1].max(b.size[1])];
        let [a, b] = [a, b].map(|picture| self.extend(picture, channels, size));
        let name = self.builder.node("Add", &[&a, &b], Vec::new());
        Picture { name, channels, size }
    }

    fn extend(&mut self, picture: Picture, channels: usize, size: [usize; 2]) -> String {
        if (picture.channels, picture.size) == (channels, size) {
            return picture.name;
        }
        let more =
            [channels - picture.channels, size[0] - picture.size[0], size[1] - picture.size[1]];
        let [channels, rows, columns] = more.map(|n| n as i64);
        let pads = self.builder.ints(&[0, 0, 0, 0, 0, channels, rows, columns]);
        self.builder.node("Pad", &[&picture.name, &pads], Vec::new())
    }
}

fn attributes(window: Window) -> Vec<Attribute> {
    let [top, left] = window.padding;
    vec![
        Attribute::ints("kernel_shape", &window.size),
        Attribute::ints("strides", &window.stride),
        Attribute::ints("pads", &[top, left, top, left]),
    ]
}
