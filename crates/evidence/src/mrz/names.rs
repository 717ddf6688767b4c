//! The grammar of the names field (ICAO Doc 9303-3, 4.6): the primary
//! identifier's words parted by single fillers, two fillers, the secondary
//! identifier's words likewise, fillers to the end.

use super::symbol::{Class, Symbol};

/// What a place that breaks the grammar costs, as a difference of logarithms:
/// a letter after the names' end must be this much surer than the filler that
/// belongs there.
const BREACH: f32 = 7.0;

/// How far into the names a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In a word of the primary identifier.
    Primary,
    /// After one filler behind a word of the primary identifier.
    PrimaryGap,
    /// After the two fillers that part the identifiers.
    Between,
    /// In a word of the secondary identifier.
    Secondary,
    /// After one filler behind a word of the secondary identifier.
    SecondaryGap,
    /// After the names' end.
    Over,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Primary,
        Self::PrimaryGap,
        Self::Between,
        Self::Secondary,
        Self::SecondaryGap,
        Self::Over,
    ];

    /// The state after a letter or a filler, and what getting there costs.
    fn after(self, filler: bool) -> (Self, f32) {
        match (self, filler) {
            (Self::Primary | Self::PrimaryGap, false) => (Self::Primary, 0.0),
            (Self::Primary, true) => (Self::PrimaryGap, 0.0),
            (Self::PrimaryGap, true) => (Self::Between, 0.0),
            (Self::Between | Self::Secondary | Self::SecondaryGap, false) => (Self::Secondary, 0.0),
            (Self::Secondary, true) => (Self::SecondaryGap, 0.0),
            (Self::Between | Self::SecondaryGap | Self::Over, true) => (Self::Over, 0.0),
            (Self::Over, false) => (Self::Secondary, BREACH),
        }
    }
}

/// The most probable text for the names field, given the logarithm of each
/// symbol's probability in each place.
pub(super) fn most_probable(places: &[[f32; Symbol::COUNT]]) -> Vec<Symbol> {
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    let mut paths: Vec<Option<(f32, Vec<Symbol>)>> = vec![None; State::ALL.len()];
    let (letter, log) = best(first, Class::LETTERS);
    paths[State::Primary as usize] = Some((log, vec![letter]));
    for place in rest {
        let mut next: Vec<Option<(f32, Vec<Symbol>)>> = vec![None; State::ALL.len()];
        for state in State::ALL {
            let Some((score, text)) = &paths[state as usize] else { continue };
            for class in [Class::LETTERS, Class::FILLER] {
                let (to, cost) = state.after(class == Class::FILLER);
                let (symbol, log) = best(place, class);
                let score = score + log - cost;
                if next[to as usize].as_ref().is_none_or(|(known, _)| score > *known) {
                    let mut text = text.clone();
                    text.push(symbol);
                    next[to as usize] = Some((score, text));
                }
            }
        }
        paths = next;
    }
    let likeliest = paths.into_iter().flatten().max_by(|a, b| a.0.total_cmp(&b.0));
    likeliest.map(|(_, text)| text).unwrap_or_default()
}

fn best(logs: &[f32; Symbol::COUNT], class: Class) -> (Symbol, f32) {
    Symbol::all()
        .filter(|symbol| class.holds(*symbol))
        .map(|symbol| (symbol, logs[symbol.index()]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .expect("the class is not empty")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logarithms for `text`, surely read but for the doubts: (place, other
    /// symbol, logarithm of what it is short of).
    fn seen(text: &str, doubts: &[(usize, char, f32)]) -> Vec<[f32; Symbol::COUNT]> {
        text.chars()
            .enumerate()
            .map(|(place, c)| {
                let mut logs = [-9.0; Symbol::COUNT];
                logs[Symbol::of(c).unwrap().index()] = 0.0;
                for (_, other, log) in doubts.iter().filter(|doubt| doubt.0 == place) {
                    logs[Symbol::of(*other).unwrap().index()] = *log;
                }
                logs
            })
            .collect()
    }

    #[test]
    fn only_what_breaks_the_grammar_is_put_right() {
        let cases: [(&str, &[(usize, char, f32)], &str); 6] = [
            ("ERIKSSON<<ANNA<MARIA<<<<<", &[], "ERIKSSON<<ANNA<MARIA<<<<<"),
            ("ERIKSSON<<ANNA<<<<K<<<<<<", &[(18, '<', -4.0)], "ERIKSSON<<ANNA<<<<<<<<<<<"),
            ("ERIKSSON<<ANNA<K<<<<<<<<<", &[(15, '<', -4.0)], "ERIKSSON<<ANNA<K<<<<<<<<<"),
            ("ESPANOLA<ESPANOLA<CARMEN<", &[], "ESPANOLA<ESPANOLA<CARMEN<"),
            ("NAME<<<<<<<<<<<<<<<<<<<<<", &[], "NAME<<<<<<<<<<<<<<<<<<<<<"),
            ("ERIKSSON<<ANNA<<<<MARIA<<", &[], "ERIKSSON<<ANNA<<<<MARIA<<"),
        ];
        for (read, doubts, expected) in cases {
            let found: String =
                most_probable(&seen(read, doubts)).into_iter().map(Symbol::character).collect();
            assert_eq!(found, expected);
        }
    }
}
