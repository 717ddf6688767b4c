//! How long what is kept of a person is kept.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days for which pictures and captures are kept after the end of their case.
    pub pictures_days: u32,
    /// Days for which the face that is searched for is kept after the end of its case: the
    /// sealed vector, of those who agreed to the search. Of a case that ended without an approval
    /// no longer than its records. An account whose face is gone is not found by it any more.
    pub faces_days: u32,
    /// Days for which details, decisions and appeal of a case are kept after it ended without
    /// an approval.
    pub unapproved_days: u32,
    /// Days for which the law wants what is known of somebody who was approved to be kept
    /// after they leave: until then an erasure only restricts. 0 where no law does.
    pub duty_days: u32,
    /// What is kept of somebody who was erased, where anything is.
    #[serde(default)]
    pub marker: Option<MarkerTerm>,
}

/// What is kept of somebody who was erased: that their documents and national number, as keyed
/// hashes, belonged to an account. Whoever comes with one of them is seen by a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkerTerm {
    /// What for, as the certificate of the erasure and the reviewer are told.
    pub purpose: Purpose,
    /// Days from the erasure on; 1 at least.
    pub days: NonZeroU32,
}

/// What something is kept for, in 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Purpose(String);

/// A purpose is at most so long, characters.
const LONGEST_PURPOSE: usize = 200;

impl Purpose {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Purpose {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let length = text.trim().chars().count();
        let fits = (1..=LONGEST_PURPOSE).contains(&length);
        let wanted = || format!("a purpose has 1 to {LONGEST_PURPOSE} characters");
        if fits { Ok(Self(text.trim().to_owned())) } else { Err(wanted()) }
    }
}

impl Retention {
    /// What holds for an account of `country`.
    pub fn terms(&self, country: Option<&Country>) -> &Terms {
        let own = country.and_then(|country| self.countries.get(country));
        own.unwrap_or(&self.terms)
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
