//! Ids: distinct types with a text prefix, sorted by when they were made.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is no id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no id of {what}: it begins with {prefix}_ and goes on with 32 hexadecimal digits")]
pub struct NotAnId {
    /// What the id should be of.
    pub what: &'static str,
    /// The prefix that it should have.
    pub prefix: &'static str,
}

/// 48 bits of milliseconds since 1970, then 80 random bits: new ids sort after older ones,
/// so that an index grows at its end, and nobody guesses one.
fn bytes(at: Timestamp, random: [u8; 10]) -> [u8; 16] {
    let mut bytes = [0; 16];
    let ms = at.as_millisecond().max(0).to_be_bytes();
    bytes[..6].copy_from_slice(&ms[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes
}

fn parse(text: &str, prefix: &str) -> Option<[u8; 16]> {
    let digits = text.strip_prefix(prefix)?.strip_prefix('_')?.as_bytes();
    let mut bytes = [0; 16];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Some(c - b'0'),
            b'a'..=b'f' => Some(c - b'a' + 10),
            _ => None,
        };
        *byte = 16 * digit(pair[0])? + digit(pair[1])?;
    }
    Some(bytes)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new id, made `at` this time of 80 `random` bits.
            pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
                Self(bytes(at, random))
            }

            /// When it was made, to the millisecond.
            pub fn made_at(self) -> Timestamp {
                let mut ms = [0; 8];
                ms[2..].copy_from_slice(&self.0[..6]);
                // 48 bits reach beyond the last time stamp that there is.
                let made = Timestamp::from_millisecond(i64::from_be_bytes(ms));
                made.unwrap_or(Timestamp::MAX)
            }

            /// Its last eight bytes as a number: random enough to name it where a number
            /// is needed.
            pub fn number(self) -> u64 {
                u64::from_be_bytes(self.0[8..].try_into().expect("eight bytes"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "_"))?;
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text, $prefix).map(Self).ok_or(NotAnId { what: $what, prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// An account: the operator's user.
    AccountId, "acc", "an account";
    /// A case: one account's way to one tier.
    CaseId, "case", "a case";
    /// An upload: one picture or capture in a case.
    UploadId, "up", "an upload";
    /// An upload that comes in parts.
    TransferId, "tr", "a transfer";
    /// One part of it.
    PartId, "part", "a part of a transfer";
    /// What an applicant wrote about a case.
    MessageId, "msg", "a message";
    /// A decision on a case.
    DecisionId, "dec", "a decision";
    /// A job of the queue.
    JobId, "job", "a job";
    /// An event that the operator's system is told.
    EventId, "evt", "an event";
    /// An amount that is reserved out of a limit.
    ReservationId, "res", "a reservation";
    /// A ground on which an account's data must not be erased.
    HoldId, "hold", "a hold";
    /// An endpoint that events are posted to.
    EndpointId, "hook", "a web hook";
    /// A key of the API.
    ApiKeyId, "key", "an API key";
    /// An entry of the blocklist.
    BlockId, "block", "an entry of the blocklist";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written_and_only_as_its_own_kind() {
        let at = Timestamp::from_millisecond(1_780_000_000_123).unwrap();
        let id = CaseId::new(at, [0xab; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::to_value(id).unwrap(), id.to_string());
        assert!(id.to_string().parse::<AccountId>().is_err());
        let text = id.to_string();
        for wrong in ["", "case_", &text[1..], &text[..text.len() - 1], &text.to_uppercase()] {
            assert!(wrong.parse::<CaseId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_sort_by_when_they_were_made() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let earlier = JobId::new(at(1_000), [0xff; 10]);
        let later = JobId::new(at(1_001), [0; 10]);
        assert!(earlier < later && earlier.to_string() < later.to_string());
    }
}
