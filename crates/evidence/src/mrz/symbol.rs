//! The 37 characters of the zone and sets of them.

use vision::text::ZONE_ALPHABET;

/// A character of the zone by its place in [`ZONE_ALPHABET`]: 0–9, A–Z, `<`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol(u8);

impl Symbol {
    pub(super) const COUNT: usize = ZONE_ALPHABET.len();
    pub(super) const FILLER: Self = Self(36);

    /// Every symbol in the order of [`ZONE_ALPHABET`].
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT as u8).map(Self)
    }

    /// Symbol number `index` of [`ZONE_ALPHABET`], which has 37.
    pub(super) const fn nth(index: usize) -> Self {
        debug_assert!(index < Self::COUNT);
        Self(index as u8)
    }

    /// The symbol that `character` is, if it is one.
    pub(super) fn of(character: char) -> Option<Self> {
        match character {
            '0'..='9' => Some(Self(character as u8 - b'0')),
            'A'..='Z' => Some(Self(character as u8 - b'A' + 10)),
            '<' => Some(Self::FILLER),
            _ => None,
        }
    }

    /// The digit with the value of `sum` modulo 10.
    pub(super) fn digit(sum: u32) -> Self {
        Self((sum % 10) as u8)
    }

    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    pub(super) fn character(self) -> char {
        ZONE_ALPHABET[self.index()]
    }

    /// Whether no check digit tells this symbol from `other`, as G from Q and S from 8. The
    /// filler weighs as 0 and K do and is left out: it is given a hundredth of every K, which
    /// would leave each of them in doubt.
    pub(super) fn weighs_as(self, other: Self) -> bool {
        let fillers = [self, other].contains(&Self::FILLER);
        self == other || !fillers && self.value() % 10 == other.value() % 10
    }

    /// Its value in a check digit (ICAO Doc 9303-3, 4.9): digits count as
    /// themselves, A to Z as 10 to 35, the filler as 0.
    pub(super) fn value(self) -> u32 {
        if self == Self::FILLER { 0 } else { u32::from(self.0) }
    }
}

/// The weight of character number `index` of what a check digit covers
/// (ICAO Doc 9303-3, 4.9).
pub(super) fn weight(index: usize) -> u32 {
    [7, 3, 1][index % 3]
}

/// The characters that may stand in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u64);

impl Class {
    pub(super) const DIGITS: Self = Self((1 << 10) - 1);
    pub(super) const LETTERS: Self = Self(((1 << 36) - 1) & !((1 << 10) - 1));
    pub(super) const FILLER: Self = Self(1 << 36);
    pub(super) const ANY: Self = Self((1 << 37) - 1);

    /// The class of exactly these characters; those outside the zone's
    /// alphabet are left out.
    pub(super) fn of(characters: &str) -> Self {
        Self(characters.chars().filter_map(Symbol::of).fold(0, |set, s| set | 1 << s.0))
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn holds(self, symbol: Symbol) -> bool {
        self.0 >> symbol.0 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_standard() {
        let cases = [('0', 0), ('9', 9), ('A', 10), ('Z', 35), ('<', 0)];
        for (character, value) in cases {
            let symbol = Symbol::of(character).unwrap();
            assert_eq!((symbol.value(), symbol.character()), (value, character));
        }
        assert!(['a', 'Ñ', ' ', '«'].into_iter().all(|c| Symbol::of(c).is_none()));
    }

    #[test]
    fn characters_that_differ_by_ten_weigh_the_same() {
        let weigh_alike = |pair: &str| {
            let symbols: Vec<Symbol> = pair.chars().filter_map(Symbol::of).collect();
            symbols[0].weighs_as(symbols[1])
        };
        assert!(["GQ", "QG", "6G", "S8", "I8", "AA", "<<"].into_iter().all(weigh_alike));
        assert!(!["O0", "B8", "Z2", "<K", "<0"].into_iter().any(weigh_alike));
    }

    #[test]
    fn classes_hold_what_they_name() {
        assert!(Class::DIGITS.holds(Symbol::of('9').unwrap()));
        assert!(!Class::DIGITS.holds(Symbol::of('A').unwrap()));
        assert!(!Class::LETTERS.holds(Symbol::FILLER));
        assert!(Class::of("MF<").holds(Symbol::FILLER) && !Class::of("MF<").holds(Symbol(0)));
        assert!(Symbol::all().all(|symbol| Class::ANY.holds(symbol)));
    }
}
