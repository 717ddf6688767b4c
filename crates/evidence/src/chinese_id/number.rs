//! The 18-character citizen number of GB 11643: six digits of place (GB/T 2260),
//! eight of birth, three of sequence, the last odd for men, and a check
//! character of ISO 7064 MOD 11-2.

use jiff::civil::Date;
use thiserror::Error;

/// Provincial prefixes of GB/T 2260, with 83 for residents of Taiwan whose
/// residence permit bears such a number.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// What foreigners' permanent residence cards since 2023 have before the province.
const FOREIGNERS: char = '9';

/// Weights of the first 17 digits (GB 11643, 6.1).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character of each remainder.
const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// What a number that follows GB 11643 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citizen {
    /// Birth date.
    pub birth: Date,
    /// Whether the sequence number is a man's.
    pub male: bool,
}

/// Why a text is no number of GB 11643; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// Not 17 digits and a digit or X.
    #[error("a citizen number is 17 digits and a digit or X")]
    Form,
    /// The check character belongs to another number.
    #[error("the check character does not fit the digits before it")]
    CheckCharacter,
    /// The first two digits name no province.
    #[error("no province has this prefix")]
    Province,
    /// Digits 7 to 14 are no day.
    #[error("digits 7 to 14 are not a date")]
    BirthDate,
}

/// Takes a number apart.
///
/// # Errors
/// The first [`Fault`] found. Whether the number was ever issued it cannot tell.
pub fn parse(number: &str) -> Result<Citizen, Fault> {
    let well_formed = number.len() == 18
        && number.bytes().take(17).all(|b| b.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit() || c == 'X');
    if !well_formed {
        return Err(Fault::Form);
    }
    if check_character(number) != number.chars().last() {
        return Err(Fault::CheckCharacter);
    }
    if !has_province(number) {
        return Err(Fault::Province);
    }
    let birth = birth_date(number).ok_or(Fault::BirthDate)?;
    let male = number.as_bytes()[16] % 2 == 1;
    Ok(Citizen { birth, male })
}

/// The check character that belongs to the first 17 digits of `number`; `None`
/// when these are not 17 digits.
pub fn check_character(number: &str) -> Option<char> {
    let digits: Vec<u32> = number.chars().take(17).map_while(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    (digits.len() == 17).then(|| CHECK[(sum % 11) as usize])
}

/// Whether the check character is right and digits 7 to 14 are a date: that the
/// number was read as it was made, wherever it was issued.
pub fn holds(number: &str) -> bool {
    !matches!(parse(number), Err(Fault::Form | Fault::CheckCharacter))
        && birth_date(number).is_some()
}

/// Whether the number begins with a prefix that GB/T 2260 gives a province, or
/// with 9 and such a prefix, as foreigners' permanent residence cards have it.
pub fn has_province(number: &str) -> bool {
    let starts = |text: &str| {
        let prefix = text.get(..2).and_then(|prefix| prefix.parse::<u8>().ok());
        prefix.is_some_and(|prefix| PROVINCES.contains(&prefix))
    };
    starts(number) || number.strip_prefix(FOREIGNERS).is_some_and(starts)
}

/// The birth date in digits 7 to 14, whether or not the rest of the number holds.
pub fn birth_date(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (year, month, day) = (part(6, 10)?, part(10, 12)?, part(12, 14)?);
    let plausible = (1880..=2100).contains(&year);
    plausible.then(|| Date::new(year, month as i8, day as i8).ok()).flatten()
}

/// Whether the number and what is printed beside it speak of one person:
/// `birth_date` as `YYYY-MM-DD`, `sex` as `M` or `F`. `None` when neither can
/// be compared.
pub fn agrees_with(number: &str, birth_date: Option<&str>, sex: Option<&str>) -> Option<bool> {
    let birth = self::birth_date(number).zip(birth_date).map(|(in_number, printed)| {
        printed.parse::<Date>().is_ok_and(|printed| printed == in_number)
    });
    let male = parse(number).ok().map(|citizen| citizen.male);
    let sex = male.zip(sex).map(|(male, sex)| sex == if male { "M" } else { "F" });
    match (birth, sex) {
        (None, None) => None,
        (birth, sex) => Some(birth.unwrap_or(true) && sex.unwrap_or(true)),
    }
}

/// The citizen number in a text, as printed: the longest run of 15 to 18
/// number characters, spaces passed over. Only what cannot be anything else in
/// a run of digits is put right: O is 0, I and l are 1, x is X.
///
/// The place of the run is given in characters of `text`, spaces included.
pub fn find(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let mut best: Option<(String, std::ops::Range<usize>)> = None;
    let mut run = String::new();
    let (mut start, mut end) = (0, 0);
    let mut consider = |run: &mut String, range: std::ops::Range<usize>| {
        let length = run.len();
        let is_better = best.as_ref().is_none_or(|(earlier, _)| length > earlier.len());
        if (15..=18).contains(&length) && is_better && !run[..length - 1].contains('X') {
            best = Some((run.clone(), range));
        }
        run.clear();
    };
    for (index, c) in text.chars().enumerate() {
        if let Some(digit) = number_character(c) {
            if run.is_empty() {
                start = index;
            }
            run.push(digit);
            end = index + 1;
        } else if !c.is_whitespace() {
            consider(&mut run, start..end);
        }
    }
    consider(&mut run, start..end);
    best
}

fn number_character(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        'O' | 'o' => Some('0'),
        'I' | 'l' => Some('1'),
        'X' | 'x' => Some('X'),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_taken_apart_or_the_first_fault_is_named() {
        // The examples of GB 11643, annex A.
        let woman = Citizen { birth: date(1949, 12, 31), male: false };
        let boy = Citizen { birth: date(1988, 6, 15), male: true };
        let cases = [
            ("11010519491231002X", Ok(woman)),
            ("440524198001010013", Ok(Citizen { birth: date(1980, 1, 1), male: true })),
            ("110105194912310021", Err(Fault::CheckCharacter)),
            ("11010519491231002", Err(Fault::Form)),
            ("11010519491231002x", Err(Fault::Form)),
            ("1101051949123100２X", Err(Fault::Form)),
            ("", Err(Fault::Form)),
        ];
        for (number, expected) in cases {
            assert_eq!(parse(number), expected, "{number}");
        }
        let issued = |first: &str| format!("{first}{}", check_character(first).unwrap());
        assert_eq!(parse(&issued("32028119880615001")), Ok(boy));
        assert_eq!(parse(&issued("00010119880615001")), Err(Fault::Province));
        assert_eq!(parse(&issued("32028119880231001")), Err(Fault::BirthDate));
        // A number is read rightly wherever it was issued.
        assert!(holds(&issued("00010119880615001")) && holds("11010519491231002X"));
        assert!(!holds(&issued("32028119880231001")) && !holds("110105194912310021"));
    }

    #[test]
    fn the_number_agrees_with_what_is_printed_beside_it() {
        let number = "11010519491231002X";
        let cases = [
            (Some("1949-12-31"), Some("F"), Some(true)),
            (Some("1949-12-30"), Some("F"), Some(false)),
            (Some("1949-12-31"), Some("M"), Some(false)),
            (None, Some("M"), Some(false)),
            (Some("1949-12-31"), None, Some(true)),
            (None, None, None),
        ];
        for (birth, sex, expected) in cases {
            assert_eq!(agrees_with(number, birth, sex), expected, "{birth:?} {sex:?}");
        }
        // 17 digits as printed: the birth date is where it should be, the sex is not.
        assert_eq!(agrees_with("11010519491231002", Some("1949-12-31"), Some("M")), Some(true));
    }

    #[test]
    fn the_number_is_found_in_a_line_and_nothing_is_added_to_it() {
        let cases = [
            ("公民身份号码11010519491231002X", Some("11010519491231002X")),
            ("公民身份号码 110105 19491231 002X", Some("11010519491231002X")),
            ("11O1O51949l23I002x", Some("11010519491231002X")),
            ("11010519491231002", Some("11010519491231002")),
            ("2015.07.15-2035.07.15", None),
            ("1101051949123100211111", None),
            ("1X010519491231002X", None),
        ];
        for (text, expected) in cases {
            let found = find(text).map(|(number, _)| number);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*") {
            let _ = (parse(&text), check_character(&text), has_province(&text));
            let _ = agrees_with(&text, Some(&text), Some(&text));
            if let Some((number, range)) = find(&text) {
                prop_assert!((15..=18).contains(&number.len()));
                prop_assert!(range.end <= text.chars().count());
            }
        }

        #[test]
        fn one_wrong_digit_never_passes(body in "[1-6][1-5][0-9]{4}19[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", at in 0_usize..17, by in 1_u8..10) {
            let number = format!("{body}{}", check_character(&body).unwrap());
            let mut bytes = number.clone().into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            let changed = String::from_utf8(bytes).unwrap();
            prop_assert_ne!(check_character(&changed), number.chars().last());
        }
    }
}
