//! What the operator calls a device.

use std::fmt;
use std::str::FromStr;

use domain::id::CaseId;
use store::{CaseRow, Tx};
use thiserror::Error;
use vault::PersonKey;

use crate::errors::Breakage;
use crate::identities::Recognised;
use crate::installation::Installation;

/// A name is at most so long, bytes.
const LONGEST: usize = 200;

/// The operator's own name for a device, such as a fingerprint that its own pages take. It is
/// kept sealed under the person's key, and on the blocklist as a keyed hash.
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

impl Installation {
    /// Keeps the device that a case was opened from, sealed, where one was told.
    pub(crate) async fn keep_device(
        &self,
        tx: &mut Tx,
        row: &mut CaseRow,
        device: Option<&DeviceName>,
    ) -> Result<(), Breakage> {
        let Some(device) = device else { return Ok(()) };
        let key = self.parts.vault.person(row.case.account).await?;
        let sealed = key.seal(&context(row.case.id), device.as_str().as_bytes());
        Ok(tx.set_device(row, sealed).await?)
    }

    /// What the device that a case was opened from is recognised by, where one was told.
    pub(crate) fn device_of(
        &self,
        row: &CaseRow,
        key: &PersonKey,
    ) -> Result<Option<Recognised>, Breakage> {
        let Some(sealed) = &row.device else { return Ok(None) };
        let name = key.open(&context(row.case.id), sealed)?;
        let name = std::str::from_utf8(&name);
        let name = name.map_err(|_| Breakage::Unreadable { what: "the device" })?;
        Ok(Some(self.device(name)))
    }
}

fn context(id: CaseId) -> String {
    format!("device {id}")
}

impl fmt::Debug for DeviceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceName(…)")
    }
}
