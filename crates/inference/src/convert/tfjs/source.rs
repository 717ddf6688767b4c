//! Reading a TensorFlow.js graph model: the JSON graph and the binary weights.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::convert::ConvertError;

/// The part of `model.json` that matters.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ModelJson {
    model_topology: Topology,
    weights_manifest: Vec<WeightGroup>,
}

#[derive(Deserialize)]
struct Topology {
    node: Vec<Node>,
}

/// One node of the graph.
#[derive(Deserialize)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) op: String,
    #[serde(default)]
    pub(super) input: Vec<String>,
    #[serde(default)]
    attr: BTreeMap<String, Attr>,
}

/// A TensorFlow `AttrValue`; 64-bit integers are strings, byte strings Base64.
#[derive(Deserialize, Default)]
struct Attr {
    s: Option<String>,
    b: Option<bool>,
    list: Option<AttrList>,
    shape: Option<Shape>,
}

#[derive(Deserialize, Default)]
struct AttrList {
    #[serde(default)]
    s: Vec<String>,
    #[serde(default)]
    i: Vec<String>,
}

#[derive(Deserialize)]
struct Shape {
    #[serde(default)]
    dim: Vec<Dim>,
}

#[derive(Deserialize)]
struct Dim {
    size: String,
}

#[derive(Deserialize)]
struct WeightGroup {
    weights: Vec<WeightSpec>,
}

#[derive(Deserialize)]
struct WeightSpec {
    name: String,
    shape: Vec<usize>,
    dtype: String,
    quantization: Option<Quantization>,
}

#[derive(Deserialize)]
struct Quantization {
    dtype: String,
}

/// A constant of the graph, in TensorFlow's axis order.
pub(super) struct Weight {
    pub(super) shape: Vec<usize>,
    pub(super) values: Values,
}

/// The values of a constant, row-major.
pub(super) enum Values {
    Floats(Vec<f32>),
    Ints(Vec<i32>),
}

/// A graph and its constants.
pub(super) struct Source {
    pub(super) nodes: Vec<Node>,
    pub(super) weights: HashMap<String, Weight>,
}

/// Reads `model.json` and the weights file that goes with it.
pub(super) fn read(graph: &[u8], weights: &[u8]) -> Result<Source, ConvertError> {
    let model: ModelJson = serde_json::from_slice(graph).map_err(ConvertError::Json)?;
    let mut rest = weights;
    let mut constants = HashMap::new();
    for spec in model.weights_manifest.into_iter().flat_map(|group| group.weights) {
        let weight = read_weight(&spec, &mut rest)
            .map_err(|problem| ConvertError::Weight { weight: spec.name.clone(), problem })?;
        constants.insert(spec.name, weight);
    }
    if !rest.is_empty() {
        let offset = weights.len() - rest.len();
        let problem = "more weights than the graph describes".to_owned();
        return Err(ConvertError::Stream { offset, problem });
    }
    Ok(Source { nodes: model.model_topology.node, weights: constants })
}

/// Takes one weight off the front of `rest`.
fn read_weight(spec: &WeightSpec, rest: &mut &[u8]) -> Result<Weight, String> {
    let kind = match (spec.dtype.as_str(), &spec.quantization) {
        (kind, None) => kind,
        ("float32", Some(stored)) => stored.dtype.as_str(),
        (kind, Some(_)) => return Err(format!("a quantised {kind} is not supported")),
    };
    let count = spec
        .shape
        .iter()
        .try_fold(1_usize, |product, &axis| product.checked_mul(axis))
        .filter(|&count| count > 0)
        .ok_or("the shape is empty or too large")?;
    let values = match kind {
        "float32" => Values::Floats(take(rest, count)?.map(f32::from_le_bytes).collect()),
        "float16" => {
            Values::Floats(take(rest, count)?.map(u16::from_le_bytes).map(f16_to_f32).collect())
        }
        "int32" => Values::Ints(take(rest, count)?.map(i32::from_le_bytes).collect()),
        other => return Err(format!("values stored as {other} are not supported")),
    };
    Ok(Weight { shape: spec.shape.clone(), values })
}

/// Takes `count` elements of `SIZE` bytes off the front of `rest`.
fn take<'a, const SIZE: usize>(
    rest: &mut &'a [u8],
    count: usize,
) -> Result<impl Iterator<Item = [u8; SIZE]> + use<'a, SIZE>, String> {
    let (taken, left) = count
        .checked_mul(SIZE)
        .and_then(|size| rest.split_at_checked(size))
        .ok_or("the weights file ends before it")?;
    *rest = left;
    let (elements, _) = taken.as_chunks::<SIZE>();
    Ok(elements.iter().copied())
}

/// IEEE 754 binary16 to binary32, exactly.
fn f16_to_f32(bits: u16) -> f32 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    match exponent {
        0 => sign * fraction * 2_f32.powi(-24),
        0x1f if fraction == 0.0 => sign * f32::INFINITY,
        0x1f => f32::NAN,
        _ => sign * (1024.0 + fraction) * 2_f32.powi(exponent - 25),
    }
}

impl Node {
    /// The node that `input` names, without TensorFlow's `:0`; `None` for a
    /// control input, which orders execution and carries no value.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.input
            .iter()
            .filter(|name| !name.starts_with('^'))
            .map(|name| name.strip_suffix(":0").unwrap_or(name))
    }

    /// A text attribute.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, ConvertError> {
        let Some(encoded) = self.attr.get(key).and_then(|attr| attr.s.as_ref()) else {
            return Ok(None);
        };
        self.decode(key, encoded).map(Some)
    }

    /// A list of texts; empty when the attribute is missing.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, ConvertError> {
        let list = self.attr.get(key).and_then(|attr| attr.list.as_ref());
        list.map_or(&[][..], |list| &list.s)
            .iter()
            .map(|encoded| self.decode(key, encoded))
            .collect()
    }

    fn decode(&self, key: &str, encoded: &str) -> Result<String, ConvertError> {
        decode_base64(encoded)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| self.refuse(format!("attribute {key} is not Base64 text")))
    }

    /// A list of sizes; empty when the attribute is missing.
    pub(super) fn sizes(&self, key: &str) -> Result<Vec<usize>, ConvertError> {
        let list = self.attr.get(key).and_then(|attr| attr.list.as_ref());
        list.map_or(&[][..], |list| &list.i)
            .iter()
            .map(|size| size.parse())
            .collect::<Result<_, _>>()
            .map_err(|_| self.refuse(format!("attribute {key} is not a list of sizes")))
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.attr.get(key).and_then(|attr| attr.b).unwrap_or(false)
    }

    /// The declared shape of a placeholder without its first axis, the batch.
    pub(super) fn sample_shape(&self) -> Result<Vec<usize>, ConvertError> {
        let refuse = || self.refuse("the input's shape is not fixed".to_owned());
        let shape = self.attr.get("shape").and_then(|attr| attr.shape.as_ref());
        let (_, sample) = shape.and_then(|shape| shape.dim.split_first()).ok_or_else(refuse)?;
        sample.iter().map(|dim| dim.size.parse().map_err(|_| refuse())).collect()
    }

    /// The error that names this node.
    pub(super) fn refuse(&self, problem: impl Into<String>) -> ConvertError {
        ConvertError::Node { node: self.name.clone(), problem: problem.into() }
    }
}

/// Standard Base64 (RFC 4648, section 4), padded.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = 0_u32;
    let mut bits = 0;
    for symbol in text.trim_end_matches('=').bytes() {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        buffer = buffer << 6 & 0xffff | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_widened_exactly() {
        let cases = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x0000, 0.0),
            (0x0001, 2_f32.powi(-24)),
            (0x03ff, 1023.0 * 2_f32.powi(-24)),
            (0x0400, 2_f32.powi(-14)),
            (0x7bff, 65504.0),
            (0x7c00, f32::INFINITY),
            (0x3555, 0.333_251_95),
        ];
        for (bits, value) in cases {
            assert_eq!(f16_to_f32(bits).to_bits(), f32::to_bits(value), "{bits:#06x}");
        }
        assert!(f16_to_f32(0x7c01).is_nan());
    }

    #[test]
    fn base64_as_in_rfc_4648() {
        let cases =
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")];
        for (text, bytes) in cases {
            assert_eq!(decode_base64(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(decode_base64("Zm9v!"), None);
    }
}
