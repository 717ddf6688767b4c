//! Printed counterparts of what the machine-readable zone says.

use domain::field::{Field, Fields, Source};
use jiff::civil::Date;
use matching::dates::{DateContext, DateKind, NumericOrder, PartialDate, parse_printed};
use matching::names::{Completeness, LatinName, compare_latin};

use super::candidates::{self, Candidate};
use crate::page::Page;

/// What is left of the confidence when a number agrees only with O as 0 and I
/// as 1: the print cannot tell these apart, the zone's check digit can.
const LOOKS_ALIKE: f32 = 0.9;

/// Finds, for each field of the machine-readable zone, the printed text that
/// says the same: names whose transliteration (ICAO Doc 9303-3, section 6) the
/// zone holds, so that letters beyond ASCII come from print; the number; dates
/// in any printed form; sex and country codes.
///
/// Only what was read: a field without a counterpart is absent, which is no
/// contradiction, as print may be unread. `as_of` decides centuries.
pub fn near(page: &Page, zone: &Fields, as_of: Date) -> Fields {
    let candidates = candidates::all(page);
    let mut fields = Fields::default();
    let read = zone.0.iter().filter(|(_, reading)| !reading.value.trim().is_empty());
    for (field, reading) in read {
        let wanted = reading.value.as_str();
        let found = match field {
            Field::Surname | Field::GivenNames | Field::FullName => name(&candidates, wanted),
            Field::DocumentNumber | Field::NationalIdNumber => number(&candidates, wanted),
            Field::BirthDate => date(&candidates, wanted, DateKind::Birth, as_of),
            Field::ExpiryDate => date(&candidates, wanted, DateKind::Expiry, as_of),
            Field::Sex => sex(&candidates, wanted),
            Field::Nationality | Field::IssuingCountry => code(&candidates, wanted),
            _ => None,
        };
        if let Some((value, confidence)) = found {
            fields.set(*field, value, Source::Printed, confidence);
        }
    }
    fields
}

/// A name is printed as large as anything; shorter runs inside a sentence that
/// happen to spell it count only when no line of its own does.
fn name(candidates: &[Candidate], wanted: &str) -> Option<(String, f32)> {
    let name = LatinName::Whole(wanted);
    let agreeing = candidates.iter().filter(|candidate| {
        let text = candidate.text.as_str();
        may_spell(text, wanted)
            && compare_latin(name, LatinName::Whole(text), Completeness::Complete).agrees()
    });
    let beyond_ascii = |candidate: &Candidate| !candidate.text.is_ascii();
    let Some(best) = agreeing.max_by(|a, b| {
        let rank = |c: &Candidate| (c.whole, beyond_ascii(c) && c.confidence > 0.8);
        rank(a).cmp(&rank(b)).then(a.confidence.total_cmp(&b.confidence))
    }) else {
        return candidates
            .iter()
            .filter_map(|candidate| Some((mended(&candidate.text, wanted)?, candidate.confidence)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(text, confidence)| (bare(&text), confidence * LOOKS_ALIKE));
    };
    Some((bare(&best.text), best.confidence))
}

fn bare(name: &str) -> String {
    name.trim_matches(|c: char| !c.is_alphabetic() && c != '.').to_owned()
}

/// Letters as they are read, and the one that may stand there: the zone's
/// transliteration tells which.
const LETTERS_ALIKE: [(char, char); 12] = [
    ('l', 'I'),
    ('I', 'l'),
    ('P', 'Þ'),
    ('p', 'þ'),
    ('Á', 'Å'),
    ('á', 'å'),
    ('À', 'Å'),
    ('à', 'å'),
    ('A', 'Å'),
    ('O', 'Ə'),
    ('o', 'ə'),
    ('B', 'ß'),
];

/// `text` with one letter as its look-alike, where that spells the wanted name.
fn mended(text: &str, wanted: &str) -> Option<String> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    if letters(text).abs_diff(letters(wanted)) > 4 {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    characters.iter().enumerate().find_map(|(index, read)| {
        LETTERS_ALIKE.iter().filter(|(as_read, _)| as_read == read).find_map(|(_, other)| {
            let mut mended = characters.clone();
            mended[index] = *other;
            let mended: String = mended.into_iter().collect();
            let spells = may_spell(&mended, wanted)
                && compare_latin(
                    LatinName::Whole(wanted),
                    LatinName::Whole(&mended),
                    Completeness::Complete,
                )
                .agrees();
            spells.then_some(mended)
        })
    })
}

/// Whether a comparison is worth its time: transliteration keeps a letter or
/// makes two or, in NXX and UXX, three of it, and keeps a first letter that is
/// ASCII. Digits in a name are a misreading, even where transliteration drops them.
fn may_spell(text: &str, wanted: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let first = |text: &str| text.chars().find(|c| c.is_alphabetic());
    let same_start = first(text).is_some_and(|start| {
        !start.is_ascii() || first(wanted).is_some_and(|wanted| wanted.eq_ignore_ascii_case(&start))
    });
    let (printed, spelled) = (letters(text), letters(wanted));
    same_start
        && printed <= spelled
        && spelled <= 3 * printed
        && !text.chars().any(char::is_numeric)
}

fn number(candidates: &[Candidate], wanted: &str) -> Option<(String, f32)> {
    let squeezed = |text: &str| -> String {
        let kept = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '<'));
        kept.flat_map(char::to_uppercase).collect()
    };
    let wanted = squeezed(wanted);
    if wanted.is_empty() {
        return None;
    }
    let exact = candidates.iter().filter(|candidate| squeezed(&candidate.text) == wanted);
    if let Some(best) = exact.max_by(|a, b| a.confidence.total_cmp(&b.confidence)) {
        return Some((wanted, best.confidence));
    }
    let alike = alike(&wanted);
    let close =
        candidates.iter().filter(|candidate| self::alike(&squeezed(&candidate.text)) == alike);
    let best = close.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some((wanted, best.confidence * LOOKS_ALIKE))
}

/// The text with letters as the figures that look like them.
fn alike(text: &str) -> String {
    let figure = |c| match c {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        'S' => '5',
        'B' => '8',
        'Z' => '2',
        c => c,
    };
    text.chars().map(figure).collect()
}

/// No document prints a longer date, in bytes, even in two languages.
const LONGEST_DATE: usize = 40;

fn date(
    candidates: &[Candidate],
    wanted: &str,
    kind: DateKind,
    as_of: Date,
) -> Option<(String, f32)> {
    let wanted: PartialDate = wanted.parse().ok()?;
    let orders = [NumericOrder::DayFirst, NumericOrder::MonthFirst, NumericOrder::YearFirst];
    let year = format!("{:02}", wanted.year() % 100);
    let says_it = |candidate: &&Candidate| {
        // Most candidates need no parsing: a date is short and has its year's last figures.
        candidate.text.len() <= LONGEST_DATE
            && candidate.text.contains(&year)
            && orders.into_iter().any(|order| {
                let context = DateContext { kind, as_of, order };
                parse_printed(&candidate.text, context) == Some(wanted)
            })
    };
    let agreeing = candidates.iter().filter(says_it);
    let best = agreeing.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some((wanted.to_string(), best.confidence))
}

/// A line of its own such as `F` or `K/F`: the issuer's letter and ICAO's.
fn sex(candidates: &[Candidate], wanted: &str) -> Option<(String, f32)> {
    let says_it = |candidate: &&Candidate| {
        let parts: Vec<&str> = candidate.text.split('/').map(str::trim).collect();
        candidate.whole
            && parts.len() <= 2
            && parts.iter().all(|part| part.chars().count() == 1)
            && parts.contains(&wanted)
    };
    let best =
        candidates.iter().filter(says_it).max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some((wanted.to_owned(), best.confidence))
}

fn code(candidates: &[Candidate], wanted: &str) -> Option<(String, f32)> {
    let as_printed = if wanted == "DEU" { "D" } else { wanted };
    let says_it = |candidate: &&Candidate| {
        candidate.text == wanted || (candidate.whole && candidate.text == as_printed)
    };
    let best =
        candidates.iter().filter(says_it).max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some((wanted.to_owned(), best.confidence))
}
