//! The birth date as the card prints it, `1994 年 10 月 26 日`.

use matching::dates::PartialDate;

/// Reads the date, also where 年 月 日 were not read or misread: the groups of
/// figures between other characters, or one run of figures that is a date in
/// one way only.
pub(super) fn read(text: &str) -> Option<PartialDate> {
    let figures: String = text
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'I' | 'l' => '1',
            c => c,
        })
        .collect();
    let groups: Vec<&str> =
        figures.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    match groups.as_slice() {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            date(year, month, day)
        }
        [run] => from_run(run),
        // 1994 10月26 without 年, 1994年1026 without 月.
        [head, tail] if head.len() >= 4 => from_run(&format!("{head}{tail}")),
        _ => None,
    }
}

/// The one date that a run of six to eight figures can be, when no figure can
/// be missing at its end.
fn from_run(run: &str) -> Option<PartialDate> {
    let cut_short = |next| !dates_in(&format!("{run}{next}")).is_empty();
    match dates_in(run).as_slice() {
        [date] if !('0'..='9').any(cut_short) => Some(*date),
        _ => None,
    }
}

/// Every date that the run can be; the card prints no leading zeros.
fn dates_in(run: &str) -> Vec<PartialDate> {
    let Some((year, rest)) = run.split_at_checked(4) else { return Vec::new() };
    let splits = (1..=2).filter_map(|month_length| rest.split_at_checked(month_length));
    splits
        .filter(|(month, day)| !month.starts_with('0') && !day.starts_with('0'))
        .filter(|(_, day)| (1..=2).contains(&day.len()))
        .filter_map(|(month, day)| date(year, month, day))
        .collect()
}

fn date(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let year: i16 = year.parse().ok()?;
    let plausible = (1880..=2100).contains(&year);
    plausible.then(|| PartialDate::new(year, month.parse().ok(), day.parse().ok())).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_date_is_read_with_and_without_its_signs() {
        let cases = [
            ("1994年10月26日", Some("1994-10-26")),
            ("1994年3月6日", Some("1994-03-06")),
            ("1994牟3月6口", Some("1994-03-06")),
            ("19941026", Some("1994-10-26")),
            ("1994年1O月26日", Some("1994-10-26")),
            ("199436", Some("1994-03-06")),
            ("1994210", Some("1994-02-10")),
            ("1994111", None), // 11 January or 1 November
            ("199412", None),  // 2 January, or December without its day
            ("1994年13月1日", None),
            ("1994年2月30日", None),
            ("94年2月3日", None),
            ("1994", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let date = read(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*") {
            let _ = read(&text);
        }
    }
}
