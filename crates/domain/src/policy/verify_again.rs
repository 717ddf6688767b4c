//! When a policy wants to see a person again.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// When a person who was verified has to be verified again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyAgain {
    /// So many days before a tier ends the operator is told, and a case for the same tier can
    /// be opened.
    pub remind_days: u32,
    /// Days that a tier holds after its approval, by tier. One that is not named holds as long
    /// as its document.
    #[serde(default)]
    pub days: BTreeMap<String, u32>,
}

impl VerifyAgain {
    /// The last day of `tier`, approved `today` by a document that holds until `expiry`.
    pub fn last_day(&self, tier: &str, today: Date, expiry: Option<Date>) -> Option<Date> {
        let days = self.days.get(tier);
        let term = days.map(|days| today.saturating_add(i64::from(*days).days()));
        match (term, expiry) {
            (Some(term), Some(expiry)) => Some(term.min(expiry)),
            (term, expiry) => term.or(expiry),
        }
    }

    /// Whether a tier that ends on `until` may be verified again on `today`.
    pub fn is_due(&self, until: Date, today: Date) -> bool {
        until <= self.reminded_until(today)
    }

    /// Tiers up to this last day are to be verified again.
    pub fn reminded_until(&self, today: Date) -> Date {
        today.saturating_add(i64::from(self.remind_days).days())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_tier_ends_with_its_document_or_its_term() {
        let again = VerifyAgain { remind_days: 30, days: [("L2".to_owned(), 365)].into() };
        let today = date(2026, 3, 1);
        let (soon, late) = (date(2026, 9, 1), date(2032, 1, 1));
        for (tier, expiry, last) in [
            ("L2", Some(soon), Some(soon)),
            ("L2", Some(late), Some(date(2027, 3, 1))),
            ("L2", None, Some(date(2027, 3, 1))),
            ("L1", Some(late), Some(late)),
            ("L1", None, None),
        ] {
            assert_eq!(again.last_day(tier, today, expiry), last, "{tier} {expiry:?}");
        }
        let due = |until| again.is_due(until, today);
        assert!(due(today) && due(date(2026, 3, 31)) && !due(date(2026, 4, 1)));
    }
}
