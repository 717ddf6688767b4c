//! What a policy says beyond the pictures: the order of its tiers, its calendar, and how
//! long things take.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};

use crate::check::CheckKind;
use crate::policy::{Duty, Policy, Retention, TierPolicy, VerifyAgain};

/// The part of a policy that a server needs and a single verification does not.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Where its days and months begin, an IANA name such as `Asia/Shanghai`.
    pub time_zone: Zone,
    /// Its tiers from the lowest to the highest.
    pub ladder: Vec<String>,
    /// Hours after which a case ends that nobody submitted.
    pub case_hours: u32,
    /// Hours for which an applicant's token opens their case; the operator may make a new one.
    pub token_hours: NonZeroU16,
    /// Times that somebody may submit for a tier before a person takes it over.
    pub max_attempts: u32,
    /// They are counted in the cases that were opened in so many days, since the tier was given last.
    pub attempts_days: u32,
    /// Minutes after which an amount that was reserved and never used is free again.
    pub reservation_minutes: u32,
    /// Business days in which a person decides.
    pub review_days: u32,
    /// Days after a refusal in which the person may appeal.
    pub appeal_days: u32,
    /// Business days in which an appeal is decided.
    pub appeal_review_days: u32,
    /// When a person is to be seen again.
    pub verify_again: VerifyAgain,
    /// How long what is kept of a person is kept.
    pub retention: Retention,
    /// Days from Monday to Friday that are no business days.
    #[serde(default)]
    pub holidays: BTreeSet<Date>,
}

/// A time zone under its IANA name.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let zones = jiff::tz::TimeZoneDatabase::bundled();
        let zone = if name == "UTC" { Ok(TimeZone::UTC) } else { zones.get(&name) };
        zone.map(Self).map_err(|_| {
            serde::de::Error::custom(format!(
                "{name:?} is no time zone; write one as Asia/Shanghai"
            ))
        })
    }
}

impl Service {
    /// The calendar day on which `at` falls.
    pub fn day(&self, at: Timestamp) -> Date {
        self.time_zone.0.to_datetime(at).date()
    }

    /// The end of the last of `days` business days after the day of `at`: by when a person
    /// decides what came in then.
    pub fn business_days_after(&self, at: Timestamp, days: u32) -> Timestamp {
        let mut day = self.day(at);
        let mut left = days;
        while left > 0 {
            day = day.tomorrow().expect("a date of this century");
            let weekday = day.weekday().to_monday_zero_offset() < 5;
            left -= u32::from(weekday && !self.holidays.contains(&day));
        }
        let end = self.time_zone.0.to_timestamp(day.at(23, 59, 59, 0));
        end.expect("a time of this century")
    }

    /// The tier after `tier`; the first one after none.
    pub fn next(&self, tier: Option<&str>) -> Option<&str> {
        let place = match tier {
            None => 0,
            Some(tier) => self.ladder.iter().position(|name| name == tier)? + 1,
        };
        self.ladder.get(place).map(String::as_str)
    }

    /// What is left of `tier` once it ran out: the highest tier below it that asks for nothing
    /// that `tier` did not, for no document that is valid, and holds without a term.
    pub fn left_of<'a>(&'a self, policy: &'a Policy, tier: &str) -> Option<&'a str> {
        let had = policy.tier(Some(tier)).ok()?;
        let place = self.ladder.iter().position(|name| name == tier)?;
        let required = |tier: &TierPolicy, kind| tier.duty(kind) == Duty::Required;
        let holds = |lower: &&String| {
            let Ok(asks) = policy.tier(Some(lower.as_str())) else { return false };
            CheckKind::ALL.iter().all(|kind| !required(asks, *kind) || required(had, *kind))
                && !required(asks, CheckKind::NotExpired)
                && !self.verify_again.days.contains_key(lower.as_str())
        };
        self.ladder[..place].iter().rev().find(holds).map(String::as_str)
    }

    /// Whether `tier` is at least as high as `other`.
    pub fn reaches(&self, tier: &str, other: &str) -> bool {
        let place = |name: &str| self.ladder.iter().position(|tier| tier == name);
        place(tier).zip(place(other)).is_some_and(|(tier, other)| tier >= other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(zone: &str) -> Service {
        let text = format!(
            "time_zone = {zone:?}\nladder = [\"L1\", \"L2\"]\ncase_hours = 1\ntoken_hours = 1\nmax_attempts = 1\nattempts_days = 30\n\
             reservation_minutes = 1\nreview_days = 1\nappeal_days = 1\n\
             appeal_review_days = 1\nholidays = [\"2026-03-17\"]\n\
             [verify_again]\nremind_days = 30\n[retention]\nbackup_days = 30\n\
             terms = {{ pictures_days = 90, faces_days = 90, unapproved_days = 180, duty_days = 1826 }}\n\
             [retention.countries]\n\
             DEU = {{ pictures_days = 30, faces_days = 30, unapproved_days = 180, duty_days = 1826, \
             marker = {{ purpose = \"one account a person\", days = 365 }} }}"
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn days_begin_where_the_policy_is() {
        let at: Timestamp = "2026-03-01T17:30:00Z".parse().unwrap();
        assert_eq!(service("UTC").day(at).to_string(), "2026-03-01");
        assert_eq!(service("Asia/Shanghai").day(at).to_string(), "2026-03-02");
    }

    #[test]
    fn business_days_leave_out_weekends_and_holidays() {
        // A Friday.
        let at: Timestamp = "2026-03-06T10:00:00Z".parse().unwrap();
        let cases = [
            (0, "2026-03-06"),
            (1, "2026-03-09"),
            (3, "2026-03-11"),
            (6, "2026-03-16"),
            (7, "2026-03-18"),
        ];
        for (days, due) in cases {
            let expected: Timestamp = format!("{due}T23:59:59Z").parse().unwrap();
            assert_eq!(service("UTC").business_days_after(at, days), expected, "{days}");
        }
    }

    #[test]
    fn a_country_may_have_terms_of_its_own() {
        let retention = service("UTC").retention;
        let country = |code| crate::document::Country::parse(code).unwrap();
        assert_eq!(retention.terms(Some(&country("DEU"))).pictures_days, 30);
        for other in [None, Some(country("FRA"))] {
            assert_eq!(retention.terms(other.as_ref()).pictures_days, 90);
        }
        let at: Timestamp = "2026-03-06T10:00:00Z".parse().unwrap();
        let marker = retention.terms(Some(&country("DEU"))).marker.as_ref().unwrap();
        assert_eq!((marker.purpose.as_str(), marker.days.get()), ("one account a person", 365));
        assert_eq!(retention.backups_until(at).to_string(), "2026-04-05T10:00:00Z");
    }

    #[test]
    fn tiers_follow_the_ladder() {
        let service = service("UTC");
        assert_eq!(service.next(None), Some("L1"));
        assert_eq!(service.next(Some("L1")), Some("L2"));
        assert_eq!(service.next(Some("L2")), None);
        assert!(service.reaches("L2", "L1") && service.reaches("L1", "L1"));
        assert!(!service.reaches("L1", "L2") && !service.reaches("L9", "L1"));
    }
}
