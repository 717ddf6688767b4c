//! From the values of a row to domain types.

use std::str::FromStr;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};

use crate::errors::StoreError;

/// Where a value stands, for the message when it cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct At(pub &'static str, pub &'static str);

impl At {
    /// The error of this place.
    pub fn unreadable(self) -> StoreError {
        StoreError::Unreadable { table: self.0, column: self.1 }
    }

    /// The value of this column in `row`, whose table this is.
    pub fn of<'r, T: Decode<'r, Any> + Type<Any>>(self, row: &'r AnyRow) -> Result<T, StoreError> {
        row.try_get(self.1).map_err(|_| self.unreadable())
    }

    /// A time.
    pub fn time(self, ms: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(ms).map_err(|_| self.unreadable())
    }

    /// Whatever is written as text.
    pub fn parse<T: FromStr>(self, text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.unreadable())
    }

    /// The value of `all` that is called `name`.
    pub fn named<T: Copy>(
        self,
        name: &str,
        all: &[T],
        name_of: impl Fn(T) -> &'static str,
    ) -> Result<T, StoreError> {
        let found = all.iter().copied().find(|value| name_of(*value) == name);
        found.ok_or_else(|| self.unreadable())
    }

    /// A hash of 32 bytes.
    pub fn hash(self, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        bytes.try_into().map_err(|_| self.unreadable())
    }

    /// A count.
    pub fn count(self, number: i64) -> Result<u32, StoreError> {
        number.try_into().map_err(|_| self.unreadable())
    }
}
