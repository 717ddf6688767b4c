//! What the operator calls a device.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A name is at most so long, bytes.
const LONGEST: usize = 200;

/// The operator's own name for a device, such as a fingerprint that its own pages take. It is
/// kept as a keyed hash alone.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceName(String);

/// Text that names no device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a device is named by 1 to {LONGEST} visible ASCII characters, always the same for it")]
pub struct NotADevice;

impl DeviceName {
    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DeviceName {
    type Err = NotADevice;

    fn from_str(text: &str) -> Result<Self, NotADevice> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        let fits = (1..=LONGEST).contains(&text.len());
        (visible && fits).then(|| Self(text.to_owned())).ok_or(NotADevice)
    }
}

impl fmt::Debug for DeviceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceName(…)")
    }
}
