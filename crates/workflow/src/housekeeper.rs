//! The housekeeper: ends what ran out, erases what is due and sweeps, beside the workers of a process.

use std::time::Duration;

use tokio::sync::watch;
use tracing::error;

use crate::installation::Installation;
use crate::worker::chain;

/// How often what ran out is looked for.
const HOUSEKEEPING: Duration = Duration::from_secs(30);
/// How often it is looked whether the objects are to be swept.
const SWEEPING: Duration = Duration::from_hours(1);

/// The housekeeper of an installation; where several processes have one, each thing is done once.
pub struct Housekeeper {
    installation: Installation,
}

impl Housekeeper {
    /// A housekeeper.
    pub fn new(installation: Installation) -> Self {
        Self { installation }
    }

    /// Keeps house until `stop` says so; what was begun is finished.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        tokio::join!(self.clean_in_time(stop.clone()), self.sweep(stop));
    }

    async fn clean_in_time(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            self.clean().await;
            tokio::select! {
                () = tokio::time::sleep(HOUSEKEEPING) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn clean(&self) {
        let bonafide = &self.installation;
        tell("reservations that ran out cannot be released", bonafide.release_run_out().await);
        tell("transfers that ran out cannot be thrown away", bonafide.drop_transfers().await);
        tell("cases that ran out cannot be ended", bonafide.expire().await);
        tell("tiers that end soon cannot be told of", bonafide.remind_of_ends().await);
        tell("tiers that ran out cannot be taken away", bonafide.downgrade_run_out().await);
        tell("who is to be erased cannot be", bonafide.erase_due().await);
        tell("keys of who is to be erased cannot be closed", bonafide.close_waiting_keys().await);
        tell("records whose time is over cannot be removed", bonafide.remove_records().await);
        tell("faces whose time is over cannot be removed", bonafide.remove_faces().await);
        tell("markers whose time is over cannot be removed", bonafide.remove_markers().await);
        tell("pictures whose time is over cannot be removed", bonafide.remove_pictures().await);
        tell("what was done cannot be removed", bonafide.remove_done().await);
        tell("the gallery of faces cannot be brought up to date", bonafide.refresh_faces().await);
    }

    /// Sweeps the store of objects until `stop` says so. Beside the jobs, as it goes through
    /// every object there is; it looks hourly and does it once a day.
    async fn sweep(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let sweeping = async {
                let swept = self.installation.sweep_objects().await;
                tell("objects without a row cannot be removed", swept);
                tokio::time::sleep(SWEEPING).await;
            };
            tokio::select! {
                () = sweeping => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// Says in the log that a chore failed; it comes again.
fn tell<T, E: std::error::Error>(what: &'static str, done: Result<T, E>) {
    if let Err(error) = done {
        error!(error = %chain(&error), "{what}");
    }
}
