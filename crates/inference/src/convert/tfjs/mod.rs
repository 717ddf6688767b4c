//! TensorFlow.js graph models to ONNX.
//!
//! TensorFlow lays pictures out NHWC, ONNX NCHW. Weights and constants are
//! permuted here, once; a transposition stays in the graph only where a picture
//! becomes a list (`Reshape`) or an output.

mod layers;
mod pointwise;
mod shapes;
mod source;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::source::{Node, Source, Values, Weight};
use super::ConvertError;
use super::onnx::{Attribute, GraphBuilder};

/// More nodes than any model of the package has, by a factor of ten.
const MAX_NODES: usize = 10_000;

/// Converts the part of `graph` (`model.json`) that `outputs`, names of graph
/// nodes, need. The first axis of input and outputs is the batch, of any
/// length. The input is NCHW; an output keeps TensorFlow's axis order.
pub(super) fn convert(
    graph: &[u8],
    weights: &[u8],
    input: &str,
    outputs: &[&str],
) -> Result<Vec<u8>, ConvertError> {
    let source = source::read(graph, weights)?;
    let mut translator = Translator {
        weights: &source.weights,
        input,
        builder: GraphBuilder::default(),
        values: HashMap::new(),
        clamps: HashMap::new(),
    };
    for node in needed(&source, outputs)? {
        translator.translate(node)?;
    }
    for &name in outputs {
        translator.output(name)?;
    }
    Ok(translator.builder.finish("tfjs"))
}

/// The nodes that `outputs` depend on, each after those that it reads.
fn needed<'a>(source: &'a Source, outputs: &[&str]) -> Result<Vec<&'a Node>, ConvertError> {
    let refuse = |node: &str, problem: &str| ConvertError::Node {
        node: node.to_owned(),
        problem: problem.to_owned(),
    };
    if source.nodes.len() > MAX_NODES {
        return Err(refuse("model", "the graph has too many nodes"));
    }
    let by_name: HashMap<&str, &Node> =
        source.nodes.iter().map(|node| (node.name.as_str(), node)).collect();
    let find = |name: &str| by_name.get(name).copied().ok_or_else(|| refuse(name, "no such node"));
    let mut order = Vec::new();
    // False while a node's inputs are being visited: meeting it again is a loop.
    let mut done: HashMap<&str, bool> = HashMap::new();
    let mut stack = outputs.iter().map(|name| find(name)).collect::<Result<Vec<_>, _>>()?;
    while let Some(&node) = stack.last() {
        match done.get(node.name.as_str()) {
            Some(true) => {
                stack.pop();
            }
            Some(false) => {
                done.insert(&node.name, true);
                order.push(node);
                stack.pop();
            }
            None => {
                done.insert(&node.name, false);
                for input in node.inputs() {
                    let input = find(input)?;
                    match done.get(input.name.as_str()) {
                        Some(true) => {}
                        Some(false) => return Err(refuse(&node.name, "the graph has a loop")),
                        None => stack.push(input),
                    }
                }
            }
        }
    }
    Ok(order)
}

/// A constant's shape and values.
type Floats<'a> = (&'a [usize], &'a [f32]);

/// A value of the graph being built.
#[derive(Clone)]
struct Value {
    /// Its name in the ONNX graph.
    name: String,
    /// Its shape in TensorFlow's axis order, without the batch. Three axes are
    /// a picture (row, column, channel), which lies channel first in ONNX.
    shape: Vec<usize>,
}

/// A value that is `source` limited to `low..=high`.
struct Clamp {
    source: Value,
    low: f32,
    high: f32,
}

/// Builds the ONNX graph node by node.
struct Translator<'a> {
    weights: &'a HashMap<String, Weight>,
    input: &'a str,
    builder: GraphBuilder,
    /// By the node's name in the source graph.
    values: HashMap<&'a str, Value>,
    /// By the value's name in the ONNX graph.
    clamps: HashMap<String, Clamp>,
}

impl<'a> Translator<'a> {
    fn translate(&mut self, node: &'a Node) -> Result<(), ConvertError> {
        let value = match node.op.as_str() {
            "Const" => return Ok(()),
            "Placeholder" => self.placeholder(node)?,
            "Identity" => self.operand(node, 0)?,
            "Conv2D" | "_FusedConv2D" => self.convolution(node, false)?,
            "DepthwiseConv2dNative" | "FusedDepthwiseConv2dNative" => {
                self.convolution(node, true)?
            }
            "AddV2" | "Add" => self.arithmetic(node, "Add")?,
            "Sub" => self.arithmetic(node, "Sub")?,
            "Mul" => self.arithmetic(node, "Mul")?,
            "Minimum" | "Maximum" => self.limit(node)?,
            "Relu" | "Relu6" | "Sigmoid" | "Prelu" => {
                let value = self.operand(node, 0)?;
                self.activation(node, &node.op, value, 1)?
            }
            "MaxPool" => self.max_pool(node)?,
            "Pad" => self.pad(node)?,
            "Mean" => self.mean(node)?,
            "Reshape" => self.reshape(node)?,
            "ConcatV2" => self.concat(node)?,
            other => return Err(node.refuse(format!("operation {other} is not supported"))),
        };
        self.values.insert(&node.name, value);
        Ok(())
    }

    fn placeholder(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let shape = node.sample_shape()?;
        let &[height, width, channels] = &shape[..] else {
            return Err(node.refuse("the input is not a picture"));
        };
        if shape.iter().any(|&axis| axis == 0 || axis > layers::MAX_AXIS) {
            return Err(node.refuse("the input's size is out of range"));
        }
        if self.values.values().any(|value| value.name == self.input) {
            return Err(node.refuse("the graph has a second input"));
        }
        let name = self.builder.input(self.input, &[channels, height, width]);
        Ok(Value { name, shape })
    }

    /// Adds the source node `name` as an output.
    fn output(&mut self, name: &str) -> Result<(), ConvertError> {
        let value = self.values.get(name).cloned().ok_or_else(|| ConvertError::Node {
            node: name.to_owned(),
            problem: "a constant cannot be an output".to_owned(),
        })?;
        let value = self.in_source_order(value);
        self.builder.output(name, &value.name, &value.shape);
        Ok(())
    }

    /// The value that `node` reads at `position`.
    fn operand(&self, node: &Node, position: usize) -> Result<Value, ConvertError> {
        let name = input_name(node, position)?;
        self.values
            .get(name)
            .cloned()
            .ok_or_else(|| node.refuse(format!("input {name} is a constant")))
    }

    /// The constant floats that `node` reads at `position`; `None` when it
    /// reads a computed value there.
    fn floats(&self, node: &Node, position: usize) -> Result<Option<Floats<'a>>, ConvertError> {
        match self.weights.get(input_name(node, position)?) {
            Some(Weight { shape, values: Values::Floats(values) }) => Ok(Some((shape, values))),
            Some(_) => Err(node.refuse("a constant should be of floats")),
            None => Ok(None),
        }
    }

    /// The constant integers that `node` reads at `position`.
    fn ints(&self, node: &Node, position: usize) -> Result<&'a [i32], ConvertError> {
        match self.weights.get(input_name(node, position)?) {
            Some(Weight { values: Values::Ints(values), .. }) => Ok(values),
            _ => Err(node.refuse(format!("input {position} should be constant integers"))),
        }
    }
}

fn input_name(node: &Node, position: usize) -> Result<&str, ConvertError> {
    node.inputs().nth(position).ok_or_else(|| node.refuse(format!("input {position} is missing")))
}

/// The attribute that reorders axes.
fn permutation(axes: &[usize]) -> Vec<Attribute> {
    vec![Attribute::ints("perm", axes)]
}
