//! What was seen lately, so that a case is not read twice: once when a picture is uploaded, and
//! once more when it is decided.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::id::AccountId;
use sha2::{Digest as _, Sha256};

/// From an upload to the decision it takes most people some minutes. Faces are among what is
/// remembered, so it is not kept for longer.
const KEPT: Duration = Duration::from_mins(20);
/// Of some 30 kB each.
const MOST: usize = 512;

/// What of, as a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of([u8; 32]);

impl Of {
    /// Of these bytes of `whose`, looked at for this.
    pub fn new(whose: AccountId, bytes: &[u8], looked_at: &str) -> Self {
        let looked_at = format!("{whose} {looked_at}");
        let mut hasher = Sha256::new();
        hasher.update((looked_at.len() as u64).to_be_bytes());
        hasher.update(&looked_at);
        hasher.update(bytes);
        Self(hasher.finalize().into())
    }
}

struct Entry<T> {
    of: Of,
    seen: T,
    since: Instant,
}

/// The latest of what was seen, oldest first, in this process alone.
pub struct Memory<T>(Mutex<VecDeque<Entry<T>>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }
}

impl<T: Clone> Memory<T> {
    /// What was seen of it, if it was lately.
    pub fn recall(&self, of: Of, now: Instant) -> Option<T> {
        let entries = self.fresh(now);
        entries.iter().find(|entry| entry.of == of).map(|entry| entry.seen.clone())
    }

    /// Keeps what was seen.
    pub fn keep(&self, of: Of, seen: T, now: Instant) {
        let mut entries = self.fresh(now);
        entries.retain(|entry| entry.of != of);
        if entries.len() >= MOST {
            entries.pop_front();
        }
        entries.push_back(Entry { of, seen, since: now });
    }

    /// Forgets what is too old.
    pub fn forget_old(&self, now: Instant) {
        drop(self.fresh(now));
    }

    /// What is left without what is too old. Every state is sound, also that which a panic left.
    fn fresh(&self, now: Instant) -> MutexGuard<'_, VecDeque<Entry<T>>> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while entries.front().is_some_and(|oldest| now >= oldest.since + KEPT) {
            entries.pop_front();
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;

    fn account(number: u8) -> AccountId {
        AccountId::new(Timestamp::UNIX_EPOCH, [number; 10])
    }

    #[test]
    fn what_is_too_old_is_gone_though_nobody_asks_for_it() {
        let (memory, now, seen) = (Memory::default(), Instant::now(), Arc::new(()));
        memory.keep(Of::new(account(1), b"picture", "front"), Arc::clone(&seen), now);
        memory.forget_old(now + KEPT / 2);
        assert_eq!(Arc::strong_count(&seen), 2);
        memory.forget_old(now + KEPT);
        assert_eq!(Arc::strong_count(&seen), 1);
    }

    #[test]
    fn the_same_bytes_looked_at_for_the_same_are_recalled_for_a_while() {
        let (memory, now) = (Memory::default(), Instant::now());
        let (mine, theirs) = (account(1), account(2));
        let of = Of::new(mine, b"picture", "front");
        memory.keep(of, 1, now);
        assert_eq!(memory.recall(of, now), Some(1));
        assert_eq!(memory.recall(Of::new(mine, b"picture", "back"), now), None);
        assert_eq!(memory.recall(Of::new(mine, b"other", "front"), now), None);
        assert_eq!(memory.recall(Of::new(mine, b"tpicture", "fron"), now), None);
        assert_eq!(memory.recall(Of::new(theirs, b"picture", "front"), now), None);
        memory.keep(of, 2, now);
        assert_eq!(memory.recall(of, now + KEPT / 2), Some(2));
        assert_eq!(memory.recall(of, now + KEPT), None);
    }

    #[test]
    fn the_oldest_makes_room() {
        let (memory, now) = (Memory::default(), Instant::now());
        let of = |number: usize| Of::new(account(1), &number.to_be_bytes(), "front");
        for number in 0..=MOST {
            memory.keep(of(number), number, now);
        }
        assert_eq!(memory.recall(of(0), now), None);
        assert_eq!(memory.recall(of(1), now), Some(1));
        assert_eq!(memory.recall(of(MOST), now), Some(MOST));
    }
}
