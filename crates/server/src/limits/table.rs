//! Buckets by whose they are, as many as there may be.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::limits::{Rate, TooMany};

/// Two generations: what is used moves to the young one, and when that is full the old one is
/// forgotten. So the table is bounded, nothing walks through it, and who keeps asking stays.
#[derive(Debug)]
pub struct Table<K> {
    young: HashMap<K, Timestamp>,
    old: HashMap<K, Timestamp>,
    most: usize,
}

impl<K: Hash + Eq> Table<K> {
    /// An empty one for at most `most` buckets.
    pub fn new(most: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), most }
    }

    /// Whether it remembers `key`.
    pub fn knows(&self, key: &K) -> bool {
        self.young.contains_key(key) || self.old.contains_key(key)
    }

    /// Whether the bucket of `key` has a token at `now`; none is taken.
    pub fn look(&self, key: &K, rate: Rate, now: Timestamp) -> Result<(), TooMany> {
        let full = self.young.get(key).or_else(|| self.old.get(key)).copied();
        after(sound(full, rate, now), rate, now).map(drop)
    }

    /// Takes a token out of the bucket of `key`, where it has one at `now`.
    pub fn take(&mut self, key: K, rate: Rate, now: Timestamp) -> Result<(), TooMany> {
        let full = self.young.get(&key).copied().or_else(|| self.old.remove(&key));
        let full = sound(full, rate, now);
        let taken = after(full, rate, now);
        if !self.young.contains_key(&key) && self.young.len() >= self.most / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, *taken.as_ref().unwrap_or(&full));
        taken.map(drop)
    }

    /// How many buckets there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

/// How long a token takes to come back.
fn token(rate: Rate) -> SignedDuration {
    SignedDuration::from_mins(1) / i32::try_from(rate.per_minute).unwrap_or(i32::MAX)
}

/// How long an empty bucket takes to be full.
fn whole(rate: Rate) -> SignedDuration {
    token(rate) * i32::try_from(rate.burst).unwrap_or(i32::MAX)
}

/// When a bucket is full again: it is no fuller than full and no emptier than empty, so that a
/// clock that was set back locks nobody out.
fn sound(full: Option<Timestamp>, rate: Rate, now: Timestamp) -> Timestamp {
    full.unwrap_or(now).clamp(now, now + whole(rate))
}

/// When a bucket that is full again at `full` is so after one more request at `now`.
fn after(full: Timestamp, rate: Rate, now: Timestamp) -> Result<Timestamp, TooMany> {
    let next = full + token(rate);
    let wait = next.duration_since(now) - whole(rate);
    if wait <= SignedDuration::ZERO {
        return Ok(next);
    }
    let seconds = wait.as_secs() + i64::from(wait.subsec_nanos() > 0);
    Err(TooMany { wait: Duration::from_secs(seconds.unsigned_abs()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_772_452_800_000 + ms).unwrap()
    }

    const RATE: Rate = Rate { per_minute: 60, burst: 3 };

    #[test]
    fn a_bucket_gives_its_burst_and_then_a_token_a_second() {
        let mut table = Table::new(10);
        let asked = [
            (0, None),
            (0, None),
            (0, None),
            (0, Some(1)),
            (400, Some(1)),
            (1000, None),
            (1000, Some(1)),
            (60_000, None),
            (60_000, None),
            (60_000, None),
            (60_001, Some(1)),
        ];
        for (ms, wait) in asked {
            let expected = wait.map_or(Ok(()), |s| Err(TooMany { wait: Duration::from_secs(s) }));
            assert_eq!(table.take("key", RATE, at(ms)), expected, "{ms}");
        }
        assert_eq!(table.take("another", RATE, at(0)), Ok(()));
    }

    #[test]
    fn looking_takes_nothing_and_a_slow_rate_says_how_long() {
        let slow = Rate { per_minute: 2, burst: 1 };
        let mut table = Table::new(10);
        for _ in 0..5 {
            assert_eq!(table.look(&1, slow, at(0)), Ok(()));
        }
        assert_eq!(table.take(1, slow, at(0)), Ok(()));
        let wait = Duration::from_secs(29);
        assert_eq!(table.look(&1, slow, at(1500)), Err(TooMany { wait }));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_for_long() {
        let mut table = Table::new(10);
        for _ in 0..3 {
            table.take("key", RATE, at(86_400_000)).unwrap();
        }
        let wait = Duration::from_secs(1);
        assert_eq!(table.take("key", RATE, at(0)), Err(TooMany { wait }));
        assert_eq!(table.take("key", RATE, at(1000)), Ok(()));
    }

    #[test]
    fn however_many_ask_the_table_stays_bounded_and_keeps_who_keeps_asking() {
        let mut table = Table::new(100);
        for _ in 0..3 {
            table.take(0, RATE, at(0)).unwrap();
        }
        for stranger in 1..10_000 {
            table.take(stranger, RATE, at(0)).unwrap();
            assert!(table.take(0, RATE, at(0)).is_err(), "{stranger}");
            assert!(table.len() <= 101, "{}", table.len());
        }
        assert!(!table.knows(&1) && table.knows(&9_999) && table.knows(&0));
    }
}
