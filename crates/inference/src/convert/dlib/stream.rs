//! dlib's own serialisation: compact integers, numbers as mantissa and
//! exponent, arrays of little-endian floats (dlib's `serialize.h`,
//! `cuda/tensor.h`).

use crate::convert::ConvertError;

/// Reads values one after another; every read is checked against the end.
pub(super) struct Stream<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Stream<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// The error that says where.
    pub(super) fn refuse(&self, problem: impl Into<String>) -> ConvertError {
        ConvertError::Stream { offset: self.offset, problem: problem.into() }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], ConvertError> {
        let taken = self
            .offset
            .checked_add(len)
            .and_then(|end| self.bytes.get(self.offset..end))
            .ok_or_else(|| self.refuse("the file ends too early"))?;
        self.offset += len;
        Ok(taken)
    }

    /// A compact integer: a byte with the count of bytes that follow in its
    /// low half and the sign in its top bit, then the magnitude,
    /// least significant byte first.
    pub(super) fn int(&mut self) -> Result<i64, ConvertError> {
        let control = self.take(1)?[0];
        let count = usize::from(control & 0x0f);
        if control & 0x70 != 0 || count > 8 {
            return Err(self.refuse("not a compact integer"));
        }
        let bytes = self.take(count)?.iter().rev();
        let magnitude = bytes.fold(0_u64, |value, &byte| value << 8 | u64::from(byte));
        let magnitude =
            i64::try_from(magnitude).map_err(|_| self.refuse("integer out of range"))?;
        Ok(if control & 0x80 == 0 { magnitude } else { -magnitude })
    }

    /// A compact integer that counts something.
    pub(super) fn size(&mut self) -> Result<usize, ConvertError> {
        let value = self.int()?;
        usize::try_from(value).map_err(|_| self.refuse(format!("{value} is not a size")))
    }

    /// Reads past a number: a mantissa and a power of two.
    pub(super) fn skip_number(&mut self) -> Result<(), ConvertError> {
        self.int()?;
        self.int()?;
        Ok(())
    }

    /// A compact integer that must be `expected`.
    pub(super) fn expect_int(&mut self, expected: i64, what: &str) -> Result<(), ConvertError> {
        match self.int()? {
            value if value == expected => Ok(()),
            value => Err(self.refuse(format!("{what} is {value}, not {expected}"))),
        }
    }

    /// A text that must be `expected`: dlib writes each layer's kind.
    pub(super) fn expect_text(&mut self, expected: &str) -> Result<(), ConvertError> {
        let len = self.size()?;
        let text = self.take(len.min(64))?;
        if len == expected.len() && text == expected.as_bytes() {
            Ok(())
        } else {
            let found = String::from_utf8_lossy(text);
            Err(self.refuse(format!("expected {expected:?}, found {found:?}")))
        }
    }

    /// Reads past flags, each the digit 0 or 1.
    pub(super) fn skip_flags(&mut self, count: usize) -> Result<(), ConvertError> {
        let flags = self.take(count)?;
        if flags.iter().all(|flag| matches!(flag, b'0' | b'1')) {
            Ok(())
        } else {
            Err(self.refuse("not a flag"))
        }
    }

    /// Four axes: samples, channels, rows, columns.
    fn axes(&mut self) -> Result<[usize; 4], ConvertError> {
        Ok([self.size()?, self.size()?, self.size()?, self.size()?])
    }

    /// The axes of a part of another array (`alias_tensor`).
    pub(super) fn alias(&mut self) -> Result<[usize; 4], ConvertError> {
        self.expect_int(1, "the version of an alias")?;
        self.axes()
    }

    /// An array, row-major.
    pub(super) fn tensor(&mut self) -> Result<Vec<f32>, ConvertError> {
        self.expect_int(2, "the version of an array")?;
        let size = self
            .axes()?
            .iter()
            .try_fold(4_usize, |product, &axis| product.checked_mul(axis))
            .ok_or_else(|| self.refuse("an array is too large"))?;
        let (values, _) = self.take(size)?.as_chunks::<4>();
        Ok(values.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
    }

    /// Makes sure that nothing is left.
    pub(super) fn end(&self) -> Result<(), ConvertError> {
        if self.offset == self.bytes.len() {
            Ok(())
        } else {
            Err(self.refuse("more follows than the network has"))
        }
    }
}
