//! Several threads may call one model, a session takes one call at a time:
//! a pool that grows to its limit and then makes callers wait.

use std::sync::{Condvar, Mutex, PoisonError};

/// Up to `limit` items, made when first needed and reused ever after.
pub(crate) struct Pool<T> {
    state: Mutex<State<T>>,
    returned: Condvar,
    limit: usize,
}

struct State<T> {
    idle: Vec<T>,
    /// Items that exist or are being made, idle or not.
    count: usize,
}

impl<T> Pool<T> {
    /// A pool of one item so far; a `limit` of 0 counts as 1.
    pub(crate) fn new(first: T, limit: usize) -> Self {
        let state = State { idle: vec![first], count: 1 };
        Self { state: Mutex::new(state), returned: Condvar::new(), limit: limit.max(1) }
    }

    /// Lends an item to `job`: an idle one, else a new one from `make`, else
    /// the next that is returned.
    pub(crate) fn with<R, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
        job: impl FnOnce(&mut T) -> R,
    ) -> Result<R, E> {
        let mut lease = Lease { pool: self, item: self.take() };
        if lease.item.is_none() {
            lease.item = Some(make()?);
        }
        let item = lease.item.as_mut().expect("an idle item was taken or a new one made");
        Ok(job(item))
    }

    /// An idle item, or `None` as leave to make one.
    fn take(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(item) = state.idle.pop() {
                return Some(item);
            }
            if state.count < self.limit {
                state.count += 1;
                return None;
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Gives the item back, or the leave to make one, even if the job panics.
struct Lease<'a, T> {
    pool: &'a Pool<T>,
    item: Option<T>,
}

impl<T> Drop for Lease<'_, T> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        match self.item.take() {
            Some(item) => state.idle.push(item),
            None => state.count -= 1,
        }
        self.pool.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn never_more_items_than_the_limit_and_every_call_served() {
        let made = AtomicUsize::new(1);
        let make = || Ok::<_, Infallible>(made.fetch_add(1, Ordering::SeqCst));
        let pool = Pool::new(0, 3);
        let served = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let Ok(()) = pool.with(make, |_| {
                            served.fetch_add(1, Ordering::SeqCst);
                            thread::yield_now();
                        });
                    }
                });
            }
        });
        assert_eq!(served.into_inner(), 400);
        assert!(made.into_inner() <= 3);
    }

    #[test]
    fn two_callers_hold_different_items_at_once() {
        let pool = Pool::new(0, 2);
        let meet = Barrier::new(2);
        let call = || {
            pool.with(
                || Ok::<_, Infallible>(1),
                |item| {
                    meet.wait();
                    *item
                },
            )
        };
        let mut items = thread::scope(|scope| {
            let other = scope.spawn(call);
            let Ok(mine) = call();
            let Ok(theirs) = other.join().unwrap();
            [mine, theirs]
        });
        items.sort_unstable();
        assert_eq!(items, [0, 1]);
    }

    #[test]
    fn failure_to_make_one_leaves_room_to_try_again() {
        let pool = Pool::new(0, 2);
        let outcome = pool.with(
            || Ok::<_, &str>(1),
            |_| {
                let failed = pool.with(|| Err::<u8, _>("no memory"), |_| ());
                let made = pool.with(|| Ok::<_, &str>(7), |item| *item);
                (failed, made)
            },
        );
        assert_eq!(outcome, Ok((Err("no memory"), Ok(7))));
    }
}
