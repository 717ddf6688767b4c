//! Files of keys, a line for each version: adding one.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use workflow::{Real, World};
use zeroize::Zeroizing;

/// Bytes of such a file at most: hundreds of versions.
pub const LONGEST: u64 = 1 << 16;

/// Adds a new key to the file: it is the old or the new one, whatever crashes when.
///
/// # Errors
/// When the file cannot be read or written, or another version is being added to it.
pub fn add_version(file: &Path, version: u32) -> std::io::Result<()> {
    let mut text = Zeroizing::new(String::with_capacity(LONGEST as usize));
    fs::File::open(file)?.take(LONGEST).read_to_string(&mut text)?;
    let mut key = Zeroizing::new([0; 32]);
    Real.random(&mut *key);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&version.to_string());
    text.push(':');
    for byte in key.iter() {
        text.push_str(&Zeroizing::new(format!("{byte:02x}")));
    }
    text.push('\n');
    // Made anew: of two rotations at once one fails.
    let new = file.with_extension("key.new");
    let mut options = OpenOptions::new();
    let mut written = options.write(true).create_new(true).mode(0o600).open(&new)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    fs::rename(&new, file)?;
    let folder = file.parent().expect("it lies in a folder");
    fs::File::open(folder)?.sync_all()
}
