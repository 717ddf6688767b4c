//! An account: the operator's user, the tier it has reached, and whether it may act.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::campaign::CampaignCode;
use crate::document::Country;
use crate::guidance::Language;
use crate::id::{AccountId, CaseId};

/// What an account is to the limits. Personal data lies elsewhere, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Our id.
    pub id: AccountId,
    /// The operator's own name for it, once in an installation.
    pub external_id: String,
    /// The country whose law says how long its data is kept, where the operator told it.
    pub country: Option<Country>,
    /// The language that its owner reads, where the operator told it.
    pub language: Option<Language>,
    /// The campaign that it came by, once and for all.
    pub campaign: Option<CampaignCode>,
    /// The tier that it has been granted, with until when.
    pub standing: Standing,
    /// The tier that it had and that ran out, until it is verified again.
    pub lapsed: Option<Lapsed>,
    /// That its person goes on with another account: this one is closed.
    pub closed: Option<Closing>,
    /// Why it may do nothing for now, where it may not.
    pub frozen: Option<Freeze>,
    /// When it was opened.
    pub created_at: Timestamp,
}

/// The tier of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// L0: nothing is known of the person yet.
    Registered,
    /// A tier of the policy, by name.
    Verified {
        /// Its name.
        tier: String,
        /// The last day on which it holds: the document's, or when the policy wants to see
        /// the person again. Without one it holds until it is taken away.
        until: Option<Date>,
    },
}

impl Standing {
    /// The tier that holds on `today`: an expired one is none.
    pub fn tier_on(&self, today: Date) -> Option<&str> {
        match self {
            Self::Registered => None,
            Self::Verified { until: Some(until), .. } if *until < today => None,
            Self::Verified { tier, .. } => Some(tier),
        }
    }

    /// The tier that ran out before `today`, where one did.
    pub fn lapsed_on(&self, today: Date) -> Option<Lapsed> {
        match self {
            Self::Verified { tier, until: Some(until) } if *until < today => {
                Some(Lapsed { tier: tier.clone(), until: *until })
            }
            _ => None,
        }
    }
}

/// A tier that an account had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapsed {
    /// Its name.
    pub tier: String,
    /// The last day on which it held.
    pub until: Date,
}

/// What closed an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// The account that its person goes on with.
    pub kept: AccountId,
    /// The case that was decided so.
    pub case: CaseId,
}

impl Account {
    /// Whether it may do nothing for now: it is frozen, or closed.
    pub fn is_stopped(&self) -> bool {
        self.frozen.is_some() || self.closed.is_some()
    }
}

/// A freeze: everything is refused until it is lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    /// Since when.
    pub since: Timestamp,
    /// The operator's ground; the account's owner is not told it.
    pub ground: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_tier_holds_through_its_last_day() {
        let until = |until| Standing::Verified { tier: "L2".to_owned(), until };
        let today = date(2026, 3, 1);
        let cases = [
            (Standing::Registered, None),
            (until(None), Some("L2")),
            (until(Some(today)), Some("L2")),
            (until(Some(date(2026, 2, 28))), None),
        ];
        for (standing, tier) in cases {
            assert_eq!(standing.tier_on(today), tier, "{standing:?}");
        }
    }
}
