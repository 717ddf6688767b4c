//! How much one key, one applicant and one address may ask for: token buckets in memory, each
//! kept as the one moment at which it is full again (GCRA). Buckets of one process: two
//! processes permit twice as much.

mod table;

use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::limits::table::Table;

/// Buckets of keys and applicants, and as many of addresses. Those that were not asked for
/// longest are forgotten first, and are full again. At most 20 MB in all.
const MOST_BUCKETS: usize = 100_000;

/// How often somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute, in the long run.
    pub per_minute: u32,
    /// Requests at once, after a pause.
    pub burst: u32,
}

/// How often each may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// A key of the API.
    pub key: Rate,
    /// The token of an applicant.
    pub applicant: Rate,
    /// An address, with secrets that open nothing.
    pub failures: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            key: Rate { per_minute: 300_000, burst: 10_000 },
            applicant: Rate { per_minute: 600, burst: 120 },
            failures: Rate { per_minute: 60, burst: 60 },
        }
    }
}

/// It was asked for too often; how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// How long until the next request is taken, at least a second.
    pub wait: Duration,
}

/// The buckets of one process.
#[derive(Debug)]
pub struct Limits {
    rates: Rates,
    secrets: Mutex<Table<[u8; 32]>>,
    addresses: Mutex<Table<IpAddr>>,
}

/// Whose secret it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// An operator's.
    Key,
    /// An applicant's.
    Applicant,
}

impl Limits {
    /// Full buckets.
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            secrets: Mutex::new(Table::new(MOST_BUCKETS)),
            addresses: Mutex::new(Table::new(MOST_BUCKETS)),
        }
    }

    /// Before a secret is looked up: whether its sender's address has sent too many that open
    /// nothing. A secret that has opened something lately is let through all the same: many
    /// people share an address.
    pub fn admit(
        &self,
        secret: &[u8; 32],
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        if locked(&self.secrets).knows(secret) { Ok(()) } else { self.guess(address, now) }
    }

    /// Before something is looked up that its sender may be guessing at.
    pub fn guess(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), TooMany> {
        let Some(address) = address else { return Ok(()) };
        locked(&self.addresses).look(&network(address), self.rates.failures, now)
    }

    /// A secret from this address opened nothing.
    pub fn failed(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), TooMany> {
        let Some(address) = address else { return Ok(()) };
        locked(&self.addresses).take(network(address), self.rates.failures, now)
    }

    /// A secret opens something: whether it may once more.
    pub fn opened(&self, secret: [u8; 32], whose: Whose, now: Timestamp) -> Result<(), TooMany> {
        let rate = match whose {
            Whose::Key => self.rates.key,
            Whose::Applicant => self.rates.applicant,
        };
        locked(&self.secrets).take(secret, rate, now)
    }
}

/// Every state of a table is sound, also that which a panic left.
fn locked<K>(table: &Mutex<Table<K>>) -> MutexGuard<'_, Table<K>> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The addresses that are one sender's: of IPv6 a whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}
