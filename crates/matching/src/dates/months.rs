//! Month names of the languages that documents print.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Beginnings of month names, capitals without diacritics, January first.
///
/// A word is a month when it begins so; so full names need no row of their own.
/// English, French, Spanish, Portuguese, Italian, German, Dutch, Nordic,
/// Polish, Romanian, Turkish, Azerbaijani, Albanian, Hungarian, Estonian,
/// Finnish, Baltic, Indonesian, Russian, Ukrainian, Greek. Names that mean
/// different months in two languages (Polish and Croatian LIP, LIS; Czech SRP)
/// are left out: no month is better than the wrong one.
const NAMES: [&[&str]; 12] = [
    &["JAN", "ENE", "GEN", "IAN", "STY", "OCA", "YAN", "TAMMI", "SAU", "ЯНВ", "СІЧ", "ΙΑΝ"],
    &["FEB", "FEV", "LUT", "SUB", "HELMI", "VEEB", "VAS", "SHK", "ФЕВ", "ЛЮТ", "ΦΕΒ"],
    &["MAR", "MRZ", "MRT", "MAER", "MAAR", "MAALIS", "KOV", "МАР", "БЕР", "ΜΑΡ"],
    &["APR", "AVR", "ABR", "KWI", "NIS", "HUHTI", "BAL", "PRI", "АПР", "КВІ", "ΑΠΡ"],
    &["MAY", "MAI", "MAJ", "MEI", "MAG", "TOUKO", "GEG", "МАИ", "МАЯ", "ТРА", "ΜΑΙ"],
    &[
        "JUN", "JUIN", "JUUN", "GIU", "IUN", "CZE", "HAZ", "IYN", "KESA", "BIR", "QER", "ИЮН",
        "ЧЕР", "ΙΟΥΝ",
    ],
    &[
        "JUL", "JUIL", "JUUL", "LUG", "IUL", "TEM", "IYL", "HEINA", "LIE", "KOR", "ИЮЛ", "ЛИП",
        "ΙΟΥΛ",
    ],
    &["AUG", "AOU", "AGO", "AGU", "AGT", "SIE", "AVQ", "ELO", "RUGP", "GUS", "АВГ", "СЕР", "ΑΥΓ"],
    &["SEP", "SET", "SZEP", "WRZ", "EYL", "SEN", "SYYS", "RUGS", "SHT", "СЕН", "ВЕР", "ΣΕΠ"],
    &["OCT", "OKT", "OUT", "OTT", "PAZ", "EKI", "LOKA", "SPA", "TET", "ОКТ", "ЖОВ", "ΟΚΤ"],
    &["NOV", "NOI", "NOY", "KAS", "MARRAS", "LAP", "NEN", "НОЯ", "ΝΟΕ"],
    &["DEC", "DEZ", "DES", "DEK", "DIC", "DIZ", "GRU", "ARA", "JOULU", "DHJ", "ДЕК", "ГРУ", "ΔΕΚ"],
];

/// The month that `word` names, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = without_marks(word);
    let matching = |names: &[&str]| {
        names
            .iter()
            .map(|name| without_marks(name))
            .filter(|name| word.starts_with(name))
            .map(|name| name.len())
            .max()
    };
    // The longest beginning wins: MARRAS is November in Finnish, MAR is March.
    let best = NAMES.iter().zip(1i8..).filter_map(|(names, month)| Some((matching(names)?, month)));
    best.max().map(|(_, month)| month)
}

/// `text` in capitals, diacritics removed.
fn without_marks(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_uppercase).collect()
}
