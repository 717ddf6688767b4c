//! The clients of the interface, generated from its description: what is committed has to be
//! what the description makes, and their examples have to work.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command;
use crate::python::Python;
use crate::set_up::bonafide;

const TYPESCRIPT: &str = "clients/typescript";
const PYTHON: &str = "clients/python";

/// What is generated: where it is made below `target/clients`, and where it is committed.
const GENERATED: [(&str, &str); 2] =
    [("typescript", "clients/typescript/src/schema"), ("python", "clients/python/bonafide_client")];

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Runs `cargo xtask clients`: generates the clients anew.
///
/// # Errors
/// When a generator says so.
pub fn generate() -> Result<()> {
    let made = make(&Python::installed()?)?;
    for (name, committed) in GENERATED {
        fs::remove_dir_all(committed).or_else(missing)?;
        for (path, bytes) in files(&made.join(name))? {
            let path = Path::new(committed).join(path);
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(path, bytes)?;
        }
        println!("{committed} is what the interface is now.");
    }
    Ok(())
}

/// Compares what is committed with what the description makes, and runs the examples against a
/// sandbox of the built program.
///
/// # Errors
/// When a client is of another interface, or an example does not work.
pub fn check() -> Result<()> {
    let python = Python::installed()?;
    let made = make(&python)?;
    for (name, committed) in GENERATED {
        let (is, should) = (files(Path::new(committed))?, files(&made.join(name))?);
        let all = is.keys().chain(should.keys());
        if let Some(path) = all.into_iter().find(|path| is.get(*path) != should.get(*path)) {
            bail!(
                "{committed} is of another interface ({} differs): run `cargo xtask clients` and \
                 commit what it writes",
                path.display()
            );
        }
    }
    examples(&python)
}

/// Generates below `target/clients`, which it returns.
fn make(python: &Python) -> Result<PathBuf> {
    install_typescript()?;
    let made = command::target_dir()?.join("clients");
    fs::remove_dir_all(&made).or_else(missing)?;
    fs::create_dir_all(&made)?;
    let description = made.join("openapi.json");
    fs::write(&description, command::output(bonafide()?.arg("openapi"))?)?;

    let mut types =
        Command::new(Path::new(TYPESCRIPT).join("node_modules/.bin/openapi-typescript"));
    types.arg(&description).arg("--output").arg(made.join("typescript/index.ts"));
    command::output(&mut types)?;

    let package = made.join("python");
    let mut classes = python.program("openapi-python-client");
    classes.args(["generate", "--fail-on-warning", "--meta", "none", "--path"]).arg(&description);
    classes.args(["--config", "clients/python/generator.yaml", "--output-path"]).arg(&package);
    command::output(&mut classes)?;
    // It formats what it wrote, and forgets to say that there are types.
    fs::remove_dir_all(package.join(".ruff_cache")).or_else(missing)?;
    fs::write(package.join("py.typed"), "")?;
    Ok(made)
}

/// What the lock file lists, installed the first time and whenever the list changes.
fn install_typescript() -> Result<()> {
    let list = Path::new(TYPESCRIPT).join("package-lock.json");
    let wanted = fs::read(&list).context("reading the packages of the client")?;
    let made = Path::new(TYPESCRIPT).join("node_modules/.installed.json");
    if fs::read(&made).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    command::run(npm.args(["ci", "--ignore-scripts", "--silent"]).current_dir(TYPESCRIPT))?;
    fs::write(&made, wanted).context("noting what was installed")
}

/// A sandbox of the built program, with a key.
struct Sandbox {
    process: Child,
    url: String,
    key: String,
}

impl Sandbox {
    fn start(data: &Path) -> Result<Self> {
        fs::remove_dir_all(data).or_else(missing)?;
        command::output(bonafide()?.arg("init").arg(data).args(["--kind", "sandbox"]))?;
        let mut key = bonafide()?;
        key.arg("key").arg("--data").arg(data);
        let key = command::output(key.args(["--name", "examples", "--scope", "accounts"]))?;
        let mut serve = bonafide()?;
        serve.arg("serve").arg("--data").arg(data).env("BONAFIDE_SERVER_LISTEN", "127.0.0.1:0");
        let mut process = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("it is piped")?).read_line(&mut line)?;
        let url = line.trim().trim_start_matches("sandbox on ").to_owned();
        Ok(Self { process, url, key: key.trim().to_owned() })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Its folder is made anew the next time.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn examples(python: &Python) -> Result<()> {
    let folder = command::target_dir()?.join("clients");
    let mut specimen = bonafide()?;
    specimen.args(["specimen", "make", "passport", "--seed", "4", "--out"]);
    command::output(specimen.arg(folder.join("specimen")))?;
    let front = folder.join("specimen/front.jpg");
    let sandbox = Sandbox::start(&folder.join("data"))?;

    let compiler = Path::new(TYPESCRIPT).join("node_modules/.bin/tsc");
    command::run(Command::new(compiler).args(["--project", TYPESCRIPT]))?;
    let mut typescript = Command::new("node");
    typescript.arg(Path::new(TYPESCRIPT).join("dist/example.js"));
    works(&mut typescript, &front, &sandbox)?;

    let mut install = python.program("pip");
    install.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    install.args(["--no-build-isolation", "--force-reinstall"]);
    command::run(install.arg(format!("./{PYTHON}")))?;
    let mut example = python.program("python");
    example.arg(Path::new(PYTHON).join("example.py"));
    works(&mut example, &front, &sandbox)
}

/// Runs an example: nothing may be wrong with the picture, and it tells what is next.
fn works(example: &mut Command, front: &Path, sandbox: &Sandbox) -> Result<()> {
    example.arg(front).env("BONAFIDE_URL", &sandbox.url).env("BONAFIDE_KEY", &sandbox.key);
    let said = command::output(example)?;
    ensure!(said.starts_with("[]\n") && said.contains("not verified yet"), "it said: {said}");
    Ok(())
}

/// Every file of a folder by its path in it.
fn files(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).with_context(|| format!("reading {}", at.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.extend((!path.ends_with("__pycache__")).then_some(path));
            } else {
                let bytes = fs::read(&path)?;
                files.insert(path.strip_prefix(folder)?.to_owned(), bytes);
            }
        }
    }
    Ok(files)
}

/// It is all the same whether a folder that goes was there.
fn missing(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
