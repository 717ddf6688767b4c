//! Opening an installation: what its data folder says, its database, its vault, its engine.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::id::AccountId;
use domain::policy::{Policy, TierPolicy};
use serde::Deserialize;
use store::Store;
use vault::{LookupKeys, Place, SigningKey, Vault};
use workflow::{
    Engine, EngineError, Frame, Hint, Installation, Kind, Material, Metrics, Parts, ReaderEngine,
    Real, Sight, Unfit,
};
use zeroize::Zeroizing;

use crate::configuration::{self, Configuration};
use crate::exit::Refused;
use crate::init::{AUDIT_FILE, KIND_FILE, LOOKUP_FILE};
use crate::master_key;
use crate::settings;
use crate::{engine, environment};

/// Which installation.
#[derive(Debug, Args)]
pub struct InstallationArgs {
    /// The data folder, as `bonafide init` made it
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What differs from the default configuration (`bonafide config`)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    kind: String,
}

impl InstallationArgs {
    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The configuration.
    ///
    /// # Errors
    /// [`Refused`] when it is not right.
    pub fn configuration(&self) -> Result<Configuration, Refused> {
        Configuration::load(self.config.as_deref(), |name| std::env::var(name).ok())
    }

    /// Opens the installation for a command that looks at no picture: nothing is loaded.
    ///
    /// # Errors
    /// As [`InstallationArgs::open`].
    pub async fn without_engine(&self) -> anyhow::Result<Installation> {
        self.open(&self.configuration()?, Box::new(NoEngine), Metrics::default()).await
    }

    /// Opens the installation with `engine`, counting in `metrics`, and brings its database to
    /// this version.
    ///
    /// # Errors
    /// [`Refused`] when the folder, a key or the policy is not right; anything else is ours.
    pub async fn open(
        &self,
        configuration: &Configuration,
        engine: Box<dyn Engine>,
        metrics: Metrics,
    ) -> anyhow::Result<Installation> {
        let data = &self.data;
        let kind = kind(data)?;
        let url = match configuration.database.url.as_str() {
            "" => format!("sqlite://{}", data.join("bonafide.db").display()),
            url => url.to_owned(),
        };
        let vault = vault(data, &configuration.vault)?;
        let installation = Installation::new(Parts {
            kind,
            store: Store::open(&url).await?,
            vault,
            lookup: lookup(data)?,
            signing: signing(data)?,
            policy: policy(&configuration.policy.file, kind)?,
            engine,
            world: Box::new(Real),
            keep: settings::keep(&configuration.keep)?,
            outgoing: settings::outgoing(&configuration.webhooks)?,
            metrics,
        });
        installation.await.map_err(|error| match error {
            Unfit::Broken(error) => error.into(),
            error => Refused(error.to_string()).into(),
        })
    }
}

fn vault(data: &Path, named: &configuration::Vault) -> anyhow::Result<Vault> {
    if !named.keys.is_empty() && named.keys == named.objects {
        return Err(
            Refused("vault.keys and vault.objects must not be one place.".to_owned()).into()
        );
    }
    let environment = environment::with_secrets()?;
    let open = |named: &str, usual: &str| match named {
        "" => Place::folder(&data.join(usual)),
        address => Place::open(address, environment.clone()),
    };
    let (keys, objects) = (open(&named.keys, "keys")?, open(&named.objects, "objects")?);
    Ok(Vault::new(keys, objects, master_key::read(data, &named.master_key_command)?))
}

fn kind(data: &Path) -> Result<Kind, Refused> {
    let file = data.join(KIND_FILE);
    let hint =
        format!("{} is no data folder of bonafide: make one with `bonafide init`.", data.display());
    let text = std::fs::read_to_string(file).map_err(|_| Refused(hint.clone()))?;
    let file: KindFile = toml::from_str(&text).map_err(|_| Refused(hint.clone()))?;
    match file.kind.as_str() {
        "live" => Ok(Kind::Live),
        "sandbox" => Ok(Kind::Sandbox),
        _ => Err(Refused(hint)),
    }
}

/// The text of a file of secrets. It is wiped when dropped.
pub fn secret(data: &Path, file: &str) -> anyhow::Result<Zeroizing<String>> {
    let path = data.join(file);
    let text = std::fs::read_to_string(&path).map(Zeroizing::new);
    text.with_context(|| format!("reading {}", path.display()))
}

fn lookup(data: &Path) -> anyhow::Result<LookupKeys> {
    let key = LookupKeys::parse(&secret(data, LOOKUP_FILE)?);
    Ok(key.map_err(|error| Refused(format!("{LOOKUP_FILE}: {error}.")))?)
}

fn signing(data: &Path) -> anyhow::Result<SigningKey> {
    let key = SigningKey::parse(&secret(data, AUDIT_FILE)?);
    Ok(key.map_err(|error| Refused(format!("{AUDIT_FILE}: {error}.")))?)
}

fn policy(file: &Path, kind: Kind) -> Result<Policy, Refused> {
    if !file.as_os_str().is_empty() {
        return crate::policy::read(file);
    }
    Ok(match kind {
        Kind::Live => crate::policy::exchange(),
        Kind::Sandbox => crate::policy::sandbox(),
    })
}

/// The engine on the installed models, timing its stages in `metrics`.
///
/// # Errors
/// When a model is missing or not the pinned one; the message says what to do.
pub fn reader(metrics: Metrics) -> anyhow::Result<Box<dyn Engine>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Box::new(ReaderEngine::new(engine::reader(cores)?, engine::previewer(cores)?, metrics)))
}

/// For commands that look at no picture: it loads nothing.
struct NoEngine;

fn none<T>() -> Result<T, EngineError> {
    Err(EngineError::Broken("this command has no engine".into()))
}

impl Engine for NoEngine {
    fn look(
        &self,
        _: AccountId,
        _: domain::evidence::Slot,
        _: &[u8],
        _: jiff::civil::Date,
    ) -> Result<domain::evidence::PictureEvidence, EngineError> {
        none()
    }

    fn watch(
        &self,
        _: AccountId,
        _: &[u8],
        _: &domain::liveness::Asked,
    ) -> Result<domain::liveness::LivenessEvidence, EngineError> {
        none()
    }

    fn see(&self, _: AccountId, _: &Material, _: jiff::civil::Date) -> Result<Sight, EngineError> {
        none()
    }

    fn forget_old(&self) {}

    fn embedder(&self) -> String {
        String::new()
    }

    fn distance_at(&self, _: f64) -> f64 {
        f64::NEG_INFINITY
    }

    fn page(&self, _: &[u8]) -> Result<(), EngineError> {
        none()
    }

    fn preview(&self, _: &Frame, _: &TierPolicy) -> Result<Hint, EngineError> {
        none()
    }
}
