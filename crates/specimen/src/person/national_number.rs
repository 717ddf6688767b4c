//! The citizen number of GB 11643, in a region that does not exist.

use jiff::civil::Date;

/// GB/T 2260 has no region that begins with 99, so no real card has such a number.
pub const REGION: &str = "990101";

/// The 18 characters for a birth date and a sequence number (0–999, odd for
/// men), with the right check character.
pub fn national_number(birth_date: Date, sequence: u16) -> String {
    let digits = format!(
        "{REGION}{:04}{:02}{:02}{:03}",
        birth_date.year(),
        birth_date.month(),
        birth_date.day(),
        sequence % 1000,
    );
    let check = check_character(&digits);
    format!("{digits}{check}")
}

/// GB 11643: the weighted sum of 17 digits modulo 11, looked up.
fn check_character(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 = digits
        .chars()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
        .sum();
    CHARACTERS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The two examples in GB 11643-1999 itself.
        assert_eq!(check_character("11010519491231002"), 'X');
        assert_eq!(check_character("44052418800101001"), '4');
    }
}
