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
    /// The state after a letter or a filler, and what getting there costs.
    fn after(self, filler: bool) -> (Self, f32) {
        match (self, filler) {
            (Self::Primary, false) => (Self::Primary, LETTER),
            (Self::PrimaryGap, false) => (Self::Primary, LETTER + WORD),
            (Self::Primary, true) => (Self::PrimaryGap, END),
            (Self::PrimaryGap, true) => (Self::Between, 0.1),
            (Self::Between | Self::Secondary, false) => (Self::Secondary, LETTER),
            (Self::SecondaryGap, false) => (Self::Secondary, LETTER + WORD),
            (Self::Secondary, true) => (Self::SecondaryGap, END),
            (Self::Between | Self::SecondaryGap | Self::Over, true) => (Self::Over, 0.0),
            (Self::Over, false) => (Self::Secondary, BREACH),
        }
    }
}

/// What a letter costs against a filler, and what ending a word and beginning
/// a further one do: two fifths of the logarithms that names have (a letter is
/// one of about 17, a word ends after six), for the recogniser, taught on
/// words, weighs them in part already.
const LETTER: f32 = 1.1;
const END: f32 = 0.7;
const WORD: f32 = 0.4;

/// What a word of one letter costs beyond that.
const INITIAL: f32 = 1.0;

/// What a letter costs that stands twice, and three times, in a row: no name
/// has the latter, a run of misread fillers does.
const TWICE: f32 = 1.0;
const THRICE: f32 = 6.0;

/// At most so many letters are held possible in a place.
const OFFERED: usize = 3;

/// A text up to some place.
#[derive(Debug, Clone)]
struct Path {
    state: State,
    /// How often the last symbol stands in a row, at most 2.
    run: usize,
    /// Whether the word that is open, or just ended, has one letter.
    initial: bool,
    text: Vec<Symbol>,
    score: f32,
}

impl Path {
    fn key(&self) -> (State, usize, bool, Option<&Symbol>) {
        (self.state, self.run, self.initial, self.text.last())
    }

    /// The path with one more symbol, of logarithm `log`.
    fn with(&self, symbol: Symbol, log: f32) -> Self {
        let filler = symbol == Symbol::FILLER;
        let (state, mut cost) = self.state.after(filler);
        let repeated = self.text.last() == Some(&symbol);
        let run = if repeated { (self.run + 1).min(2) } else { 1 };
        let in_word = self.text.last().is_some_and(|last| *last != Symbol::FILLER);
        if filler {
            cost += if in_word && self.initial { INITIAL } else { 0.0 };
        } else if repeated {
            cost += if self.run >= 2 { THRICE } else { TWICE };
        }
        let mut text = Vec::with_capacity(self.text.len() + 1);
        text.extend_from_slice(&self.text);
        text.push(symbol);
        Self { state, run, initial: !filler && !in_word, text, score: self.score + log - cost }
    }
}

/// The most probable text for the names field, given the logarithm of each
/// symbol's probability in each place.
pub(super) fn most_probable(places: &[[f32; Symbol::COUNT]]) -> Vec<Symbol> {
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    let (letter, score) = letters(first)[0];
    let mut paths =
        vec![Path { state: State::Primary, run: 1, initial: true, text: vec![letter], score }];
    for place in rest {
        let mut next: Vec<Path> = Vec::new();
        let filler = (Symbol::FILLER, place[Symbol::FILLER.index()]);
        let offers = letters(place);
        for path in &paths {
            for &(symbol, log) in offers.iter().chain([&filler]) {
                let path = path.with(symbol, log);
                match next.iter_mut().find(|known| known.key() == path.key()) {
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

/// The most probable letters of a place, best first.
fn letters(logs: &[f32; Symbol::COUNT]) -> Vec<(Symbol, f32)> {
    let mut letters: Vec<(Symbol, f32)> = Symbol::all()
        .filter(|symbol| Class::LETTERS.holds(*symbol))
        .map(|symbol| (symbol, logs[symbol.index()]))
        .collect();
    letters.sort_by(|a, b| b.1.total_cmp(&a.1));
    letters.truncate(OFFERED);
    letters
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
