//! What accounts use of their limits, and what is reserved of them.

use domain::amount::Amount;
use domain::entitlement::{Ask, Usage};
use domain::id::{AccountId, ReservationId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// An amount taken out of a limit until it is used or given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its id.
    pub id: ReservationId,
    /// Whose limit.
    pub account: AccountId,
    /// The operator's own name for it, once for an account.
    pub reference: String,
    /// What of.
    pub ask: Ask,
    /// The day whose limit it counts towards, and so the month.
    pub day: Date,
    /// Where it stands.
    pub state: ReservationState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is free again unless it is used.
    pub expires_at: Timestamp,
}

/// Where a reservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReservationState {
    /// Waiting to be used.
    Held,
    /// Used.
    Captured,
    /// Given back, or run out.
    Released,
}

impl ReservationState {
    const ALL: [Self; 3] = [Self::Held, Self::Captured, Self::Released];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Captured => "captured",
            Self::Released => "released",
        }
    }
}

impl Reservation {
    /// Where it stands at `now`: a held one that ran out is released, whether it was settled yet
    /// or not.
    pub fn state_at(&self, now: Timestamp) -> ReservationState {
        match self.state {
            ReservationState::Held if self.expires_at <= now => ReservationState::Released,
            state => state,
        }
    }
}

type Row = (String, String, String, String, String, String, String, String, i64, i64);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, reference, feature, currency, amount, day, state, \
             created_at, expires_at FROM reservations WHERE ",
            $rest
        )
    };
}

/// The name of the month of `day` in the table: `2026-03`.
fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

impl Tx {
    /// What the person of `account` has used on the day and in the month of `day`: with this
    /// account, and with those that were closed for it. What was held and has run out at `now` is
    /// not used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usage(
        &mut self,
        account: AccountId,
        day: Date,
        now: Timestamp,
    ) -> Result<Usage, StoreError> {
        let (mut usage, mut theirs, mut next) = (Usage::new(), vec![account], 0);
        while let Some(one) = theirs.get(next).copied() {
            let (of_one, closed) = self.usage_of(one, day, now).await?;
            for (what, used) in of_one {
                let sum = usage.entry(what).or_default();
                // Together it may be more than can be written: that no limit allows either.
                let plus = |sum: Amount, amount| sum.plus(amount).unwrap_or(Amount::MOST);
                (sum.day, sum.month) = (plus(sum.day, used.day), plus(sum.month, used.month));
            }
            let more: Vec<_> = closed.into_iter().filter(|id| !theirs.contains(id)).collect();
            theirs.extend(more);
            next += 1;
        }
        Ok(usage)
    }

    /// The same with this account alone, and the accounts that were closed for it: all in one query,
    /// as limits are asked for often.
    async fn usage_of(
        &mut self,
        account: AccountId,
        day: Date,
        now: Timestamp,
    ) -> Result<(Usage, Vec<AccountId>), StoreError> {
        let month = month(day);
        let rows: Vec<(String, String, String, String, String)> = query_as(
            "SELECT 'counted', feature, currency, period, amount FROM usage \
             WHERE account_id = $1 AND period IN ($2, $3) \
             UNION ALL SELECT 'run out', feature, currency, day, amount FROM reservations \
             WHERE account_id = $1 AND state = 'held' AND expires_at <= $4 AND day LIKE $5 \
             UNION ALL SELECT id, '', '', '', '' FROM accounts WHERE closed_for = $1",
        )
        .bind(account.to_string())
        .bind(day.to_string())
        .bind(&month)
        .bind(now.as_millisecond())
        .bind(format!("{month}-%"))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("reading what was used"))?;
        let (mut usage, mut run_out, mut closed) = (Usage::new(), Vec::new(), Vec::new());
        for (what, feature, currency, of, amount) in rows {
            match what.as_str() {
                "counted" => {
                    let used = usage.entry((feature, currency)).or_default();
                    let sum = if of == month { &mut used.month } else { &mut used.day };
                    *sum = At("usage", "amount").parse(&amount)?;
                }
                "run out" => run_out.push(((feature, currency), of, amount)),
                id => closed.push(At("accounts", "id").parse(id)?),
            }
        }
        for (what, of, amount) in run_out {
            let used = usage.entry(what).or_default();
            let amount: Amount = At("reservations", "amount").parse(&amount)?;
            used.month = used.month.less(amount);
            if of == day.to_string() {
                used.day = used.day.less(amount);
            }
        }
        Ok((usage, closed))
    }

    /// Adds a reservation and counts it. The account must be locked
    /// ([`Tx::lock_account`]): what was used is read and written in two steps.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the account has one of this reference.
    pub async fn reserve(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        query(
            "INSERT INTO reservations (id, account_id, reference, feature, currency, amount, day, \
             state, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(reservation.id.to_string())
        .bind(reservation.account.to_string())
        .bind(&reservation.reference)
        .bind(&reservation.ask.feature)
        .bind(&reservation.ask.currency)
        .bind(reservation.ask.amount.to_string())
        .bind(reservation.day.to_string())
        .bind(reservation.state.as_str())
        .bind(reservation.created_at.as_millisecond())
        .bind(reservation.expires_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a reservation of this reference"))?;
        let add = |used: Amount| used.plus(reservation.ask.amount);
        self.count(reservation, add).await
    }

    /// Ends a held reservation, captured or released; a released one counts no more. The
    /// account must be locked. `None` when it was not held any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(
        &mut self,
        id: ReservationId,
        state: ReservationState,
    ) -> Result<Option<Reservation>, StoreError> {
        let Some(mut reservation) = self.reservation(id).await? else { return Ok(None) };
        if reservation.state != ReservationState::Held {
            return Ok(None);
        }
        query("UPDATE reservations SET state = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(state.as_str())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("settling a reservation"))?;
        if state == ReservationState::Released {
            let amount = reservation.ask.amount;
            self.count(&reservation, |used| Some(used.less(amount))).await?;
        }
        reservation.state = state;
        Ok(Some(reservation))
    }

    /// The reservation of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reservation(
        &mut self,
        id: ReservationId,
    ) -> Result<Option<Reservation>, StoreError> {
        let row = query_as(select!("id = $1"))
            .bind(id.to_string())
            .fetch_optional(&mut *self.inner)
            .await;
        row.map_err(StoreError::failed("reading a reservation"))?.map(reservation).transpose()
    }

    /// The reservation that the operator calls `reference`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reservation_called(
        &mut self,
        account: AccountId,
        reference: &str,
    ) -> Result<Option<Reservation>, StoreError> {
        let found = query_as(select!("account_id = $1 AND reference = $2"))
            .bind(account.to_string())
            .bind(reference);
        let row = found.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("looking for a reservation"))?.map(reservation).transpose()
    }

    /// Up to `most` held reservations that ran out by `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_out(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        let found =
            query_as(select!("state = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT $2"))
                .bind(now.as_millisecond())
                .bind(i64::from(most));
        let rows = found.fetch_all(&mut *self.inner).await;
        let rows = rows.map_err(StoreError::failed("looking for reservations that ran out"))?;
        rows.into_iter().map(reservation).collect()
    }

    /// Changes what is counted as used by `change`, for the day and for the month.
    async fn count(
        &mut self,
        reservation: &Reservation,
        change: impl Fn(Amount) -> Option<Amount>,
    ) -> Result<(), StoreError> {
        let Reservation { account, ask, day, .. } = reservation;
        for period in [day.to_string(), month(*day)] {
            let before: Option<(String,)> = query_as(
                "SELECT amount FROM usage WHERE account_id = $1 AND period = $2 \
                 AND feature = $3 AND currency = $4",
            )
            .bind(account.to_string())
            .bind(&period)
            .bind(&ask.feature)
            .bind(&ask.currency)
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading what was used"))?;
            let before =
                before.map(|(amount,)| At("usage", "amount").parse(&amount)).transpose()?;
            let after = change(before.unwrap_or_default());
            let after = after.ok_or_else(|| At("usage", "amount").unreadable())?;
            query(
                "INSERT INTO usage (account_id, feature, currency, period, amount) \
                 VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (account_id, period, feature, currency) DO UPDATE SET amount = $5",
            )
            .bind(account.to_string())
            .bind(&ask.feature)
            .bind(&ask.currency)
            .bind(period)
            .bind(after.to_string())
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("counting what is used"))?;
        }
        Ok(())
    }
}

fn reservation(row: Row) -> Result<Reservation, StoreError> {
    let (id, account, reference, feature, currency, amount, day, state, created, expires) = row;
    let at = |column| At("reservations", column);
    Ok(Reservation {
        id: at("id").parse(&id)?,
        account: at("account_id").parse(&account)?,
        reference,
        ask: Ask { feature, currency, amount: at("amount").parse(&amount)? },
        day: at("day").parse(&day)?,
        state: at("state").named(&state, &ReservationState::ALL, ReservationState::as_str)?,
        created_at: at("created_at").time(created)?,
        expires_at: at("expires_at").time(expires)?,
    })
}
