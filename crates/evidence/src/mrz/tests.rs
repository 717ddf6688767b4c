use imaging::Rect;
use jiff::civil::{Date, date};
use matching::dates::PartialDate;
use proptest::prelude::*;
use vision::text::Pyramid;
use vision::text::fakes::{self, FakeLine};

use super::*;

const AS_OF: Date = date(2026, 1, 1);

/// One zone of each format, ICAO's own examples where there is one.
const EXAMPLES: [(Format, &[&str]); 6] = [
    (
        Format::Td1,
        &[
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ],
    ),
    (
        Format::Td2,
        &["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
    ),
    (
        Format::Td3,
        &[
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
    ),
    (
        Format::MrvA,
        &[
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        ],
    ),
    (
        Format::MrvB,
        &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
    ),
    (Format::ExitEntryPermit, &["CSX123456785<2903116<8502120<8"]),
];

/// The zone printed at the bottom of a page, one picture line to each, in the
/// proportions of passports and cards.
fn printed(lines: &[&str]) -> Vec<FakeLine> {
    let row = |(index, text): (usize, &&str)| {
        let pitch = 20.0;
        let spacing = pitch * if lines.len() == 3 { 1.7 } else { 2.5 };
        let length = text.len() as f32 * pitch;
        let place = Rect::new(40.0, 400.0 + spacing * index as f32, length, 28.0);
        FakeLine::new(place, text)
    };
    lines.iter().enumerate().map(row).collect()
}

/// What is read from a picture with these lines.
fn reading(lines: &[FakeLine]) -> Option<MrzReading> {
    reading_where_found(lines, lines)
}

/// What is read from a picture with these lines where only `seen` was found.
fn reading_where_found(lines: &[FakeLine], seen: &[FakeLine]) -> Option<MrzReading> {
    let found = fakes::read(seen);
    let by = Networks { zones: &fakes::zone_reader(lines), text: &fakes::reader(lines) };
    read(by, &Pyramid::new(&fakes::picture(960, 640, lines)), &found, AS_OF).unwrap()
}

#[test]
fn a_zone_is_read_of_which_the_detector_saw_one_row() {
    for (format, zone) in EXAMPLES {
        let lines = printed(zone);
        for row in 0..lines.len() {
            let found = reading_where_found(&lines, &lines[row..=row]);
            let found = found.unwrap_or_else(|| panic!("row {row} of {format} was not enough"));
            assert_eq!(found.lines, zone, "row {row} of {format}");
        }
    }
}

#[test]
fn a_zone_is_read_of_which_the_recogniser_made_nothing() {
    for (format, zone) in EXAMPLES {
        let unread: Vec<FakeLine> = printed(zone).into_iter().map(FakeLine::unread).collect();
        let found = reading_where_found(&printed(zone), &unread);
        assert_eq!(found.unwrap_or_else(|| panic!("{format} was not found")).lines, zone);
    }
}

#[test]
fn a_row_without_any_filler_is_none_the_less_one_for_a_gap_in_it() {
    let second = "E123456782UTO7408122F3204153MONPMPMALKPMA076";
    let zone = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", second];
    let rest = [60.0, 130.0].map(|y| {
        FakeLine::new(Rect::new(40.0, y, 880.0, 28.0), "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL")
    });
    let gap = format!("{} {}", &second[..40], &second[40..]);
    let page = |zone: &[&str]| [printed(zone), rest.to_vec()].concat();
    let found = reading_where_found(&page(&zone), &page(&[zone[0], &gap]));
    assert_eq!(found.expect("the zone is found").lines, zone);
}

#[test]
fn every_format_is_read_as_printed() {
    for (format, lines) in EXAMPLES {
        let found = reading(&printed(lines)).unwrap_or_else(|| panic!("{format} was not found"));
        assert_eq!(found.lines, lines, "{format}");
        assert_eq!(found.format, format);
        assert!(found.check_digits_ok && found.failing.is_empty(), "{format}");
        assert_eq!(found.repaired, [], "{format}");
        if format == Format::ExitEntryPermit {
            continue;
        }
        assert_eq!(found.fields.surname.as_deref(), Some("ERIKSSON"));
        assert_eq!(found.fields.given_names.as_deref(), Some("ANNA MARIA"));
        assert_eq!(found.fields.sex, Some('F'));
    }
}

#[test]
fn a_permit_s_line_says_number_and_dates_and_without_its_check_digits_is_no_zone() {
    let (_, [line]) = EXAMPLES[5] else { unreachable!("a permit has one line") };
    let found = reading(&printed(&[line])).expect("a permit's line is found").fields;
    assert_eq!(found.document_number.as_deref(), Some("X12345678"));
    assert_eq!(found.birth_date.and_then(PartialDate::exact), Some(date(1985, 2, 12)));
    assert_eq!(found.expiry_date.and_then(PartialDate::exact), Some(date(2029, 3, 11)));
    assert_eq!(found.issuing_country.as_deref(), Some("CHN"));
    assert_eq!((found.surname, found.sex), (None, None));

    let wrong = line.replace("<2903116<", "<2903117<");
    assert_eq!(reading(&printed(&[wrong.as_str()])), None);
}

#[test]
fn other_text_on_the_page_is_left_alone_and_a_split_line_is_joined() {
    let (_, zone) = EXAMPLES[2];
    let mut lines = vec![
        FakeLine::new(Rect::new(60.0, 40.0, 400.0, 36.0), "UTOPIA PASSPORT"),
        FakeLine::new(Rect::new(60.0, 120.0, 300.0, 30.0), "ERIKSSON"),
        FakeLine::new(Rect::new(60.0, 200.0, 300.0, 30.0), "12 AUG 1974"),
    ];
    lines.extend(printed(zone));
    let found = reading(&lines).unwrap();
    assert_eq!(found.lines, zone);
}

/// A zone read with characters in doubt: each (line, column, what the
/// recogniser took it for, how sure it was).
fn misread(lines: &[&str], doubts: &[(usize, usize, char, f32)]) -> Option<MrzReading> {
    let mut printed = printed(lines);
    for &(line, column, character, probability) in doubts {
        printed[line] = printed[line].clone().doubt(column, character, probability);
    }
    reading(&printed)
}

#[test]
fn what_grammar_or_check_digits_prove_is_repaired_and_listed() {
    type Case<'a> = (&'a str, usize, &'a [(usize, usize, char, f32)], &'a [(char, char, Proof)]);
    let number = Proof::CheckDigit(CheckDigit::DocumentNumber);
    let cases: [Case; 6] = [
        ("O for 0 in a date", 2, &[(1, 15, 'O', 0.9)], &[('O', '0', Proof::Grammar)]),
        ("0 for O in a name", 2, &[(0, 11, '0', 0.9)], &[('0', 'O', Proof::Grammar)]),
        ("B for 8 in the number", 2, &[(1, 1, 'B', 0.8)], &[('B', '8', number)]),
        ("S for 5 in TD1's number", 0, &[(0, 10, 'S', 0.7)], &[('S', '5', number)]),
        (
            "K for a filler after the names",
            2,
            &[(0, 30, 'K', 0.9), (0, 36, 'K', 0.8)],
            &[('K', '<', Proof::Grammar), ('K', '<', Proof::Grammar)],
        ),
        (
            "two doubts in one number",
            2,
            &[(1, 1, 'B', 0.6), (1, 5, 'O', 0.6)],
            &[('B', '8', number), ('O', '0', number)],
        ),
    ];
    for (name, example, doubts, expected) in cases {
        let (_, lines) = EXAMPLES[example];
        let found = misread(lines, doubts).unwrap_or_else(|| panic!("{name}: not found"));
        assert_eq!(found.lines, lines, "{name}");
        assert!(found.check_digits_ok, "{name}");
        let repairs: Vec<_> = found.repaired.iter().map(|r| (r.from, r.to, r.proven_by)).collect();
        assert_eq!(repairs, expected, "{name}");
    }
}

#[test]
fn a_faint_visa_is_no_passport() {
    let lines = [
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F9612109<<<<<<<<<<<<<<<<",
    ];
    let names = (5..44).map(|column| (0, column));
    let optional = (28..43).map(|column| (1, column));
    let faint = names.chain(optional).flat_map(|(line, column)| {
        let printed = lines[line].as_bytes()[column] as char;
        let others = ['B', 'D', 'H', 'W'].into_iter().filter(move |other| *other != printed);
        others.map(move |other| (line, column, other, 0.16))
    });
    // What a passport has beyond a visa is not impossible: its letter, and its last digit.
    let digits = ('0'..='9').map(|digit| (1, 43, digit, 0.05));
    let doubts: Vec<_> = faint.chain(digits).chain([(0, 0, 'P', 0.3)]).collect();
    let found = misread(&lines, &doubts).unwrap();
    assert_eq!((found.format, found.check_digits_ok), (Format::MrvA, true));
    assert_eq!(found.lines, lines);
}

#[test]
fn a_country_that_is_none_gives_way_to_a_probable_one_only() {
    let (_, lines) = EXAMPLES[2];
    let found = misread(lines, &[(1, 11, 'I', 0.6), (1, 12, 'Q', 0.6)]).unwrap();
    assert_eq!(found.fields.nationality.as_deref(), Some("UTO"));
    let proofs: Vec<_> = found.repaired.iter().map(|r| (r.from, r.to, r.proven_by)).collect();
    assert_eq!(proofs, [('I', 'T', Proof::Grammar), ('Q', 'O', Proof::Grammar)]);

    let printed_so: Vec<String> = lines.iter().map(|line| line.replace("UTO", "UTQ")).collect();
    let lines: Vec<&str> = printed_so.iter().map(String::as_str).collect();
    let found = misread(&lines, &[]).unwrap();
    assert_eq!(found.lines, printed_so, "what is plainly printed stays");
}

#[test]
fn a_zone_is_read_among_lines_taken_for_upside_down() {
    let (_, zone) = EXAMPLES[2];
    let lines = printed(zone);
    let picture = fakes::picture(960, 640, &lines);
    let picture = Pyramid::new(&picture);
    let reader = fakes::reader(&lines);
    let zones = fakes::zone_reader(&lines);
    let upright = reader.read_lines(&picture, &zones).unwrap();
    let over = reader.turned_over(&picture, &upright, &zones).unwrap();
    assert_eq!((upright.quarter_turns(), over.quarter_turns()), (0, 2));
    let by = Networks { zones: &zones, text: &reader };
    let found = read(by, &picture, &over, AS_OF).unwrap();
    let found = found.expect("the zone is found");
    assert_eq!(found.lines, zone);
    assert!(found.quad.0[0].x < found.quad.0[1].x, "as it is read: {:?}", found.quad);
}

#[test]
fn two_texts_that_satisfy_the_check_digits_equally_are_refused() {
    // K682T8YLO and K68278YL0 have the same check digits as each other: T and
    // 7 differ by 22, O and 0 by 24, weights 3 and 1.
    let lines = passport_with_number("K682T8YLO");
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let found = misread(&lines, &[(1, 4, '7', 0.5), (1, 8, '0', 0.5)]).unwrap();
    assert!(!found.check_digits_ok);
    assert!(found.failing.contains(&CheckDigit::DocumentNumber), "{:?}", found.failing);
}

#[test]
fn a_character_that_no_check_digit_tells_from_its_twin_must_be_surer_than_others() {
    // G and Q weigh the same, H and N do not.
    let number = "KGLHY35XZ";
    let lines = passport_with_number(number);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    for (place, other, proven) in [(1, 'Q', false), (3, 'N', true)] {
        let found = misread(&lines, &[(1, place, other, 0.008)]).unwrap();
        assert_eq!(found.check_digits_ok, proven, "{other}");
    }
}

#[test]
fn no_part_of_a_permits_dates_is_unknown() {
    let whole = "CSX123456785<2903116<8502120<8";
    assert!(misread(&[whole], &[]).unwrap().check_digits_ok);
    let digit = |text: &str| {
        let value = |c: char| c.to_digit(36).map_or(0, |value| value % 10);
        let sum = text.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, w)| w * value(c));
        char::from_digit(sum.sum::<u32>() % 10, 10).unwrap()
    };
    let (number, expiry, birth) = ("X123456785", "64<<<<", "<<<<<<");
    let expiry = format!("{expiry}{}", digit(expiry));
    let birth = format!("{birth}{}", digit(birth));
    let all = digit(&format!("{number}{expiry}{birth}"));
    let text = format!("CS{number}<{expiry}<{birth}<{all}");
    let found = misread(&[&text], &[]);
    assert!(found.is_none_or(|found| !found.check_digits_ok), "{text}");
}

#[test]
fn a_sure_number_is_not_turned_into_its_look_alike() {
    let lines = passport_with_number("K682T8YLO");
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let found = misread(&lines, &[(1, 8, '0', 0.3)]).unwrap();
    assert_eq!(found.lines, lines);
    assert!(found.check_digits_ok);
}

#[test]
fn wrong_check_digits_are_reported_as_printed() {
    let (_, lines) = EXAMPLES[2];
    let wrong = lines[1].replace("7408122F", "7408123F");
    let found = reading(&printed(&[lines[0], &wrong])).unwrap();
    assert_eq!(found.lines, [lines[0], &wrong]);
    assert!(!found.check_digits_ok);
    assert_eq!(found.failing, [CheckDigit::BirthDate, CheckDigit::Composite]);
    assert_eq!(found.repaired, []);
}

#[test]
fn text_that_is_no_zone_is_not_taken_for_one() {
    let pages: [&[&str]; 4] = [
        &["公民身份号码 110101199003072310", "住址 北京市东城区"],
        &["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCD", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"],
        &["SURNAME <<< GIVEN NAMES", "DATE OF BIRTH 12 08 1974"],
        &[],
    ];
    for page in pages {
        assert_eq!(reading(&printed(page)), None, "{page:?}");
    }
}

/// A passport zone by the `mrz` crate, which prints by rules of its own.
fn passport_with_number(number: &str) -> Vec<String> {
    let fields = mrz::Td3Fields {
        document_code: "P".into(),
        issuing_country: "UTO".into(),
        nationality: "UTO".into(),
        document_number: number.into(),
        surname: "ERIKSSON".into(),
        given_names: "ANNA MARIA".into(),
        date_of_birth: calendar(date(1974, 8, 12)),
        sex: mrz::Sex::Female,
        date_of_expiry: calendar(date(2030, 4, 15)),
        ..Default::default()
    };
    mrz::format_td3(&fields).lines().map(str::to_owned).collect()
}

fn calendar(date: Date) -> mrz::MrzDate {
    let (month, day) = (date.month().unsigned_abs().into(), date.day().unsigned_abs().into());
    mrz::MrzDate::Calendar(mrz::Date::new(date.year().into(), month, day))
}

#[test]
fn fields_have_the_meaning_of_the_standard() {
    let sparse = (
        &["V<UTOERIKSSON<<<<<<<<<<<<<<<<<<<<<<<", "<<<<<<<<<0XXX<<<<<<0<9602300<<<<<<<<"][..],
        MrzFields {
            document_code: Some("V".into()),
            issuing_country: Some("UTO".into()),
            surname: Some("ERIKSSON".into()),
            nationality: Some("XXX".into()),
            sex: Some('X'),
            ..MrzFields::default()
        },
    );
    for (lines, expected) in full_examples().into_iter().chain([sparse]) {
        assert_eq!(parse(lines, AS_OF).unwrap().fields, expected, "{lines:?}");
    }
}

/// Zones that fill every field, and what they say.
fn full_examples() -> [(&'static [&'static str], MrzFields); 2] {
    [
        (
            EXAMPLES[2].1,
            MrzFields {
                document_code: Some("P".into()),
                issuing_country: Some("UTO".into()),
                surname: Some("ERIKSSON".into()),
                given_names: Some("ANNA MARIA".into()),
                document_number: Some("L898902C3".into()),
                nationality: Some("UTO".into()),
                birth_date: "1974-08-12".parse().ok(),
                sex: Some('F'),
                expiry_date: "2012-04-15".parse().ok(),
                optional: Some("ZE184226B".into()),
                further_optional: None,
            },
        ),
        (
            // A long number, an unknown day of birth, an unspecified sex.
            &[
                "IDD<<L22000129<3456783<<<<<<<<",
                "6408<<0<3010319D<<<<<<<<<<<<<4",
                "MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
            ],
            MrzFields {
                document_code: Some("ID".into()),
                issuing_country: Some("DEU".into()),
                surname: Some("MUSTERMANN".into()),
                given_names: Some("ERIKA".into()),
                document_number: Some("L22000129345678".into()),
                nationality: Some("DEU".into()),
                birth_date: "1964-08".parse().ok(),
                sex: Some('X'),
                expiry_date: "2030-10-31".parse().ok(),
                optional: None,
                further_optional: None,
            },
        ),
    ]
}

#[test]
fn text_of_another_shape_or_alphabet_is_refused() {
    let cases: [(&[&str], ParseError); 4] = [
        (&[], ParseError::Shape { lines: 0, longest: 0 }),
        (&["P<UTO", "L898902C36"], ParseError::Shape { lines: 2, longest: 10 }),
        (&["P<Ö"], ParseError::Character { line: 1, column: 3, character: 'Ö' }),
        (&["p<uto"], ParseError::Character { line: 1, column: 1, character: 'p' }),
    ];
    for (lines, expected) in cases {
        assert_eq!(parse(lines, AS_OF), Err(expected));
    }
}

prop_compose! {
    fn holder()(
        surname in "[A-Z]{1,8}( [A-Z]{1,4})?",
        given in "[A-Z]{1,8}( [A-Z]{1,4})?",
        number in "[A-Z0-9]{7,9}",
        birth in (1930_i16..2024, 1_i8..13, 1_i8..29),
        expiry in (2010_i16..2040, 1_i8..13, 1_i8..29),
        male in any::<bool>(),
    ) -> Holder {
        let birth = date(birth.0, birth.1, birth.2);
        let expiry = date(expiry.0, expiry.1, expiry.2);
        Holder { surname, given, number, birth, expiry, male }
    }
}

#[derive(Debug, Clone)]
struct Holder {
    surname: String,
    given: String,
    number: String,
    birth: Date,
    expiry: Date,
    male: bool,
}

impl Holder {
    /// The zone in `format`, printed by the `mrz` crate.
    fn printed(&self, format: Format) -> Vec<String> {
        macro_rules! zone {
            ($print:ident, $fields:ident, $code:literal) => {
                mrz::$print(&mrz::$fields {
                    document_code: $code.into(),
                    issuing_country: "UTO".into(),
                    nationality: "D".into(),
                    document_number: self.number.clone(),
                    surname: self.surname.clone(),
                    given_names: self.given.clone(),
                    date_of_birth: calendar(self.birth),
                    sex: if self.male { mrz::Sex::Male } else { mrz::Sex::Female },
                    date_of_expiry: calendar(self.expiry),
                    ..Default::default()
                })
            };
        }
        let text = match format {
            Format::Td1 => zone!(format_td1, Td1Fields, "I"),
            Format::Td2 => zone!(format_td2, Td2Fields, "I"),
            Format::Td3 => zone!(format_td3, Td3Fields, "P"),
            Format::MrvA => zone!(format_mrv_a, MrvAFields, "V"),
            Format::MrvB => zone!(format_mrv_b, MrvBFields, "V"),
            Format::ExitEntryPermit => unreachable!("the crate prints ICAO's formats"),
        };
        text.lines().map(str::to_owned).collect()
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_is_identity(holder in holder()) {
        let of_icao = Format::ALL.into_iter().filter(|f| *f != Format::ExitEntryPermit);
        for format in of_icao {
            let lines = holder.printed(format);
            let found = parse(&lines, AS_OF).unwrap();
            prop_assert_eq!(found.format, format);
            prop_assert_eq!(found.failing, vec![]);
            prop_assert_eq!(found.fields.surname.as_deref(), Some(holder.surname.as_str()));
            prop_assert_eq!(found.fields.given_names.as_deref(), Some(holder.given.as_str()));
            prop_assert_eq!(found.fields.document_number.as_deref(), Some(holder.number.as_str()));
            prop_assert_eq!(found.fields.nationality.as_deref(), Some("DEU"));
            prop_assert_eq!(found.fields.birth_date.and_then(PartialDate::exact), Some(holder.birth));
            prop_assert_eq!(found.fields.expiry_date.and_then(PartialDate::exact), Some(holder.expiry));
            prop_assert_eq!(found.fields.sex, Some(if holder.male { 'M' } else { 'F' }));
        }
    }

    #[test]
    fn any_text_is_parsed_or_refused(lines in prop::collection::vec("\\PC{0,50}", 0..5)) {
        let _ = parse(&lines, AS_OF);
    }

    #[test]
    fn check_digits_are_judged_like_the_mrz_crate_does(
        second in "[A-Z0-9]{9}[0-9]UTO[0-9]{7}[MF<][0-9]{7}[A-Z0-9<]{14}[0-9]{2}",
    ) {
        let (_, [first, _]) = EXAMPLES[2] else { unreachable!("a passport has two lines") };
        let ours = parse(&[first, second.as_str()], AS_OF).unwrap();
        let theirs = mrz::parse_td3(first, &second).unwrap();
        let holds = |check| Some(!ours.failing.contains(&check));
        prop_assert_eq!(theirs.checks.document_number, holds(CheckDigit::DocumentNumber));
        prop_assert_eq!(theirs.checks.date_of_birth, holds(CheckDigit::BirthDate));
        prop_assert_eq!(theirs.checks.date_of_expiry, holds(CheckDigit::ExpiryDate));
        prop_assert_eq!(theirs.checks.composite, holds(CheckDigit::Composite));
    }
}
