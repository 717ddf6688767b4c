//! Fetching the portraits through pip and npm, so that a user's own mirror and
//! proxy settings hold, and checking what came.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// The wheel with NASA's public-domain portrait of Eileen Collins. Any platform's
/// wheel has the same picture, so one is named and the local Python does not matter.
const WHEEL: &str = "scikit-image==0.25.2";
const WHEEL_ENTRY: &str = "skimage/data/astronaut.png";
const WHEEL_SHA256: &str = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5";

/// The package (MIT) with a sample face as base64 text in one of its sources.
const NPM: &str = "@vladmandic/human@3.3.6";
const NPM_ENTRY: &str = "package/src/sample.ts";
const NPM_SHA256: &str = "502ce26abcf6c6d418722b2eeb5a0ff9f0b7b104fa937ceab0a415ed19f0a5c8";

/// Larger than either entry; a package that claims more is not the one pinned.
const LARGEST_ENTRY: u64 = 16 << 20;

/// Packages that are already on this machine; the others are fetched.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    /// A wheel of scikit-image.
    pub wheel: Option<PathBuf>,
    /// The tarball of `@vladmandic/human`.
    pub npm: Option<PathBuf>,
}

/// Why the portraits could not be installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The client is not there at all.
    #[error("cannot run `{program}` to fetch {package}; install it and try again")]
    NoClient {
        /// `python3` or `npm`.
        program: &'static str,
        /// What was to be fetched.
        package: &'static str,
        /// Why it did not start.
        source: io::Error,
    },
    /// The client ran and failed.
    #[error(
        "`{program}` could not fetch {package}; check the network, the mirror or the proxy: {message}"
    )]
    Fetch {
        /// `python3` or `npm`.
        program: &'static str,
        /// What was to be fetched.
        package: &'static str,
        /// The last line that the client said.
        message: String,
    },
    /// The package has not what it should have.
    #[error("the package {} has no usable {entry}; delete it and fetch it again", path.display())]
    Package {
        /// The package file.
        path: PathBuf,
        /// The file looked for inside.
        entry: &'static str,
    },
    /// The picture is another than the one pinned.
    #[error("{file} has SHA-256 {found} and not the pinned {expected}; it is not used")]
    Digest {
        /// The picture.
        file: &'static str,
        /// What is pinned.
        expected: &'static str,
        /// What came.
        found: String,
    },
    /// Reading or writing on this machine failed.
    #[error("cannot write the portraits to {}; check the folder's permissions and space", path.display())]
    Files {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Fetches both portraits into `folder` (made when missing) with pip and npm.
///
/// # Errors
///
/// [`InstallError`]; nothing half-written stays in `folder`.
pub fn install(folder: &Path) -> Result<(), InstallError> {
    install_from(folder, &Packages::default())
}

/// As [`install`], but takes the packages that are already here from `packages`.
///
/// # Errors
///
/// As for [`install`].
pub fn install_from(folder: &Path, packages: &Packages) -> Result<(), InstallError> {
    let files = |path: &Path| {
        let path = path.to_owned();
        move |source| InstallError::Files { path, source }
    };
    fs::create_dir_all(folder).map_err(files(folder))?;
    let temporary = tempfile::tempdir().map_err(files(&std::env::temp_dir()))?;
    let wheel = match &packages.wheel {
        Some(path) => path.clone(),
        None => fetch_wheel(temporary.path())?,
    };
    let npm = match &packages.npm {
        Some(path) => path.clone(),
        None => fetch_npm(temporary.path())?,
    };
    let astronaut = from_wheel(&wheel)?;
    let sample = from_npm(&npm)?;
    for (file, bytes, expected) in
        [("astronaut.png", astronaut, WHEEL_SHA256), ("sample.jpg", sample, NPM_SHA256)]
    {
        check(file, &bytes, expected)?;
        // Written beside and renamed: a portrait is there whole or not at all.
        let (path, part) = (folder.join(file), folder.join(format!("{file}.part")));
        fs::write(&part, bytes).map_err(files(&part))?;
        fs::rename(&part, &path).map_err(files(&path))?;
    }
    Ok(())
}

fn fetch_wheel(into: &Path) -> Result<PathBuf, InstallError> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"])
        .args(["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"])
        .args(["--platform", "manylinux_2_17_x86_64", "--dest"])
        .arg(into)
        .arg(WHEEL);
    fetch(pip, ("python3", WHEEL), into, "whl")
}

fn fetch_npm(into: &Path) -> Result<PathBuf, InstallError> {
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(into).arg(NPM);
    fetch(npm, ("npm", NPM), into, "tgz")
}

/// Runs `client` and gives the file with `ending` that it left in `into`.
fn fetch(
    mut client: Command,
    (program, package): (&'static str, &'static str),
    into: &Path,
    ending: &str,
) -> Result<PathBuf, InstallError> {
    let output =
        client.output().map_err(|source| InstallError::NoClient { program, package, source })?;
    let failed =
        |message: &str| InstallError::Fetch { program, package, message: message.to_owned() };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        return Err(failed(last));
    }
    let entries = fs::read_dir(into)
        .map_err(|source| InstallError::Files { path: into.to_owned(), source })?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|found| found == ending))
        .ok_or_else(|| failed("it left no file"))
}

fn from_wheel(path: &Path) -> Result<Vec<u8>, InstallError> {
    let bad = || InstallError::Package { path: path.to_owned(), entry: WHEEL_ENTRY };
    let file = File::open(path).map_err(|_| bad())?;
    let mut archive = zip::ZipArchive::new(file).map_err(|_| bad())?;
    let entry = archive.by_name(WHEEL_ENTRY).map_err(|_| bad())?;
    bounded(entry).ok_or_else(bad)
}

fn from_npm(path: &Path) -> Result<Vec<u8>, InstallError> {
    let bad = || InstallError::Package { path: path.to_owned(), entry: NPM_ENTRY };
    let file = File::open(path).map_err(|_| bad())?;
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let entries = archive.entries().map_err(|_| bad())?;
    for entry in entries {
        let entry = entry.map_err(|_| bad())?;
        if entry.path().is_ok_and(|path| path == Path::new(NPM_ENTRY)) {
            let text =
                bounded(entry).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(bad)?;
            return first_base64(&text).ok_or_else(bad);
        }
    }
    Err(bad())
}

/// All of `reader`, or `None` when it fails or is larger than any entry should be.
fn bounded(reader: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_ENTRY + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST_ENTRY).then_some(bytes)
}

/// The bytes of the first template string in `source`: base64 over several lines.
fn first_base64(source: &str) -> Option<Vec<u8>> {
    let text = source.split('`').nth(1)?;
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut pending, mut bits) = (0_u32, 0);
    for character in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        pending = (pending << 6 | u32::from(value)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits) as u8);
        }
    }
    Some(bytes)
}

fn check(file: &'static str, bytes: &[u8], expected: &'static str) -> Result<(), InstallError> {
    let found =
        Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    if found == expected { Ok(()) } else { Err(InstallError::Digest { file, expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_over_several_lines_is_decoded() {
        let source = "export const face = `\nSGVsbG8s\nIHdvcmxkIQ==\n`;\n";
        assert_eq!(first_base64(source).unwrap(), b"Hello, world!");
        assert_eq!(first_base64("`no*base64`"), None);
        assert_eq!(first_base64("nothing"), None);
    }

    #[test]
    fn a_package_without_the_picture_is_named_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let fake = folder.path().join("fake.whl");
        fs::write(&fake, b"not a wheel").unwrap();
        let packages = Packages { wheel: Some(fake.clone()), npm: Some(fake) };
        let target = folder.path().join("portraits");
        let error = install_from(&target, &packages).unwrap_err();
        assert!(matches!(error, InstallError::Package { entry: WHEEL_ENTRY, .. }), "{error}");
        assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
    }
}
