use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::convert;
use crate::Tensor;
use crate::convert::{ConvertError, run};

/// A graph model made by hand.
struct Graph {
    nodes: Vec<Json>,
    weights: Vec<Json>,
    bytes: Vec<u8>,
}

impl Graph {
    /// A graph whose one input `x` is a picture of `shape`: height, width,
    /// channels.
    fn new(shape: [usize; 3]) -> Self {
        let sizes = [1, shape[0], shape[1], shape[2]].map(|size| json!({"size": size.to_string()}));
        let node = json!({
            "name": "x", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": sizes}}},
        });
        Self { nodes: vec![node], weights: Vec::new(), bytes: Vec::new() }
    }

    fn constant(mut self, name: &str, shape: &[usize], kind: &str, bytes: Vec<u8>) -> Self {
        self.nodes.push(json!({"name": name, "op": "Const"}));
        self.weights.push(json!({"name": name, "shape": shape, "dtype": kind}));
        self.bytes.extend(bytes);
        self
    }

    fn floats(self, name: &str, shape: &[usize], values: &[f32]) -> Self {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(name, shape, "float32", bytes)
    }

    fn ints(self, name: &str, shape: &[usize], values: &[i32]) -> Self {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(name, shape, "int32", bytes)
    }

    fn node(mut self, name: &str, op: &str, inputs: &[&str], attr: Json) -> Self {
        let mut node = json!({"name": name, "op": op, "input": inputs});
        node["attr"] = attr;
        self.nodes.push(node);
        self
    }

    fn json(&self) -> Vec<u8> {
        let model = json!({
            "format": "graph-model",
            "modelTopology": {"node": self.nodes},
            "weightsManifest": [{"paths": ["w.bin"], "weights": self.weights}],
        });
        serde_json::to_vec(&model).unwrap()
    }

    fn convert(&self, outputs: &[&str]) -> Result<Vec<u8>, ConvertError> {
        convert(&self.json(), &self.bytes, "x", outputs)
    }

    /// What the output `y` is for the input `nchw`.
    fn compute(&self, shape: [usize; 4], nchw: &[f32]) -> Tensor {
        let input = Tensor::new(shape.to_vec(), nchw.to_vec()).unwrap();
        let onnx = self.convert(&["y"]).unwrap();
        run(&onnx, &input, &["y"]).remove(0)
    }
}

/// The attributes of a node with a window; the padding is SAME, in Base64.
fn window(stride: usize, more: Json) -> Json {
    let stride = stride.to_string();
    let mut attr = json!({
        "padding": {"s": "U0FNRQ=="},
        "strides": {"list": {"i": ["1", stride, stride, "1"]}},
    });
    if let Json::Object(more) = more {
        attr.as_object_mut().unwrap().extend(more);
    }
    attr
}

/// Fused operations: the bias, in Base64 like the `function`.
fn fused(function: &str) -> Json {
    json!({"fused_ops": {"list": {"s": ["Qmlhc0FkZA==", function]}}})
}

#[test]
fn convolution_reads_kernels_as_row_column_in_out() {
    let graph = Graph::new([1, 1, 2])
        .floats("k", &[1, 1, 2, 3], &[1.0, 2.0, 3.0, 10.0, 20.0, 30.0])
        .floats("b", &[3], &[0.5, -100.0, 0.0])
        .node("y", "_FusedConv2D", &["x", "k", "b"], window(1, fused("UmVsdTY=")));
    // Relu6 of (x0 + 10 x1 + 0.5, 2 x0 + 20 x1 - 100, 3 x0 + 30 x1).
    let output = graph.compute([1, 2, 1, 1], &[1.0, 0.1]);
    assert_eq!(output.shape(), [1, 1, 1, 3]);
    assert_eq!(output.data(), [2.5, 0.0, 6.0]);
}

#[test]
fn same_padding_puts_the_odd_row_last() {
    let graph = Graph::new([4, 4, 1]).floats("k", &[3, 3, 1, 1], &[1.0; 9]).node(
        "y",
        "Conv2D",
        &["x", "k"],
        window(2, json!({})),
    );
    let picture: Vec<f32> = (0..16_u8).map(f32::from).collect();
    // Sums of rows 0..3 and 2..4 by columns 0..3 and 2..4.
    let output = graph.compute([1, 1, 4, 4], &picture);
    assert_eq!(output.shape(), [1, 2, 2, 1]);
    assert_eq!(output.data(), [45.0, 39.0, 66.0, 50.0]);
}

#[test]
fn depthwise_convolution_keeps_channels_apart() {
    let graph = Graph::new([1, 1, 2]).floats("k", &[1, 1, 2, 2], &[1.0, 2.0, 3.0, 4.0]).node(
        "y",
        "DepthwiseConv2dNative",
        &["x", "k"],
        window(1, json!({})),
    );
    assert_eq!(graph.compute([1, 2, 1, 1], &[10.0, 100.0]).data(), [10.0, 20.0, 300.0, 400.0]);
}

#[test]
fn slope_limits_and_sums_go_by_channel() {
    let graph = Graph::new([1, 2, 2])
        .floats("slope", &[1, 1, 2], &[0.5, 0.25])
        .floats("scale", &[2], &[1.0, 2.0])
        .floats("top", &[], &[5.0])
        .floats("floor", &[], &[-1.0])
        .node("p", "Prelu", &["x", "slope"], json!({}))
        .node("m", "Mul", &["p", "scale"], json!({}))
        .node("t", "Minimum", &["m", "top"], json!({}))
        .node("f", "Maximum", &["t", "floor"], json!({}))
        .node("y", "AddV2", &["f", "x"], json!({}));
    // Channel first in, channel last out: pixels (-4, -8) and (3, 4).
    let output = graph.compute([1, 2, 1, 2], &[-4.0, 3.0, -8.0, 4.0]);
    assert_eq!(output.data(), [-5.0, -9.0, 6.0, 9.0]);
}

#[test]
fn limits_of_limits_become_one_node() {
    let graph = Graph::new([1, 1, 1])
        .floats("six", &[], &[6.0])
        .floats("zero", &[], &[0.0])
        .node("r", "Relu", &["x"], json!({}))
        .node("t", "Minimum", &["r", "six"], json!({}))
        .node("y", "Maximum", &["t", "zero"], json!({}));
    for (value, limited) in [(-1.0, 0.0), (2.0, 2.0), (7.0, 6.0)] {
        assert_eq!(graph.compute([1, 1, 1, 1], &[value]).data(), [limited]);
    }
    let onnx = graph.convert(&["y"]).unwrap();
    let count = |op: &[u8]| onnx.windows(op.len()).filter(|part| part == &op).count();
    assert_eq!((count(b"Clip"), count(b"Relu")), (1, 0));
}

#[test]
fn list_of_a_picture_is_in_row_column_channel_order() {
    let graph = Graph::new([2, 2, 2]).ints("shape", &[3], &[1, 4, 2]).node(
        "y",
        "Reshape",
        &["x", "shape"],
        json!({}),
    );
    // Two pictures: the batch goes through.
    let pictures = [0.0, 1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 13.0].repeat(2);
    let output = graph.compute([2, 2, 2, 2], &pictures);
    assert_eq!(output.shape(), [2, 4, 2]);
    assert_eq!(output.data(), [0.0, 10.0, 1.0, 11.0, 2.0, 12.0, 3.0, 13.0].repeat(2));
}

#[test]
fn pooling_padding_joining_and_averaging() {
    let graph = Graph::new([2, 3, 1])
        .ints("pads", &[4, 2], &[0, 0, 0, 0, 0, 0, 0, 1])
        .ints("axis", &[], &[3])
        .ints("axes", &[2], &[1, 2])
        .node(
            "m",
            "MaxPool",
            &["x"],
            window(2, json!({"ksize": {"list": {"i": ["1", "2", "2", "1"]}}})),
        )
        .node("p", "Pad", &["m", "pads"], json!({}))
        .node("c", "ConcatV2", &["p", "m", "axis"], json!({}))
        .node("y", "Mean", &["c:0", "axes", "^p"], json!({}));
    // Columns 0..2 and 2..3 have the largest 5 and 6.
    let output = graph.compute([1, 1, 2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(output.shape(), [1, 3]);
    assert_eq!(output.data(), [5.5, 0.0, 5.5]);
}

#[test]
fn half_precision_weights_are_widened() {
    let half = [0x3c00_u16, 0xb800].iter().flat_map(|bits| bits.to_le_bytes()).collect();
    let mut graph = Graph::new([1, 1, 2]).constant("scale", &[2], "float32", half).node(
        "y",
        "Mul",
        &["x", "scale"],
        json!({}),
    );
    graph.weights[0]["quantization"] = json!({"dtype": "float16"});
    assert_eq!(graph.compute([1, 2, 1, 1], &[3.0, 4.0]).data(), [3.0, -2.0]);
}

#[test]
fn what_no_output_needs_is_left_out() {
    let graph = Graph::new([1, 1, 1])
        .node("y", "Relu", &["x"], json!({}))
        .floats("head", &[4], &[7.0; 4])
        .node("z", "Softmax", &["y"], json!({}));
    let onnx = graph.convert(&["y"]).unwrap();
    assert!(!onnx.windows(4).any(|part| part == 7_f32.to_le_bytes()));
    assert!(graph.convert(&["z"]).is_err());
}

fn refused(cases: Vec<(&str, Graph, &str)>) {
    for (name, graph, problem) in cases {
        let error = graph.convert(&["y"]).expect_err(name);
        assert!(error.to_string().contains(problem), "{name}: {error}");
    }
}

#[test]
fn graphs_that_do_not_hang_together_are_refused() {
    let unary = |op: &str, input: &str| Graph::new([2, 2, 1]).node("y", op, &[input], json!({}));
    let reshape = |shape: &[i32]| {
        let graph = Graph::new([2, 2, 1]).ints("s", &[shape.len()], shape);
        graph.node("y", "Reshape", &["x", "s"], json!({}))
    };
    refused(vec![
        ("operation", unary("Erf", "x"), "Erf is not supported"),
        ("no such input", unary("Relu", "z"), "no such node"),
        ("loop", unary("Relu", "y"), "loop"),
        ("second output", unary("Relu", "x:1"), "no such node"),
        ("no input", Graph::new([1, 1, 1]).node("y", "Relu", &[], json!({})), "missing"),
        ("no shape", Graph::new([1, 1, 1]).node("y", "Placeholder", &[], json!({})), "shape"),
        ("empty picture", Graph::new([0, 1, 1]).node("y", "Relu", &["x"], json!({})), "range"),
        ("reshaping the batch", reshape(&[2, 2]), "batch"),
        ("reshaping to another size", reshape(&[1, 5]), "batch"),
        ("two open axes", reshape(&[1, -1, -1]), "batch"),
        ("negative axis", reshape(&[1, -4, -1]), "batch"),
    ]);
    assert!(matches!(convert(b"{", &[], "x", &["y"]), Err(ConvertError::Json(_))));
}

#[test]
fn convolutions_that_are_not_understood_are_refused() {
    let shaped = |shape: &[usize], attr| {
        let values = vec![1.0; shape.iter().product()];
        Graph::new([2, 2, 1]).floats("k", shape, &values).node("y", "Conv2D", &["x", "k"], attr)
    };
    let conv = |more| shaped(&[1, 1, 1, 1], window(1, more));
    let mut short = conv(json!({}));
    short.bytes.pop();
    let mut long = conv(json!({}));
    long.bytes.push(0);
    let valid = json!({"padding": {"s": "VkFMSUQ="}});
    refused(vec![
        ("channels", shaped(&[1, 1, 3, 1], window(1, json!({}))), "does not fit"),
        ("axes", shaped(&[1, 1, 1], window(1, json!({}))), "four axes"),
        ("no strides", shaped(&[1, 1, 1, 1], json!({"padding": {"s": "U0FNRQ=="}})), "strides"),
        ("zero stride", shaped(&[1, 1, 1, 1], window(0, json!({}))), "out of range"),
        ("large kernel", shaped(&[3, 3, 1, 1], window(1, valid)), "larger"),
        ("padding", conv(json!({"padding": {"s": "AAAA"}})), "padding"),
        ("not Base64", conv(json!({"padding": {"s": "?"}})), "Base64"),
        ("dilated", conv(json!({"dilations": {"list": {"i": ["2"]}}})), "dilated"),
        ("layout", conv(json!({"data_format": {"s": "TkNIVw=="}})), "NHWC"),
        ("fused", conv(json!({"fused_ops": {"list": {"s": ["UmVsdQ=="]}}})), "fused"),
        ("weights cut", short, "ends before"),
        ("weights left over", long, "more weights"),
    ]);
}

proptest! {
    #[test]
    fn damaged_graph_is_an_error_or_converts(at in 0_usize..2000, byte in any::<u8>(), cut in 0_usize..40) {
        let graph = Graph::new([4, 4, 1])
            .floats("k", &[3, 3, 1, 1], &[1.0; 9])
            .ints("shape", &[2], &[-1, 4])
            .node("c", "Conv2D", &["x", "k"], window(2, json!({})))
            .node("y", "Reshape", &["c", "shape"], json!({}));
        let mut json = graph.json();
        let at = at % json.len();
        json[at] = byte;
        let weights = &graph.bytes[..graph.bytes.len().saturating_sub(cut)];
        let _ = convert(&json, weights, "x", &["y"]);
    }
}
