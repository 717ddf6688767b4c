//! Why models could not be installed.

use std::io;
use std::path::{Path, PathBuf};

use crate::{ConvertError, Digest};

/// Models could not be installed or exported. What was in the folder before
/// is unchanged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// A registry's client is not there.
    #[error(
        "{client} is needed to fetch models and was not found: install it (on Debian or Ubuntu: {remedy})"
    )]
    NoClient {
        /// What is missing.
        client: &'static str,
        /// The command that installs it.
        remedy: &'static str,
    },
    /// A registry's client failed.
    #[error("{client} could not fetch {package}; it said:\n{said}")]
    Fetch {
        /// Package and version.
        package: String,
        /// pip or npm.
        client: &'static str,
        /// The end of what it printed.
        said: String,
    },
    /// A file is not the pinned one.
    #[error(
        "refused {what}: its SHA-256 is {actual}, the manifest pins {expected}; nothing was installed"
    )]
    WrongDigest {
        /// The file and where it came from.
        what: String,
        /// What the manifest says.
        expected: Digest,
        /// What was found.
        actual: Digest,
    },
    /// A package's archive cannot be read.
    #[error("reading {archive} from {package}")]
    Archive {
        /// Package and version.
        package: String,
        /// The archive's file name.
        archive: String,
        /// What is wrong with it.
        source: io::Error,
    },
    /// A source file cannot be converted.
    #[error("converting the {model} model to ONNX")]
    Convert {
        /// The role.
        model: &'static str,
        /// Why.
        source: ConvertError,
    },
    /// The folder to install from lacks a file.
    #[error("{} has no {file}: make the folder with `bonafide models export` of the same version", dir.display())]
    NotInFolder {
        /// The file.
        file: String,
        /// The folder.
        dir: PathBuf,
    },
    /// The operator's own model is not there, or another file.
    #[error(
        "{file}, which operator.toml names with its SHA-256, is not in the models folder: put it there"
    )]
    NotPlaced {
        /// The file.
        file: String,
    },
    /// What is to be exported is not installed, or not as the manifest pins it.
    #[error("{model} is not rightly installed in {}: run `bonafide models install` first", dir.display())]
    NotInstalled {
        /// The role, or `runtime`.
        model: &'static str,
        /// The models folder.
        dir: PathBuf,
    },
    /// The manifest has no ONNX Runtime for this machine.
    #[error(
        "the manifest has no ONNX Runtime for this machine; it has it for Linux on x86-64 and 64-bit Arm"
    )]
    NoRuntime,
    /// The file system refused.
    #[error("{action} {}", path.display())]
    Io {
        /// What was being done.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl InstallError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
