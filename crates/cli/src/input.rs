//! Pictures from files.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use imaging::{DecodedImage, Limits, decode};
use serde_json::{Value, json};

/// Why a file gave no picture: a stable code and one sentence with what to do.
#[derive(Debug)]
pub struct Unreadable {
    /// Stable, for scripts.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

impl Unreadable {
    /// As the `error` of an output line.
    pub fn json(&self) -> Value {
        json!({ "code": self.code, "message": self.message })
    }
}

/// Reads and decodes a picture, never more bytes than the limit allows.
///
/// # Errors
/// When the file cannot be opened or is no picture within the limits.
pub fn picture(path: &Path) -> Result<DecodedImage, Unreadable> {
    let limits = Limits::default();
    let bytes = bytes(path, limits.max_bytes)
        .map_err(|message| Unreadable { code: "file-unreadable", message })?;
    decode(&bytes, &limits)
        .map_err(|error| Unreadable { code: error.code(), message: error.to_string() })
}

/// At most one byte more than `limit`, which is enough to see that the file
/// is too large.
fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>, String> {
    let problem = |error: std::io::Error| format!("The file cannot be read: {error}.");
    let file = File::open(path).map_err(problem)?;
    let metadata = file.metadata().map_err(problem)?;
    if !metadata.is_file() {
        return Err("This is not a file: name a picture.".to_owned());
    }
    let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX).min(limit);
    let mut bytes = Vec::with_capacity(size + 1);
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(problem)?;
    Ok(bytes)
}
