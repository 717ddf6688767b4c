//! Words of a name and the ways that one word may be written in A to Z.

use std::collections::BTreeSet;

use any_ascii::any_ascii_char;
use strsim::osa_distance;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters with more than one transliteration, or one that is not the bare
/// letter (ICAO Doc 9303-3, section 6, table A); `Đ` as DJ and `Ü` as YU or V
/// besides, for Serbian names and for pinyin. Any other letter goes by its
/// usual romanisation.
const LETTERS: [(char, &[&str]); 17] = [
    ('Ä', &["A", "AE"]),
    ('Å', &["A", "AA"]),
    ('Æ', &["AE"]),
    ('Ö', &["O", "OE"]),
    ('Ø', &["O", "OE"]),
    ('Ü', &["U", "UE", "UXX", "YU", "V"]),
    ('Ñ', &["N", "NXX"]),
    ('ẞ', &["SS"]),
    ('Þ', &["TH"]),
    ('Ð', &["D"]),
    ('Đ', &["D", "DJ"]),
    ('Ə', &["A", "E"]),
    ('Œ', &["OE"]),
    ('Ĳ', &["IJ"]),
    ('Ł', &["L"]),
    ('İ', &["I"]),
    ('Ŋ', &["N"]),
];

/// Spellings of one word that are looked at. Five distinct letters of
/// [`LETTERS`] with two ways each fit; no name has more.
const MOST_SPELLINGS: usize = 32;

/// A word, or several written as one.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As written: capitals, compatibility forms resolved.
    pub(super) letters: String,
    /// Every way to write it in `script`.
    spellings: BTreeSet<String>,
    script: Script,
}

/// The letters that a comparison is made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// A to Z, other letters transliterated.
    Latin,
    /// The name's own. Two names of one script are never transliterated: what
    /// sounds alike is not the same name.
    Own,
}

impl Word {
    fn new(letters: String, script: Script) -> Self {
        let spellings = match script {
            Script::Latin => spellings(&letters),
            Script::Own => BTreeSet::from([letters.clone()]),
        };
        Self { letters, spellings, script }
    }

    /// `words` written as one: MEI HUA as MEIHUA.
    pub(super) fn joined<'a>(words: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut letters = String::new();
        let mut script = Script::Own;
        for word in words {
            letters.push_str(&word.letters);
            script = word.script;
        }
        Self::new(letters, script)
    }

    /// Whether both can be written alike.
    pub(super) fn spells_as(&self, other: &Self) -> bool {
        self.letters == other.letters
            || self.spellings.intersection(&other.spellings).next().is_some()
    }

    /// Whether this is how `longer` begins.
    pub(super) fn begins(&self, longer: &Self) -> bool {
        let starts = |long: &String| self.spellings.iter().any(|start| long.starts_with(start));
        longer.letters.starts_with(&self.letters) || longer.spellings.iter().any(starts)
    }

    /// Slips between the closest spellings: letters inserted, left out,
    /// replaced, or exchanged with their neighbour.
    pub(super) fn distance(&self, other: &Self) -> usize {
        let each = |a: &String| other.spellings.iter().map(|b| osa_distance(a, b)).min();
        self.spellings.iter().filter_map(each).min().unwrap_or(usize::MAX)
    }

    /// Letters of the shortest spelling.
    pub(super) fn len(&self) -> usize {
        self.spellings.iter().map(|spelling| spelling.chars().count()).min().unwrap_or(0)
    }
}

/// The words of `text` in capitals. Hyphens, commas, full stops and fillers
/// part words; apostrophes are left out (ICAO Doc 9303-3, 4.6).
pub(super) fn words(text: &str, script: Script) -> Vec<Word> {
    let mut words = vec![String::new()];
    for c in text.nfkc().flat_map(char::to_uppercase) {
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' => {}
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => words.last_mut().expect("never empty").push(c),
            _ => words.push(String::new()),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).map(|word| Word::new(word, script)).collect()
}

/// Whether every letter of `text` is of the Latin script.
pub(super) fn is_latin(text: &str) -> bool {
    let latin = |c: char| matches!(c, '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}');
    text.nfkc().filter(|c| c.is_alphabetic()).all(latin)
}

/// Every way to write `letters` in A to Z, up to [`MOST_SPELLINGS`].
///
/// One letter is transliterated the same way all through a name, so each
/// distinct letter is chosen for once.
fn spellings(letters: &str) -> BTreeSet<String> {
    let mut choices: Vec<Vec<(char, &str)>> = vec![Vec::new()];
    for (letter, ways) in LETTERS.iter().filter(|(letter, _)| letters.contains(*letter)) {
        let with = |choice: &Vec<(char, &'static str)>| {
            let choice = choice.clone();
            ways.iter().map(move |way| [choice.as_slice(), &[(*letter, *way)]].concat())
        };
        choices = choices.iter().flat_map(with).take(MOST_SPELLINGS).collect();
    }
    let spelled = choices.iter().map(|choice| spelled(letters, choice));
    let all = spelled.flat_map(|spelling| [without_pinyin_u(&spelling), spelling]);
    all.filter(|spelling| !spelling.is_empty()).collect()
}

fn spelled(letters: &str, choice: &[(char, &str)]) -> String {
    let way = |c: char| {
        let chosen = choice.iter().find(|(letter, _)| *letter == c);
        chosen.map_or_else(|| any_ascii_char(c), |(_, way)| way)
    };
    let ascii = letters.chars().flat_map(|c| way(c).chars());
    ascii.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// `spelling` with the ü of pinyin, in passports YU, on keyboards V, as U:
/// LYU, LV and LU are one syllable, as are NYU, NV and NU. Before a vowel other
/// than that of LYUE they stand for themselves (SYLVIA).
fn without_pinyin_u(spelling: &str) -> String {
    let mut written = String::with_capacity(spelling.len());
    let mut rest = spelling;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let umlaut = ["YU", "V"].into_iter().find_map(|umlaut| after.strip_prefix(umlaut));
        written.push(c);
        rest = match umlaut {
            Some(beyond)
                if matches!(c, 'L' | 'N') && !beyond.starts_with(['A', 'I', 'O', 'U', 'Y']) =>
            {
                written.push('U');
                beyond
            }
            _ => after,
        };
    }
    written
}
