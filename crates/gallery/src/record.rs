//! One person's record in a shard file.

use crate::person::{Person, Sex};

/// A record that does not open: bytes of it changed, or its writing was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged {
    /// The person whom it names, unless the number itself was damaged. They are
    /// not searched until enrolled again.
    pub id: u64,
    /// The shard file, counted from 0.
    pub shard: u32,
    /// The record's place in it, counted from 0.
    pub slot: u32,
}

/// Bytes of the facts before the vector: whether a person is kept here, sex,
/// birth year.
const FACTS: usize = 4;

const KEPT: u8 = 1;
const REMOVED: u8 = 0;

/// Bytes of a record's text with a vector of `dimension`.
pub fn text_length(dimension: usize) -> usize {
    FACTS + 4 * dimension
}

/// The text of a record, to be sealed.
pub fn text(person: &Person, vector: &[f32]) -> Vec<u8> {
    let sex = match person.sex {
        None => 0,
        Some(Sex::Female) => 1,
        Some(Sex::Male) => 2,
        Some(Sex::Unspecified) => 3,
    };
    let [low, high] = person.birth_year.unwrap_or(0).to_le_bytes();
    let mut text = Vec::with_capacity(text_length(vector.len()));
    text.extend([KEPT, sex, low, high]);
    text.extend(vector.iter().flat_map(|value| value.to_le_bytes()));
    text
}

/// The text of a record from which a person was removed.
pub fn removed_text(dimension: usize) -> Vec<u8> {
    vec![REMOVED; text_length(dimension)]
}

/// The person of `text`, whose number is `id`; `None` where one was removed.
pub fn person(id: u64, text: &[u8]) -> Option<Person> {
    let [KEPT, sex, low, high] = *text.first_chunk::<FACTS>()? else { return None };
    let sex = match sex {
        1 => Some(Sex::Female),
        2 => Some(Sex::Male),
        3 => Some(Sex::Unspecified),
        _ => None,
    };
    let birth_year = Some(u16::from_le_bytes([low, high])).filter(|year| *year != 0);
    Some(Person { id, birth_year, sex })
}

/// The vector of `text`.
pub fn vector(text: &[u8]) -> impl Iterator<Item = f32> {
    let (values, _) = text[FACTS..].as_chunks::<4>();
    values.iter().map(|bytes| f32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        for birth_year in [None, Some(1), Some(1984), Some(u16::MAX)] {
            for sex in [None, Some(Sex::Female), Some(Sex::Male), Some(Sex::Unspecified)] {
                let written = Person { id: 5, birth_year, sex };
                let text = text(&written, &[1.5, -0.0, f32::MIN_POSITIVE]);
                assert_eq!(text.len(), text_length(3));
                assert_eq!(person(5, &text), Some(written));
                assert_eq!(vector(&text).collect::<Vec<_>>(), [1.5, -0.0, f32::MIN_POSITIVE]);
            }
        }
        assert_eq!(person(5, &removed_text(3)), None);
    }
}
