//! The policy that a command decides by.

pub mod command;

use std::path::{Path, PathBuf};

use clap::Args;
use domain::policy::{Policy, TierPolicy};

use crate::exit::Refused;

/// The policy `pictures`, built in.
pub fn pictures() -> Policy {
    Policy::parse(include_str!("../../../policies/pictures.toml"))
        .expect("a test loads the shipped policy")
}

/// The policy `exchange`, built in.
pub fn exchange() -> Policy {
    Policy::parse(include_str!("../../../policies/exchange.toml"))
        .expect("a test loads the shipped policy")
}

/// The policy `sandbox`, built in.
pub fn sandbox() -> Policy {
    Policy::parse(include_str!("../../../policies/sandbox.toml"))
        .expect("a test loads the shipped policy")
}

/// Which policy and tier a command judges by.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// The policy to judge by [default: policies/pictures.toml, for captures alone
    /// policies/exchange.toml, built in]
    #[arg(long = "policy", value_name = "FILE")]
    file: Option<PathBuf>,
    /// The tier of the policy [default: the policy's own]
    #[arg(long)]
    tier: Option<String>,
}

impl PolicyArgs {
    /// The policy of the file, or `built_in`, and its tier.
    ///
    /// # Errors
    /// When the file cannot be read, the policy does not load, or has no such tier.
    pub fn load(&self, built_in: fn() -> Policy) -> Result<(Policy, TierPolicy), Refused> {
        let policy = self.file.as_deref().map_or_else(|| Ok(built_in()), read)?;
        let tier = policy.tier(self.tier.as_deref());
        let tier = tier.cloned().map_err(|error| Refused(error.to_string()))?;
        Ok((policy, tier))
    }
}

/// The policy in the file at `path`.
///
/// # Errors
/// When it cannot be read, or does not load.
pub fn read(path: &Path) -> Result<Policy, Refused> {
    let refuse = |why: String| Refused(format!("the policy {}: {why}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| refuse(format!("cannot be read ({error}); check the path")))?;
    Policy::parse(&text).map_err(|error| refuse(error.to_string()))
}
