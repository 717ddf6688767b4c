//! The entries of the manifest.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::operator::EmbeddingContract;
use super::passive::PassiveContract;
use crate::{Digest, Role};

/// One model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// What the model is for; one entry to a role.
    pub role: Role,
    /// The installed file's name in the models folder.
    pub file: String,
    /// SHA-256 of the installed file.
    pub sha256: Digest,
    /// The id of the package that holds the sources.
    pub package: String,
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
    /// How an operator's own face network is fed; the shipped ones' contracts
    /// are in the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<EmbeddingContract>,
    /// The same of an operator's own network for passive liveness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passive: Option<PassiveContract>,
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
    /// The id of the package that holds the library.
    pub package: String,
    /// The library in that package.
    pub sources: Vec<SourceFile>,
    /// SPDX expression of the licence and who granted it.
    pub licence: String,
}

/// A package of a public registry, fetched by that registry's own client, or
/// a model of the project's own that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// What entries of the manifest call it.
    pub id: String,
    /// The registry.
    pub registry: Registry,
    /// The package's name there.
    pub name: String,
    /// The one version.
    pub version: String,
    /// The archive's file name: a wheel or a source distribution for pip, a
    /// tarball for npm, the bare model where it comes with the program.
    pub archive: String,
    /// The archive's size.
    pub bytes: u64,
    /// SHA-256 of the archive.
    pub sha256: Digest,
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// Where a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registry {
    /// Fetched with pip.
    Pypi,
    /// Fetched with npm.
    Npm,
    /// Compiled into the program: the project's own.
    Shipped,
    /// Put into the models folder by the operator.
    Operator,
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

impl Converter {
    /// How many files it reads.
    pub fn sources(self) -> usize {
        match self {
            Self::None | Self::Dlib => 1,
            Self::Tfjs => 2,
        }
    }
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
