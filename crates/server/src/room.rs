//! Room in memory for what is being uploaded.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::id::AccountId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::TooMany;

/// Uploads are in memory at once up to so many MiB together for each core, which judges about
/// one picture a second (docs/speed.md): the rest may wait on its line. With room for 1,536 MiB 200 people at
/// once took 979 MiB on two cores, with 256 they took 863.
const FOR_A_CORE: usize = 128;
/// At least so many, and at most: three people who send as slowly as they can may hold up the
/// others of a small machine until their requests are given up.
const ALL: RangeInclusive<usize> = 256..=1536;
/// Those of one person: a capture whose line broke, and the same again.
const OF_ONE: u32 = 98;
/// When somebody who has too much on its way tries again: a line that says nothing has nearly
/// ended by then.
const WAIT: Duration = Duration::from_secs(10);

/// What there is, and who has how much of it.
#[derive(Debug, Clone)]
pub struct Rooms {
    all: Arc<Semaphore>,
    taken: Taken,
}

type Taken = Arc<Mutex<HashMap<AccountId, u32>>>;

/// Room that somebody has for as long as it is kept.
#[derive(Debug)]
pub struct Room {
    _all: OwnedSemaphorePermit,
    _own: Own,
}

/// Of their own share.
#[derive(Debug)]
struct Own {
    whose: AccountId,
    mib: u32,
    taken: Taken,
}

impl Rooms {
    /// All of it.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let all = (cores * FOR_A_CORE).clamp(*ALL.start(), *ALL.end());
        Self { all: Arc::new(Semaphore::new(all)), taken: Taken::default() }
    }

    /// So many MiB for `whose`, once they are free.
    pub async fn take(&self, whose: AccountId, mib: u32) -> Result<Room, TooMany> {
        let own = self.own(whose, mib)?;
        let all = Arc::clone(&self.all).acquire_many_owned(mib).await.expect("it is never closed");
        Ok(Room { _all: all, _own: own })
    }

    fn own(&self, whose: AccountId, mib: u32) -> Result<Own, TooMany> {
        let mut taken = locked(&self.taken);
        let has = taken.get(&whose).copied().unwrap_or_default();
        if has + mib > OF_ONE {
            return Err(TooMany { wait: WAIT });
        }
        taken.insert(whose, has + mib);
        Ok(Own { whose, mib, taken: Arc::clone(&self.taken) })
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut taken = locked(&self.taken);
        if let Some(has) = taken.get_mut(&self.whose) {
            *has -= self.mib;
            if *has == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}

/// Every state is sound, also that which a panic left.
fn locked(taken: &Taken) -> MutexGuard<'_, HashMap<AccountId, u32>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}
