//! From the columns of a zone's lines to its text and what proves it.

use jiff::civil::Date;

use super::columns::Columns;
use super::countries;
use super::format::{CheckDigit, Format, Grammar};
use super::names;
use super::proof::{self, Candidate, ProofParams};
use super::symbol::{Class, Symbol};

/// What a zone of a given format says.
#[derive(Debug, Clone)]
pub(super) struct Interpretation {
    pub(super) grammar: Grammar,
    /// The text after repair, through all lines.
    pub(super) zone: Vec<Symbol>,
    /// What the recogniser alone held most probable, through all lines.
    pub(super) seen: Vec<Symbol>,
    /// The check digits that do not hold, or that two texts satisfy about
    /// equally well.
    pub(super) failing: Vec<CheckDigit>,
    /// The logarithm of each place's probability.
    pub(super) logs: Vec<f32>,
    /// How well the format fits what was seen, see [`Columns::fit`].
    pub(super) fit: f32,
}

/// Which of O and 0 small print shows is often open, and numbers hold more digits
/// than letters; so the letter counts so much less there. Less than what a proof
/// must be ahead by: it decides nothing alone. Without it one of 120 tuning
/// photographs gives a wrong number under check digits that hold.
const LETTER_O: Symbol = Symbol::nth(24);
const LETTER_O_IN_NUMBERS: f32 = -1.2;

impl Interpretation {
    /// Interprets `lines`, one for each of the format's.
    pub(super) fn of(format: Format, lines: &[Columns], params: &ProofParams, as_of: Date) -> Self {
        let mut logs: Vec<[f32; Symbol::COUNT]> =
            lines.iter().flat_map(|line| line.log.iter().copied()).collect();
        for place in format.places().number {
            logs[place][LETTER_O.index()] += LETTER_O_IN_NUMBERS;
        }
        let seen: Vec<Symbol> = lines
            .iter()
            .flat_map(|line| (0..line.log.len()).map(|column| line.best_seen(column)))
            .collect();
        let (grammar, as_read) = grammars(format, &logs)
            .into_iter()
            .map(|grammar| {
                let as_read = most_probable(&grammar, &logs);
                (grammar, as_read)
            })
            .max_by(|a, b| score(&logs, &a.1).total_cmp(&score(&logs, &b.1)))
            .expect("a format has at least its usual grammar");
        let (zone, failing) = settle(&grammar, &logs, as_read, params, as_of);
        let logs = zone.iter().zip(&logs).map(|(symbol, row)| row[symbol.index()]).collect();
        let fit = lines.iter().map(|line| line.fit).sum();
        Self { grammar, zone, seen, failing, logs, fit }
    }

    /// The mean logarithm of the places' probabilities.
    pub(super) fn mean_log(&self) -> f32 {
        self.logs.iter().sum::<f32>() / self.logs.len().max(1) as f32
    }

    /// The same over the places that check digits cover.
    pub(super) fn mean_log_proven(&self) -> f32 {
        let covers = &self.grammar.covers;
        let proven = |place: &usize| covers.iter().any(|cover| cover.places.contains(place));
        let logs: Vec<f32> =
            (0..self.logs.len()).filter(proven).map(|place| self.logs[place]).collect();
        logs.iter().sum::<f32>() / logs.len().max(1) as f32
    }

    /// How many fillers the text has.
    pub(super) fn fillers(&self) -> usize {
        self.zone.iter().filter(|symbol| **symbol == Symbol::FILLER).count()
    }

    /// The text of the lines.
    pub(super) fn lines(&self) -> Vec<String> {
        self.zone
            .chunks(self.grammar.format.line_length())
            .map(|line| line.iter().map(|symbol| symbol.character()).collect())
            .collect()
    }
}

/// The classes to decode line `index` of `format` with: what any of its
/// grammars allows.
pub(super) fn loose_classes(format: Format, index: usize) -> Vec<Class> {
    let grammars = Grammar::all(format);
    let mut classes = grammars[0].line(index).to_vec();
    for grammar in &grammars[1..] {
        for (class, other) in classes.iter_mut().zip(grammar.line(index)) {
            *class = class.or(*other);
        }
    }
    classes
}

/// The grammars worth trying: those of long numbers only where the number's
/// check digit may be a filler.
fn grammars(format: Format, logs: &[[f32; Symbol::COUNT]]) -> Vec<Grammar> {
    const POSSIBLE: f32 = -5.0;
    let digit = format.places().number.end;
    match format {
        Format::Td1 | Format::Td2 if logs[digit][Symbol::FILLER.index()] > POSSIBLE => {
            Grammar::all(format)
        }
        _ => vec![Grammar::of(format)],
    }
}

/// The most probable text that the grammar allows, check digits aside.
fn most_probable(grammar: &Grammar, logs: &[[f32; Symbol::COUNT]]) -> Vec<Symbol> {
    let mut zone: Vec<Symbol> = logs
        .iter()
        .zip(&grammar.classes)
        .map(|(row, class)| {
            Symbol::all()
                .filter(|symbol| class.holds(*symbol))
                .max_by(|a, b| row[a.index()].total_cmp(&row[b.index()]))
                .expect("no class is empty")
        })
        .collect();
    // ICAO lists no passport code PC or PK, but recognisers read `<` so.
    let code = zone[1].character();
    if zone[0].character() == 'P' && matches!(code, 'C' | 'K') {
        zone[1] = Symbol::FILLER;
    }
    for places in [&grammar.places.issuer, &grammar.places.nationality] {
        if let [first, second, third] = zone[places.clone()] {
            let code = countries::settled(&logs[places.clone()], [first, second, third]);
            zone[places.clone()].copy_from_slice(&code);
        }
    }
    let names = grammar.places.names.clone();
    let text = names::most_probable(&logs[names.clone()]);
    zone[names].copy_from_slice(&text);
    zone
}

fn score(logs: &[[f32; Symbol::COUNT]], zone: &[Symbol]) -> f32 {
    zone.iter().zip(logs).map(|(symbol, row)| row[symbol.index()]).sum()
}

/// The zone after repair, and the check digits that still do not hold.
fn settle(
    grammar: &Grammar,
    logs: &[[f32; Symbol::COUNT]],
    as_read: Vec<Symbol>,
    params: &ProofParams,
    as_of: Date,
) -> (Vec<Symbol>, Vec<CheckDigit>) {
    let failing = grammar.failing(&as_read);
    let found = proof::candidates(grammar, logs, &as_read, params.max_cost, as_of);
    let [best, rivals @ ..] = found.as_slice() else { return (as_read, failing) };
    let changes = |zone: &[Symbol]| zone.iter().zip(&as_read).filter(|(a, b)| a != b).count();
    if changes(&best.zone) > params.max_changes {
        return (as_read, failing);
    }
    let margin = if failing.is_empty() { params.min_margin_as_read } else { params.min_margin };
    let twins = |rival: &Candidate| {
        rival.zone.iter().zip(&best.zone).all(|(other, symbol)| other.weighs_as(*symbol))
    };
    let needed = |rival: &Candidate| {
        if twins(rival) { margin.max(params.min_margin_twins) } else { margin }
    };
    match rivals.iter().find(|rival| best.score - rival.score < needed(rival)) {
        None => (best.zone.clone(), Vec::new()),
        Some(rival) => {
            let differs = |place: &usize| best.zone[*place] != rival.zone[*place];
            let mut open = failing;
            for cover in &grammar.covers {
                let touched = cover.places.iter().chain([&cover.digit]).any(differs);
                if touched && !open.contains(&cover.check) {
                    open.push(cover.check);
                }
            }
            open.sort_unstable();
            (as_read, open)
        }
    }
}
