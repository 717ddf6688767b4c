//! How long what is kept of a person is kept.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::document::Country;

/// How long what is kept of a person is kept, by the country of the account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days after which the last backup of a destroyed key is gone: what you promise of your
    /// backups of the key store.
    pub backup_days: u32,
    /// Where no country says otherwise.
    pub terms: Terms,
    /// By the account's country, ICAO 9303-3.
    #[serde(default)]
    pub countries: BTreeMap<Country, Terms>,
}

/// The terms of one jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days for which pictures and captures are kept after the end of their case.
    pub pictures_days: u32,
    /// Days for which details, decisions and appeal of a case are kept after it ended without
    /// an approval.
    pub unapproved_days: u32,
    /// Days for which the law wants what is known of somebody who was approved to be kept
    /// after they leave: until then an erasure only restricts. 0 where no law does.
    pub duty_days: u32,
}

impl Retention {
    /// What holds for an account of `country`.
    pub fn terms(&self, country: Option<&Country>) -> Terms {
        let own = country.and_then(|country| self.countries.get(country));
        own.copied().unwrap_or(self.terms)
    }

    /// When the last backup is gone of a key that is destroyed at `at`.
    pub fn backups_until(&self, at: Timestamp) -> Timestamp {
        days_after(at, self.backup_days)
    }
}

/// `days` times 24 hours after `at`.
pub fn days_after(at: Timestamp, days: u32) -> Timestamp {
    let later = at.checked_add(SignedDuration::from_hours(24 * i64::from(days)));
    later.unwrap_or(Timestamp::MAX)
}
