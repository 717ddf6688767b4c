//! Chinese characters and their romanisation in mainland China's passports.

use std::collections::BTreeSet;

use ::pinyin::{Pinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

use super::NameMatch;
use super::latin::{Completeness, LatinName, compare_latin};

/// Family names that are read otherwise than the same characters elsewhere.
const SURNAMES: [(&str, &[&str]); 35] = [
    ("单", &["SHAN"]),
    ("曾", &["ZENG"]),
    ("解", &["XIE"]),
    ("仇", &["QIU"]),
    ("查", &["ZHA"]),
    ("区", &["OU"]),
    ("朴", &["PIAO"]),
    ("盖", &["GE", "GAI"]),
    ("乐", &["YUE", "LE"]),
    ("任", &["REN"]),
    ("华", &["HUA"]),
    ("冼", &["XIAN"]),
    ("洗", &["XIAN"]),
    ("缪", &["MIAO"]),
    ("员", &["YUN"]),
    ("翟", &["ZHAI", "DI"]),
    ("黑", &["HE", "HEI"]),
    ("秘", &["BI", "MI"]),
    ("折", &["SHE", "ZHE"]),
    ("种", &["CHONG"]),
    ("召", &["SHAO", "ZHAO"]),
    ("祭", &["ZHAI", "JI"]),
    ("覃", &["QIN", "TAN"]),
    ("谌", &["CHEN", "SHEN"]),
    ("繁", &["PO"]),
    ("逄", &["PANG"]),
    ("都", &["DU"]),
    ("尹", &["YIN"]),
    ("尉迟", &["YUCHI"]),
    ("万俟", &["MOQI"]),
    ("单于", &["CHANYU"]),
    ("长孙", &["ZHANGSUN"]),
    ("澹台", &["TANTAI"]),
    ("令狐", &["LINGHU"]),
    ("宿", &["SU"]),
];

/// Family names of two characters, beside those of [`SURNAMES`].
const COMPOUND: [&str; 27] = [
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "夏侯", "公孙", "慕容", "宇文",
    "司徒", "东方", "轩辕", "独孤", "南宫", "端木", "百里", "呼延", "申屠", "钟离", "濮阳", "淳于",
    "鲜于", "闻人", "拓跋",
];

/// Names with more characters, or with a dot, are no Han names, and their
/// romanisation is that of another language.
const LONGEST: usize = 4;

/// More would be no help to choose from.
const MOST_SUGGESTED: usize = 4;

/// Readings of a whole given name that are looked at for slips.
const MOST_READINGS: usize = 64;

/// Relates a Latin name to a name in Chinese characters by pinyin: the
/// romanisation of mainland China's documents, with its family-name readings
/// (单 Shan) and ü as YU, V or U.
///
/// [`NameMatch::Different`] means "not its pinyin", no more: in Hong Kong,
/// Macao, Taiwan and abroad names are romanised otherwise, and the caller must
/// know whether pinyin is due. [`NameMatch::Unknown`] for names that are not
/// two to four Chinese characters.
pub fn relate_pinyin(latin: LatinName<'_>, native: &str) -> NameMatch {
    let characters: Vec<char> = native.nfkc().filter(|c| !c.is_whitespace()).collect();
    let han = characters.iter().copied().all(is_han);
    if !han || !(2..=LONGEST).contains(&characters.len()) {
        return NameMatch::Unknown;
    }
    let compared = partings(&characters).into_iter().flat_map(|(surname, given)| {
        let given_names = readings_of(given);
        surname_readings(surname).into_iter().flat_map(move |surname| {
            let compare = |given: &String| {
                let document = LatinName::Parted { surname: &surname, given_names: given };
                pinyin_match(compare_latin(latin, document, Completeness::Complete))
            };
            given_names.iter().map(compare).collect::<Vec<_>>()
        })
    });
    compared.fold(NameMatch::Unknown, NameMatch::closer)
}

/// A name in the spelling of mainland China's passports: capitals, the given name one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Romanised {
    /// Family name.
    pub surname: String,
    /// Given name; empty where there was none.
    pub given_names: String,
}

/// How a name in Chinese characters may be printed in a passport, the likeliest first: what its
/// holder compares with theirs. Nothing for what is not one to four Chinese characters.
pub fn romanised(native: &str) -> Vec<Romanised> {
    let characters: Vec<char> = native.nfkc().filter(|c| !c.is_whitespace()).take(9).collect();
    let han = characters.iter().copied().all(is_han);
    if !han || !(1..=LONGEST).contains(&characters.len()) {
        return Vec::new();
    }
    // What keyboards have as V or Ü is printed as YU.
    let printed = |name: &str| name.replace(['V', 'Ü'], "YU");
    let mut all = Vec::new();
    for (surname, given) in partings(&characters) {
        let given = readings_of(given);
        for surname in surname_readings(surname) {
            all.extend(given.iter().map(|given| Romanised {
                surname: printed(&surname),
                given_names: printed(given),
            }));
        }
    }
    all.truncate(MOST_SUGGESTED);
    all
}

/// Pinyin is a transliteration: never the same writing. A part left out or
/// added is no finding here, since a syllable is not a word of its own.
fn pinyin_match(found: NameMatch) -> NameMatch {
    match found {
        NameMatch::Same => NameMatch::SameAfterTransliteration,
        NameMatch::Incomplete { .. } | NameMatch::Extra { .. } => NameMatch::Different,
        other => other,
    }
}

/// Family name and given name: after the first character, after the second
/// where the first two are a compound name or there are four.
fn partings(characters: &[char]) -> Vec<(&[char], &[char])> {
    let mut partings = Vec::new();
    let first_two: String = characters.iter().take(2).collect();
    let compound = COMPOUND.contains(&first_two.as_str()) || special(&first_two).is_some();
    if characters.len() > 2 && (compound || characters.len() == LONGEST) {
        partings.push(characters.split_at(2));
    }
    if !compound || characters.len() == 2 {
        partings.push(characters.split_at(1));
    }
    partings
}

fn special(surname: &str) -> Option<&'static [&'static str]> {
    SURNAMES.iter().find(|(name, _)| *name == surname).map(|(_, readings)| *readings)
}

fn surname_readings(surname: &[char]) -> Vec<String> {
    let name: String = surname.iter().collect();
    match special(&name) {
        Some(readings) => readings.iter().map(ToString::to_string).collect(),
        None => readings_of(surname),
    }
}

/// The readings of `characters` one after another, without spaces; common
/// readings first.
fn readings_of(characters: &[char]) -> Vec<String> {
    let mut names = vec![String::new()];
    for c in characters {
        let readings = readings(*c);
        let longer = readings
            .iter()
            .flat_map(|reading| names.iter().map(move |name| format!("{name}{reading}")));
        names = longer.take(MOST_READINGS).collect();
    }
    names
}

/// The readings of one character, capitals without tones.
fn readings(c: char) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain);
    all.filter(|reading| seen.insert(*reading)).map(str::to_uppercase).collect()
}

/// Whether two characters can sound alike, tones aside.
pub(super) fn share_a_reading(a: char, b: char) -> bool {
    let of_b = readings(b);
    readings(a).iter().any(|reading| of_b.contains(reading))
}

/// Whether `c` is a Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}
