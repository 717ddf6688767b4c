//! A data folder of its own, in which an operator's network stands beside the installed models.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use inference::models_dir;

/// A data folder with links to the installed models.
pub struct Home {
    pub root: PathBuf,
}

impl Home {
    /// Makes it at `root`, empty but for the models.
    pub fn make(root: &Path) -> Result<Self> {
        if root.exists() {
            fs::remove_dir_all(root)?;
        }
        let home = Self { root: root.to_owned() };
        fs::create_dir_all(home.models())?;
        let installed = models_dir(|name| std::env::var_os(name)).context("no models folder")?;
        for entry in fs::read_dir(&installed)? {
            let entry = entry?;
            if entry.path().extension().is_some_and(|kind| kind == "onnx" || kind == "so") {
                symlink(entry.path(), home.models().join(entry.file_name()))?;
            }
        }
        Ok(home)
    }

    /// The folder of its models.
    pub fn models(&self) -> PathBuf {
        self.root.join("models")
    }

    /// Adds `network` with this `operator.toml`.
    pub fn add_network(&self, network: &Path, operator: &str) -> Result<()> {
        let name = network.file_name().context("a file")?;
        symlink(fs::canonicalize(network)?, self.models().join(name))?;
        fs::write(self.models().join("operator.toml"), operator)?;
        Ok(())
    }
}
