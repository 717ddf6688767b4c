//! Using a limit: authorised, then captured or released.

use std::time::Duration;

use domain::entitlement::{Ask, Refusal, permit};
use domain::id::{AccountId, ReservationId};
use store::{Reservation, ReservationState, StoreError};
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
    /// policy's calendar. The same `reference` again answers with the same reservation. Of
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
            let same = earlier.ask == *ask;
            return if same {
                Ok(Spent::Reserved(earlier))
            } else {
                Err(SpendError::ReferenceUsed)
            };
        }
        let (now, day) = (self.now(), self.today());
        let usage = tx.usage(id, day).await?;
        let used = usage.get(&(ask.feature.clone(), ask.currency.clone()));
        let used = used.copied().unwrap_or_default();
        permit(&self.parts.policy, &account, day, ask, used).map_err(SpendError::Refused)?;
        let tier = account.standing.tier_on(day).and_then(|name| self.tier(name).ok());
        let limited = tier.and_then(|tier| Some(tier.grants.get(&ask.feature)?.is_limited()));
        if limited != Some(true) {
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
        if found.state == state {
            return Ok(found);
        }
        let settled = tx.settle(id, state).await?.ok_or(SpendError::Settled(found.state))?;
        tx.commit().await?;
        Ok(settled)
    }

    /// Gives back what was reserved and never used. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_run_out(&self) -> Result<usize, Breakage> {
        let now = self.now();
        let run_out = self.parts.store.read().await?.run_out(now, 100).await?;
        let mut released = 0;
        for reservation in run_out {
            let mut tx = self.parts.store.begin().await?;
            tx.lock_account(reservation.account).await?;
            let settled = tx.settle(reservation.id, ReservationState::Released).await?;
            tx.commit().await?;
            released += usize::from(settled.is_some());
        }
        Ok(released)
    }
}
