//! The Chinese citizen identity number of GB 11643-1999.

use jiff::civil::Date;

/// Weights of the first seventeen digits, GB 11643-1999 section 6.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the weighted sum modulo 11.
const CHECK: &[u8; 11] = b"10X98765432";

/// Why a number does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not seventeen digits and a digit or X.
    Format,
    /// The check character is another.
    CheckDigit,
    /// Digits 7 to 14 are no date.
    Birth,
    /// Digits 7 to 14 are not the printed birth date.
    DisagreesWithBirthDate,
    /// The seventeenth digit, odd for male, is not the printed sex.
    DisagreesWithSex,
}

/// Checks a number's form, check character and birth date, and its agreement
/// with the printed birth date and sex (`M` or `F`) where these are known.
///
/// # Errors
/// The first fault, in the order of [`Fault`].
pub fn verify(number: &str, birth: Option<Date>, sex: Option<&str>) -> Result<(), Fault> {
    let number = number.to_ascii_uppercase();
    let bytes: &[u8; 18] = number.as_bytes().try_into().map_err(|_| Fault::Format)?;
    let (digits, last) = (&bytes[..17], bytes[17]);
    if !digits.iter().all(u8::is_ascii_digit) || !(last.is_ascii_digit() || last == b'X') {
        return Err(Fault::Format);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    if CHECK[(sum % 11) as usize] != last {
        return Err(Fault::CheckDigit);
    }
    let within = birth_date(&number).ok_or(Fault::Birth)?;
    if birth.is_some_and(|printed| printed != within) {
        return Err(Fault::DisagreesWithBirthDate);
    }
    let male = digits[16] % 2 == 1;
    if sex.is_some_and(|printed| (printed == "M") != male) {
        return Err(Fault::DisagreesWithSex);
    }
    Ok(())
}

/// The birth date in digits 7 to 14, when they are a date.
pub fn birth_date(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (year, month, day) = (part(6, 10)?, part(10, 12)?, part(12, 14)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    // The example number of GB 11643-1999 has the check character X.
    const EXAMPLE: &str = "11010519491231002X";

    #[test]
    fn a_number_holds_only_with_its_check_character_date_and_sex() {
        let born = Some(date(1949, 12, 31));
        let cases = [
            ("the standard's example", EXAMPLE, born, Some("F"), Ok(())),
            ("small x", "11010519491231002x", born, None, Ok(())),
            ("nothing printed", EXAMPLE, None, None, Ok(())),
            ("one digit changed", "11010519491231003X", None, None, Err(Fault::CheckDigit)),
            ("seventeen digits", "11010519491231002", None, None, Err(Fault::Format)),
            ("letters", "1101051949123100OX", None, None, Err(Fault::Format)),
            ("not ascii", "１１０１０５", None, None, Err(Fault::Format)),
            (
                "another birth date",
                EXAMPLE,
                Some(date(1949, 12, 30)),
                None,
                Err(Fault::DisagreesWithBirthDate),
            ),
            ("another sex", EXAMPLE, born, Some("M"), Err(Fault::DisagreesWithSex)),
        ];
        for (name, number, birth, sex, expected) in cases {
            assert_eq!(verify(number, birth, sex), expected, "{name}");
        }
    }
}
