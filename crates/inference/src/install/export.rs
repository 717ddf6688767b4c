//! Making a folder that a site without a network installs from.

use std::fs;
use std::path::Path;

use super::{InstallError, State, inspect};
use crate::manifest::Manifest;

/// The manifest's name in an exported folder, for people to read: the digests
/// that count are those of the program that installs.
const MANIFEST: &str = "manifest.toml";

/// Copies the installed files of the models folder `dir`, and the manifest,
/// into the folder `to`, making it if need be. Installing from there needs
/// neither network nor clients, on machines of the same platform.
///
/// # Errors
///
/// When a model is not installed or not the pinned one, or a file cannot be
/// written.
pub fn export(manifest: &Manifest, dir: &Path, to: &Path) -> Result<(), InstallError> {
    let files = inspect(manifest, dir);
    if let Some((item, _)) = files.iter().find(|(_, state)| !matches!(state, State::Right)) {
        return Err(InstallError::NotInstalled { model: item.name(), dir: dir.to_owned() });
    }
    fs::create_dir_all(to).map_err(InstallError::io("creating", to))?;
    for (item, _) in files {
        let path = to.join(item.file());
        fs::copy(dir.join(item.file()), &path).map_err(InstallError::io("writing", &path))?;
    }
    let path = to.join(MANIFEST);
    let text = toml::to_string(manifest).expect("a manifest that was parsed can be written");
    fs::write(&path, text).map_err(InstallError::io("writing", &path))
}
