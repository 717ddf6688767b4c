//! A case: one account's way to one tier, from opening to its end.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::decision::Verdict;
use crate::id::{AccountId, CaseId};

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Whose.
    pub account: AccountId,
    /// The tier that it is for.
    pub tier: String,
    /// SHA-256 of the policy under which it was opened and is decided.
    pub policy: String,
    /// Where it stands.
    pub state: CaseState,
    /// How many times it was submitted.
    pub attempts: u32,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it ends by itself unless it was submitted.
    pub expires_at: Timestamp,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// The person is at it: details and pictures are taken.
    Collecting,
    /// It was submitted; the engine has it.
    Assessing,
    /// A person has to look.
    InReview,
    /// Approved: the tier was granted.
    Approved,
    /// Declined.
    Declined,
    /// The person or the operator ended it.
    Cancelled,
    /// Its time ran out before it was submitted.
    Expired,
}

/// What happens to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The person types, agrees or uploads.
    Fill,
    /// The person is done.
    Submit,
    /// The engine has decided.
    Assessed(Verdict),
    /// The engine cannot decide: its job broke for good.
    GiveUp,
    /// A person has decided.
    Reviewed(Verdict),
    /// The person asks for another look at what was declined.
    Appeal,
    /// It is called off.
    Cancel,
    /// Its time has run out.
    Expire,
}

/// A step that a case cannot take from where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {} cannot be {}", .from.as_str(), .step.as_str())]
pub struct Impossible {
    /// Where it stands.
    pub from: CaseState,
    /// What was tried.
    pub step: Move,
}

impl CaseState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Collecting,
        Self::Assessing,
        Self::InReview,
        Self::Approved,
        Self::Declined,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Assessing => "assessing",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Whether nothing more happens to it by itself: what was declined may be appealed against.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Approved | Self::Declined | Self::Cancelled | Self::Expired)
    }

    /// Where it stands after `step`.
    ///
    /// # Errors
    /// When it cannot take that step: what is over stays over, and only the engine decides
    /// what was submitted, only a person what is in review.
    pub fn after(self, step: Move) -> Result<Self, Impossible> {
        let decided = |verdict| match verdict {
            Verdict::Approve => Self::Approved,
            Verdict::Retry => Self::Collecting,
            Verdict::Review => Self::InReview,
            Verdict::Decline => Self::Declined,
        };
        match (self, step) {
            (Self::Collecting, Move::Fill) => Ok(Self::Collecting),
            (Self::Collecting, Move::Submit) => Ok(Self::Assessing),
            (Self::Assessing, Move::Assessed(verdict)) => Ok(decided(verdict)),
            (Self::Assessing, Move::GiveUp) | (Self::Declined, Move::Appeal) => Ok(Self::InReview),
            (Self::InReview, Move::Reviewed(verdict)) if verdict != Verdict::Review => {
                Ok(decided(verdict))
            }
            (Self::Collecting, Move::Expire) => Ok(Self::Expired),
            (Self::Collecting | Self::InReview, Move::Cancel) => Ok(Self::Cancelled),
            (from, step) => Err(Impossible { from, step }),
        }
    }
}

impl Move {
    /// As a sentence goes on with it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "filled in",
            Self::Submit => "submitted",
            Self::Assessed(_) => "decided by the engine",
            Self::GiveUp => "given up by the engine",
            Self::Reviewed(_) => "decided by a person",
            Self::Appeal => "appealed against",
            Self::Cancel => "cancelled",
            Self::Expire => "left to expire",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERDICTS: [Verdict; 4] =
        [Verdict::Approve, Verdict::Retry, Verdict::Review, Verdict::Decline];

    fn moves() -> Vec<Move> {
        let decided = VERDICTS.into_iter().flat_map(|v| [Move::Assessed(v), Move::Reviewed(v)]);
        let others = [Move::Fill, Move::Submit, Move::GiveUp, Move::Appeal, Move::Cancel];
        decided.chain(others).chain([Move::Expire]).collect()
    }

    #[test]
    fn what_is_over_stays_over_but_for_an_appeal() {
        assert_eq!(CaseState::Declined.after(Move::Appeal), Ok(CaseState::InReview));
        for state in CaseState::ALL.into_iter().filter(|state| state.is_over()) {
            for step in moves() {
                if (state, step) == (CaseState::Declined, Move::Appeal) {
                    continue;
                }
                assert_eq!(state.after(step), Err(Impossible { from: state, step }));
            }
        }
    }

    #[test]
    fn approval_comes_from_the_engine_or_a_person_and_from_nowhere_else() {
        for state in CaseState::ALL {
            for step in moves() {
                if state.after(step) == Ok(CaseState::Approved) {
                    let by_engine = (CaseState::Assessing, Move::Assessed(Verdict::Approve));
                    let by_person = (CaseState::InReview, Move::Reviewed(Verdict::Approve));
                    assert!([by_engine, by_person].contains(&(state, step)));
                }
            }
        }
    }

    #[test]
    fn a_person_cannot_put_a_review_off_by_deciding_review() {
        let step = Move::Reviewed(Verdict::Review);
        assert!(CaseState::InReview.after(step).is_err());
    }
}
