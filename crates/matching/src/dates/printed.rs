//! Dates of the printed zone.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::months::month;
use super::{DateKind, PartialDate};

/// The order of a date in figures, where the figures alone do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumericOrder {
    /// 12.08.1974: most of the world.
    #[default]
    DayFirst,
    /// 08/12/1974: the United States.
    MonthFirst,
    /// 1974-08-12: China, Japan, Korea, Hungary, Lithuania, Sweden.
    YearFirst,
}

/// What must be known of a printed date to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateContext {
    /// What it is the date of.
    pub kind: DateKind,
    /// Today, for the century of a two-digit year.
    pub as_of: Date,
    /// The issuer's habit.
    pub order: NumericOrder,
}

/// No document prints a longer date; longer text is noise.
const LONGEST: usize = 80;

/// Years count from 1911 where 民國 precedes them (Taiwan).
const MINGUO: i16 = 1911;

/// The Buddhist calendar of Thailand is ahead by so many years.
const BUDDHIST: i16 = 543;

/// Reads a date as documents print it: `12 AUG 74`, `12.08.1974`,
/// `01 JAN/JAN 1985`, `1974年8月12日`, `20060319`, `XX XX 1974`.
///
/// Words before and after (a label) are passed over; a word between the
/// figures that names no month makes it no date. Month names are known in the
/// languages of most issuers, several side by side must agree. Parts printed as
/// `XX` or zeros are unknown. Letters taken for figures, and the reverse, are
/// put right only where nothing else gives a date.
pub fn parse_printed(text: &str, context: DateContext) -> Option<PartialDate> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let text: String = text.nfkc().flat_map(char::to_uppercase).collect();
    if let Some(date) = with_year_signs(&text) {
        return Some(date);
    }
    let plain = tokens(&text);
    read(&plain, context).or_else(|| read(&unconfused(&text), context))
}

/// `1974年8月12日`, `1974年8月`, `民國63年8月12日`, `1974년 8월 12일`.
fn with_year_signs(text: &str) -> Option<PartialDate> {
    let (before, rest) = text.split_once(['年', '년'])?;
    let year: i16 = last_number(before)?.parse().ok()?;
    let minguo = before.contains("民國") || before.contains("民国");
    let year = if minguo { year.checked_add(MINGUO)? } else { year };
    let (month, day) = match rest.split_once(['月', '월']) {
        None => (None, None),
        Some((month, rest)) => {
            let day = rest.split_once(['日', '일']).and_then(|(day, _)| last_number(day));
            (Some(last_number(month)?.parse().ok()?), day)
        }
    };
    PartialDate::new(year, month, day.and_then(|day| day.parse().ok()))
}

/// The digits at the end of `text`.
fn last_number(text: &str) -> Option<String> {
    let digits: Vec<char> =
        text.trim_end().chars().rev().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| digits.into_iter().rev().collect())
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// Figures.
    Number(String),
    /// A part printed as unknown.
    Unknown,
    /// A month, 1 to 12.
    Month(i8),
    /// Any other word.
    Word,
}

/// Words that stand inside dates and say nothing: `12TH`, `12 DE AGOSTO DE 1974`.
const FILLERS: [&str; 8] = ["ST", "ND", "RD", "TH", "OF", "DE", "DEL", "DI"];

/// Runs of figures and runs of letters.
fn tokens(text: &str) -> Vec<Token> {
    let mut runs: Vec<String> = Vec::new();
    let mut previous = None;
    for c in text.chars() {
        let class = match c {
            '0'..='9' => Some(true),
            // Filler and masking characters count as letters, so that a run of them is one token.
            '*' => Some(false),
            c if c.is_alphabetic() => Some(false),
            _ => None,
        };
        match (class, runs.last_mut()) {
            (None, _) => {}
            (Some(_), Some(run)) if class == previous => run.push(c),
            (Some(_), _) => runs.push(c.to_string()),
        }
        previous = class;
    }
    runs.into_iter().filter(|run| !FILLERS.contains(&run.as_str())).map(token).collect()
}

fn token(run: String) -> Token {
    if run.bytes().all(|b| b.is_ascii_digit()) {
        if run.bytes().all(|b| b == b'0') { Token::Unknown } else { Token::Number(run) }
    } else if run.chars().count() >= 2 && run.chars().all(|c| c == 'X' || c == '*') {
        Token::Unknown
    } else {
        month(&run).map_or(Token::Word, Token::Month)
    }
}

/// Tokens with what text recognition confuses put right: `0CT`, `O1`, `l9B5`.
fn unconfused(text: &str) -> Vec<Token> {
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    let repaired = runs.map(|run| {
        let letters: String = run
            .chars()
            .map(|c| match c {
                '0' => 'O',
                '1' => 'I',
                '5' => 'S',
                '8' => 'B',
                _ => c,
            })
            .collect();
        let figures: String = run
            .chars()
            .map(|c| match c {
                'O' | 'Q' => '0',
                'I' | 'L' => '1',
                'S' => '5',
                'B' => '8',
                _ => c,
            })
            .collect();
        let is_number =
            run.bytes().any(|b| b.is_ascii_digit()) && figures.bytes().all(|b| b.is_ascii_digit());
        if is_number { token(figures) } else { token(letters) }
    });
    repaired.collect()
}

fn read(tokens: &[Token], context: DateContext) -> Option<PartialDate> {
    match parts(tokens)?.as_slice() {
        // A label that begins like a month: BIRTH and Lithuanian BIRŽELIS.
        [Token::Month(_), date @ ..] if matches!(date, [_, Token::Month(_), _]) => {
            read(date, context)
        }
        [Token::Month(m), Token::Number(y)] => year_month(y, Some(*m), context),
        [day, Token::Month(m), year] if digits(year) == 2 || digits(year) == 4 => {
            assemble(year, *m, day, context)
        }
        [year, Token::Month(m), day] if digits(year) == 4 => assemble(year, *m, day, context),
        [Token::Month(m), day, year] => assemble(year, *m, day, context),
        [a, b, c] => in_figures(a, b, c, context),
        // A space between figures that was not seen (`03 071992`); two years are a period.
        [Token::Number(a), Token::Number(b)]
            if a.len() + b.len() == 8 && a.len() % 2 == 0 && !(is_year(a) && is_year(b)) =>
        {
            joined(&format!("{a}{b}"), context)
        }
        [Token::Number(a), Token::Number(b)] if a.len() == 4 => {
            year_month(a, b.parse().ok(), context)
        }
        [Token::Number(a), Token::Number(b)] if b.len() == 4 && a.len() <= 2 => {
            year_month(b, a.parse().ok(), context)
        }
        [Token::Number(run)] => joined(run, context),
        _ => None,
    }
}

/// The tokens without labels, each run of words between figures as the one
/// month that it names.
fn parts(tokens: &[Token]) -> Option<Vec<Token>> {
    let first = tokens.iter().position(|token| *token != Token::Word)?;
    let last = tokens.iter().rposition(|token| *token != Token::Word)?;
    let mut parts: Vec<Token> = Vec::new();
    let mut word_before = false;
    for token in &tokens[first..=last] {
        match (token, parts.last()) {
            (Token::Month(month), Some(Token::Month(before))) if month != before => return None,
            (Token::Month(_), Some(Token::Month(_))) => {}
            // The other language's month in a pair, one that no table knows.
            (Token::Word, _) => {
                word_before = !matches!(parts.last(), Some(Token::Month(_)));
                continue;
            }
            (Token::Number(_) | Token::Unknown, _) if word_before => return None,
            (token, _) => parts.push(token.clone()),
        }
        word_before = false;
    }
    Some(parts)
}

fn digits(token: &Token) -> usize {
    if let Token::Number(run) = token { run.len() } else { 0 }
}

/// Three groups of figures.
fn in_figures(a: &Token, b: &Token, c: &Token, context: DateContext) -> Option<PartialDate> {
    let year_first = digits(a) == 4 || (context.order == NumericOrder::YearFirst && digits(c) <= 2);
    if year_first {
        return assemble(a, small(b)?, c, context);
    }
    let (first, second) = (small(a)?, small(b)?);
    let month_first = match context.order {
        // The other order, where this one gives no month.
        NumericOrder::DayFirst | NumericOrder::YearFirst => second > 12 && first <= 12,
        NumericOrder::MonthFirst => first <= 12 || second > 12,
    };
    if month_first { assemble(c, first, b, context) } else { assemble(c, second, a, context) }
}

/// Whether four figures are a year that a document may print.
fn is_year(figures: &str) -> bool {
    figures.len() == 4 && figures.parse().is_ok_and(|year| PartialDate::YEARS.contains(&year))
}

/// Eight figures without separators.
fn joined(run: &str, context: DateContext) -> Option<PartialDate> {
    if run.len() == 4 {
        return year_month(run, None, context);
    }
    if run.len() != 8 {
        return None;
    }
    let number = |range: std::ops::Range<usize>| Some(Token::Number(run.get(range)?.to_owned()));
    let year_first = || in_figures(&number(0..4)?, &number(4..6)?, &number(6..8)?, context);
    let year_last = || in_figures(&number(0..2)?, &number(2..4)?, &number(4..8)?, context);
    if context.order == NumericOrder::YearFirst {
        year_first().or_else(year_last)
    } else {
        year_last().or_else(year_first)
    }
}

/// A one- or two-digit number; zero where the part is unknown.
fn small(token: &Token) -> Option<i8> {
    match token {
        Token::Unknown => Some(0),
        Token::Number(run) if run.len() <= 2 => run.parse().ok(),
        _ => None,
    }
}

fn assemble(year: &Token, month: i8, day: &Token, context: DateContext) -> Option<PartialDate> {
    let Token::Number(year) = year else { return None };
    match (month, small(day)?) {
        // A day is of no use without its month.
        (0, _) => year_month(year, None, context),
        (month, 0) => year_month(year, Some(month), context),
        (month, day) => dated(year, Some(month), Some(day), context),
    }
}

fn year_month(year: &str, month: Option<i8>, context: DateContext) -> Option<PartialDate> {
    dated(year, month, None, context)
}

fn dated(
    year: &str,
    month: Option<i8>,
    day: Option<i8>,
    context: DateContext,
) -> Option<PartialDate> {
    let number: i16 = year.parse().ok()?;
    match year.len() {
        2 => PartialDate::in_century(number, month, day, context.kind, context.as_of),
        4 if number > 2400 => PartialDate::new(number - BUDDHIST, month, day),
        4 => PartialDate::new(number, month, day),
        _ => None,
    }
}
