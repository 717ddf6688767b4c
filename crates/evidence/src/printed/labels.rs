//! Where the labels that documents print beside values stand in a line.

use std::sync::LazyLock;

use any_ascii::any_ascii;
use domain::field::Field;
use serde::Deserialize;

use crate::page::Line;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Announced {
    /// A field of the domain.
    Field(Field),
    /// `NAME`: the family name where given names have a label of their own,
    /// else the whole name.
    Name,
    /// Something that no field holds: knowing it keeps it from being a value.
    Nothing,
}

/// Labels of one meaning.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    announces: Announced,
    /// As [`folded`] writes them.
    #[serde(default)]
    latin: Vec<String>,
    /// In Chinese characters.
    #[serde(default)]
    han: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    label: Vec<Group>,
}

/// The labels of `labels.toml`.
static KNOWN: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let known: Known = toml::from_str(include_str!("labels.toml")).expect("a test reads the file");
    known.label
});

/// A label in a line, with its translations beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub announced: Announced,
    /// First character of the line that belongs to it.
    pub start: usize,
    /// First character after it.
    pub end: usize,
    /// What follows it in the line, up to the next label.
    pub inline: String,
}

/// Whether it is a Chinese character, or a part of one.
pub(super) fn is_han(character: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&character)
}

/// The labels of a line from left to right; none when it is no label line.
pub(super) fn find(line: &Line) -> Vec<Span> {
    let spans = between(line, &|c| matches!(c, '/' | '|' | ':' | '：'));
    if !spans.is_empty() {
        return spans;
    }
    // A middle dot between translations is often read as a hyphen; names have one as well.
    let joined = between(line, &|c| c == '-');
    let bare = joined.len() == 1 && joined[0].inline.is_empty();
    if bare { joined } else { Vec::new() }
}

/// The labels of a line whose translations are parted by `mark`, or by a middle dot.
fn between(line: &Line, mark: &dyn Fn(char) -> bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    // A middle dot parts translations of a label, but also Chinese writings of
    // names that are not Chinese.
    let han = line.text.chars().any(is_han);
    let parts = |c: char| mark(c) || (!han && matches!(c, '·' | '•'));
    for segment in line.text.split(parts) {
        let length = segment.chars().count();
        let mut rest: &str = segment;
        while let Some((announced, taken)) = at_start(rest) {
            let start = at + length - rest.chars().count();
            rest = rest.get(taken..).unwrap_or_default();
            let end = at + length - rest.chars().count();
            match spans.last_mut() {
                // A translation of the label before it.
                Some(last) if last.announced == announced && last.inline.is_empty() => {
                    last.end = end;
                }
                _ => spans.push(Span { announced, start, end, inline: String::new() }),
            }
        }
        let rest = rest.trim_matches(|c: char| c == '.' || c.is_whitespace());
        if let Some(last) = spans.last_mut().filter(|_| !rest.is_empty()) {
            if !last.inline.is_empty() {
                last.inline.push('/');
            }
            last.inline.push_str(rest);
        }
        at += length + 1;
    }
    // PASSPORT OFFICE is a value, PASSPORT a title.
    let only_words = |span: &Span| span.announced == Announced::Nothing;
    if spans.iter().all(only_words) && spans.iter().any(|span| !span.inline.is_empty()) {
        spans.clear();
    }
    spans
}

/// The label that `text` starts with, and the bytes that it takes; a field
/// number before it (`4a.`, `07`) counts to it.
pub(super) fn at_start(text: &str) -> Option<(Announced, usize)> {
    let unmarked = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let body = match unmarked.split_once([' ', '.']) {
        // The letter of 4a to 4d.
        Some((letter, rest)) if letter.len() == 1 && unmarked.len() < text.len() => {
            rest.trim_start_matches(|c: char| !c.is_alphabetic())
        }
        // 4dDL, read without its space.
        _ if unmarked.len() < text.len() => without_letter(unmarked),
        _ => unmarked,
    };
    let skipped = text.len() - body.len();
    for group in KNOWN.iter() {
        if let Some(label) = group.han.iter().find(|label| body.starts_with(label.as_str())) {
            return Some((group.announces, skipped + label.len()));
        }
    }
    let ends = word_ends(body);
    ends.iter().rev().find_map(|end| {
        let words = body.get(..*end)?;
        Some((announced_by(&folded(words))?, skipped + end))
    })
}

/// `text` without the letter of 4a to 4d before a capital.
fn without_letter(text: &str) -> &str {
    let rest = text.strip_prefix(['a', 'b', 'c', 'd']);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_uppercase())).unwrap_or(text)
}

/// Where the first words of `text` end, in bytes, at most [`WORDS`].
fn word_ends(text: &str) -> Vec<usize> {
    let boundaries = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut ends: Vec<usize> = boundaries.filter(|at| *at > 0).take(WORDS).collect();
    if ends.len() < WORDS {
        ends.push(text.len());
    }
    ends
}

/// No label has more words.
const WORDS: usize = 5;

/// Capitals of A to Z, words parted by one space.
fn folded(text: &str) -> String {
    let ascii = any_ascii(text).to_ascii_uppercase();
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What a folded text announces: exactly, or, from [`FUZZY`] letters on, one
/// misread letter in five apart.
fn announced_by(folded: &str) -> Option<Announced> {
    let found = |is_it: &dyn Fn(&str) -> bool| {
        let group = KNOWN.iter().find(|group| group.latin.iter().any(|label| is_it(label)))?;
        Some(group.announces)
    };
    found(&|label| label == folded).or_else(|| found(&|label| is_near(folded, label)))
}

/// Shorter labels must be right in every letter: EXP and EMP are two words.
const FUZZY: usize = 7;

fn is_near(text: &str, label: &str) -> bool {
    // Both are ASCII: bytes are letters.
    let (longer, shorter) = (text.len().max(label.len()), text.len().min(label.len()));
    if label.len() < FUZZY || (longer - shorter) * 5 > longer {
        return false;
    }
    let same_end = text.as_bytes().first() == label.as_bytes().first()
        || text.as_bytes().last() == label.as_bytes().last();
    same_end && strsim::osa_distance(text, label) * 5 <= longer
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;
    use crate::page::Page;

    fn spans(text: &str) -> Vec<(Announced, String)> {
        let page = Page::of([(Rect::new(0.0, 0.0, 300.0, 20.0).quad(), text, 0.9)]);
        find(&page.lines[0]).into_iter().map(|span| (span.announced, span.inline)).collect()
    }

    #[test]
    fn every_known_label_is_found_as_it_is_written() {
        for group in KNOWN.iter() {
            for label in group.latin.iter().chain(&group.han) {
                let found = spans(label);
                assert!(
                    found.iter().any(|(announced, _)| *announced == group.announces),
                    "{label}"
                );
            }
        }
    }

    #[test]
    fn labels_are_found_in_any_language_translated_and_with_values() {
        let field = |field, inline: &str| (Announced::Field(field), inline.to_owned());
        let cases = [
            ("Surname/Nom/Apellidos", vec![field(Field::Surname, "")]),
            ("Name·Surname", vec![(Announced::Name, String::new()), field(Field::Surname, "")]),
            ("SURMAME / NOM", vec![field(Field::Surname, "")]),
            ("Vornamen", vec![field(Field::GivenNames, "")]),
            ("4. Data e lëshimit/date of issue", vec![field(Field::IssueDate, "")]),
            ("Sex: F", vec![field(Field::Sex, "F")]),
            ("Document No. AB123456", vec![field(Field::DocumentNumber, "AB123456")]),
            (
                "DATE OF ISSUE/DATE DE DELIVRANCE 08 DATE OF EXPIRY/DATE D'EXPIRATION",
                vec![field(Field::IssueDate, ""), field(Field::ExpiryDate, "")],
            ),
            ("出生日期/Date of birth", vec![field(Field::BirthDate, "")]),
            ("性别女", vec![field(Field::Sex, "女")]),
            ("Geschlecht-Sex", vec![field(Field::Sex, "")]),
            ("国籍 / Nationality", vec![field(Field::Nationality, "")]),
            ("NOME-ADAMI", vec![]),
            ("Name", vec![(Announced::Name, String::new())]),
            ("Place of birth / Lieu de naissance", vec![(Announced::Nothing, String::new())]),
            ("ERIKSSON", vec![]),
            ("12 AUG 74", vec![]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(spans(text), expected, "{text}");
        }
    }
}
