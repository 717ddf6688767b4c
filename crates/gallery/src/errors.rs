//! What can go wrong with a gallery's files and with what it is given.

use std::io;
use std::path::{Path, PathBuf};

use crate::vector::VectorError;

/// A file of a gallery could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{attempt} {}", path.display())]
pub struct FileError {
    attempt: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// Names what was attempted on `path`, for `map_err`.
    pub(crate) fn on(attempt: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { attempt, path, source }
    }
}

/// A gallery could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The layout makes no sense.
    #[error("a gallery has vectors of 1 to 65,536 values and 1 to 16,777,216 people a shard")]
    Layout,
    /// The folder holds a gallery already.
    #[error("{} holds a gallery already", .0.display())]
    Exists(PathBuf),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A gallery could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is none, or its first bytes are not those of one.
    #[error("{} is no shard of a gallery of this version", .0.display())]
    NotAGallery(PathBuf),
    /// The key is another one than at creation, or the head of the file is damaged.
    #[error("{} was sealed with another key, or its head is damaged", .0.display())]
    OtherKey(PathBuf),
    /// The shard belongs to another gallery, or elsewhere in this one.
    #[error("{} belongs to another gallery or to another place in this one", .0.display())]
    Misplaced(PathBuf),
    /// Another program, or this one, holds the gallery open.
    #[error("{} is in use", .0.display())]
    InUse(PathBuf),
    /// A file could not be read or mended.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A person could not be enrolled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrollError {
    /// The vector does not fit.
    #[error(transparent)]
    Vector(#[from] VectorError),
    /// This person is in the gallery; remove them first to put another vector.
    #[error("person {0} is in the gallery already")]
    AlreadyEnrolled(u64),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A search could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The vector does not fit.
    #[error(transparent)]
    Vector(#[from] VectorError),
    /// A file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}
