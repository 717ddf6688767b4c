//! What an engine remembers of people is forgotten in time, also where nothing is going on.

use std::time::Duration;

use tokio::sync::watch;

use crate::installation::Installation;

/// How often it is looked what to forget.
const EVERY: Duration = Duration::from_mins(1);

impl Installation {
    /// Lets the engine forget what is old, until `stop` says so. For every process that takes
    /// uploads or decides.
    pub async fn forget_in_time(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            self.parts.engine.forget_old();
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = stop.changed() => {}
            }
        }
    }
}
