//! Policy: data that turns outcomes into verdicts. A policy is one TOML file;
//! its digest names the version that decided.

pub mod examples;
mod load;
mod retention;
mod service;
mod tier;
mod verify_again;

use std::collections::BTreeMap;

use crate::check::CheckKind;
use crate::reason::{Code, Disposition, Reason};

pub use load::PolicyError;
pub use retention::{MarkerTerm, Purpose, Retention, Terms, days_after};
pub use service::Service;
pub use tier::{Accepts, Duty, FaceScore, Grant, Limits, Money, RequiredFields, TierPolicy};
pub use verify_again::VerifyAgain;

/// A loaded policy: every tier lists every check, and requires at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    id: PolicyId,
    statement: Statement,
    default_tier: String,
    service: Option<Service>,
    tiers: BTreeMap<String, TierPolicy>,
}

/// Which policy, to the byte.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PolicyId {
    /// Its name.
    pub name: String,
    /// Its version, as its author counts.
    pub version: String,
    /// SHA-256 of its text, 64 hexadecimal digits.
    pub digest: String,
}

/// What the policy proves and what not, in words, for whoever relies on it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// In English.
    pub en: String,
    /// In simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
}

impl Policy {
    /// Reads a policy from the text of its file.
    ///
    /// # Errors
    /// When it is no TOML, has an unknown key, lacks a check, requires none,
    /// or a limit is no sensible number; the message names the place.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        load::policy(text)
    }

    /// Which policy it is.
    pub fn id(&self) -> &PolicyId {
        &self.id
    }

    /// What it proves and what not.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// What a server needs of it beside the tiers, where it says so.
    pub fn service(&self) -> Option<&Service> {
        self.service.as_ref()
    }

    /// The tier called `name`, or the default one.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those there are.
    pub fn tier(&self, name: Option<&str>) -> Result<&TierPolicy, PolicyError> {
        let name = name.unwrap_or(&self.default_tier);
        self.tiers.get(name).ok_or_else(|| PolicyError::NoSuchTier {
            tier: name.to_owned(),
            tiers: self.tiers.keys().cloned().collect(),
        })
    }

    /// A tier that takes an attack for a person, and the check that it would take to see it: one
    /// that looks at documents has to refuse specimens, and one that requires a
    /// live capture may not leave off whether that is genuine. `None` is fit for real people.
    pub fn unguarded(&self) -> Option<(&str, CheckKind)> {
        self.tiers().find_map(|tier| {
            let asks = |kind| tier.duty(kind) == Duty::Required;
            let off = |kind: &CheckKind| tier.duty(*kind) == Duty::Off;
            let refused = tier.disposition(&Reason::new(Code::DocSpecimen)) == Disposition::Final;
            let guarded = asks(CheckKind::NotSpecimen) && refused;
            let specimens = asks(CheckKind::DocumentFound) && !guarded;
            let genuine = [CheckKind::LivenessGenuine, CheckKind::StreamGenuine];
            let staged = asks(CheckKind::Liveness).then(|| genuine.into_iter().find(off)).flatten();
            let check = specimens.then_some(CheckKind::NotSpecimen).or(staged)?;
            Some((tier.name.as_str(), check))
        })
    }

    /// Every tier, by name.
    pub fn tiers(&self) -> impl Iterator<Item = &TierPolicy> {
        self.tiers.values()
    }
}

#[cfg(test)]
mod tests;
