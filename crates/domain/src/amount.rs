//! Amounts of money or of a coin: exact, never a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits after the point that a coin may have (ether has 18).
const MOST_DECIMALS: u32 = 18;
/// Digits before the point: with the decimals above, 28 in all are exact.
const MOST_DIGITS: u32 = 10;

/// An amount of at least 0, with up to ten digits before the point and 18 after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(Decimal);

/// Text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no amount: write digits, with a decimal point if it needs one, such as 50000 or \
     0.25; at most {MOST_DIGITS} digits before the point and {MOST_DECIMALS} after it"
)]
pub struct NotAnAmount(String);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Both together; `None` beyond what is exact, which no limit allows anyway.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left of it, at least nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self((self.0 - other.0).max(Decimal::ZERO))
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let short = whole.len() <= MOST_DIGITS as usize && decimals.len() <= MOST_DECIMALS as usize;
        let plain = digits(whole) && digits(decimals) && short;
        let value = plain.then(|| Decimal::from_str_exact(text).ok()).flatten();
        value.map(|value| Self(value.normalize())).ok_or_else(|| {
            // No more of it than a person needs to recognise it.
            NotAnAmount(text.chars().take(40).collect())
        })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_decimals_are_amounts() {
        for (text, shown) in [("0", "0"), ("50000", "50000"), ("0.250", "0.25"), ("007", "7")] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), shown);
        }
        let long = "9".repeat(10) + "." + &"9".repeat(18);
        assert_eq!(long.parse::<Amount>().unwrap().to_string(), long);
        let too_long = "9".repeat(11);
        let too_fine = "0.".to_owned() + &"1".repeat(19);
        for wrong in
            ["", "-1", "+1", "1e3", "1,000", ".5", "5.", "1.2.3", " 1", "٣", &too_long, &too_fine]
        {
            assert!(wrong.parse::<Amount>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn sums_are_exact(a in 0u64..1_000_000_000, b in 0u64..1_000_000_000) {
            let amount = |units: u64| -> Amount {
                format!("{}.{:08}", units / 100_000_000, units % 100_000_000).parse().unwrap()
            };
            prop_assert_eq!(amount(a).plus(amount(b)), Some(amount(a + b)));
            prop_assert_eq!(amount(a).less(amount(b)), amount(a.saturating_sub(b)));
        }
    }
}
