//! Bytes as hexadecimal digits.

use std::fmt::Write as _;

/// Two digits a byte, lower case.
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}
