//! The registries' own clients, pip and npm: so the user's mirror, proxy and
//! credentials hold, and no registry's address is written here.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{InstallError, Progress};
use crate::Digest;
use crate::manifest::{Package, Registry};

/// How often the size of a download is looked at.
const POLL: Duration = Duration::from_millis(50);
/// How much of what a client said is passed on when it fails.
const TOLD: usize = 2000;

/// Gets a package's archive.
pub(super) trait Fetch {
    /// Puts the archive of `package` into `folder`, which is empty, and says
    /// where. Its digest has not been checked.
    fn fetch(
        &self,
        package: &Package,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError>;
}

/// pip and npm as found on the search path.
pub(super) struct Clients;

impl Fetch for Clients {
    fn fetch(
        &self,
        package: &Package,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError> {
        let run = match package.registry {
            Registry::Pypi => pip(package, folder)?,
            Registry::Npm => npm(package, folder)?,
        };
        progress.start(&format!("fetch {package} with {}", run.name), run.visible);
        let outcome = run.watch(package, folder, progress);
        progress.finish();
        outcome
    }
}

/// A client and how to start it.
struct Run {
    name: &'static str,
    command: Command,
    /// The archive's size when the growing file can be seen.
    visible: Option<u64>,
}

/// `pip download` into `folder`. The archive is pinned by its digest, so pip
/// itself refuses another before it looks inside.
fn pip(package: &Package, folder: &Path) -> Result<Run, InstallError> {
    let there = Command::new("python3").args(["-m", "pip", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Err(InstallError::NoClient {
            client: "Python 3 with pip",
            remedy: "apt-get install python3-pip",
        });
    }
    let list = folder.join("requirements.txt");
    let line = format!("{}=={} --hash=sha256:{}\n", package.name, package.version, package.sha256);
    let scratch = folder.join("pip");
    fs::write(&list, line).and_then(|()| fs::create_dir(&scratch)).map_err(|source| {
        InstallError::Io { action: "preparing a download in", path: folder.to_owned(), source }
    })?;
    let mut command = Command::new("python3");
    command.args(["-m", "pip", "download", "--no-deps", "--require-hashes"]);
    command.args(["--disable-pip-version-check", "--no-input", "--progress-bar=off"]);
    command.arg("--dest").arg(folder).arg("--requirement").arg(&list);
    if let Some(tags) = package.archive.strip_suffix(".whl") {
        // Whatever Python the user has, it is this one wheel.
        command.args(["--only-binary=:all:", "--ignore-requires-python"]);
        if let [platform, _, python, _] = tags.rsplitn(4, '-').collect::<Vec<_>>()[..]
            && let Some(version) = python.strip_prefix("cp")
        {
            command.args(["--python-version", version, "--platform", platform]);
        }
    } else {
        command.args(["--no-binary", &package.name]);
    }
    // pip downloads into its scratch folder: there the file is seen growing.
    command.env("TMPDIR", &scratch);
    Ok(Run { name: "pip", command, visible: Some(package.bytes) })
}

/// `npm pack` into `folder`.
fn npm(package: &Package, folder: &Path) -> Result<Run, InstallError> {
    let there = Command::new("npm").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Err(InstallError::NoClient {
            client: "Node with npm",
            remedy: "apt-get install npm",
        });
    }
    let mut command = Command::new("npm");
    command.args(["pack", "--ignore-scripts"]);
    command.arg(format!("{}@{}", package.name, package.version));
    command.current_dir(folder);
    Ok(Run { name: "npm", command, visible: None })
}

impl Run {
    /// Runs the client until the archive is there, and says where.
    fn watch(
        mut self,
        package: &Package,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError> {
        let at = |action, path: &Path| {
            let path = path.to_owned();
            move |source| InstallError::Io { action, path, source }
        };
        let log = folder.join("client.log");
        let errors = File::create(&log).map_err(at("creating", &log))?;
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors);
        let mut child = self.command.spawn().map_err(at("starting the client in", folder))?;
        let archive = folder.join(&package.archive);
        let status = loop {
            if let Some(status) =
                child.try_wait().map_err(at("waiting for the client in", folder))?
            {
                break status;
            }
            let seen = growing(folder, &package.archive);
            if let Some((path, size)) = &seen {
                progress.advance((*size).min(package.bytes));
                if *size == package.bytes && is_whole(package, path) {
                    return stop(child, path, &archive).map_err(at("keeping", &archive));
                }
            }
            thread::sleep(POLL);
        };
        if status.success() && archive.is_file() {
            return Ok(archive);
        }
        let said = fs::read(&log).unwrap_or_default();
        let said = String::from_utf8_lossy(&said[said.len().saturating_sub(TOLD)..]).into_owned();
        Err(InstallError::Fetch { package: package.to_string(), client: self.name, said })
    }
}

/// The file that pip is downloading: it lies one folder down in the scratch
/// folder under its final name. With its size so far.
fn growing(folder: &Path, archive: &str) -> Option<(PathBuf, u64)> {
    let unpacking = fs::read_dir(folder.join("pip")).ok()?.flatten();
    unpacking
        .map(|entry| entry.path().join(archive))
        .find_map(|path| fs::metadata(&path).ok().map(|file| (path, file.len())))
}

fn is_whole(package: &Package, path: &Path) -> bool {
    File::open(path).and_then(Digest::of_reader).is_ok_and(|digest| digest == package.sha256)
}

/// Keeps the archive and ends pip, which would go on to fetch the tools to
/// build a source distribution and run its set-up script, only to learn its
/// metadata.
fn stop(mut child: Child, seen: &Path, archive: &Path) -> io::Result<PathBuf> {
    if !archive.exists() {
        fs::hard_link(seen, archive)?;
    }
    child.kill()?;
    child.wait()?;
    Ok(archive.to_owned())
}
