//! Writing a machine-readable zone (ICAO 9303-3 to -7), kept apart from the
//! reader on purpose: each tests the other.

use jiff::civil::Date;

use crate::kind::MrzFormat;
use crate::person::Sex;

/// What a machine-readable zone says.
#[derive(Clone, Debug, PartialEq)]
pub struct MrzData {
    /// One or two letters: `P`, `I`, `V`, …
    pub document_code: String,
    /// The issuing state, three letters (or `D`).
    pub issuer: String,
    /// The primary identifier, as printed.
    pub surname: String,
    /// The secondary identifier, as printed; may be empty.
    pub given_names: String,
    /// Letters and digits; more than nine go into the optional data of TD1 and TD2.
    pub number: String,
    /// The nationality, three letters (or `D`).
    pub nationality: String,
    /// The birth date.
    pub birth_date: Date,
    /// The sex; [`Sex::X`] is written `<`.
    pub sex: Sex,
    /// The last day of validity.
    pub expiry_date: Date,
    /// Optional data: after the number in TD1, at the end of line 2 elsewhere.
    pub optional: String,
}

impl MrzData {
    /// The lines in `format`. Whatever is too long for its place is cut;
    /// names are shortened as 9303-3 clause 4.6 and its sequels ask.
    pub fn lines(&self, format: MrzFormat) -> Vec<String> {
        match format {
            MrzFormat::Td1 => self.td1(),
            MrzFormat::Td2 => self.td2(),
            MrzFormat::Td3 => self.td3(),
            MrzFormat::MrvA => self.visa(44),
            MrzFormat::MrvB => self.visa(36),
            MrzFormat::ExitEntryPermit => self.exit_entry_permit(),
        }
    }

    fn td3(&self) -> Vec<String> {
        let optional = filled(&self.optional, 14);
        // 9303-4: without optional data its check digit may be 0 or a filler.
        let optional_check = if self.optional.is_empty() { '<' } else { check_digit(&optional) };
        let tail = format!("{optional}{optional_check}");
        let (number, dates) = (checked(&filled(&self.number, 9)), self.dates());
        let composite = check_digit(&format!("{number}{}{}{tail}", dates.birth, dates.expiry));
        let second = format!(
            "{number}{}{}{}{}{tail}{composite}",
            filled(&self.nationality, 3),
            dates.birth,
            self.sex_mark(),
            dates.expiry,
        );
        vec![self.first_line(44), second]
    }

    fn td1(&self) -> Vec<String> {
        let (number, optional) = self.long_number(15);
        let dates = self.dates();
        let first = format!(
            "{}{}{number}{optional}",
            filled(&self.document_code, 2),
            filled(&self.issuer, 3),
        );
        let second = filled("", 11);
        let composite =
            check_digit(&format!("{number}{optional}{}{}{second}", dates.birth, dates.expiry));
        vec![
            first,
            format!(
                "{}{}{}{}{second}{composite}",
                dates.birth,
                self.sex_mark(),
                dates.expiry,
                filled(&self.nationality, 3),
            ),
            name_field(&self.surname, &self.given_names, 30),
        ]
    }

    fn td2(&self) -> Vec<String> {
        let (number, optional) = self.long_number(7);
        let dates = self.dates();
        let composite = check_digit(&format!("{number}{}{}{optional}", dates.birth, dates.expiry));
        let second = format!(
            "{number}{}{}{}{}{optional}{composite}",
            filled(&self.nationality, 3),
            dates.birth,
            self.sex_mark(),
            dates.expiry,
        );
        vec![self.first_line(36), second]
    }

    fn visa(&self, width: usize) -> Vec<String> {
        let dates = self.dates();
        let second = format!(
            "{}{}{}{}{}{}",
            checked(&filled(&self.number, 9)),
            filled(&self.nationality, 3),
            dates.birth,
            self.sex_mark(),
            dates.expiry,
            filled(&self.optional, width - 28),
        );
        vec![self.first_line(width), second]
    }

    /// As public readers of these cards take the line apart; no standard is published.
    fn exit_entry_permit(&self) -> Vec<String> {
        let (number, dates) = (checked(&filled(&self.number, 9)), self.dates());
        let composite = check_digit(&format!("{number}{}{}", dates.expiry, dates.birth));
        let code = filled(&self.document_code, 2);
        vec![format!("{code}{number}<{}<{}<{composite}", dates.expiry, dates.birth)]
    }

    fn first_line(&self, width: usize) -> String {
        let (code, issuer) = (filled(&self.document_code, 2), filled(&self.issuer, 3));
        format!("{code}{issuer}{}", name_field(&self.surname, &self.given_names, width - 5))
    }

    /// Number with check digit (10 places) and optional data (`room` places).
    ///
    /// 9303-5 note j, 9303-6 note j: of a longer number the first nine stand in
    /// the field, a filler stands for the check digit, and the rest, its check
    /// digit and a filler begin the optional data.
    fn long_number(&self, room: usize) -> (String, String) {
        let number = letters(&self.number);
        if number.chars().count() <= 9 {
            return (checked(&filled(&number, 9)), filled(&self.optional, room));
        }
        let first: String = number.chars().take(9).collect();
        let rest: String = number.chars().skip(9).take(room - 2).collect();
        let check = check_digit(&format!("{first}{rest}"));
        let optional = format!("{rest}{check}<{}", letters(&self.optional));
        (format!("{first}<"), filled(&optional, room))
    }

    fn dates(&self) -> CheckedDates {
        CheckedDates {
            birth: checked(&six_digits(self.birth_date)),
            expiry: checked(&six_digits(self.expiry_date)),
        }
    }

    fn sex_mark(&self) -> char {
        match self.sex {
            Sex::M => 'M',
            Sex::F => 'F',
            Sex::X => '<',
        }
    }
}

struct CheckedDates {
    birth: String,
    expiry: String,
}

/// The check digit of 9303-3 clause 4.9: weights 7, 3, 1 repeating, modulo 10;
/// digits count themselves, A–Z count 10–35, fillers 0.
pub fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .chars()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(character, weight)| character.to_digit(36).unwrap_or(0) * weight)
        .sum();
    char::from_digit(sum % 10, 10).expect("a remainder by ten is a digit")
}

fn checked(text: &str) -> String {
    format!("{text}{}", check_digit(text))
}

fn six_digits(date: Date) -> String {
    format!("{:02}{:02}{:02}", date.year().rem_euclid(100), date.month(), date.day())
}

/// `text` as zone letters, cut or filled to `width`.
fn filled(text: &str, width: usize) -> String {
    let cut: String = letters(text).chars().take(width).collect();
    format!("{cut:<<width$}")
}

fn letters(text: &str) -> String {
    text.to_uppercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '<' | ' ' | '-'))
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '<' })
        .collect()
}

/// A name as its zone components: transliterated by 9303-3 section 6,
/// apostrophes and full stops left out, hyphens and spaces parting components.
fn components(name: &str) -> Vec<String> {
    let mut text = String::new();
    for character in name.to_uppercase().chars() {
        match character {
            'A'..='Z' | '0'..='9' => text.push(character),
            ' ' | '-' | '‐' => text.push('<'),
            _ => text.push_str(transliterated(character)),
        }
    }
    text.split('<').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The same parted by spaces, as the barcodes of licences write names.
pub(crate) fn words(name: &str) -> String {
    components(name).join(" ")
}

/// The recommended transliteration of 9303-3 section 6 A, for the letters of
/// this crate's names.
fn transliterated(character: char) -> &'static str {
    match character {
        'Á' | 'À' | 'Â' | 'Ã' | 'Ą' | 'Ă' => "A",
        'Ä' | 'Æ' => "AE",
        'Å' => "AA",
        'Ç' | 'Ć' | 'Č' => "C",
        'Ð' | 'Đ' | 'Ď' => "D",
        'É' | 'È' | 'Ê' | 'Ë' | 'Ę' | 'Ě' => "E",
        'Ğ' => "G",
        'Í' | 'Ì' | 'Î' | 'Ï' | 'İ' => "I",
        'Ł' => "L",
        'Ñ' | 'Ń' | 'Ň' => "N",
        'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ő' => "O",
        'Ö' | 'Ø' | 'Œ' => "OE",
        'Ř' => "R",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'Ť' | 'Ț' => "T",
        'Þ' => "TH",
        'Ú' | 'Ù' | 'Û' | 'Ű' | 'Ů' => "U",
        'Ü' => "UE",
        'Ý' | 'Ÿ' => "Y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        _ => "",
    }
}

/// `SURNAME<<GIVEN<NAMES` in exactly `width` places.
///
/// A name that does not fit keeps at least one letter of the given names, and
/// its last place is a letter, the sign that it may have been shortened.
fn name_field(surname: &str, given_names: &str, width: usize) -> String {
    let (primary, mut secondary) = (components(surname), components(given_names));
    let mut primary = primary.join("<");
    if secondary.is_empty() {
        return filled(&primary, width);
    }
    if primary.len() > width - 3 {
        primary.truncate(width - 3);
        while primary.ends_with('<') {
            primary.pop();
        }
    }
    let room = width - primary.len() - 2;
    while secondary.join("<").len() > room && !ends_on_letter(&secondary.join("<"), room) {
        // The cut falls after a filler: shorten the component before it, so
        // that the next one still shows its initial.
        let mut kept = 0;
        let before = secondary
            .iter()
            .position(|part| {
                kept += part.len() + 1;
                kept >= room
            })
            .expect("the cut lies within the names");
        if secondary[before].len() == 1 {
            secondary.truncate(before + 1);
        } else {
            secondary[before].pop();
        }
    }
    filled(&format!("{primary}<<{}", secondary.join("<")), width)
}

/// Whether `text` cut to `room` bytes ends on a letter; the text is ASCII.
fn ends_on_letter(text: &str, room: usize) -> bool {
    text.as_bytes()[room - 1] != b'<'
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn eriksson(code: &str, number: &str) -> MrzData {
        MrzData {
            document_code: code.into(),
            issuer: "UTO".into(),
            surname: "Eriksson".into(),
            given_names: "Anna Maria".into(),
            number: number.into(),
            nationality: "UTO".into(),
            birth_date: date(1974, 8, 12),
            sex: Sex::F,
            expiry_date: date(2012, 4, 15),
            optional: String::new(),
        }
    }

    #[test]
    fn the_examples_of_icao_9303_are_written_as_printed_there() {
        let passport = MrzData { optional: "ZE184226B".into(), ..eriksson("P", "L898902C3") };
        let card = eriksson("I", "D23145890");
        let visa = MrzData {
            nationality: "XXX".into(),
            birth_date: date(1940, 9, 7),
            expiry_date: date(1996, 12, 10),
            ..eriksson("V", "L8988901C")
        };
        let visa_a = MrzData { optional: "6ZE184226B".into(), ..visa.clone() };
        let cases: [(MrzFormat, MrzData, &[&str]); 5] = [
            (
                MrzFormat::Td3,
                passport,
                &[
                    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                ],
            ),
            (
                MrzFormat::Td1,
                card.clone(),
                &[
                    "I<UTOD231458907<<<<<<<<<<<<<<<",
                    "7408122F1204159UTO<<<<<<<<<<<6",
                    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
                ],
            ),
            (
                MrzFormat::Td2,
                card,
                &["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
            ),
            (
                MrzFormat::MrvA,
                visa_a,
                &[
                    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
                ],
            ),
            (
                MrzFormat::MrvB,
                visa,
                &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
            ),
        ];
        for (format, data, expected) in cases {
            assert_eq!(data.lines(format), expected, "{format:?}");
        }
    }

    #[test]
    fn a_long_number_runs_on_into_the_optional_data() {
        // 9303-5 note j's own example: D23145890734.
        let lines = eriksson("I", "D23145890734").lines(MrzFormat::Td1);
        assert_eq!(lines[0], "I<UTOD23145890<7349<<<<<<<<<<<");
        assert_eq!(lines[1], "7408122F1204159UTO<<<<<<<<<<<6");
    }

    #[test]
    fn names_are_transliterated_parted_and_shortened() {
        let cases = [
            ("Müller-Ångström", "Zoë", 30, "MUELLER<AANGSTROEM<<ZOE<<<<<<<"),
            ("O'Connor", "Enya Siobhan", 30, "OCONNOR<<ENYA<SIOBHAN<<<<<<<<<"),
            ("Łukasiewicz", "Grażyna", 31, "LUKASIEWICZ<<GRAZYNA<<<<<<<<<<<"),
            ("Arkfreith", "", 12, "ARKFREITH<<<"),
            // The cut would fall behind ANNA: its last letter makes room for the next initial.
            ("Eriksson", "Anna Maria", 15, "ERIKSSON<<ANN<M"),
            ("Eriksson", "Anna Maria", 14, "ERIKSSON<<ANNA"),
            ("Papandropoulous", "Jonathon Alec", 12, "PAPANDROP<<J"),
        ];
        for (surname, given, width, expected) in cases {
            assert_eq!(name_field(surname, given, width), expected, "{surname} {given}");
        }
    }
}
