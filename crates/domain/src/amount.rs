//! Amounts of money or of a coin: exact, never a float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits after the point that a coin may have (ether has 18).
const MOST_DECIMALS: usize = 18;
/// Digits before the point: 18 hold what is moved in rupiah and dong, and a sum of 36 digits is
/// exact in the integer below.
const MOST_DIGITS: usize = 18;
/// How many of the smallest part make one.
const ONE: u128 = 10_u128.pow(18);

/// An amount of at least 0, with up to 18 digits before the point and 18 after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(u128);

/// Text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no amount: write digits, with a decimal point if it needs one, such as 50000 or \
     0.25; at most {MOST_DIGITS} digits before the point and {MOST_DECIMALS} after it"
)]
pub struct NotAnAmount(String);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that can be written.
    pub const MOST: Self = Self(ONE * ONE - 1);

    /// Both together; `None` beyond [`Amount::MOST`].
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self(self.0 + other.0)).filter(|sum| *sum <= Self::MOST)
    }

    /// What is left of it, at least nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let short = whole.len() <= MOST_DIGITS && decimals.len() <= MOST_DECIMALS;
        let plain = digits(whole) && digits(decimals) && short;
        let parts = plain.then(|| format!("{whole}{decimals:0<MOST_DECIMALS$}").parse().ok());
        // No more of it than a person needs to recognise it.
        parts.flatten().map(Self).ok_or_else(|| NotAnAmount(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, parts) = (self.0 / ONE, self.0 % ONE);
        if parts == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{parts:0MOST_DECIMALS$}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
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
        let long = "9".repeat(18) + "." + &"9".repeat(18);
        assert_eq!(long.parse::<Amount>().unwrap().to_string(), long);
        let too_long = "9".repeat(19);
        assert_eq!(long.parse(), Ok(Amount::MOST));
        let least = "0.000000000000000001";
        assert_eq!(least.parse::<Amount>().unwrap().to_string(), least);
        assert_eq!(Amount::MOST.plus(least.parse().unwrap()), None);
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
