//! The few messages of the ONNX format that the converters write, and a
//! builder for graphs of them.
//!
//! Field numbers are those of `onnx.proto`, IR version 7 (ONNX 1.8, operator
//! set 13). Equal calls give equal bytes, so a converted file has one digest.

use prost::Message;

/// ONNX IR version that came with [`OPERATOR_SET`].
const IR_VERSION: i64 = 7;
/// Newest operator set whose `ReduceMean` still takes its axes as an attribute.
const OPERATOR_SET: i64 = 13;

/// Element types of `TensorProto.DataType`.
const FLOAT: i32 = 1;
const INT64: i32 = 7;

#[derive(Clone, PartialEq, Message)]
struct ModelProto {
    #[prost(int64, optional, tag = "1")]
    ir_version: Option<i64>,
    #[prost(string, optional, tag = "2")]
    producer_name: Option<String>,
    #[prost(message, optional, tag = "7")]
    graph: Option<GraphProto>,
    #[prost(message, repeated, tag = "8")]
    opset_import: Vec<OperatorSetIdProto>,
}

#[derive(Clone, PartialEq, Message)]
struct OperatorSetIdProto {
    #[prost(string, optional, tag = "1")]
    domain: Option<String>,
    #[prost(int64, optional, tag = "2")]
    version: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
struct GraphProto {
    #[prost(message, repeated, tag = "1")]
    node: Vec<NodeProto>,
    #[prost(string, optional, tag = "2")]
    name: Option<String>,
    #[prost(message, repeated, tag = "5")]
    initializer: Vec<TensorProto>,
    #[prost(message, repeated, tag = "11")]
    input: Vec<ValueInfoProto>,
    #[prost(message, repeated, tag = "12")]
    output: Vec<ValueInfoProto>,
}

#[derive(Clone, PartialEq, Message)]
struct NodeProto {
    #[prost(string, repeated, tag = "1")]
    input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    output: Vec<String>,
    #[prost(string, optional, tag = "4")]
    op_type: Option<String>,
    #[prost(message, repeated, tag = "5")]
    attribute: Vec<AttributeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct AttributeProto {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(int64, optional, tag = "3")]
    i: Option<i64>,
    #[prost(int64, repeated, packed = "false", tag = "8")]
    ints: Vec<i64>,
    #[prost(int32, optional, tag = "20")]
    kind: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorProto {
    #[prost(int64, repeated, packed = "false", tag = "1")]
    dims: Vec<i64>,
    #[prost(int32, optional, tag = "2")]
    data_type: Option<i32>,
    #[prost(string, optional, tag = "8")]
    name: Option<String>,
    #[prost(bytes = "vec", optional, tag = "9")]
    raw_data: Option<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
struct ValueInfoProto {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(message, optional, tag = "2")]
    kind: Option<TypeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct TypeProto {
    #[prost(message, optional, tag = "1")]
    tensor: Option<TensorTypeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorTypeProto {
    #[prost(int32, optional, tag = "1")]
    element: Option<i32>,
    #[prost(message, optional, tag = "2")]
    shape: Option<TensorShapeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorShapeProto {
    #[prost(message, repeated, tag = "1")]
    dim: Vec<DimensionProto>,
}

#[derive(Clone, PartialEq, Message)]
struct DimensionProto {
    #[prost(int64, optional, tag = "1")]
    value: Option<i64>,
    #[prost(string, optional, tag = "2")]
    param: Option<String>,
}

/// An attribute of a node.
pub(crate) struct Attribute(AttributeProto);

impl Attribute {
    /// A list of integers.
    pub(crate) fn ints(name: &str, values: &[usize]) -> Self {
        Self(AttributeProto {
            name: Some(name.to_owned()),
            ints: values.iter().map(|&value| value as i64).collect(),
            kind: Some(7),
            ..AttributeProto::default()
        })
    }

    /// One integer.
    pub(crate) fn int(name: &str, value: usize) -> Self {
        Self(AttributeProto {
            name: Some(name.to_owned()),
            i: Some(value as i64),
            kind: Some(2),
            ..AttributeProto::default()
        })
    }
}

/// Builds one ONNX graph; values are named by strings.
#[derive(Default)]
pub(crate) struct GraphBuilder {
    graph: GraphProto,
    values: usize,
}

impl GraphBuilder {
    /// Declares an input of 32-bit floats: any number of `sample`s.
    pub(crate) fn input(&mut self, name: &str, sample: &[usize]) -> String {
        self.graph.input.push(value_info(name, sample));
        name.to_owned()
    }

    /// Adds an array of 32-bit floats, row-major.
    pub(crate) fn floats(&mut self, dims: &[usize], values: &[f32]) -> String {
        let raw = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(FLOAT, dims, raw)
    }

    /// Adds a list of integers.
    pub(crate) fn ints(&mut self, values: &[i64]) -> String {
        let raw = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.constant(INT64, &[values.len()], raw)
    }

    fn constant(&mut self, kind: i32, dims: &[usize], raw: Vec<u8>) -> String {
        let name = self.fresh("c");
        self.graph.initializer.push(TensorProto {
            dims: dims.iter().map(|&axis| axis as i64).collect(),
            data_type: Some(kind),
            name: Some(name.clone()),
            raw_data: Some(raw),
        });
        name
    }

    /// Adds a node with one output and returns that; an input `""` is one
    /// left out.
    pub(crate) fn node(&mut self, op: &str, inputs: &[&str], attributes: Vec<Attribute>) -> String {
        let name = self.fresh("v");
        self.push_node(op, inputs, &name, attributes);
        name
    }

    /// Declares `value` an output under `name`: any number of `sample`s.
    pub(crate) fn output(&mut self, name: &str, value: &str, sample: &[usize]) {
        self.push_node("Identity", &[value], name, Vec::new());
        self.graph.output.push(value_info(name, sample));
    }

    fn push_node(&mut self, op: &str, inputs: &[&str], output: &str, attributes: Vec<Attribute>) {
        self.graph.node.push(NodeProto {
            input: inputs.iter().map(|&name| name.to_owned()).collect(),
            output: vec![output.to_owned()],
            op_type: Some(op.to_owned()),
            attribute: attributes.into_iter().map(|Attribute(proto)| proto).collect(),
        });
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.values += 1;
        format!("{prefix}{}", self.values)
    }

    /// The model file; what no output needs is left out.
    pub(crate) fn finish(mut self, name: &str) -> Vec<u8> {
        self.drop_unused();
        self.graph.name = Some(name.to_owned());
        let model = ModelProto {
            ir_version: Some(IR_VERSION),
            producer_name: Some("bonafide".to_owned()),
            graph: Some(self.graph),
            opset_import: vec![OperatorSetIdProto {
                domain: Some(String::new()),
                version: Some(OPERATOR_SET),
            }],
        };
        model.encode_to_vec()
    }

    /// Nodes stand after what they read, so one pass backwards finds all.
    fn drop_unused(&mut self) {
        let graph = &mut self.graph;
        let mut needed: std::collections::HashSet<String> =
            graph.output.iter().filter_map(|output| output.name.clone()).collect();
        let mut kept = Vec::new();
        for node in graph.node.drain(..).rev() {
            if node.output.iter().any(|output| needed.contains(output)) {
                needed.extend(node.input.iter().cloned());
                kept.push(node);
            }
        }
        kept.reverse();
        graph.node = kept;
        graph.initializer.retain(|tensor| tensor.name.as_ref().is_some_and(|n| needed.contains(n)));
    }
}

fn value_info(name: &str, sample: &[usize]) -> ValueInfoProto {
    let batch = DimensionProto { value: None, param: Some("N".to_owned()) };
    let fixed = |&axis: &usize| DimensionProto { value: Some(axis as i64), param: None };
    let dim = std::iter::once(batch).chain(sample.iter().map(fixed)).collect();
    let tensor = TensorTypeProto { element: Some(FLOAT), shape: Some(TensorShapeProto { dim }) };
    ValueInfoProto { name: Some(name.to_owned()), kind: Some(TypeProto { tensor: Some(tensor) }) }
}
