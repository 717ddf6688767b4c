//! Using a limit: authorised, then captured or released.

use std::time::Duration;

use domain::account::Account;
use domain::entitlement::{Ask, Refusal, Used, permit};
use domain::id::{AccountId, ReservationId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Reservation, ReservationState, StoreError, Tx};
use thiserror::Error;

use crate::errors::Breakage;
use crate::installation::Installation;

/// The operator's name for a use is at most so long, bytes.
const LONGEST_REFERENCE: usize = 200;

/// An amount that was authorised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spent {
    /// It is reserved.
    Reserved(Reservation),
    /// The feature has no limit in this tier, so there is nothing to reserve.
    Unlimited,
}

/// Why an amount may not be used.
#[derive(Debug, Error)]
pub enum SpendError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// There is no such reservation.
    #[error("there is no such reservation")]
    NoSuchReservation,
    /// The reference is empty or too long.
    #[error("a reference has 1 to {LONGEST_REFERENCE} bytes and no control characters")]
    BadReference,
    /// Nothing can be authorised.
    #[error("an amount to authorise must be more than 0")]
    Nothing,
    /// The limits say no.
    #[error("not permitted: {}", .0.as_str())]
    Refused(Refusal),
    /// The reference was used for something else.
    #[error("this reference was used for another amount: use a new one for each")]
    ReferenceUsed,
    /// It was captured or released before.
    #[error("this reservation is {} already", .0.as_str())]
    Settled(ReservationState),
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for SpendError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Authorises an amount and reserves it out of the limits of today and this month, by the
    /// policy's calendar. The same `reference` again answers with the same reservation, for as
    /// long as it is held and the account may still use it, or once it was captured. Of
    /// concurrent calls for one account each waits for the one before, so that no limit is
    /// ever exceeded.
    ///
    /// # Errors
    /// See [`SpendError`].
    pub async fn authorize(
        &self,
        id: AccountId,
        ask: &Ask,
        reference: &str,
    ) -> Result<Spent, SpendError> {
        let control = reference.chars().any(char::is_control);
        if reference.is_empty() || reference.len() > LONGEST_REFERENCE || control {
            return Err(SpendError::BadReference);
        }
        if ask.amount.is_zero() {
            return Err(SpendError::Nothing);
        }
        let mut tx = self.parts.store.begin().await?;
        let account = tx.lock_account(id).await?.ok_or(SpendError::NoSuchAccount)?;
        if let Some(earlier) = tx.reservation_called(id, reference).await? {
            return self.once_more(&mut tx, &account, ask, earlier).await;
        }
        let (now, day) = (self.now(), self.today());
        let used = used(&mut tx, id, ask, (day, now)).await?;
        let grant = permit(self.policies(), &account, day, ask, used);
        if !grant.map_err(SpendError::Refused)?.is_limited() {
            return Ok(Spent::Unlimited);
        }
        let minutes = u64::from(self.service().reservation_minutes);
        let reservation = Reservation {
            id: ReservationId::new(now, self.dice()),
            account: id,
            reference: reference.to_owned(),
            ask: ask.clone(),
            day,
            state: ReservationState::Held,
            created_at: now,
            expires_at: now + Duration::from_secs(60 * minutes),
        };
        tx.reserve(&reservation).await?;
        tx.commit().await?;
        Ok(Spent::Reserved(reservation))
    }

    /// What an `earlier` reservation is now to whoever asks for it again.
    async fn once_more(
        &self,
        tx: &mut Tx,
        account: &Account,
        ask: &Ask,
        earlier: Reservation,
    ) -> Result<Spent, SpendError> {
        if earlier.ask != *ask {
            return Err(SpendError::ReferenceUsed);
        }
        let now = self.now();
        match (earlier.state, earlier.state_at(now)) {
            (_, ReservationState::Captured) => Ok(Spent::Reserved(earlier)),
            (ReservationState::Held, ReservationState::Released) => {
                Err(SpendError::Refused(Refusal::ReservationExpired))
            }
            (_, ReservationState::Released) => {
                Err(SpendError::Refused(Refusal::ReservationReleased))
            }
            (_, ReservationState::Held) => {
                // It is among what was used on its own day.
                let Used { day, month } = used(tx, account.id, ask, (earlier.day, now)).await?;
                let others = Used { day: day.less(ask.amount), month: month.less(ask.amount) };
                permit(self.policies(), account, self.today(), ask, others)
                    .map_err(SpendError::Refused)?;
                Ok(Spent::Reserved(earlier))
            }
        }
    }

    /// Marks a reservation as used, or gives it back. Done twice in the same way, the first
    /// time counts.
    ///
    /// # Errors
    /// See [`SpendError`].
    pub async fn settle(
        &self,
        account: AccountId,
        id: ReservationId,
        state: ReservationState,
    ) -> Result<Reservation, SpendError> {
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(account).await?.ok_or(SpendError::NoSuchAccount)?;
        let found = tx.reservation(id).await?.filter(|found| found.account == account);
        let found = found.ok_or(SpendError::NoSuchReservation)?;
        let now = found.state_at(self.now());
        if found.state == state {
            return Ok(found);
        }
        if now == ReservationState::Released && state != now {
            return Err(SpendError::Settled(now));
        }
        let settled = tx.settle(id, state).await?.ok_or(SpendError::Settled(now))?;
        tx.commit().await?;
        Ok(settled)
    }

    /// Gives back what was reserved and never used. How many there were.
    ///
    /// # Errors
    /// When the database fails; of several the last error, the others being given back.
    pub async fn release_run_out(&self) -> Result<usize, Breakage> {
        let now = self.now();
        let run_out = self.parts.store.read().await?.run_out(now, 100).await?;
        let (mut released, mut failed) = (0, None);
        for reservation in run_out {
            match self.release(&reservation).await {
                Ok(settled) => released += usize::from(settled),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(released), Err)
    }

    async fn release(&self, reservation: &Reservation) -> Result<bool, Breakage> {
        let mut tx = self.parts.store.begin().await?;
        tx.lock_account(reservation.account).await?;
        let settled = tx.settle(reservation.id, ReservationState::Released).await?;
        tx.commit().await?;
        Ok(settled.is_some())
    }
}

/// How much of what is asked for was used on `day` and in its month, as it is at `now`.
async fn used(
    tx: &mut Tx,
    account: AccountId,
    ask: &Ask,
    (day, now): (Date, Timestamp),
) -> Result<Used, StoreError> {
    let usage = tx.usage(account, day, now).await?;
    let used = usage.get(&(ask.feature.clone(), ask.currency.clone()));
    Ok(used.copied().unwrap_or_default())
}
