//! What there is to install: models and the runtime library alike.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::manifest::{Manifest, ModelEntry, Platform, RuntimeEntry, SourceFile};
use crate::{ConvertError, Digest, convert};

/// One file of the models folder.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// A model.
    Model(&'a ModelEntry),
    /// ONNX Runtime for this platform.
    Runtime(&'a RuntimeEntry),
}

impl<'a> Item<'a> {
    /// What it is called: the role, or `runtime`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Model(entry) => entry.role.name(),
            Self::Runtime(_) => "runtime",
        }
    }

    /// The file's name in the models folder.
    pub fn file(&self) -> &'a str {
        match self {
            Self::Model(entry) => &entry.file,
            Self::Runtime(entry) => &entry.file,
        }
    }

    /// What the file's SHA-256 must be.
    pub fn sha256(&self) -> Digest {
        match self {
            Self::Model(entry) => entry.sha256,
            Self::Runtime(entry) => entry.sha256,
        }
    }

    /// The id of the package that it comes from.
    pub fn package(&self) -> &'a str {
        match self {
            Self::Model(entry) => &entry.package,
            Self::Runtime(entry) => &entry.package,
        }
    }

    /// The licence and who granted it.
    pub fn licence(&self) -> &'a str {
        match self {
            Self::Model(entry) => &entry.licence,
            Self::Runtime(entry) => &entry.licence,
        }
    }

    /// The files of the package that it is made from.
    pub fn sources(&self) -> &'a [SourceFile] {
        match self {
            Self::Model(entry) => &entry.sources,
            Self::Runtime(entry) => &entry.sources,
        }
    }

    /// Makes the file from its `sources`.
    pub(super) fn make(&self, mut sources: Vec<Vec<u8>>) -> Result<Vec<u8>, ConvertError> {
        match self {
            Self::Model(entry) => convert(entry, &sources),
            Self::Runtime(_) => {
                let given = sources.len();
                sources.pop().ok_or(ConvertError::Sources { expected: 1, given })
            }
        }
    }
}

/// How one file of the models folder is.
#[derive(Debug)]
pub enum State {
    /// The file that the manifest pins.
    Right,
    /// Not there.
    Missing,
    /// Another file, with this SHA-256.
    Wrong(Digest),
    /// There, but it cannot be read.
    Unreadable(io::Error),
}

/// The files that a models folder holds on this platform, in the manifest's
/// order, the runtime last. A manifest without a runtime for this platform
/// gives models only.
pub fn items(manifest: &Manifest) -> Vec<Item<'_>> {
    let runtime = Platform::current().and_then(|platform| manifest.runtime(platform));
    let models = manifest.models().iter().map(Item::Model);
    models.chain(runtime.map(Item::Runtime)).collect()
}

/// How each file of the models folder `dir` is, by reading all of it.
pub fn inspect<'a>(manifest: &'a Manifest, dir: &Path) -> Vec<(Item<'a>, State)> {
    items(manifest).into_iter().map(|item| (item, state(&item, dir))).collect()
}

pub(super) fn state(item: &Item, dir: &Path) -> State {
    match File::open(dir.join(item.file())).and_then(Digest::of_reader) {
        Ok(digest) if digest == item.sha256() => State::Right,
        Ok(digest) => State::Wrong(digest),
        Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
        Err(error) => State::Unreadable(error),
    }
}
