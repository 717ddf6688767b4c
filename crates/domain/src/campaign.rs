//! Campaigns: a code that a new user is invited by, and the discount on fees that it gives.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::amount::Amount;

/// A code has so many letters and digits: short enough to be typed from a poster, long enough
/// not to be hit by chance.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=20;
/// The whole fee, percent.
const WHOLE: &str = "100";

/// A referral code: capital letters and digits. Small letters are read as capitals, and the
/// spaces and hyphens that people put in between are left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CampaignCode(String);

/// Text that is no code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a referral code has 6 to 20 letters and digits: type it as it was given to you")]
pub struct NotACode;

impl CampaignCode {
    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CampaignCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let kept = text.chars().filter(|c| !matches!(c, ' ' | '-')).take(LENGTH.end() + 1);
        let code: String = kept.map(|c| c.to_ascii_uppercase()).collect();
        let plain = code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        (plain && LENGTH.contains(&code.len())).then_some(Self(code)).ok_or(NotACode)
    }
}

impl fmt::Display for CampaignCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for CampaignCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CampaignCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a campaign gives, and to how many, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Its code.
    pub code: CampaignCode,
    /// How much of a fee its accounts need not pay, percent: more than 0, at most 100.
    pub fee_discount_percent: Amount,
    /// The first day on which an account can come by it.
    pub from: Date,
    /// The last day of that, and of the discount.
    pub until: Date,
    /// How many accounts can come by it; without one, any number.
    pub cap: Option<u32>,
}

/// Terms that no campaign can have.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadTerms {
    /// No discount, or more than the fee.
    #[error("fee_discount_percent is more than 0 and at most 100, such as \"20\"")]
    Discount,
    /// It ends before it begins.
    #[error("a campaign ends on its first day or later: until is before from")]
    Dates,
    /// Nobody may come.
    #[error("a campaign is for one account at least: leave cap out for any number")]
    Cap,
}

impl Terms {
    /// Whether a campaign can have them.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), BadTerms> {
        let whole: Amount = WHOLE.parse().expect("an amount");
        if self.fee_discount_percent.is_zero() || self.fee_discount_percent > whole {
            return Err(BadTerms::Discount);
        }
        if self.until < self.from {
            return Err(BadTerms::Dates);
        }
        if self.cap == Some(0) { Err(BadTerms::Cap) } else { Ok(()) }
    }
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// What it gives.
    pub terms: Terms,
    /// How many accounts came by it.
    pub joined: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was ended before its last day: from then on nobody comes by it, and its
    /// discount is none.
    pub ended_at: Option<Timestamp>,
}

impl Campaign {
    /// Whether one more account can come by it on `today`.
    pub fn takes(&self, today: Date) -> bool {
        let Terms { from, cap, .. } = &self.terms;
        *from <= today && self.gives(today) && cap.is_none_or(|cap| self.joined < cap)
    }

    /// Whether those who came by it have its discount on `today`.
    pub fn gives(&self, today: Date) -> bool {
        self.ended_at.is_none() && today <= self.terms.until
    }
}

/// What an account has of the campaign that it came by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// The campaign's code.
    pub code: CampaignCode,
    /// How much of a fee it need not pay, percent.
    pub fee_discount_percent: Amount,
    /// The last day of the discount.
    pub until: Date,
}

impl Referral {
    /// Of `campaign`, as long as it gives anything.
    pub fn on(campaign: &Campaign, today: Date) -> Option<Self> {
        let Terms { code, fee_discount_percent, until, .. } = campaign.terms.clone();
        campaign.gives(today).then_some(Self { code, fee_discount_percent, until })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn terms() -> Terms {
        Terms {
            code: "SPRING26".parse().unwrap(),
            fee_discount_percent: "20".parse().unwrap(),
            from: date(2026, 3, 1),
            until: date(2026, 3, 31),
            cap: Some(2),
        }
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        for (text, code) in [
            ("SPRING26", Some("SPRING26")),
            ("spring-26", Some("SPRING26")),
            (" ab 12 cd ", Some("AB12CD")),
            ("abcde", None),
            ("", None),
            ("SPRING_26", None),
            ("邀请码一二", None),
            ("A23456789012345678901", None),
            ("--------------------------A12345", Some("A12345")),
        ] {
            let read = text.parse::<CampaignCode>().ok();
            assert_eq!(read.as_ref().map(CampaignCode::as_str), code, "{text:?}");
        }
    }

    #[test]
    fn terms_that_make_no_sense_are_refused() {
        let with = |change: fn(&mut Terms)| {
            let mut terms = terms();
            change(&mut terms);
            terms.check()
        };
        assert_eq!(with(|_| ()), Ok(()));
        assert_eq!(with(|terms| terms.until = terms.from), Ok(()));
        let none = with(|terms| terms.fee_discount_percent = Amount::ZERO);
        assert_eq!(none, Err(BadTerms::Discount));
        let most = with(|terms| terms.fee_discount_percent = "100.01".parse().unwrap());
        assert_eq!(most, Err(BadTerms::Discount));
        assert_eq!(with(|terms| terms.until = date(2026, 2, 28)), Err(BadTerms::Dates));
        assert_eq!(with(|terms| terms.cap = Some(0)), Err(BadTerms::Cap));
    }

    #[test]
    fn a_campaign_takes_and_gives_in_its_time() {
        let campaign = |joined, ended: bool| Campaign {
            terms: terms(),
            joined,
            created_at: Timestamp::UNIX_EPOCH,
            ended_at: ended.then_some(Timestamp::UNIX_EPOCH),
        };
        let march = |day| date(2026, 3, day);
        for (joined, ended, today, takes, gives) in [
            (0, false, date(2026, 2, 28), false, true),
            (0, false, march(1), true, true),
            (1, false, march(31), true, true),
            (2, false, march(2), false, true),
            (0, false, date(2026, 4, 1), false, false),
            (0, true, march(2), false, false),
        ] {
            let campaign = campaign(joined, ended);
            let found = (campaign.takes(today), campaign.gives(today));
            assert_eq!(found, (takes, gives), "{joined} {ended} {today}");
            assert_eq!(Referral::on(&campaign, today).is_some(), gives);
        }
    }
}
