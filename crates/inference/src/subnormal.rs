//! Weights that are too small to be normal numbers.
//!
//! Training with weight decay leaves numbers below 1.2e-38, with which a processor works many
//! times as slowly as with others. The text detector's file has 255,223 of them, in two layers,
//! which took 480 of its 670 ms for 960 × 736 pixels on one thread; with zeros in their place it
//! takes 184 ms (2026-11-30). ONNX Runtime can be told to take subnormal numbers for zero, but then
//! its pools' threads do, and of others only the one that made the first session; ours run networks
//! on whichever thread asks. Its header of session options recommends models without such numbers.

use std::ops::Range;

/// Tags of `onnx.proto`, and the element type that weights have.
const MODEL_GRAPH: u64 = 7;
const GRAPH_INITIALIZER: u64 = 5;
const TENSOR_TYPE: u64 = 2;
const TENSOR_RAW: u64 = 9;
const FLOAT: u64 = 1;

/// Makes subnormal weights of the model in `onnx` zero, in their place: the 32-bit floats in the
/// raw bytes of its graph's initialisers, where almost all networks have theirs. What cannot be
/// made out is left for the runtime to refuse.
pub(crate) fn flush(onnx: &mut [u8]) {
    for weights in weights(onnx) {
        for number in onnx[weights].chunks_exact_mut(4) {
            let number: &mut [u8; 4] = number.try_into().expect("four bytes");
            if f32::from_le_bytes(*number).is_subnormal() {
                *number = [0; 4];
            }
        }
    }
}

/// Where the 32-bit floats of initialisers lie.
fn weights(onnx: &[u8]) -> Vec<Range<usize>> {
    let graphs = fields(onnx, 0..onnx.len()).filter_map(|field| field.bytes(MODEL_GRAPH));
    let tensors = graphs.flat_map(|graph| fields(onnx, graph));
    let tensors = tensors.filter_map(|field| field.bytes(GRAPH_INITIALIZER));
    let floats = tensors.filter(|tensor| {
        fields(onnx, tensor.clone()).any(|field| field.number(TENSOR_TYPE) == Some(FLOAT))
    });
    floats
        .flat_map(|tensor| fields(onnx, tensor))
        .filter_map(|field| field.bytes(TENSOR_RAW))
        .collect()
}

/// One field of a message: its tag and what it holds.
struct WireField {
    tag: u64,
    value: WireValue,
}

enum WireValue {
    Number(u64),
    Bytes(Range<usize>),
    Fixed,
}

impl WireField {
    fn bytes(self, tag: u64) -> Option<Range<usize>> {
        match self.value {
            WireValue::Bytes(place) if self.tag == tag => Some(place),
            _ => None,
        }
    }

    fn number(&self, tag: u64) -> Option<u64> {
        match self.value {
            WireValue::Number(number) if self.tag == tag => Some(number),
            _ => None,
        }
    }
}

/// The fields of the message in `message`, up to the first that is malformed.
fn fields(onnx: &[u8], message: Range<usize>) -> impl Iterator<Item = WireField> {
    let mut at = message.start;
    std::iter::from_fn(move || {
        let rest = onnx.get(..message.end)?;
        let key = varint(rest, &mut at)?;
        let value = match key & 7 {
            0 => WireValue::Number(varint(rest, &mut at)?),
            2 => {
                let length = usize::try_from(varint(rest, &mut at)?).ok()?;
                let end = at.checked_add(length).filter(|end| *end <= rest.len())?;
                WireValue::Bytes(std::mem::replace(&mut at, end)..end)
            }
            fixed @ (1 | 5) => {
                at = at.checked_add(if fixed == 1 { 8 } else { 4 })?;
                WireValue::Fixed
            }
            _ => return None,
        };
        Some(WireField { tag: key >> 3, value })
    })
}

/// The number of variable length at `at`, which is moved behind it.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::convert::GraphBuilder;

    /// A model with these weights, and integers that no weight may be taken for.
    fn model(weights: &[f32]) -> Vec<u8> {
        let mut graph = GraphBuilder::default();
        let input = graph.input("x", &[weights.len()]);
        let weights = graph.floats(&[1, weights.len()], weights);
        let product = graph.node("Mul", &[&input, &weights], Vec::new());
        let shape = graph.ints(&[1, 1]);
        let shaped = graph.node("Reshape", &[&product, &shape], Vec::new());
        graph.output("y", &shaped, &[1]);
        graph.finish("test")
    }

    #[test]
    fn weights_below_the_least_normal_number_are_zero_and_nothing_else_changes() {
        let least = f32::MIN_POSITIVE;
        let mut onnx = model(&[1.0, 1e-40, -1e-40, least, -least, 0.0, f32::NAN, 1e-45]);
        flush(&mut onnx);
        assert_eq!(onnx, model(&[1.0, 0.0, 0.0, least, -least, 0.0, f32::NAN, 0.0]));
    }

    proptest! {
        #[test]
        fn each_weight_stays_or_becomes_zero(bits in prop::collection::vec(any::<u32>(), 1..40)) {
            let weights: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
            let flushed = weights.iter().map(|w| if w.is_subnormal() { 0.0 } else { *w });
            let mut onnx = model(&weights);
            flush(&mut onnx);
            prop_assert_eq!(onnx, model(&flushed.collect::<Vec<_>>()));
        }

        #[test]
        fn what_is_no_model_does_no_harm(
            mut bytes in prop::collection::vec(any::<u8>(), 0..200), end in 0_usize..400,
        ) {
            flush(&mut bytes);
            let mut onnx = model(&[1e-40; 8]);
            onnx.truncate(end);
            flush(&mut onnx);
        }
    }
}
