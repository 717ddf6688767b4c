//! The folder with the public sets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::split::Half;

/// One line of a truth file, by column.
pub type Truth = BTreeMap<String, String>;

/// A folder laid out as ACCURACY.md says.
pub struct DataFolder {
    root: PathBuf,
}

/// A picture with its truth.
pub struct Labelled {
    /// Relative to the data folder.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Its half of the data.
    pub half: Half,
    /// What it shows.
    pub truth: Truth,
}

impl DataFolder {
    /// The data in `root`.
    pub fn open(root: PathBuf) -> Result<Self> {
        if !root.is_dir() {
            bail!("the data folder {} does not exist", root.display());
        }
        Ok(Self { root })
    }

    /// Whether the set is there.
    pub fn has(&self, set: &str) -> bool {
        self.root.join(set).is_dir()
    }

    /// Where `path` of the data folder lies.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The pictures of `set` that its `truth.csv` lists, in that order.
    pub fn labelled(&self, set: &str) -> Result<Vec<Labelled>> {
        let truths = self.table(&format!("{set}/truth.csv"))?;
        truths
            .into_iter()
            .map(|truth| {
                let name = truth.get("file").with_context(|| format!("{set}: no column file"))?;
                let path = format!("{set}/{name}");
                let (file, half) = (self.root.join(&path), Half::of(&path));
                Ok(Labelled { path, file, half, truth })
            })
            .collect()
    }

    /// The lines of a file of comma-separated values with a head.
    pub fn table(&self, path: &str) -> Result<Vec<Truth>> {
        read_table(&self.root.join(path))
    }
}

fn read_table(path: &Path) -> Result<Vec<Truth>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
    let lines = reader.deserialize().collect::<Result<_, _>>();
    lines.with_context(|| format!("reading {}", path.display()))
}
