//! Operations on each element by itself.

use super::source::Node;
use super::{Clamp, Translator, Value, layers};
use crate::convert::ConvertError;

impl Translator<'_> {
    pub(super) fn arithmetic(&mut self, node: &Node, op: &str) -> Result<Value, ConvertError> {
        let left = self.operand(node, 0)?;
        let right = if let Some((shape, values)) = self.floats(node, 1)? {
            self.broadcast(node, &left, shape, values)?
        } else {
            let right = self.operand(node, 1)?;
            if right.shape != left.shape {
                return Err(node.refuse("the operands differ in shape"));
            }
            right.name
        };
        let name = self.builder.node(op, &[&left.name, &right], Vec::new());
        Ok(Value { name, shape: left.shape })
    }

    /// Adds a constant that is combined with `value` element by element, with
    /// TensorFlow's rule: axes are matched from the last.
    fn broadcast(
        &mut self,
        node: &Node,
        value: &Value,
        shape: &[usize],
        values: &[f32],
    ) -> Result<String, ConvertError> {
        let missing = value.shape.len().checked_sub(shape.len());
        let missing = missing.ok_or_else(|| node.refuse("a constant has too many axes"))?;
        let mut dims = vec![1; missing];
        dims.extend(shape);
        if dims.iter().zip(&value.shape).any(|(&axis, &whole)| axis != 1 && axis != whole) {
            return Err(node.refuse("a constant does not fit the value's shape"));
        }
        let &[rows, columns, channels] = &dims[..] else {
            return Ok(self.builder.floats(&dims, values));
        };
        let permuted = layers::channel_first(values, rows * columns, channels);
        Ok(self.builder.floats(&[channels, rows, columns], &permuted))
    }

    /// `Minimum` and `Maximum` with one constant number.
    pub(super) fn limit(&mut self, node: &Node) -> Result<Value, ConvertError> {
        let value = self.operand(node, 0)?;
        match (self.floats(node, 1)?, node.op.as_str()) {
            (Some((_, &[bound])), "Minimum") => Ok(self.clamp(value, f32::NEG_INFINITY, bound)),
            (Some((_, &[bound])), _) => Ok(self.clamp(value, bound, f32::INFINITY)),
            _ => Err(node.refuse("only a limit of one constant number is supported")),
        }
    }

    /// Applies the function `name` to `value`; a slope, where the function has
    /// one, is `node`'s input at `slope`.
    pub(super) fn activation(
        &mut self,
        node: &Node,
        name: &str,
        value: Value,
        slope: usize,
    ) -> Result<Value, ConvertError> {
        let result = match name {
            "Relu" => return Ok(self.clamp(value, 0.0, f32::INFINITY)),
            "Relu6" => return Ok(self.clamp(value, 0.0, 6.0)),
            "Sigmoid" => self.builder.node("Sigmoid", &[&value.name], Vec::new()),
            "Prelu" => {
                let (shape, values) = self
                    .floats(node, slope)?
                    .ok_or_else(|| node.refuse("the slope is not a constant"))?;
                let slope = self.broadcast(node, &value, shape, values)?;
                self.builder.node("PRelu", &[&value.name, &slope], Vec::new())
            }
            other => return Err(node.refuse(format!("activation {other} is not supported"))),
        };
        Ok(Value { name: result, shape: value.shape })
    }

    /// Limits `value` to `low..=high`. Limits of limits become one, which the
    /// runtime can join to the convolution before it.
    fn clamp(&mut self, value: Value, low: f32, high: f32) -> Value {
        let clamp = match self.clamps.get(&value.name) {
            Some(inner) => Clamp {
                source: inner.source.clone(),
                low: inner.low.max(low).min(high),
                high: inner.high.max(low).min(high),
            },
            None => Clamp { source: value.clone(), low, high },
        };
        let source = clamp.source.name.as_str();
        let name = if clamp.low == 0.0 && clamp.high == f32::INFINITY {
            self.builder.node("Relu", &[source], Vec::new())
        } else {
            let low = self.builder.floats(&[], &[clamp.low]);
            let high = self.builder.floats(&[], &[clamp.high]);
            self.builder.node("Clip", &[source, &low, &high], Vec::new())
        };
        self.clamps.insert(name.clone(), clamp);
        Value { name, shape: value.shape }
    }
}
