//! The model manifest: where each model comes from, what it must be byte for
//! byte, and how it is fed.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Digest, Role};

/// The manifest's version that this code reads.
const SCHEMA: u32 = 1;

/// Where each model comes from, what it must be byte for byte, and how it is
/// fed. Unknown keys are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: u32,
    #[serde(rename = "model", default)]
    models: Vec<ModelEntry>,
    #[serde(rename = "runtime", default)]
    runtimes: Vec<RuntimeEntry>,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// What the model is for; one entry to a role.
    pub role: Role,
    /// The installed file's name in the models folder.
    pub file: String,
    /// SHA-256 of the installed file.
    pub sha256: Digest,
    /// The package that holds the sources.
    pub package: Package,
    /// The files that the converter reads, in its order.
    pub sources: Vec<SourceFile>,
    /// How the installed ONNX file is made from the sources.
    pub converter: Converter,
    /// SPDX expression of the weights' licence and who granted it.
    pub licence: String,
    /// What the author says the model was trained on.
    pub provenance: String,
    /// How the model is fed.
    pub input: InputContract,
    /// What it gives, in the order in which [`Model::run`](crate::Model::run)
    /// returns it.
    pub outputs: Vec<OutputContract>,
}

/// The shared library of ONNX Runtime for one platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeEntry {
    /// The machine that the library runs on.
    pub platform: Platform,
    /// The installed file's name in the models folder.
    pub file: String,
    /// SHA-256 of the installed file.
    pub sha256: Digest,
    /// The package that holds the library.
    pub package: Package,
    /// The library in that package.
    pub sources: Vec<SourceFile>,
    /// SPDX expression of the licence and who granted it.
    pub licence: String,
}

/// A package of a public registry, fetched by that registry's own client.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The registry.
    pub registry: Registry,
    /// The package's name there.
    pub name: String,
    /// The one version.
    pub version: String,
    /// The wheel's platform tag, for packages with native code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheel: Option<String>,
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// A public package registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registry {
    /// Fetched with pip.
    Pypi,
    /// Fetched with npm.
    Npm,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// The path inside the package's archive.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: Digest,
}

/// How an installed file is made from its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Converter {
    /// The single source is the installed file.
    None,
    /// A TensorFlow.js graph model (`model.json` and its weights) to ONNX.
    Tfjs,
    /// A network in dlib's own serialisation to ONNX.
    Dlib,
}

/// How a model is fed. Pixels are 0 to 255 before `values` is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputContract {
    /// The ONNX input's name.
    pub name: String,
    /// The axes in order with their lengths; a letter is any length.
    pub shape: String,
    /// Channel order: RGB or BGR.
    pub colour: String,
    /// What is put in for a pixel value x.
    pub values: String,
}

/// One output of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputContract {
    /// The ONNX output's name.
    pub name: String,
    /// The axes in order with their lengths; a letter is any length.
    pub shape: String,
    /// What the values mean.
    pub meaning: String,
}

/// An operating system and processor that ONNX Runtime is installed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Platform {
    /// Linux with the GNU C library on x86-64.
    #[serde(rename = "linux-x86_64")]
    LinuxX86_64,
    /// Linux with the GNU C library on 64-bit Arm.
    #[serde(rename = "linux-aarch64")]
    LinuxAarch64,
}

impl Platform {
    /// The platform this program was built for; `None` when no runtime is
    /// installed for it.
    pub fn current() -> Option<Self> {
        match (std::env::consts::OS, std::env::consts::ARCH) {
            ("linux", "x86_64") => Some(Self::LinuxX86_64),
            ("linux", "aarch64") => Some(Self::LinuxAarch64),
            _ => None,
        }
    }
}

/// The manifest cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not TOML, a key missing, or one too many.
    #[error("reading the model manifest")]
    Toml(#[source] Box<toml::de::Error>),
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
        Self::parse(include_str!("../../../models/manifest.toml"))
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
        let mut roles = BTreeSet::new();
        let mut files = BTreeSet::new();
        for entry in &self.models {
            let refuse = |problem| ManifestError::Entry { entry: entry.role.to_string(), problem };
            if !roles.insert(entry.role) {
                return Err(refuse("the role is filled twice"));
            }
            if !files.insert(&entry.file) {
                return Err(refuse("the file is installed twice"));
            }
            if entry.outputs.is_empty() {
                return Err(refuse("no output is named"));
            }
            validate_files(&entry.file, &entry.sources).map_err(refuse)?;
            let sources = if entry.converter == Converter::Tfjs { 2 } else { 1 };
            if entry.sources.len() != sources {
                return Err(refuse("the converter takes another number of sources"));
            }
        }
        let mut platforms = BTreeSet::new();
        for entry in &self.runtimes {
            let refuse = |problem| ManifestError::Entry { entry: entry.file.clone(), problem };
            if !platforms.insert(entry.platform) {
                return Err(refuse("the platform is listed twice"));
            }
            if files.contains(&entry.file) {
                return Err(refuse("the file is installed twice"));
            }
            validate_files(&entry.file, &entry.sources).map_err(refuse)?;
            if entry.sources.len() != 1 {
                return Err(refuse("a library has one source"));
            }
        }
        Ok(())
    }
}

/// Whether an entry's own file names can do no harm: what is installed is a
/// plain name in the models folder.
fn validate_files(file: &str, sources: &[SourceFile]) -> Result<(), &'static str> {
    if Path::new(file).file_name().is_none_or(|name| name != file) {
        return Err("the file is not a plain file name");
    }
    if sources.iter().any(|source| source.path.is_empty()) {
        return Err("a source has no path");
    }
    Ok(())
}
