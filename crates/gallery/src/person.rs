//! Who is in a gallery, and whom a search considers.

use std::ops::RangeInclusive;

/// A person of a gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The caller's number for this person, once in a gallery. It stands in the
    /// file unsealed, so that a damaged record still says whose it was: make it
    /// a number that means nothing elsewhere.
    pub id: u64,
    /// Year of birth, Gregorian, where known; 0 counts as unknown.
    pub birth_year: Option<u16>,
    /// Sex as documents state it, where known.
    pub sex: Option<Sex>,
}

/// Sex as documents state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// F.
    Female,
    /// M.
    Male,
    /// X, stated as neither.
    Unspecified,
}

impl Person {
    /// A person of whom nothing but the number is known.
    pub fn new(id: u64) -> Self {
        Self { id, birth_year: None, sex: None }
    }
}

/// Whom a search considers; by default everyone.
///
/// A person of whom a fact is unknown is considered whatever that fact has to
/// be, and so is one of unspecified sex: a filter narrows by what is known, and
/// a gap in a record must not hide anyone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Born in these years.
    pub birth_years: Option<RangeInclusive<u16>>,
    /// Of this sex.
    pub sex: Option<Sex>,
}

impl Filter {
    /// Whether `person` is considered.
    pub fn admits(&self, person: &Person) -> bool {
        let born = match (&self.birth_years, person.birth_year) {
            (Some(years), Some(year)) => years.contains(&year),
            _ => true,
        };
        let of_sex = match (self.sex, person.sex) {
            (None | Some(Sex::Unspecified), _) | (_, None | Some(Sex::Unspecified)) => true,
            (Some(wanted), Some(sex)) => wanted == sex,
        };
        born && of_sex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_narrows_by_what_is_known() {
        let filter = Filter { birth_years: Some(1980..=1990), sex: Some(Sex::Female) };
        let cases = [
            (Some(1980), Some(Sex::Female), true),
            (Some(1990), Some(Sex::Female), true),
            (Some(1991), Some(Sex::Female), false),
            (Some(1985), Some(Sex::Male), false),
            (None, Some(Sex::Female), true),
            (None, Some(Sex::Male), false),
            (Some(1985), None, true),
            (Some(1985), Some(Sex::Unspecified), true),
            (Some(1979), Some(Sex::Unspecified), false),
            (None, None, true),
        ];
        for (birth_year, sex, expected) in cases {
            let person = Person { id: 1, birth_year, sex };
            assert_eq!(filter.admits(&person), expected, "{person:?}");
            assert!(Filter::default().admits(&person));
        }
    }
}
