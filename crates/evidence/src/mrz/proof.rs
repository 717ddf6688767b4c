//! What check digits prove: the most probable zone in which every one holds.
//!
//! The search is exact. A check digit is a sum modulo 10, so it is enough to
//! know, after each place, the best few texts for every remainder of the open
//! field and of the composite digit.

use jiff::civil::Date;
use matching::dates::{DateKind, parse_mrz};

use super::format::{CheckDigit, Cover, Grammar};
use super::symbol::{Symbol, weight};

/// How much the check digits are trusted over the recogniser.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofParams {
    /// A character is changed only to one that the recogniser held possible:
    /// at most so much less probable, as a difference of natural logarithms.
    pub max_cost: f32,
    /// At most so many characters of a zone are changed.
    pub max_changes: usize,
    /// The best text must be so much more probable than the next one that
    /// satisfies the same check digits, as a difference of logarithms; 4.5 is ninety
    /// to one. At 3 one of 1,000 photographs gave a wrong key under check digits that
    /// hold. Of 120 tuning photographs 115 keys are right, 117 at 3; doubt goes to a person.
    pub min_margin: f32,
    /// The same where the text is right as it was read, nothing changed: that
    /// alone speaks for it, for a misreading passes in one of a hundred.
    pub min_margin_as_read: f32,
    /// The same over a text in which check digits cannot tell any character from that of the
    /// best: for these the networks stand alone. At 4.5 one of 1,300 measured photographs gave
    /// Q for G, ahead by 5.4; two of 360 tuning photographs, of which 327 were right, are in
    /// doubt for it.
    pub min_margin_twins: f32,
}

impl Default for ProofParams {
    fn default() -> Self {
        Self {
            max_cost: 7.5,
            max_changes: 3,
            min_margin: 4.5,
            min_margin_as_read: 4.5,
            min_margin_twins: 6.0,
        }
    }
}

/// A zone in which every check digit holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) zone: Vec<Symbol>,
    /// The sum of the logarithms over the places that check digits cover.
    pub(super) score: f32,
}

/// So many texts are kept for each pair of remainders: the best one, its
/// rivals, and some that the calendar then refuses.
const KEPT: usize = 4;

/// A place offers at most so many symbols.
const OFFERED: usize = 6;

/// The most probable zones, best first, that are as `as_read` where no check
/// digit covers, and in which all check digits hold and the dates exist.
pub(super) fn candidates(
    grammar: &Grammar,
    logs: &[[f32; Symbol::COUNT]],
    as_read: &[Symbol],
    max_cost: f32,
    as_of: Date,
) -> Vec<Candidate> {
    let places = covered(grammar);
    let offers = |place: usize| offered(grammar, logs, place, max_cost);
    let mut search = Search::new(grammar);
    for &place in &places {
        search.advance(place, &offers(place));
    }
    search
        .finish()
        .into_iter()
        .map(|path| {
            let mut zone = as_read.to_vec();
            for (&place, &symbol) in places.iter().zip(&path.symbols) {
                zone[place] = symbol;
            }
            Candidate { zone, score: path.score }
        })
        .filter(|candidate| {
            grammar.failing(&candidate.zone).is_empty()
                && dates_exist(grammar, &candidate.zone, as_of)
        })
        .collect()
}

/// The places that check digits cover and those of the digits, in order.
fn covered(grammar: &Grammar) -> Vec<usize> {
    let mut places: Vec<usize> = grammar
        .covers
        .iter()
        .flat_map(|cover| cover.places.iter().copied().chain([cover.digit]))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The symbols that `place` may hold, most probable first.
fn offered(
    grammar: &Grammar,
    logs: &[[f32; Symbol::COUNT]],
    place: usize,
    max_cost: f32,
) -> Vec<(Symbol, f32)> {
    let mut offers: Vec<(Symbol, f32)> = Symbol::all()
        .filter(|symbol| grammar.classes[place].holds(*symbol))
        .map(|symbol| (symbol, logs[place][symbol.index()]))
        .collect();
    offers.sort_by(|a, b| b.1.total_cmp(&a.1));
    let least = offers.first().map_or(0.0, |offer| offer.1) - max_cost;
    offers.retain(|offer| offer.1 >= least);
    offers.truncate(OFFERED);
    offers
}

/// Whether the birth and expiry dates of `zone` are dates, unknown parts aside.
fn dates_exist(grammar: &Grammar, zone: &[Symbol], as_of: Date) -> bool {
    let dates =
        [(&grammar.places.birth, DateKind::Birth), (&grammar.places.expiry, DateKind::Expiry)];
    dates.into_iter().all(|(places, kind)| {
        let Some(symbols) = zone.get(places.clone()) else { return false };
        symbols.iter().all(|symbol| *symbol == Symbol::FILLER)
            || parse_mrz(&symbols.iter().map(|s| s.character()).collect::<String>(), kind, as_of)
                .is_some()
    })
}

#[derive(Debug, Clone)]
struct Path {
    symbols: Vec<Symbol>,
    score: f32,
}

/// The best paths for each remainder of the open field (first index) and of
/// the composite digit (second).
struct Search<'a> {
    grammar: &'a Grammar,
    paths: Vec<Vec<Path>>,
}

impl<'a> Search<'a> {
    fn new(grammar: &'a Grammar) -> Self {
        let mut paths = vec![Vec::new(); 100];
        paths[0].push(Path { symbols: Vec::new(), score: 0.0 });
        Self { grammar, paths }
    }

    /// Extends every path by what `place` offers.
    fn advance(&mut self, place: usize, offers: &[(Symbol, f32)]) {
        let field = self.field_of(place);
        let composite = self.grammar.covers.iter().find(|c| c.check == CheckDigit::Composite);
        let add = |cover: Option<&Cover>, remainder: usize, symbol: Symbol| {
            let index = cover.and_then(|c| c.places.iter().position(|p| *p == place));
            let added = index.map_or(0, |index| weight(index) * symbol.value());
            (remainder + added as usize) % 10
        };
        let mut next: Vec<Vec<Path>> = vec![Vec::new(); 100];
        for (state, paths) in self.paths.iter().enumerate().filter(|(_, paths)| !paths.is_empty()) {
            let (open, total) = (state / 10, state % 10);
            for &(symbol, log) in offers {
                if composite.is_some_and(|c| c.digit == place) && symbol.index() != total {
                    continue;
                }
                let open = match field {
                    Some(cover) if cover.digit == place => {
                        let empty = cover.check == CheckDigit::PersonalNumber
                            && symbol == Symbol::FILLER
                            && open == 0;
                        if symbol.index() != open && !empty {
                            continue;
                        }
                        0
                    }
                    field => add(field, open, symbol),
                };
                let state = open * 10 + add(composite, total, symbol);
                for path in paths {
                    keep(&mut next[state], path, symbol, log);
                }
            }
        }
        self.paths = next;
    }

    /// The check digit, not the composite one, that covers `place` or stands
    /// there.
    fn field_of(&self, place: usize) -> Option<&'a Cover> {
        self.grammar.covers.iter().find(|cover| {
            cover.check != CheckDigit::Composite
                && (cover.digit == place || cover.places.contains(&place))
        })
    }

    /// All paths, best first.
    fn finish(self) -> Vec<Path> {
        let mut paths: Vec<Path> = self.paths.into_iter().flatten().collect();
        paths.sort_by(|a, b| b.score.total_cmp(&a.score));
        paths
    }
}

/// Adds `path` with `symbol` to `best` if it is among the [`KEPT`] best.
fn keep(best: &mut Vec<Path>, path: &Path, symbol: Symbol, log: f32) {
    let score = path.score + log;
    let place = best.partition_point(|known| known.score >= score);
    if place >= KEPT {
        return;
    }
    let mut symbols = Vec::with_capacity(path.symbols.len() + 1);
    symbols.extend_from_slice(&path.symbols);
    symbols.push(symbol);
    best.insert(place, Path { symbols, score });
    best.truncate(KEPT);
}
