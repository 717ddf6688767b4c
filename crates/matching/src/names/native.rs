//! Names in the document's own script.

use unicode_normalization::UnicodeNormalization;

use super::latin::{Completeness, LatinName, compare_latin};
use super::pinyin::{is_han, share_a_reading};
use super::{NameMatch, NamePart};

/// Compares two writings of a name in its own script, most often 姓名.
///
/// Spaces and the dots inside names of China's minorities (·) do not count.
/// Characters that sound alike count as slips of an input method (伟 for 玮);
/// so do simplified for traditional characters, which the applicant then types
/// as printed. Any other character makes another name.
pub fn compare_native(typed: &str, document: &str) -> NameMatch {
    let (typed_characters, document_characters) = (characters(typed), characters(document));
    if typed_characters.is_empty() || document_characters.is_empty() {
        return NameMatch::Unknown;
    }
    if typed_characters == document_characters {
        return NameMatch::Same;
    }
    let all_han = |name: &[char]| name.iter().copied().all(is_han);
    match (all_han(&typed_characters), all_han(&document_characters)) {
        (true, true) => compare_han(&typed_characters, &document_characters),
        (false, false) => {
            let (typed, document) = (LatinName::Whole(typed), LatinName::Whole(document));
            compare_latin(typed, document, Completeness::Complete)
        }
        _ => NameMatch::Unknown,
    }
}

/// The letters and characters of a name, compatibility forms resolved.
fn characters(name: &str) -> Vec<char> {
    name.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn compare_han(typed: &[char], document: &[char]) -> NameMatch {
    if typed.len() != document.len() {
        return NameMatch::Different;
    }
    let sorted = |name: &[char]| {
        let mut name = name.to_vec();
        name.sort_unstable();
        name
    };
    if sorted(typed) == sorted(document) {
        return NameMatch::OrderSwapped;
    }
    let other = typed.iter().zip(document).filter(|(a, b)| a != b);
    let homophones = other.clone().all(|(a, b)| share_a_reading(*a, *b));
    if homophones {
        NameMatch::Typo { distance: other.count(), part: NamePart::Whole }
    } else {
        NameMatch::Different
    }
}
