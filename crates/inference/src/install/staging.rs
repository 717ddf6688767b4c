//! Where files are put together before they take their places.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{InstallError, Item};

/// The folder inside the models folder.
pub(super) const STAGING: &str = ".installing";
/// Held while a models folder is being installed into.
pub(super) const LOCK: &str = ".lock";

/// Waits until no other installation works on `dir`.
pub(super) fn lock(dir: &Path) -> Result<File, InstallError> {
    let path = dir.join(LOCK);
    let file = File::create(&path).map_err(InstallError::io("creating", &path))?;
    file.lock().map_err(InstallError::io("locking", &path))?;
    Ok(file)
}

/// A folder inside the models folder, gone when the installation ends.
pub(super) struct Staging(PathBuf);

impl Staging {
    /// Whoever holds the lock may clear what a killed installation left.
    pub(super) fn new(dir: &Path) -> Result<Self, InstallError> {
        let path = dir.join(STAGING);
        if path.exists() {
            fs::remove_dir_all(&path).map_err(InstallError::io("clearing", &path))?;
        }
        fs::create_dir(&path).map_err(InstallError::io("creating", &path))?;
        Ok(Self(path))
    }

    /// Where packages are fetched to and files put together.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes `item`'s file.
    pub(super) fn write(&self, item: &Item, bytes: &[u8]) -> Result<(), InstallError> {
        let path = self.0.join(item.file());
        fs::write(&path, bytes).map_err(InstallError::io("writing", &path))
    }

    /// Moves the files of `items` to where they belong.
    pub(super) fn take_places(&self, items: &[Item], dir: &Path) -> Result<(), InstallError> {
        for item in items {
            let place = dir.join(item.file());
            fs::rename(self.0.join(item.file()), &place)
                .map_err(InstallError::io("putting in place", &place))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Left behind, it is cleared by the next installation.
        let _ = fs::remove_dir_all(&self.0);
    }
}
