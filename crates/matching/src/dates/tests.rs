use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 7, 1);

fn printed(text: &str, kind: DateKind, order: NumericOrder) -> Option<String> {
    let context = DateContext { kind, as_of: TODAY, order };
    parse_printed(text, context).map(|date| date.to_string())
}

#[test]
fn printed_dates_are_read_in_the_forms_that_documents_use() {
    let cases = [
        ("12 AUG 74", "1974-08-12"),
        ("12 AUG 1974", "1974-08-12"),
        ("12AUG1974", "1974-08-12"),
        ("12 AUG/AOÛT 74", "1974-08-12"),
        ("01 JAN/JAN 1985", "1985-01-01"),
        ("12 СЕР/AUG 74", "1974-08-12"),
        ("12 QQQ/AUG 74", "1974-08-12"),
        ("12 marraskuu 1980", "1980-11-12"),
        ("12 NİS 1990", "1990-04-12"),
        ("AUG 12, 1974", "1974-08-12"),
        ("12 de agosto de 1974", "1974-08-12"),
        ("12.08.1974", "1974-08-12"),
        ("12/08/1974", "1974-08-12"),
        ("12 08 1974", "1974-08-12"),
        ("12-08-74", "1974-08-12"),
        ("08/23/1974", "1974-08-23"),
        ("2006.03.19", "2006-03-19"),
        ("2006-03-19", "2006-03-19"),
        ("20060319", "2006-03-19"),
        ("12081974", "1974-08-12"),
        ("12 081974", "1974-08-12"),
        ("1208 1974", "1974-08-12"),
        ("200603 19", "2006-03-19"),
        ("2010 2020", "2010"),
        ("2010-2020", "2010"),
        ("1974年8月12日", "1974-08-12"),
        ("出生 1974 年 8 月 12 日", "1974-08-12"),
        ("1974年8月", "1974-08"),
        ("民國63年8月12日", "1974-08-12"),
        ("1974년 08월 12일", "1974-08-12"),
        ("12 AUG 2517", "1974-08-12"),
        ("Date of birth: 12 Aug 1974 (M)", "1974-08-12"),
        ("XX XX 1974", "1974"),
        ("XX AUG 1974", "1974-08"),
        ("00.08.1974", "1974-08"),
        ("12 XX 1974", "1974"),
        ("AUG 1974", "1974-08"),
        ("08/1974", "1974-08"),
        ("1974", "1974"),
        ("12 0CT 1974", "1974-10-12"),
        ("O1 JAN 1985", "1985-01-01"),
        ("12.13.1974", "1974-12-13"),
    ];
    for (text, expected) in cases {
        let found = printed(text, DateKind::Birth, NumericOrder::DayFirst);
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }
}

#[test]
fn what_is_no_date_or_contradicts_itself_is_not_read() {
    let cases = [
        "01 JAN/FEB 1985",
        "12 FOO 1974",
        "12 ส.ค. 2517",
        "31.02.1974",
        "13.13.1974",
        "12.08.1749",
        "",
        "no date",
        "12.08",
        "123456789",
    ];
    for text in cases {
        assert_eq!(printed(text, DateKind::Birth, NumericOrder::DayFirst), None, "{text}");
    }
}

#[test]
fn the_issuers_habit_decides_what_figures_leave_open() {
    let cases = [
        ("08/12/1974", NumericOrder::DayFirst, "1974-12-08"),
        ("08/12/1974", NumericOrder::MonthFirst, "1974-08-12"),
        ("23/12/1974", NumericOrder::MonthFirst, "1974-12-23"),
        ("08121974", NumericOrder::MonthFirst, "1974-08-12"),
        ("12-08-05", NumericOrder::YearFirst, "2012-08-05"),
        ("12-08-05", NumericOrder::DayFirst, "2005-08-12"),
    ];
    for (text, order, expected) in cases {
        let found = printed(text, DateKind::Birth, order);
        assert_eq!(found.as_deref(), Some(expected), "{text} {order:?}");
    }
}

#[test]
fn the_kind_of_date_decides_the_century() {
    let cases = [
        ("740812", DateKind::Birth, "1974-08-12"),
        ("260701", DateKind::Birth, "2026-07-01"),
        ("260702", DateKind::Birth, "1926-07-02"),
        ("260702", DateKind::Issue, "1926-07-02"),
        ("270812", DateKind::Expiry, "2027-08-12"),
        ("991231", DateKind::Expiry, "1999-12-31"),
        ("7408<<", DateKind::Birth, "1974-08"),
        ("74<<<<", DateKind::Birth, "1974"),
        ("<<<<<<", DateKind::Birth, "none"),
        ("74<<12", DateKind::Birth, "none"),
        ("740230", DateKind::Birth, "none"),
        ("000229", DateKind::Birth, "2000-02-29"),
        ("7408", DateKind::Birth, "none"),
        ("７408", DateKind::Birth, "none"),
    ];
    for (text, kind, expected) in cases {
        let found = parse_mrz(text, kind, TODAY).map(|date| date.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text} {kind:?}");
    }
}

#[test]
fn a_validity_period_is_two_dates_or_has_no_end() {
    let period = |text| {
        parse_validity(text).map(|(from, until)| match until {
            ValidUntil::Date(until) => format!("{from} {until}"),
            ValidUntil::LongTerm => format!("{from} long_term"),
        })
    };
    let cases = [
        ("2006.03.19-2026.03.19", Some("2006-03-19 2026-03-19")),
        ("有效期限 2006.03.19—2026.03.19", Some("2006-03-19 2026-03-19")),
        ("20060319-20260319", Some("2006-03-19 2026-03-19")),
        ("2015.07.15-长期", Some("2015-07-15 long_term")),
        ("2026.03.19-2006.03.19", None),
        ("2006.03.19-2026.03", None),
        ("长期", None),
    ];
    for (text, expected) in cases {
        assert_eq!(period(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn dates_agree_when_every_part_that_both_know_is_equal() {
    let of = |text: &str| text.parse::<PartialDate>().unwrap();
    let cases = [
        ("1974-08-12", "1974-08-12", true),
        ("1974-08-12", "1974-08", true),
        ("1974", "1974-08-12", true),
        ("1974-08-12", "1974-08-13", false),
        ("1974-08-12", "1974-09", false),
        ("1974", "1975", false),
    ];
    for (a, b, expected) in cases {
        assert_eq!(of(a).agrees_with(of(b)), expected, "{a} {b}");
        assert_eq!(of(b).agrees_with(of(a)), expected, "{b} {a}");
    }
}

#[test]
fn a_partial_date_spans_from_its_first_to_its_last_day() {
    for (text, first, last) in [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ] {
        let span: PartialDate = text.parse().unwrap();
        assert_eq!((span.first_day(), span.last_day()), (first, last), "{text}");
        assert!(span.may_be(first) && span.may_be(last), "{text}");
        assert!(!span.may_be(first.yesterday().unwrap()), "{text}");
        assert!(!span.may_be(last.tomorrow().unwrap()), "{text}");
    }
}

#[test]
fn age_counts_the_birthday_itself() {
    let cases = [
        (date(2008, 7, 1), 18),
        (date(2008, 7, 2), 17),
        (date(2008, 6, 30), 18),
        (date(2026, 7, 2), -1),
    ];
    for (birth, expected) in cases {
        assert_eq!(age(birth, TODAY), expected, "{birth}");
    }
    assert_eq!(age(date(2008, 2, 29), date(2026, 2, 28)), 17);
    assert_eq!(age(date(2008, 2, 29), date(2026, 3, 1)), 18);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,90}") {
        for order in [NumericOrder::DayFirst, NumericOrder::MonthFirst, NumericOrder::YearFirst] {
            let _ = printed(&text, DateKind::Expiry, order);
        }
        let _ = (parse_mrz(&text, DateKind::Birth, TODAY), parse_validity(&text));
        let _ = text.parse::<PartialDate>();
    }

    #[test]
    fn a_date_printed_with_its_month_reads_back(year in 1900i16..2026, month in 1i8..=12, day in 1i8..=28) {
        let names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        let text = format!("{day:02} {} {year}", names[month as usize - 1]);
        let expected = format!("{year}-{month:02}-{day:02}");
        prop_assert_eq!(printed(&text, DateKind::Birth, NumericOrder::DayFirst), Some(expected));
    }

    #[test]
    fn a_partial_date_prints_and_parses_to_itself(
        year in 1850i16..=2199,
        month in prop::option::of(1i8..=12),
        day in prop::option::of(1i8..=31),
    ) {
        if let Some(date) = PartialDate::new(year, month, day) {
            prop_assert_eq!(date.to_string().parse(), Ok(date));
        }
    }
}
