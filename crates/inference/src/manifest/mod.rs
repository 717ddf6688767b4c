//! The model manifest: where each model comes from, what it must be byte for
//! byte, and how it is fed.

mod entry;
mod operator;
mod passive;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Role;

pub use self::entry::{
    Converter, InputContract, ModelEntry, OutputContract, Package, Platform, Registry,
    RuntimeEntry, SourceFile,
};
pub use self::operator::{Colour, EmbeddingContract, EmbeddingUse};
pub use self::passive::{PassiveContract, PassiveValues};

/// The manifest's version that this code reads.
const SCHEMA: u32 = 1;

/// Where each model comes from, what it must be byte for byte, and how it is
/// fed. Unknown keys are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: u32,
    #[serde(rename = "package", default)]
    packages: Vec<Package>,
    #[serde(rename = "model", default)]
    models: Vec<ModelEntry>,
    #[serde(rename = "runtime", default)]
    runtimes: Vec<RuntimeEntry>,
}

/// The manifest cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not TOML, a key missing, or one too many.
    #[error("reading the model manifest")]
    Toml(#[source] Box<toml::de::Error>),
    /// There, but it cannot be read.
    #[error("reading {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Written for another version of the program.
    #[error("the model manifest has schema {0}; this program reads schema {SCHEMA}")]
    Schema(u32),
    /// An entry contradicts another or itself.
    #[error("the model manifest's entry for {entry}: {problem}")]
    Entry {
        /// The role or file.
        entry: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Manifest {
    /// The project's own manifest.
    pub fn shipped() -> Self {
        Self::parse(include_str!("../../../../models/manifest.toml"))
            .expect("the manifest compiled in is well-formed: a test parses it")
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// When it is not well-formed, has a key that is not known, or its entries
    /// contradict each other.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self =
            toml::from_str(text).map_err(|error| ManifestError::Toml(Box::new(error)))?;
        manifest.validate()?;
        Ok(manifest)
    }

    /// The models, in the manifest's order.
    pub fn models(&self) -> &[ModelEntry] {
        &self.models
    }

    /// The entry that fills `role`, if any.
    pub fn model(&self, role: Role) -> Option<&ModelEntry> {
        self.models.iter().find(|entry| entry.role == role)
    }

    /// The packages, in the manifest's order.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package that entries call `id`; every entry's is there.
    pub fn package(&self, id: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.id == id)
    }

    /// The ONNX Runtime libraries, in the manifest's order.
    pub fn runtimes(&self) -> &[RuntimeEntry] {
        &self.runtimes
    }

    /// The ONNX Runtime library for `platform`, if any.
    pub fn runtime(&self, platform: Platform) -> Option<&RuntimeEntry> {
        self.runtimes.iter().find(|entry| entry.platform == platform)
    }

    fn validate(&self) -> Result<(), ManifestError> {
        if self.schema != SCHEMA {
            return Err(ManifestError::Schema(self.schema));
        }
        self.validate_packages()?;
        self.validate_models()?;
        self.validate_runtimes()
    }

    fn validate_packages(&self) -> Result<(), ManifestError> {
        let mut ids = BTreeSet::new();
        for package in &self.packages {
            if !ids.insert(&package.id) {
                return refuse(&package.id, "the package is listed twice");
            }
            if !is_plain_name(&package.archive) {
                return refuse(&package.id, "the archive is not a plain file name");
            }
        }
        let models = self.models.iter().map(|entry| (&entry.file, &entry.package));
        let runtimes = self.runtimes.iter().map(|entry| (&entry.file, &entry.package));
        for (file, package) in models.chain(runtimes) {
            if !is_plain_name(file) {
                return refuse(file, "the file is not a plain file name");
            }
            if !ids.contains(package) {
                return refuse(file, "its package is not listed");
            }
        }
        Ok(())
    }

    fn validate_models(&self) -> Result<(), ManifestError> {
        let mut roles = BTreeSet::new();
        let mut files = BTreeSet::new();
        for entry in &self.models {
            let name = entry.role.name();
            if !roles.insert(entry.role) {
                return refuse(name, "the role is filled twice");
            }
            if !files.insert(&entry.file) {
                return refuse(name, "the file is installed twice");
            }
            if entry.outputs.is_empty() {
                return refuse(name, "no output is named");
            }
            if entry.sources.len() != entry.converter.sources() {
                return refuse(name, "the converter takes another number of sources");
            }
        }
        Ok(())
    }

    fn validate_runtimes(&self) -> Result<(), ManifestError> {
        let mut platforms = BTreeSet::new();
        for entry in &self.runtimes {
            let shared = self.models.iter().any(|model| model.file == entry.file);
            if shared || !platforms.insert(entry.platform) {
                return refuse(&entry.file, "the library is listed twice");
            }
            if entry.sources.len() != 1 {
                return refuse(&entry.file, "a library has one source");
            }
        }
        Ok(())
    }
}

fn refuse(entry: &str, problem: &'static str) -> Result<(), ManifestError> {
    Err(ManifestError::Entry { entry: entry.to_owned(), problem })
}

/// Whether `name` can only mean a file in the folder that it is put into.
fn is_plain_name(name: &str) -> bool {
    !name.starts_with('.') && Path::new(name).file_name().is_some_and(|plain| plain == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_manifest_fills_every_role() {
        let manifest = Manifest::shipped();
        for role in Role::SHIPPED {
            assert!(manifest.model(role).is_some(), "{role}");
        }
        for platform in [Platform::LinuxX86_64, Platform::LinuxAarch64] {
            assert!(manifest.runtime(platform).is_some(), "{platform:?}");
        }
    }

    #[test]
    fn writing_and_reading_changes_nothing() {
        let manifest = Manifest::shipped();
        let text = toml::to_string(&manifest).unwrap();
        assert_eq!(Manifest::parse(&text).unwrap(), manifest);
    }

    #[test]
    fn contradictory_manifests_are_refused() {
        let shipped = include_str!("../../../../models/manifest.toml");
        let cases = [
            ("schema = 1", "schema = 2", "schema 2"),
            ("schema = 1", "schema = 1\nmirror = 'x'", "reading"),
            ("converter = \"none\"", "converter = \"none\"\nnote = \"x\"", "reading"),
            ("converter = \"none\"", "converter = \"keras\"", "reading"),
            ("converter = \"none\"", "converter = \"tfjs\"", "number of sources"),
            ("role = \"text-detection\"", "role = \"iris\"", "filled twice"),
            ("file = \"iris.onnx\"", "file = \"face-mesh.onnx\"", "installed twice"),
            ("file = \"iris.onnx\"", "file = \"../iris.onnx\"", "plain file name"),
            ("file = \"iris.onnx\"", "file = \".\"", "plain file name"),
            ("file = \"libonnxruntime.so\"", "file = \"iris.onnx\"", "listed twice"),
            ("id = \"human\"", "id = \"rapidocr\"", "listed twice"),
            ("id = \"human\"", "id = \"people\"", "not listed"),
            ("archive = \"", "archive = \"a/", "plain file name"),
            ("linux-aarch64", "linux-x86_64", "listed twice"),
        ];
        for (from, to, problem) in cases {
            assert!(shipped.contains(from), "{from}");
            let parsed = Manifest::parse(&shipped.replacen(from, to, 1));
            let error = parsed.err().unwrap_or_else(|| panic!("{from} -> {to} was accepted"));
            assert!(error.to_string().contains(problem), "{from} -> {to}: {error}");
        }
    }
}
