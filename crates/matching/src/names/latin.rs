//! Names in Latin letters, or in any script with letters.

use super::pinyin::is_han;
use super::spelling::{Script, Word, is_latin, words};
use super::{NameMatch, NamePart};

/// A name as typed or as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatinName<'a> {
    /// Family name and given names apart; either may be empty.
    Parted {
        /// The family name.
        surname: &'a str,
        /// All given names, also middle names and patronymics.
        given_names: &'a str,
    },
    /// A name that the document does not part.
    Whole(&'a str),
}

/// Whether a reading of the document has the whole name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// All of it.
    Complete,
    /// A machine-readable zone whose name field is full to its last character,
    /// so that the end of words or whole words may be missing (ICAO Doc
    /// 9303-3, 4.6).
    MayBeTruncated,
}

/// Longer names than any document prints are compared for equality only.
const LONGEST: usize = 200;

/// Titles, which some issuers print and few people type.
const TITLES: [&str; 7] = ["DR", "PROF", "MR", "MRS", "MS", "MISS", "SIR"];

/// Slips allowed in a part of `letters` letters. Below four letters one slip
/// makes another name (LI, LU). Chosen on the tuning half of 285 labelled name
/// pairs; see the accuracy report.
fn allowed_slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Compares a typed name with one reading of the document's name.
///
/// Takes Latin letters with or without diacritics, and names in any other
/// script if both are in it. A Latin name against another script is only found
/// the same or [`NameMatch::Unknown`]: romanisations differ too much. For
/// Chinese characters there are [`super::compare_native`] and
/// [`super::relate_pinyin`].
pub fn compare_latin(
    typed: LatinName<'_>,
    document: LatinName<'_>,
    completeness: Completeness,
) -> NameMatch {
    let one_script = typed.is_latin() == document.is_latin();
    let han = typed.has_han() || document.has_han();
    let own = one_script && !typed.is_latin();
    let script = if own { Script::Own } else { Script::Latin };
    let (typed, document) = (Name::of(typed, script), Name::of(document, script));
    if typed.is_empty() || document.is_empty() {
        return NameMatch::Unknown;
    }
    let equal = same(&typed, &document);
    if !one_script {
        return if han { NameMatch::Unknown } else { equal.unwrap_or(NameMatch::Unknown) };
    }
    if let Some(equal) = equal {
        return equal;
    }
    if typed.len() > LONGEST || document.len() > LONGEST {
        return NameMatch::Different;
    }
    if completeness == Completeness::MayBeTruncated && truncated(&typed, &document) {
        return NameMatch::Truncated;
    }
    None.or_else(|| swapped(&typed, &document))
        .or_else(|| some_missing(&typed, &document))
        .or_else(|| typo(&typed, &document))
        .unwrap_or(NameMatch::Different)
}

impl<'a> LatinName<'a> {
    fn texts(self) -> [&'a str; 2] {
        match self {
            Self::Parted { surname, given_names } => [surname, given_names],
            Self::Whole(name) => [name, ""],
        }
    }

    fn is_latin(self) -> bool {
        self.texts().into_iter().all(is_latin)
    }

    fn has_han(self) -> bool {
        self.texts().into_iter().any(|text| text.chars().any(is_han))
    }
}

/// A name in words; an unparted one has them all in `surname`.
struct Name {
    surname: Vec<Word>,
    given_names: Vec<Word>,
    parted: bool,
}

impl Name {
    fn of(name: LatinName<'_>, script: Script) -> Self {
        match name {
            LatinName::Parted { surname, given_names } => Self {
                surname: without_titles(words(surname, script)),
                given_names: without_titles(words(given_names, script)),
                parted: true,
            },
            LatinName::Whole(name) => Self {
                surname: without_titles(words(name, script)),
                given_names: Vec::new(),
                parted: false,
            },
        }
    }

    fn is_empty(&self) -> bool {
        self.surname.is_empty() && self.given_names.is_empty()
    }

    fn words(&self) -> Vec<&Word> {
        self.surname.iter().chain(&self.given_names).collect()
    }

    /// Length in letters.
    fn len(&self) -> usize {
        self.words().iter().map(|word| word.len()).sum()
    }

    /// The name written as one word: as parted, and given names first.
    fn whole(&self) -> [Word; 2] {
        let given_first = self.given_names.iter().chain(&self.surname);
        [Word::joined(self.words()), Word::joined(given_first)]
    }
}

fn without_titles(words: Vec<Word>) -> Vec<Word> {
    let is_title = |word: &Word| TITLES.contains(&word.letters.as_str());
    if words.iter().all(is_title) {
        return words;
    }
    words.into_iter().filter(|word| !is_title(word)).collect()
}

/// Equal part by part; where one is not parted, in either order.
fn same(typed: &Name, document: &Name) -> Option<NameMatch> {
    let pairs = if typed.parted && document.parted {
        let pairs =
            [(&typed.surname, &document.surname), (&typed.given_names, &document.given_names)];
        pairs.map(|(a, b)| (Word::joined(a), Word::joined(b))).to_vec()
    } else {
        let [document, _] = document.whole();
        let typed = typed.whole().into_iter().find(|typed| typed.spells_as(&document))?;
        vec![(typed, document)]
    };
    if pairs.iter().all(|(a, b)| a.letters == b.letters) {
        Some(NameMatch::Same)
    } else {
        let spelled = pairs.iter().all(|(a, b)| a.spells_as(b));
        spelled.then_some(NameMatch::SameAfterTransliteration)
    }
}

/// Each of the document's words is the beginning of the typed one; typed
/// words may be left over at the end.
fn truncated(typed: &Name, document: &Name) -> bool {
    let begins = |shorter: &[Word], longer: &[Word]| {
        shorter.len() <= longer.len()
            && shorter.iter().zip(longer).all(|(shorter, longer)| shorter.begins(longer))
    };
    begins(&document.surname, &typed.surname) && begins(&document.given_names, &typed.given_names)
}

/// The parts exchanged, or the same words in another order.
fn swapped(typed: &Name, document: &Name) -> Option<NameMatch> {
    let exchanged = typed.parted
        && document.parted
        && Word::joined(&typed.surname).spells_as(&Word::joined(&document.given_names))
        && Word::joined(&typed.given_names).spells_as(&Word::joined(&document.surname));
    let (left_typed, left_document) = unpaired(typed, document);
    let permuted = left_typed.is_empty() && left_document.is_empty();
    let moved = typed.whole().iter().any(|typed| typed.spells_as(&document.whole()[0]));
    (exchanged || permuted || moved).then_some(NameMatch::OrderSwapped)
}

/// The words of either name that no word of the other spells; an initial
/// stands for no word.
fn unpaired<'a>(typed: &'a Name, document: &'a Name) -> (Vec<&'a Word>, Vec<&'a Word>) {
    let mut left_document = document.words();
    let mut left_typed = Vec::new();
    for word in typed.words() {
        match left_document.iter().position(|other| word.spells_as(other)) {
            Some(index) => drop(left_document.remove(index)),
            None => left_typed.push(word),
        }
    }
    (left_typed, left_document)
}

/// All words of one name are among the other's. A word of each part must be
/// common, so that a family name alone is not half a person.
fn some_missing(typed: &Name, document: &Name) -> Option<NameMatch> {
    let (typed_left, document_left) = unpaired(typed, document);
    let typed_only = without_initials(&typed_left, &document_left);
    let document_only = without_initials(&document_left, &typed_left);
    let common = typed.words().len().min(document.words().len()) >= 2
        && shares_a_word(&typed.surname, &document.surname)
        && (!typed.parted
            || !document.parted
            || shares_a_word(&typed.given_names, &document.given_names));
    let listed = |words: &[&Word]| words.iter().map(|word| word.letters.clone()).collect();
    match (common, typed_only.is_empty(), document_only.is_empty()) {
        (true, true, _) => Some(NameMatch::Incomplete { missing: listed(&document_left) }),
        (true, _, true) => Some(NameMatch::Extra { words: listed(&typed_left) }),
        _ => None,
    }
}

/// `words` without initials of any of `others`.
fn without_initials<'a>(words: &[&'a Word], others: &[&Word]) -> Vec<&'a Word> {
    let initial = |word: &Word| word.len() == 1 && others.iter().any(|long| word.begins(long));
    words.iter().copied().filter(|word| !initial(word)).collect()
}

fn shares_a_word(a: &[Word], b: &[Word]) -> bool {
    a.iter().any(|word| b.iter().any(|other| word.spells_as(other)))
}

/// Few enough slips, part by part; without parts, word by word or written as
/// one.
fn typo(typed: &Name, document: &Name) -> Option<NameMatch> {
    let found = |distance, part| Some(NameMatch::Typo { distance, part });
    if typed.parted && document.parted {
        let slips = |a: &[Word], b: &[Word]| slips(&Word::joined(a), &Word::joined(b));
        let surname = slips(&typed.surname, &document.surname)?;
        let given_names = slips(&typed.given_names, &document.given_names)?;
        return match (surname, given_names) {
            (_, 0) => found(surname, NamePart::Surname),
            (0, _) => found(given_names, NamePart::GivenNames),
            _ => found(surname + given_names, NamePart::Whole),
        };
    }
    let (typed_words, document_words) = (typed.words(), document.words());
    if typed_words.len() == document_words.len() {
        let pairs = typed_words.iter().zip(document_words);
        let all: Option<Vec<usize>> = pairs.map(|(a, b)| slips(a, b)).collect();
        return found(all?.iter().sum(), NamePart::Whole);
    }
    let document = Word::joined(document_words);
    let distance = typed.whole().iter().filter_map(|typed| slips(typed, &document)).min()?;
    found(distance, NamePart::Whole)
}

/// How many slips apart, if no more than their length allows.
fn slips(a: &Word, b: &Word) -> Option<usize> {
    let distance = a.distance(b);
    (distance <= allowed_slips(a.len().min(b.len()))).then_some(distance)
}
