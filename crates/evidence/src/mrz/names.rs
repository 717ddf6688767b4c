//! The grammar of the names field (ICAO Doc 9303-3, 4.6): the primary
//! identifier's words parted by single fillers, two fillers, the secondary
//! identifier's words likewise, fillers to the end.

use super::symbol::{Class, Symbol};

/// What a place that breaks the grammar costs, as a difference of logarithms:
/// a letter after the names' end must be this much surer than the filler that
/// belongs there, a thousand to one. What letters, words and doubles are worth
/// beside that was tried too, and changed no zone of 200 tuning photographs.
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

/// A text up to some place.
#[derive(Debug, Clone)]
struct Path {
    state: State,
    text: Vec<Symbol>,
    score: f32,
}

impl Path {
    /// The path with one more symbol, of logarithm `log`.
    fn with(&self, symbol: Symbol, log: f32) -> Self {
        let (state, cost) = self.state.after(symbol == Symbol::FILLER);
        let mut text = Vec::with_capacity(self.text.len() + 1);
        text.extend_from_slice(&self.text);
        text.push(symbol);
        Self { state, text, score: self.score + log - cost }
    }
}

/// The most probable text for the names field, given the logarithm of each
/// symbol's probability in each place.
pub(super) fn most_probable(places: &[[f32; Symbol::COUNT]]) -> Vec<Symbol> {
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    let (symbol, score) = letter(first);
    let mut paths = vec![Path { state: State::Primary, text: vec![symbol], score }];
    for place in rest {
        let mut next: Vec<Path> = Vec::new();
        let filler = (Symbol::FILLER, place[Symbol::FILLER.index()]);
        for path in &paths {
            for (symbol, log) in [letter(place), filler] {
                let path = path.with(symbol, log);
                match next.iter_mut().find(|known| known.state == path.state) {
                    Some(known) if known.score >= path.score => {}
                    Some(known) => *known = path,
                    None => next.push(path),
                }
            }
        }
        paths = next;
    }
    let likeliest = paths.into_iter().max_by(|a, b| a.score.total_cmp(&b.score));
    likeliest.map(|path| path.text).unwrap_or_default()
}

/// The most probable letter of a place.
fn letter(logs: &[f32; Symbol::COUNT]) -> (Symbol, f32) {
    Symbol::all()
        .filter(|symbol| Class::LETTERS.holds(*symbol))
        .map(|symbol| (symbol, logs[symbol.index()]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .expect("the alphabet has letters")
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
        type Doubts = &'static [(usize, char, f32)];
        let cases: [(&str, Doubts, &str); 6] = [
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
