//! The Python peer: `eval/peers/verify_peer.py`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::ROUNDS;
use crate::pictures::Person;

/// What the peer prints.
#[derive(Debug, Deserialize)]
pub struct Measured {
    /// Median milliseconds by stage, in its order.
    pub ms: serde_json::Map<String, serde_json::Value>,
    /// Median of the whole.
    pub total_ms: f64,
    /// Its peak memory.
    pub peak_mib: u64,
}

/// Runs the peer on the pictures of `person`, on two threads.
pub fn measure(models: &Path, person: &Person) -> anyhow::Result<Measured> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../eval/peers/verify_peer.py");
    let output = Command::new("python3")
        .arg(script)
        .arg("--models")
        .arg(models)
        .arg("--document")
        .arg(person.document())
        .arg("--selfie")
        .arg(person.selfie())
        .args(["--threads", "2", "--rounds", &ROUNDS.to_string()])
        .output()
        .context("starting python3")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or_default().to_owned();
        bail!(
            "{last}; it needs `pip install rapidocr==3.10.0 onnxruntime==1.32.0 opencv-python-headless numpy`"
        );
    }
    serde_json::from_slice(&output.stdout).context("reading what the peer printed")
}
