use domain::field::{Field, Source};
use imaging::geometry::Rect;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const AS_OF: Date = date(2024, 5, 1);

/// A page of lines: left, top, height, text. Characters are half as wide as high.
fn page(lines: &[(f32, f32, f32, &str)]) -> Page {
    Page::of(lines.iter().map(|(left, top, height, text)| {
        let width = text.chars().count() as f32 * height * 0.5;
        (Rect::new(*left, *top, width, *height).quad(), *text, 0.95)
    }))
}

fn zone(fields: &[(Field, &str)]) -> Fields {
    let mut zone = Fields::default();
    for (field, value) in fields {
        zone.set(*field, *value, Source::Mrz, 1.0);
    }
    zone
}

fn values(fields: &Fields) -> Vec<(Field, &str)> {
    fields.0.iter().map(|(field, reading)| (*field, reading.value.as_str())).collect()
}

#[test]
fn a_data_page_is_read_by_labels_above_its_values() {
    let page = page(&[
        (200.0, 20.0, 14.0, "PASSPORT / PASSEPORT"),
        (200.0, 50.0, 10.0, "Surname/Nom (1)"),
        (204.0, 62.0, 18.0, "ÅSTRÖM-LÖFGREN"),
        (200.0, 90.0, 10.0, "Given names/Prénoms (2)"),
        (204.0, 102.0, 18.0, "ZOË MARÍA"),
        (200.0, 130.0, 10.0, "Nationality/Nationalité"),
        (450.0, 130.0, 10.0, "Passport No./N° de passeport"),
        (204.0, 142.0, 18.0, "UTO"),
        (455.0, 142.0, 18.0, "L 898902C3"),
        (200.0, 170.0, 10.0, "Date of birth/Date de naissance"),
        (450.0, 170.0, 10.0, "Sex/Sexe"),
        (204.0, 182.0, 18.0, "12 AUG/AOÛ 74"),
        (455.0, 182.0, 18.0, "F"),
        (200.0, 210.0, 10.0, "Date of issue/Date de délivrance"),
        (450.0, 210.0, 10.0, "Date of expiry/Date d'expiration"),
        (204.0, 222.0, 18.0, "16 APR/AVR 2017"),
        (455.0, 222.0, 18.0, "15 APR/AVR 2027"),
        (200.0, 250.0, 10.0, "Place of birth/Lieu de naissance"),
        (450.0, 250.0, 10.0, "Authority/Autorité"),
        (204.0, 262.0, 18.0, "ZENITH"),
        (455.0, 262.0, 18.0, "PASSPORT OFFICE"),
        (10.0, 320.0, 16.0, "P<UTOASTROEM<LOEFGREN<<ZOE<MARIA<<<<<<<<<<<<"),
    ]);
    let fields = labelled(&page, AS_OF);
    let expected = [
        (Field::Surname, "ÅSTRÖM-LÖFGREN"),
        (Field::GivenNames, "ZOË MARÍA"),
        (Field::DocumentNumber, "L898902C3"),
        (Field::Nationality, "UTO"),
        (Field::BirthDate, "1974-08-12"),
        (Field::Sex, "F"),
        (Field::IssuingAuthority, "PASSPORT OFFICE"),
        (Field::IssueDate, "2017-04-16"),
        (Field::ExpiryDate, "2027-04-15"),
    ];
    assert_eq!(values(&fields), expected);
    assert!(fields.0.values().all(|reading| reading.source == Source::Printed));
}

#[test]
fn labels_left_of_values_inline_and_merged_are_followed() {
    let page = page(&[
        (10.0, 10.0, 16.0, "Name:"),
        (90.0, 10.0, 16.0, "NOVÁK, JIŘÍ"),
        (10.0, 40.0, 16.0, "Sex: M"),
        (10.0, 70.0, 16.0, "Document No. AB 123456"),
        (10.0, 100.0, 10.0, "DATE OF ISSUE/AUSSTELLUNGSDATUM DATE OF EXPIRY/GÜLTIG BIS"),
        (12.0, 112.0, 16.0, "02.03.2019"),
        (180.0, 112.0, 16.0, "01.03.2029"),
    ]);
    let expected = [
        (Field::Surname, "NOVÁK"),
        (Field::GivenNames, "JIŘÍ"),
        (Field::DocumentNumber, "AB123456"),
        (Field::Sex, "M"),
        (Field::IssueDate, "2019-03-02"),
        (Field::ExpiryDate, "2029-03-01"),
    ];
    assert_eq!(values(&labelled(&page, AS_OF)), expected);
}

#[test]
fn a_north_american_licence_is_read_by_its_letters() {
    let lines = [
        ("DRIVER LICENSE", ""),
        ("4dDL", "D4816-7788"),
        ("4b EXP", "08/29/2029"),
        ("1 LN", "NOWAK"),
        ("2 FN", "INGRID ANNE"),
        ("3 DOB", "05/06/1987"),
        ("15 SEX", "F"),
        ("8", "12 ELM AVENUE, 45384 NORTHMERE"),
        ("4a lss", "08/30/2019"),
    ];
    let expected = [
        (Field::Surname, "NOWAK"),
        (Field::GivenNames, "INGRID ANNE"),
        (Field::DocumentNumber, "D48167788"),
        (Field::BirthDate, "1987-05-06"),
        (Field::Sex, "F"),
        (Field::Address, "12 ELM AVENUE, 45384 NORTHMERE"),
        (Field::IssueDate, "2019-08-30"),
        (Field::ExpiryDate, "2029-08-29"),
    ];
    let row = |index: usize| 20.0 + 30.0 * index as f32;
    let joined = lines.map(|(label, value)| format!("{label} {value}").trim().to_owned());
    let joined: Vec<_> =
        joined.iter().enumerate().map(|(i, text)| (200.0, row(i), 16.0, text.as_str())).collect();
    let parted: Vec<_> = lines
        .iter()
        .enumerate()
        .flat_map(|(i, (label, value))| {
            [(200.0, row(i), 12.0, *label), (270.0, row(i) - 2.0, 16.0, *value)]
        })
        .filter(|(_, _, _, text)| !text.is_empty())
        .collect();
    for lines in [joined, parted] {
        let fields = read(&page(&lines), None, AS_OF);
        assert_eq!(values(&fields), expected);
    }
}

#[test]
fn a_chinese_licence_is_read_by_its_labels() {
    let page = page(&[
        (200.0, 10.0, 24.0, "样本国机动车驾驶证"),
        (300.0, 50.0, 16.0, "证号"),
        (360.0, 48.0, 20.0, "990101198902037256"),
        (40.0, 90.0, 16.0, "姓名"),
        (40.0, 108.0, 9.0, "Name"),
        (100.0, 88.0, 20.0, "王小明"),
        (300.0, 90.0, 20.0, "性别男"),
        (480.0, 90.0, 16.0, "国籍"),
        (540.0, 88.0, 20.0, "中国"),
        (40.0, 140.0, 16.0, "住址"),
        (100.0, 138.0, 20.0, "云梦省望海市青山区人民路"),
        (100.0, 166.0, 20.0, "12号3单元401室"),
        (200.0, 220.0, 16.0, "出生日期"),
        (300.0, 218.0, 20.0, "1989-02-03"),
        (200.0, 270.0, 16.0, "初次领证日期"),
        (320.0, 268.0, 20.0, "2018-05-06"),
        (40.0, 360.0, 20.0, "有效期限2024-05-06至2034-05-06"),
    ]);
    let expected = [
        (Field::FullNameNative, "王小明"),
        (Field::DocumentNumber, "990101198902037256"),
        (Field::Nationality, "CHN"),
        (Field::BirthDate, "1989-02-03"),
        (Field::Sex, "M"),
        (Field::Address, "云梦省望海市青山区人民路12号3单元401室"),
        (Field::IssueDate, "2018-05-06"),
        (Field::ExpiryDate, "2034-05-06"),
    ];
    assert_eq!(values(&labelled(&page, AS_OF)), expected);
}

#[test]
fn the_last_day_of_a_period_is_its_expiry() {
    let cases = [
        ("有效期限 2018.05.06-2028.05.05", "2028-05-05"),
        ("有效期限2024-05-06至2034-05-06", "2034-05-06"),
        ("有效期限 2018.05.06-长期", "long_term"),
        ("有效期至 2028-05-05", "2028-05-05"),
        ("Date of expiry 05-05-2028", "2028-05-05"),
    ];
    for (text, expected) in cases {
        let fields = labelled(&page(&[(40.0, 90.0, 16.0, text)]), AS_OF);
        assert_eq!(fields.value(Field::ExpiryDate), Some(expected), "{text}");
    }
}

#[test]
fn a_name_under_one_label_is_parted_at_its_comma() {
    let page = page(&[
        (0.0, 10.0, 10.0, "姓名/Name (Surname, Given names)"),
        (0.0, 22.0, 16.0, "王小明"),
        (80.0, 22.0, 16.0, "WANG, XIAO-MING"),
    ]);
    let expected = [
        (Field::Surname, "WANG"),
        (Field::GivenNames, "XIAO-MING"),
        (Field::FullNameNative, "王小明"),
    ];
    assert_eq!(values(&labelled(&page, AS_OF)), expected);
}

#[test]
fn a_licence_is_read_by_its_field_numbers() {
    let page = page(&[
        (200.0, 10.0, 20.0, "DRIVING LICENCE"),
        (200.0, 50.0, 16.0, "1. O'BRIEN"),
        (200.0, 75.0, 16.0, "2. SEÁN PATRICK"),
        (200.0, 100.0, 16.0, "3. 07.11.1985 IRELAND"),
        (200.0, 125.0, 16.0, "4a. 19.01.2023 4c. NDLS"),
        (200.0, 150.0, 16.0, "4b. 18.01.2033"),
        (200.0, 175.0, 16.0, "5."),
        (230.0, 175.0, 16.0, "123456789"),
        (200.0, 200.0, 16.0, "8. 12 MAIN STREET, CORK"),
        (200.0, 225.0, 16.0, "9. AM/B/W"),
    ]);
    let expected = [
        (Field::Surname, "O'BRIEN"),
        (Field::GivenNames, "SEÁN PATRICK"),
        (Field::DocumentNumber, "123456789"),
        (Field::BirthDate, "1985-11-07"),
        (Field::Address, "12 MAIN STREET, CORK"),
        (Field::IssuingAuthority, "NDLS"),
        (Field::IssueDate, "2023-01-19"),
        (Field::ExpiryDate, "2033-01-18"),
    ];
    assert_eq!(values(&numbered(&page, AS_OF)), expected);
}

#[test]
fn a_field_whose_thin_number_was_not_seen_is_found_by_its_row() {
    let page = page(&[
        (200.0, 10.0, 20.0, "DRIVING LICENCE"),
        (230.0, 50.0, 16.0, "O'BRIEN"),
        (200.0, 75.0, 16.0, "2."),
        (230.0, 75.0, 16.0, "SEÁN PATRICK"),
        (230.0, 100.0, 16.0, "07.11.1985"),
        (200.0, 125.0, 16.0, "4a."),
        (230.0, 125.0, 16.0, "19.01.2023"),
        (200.0, 150.0, 16.0, "4b. 18.01.2033"),
        (200.0, 175.0, 16.0, "5."),
        (230.0, 175.0, 16.0, "L01CH00T"),
    ]);
    let expected = [
        (Field::Surname, "O'BRIEN"),
        (Field::GivenNames, "SEÁN PATRICK"),
        (Field::DocumentNumber, "L01CH00T"),
        (Field::BirthDate, "1985-11-07"),
        (Field::IssueDate, "2023-01-19"),
        (Field::ExpiryDate, "2033-01-18"),
    ];
    assert_eq!(values(&numbered(&page, AS_OF)), expected);
}

#[test]
fn boxes_that_overlap_lost_spaces_and_an_unseen_5_lose_no_field() {
    let licence = |number: &str| {
        page(&[
            (200.0, 10.0, 20.0, "DRIVING LICENCE"),
            (200.0, 50.0, 16.0, "1. O'BRIEN"),
            (200.0, 75.0, 16.0, "2. SEÁN PATRICK"),
            (200.0, 100.0, 16.0, "3. 07 111985"),
            (200.0, 125.0, 16.0, "4a."),
            // Ends after the value begins.
            (213.0, 125.0, 16.0, "19 01 2023"),
            (200.0, 150.0, 16.0, "4b. 18 012033"),
            (200.0, 175.0, 16.0, "4c."),
            (213.0, 175.0, 16.0, "RSA"),
            (213.0, 200.0, 16.0, number),
            (200.0, 225.0, 16.0, "8. 12 MAIN STREET, CORK"),
            (213.0, 250.0, 16.0, "T12X8"),
            (213.0, 275.0, 16.0, "98765"),
        ])
    };
    let read = numbered(&licence("L01CH00T"), AS_OF);
    let value = |field| read.value(field);
    assert_eq!(value(Field::BirthDate), Some("1985-11-07"));
    assert_eq!(value(Field::IssueDate), Some("2023-01-19"));
    assert_eq!(value(Field::ExpiryDate), Some("2033-01-18"));
    assert_eq!(value(Field::IssuingAuthority), Some("RSA"));
    assert_eq!(value(Field::DocumentNumber), Some("L01CH00T"));
    assert!(read.0[&Field::DocumentNumber].confidence < 0.9, "its place alone tells it");
    for no_number in ["L01 CH00T", "DUBLIN", "A1/A2/A/B1/B", "19.01.2013"] {
        let read = numbered(&licence(no_number), AS_OF);
        assert_eq!(read.value(Field::DocumentNumber), None, "{no_number}");
    }
}

#[test]
fn a_value_with_a_number_of_its_own_is_not_the_licences() {
    let licence = page(&[
        (200.0, 50.0, 16.0, "1. O'BRIEN"),
        (200.0, 75.0, 16.0, "2. SEÁN PATRICK"),
        (200.0, 100.0, 16.0, "3. 07.11.1985"),
        (200.0, 125.0, 16.0, "4b. 18.01.2033"),
        (200.0, 150.0, 16.0, "4d."),
        (230.0, 150.0, 16.0, "070761-4285"),
        (200.0, 175.0, 16.0, "5."),
        (200.0, 200.0, 16.0, "8. 12 MAIN STREET, CORK"),
    ]);
    let read = numbered(&licence, AS_OF);
    assert_eq!(read.value(Field::DocumentNumber), None);
}

#[test]
fn a_row_that_belongs_to_another_field_and_a_title_are_no_unnumbered_value() {
    let page = page(&[
        (230.0, 25.0, 16.0, "DRIVING LICENCE"),
        (200.0, 50.0, 16.0, "2."),
        (230.0, 50.0, 16.0, "ADI MARIAN"),
        (200.0, 75.0, 16.0, "3."),
        (230.0, 75.0, 16.0, "06.06.1981"),
        (200.0, 100.0, 16.0, "4b."),
        (230.0, 100.0, 16.0, "18.01.2033"),
        (200.0, 125.0, 16.0, "5. 123456789"),
    ]);
    let expected = [
        (Field::GivenNames, "ADI MARIAN"),
        (Field::DocumentNumber, "123456789"),
        (Field::BirthDate, "1981-06-06"),
        (Field::ExpiryDate, "2033-01-18"),
    ];
    assert_eq!(values(&numbered(&page, AS_OF)), expected);
}

#[test]
fn an_address_ends_where_another_label_begins() {
    let page = page(&[
        (20.0, 20.0, 8.0, "Address / Adresse"),
        (20.0, 30.0, 16.0, "7 MILL LANE,"),
        (20.0, 48.0, 16.0, "33426 NORTHMERE"),
        (20.0, 66.0, 6.0, "Authority / Autorité"),
        (20.0, 73.0, 16.0, "CITY OF SAINT-AUBRY"),
    ]);
    let expected = [
        (Field::Address, "7 MILL LANE, 33426 NORTHMERE"),
        (Field::IssuingAuthority, "CITY OF SAINT-AUBRY"),
    ];
    assert_eq!(values(&labelled(&page, AS_OF)), expected);
}

#[test]
fn a_document_without_an_end_says_so_in_several_ways() {
    let cases = [
        ("01 01 9999", Some("long_term")),
        ("01-01-9999", Some("long_term")),
        ("bezterminowo", Some("long_term")),
        ("AB 1239999", None),
        ("15 04 2027", Some("2027-04-15")),
    ];
    for (printed, expected) in cases {
        let page = page(&[(40.0, 40.0, 12.0, "Valid until"), (40.0, 54.0, 18.0, printed)]);
        assert_eq!(labelled(&page, AS_OF).value(Field::ExpiryDate), expected, "{printed}");
    }
}

#[test]
fn a_number_with_strokes_is_read_without_them() {
    let page = page(&[(40.0, 40.0, 12.0, "Licence No"), (40.0, 54.0, 18.0, "00123/08/1234")]);
    let number = labelled(&page, AS_OF);
    assert_eq!(number.value(Field::DocumentNumber), Some("00123081234"));
}

#[test]
fn an_american_licences_number_is_4d_and_a_european_ones_5() {
    let page_of = |rows: &[&str]| {
        let rows = rows.iter().enumerate();
        page(
            &rows
                .map(|(at, text)| (40.0, 40.0 + 30.0 * at as f32, 18.0, *text))
                .collect::<Vec<_>>(),
        )
    };
    let american = [
        "4d DLN 123456789",
        "1 SAMPLE",
        "2 ANN MARIE",
        "3 DOB 01/06/1974",
        "4a ISS 08/10/2016",
        "4b EXP 08/21/2028",
        "5 DD 0001234567890",
    ];
    let another_label = ["4d LIC NO 123456789"];
    assert_eq!(
        numbered(&page_of(&[&american[1..], &another_label].concat()), AS_OF)
            .value(Field::NationalIdNumber),
        None
    );
    let european = [
        "1. SAMPLE",
        "2. ANN",
        "3. 06.01.1974",
        "4a. 10.08.2016",
        "4b. 21.08.2028",
        "4c. KORA  4d. 740106-1234",
        "5. AB123456",
    ];
    for (rows, number, own) in
        [(&american, "123456789", None), (&european, "AB123456", Some("7401061234"))]
    {
        let fields = numbered(&page_of(rows), AS_OF);
        assert_eq!(fields.value(Field::DocumentNumber), Some(number), "{rows:?}");
        assert_eq!(fields.value(Field::NationalIdNumber), own, "{rows:?}");
    }
}

#[test]
fn numbered_lines_of_other_documents_are_no_licence() {
    let page = page(&[
        (0.0, 0.0, 16.0, "1. Surname"),
        (0.0, 30.0, 16.0, "2. Given names"),
        (0.0, 60.0, 16.0, "3. 12.08.1974"),
        (0.0, 90.0, 16.0, "5. ZE184226B"),
    ]);
    assert_eq!(numbered(&page, AS_OF), Fields::default());
}

#[test]
fn the_printed_counterpart_keeps_what_the_zone_cannot_write() {
    let page = page(&[
        (0.0, 0.0, 16.0, "MÜLLER-GROẞ"),
        (0.0, 30.0, 16.0, "JÜRGEN"),
        (0.0, 60.0, 16.0, "12 AOÛT/AUG 1974"),
        (0.0, 90.0, 16.0, "c01x00t47"),
        (0.0, 120.0, 16.0, "M/M"),
        (0.0, 150.0, 16.0, "D"),
        (0.0, 180.0, 16.0, "28.02."),
        (60.0, 180.0, 16.0, "2031"),
        (0.0, 210.0, 16.0, "P<D<<MUELLER<GROSS<<JUERGEN<<<<<<<<<<<<<<<<<"),
    ]);
    let zone = zone(&[
        (Field::Surname, "MUELLER GROSS"),
        (Field::GivenNames, "JUERGEN"),
        (Field::BirthDate, "1974-08-12"),
        (Field::DocumentNumber, "C01X00T47"),
        (Field::Sex, "M"),
        (Field::Nationality, "DEU"),
        (Field::ExpiryDate, "2031-02-28"),
    ]);
    let expected = [
        (Field::Surname, "MÜLLER-GROẞ"),
        (Field::GivenNames, "JÜRGEN"),
        (Field::DocumentNumber, "C01X00T47"),
        (Field::Nationality, "DEU"),
        (Field::BirthDate, "1974-08-12"),
        (Field::Sex, "M"),
        (Field::ExpiryDate, "2031-02-28"),
    ];
    assert_eq!(values(&near(&page, &zone, AS_OF)), expected);
}

#[test]
fn what_is_not_printed_has_no_counterpart() {
    let page = page(&[
        (0.0, 0.0, 16.0, "MILLER"),
        (0.0, 30.0, 16.0, "JORGEN"),
        (0.0, 60.0, 16.0, "13.08.1974"),
        (0.0, 90.0, 16.0, "C01X00T48"),
        (0.0, 120.0, 16.0, "F"),
    ]);
    let zone = zone(&[
        (Field::Surname, "MUELLER"),
        (Field::GivenNames, "JUERGEN"),
        (Field::BirthDate, "1974-08-12"),
        (Field::DocumentNumber, "C01X00T47"),
        (Field::Sex, "M"),
    ]);
    assert_eq!(near(&page, &zone, AS_OF), Fields::default());
}

#[test]
fn a_number_that_print_cannot_tell_apart_is_the_zones_and_less_sure() {
    let page = page(&[(0.0, 0.0, 16.0, "COIXOOT47")]);
    let fields = near(&page, &zone(&[(Field::DocumentNumber, "C01X00T47")]), AS_OF);
    assert_eq!(fields.value(Field::DocumentNumber), Some("C01X00T47"));
    assert!(fields.0[&Field::DocumentNumber].confidence < 0.95);
}

#[test]
fn a_counterpart_goes_before_what_a_label_points_to() {
    let page = page(&[
        (200.0, 50.0, 10.0, "Surname/Nom"),
        (204.0, 62.0, 18.0, "REPUBLIC"),
        (400.0, 62.0, 18.0, "ÇELİK"),
    ]);
    let zone = zone(&[(Field::Surname, "CELIK")]);
    assert_eq!(read(&page, Some(&zone), AS_OF).value(Field::Surname), Some("ÇELİK"));
    assert_eq!(read(&page, None, AS_OF).value(Field::Surname), Some("REPUBLIC"));
}

#[test]
fn american_dates_have_the_month_first() {
    let page = page(&[
        (0.0, 0.0, 16.0, "USA"),
        (0.0, 30.0, 16.0, "DOB 08/02/1974"),
        (0.0, 60.0, 16.0, "4b EXP 09/01/2029"),
    ]);
    let expected = [(Field::BirthDate, "1974-08-02"), (Field::ExpiryDate, "2029-09-01")];
    assert_eq!(values(&labelled(&page, AS_OF)), expected);
}

proptest! {
    #[test]
    fn any_lines_are_taken(
        lines in prop::collection::vec(
            (
                -500.0_f32..500.0,
                -500.0_f32..500.0,
                prop_oneof![
                    ".*",
                    "(Surname|Nom|/|4a\\.|5|1\\.|: ?|Sex|Date of birth|姓名|\\pL|[0-9]{1,9}| |<|\\.){0,10}",
                ],
            ),
            0..10,
        ),
        wanted in ".*",
    ) {
        let lines: Vec<_> = lines.iter().map(|(x, y, text)| (*x, *y, 16.0, text.as_str())).collect();
        let zone = zone(&Field::ALL.map(|field| (field, wanted.as_str())));
        for (field, reading) in &read(&page(&lines), Some(&zone), AS_OF).0 {
            prop_assert!(!reading.value.is_empty(), "{field}");
            prop_assert!((0.0..=1.0).contains(&reading.confidence), "{field}");
        }
    }
}

#[test]
fn rows_without_their_numbers_are_found_from_the_next_and_a_stray_figure_numbers_none() {
    let page = page(&[
        (20.0, 128.0, 16.0, "1"),
        (40.0, 201.0, 16.0, "2"),
        (100.0, 200.0, 16.0, "9"),
        (118.0, 200.0, 16.0, "AM/B/BE"),
        (230.0, 50.0, 16.0, "O'BRIEN"),
        (230.0, 75.0, 16.0, "SEÁN PATRICK"),
        (200.0, 100.0, 16.0, "3."),
        (230.0, 100.0, 16.0, "07.11.1985"),
        (100.0, 125.0, 16.0, "4a."),
        (230.0, 125.0, 16.0, "19.01.2023"),
        (200.0, 150.0, 16.0, "4b. 18.01.2033"),
        (200.0, 175.0, 16.0, "5. L01CH00T"),
    ]);
    let fields = numbered(&page, AS_OF);
    assert_eq!(fields.value(Field::Surname), Some("O'BRIEN"));
    assert_eq!(fields.value(Field::GivenNames), Some("SEÁN PATRICK"));
}

#[test]
fn north_american_numbers_and_letters_may_be_read_as_one_word() {
    let page = page(&[
        (200.0, 20.0, 16.0, "4dDLTB6063059"),
        (200.0, 50.0, 16.0, "4bEXP"),
        (270.0, 50.0, 16.0, "08/29/2029"),
        (200.0, 80.0, 16.0, "1LN"),
        (270.0, 80.0, 16.0, "NOWAK"),
        (200.0, 110.0, 16.0, "2FN"),
        (270.0, 110.0, 16.0, "INGRID"),
        (200.0, 140.0, 16.0, "8"),
        (270.0, 140.0, 16.0, "12 ELM AVENUE,45384 NORTHMERE"),
    ]);
    let expected = [
        (Field::Surname, "NOWAK"),
        (Field::GivenNames, "INGRID"),
        (Field::DocumentNumber, "TB6063059"),
        (Field::Address, "12 ELM AVENUE, 45384 NORTHMERE"),
        (Field::ExpiryDate, "2029-08-29"),
    ];
    assert_eq!(values(&read(&page, None, AS_OF)), expected);
}

#[test]
fn below_a_translated_label_begins_the_next_row() {
    // The authority has no label, and was read more surely than the address.
    let lines = [
        (40.0, 140.0, 16.0, "住址", 0.95),
        (40.0, 158.0, 12.0, "Address", 0.95),
        (100.0, 138.0, 20.0, "云梦省望海市青山区人民路", 0.9),
        (100.0, 160.0, 20.0, "12号3单元401室", 0.95),
        (44.0, 192.0, 20.0, "望海市公安局", 0.99),
    ];
    let page = Page::of(lines.iter().map(|(left, top, height, text, confidence)| {
        let width = text.chars().count() as f32 * height;
        (Rect::new(*left, *top, width, *height).quad(), *text, *confidence)
    }));
    let fields = labelled(&page, AS_OF);
    assert_eq!(fields.value(Field::Address), Some("云梦省望海市青山区人民路12号3单元401室"));
}

#[test]
fn a_label_that_lost_its_first_words_still_stands_over_its_value() {
    let page = page(&[(260.0, 20.0, 8.0, "Document No."), (200.0, 29.0, 16.0, "XN1904471")]);
    let fields = labelled(&page, AS_OF);
    assert_eq!(fields.value(Field::DocumentNumber), Some("XN1904471"));
}

#[test]
fn a_bar_that_begins_a_name_is_a_capital() {
    let cases = [
        ("Name: lonescu", "Ionescu"),
        ("Name: de la Cruz lñigo-lván", "de la Cruz Iñigo-Iván"),
        ("Name: l'Hôpital", "l'Hôpital"),
        ("Name: Emil los Santos", "Emil los Santos"),
    ];
    for (text, expected) in cases {
        let fields = labelled(&page(&[(40.0, 90.0, 16.0, text)]), AS_OF);
        assert_eq!(fields.value(Field::FullName), Some(expected), "{text}");
    }
}

#[test]
fn of_three_days_the_one_that_is_neither_birth_nor_end_is_the_issue() {
    let days = ["12.01.1983", "03.02.2022", "02.02.2032"];
    let known = zone(&[(Field::BirthDate, "1983-01-12"), (Field::ExpiryDate, "2032-02-02")]);
    let issued = |days: &[&str]| {
        let rows = days.iter().enumerate();
        let rows: Vec<_> = rows.map(|(i, day)| (40.0, 40.0 * i as f32, 16.0, *day)).collect();
        read(&page(&rows), Some(&known), AS_OF).value(Field::IssueDate).map(str::to_owned)
    };
    assert_eq!(issued(&days).as_deref(), Some("2022-02-03"));
    // Without a zone any document may print days of its own.
    let rows: Vec<_> = (0..3).map(|i| (40.0, 40.0 * i as f32, 16.0, days[i])).collect();
    assert_eq!(read(&page(&rows), None, AS_OF).value(Field::IssueDate), None);
    assert_eq!(
        issued(&[days[0], "03 022022", days[2], "F10242609"]).as_deref(),
        Some("2022-02-03")
    );
    // Without both others, as on backs, only a day from which it lasts whole years.
    for alone in ["03.02.2022", "02.02.2022"] {
        assert_eq!(issued(&[alone]), Some(format!("2022-02-{}", &alone[..2])));
    }
    assert_eq!(issued(&["04.02.2022"]), None);
    assert_eq!(issued(&["04.03.2022", days[2]]), None);
    // One too many, one that is not yet, and one that is before the birth.
    assert_eq!(issued(&[days[0], days[1], days[2], "01.01.2020"]), None);
    assert_eq!(issued(&[days[0], "01.01.2025", days[2]]), None);
    assert_eq!(issued(&[days[0], "01.01.1980", days[2]]), None);
}

#[test]
fn a_value_that_was_found_in_pieces_is_one() {
    let licence = page(&[
        (200.0, 50.0, 16.0, "1."),
        (230.0, 50.0, 16.0, "VAN DEN"),
        (298.0, 51.0, 16.0, "BERG"),
        (200.0, 75.0, 16.0, "3. 07.11.1985"),
        (200.0, 100.0, 16.0, "4a. 19.01.2023"),
        (200.0, 125.0, 16.0, "4b. 18.01.2033"),
        (200.0, 150.0, 16.0, "8. 29CALLE MAYOR，95367"),
        (386.0, 149.0, 16.0, "CL0SE, 4TH"),
        (472.0, 150.0, 16.0, "SPECIMEN 样本"),
    ]);
    let fields = read(&licence, None, AS_OF);
    assert_eq!(fields.value(Field::Surname), Some("VAN DEN BERG"));
    assert_eq!(fields.value(Field::Address), Some("29 CALLE MAYOR, 95367 CLOSE, 4TH"));
    let card = page(&[
        (40.0, 20.0, 10.0, "Surname"),
        (146.0, 20.0, 10.0, "Given names"),
        (40.0, 32.0, 16.0, "VAN DEN"),
        (108.0, 32.0, 16.0, "BERG"),
        // The next column begins as near as a word would, under a label of its own.
        (146.0, 32.0, 16.0, "ANNA"),
    ]);
    let fields = labelled(&card, AS_OF);
    assert_eq!(fields.value(Field::Surname), Some("VAN DEN BERG"));
    assert_eq!(fields.value(Field::GivenNames), Some("ANNA"));
    // A piece may begin under the label itself, or under its translation.
    let near = page(&[
        (40.0, 20.0, 10.0, "Name/Surname/Nom"),
        (40.0, 32.0, 16.0, "VON"),
        (70.0, 32.0, 16.0, "BERG"),
        (40.0, 80.0, 10.0, "Given names"),
        (40.0, 92.0, 16.0, "ANNA"),
        (40.0, 140.0, 10.0, "Address"),
        (40.0, 152.0, 16.0, "1"),
        (52.0, 152.0, 16.0, "E"),
        (64.0, 152.0, 16.0, "MAIN STREET"),
    ]);
    let fields = labelled(&near, AS_OF);
    assert_eq!(fields.value(Field::Surname), Some("VON BERG"));
    assert_eq!(fields.value(Field::Address), Some("1 E MAIN STREET"));
    // What makes no name is no piece of it.
    let stray = page(&[
        (40.0, 20.0, 10.0, "Surname"),
        (40.0, 32.0, 16.0, "ERIKSSON"),
        (110.0, 32.0, 16.0, "12"),
        (40.0, 50.0, 16.0, "ANNA"),
    ]);
    assert_eq!(labelled(&stray, AS_OF).value(Field::Surname), Some("ERIKSSON"));
}

#[test]
fn rows_whose_numbers_are_lost_are_no_guess_where_something_else_may_stand() {
    let licence = |rows: &[&str]| {
        let issue = 25.0 * rows.len() as f32 + 25.0;
        let end = [(200.0, "4a. 19.01.2023"), (200.0, "4b. 18.01.2033"), (200.0, "5. L01CH00T")];
        let end = end
            .into_iter()
            .enumerate()
            .map(|(i, (left, text))| (left, issue + 25.0 * i as f32, 16.0, text));
        let start = rows.iter().enumerate().map(|(i, text)| {
            let left = if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains("3.") {
                200.0
            } else {
                230.0
            };
            (left, 25.0 + 25.0 * i as f32, 16.0, *text)
        });
        let more = [(200.0, issue + 75.0, 16.0, "8. 12 MAIN STREET")];
        let lines: Vec<_> = start.chain(end).chain(more).collect();
        let fields = numbered(&page(&lines), AS_OF);
        let value = |field| fields.value(field).map(str::to_owned);
        (value(Field::Surname), value(Field::GivenNames))
    };
    // The place of birth stands in the row of the birth.
    let (surname, given) = licence(&["O'BRIEN", "SEÁN PATRICK", "07.11.1985", "LONDON"]);
    assert_eq!((surname, given), (None, None));
    // Given names in two rows: neither is the surname.
    let names = licence(&["O'BRIEN", "SEÁN", "PATRICK", "3. 07.11.1985"]);
    assert_eq!(names, (None, None));
    // A title above is no row.
    let (surname, given) = licence(&["DRIVING LICENCE", "O'BRIEN", "SEÁN", "3. 07.11.1985"]);
    assert_eq!((surname.as_deref(), given.as_deref()), (Some("O'BRIEN"), Some("SEÁN")));
}

#[test]
fn an_address_goes_on_below_whatever_was_mended_in_its_first_line() {
    let page = page(&[
        (40.0, 20.0, 10.0, "Address"),
        (40.0, 32.0, 16.0, "0STERBY GATAN 5"),
        (40.0, 50.0, 16.0, "45384 NORTHMERE"),
        (180.0, 50.0, 16.0, "F"),
    ]);
    let fields = read(&page, None, AS_OF);
    assert_eq!(fields.value(Field::Address), Some("OSTERBY GATAN 5, 45384 NORTHMERE"));
}
