//! The policy that a command decides by.

use std::path::Path;

use domain::policy::{Policy, TierPolicy};

use crate::exit::Refused;

/// The policy `pictures`, built in.
pub fn shipped() -> Policy {
    Policy::parse(include_str!("../../../policies/pictures.toml"))
        .expect("a test loads the shipped policy")
}

/// The policy `exchange`, built in.
pub fn exchange() -> Policy {
    Policy::parse(include_str!("../../../policies/exchange.toml"))
        .expect("a test loads the shipped policy")
}

/// The policy in the file `path`, or the one built in.
///
/// # Errors
/// When the file cannot be read or the policy does not load.
pub fn load(path: Option<&Path>) -> Result<Policy, Refused> {
    let Some(path) = path else { return Ok(shipped()) };
    let refuse = |why: String| Refused(format!("the policy {}: {why}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| refuse(format!("cannot be read ({error}); check the path")))?;
    Policy::parse(&text).map_err(|error| refuse(error.to_string()))
}

/// The tier called `name`, or the policy's default one.
///
/// # Errors
/// When there is no such tier.
pub fn tier(policy: &Policy, name: Option<&str>) -> Result<TierPolicy, Refused> {
    policy.tier(name).cloned().map_err(|error| Refused(error.to_string()))
}
