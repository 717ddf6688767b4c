//! The configuration of a server: the default file, which is also its documentation, then the
//! operator's file, then the environment, a secret by way of a file.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Deserializer};
use toml::{Table, Value};

use crate::environment;
use crate::exit::{Exit, Refused};

const DEFAULT: &str = include_str!("configuration.toml");

/// The configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The server.
    pub server: Server,
    /// How often each may ask.
    pub limits: Limits,
    /// The applicant's pages.
    pub pages: Pages,
    /// Web hooks.
    pub webhooks: Webhooks,
    /// Metrics.
    pub metrics: Metrics,
    /// Traces.
    pub traces: Traces,
    /// The database.
    pub database: Database,
    /// The policy.
    pub policy: Policy,
    /// The vault.
    pub vault: Vault,
    /// The audit log.
    pub audit: Audit,
    /// How long what was done is kept.
    pub keep: Keep,
}

/// `[server]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Where to listen.
    pub listen: String,
    /// Workers in this process.
    pub workers: Workers,
    /// Networks of proxies that are believed.
    pub trusted_proxies: Vec<String>,
}

/// More have to be asked for: each takes memory for the pictures of a case (two took 662 MiB,
/// docs/speed.md) and a connection to the database, of which PostgreSQL gives sixteen. A guess by these
/// two; no machine of more than two cores was measured.
const MOST_OF_CORES: usize = 8;

/// How many workers a process has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workers {
    /// One for each core, up to [`MOST_OF_CORES`].
    Cores,
    /// So many.
    Many(usize),
}

impl Workers {
    /// How many that is here.
    pub fn here(self) -> usize {
        match self {
            Self::Cores => {
                let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
                cores.min(MOST_OF_CORES)
            }
            Self::Many(many) => many,
        }
    }
}

impl<'de> Deserialize<'de> for Workers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(usize),
            Text(String),
        }
        let wrong = || serde::de::Error::custom("server.workers is \"cores\" or a whole number");
        match Written::deserialize(deserializer).map_err(|_| wrong())? {
            Written::Number(many) => Ok(Self::Many(many)),
            Written::Text(text) if text == "cores" => Ok(Self::Cores),
            Written::Text(text) => text.parse().map(Self::Many).map_err(|_| wrong()),
        }
    }
}

/// `[limits]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Requests a minute of a key.
    pub key_per_minute: u32,
    /// Requests at once of a key.
    pub key_burst: u32,
    /// Requests a minute of an applicant.
    pub applicant_per_minute: u32,
    /// Requests at once of an applicant.
    pub applicant_burst: u32,
    /// Failures a minute of an address.
    pub failures_per_minute: u32,
    /// Failures at once of an address.
    pub failures_burst: u32,
}

/// `[pages]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The operator's name.
    pub operator: String,
    /// `#rrggbb`.
    pub colour: String,
    /// The file of the logo, or nothing.
    pub logo: PathBuf,
    /// Sites that may show the pages in a frame.
    pub framed_by: Vec<String>,
}

/// `[webhooks]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// Networks that are no part of the public internet and are posted to.
    pub allowed_networks: Vec<String>,
    /// Whether plain HTTP is posted to.
    pub allow_http: bool,
    /// The longest that an endpoint may take, seconds.
    pub timeout_seconds: u64,
    /// A file of authorities, or nothing for the system's.
    pub authorities: PathBuf,
}

/// `[metrics]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Where they are served, or nothing for nowhere.
    pub listen: String,
}

/// `[traces]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traces {
    /// The collector, or nothing for none.
    pub endpoint: String,
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The address, or nothing for a file in the data folder.
    pub url: String,
}

/// `[policy]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The file, or nothing for the one that is built in.
    pub file: PathBuf,
}

/// `[vault]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vault {
    /// Where the keys lie, or nothing for the data folder.
    pub keys: String,
    /// Where the objects lie, or nothing for the data folder.
    pub objects: String,
    /// The program, with its arguments, that prints the master key, or nothing for its file.
    pub master_key_command: Vec<String>,
}

/// `[audit]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// How often a root is signed, seconds.
    pub every_seconds: u64,
    /// The file that roots are appended to, or nothing for none.
    pub roots: PathBuf,
}

/// `[keep]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Hours in which an Idempotency-Key is remembered.
    pub idempotency_hours: u64,
    /// Days for which jobs that are done are kept.
    pub jobs_days: u64,
    /// Days for which events are kept, with their deliveries.
    pub events_days: u64,
}

impl Configuration {
    /// The default, changed by `file` where there is one, then by `environment`.
    ///
    /// # Errors
    /// [`Refused`] when a file cannot be read or a setting is unknown or of the wrong kind.
    pub fn load(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Refused> {
        let mut settings: Table = toml::from_str(DEFAULT).expect("a test parses the default");
        if let Some(file) = file {
            let refuse = |why: String| Refused(format!("{}: {why}", file.display()));
            let text = std::fs::read_to_string(file)
                .map_err(|error| refuse(format!("the configuration cannot be read ({error})")))?;
            let changes: Table =
                toml::from_str(&text).map_err(|error| refuse(error.message().to_owned()))?;
            merge(&mut settings, changes);
        }
        for (section, values) in &mut settings {
            let Value::Table(values) = values else { continue };
            for (name, value) in values {
                let variable = format!("BONAFIDE_{section}_{name}").to_uppercase();
                let Some(text) = environment::given(&environment, &variable)? else { continue };
                let wrong =
                    |what: &str| Refused(format!("{variable} must be {what}, not {text:?}"));
                *value = match value {
                    Value::Integer(_) => {
                        Value::Integer(text.parse().map_err(|_| wrong("a whole number"))?)
                    }
                    Value::Boolean(_) => {
                        Value::Boolean(text.parse().map_err(|_| wrong("true or false"))?)
                    }
                    Value::Array(_) => list(&text),
                    _ => Value::String(text),
                };
            }
        }
        Value::Table(settings).try_into().map_err(|error: toml::de::Error| {
            Refused(format!("the configuration: {}; see `bonafide config`", error.message()))
        })
    }
}

/// What stands between commas.
fn list(text: &str) -> Value {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
}

/// Puts every value of `changes` in place of the same of `settings`.
fn merge(settings: &mut Table, changes: Table) {
    for (name, value) in changes {
        match (settings.get_mut(&name), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            (_, value) => {
                settings.insert(name, value);
            }
        }
    }
}

/// Runs `bonafide config`.
///
/// # Errors
/// When the output cannot be written.
pub fn print() -> anyhow::Result<Exit> {
    use std::io::Write;
    std::io::stdout().write_all(DEFAULT.as_bytes()).context("writing the configuration")?;
    Ok(Exit::Approved)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn a_file_changes_the_default_and_the_environment_changes_both() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bonafide.toml");
        std::fs::write(&file, "[server]\nlisten = \"[::1]:1\"\nworkers = 3\n").unwrap();
        let environment = |name: &str| (name == "BONAFIDE_SERVER_WORKERS").then(|| "5".to_owned());
        let read = Configuration::load(Some(&file), environment).unwrap();
        assert_eq!((read.server.listen.as_str(), read.server.workers.here()), ("[::1]:1", 5));
        let environment = |name: &str| match name {
            "BONAFIDE_WEBHOOKS_ALLOW_HTTP" => Some("true".to_owned()),
            "BONAFIDE_WEBHOOKS_ALLOWED_NETWORKS" => Some("10.0.0.1/32, fd00::/8".to_owned()),
            _ => None,
        };
        let hooks = Configuration::load(None, environment).unwrap().webhooks;
        assert!(hooks.allow_http && hooks.allowed_networks == ["10.0.0.1/32", "fd00::/8"]);
        let default = Configuration::load(None, |_| None).unwrap();
        assert_eq!((default.server.workers, default.database.url.as_str()), (Workers::Cores, ""));
    }

    #[test]
    fn the_environment_of_the_containers_names_settings_that_there_are() {
        let text = include_str!("../../../deploy/bonafide.env");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pairs: BTreeMap<_, _> = lines.map(|line| line.split_once('=').unwrap()).collect();
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "postgres://bonafide@database/bonafide").unwrap();
        let asked = RefCell::new(BTreeSet::new());
        let environment = |name: &str| {
            asked.borrow_mut().insert(name.to_owned());
            let value = pairs.get(name)?;
            let secret = || secret.display().to_string();
            Some(if name.ends_with("_FILE") { secret() } else { (*value).to_owned() })
        };
        let read = Configuration::load(None, environment).unwrap();
        assert_eq!(read.database.url, "postgres://bonafide@database/bonafide");
        let ours = pairs.keys().filter(|name| name.starts_with("BONAFIDE_"));
        let unknown: Vec<_> = ours.filter(|name| !asked.borrow().contains(**name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(crate::settings::server(&read).is_ok());
    }

    #[test]
    fn a_slip_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bonafide.toml");
        for text in ["[server]\nlisen = \"x\"", "[sever]", "[server]\nworkers = \"two\"", "["] {
            std::fs::write(&file, text).unwrap();
            assert!(Configuration::load(Some(&file), |_| None).is_err(), "{text}");
        }
        let workers = |text: &'static str| {
            move |name: &str| (name == "BONAFIDE_SERVER_WORKERS").then(|| text.to_owned())
        };
        for (text, many) in [("2", Workers::Many(2)), ("cores", Workers::Cores)] {
            assert_eq!(Configuration::load(None, workers(text)).unwrap().server.workers, many);
        }
        assert!(Configuration::load(None, workers("many")).is_err());
        assert!(Configuration::load(Some(Path::new("nowhere.toml")), |_| None).is_err());
    }
}
