//! The container files, as far as they can be held to anything where no container runs: what
//! they copy is there and is all that the program is made of, and what the services name is
//! defined. What they set is held to the settings by a test of the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

use crate::command;
use crate::python::Python;
use crate::set_up::bonafide;

const CONTAINERFILE: &str = "deploy/Containerfile";
const COMPOSE: &str = "deploy/compose.yaml";
/// Our own image.
const IMAGE: &str = "bonafide";

/// Checks both files.
///
/// # Errors
/// Names what is missing, or not as it should be.
pub fn run() -> Result<()> {
    let text = fs::read_to_string(CONTAINERFILE).context("reading the Containerfile")?;
    containerfile(&text)?;
    let python = Python::installed()?;
    let mut json = python.program("python");
    let program =
        "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
    let text = command::output(json.args(["-c", program, COMPOSE]))?;
    compose(&serde_json::from_str(&text).context("the compose file as JSON")?)?;
    println!("The container files name what there is. No container was run.");
    Ok(())
}

/// What a Containerfile copies from the checkout.
fn copied(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("COPY "));
    let ours = lines.filter(|line| !line.starts_with("--from"));
    let sources = ours.filter_map(|line| line.rsplit_once(' ')).map(|(sources, _)| sources);
    sources.flat_map(str::split_whitespace).collect()
}

/// Everything that the program is made of has to be copied, and be no part of what is ignored.
fn containerfile(text: &str) -> Result<()> {
    let sources = copied(text);
    let ignored = fs::read_to_string(".dockerignore").context("reading what is ignored")?;
    for source in &sources {
        ensure!(Path::new(source).exists(), "{CONTAINERFILE} copies {source}, which is not there");
        ensure!(!ignored.lines().any(|line| line == *source), "{source} is copied and ignored");
    }
    for path in made_of()? {
        let there = sources.iter().any(|source| path.starts_with(source));
        ensure!(there, "{CONTAINERFILE} does not copy {}", path.display());
    }
    let minimum = fs::read_to_string("Cargo.toml")?;
    let minimum = minimum.lines().find_map(|line| line.strip_prefix("rust-version = \""));
    let minimum = minimum.context("the workspace names its Rust")?.trim_end_matches('"');
    ensure!(text.contains(&format!("rust:{minimum}-")), "{CONTAINERFILE} has not Rust {minimum}");
    Ok(())
}

/// The manifests of the workspace, and every file that the built program was compiled from.
fn made_of() -> Result<Vec<PathBuf>> {
    let metadata = command::metadata()?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifests = packages.filter_map(|package| package["manifest_path"].as_str());
    let list = command::target_dir()?.join("debug/bonafide.d");
    let list = fs::read_to_string(list).context("reading what the program was compiled from")?;
    let files = list.split_once(": ").map_or("", |(_, files)| files).split_whitespace();
    let root = command::root().canonicalize()?;
    let inside = |path| Path::new(path).strip_prefix(&root).ok().map(Path::to_owned);
    Ok(manifests.chain(files).filter_map(inside).filter(|path| path.exists()).collect())
}

fn compose(file: &Value) -> Result<()> {
    let services = object(file, "services")?;
    for (name, service) in services {
        for secret in texts(&service["secrets"]) {
            ensure!(file["secrets"][secret].is_object(), "{name}: no secret {secret}");
        }
        for volume in texts(&service["volumes"]) {
            let volume = volume.split(':').next().unwrap_or_default();
            ensure!(object(file, "volumes")?.contains_key(volume), "{name}: no volume {volume}");
        }
        for needed in names(&service["depends_on"]) {
            ensure!(services.contains_key(needed), "{name}: no service {needed}");
        }
        if let Some(variables) = service["env_file"].as_str() {
            let there = Path::new("deploy").join(variables).exists();
            ensure!(there, "{name}: there is no {variables}");
        }
        let image = service["image"].as_str().unwrap_or_default();
        if image == IMAGE {
            ours(name, service)?;
        } else {
            ensure!(image.contains(':'), "{name}: {image:?} is of no version");
        }
    }
    Ok(())
}

/// Our own services ask for a command that there is, and for no rights.
fn ours(name: &str, service: &Value) -> Result<()> {
    let asked = service["command"][0].as_str().unwrap_or_default();
    let mut help = Command::new(bonafide()?.get_program());
    ensure!(
        command::succeeds(help.args(["help", asked])),
        "{name}: there is no `bonafide {asked}`"
    );
    ensure!(service["read_only"] == true, "{name}: its root can be written to");
    let decides = ["serve", "worker"].contains(&asked);
    let room = texts(&service["tmpfs"]).any(|place| place.starts_with("/tmp:size="));
    ensure!(room || !decides, "{name}: it has no /tmp of a size for the gallery of faces");
    ensure!(service["cap_drop"][0] == "ALL", "{name}: it has capabilities");
    Ok(())
}

fn object<'v>(value: &'v Value, key: &str) -> Result<&'v Map<String, Value>> {
    value[key].as_object().with_context(|| format!("{COMPOSE} has no {key}"))
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// What a list or an object names.
fn names(value: &Value) -> Vec<&str> {
    let keys = value.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    keys.chain(texts(value)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_comes_from_the_checkout_counts_as_copied() {
        let text = "COPY Cargo.toml Cargo.lock ./\nCOPY crates crates\nCOPY --from=build /a /b\n";
        assert_eq!(copied(text), ["Cargo.toml", "Cargo.lock", "crates"]);
    }

    #[test]
    fn what_a_service_names_has_to_be_defined() {
        let with = |service: Value| json!({ "services": { "one": service }, "volumes": {} });
        let cases = [
            (json!({ "image": "a:1" }), ""),
            (json!({ "image": "a" }), "no version"),
            (json!({ "image": "a:1", "secrets": ["key"] }), "no secret key"),
            (json!({ "image": "a:1", "volumes": ["data:/data"] }), "no volume data"),
            (json!({ "image": "a:1", "depends_on": ["two"] }), "no service two"),
            (json!({ "image": "a:1", "env_file": "nowhere.env" }), "no nowhere.env"),
        ];
        for (service, expected) in cases {
            let found =
                compose(&with(service)).map_or_else(|error| error.to_string(), |()| String::new());
            assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{found}");
        }
    }
}
