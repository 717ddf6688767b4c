//! Operations that only move values about.

use super::source::Node;
use super::{Translator, Value, permutation};
use crate::convert::ConvertError;
use crate::convert::onnx::Attribute;

impl Translator<'_> {
    /// `value` with its elements in TensorFlow's order.
    pub(super) fn in_source_order(&mut self, value: Value) -> Value {
        if value.shape.len() != 3 {
            return value;
        }
        let name = self.builder.node("Transpose", &[&value.name], permutation(&[0, 2, 3, 1]));
        Value { name, shape: value.shape }
    }

    /// Reshaping that leaves the batch as it is: the graphs give 1 or -1 for it.
    pub(super) fn reshape(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        let shape = sample_shape(self.ints(node, 1)?, &value.shape)
            .ok_or_else(|| node.refuse("the reshaping does not keep the batch"))?;
        let value = self.in_source_order(value);
        // ONNX takes 0 as "the same as before": the batch.
        let target: Vec<i64> =
            std::iter::once(0).chain(shape.iter().map(|&axis| axis as i64)).collect();
        let target = self.builder.ints(&target);
        let mut name = self.builder.node("Reshape", &[&value.name, &target], Vec::new());
        if shape.len() == 3 {
            name = self.builder.node("Transpose", &[&name], permutation(&[0, 3, 1, 2]));
        }
        Ok(Value { name, shape })
    }

    pub(super) fn concat(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let last = node.inputs().count().checked_sub(1).ok_or_else(|| node.refuse("no inputs"))?;
        let parts = (0..last).map(|at| self.operand(node, at)).collect::<Result<Vec<_>, _>>()?;
        let first = parts.first().ok_or_else(|| node.refuse("nothing to join"))?;
        let rank = first.shape.len() + 1;
        let axis = match self.ints(node, last)? {
            &[axis] => axis.rem_euclid(rank as i32) as usize,
            _ => return Err(node.refuse("the axis is not one number")),
        };
        if axis == 0 {
            return Err(node.refuse("joining along the batch is not supported"));
        }
        let mut shape = first.shape.clone();
        shape[axis - 1] = 0;
        for part in &parts {
            let differs = |(at, (a, b)): (usize, (&usize, &usize))| at != axis - 1 && a != b;
            if part.shape.len() + 1 != rank
                || part.shape.iter().zip(&first.shape).enumerate().any(differs)
            {
                return Err(node.refuse("the parts differ in shape"));
            }
            shape[axis - 1] += part.shape[axis - 1];
        }
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let axis = if rank == 4 { [0, 2, 3, 1][axis] } else { axis };
        let name = self.builder.node("Concat", &names, vec![Attribute::int("axis", axis)]);
        Ok(Value { name, shape })
    }
}

/// What `target` makes of one sample of shape `from`; `None` when it would mix
/// samples or not hold all values.
fn sample_shape(target: &[i32], from: &[usize]) -> Option<Vec<usize>> {
    let size: usize = from.iter().product();
    let (&batch, rest) = target.split_first()?;
    let open = rest.iter().filter(|&&axis| axis == -1).count();
    if rest.is_empty() || !matches!((batch, open), (1, 0 | 1) | (-1, 0)) {
        return None;
    }
    let fixed = rest.iter().filter(|&&axis| axis != -1).try_fold(1_usize, |product, &axis| {
        usize::try_from(axis).ok().and_then(|axis| product.checked_mul(axis))
    })?;
    let open_axis = size.checked_div(fixed)?;
    let whole = if open == 1 { fixed * open_axis } else { fixed };
    let axis = |&axis: &i32| if axis == -1 { open_axis } else { axis as usize };
    (whole == size).then(|| rest.iter().map(axis).collect())
}
