//! The registries' own clients, pip and npm: so the user's mirror, proxy and
//! credentials hold, and no registry's address is written here.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{InstallError, Progress, shipped};
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

/// The clients' programs, each with the arguments that come first.
pub(super) struct Clients {
    python: Vec<String>,
    npm: Vec<String>,
}

impl Clients {
    /// Python and npm as found on the search path.
    pub(super) fn on_path() -> Self {
        Self { python: vec!["python3".to_owned()], npm: vec!["npm".to_owned()] }
    }
}

impl Fetch for Clients {
    fn fetch(
        &self,
        package: &Package,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError> {
        let run = match package.registry {
            Registry::Pypi => pip(&self.python, package, folder)?,
            Registry::Npm => npm(&self.npm, package, folder)?,
            Registry::Shipped => return unpack(package, folder),
            Registry::Operator => {
                return Err(InstallError::NotPlaced { file: package.archive.clone() });
            }
        };
        progress.start(&format!("fetch {package} with {}", run.name), run.visible);
        let outcome = run.watch(package, folder, progress);
        progress.finish();
        outcome
    }
}

fn command(program: &[String]) -> Command {
    let (program, first) = program.split_first().expect("a client has a program");
    let mut command = Command::new(program);
    command.args(first);
    command
}

/// Writes what was compiled in into `folder`.
fn unpack(package: &Package, folder: &Path) -> Result<PathBuf, InstallError> {
    let bytes = shipped::file(&package.archive).ok_or_else(|| InstallError::Fetch {
        package: package.to_string(),
        client: "this program",
        said: format!("no file {} comes with it", package.archive),
    })?;
    let path = folder.join(&package.archive);
    fs::write(&path, bytes).map_err(InstallError::io("writing", &path))?;
    Ok(path)
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
fn pip(python: &[String], package: &Package, folder: &Path) -> Result<Run, InstallError> {
    let there = command(python).args(["-m", "pip", "--version"]).output();
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
    let mut command = command(python);
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
fn npm(npm: &[String], package: &Package, folder: &Path) -> Result<Run, InstallError> {
    let there = command(npm).arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Err(InstallError::NoClient {
            client: "Node with npm",
            remedy: "apt-get install npm",
        });
    }
    let mut command = command(npm);
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

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHIVE: &str = "the archive";

    fn package(registry: Registry, archive: &str) -> Package {
        Package {
            id: "p".to_owned(),
            registry,
            name: "p".to_owned(),
            version: "1".to_owned(),
            archive: archive.to_owned(),
            bytes: ARCHIVE.len() as u64,
            sha256: Digest::of(ARCHIVE.as_bytes()),
        }
    }

    /// Fetches `package` with a shell script in the place of both clients; it
    /// finds what it was asked in `$*`.
    fn fetch(package: &Package, script: &str) -> Result<String, InstallError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("client.sh");
        fs::write(&path, format!("case \"$*\" in *--version) exit 0;; esac\n{script}")).unwrap();
        let program = vec!["sh".to_owned(), path.to_str().unwrap().to_owned()];
        let clients = Clients { python: program.clone(), npm: program };
        let folder = dir.path().join("download");
        fs::create_dir(&folder).unwrap();
        let archive = clients.fetch(package, &folder, &())?;
        Ok(fs::read_to_string(archive).unwrap())
    }

    #[test]
    fn pip_is_asked_for_the_one_wheel() {
        let wheel = "p-1-cp311-cp311-manylinux_2_28_x86_64.whl";
        // The archive is where --dest says: the argument after it.
        let script = r#"
            case "$*" in
                "-m pip download --no-deps --require-hashes "*) ;;
                *) echo "asked: $*" >&2; exit 1 ;;
            esac
            case "$*" in
                *" --python-version 311 --platform manylinux_2_28_x86_64") ;;
                *) echo "asked: $*" >&2; exit 1 ;;
            esac
            while [ "$1" != --dest ]; do shift; done
            grep -q '^p==1 --hash=sha256:' "$4" || exit 1
            printf 'the archive' > "$2/p-1-cp311-cp311-manylinux_2_28_x86_64.whl"
        "#;
        assert_eq!(fetch(&package(Registry::Pypi, wheel), script).unwrap(), ARCHIVE);
    }

    #[test]
    fn pip_is_ended_when_the_archive_is_whole() {
        let script = r#"
            mkdir "$TMPDIR/unpack"
            printf 'the archive' > "$TMPDIR/unpack/p-1.tar.gz"
            exec tail -f /dev/null
        "#;
        assert_eq!(fetch(&package(Registry::Pypi, "p-1.tar.gz"), script).unwrap(), ARCHIVE);
    }

    #[test]
    fn npm_packs_into_the_folder() {
        let script = r#"
            [ "$*" = "pack --ignore-scripts p@1" ] || exit 1
            printf 'the archive' > p-1.tgz
        "#;
        assert_eq!(fetch(&package(Registry::Npm, "p-1.tgz"), script).unwrap(), ARCHIVE);
    }

    #[test]
    fn own_models_come_from_the_program_itself() {
        let shipped = crate::Manifest::shipped();
        let own = shipped.packages().iter().filter(|own| own.registry == Registry::Shipped);
        let (none, dir) = (Vec::new(), tempfile::tempdir().unwrap());
        let clients = Clients { python: none.clone(), npm: none };
        for package in own {
            let archive = clients.fetch(package, dir.path(), &()).unwrap();
            let bytes = fs::read(archive).unwrap();
            assert_eq!((Digest::of(&bytes), bytes.len() as u64), (package.sha256, package.bytes));
        }
        let unknown = package(Registry::Shipped, "nothing.onnx");
        let error = clients.fetch(&unknown, dir.path(), &()).unwrap_err();
        assert!(error.to_string().contains("nothing.onnx"), "{error}");
    }

    #[test]
    fn failure_tells_what_the_client_said() {
        for registry in [Registry::Pypi, Registry::Npm] {
            let package = package(registry, "p-1.tgz");
            let error = fetch(&package, "echo 'no route to host' >&2; exit 1").unwrap_err();
            assert!(error.to_string().contains("no route to host"), "{error}");
            assert!(error.to_string().contains("p 1"), "{error}");
            assert!(fetch(&package, "exit 0").is_err(), "nothing was fetched");
        }
    }

    #[test]
    fn missing_client_is_named_with_its_remedy() {
        let none = || vec!["no-such-program-here".to_owned()];
        let clients = Clients { python: none(), npm: none() };
        let dir = tempfile::tempdir().unwrap();
        for (registry, remedy) in [(Registry::Pypi, "python3-pip"), (Registry::Npm, "npm")] {
            let error = clients.fetch(&package(registry, "p"), dir.path(), &()).unwrap_err();
            assert!(error.to_string().contains(remedy), "{error}");
        }
    }
}
