//! A case that goes on on another device: a code, shown by the first and taken by the second,
//! and a number that a person sees on both before the second one may do anything.

use std::time::Duration;

use domain::case::Case;
use domain::id::CaseId;
use jiff::Timestamp;
use store::Handoff;
use thiserror::Error;

use crate::cases::CaseError;
use crate::errors::Breakage;
use crate::installation::{Installation, act};
use crate::token::Token;

/// A code is taken, and the other device confirmed, in this time.
const TIME: Duration = Duration::from_mins(10);
/// Both devices show a number from 10 to 99: enough to notice a device that is not one's own.
const NUMBERS: std::ops::Range<u64> = 10..100;

/// A hand-off that was offered.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The code, shown this once: it is taken once.
    pub code: Token,
    /// The number that both devices show.
    pub number: u32,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A hand-off that another device took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The other device's token: it opens the case once the first device confirms it.
    pub token: Token,
    /// The number that both devices show.
    pub number: u32,
    /// The operator's name for the account, all but its ends hidden: who holds the wrong code
    /// sees that it is not theirs, and does not learn whose it is.
    pub account: String,
    /// The tier that the case is for.
    pub tier: String,
}

/// Where a hand-off stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoffState {
    /// Nobody took the code yet.
    Issued,
    /// Another device did, and waits to be confirmed.
    Swapped,
    /// It was confirmed, and may do what the first can.
    Confirmed,
    /// It was refused, on either device.
    Refused,
    /// Nobody took the code, or confirmed who did, in time.
    Expired,
}

impl HandoffState {
    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Swapped => "swapped",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }

    fn of(handoff: &Handoff, now: Timestamp) -> Self {
        match handoff {
            Handoff { refused_at: Some(_), .. } => Self::Refused,
            Handoff { confirmed_at: Some(_), .. } => Self::Confirmed,
            Handoff { expires_at, .. } if now >= *expires_at => Self::Expired,
            Handoff { token: Some(_), .. } => Self::Swapped,
            _ => Self::Issued,
        }
    }
}

/// What an applicant's token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The case.
    Open(Case),
    /// Nothing, until the first device confirms this one.
    Unconfirmed,
}

/// Why a hand-off did not go on.
#[derive(Debug, Error)]
pub enum HandoffError {
    /// Unknown, taken or over: which, nobody who guesses is told.
    #[error("this code has ended: make a new one on the other device")]
    UnknownCode,
    /// There is nothing to confirm or refuse.
    #[error("no other device waits to be confirmed: make a new code")]
    NothingWaits,
    /// As with every case.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl From<store::StoreError> for HandoffError {
    fn from(error: store::StoreError) -> Self {
        Self::Case(error.into())
    }
}

impl Installation {
    /// Offers a case to another device. What was offered before ends, with what it opened.
    ///
    /// # Errors
    /// See [`HandoffError`].
    pub async fn offer_handoff(&self, id: CaseId) -> Result<Offered, HandoffError> {
        let code = Token::new("bf_hand", &*self.parts.world);
        let dice = u64::from_be_bytes(self.parts.world.bytes());
        let number = NUMBERS.start + dice % (NUMBERS.end - NUMBERS.start);
        let number = u32::try_from(number).expect("it has two digits");
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let expires_at = self.now() + TIME;
        let handoff = Handoff {
            case: id,
            number,
            expires_at,
            token: None,
            confirmed_at: None,
            refused_at: None,
        };
        tx.add_handoff(&handoff, &code.hash()).await?;
        tx.log(&mut row, self.now(), &act("applicant", "offered to another device")).await?;
        tx.commit().await?;
        Ok(Offered { code, number, expires_at })
    }

    /// Where the hand-off of a case stands, with its number; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handoff(&self, id: CaseId) -> Result<Option<(HandoffState, u32)>, Breakage> {
        let handoff = self.parts.store.read().await?.handoff(id).await?;
        Ok(handoff.map(|handoff| (HandoffState::of(&handoff, self.now()), handoff.number)))
    }

    /// Takes a code on another device, once.
    ///
    /// # Errors
    /// See [`HandoffError`].
    pub async fn take_handoff(&self, code: &Token) -> Result<Taken, HandoffError> {
        let token = Token::new("bf_case", &*self.parts.world);
        let mut tx = self.parts.store.begin().await?;
        let listed = tx.handoff_of_code(&code.hash()).await?.ok_or(HandoffError::UnknownCode)?;
        let mut row = tx.lock_case(listed.case).await?.ok_or(HandoffError::UnknownCode)?;
        // Locked with its case: of two devices one takes it.
        let handoff = tx.handoff_of_code(&code.hash()).await?.ok_or(HandoffError::UnknownCode)?;
        if HandoffState::of(&handoff, self.now()) != HandoffState::Issued {
            return Err(HandoffError::UnknownCode);
        }
        tx.save_handoff(&Handoff { token: Some(token.hash()), ..handoff }).await?;
        tx.log(&mut row, self.now(), &act("applicant", "taken by another device")).await?;
        let account = tx.account(row.case.account).await?;
        tx.commit().await?;
        let account = account.map(|account| masked(&account.external_id)).unwrap_or_default();
        Ok(Taken { token, number: listed.number, account, tier: row.case.tier })
    }

    /// Says of the device that took the code that it is the person's own, or that it is not.
    ///
    /// # Errors
    /// See [`HandoffError`].
    pub async fn answer_handoff(&self, id: CaseId, own: bool) -> Result<(), HandoffError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let mut handoff = tx.handoff(id).await?.ok_or(HandoffError::NothingWaits)?;
        if HandoffState::of(&handoff, self.now()) != HandoffState::Swapped {
            return Err(HandoffError::NothingWaits);
        }
        let now = Some(self.now());
        let word = if own { "confirmed" } else { "refused" };
        (handoff.confirmed_at, handoff.refused_at) = if own { (now, None) } else { (None, now) };
        tx.save_handoff(&handoff).await?;
        tx.log(&mut row, self.now(), &act("applicant", format!("{word} another device"))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The person before the other device says that they did not start this: neither the code nor
    /// the device's token opens anything from here on, also where the first device had confirmed it.
    ///
    /// # Errors
    /// See [`HandoffError`]; there is nothing to refuse with a token of another kind.
    pub async fn disown_handoff(&self, token: &Token) -> Result<(), HandoffError> {
        let hash = token.hash();
        let mut tx = self.parts.store.begin().await?;
        let listed = tx.handoff_of_token(&hash).await?.ok_or(HandoffError::NothingWaits)?;
        let mut row = tx.lock_case(listed.case).await?.ok_or(HandoffError::NothingWaits)?;
        // Locked with its case: the first device may have answered meanwhile.
        let handoff = tx.handoff_of_token(&hash).await?.ok_or(HandoffError::NothingWaits)?;
        let state = HandoffState::of(&handoff, self.now());
        if !matches!(state, HandoffState::Swapped | HandoffState::Confirmed) {
            return Err(HandoffError::NothingWaits);
        }
        tx.save_handoff(&Handoff { refused_at: Some(self.now()), ..handoff }).await?;
        tx.log(&mut row, self.now(), &act("applicant", "disowned on another device")).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What an applicant's token opens; `None` for one that opens nothing, or nothing any
    /// more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access(&self, token: &Token) -> Result<Option<Access>, Breakage> {
        let (hash, now) = (token.hash(), self.now());
        let mut tx = self.parts.store.read().await?;
        if let Some(row) = tx.case_of_token(&hash, now).await? {
            return Ok(Some(Access::Open(row.case)));
        }
        let Some(handoff) = tx.handoff_of_token(&hash).await? else { return Ok(None) };
        match HandoffState::of(&handoff, now) {
            HandoffState::Swapped => Ok(Some(Access::Unconfirmed)),
            HandoffState::Confirmed => {
                let row = tx.case_with_token(handoff.case, now).await?;
                Ok(row.map(|row| Access::Open(row.case)))
            }
            _ => Ok(None),
        }
    }
}

/// The first and the last letters of a name; of a short one the first alone.
fn masked(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let shown = if letters.len() >= 8 { 2 } else { 0 };
    let end: String = letters[letters.len() - shown..].iter().collect();
    let start: String = letters.iter().take(shown.max(1)).collect();
    format!("{start}•••{end}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_name_is_recognised_and_not_read() {
        for (name, shown) in [
            ("", "•••"),
            ("x", "x•••"),
            ("user-1", "u•••"),
            ("user-1234", "us•••34"),
            ("用户名字很长的人", "用户•••的人"),
        ] {
            assert_eq!(masked(name), shown);
        }
    }
}
