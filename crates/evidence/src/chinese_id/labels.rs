//! The labels that the card prints, also as text recognition garbles them.

/// A label, which is also the row that it heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Name,
    Sex,
    Ethnicity,
    Birth,
    Address,
    Number,
    Authority,
    Validity,
}

/// Each label with the writings seen for it in recognised text, the right one
/// first. The labels are the smallest and palest print of the card.
const WRITINGS: [(Label, &[&str]); 8] = [
    (Label::Name, &["姓名", "姓各", "姓石", "妊名", "性名", "姓名:"]),
    (Label::Sex, &["性别", "性剁", "性刖", "性另", "性別", "惟别", "姓别"]),
    (Label::Ethnicity, &["民族", "民旅", "民放", "民施", "氏族", "民簇", "尼族"]),
    (Label::Birth, &["出生", "山生", "出主", "出牛", "岀生", "出尘"]),
    (Label::Address, &["住址", "住扯", "佳址", "任址", "住止", "往址", "住地"]),
    (Label::Number, &["公民身份号码"]),
    (Label::Authority, &["签发机关", "签发机美", "签发杌关", "签友机关", "鉴发机关"]),
    (Label::Validity, &["有效期限", "有效期跟", "有效期隈", "有放期限", "有效明限"]),
];

/// The label that `text` starts with, and its length in characters. `text` has
/// no white space.
pub(super) fn at_start(text: &str) -> Option<(Label, usize)> {
    for (label, writings) in WRITINGS {
        if let Some(writing) = writings.iter().find(|writing| text.starts_with(**writing)) {
            return Some((label, writing.chars().count()));
        }
    }
    most_of_number_label(text).map(|length| (Label::Number, length))
}

/// Length of the number's label at the start of `text`, when at least three of
/// its six characters stand there, in order, within six characters before the
/// first digit.
fn most_of_number_label(text: &str) -> Option<usize> {
    let head: Vec<char> = text.chars().take(7).take_while(|c| !c.is_ascii_digit()).collect();
    let mut label = "公民身份号码".chars();
    let right = head.iter().filter(|c| label.clone().any(|l| l == **c)).count();
    let in_order = head.iter().filter(|c| label.any(|l| l == **c)).count();
    (right >= 3 && in_order >= 3).then_some(head.len())
}

/// Where the ethnicity's label stands in what follows the sex, in characters:
/// its start and end. An address may hold 民族 too (民族路), but stands in
/// another row.
pub(super) fn ethnicity_in(text: &str) -> Option<(usize, usize)> {
    let (_, writings) = WRITINGS.iter().find(|(label, _)| *label == Label::Ethnicity)?;
    let at = writings.iter().find_map(|writing| text.find(writing))?;
    let start = text.get(..at)?.chars().count();
    (start <= 4).then_some((start, start + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_whole_and_garbled() {
        let cases = [
            ("姓名张三", Some((Label::Name, 2))),
            ("性剁男民族汉", Some((Label::Sex, 2))),
            ("公民身份号码1101", Some((Label::Number, 6))),
            ("公民身汾号玛1101", Some((Label::Number, 6))),
            ("民身份号码1101", Some((Label::Number, 5))),
            ("张三", None),
            ("1101", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(at_start(text), expected, "{text}");
        }
        assert_eq!(ethnicity_in("男民族汉"), Some((1, 3)));
        assert_eq!(ethnicity_in("北京市海淀区民族大学"), None);
    }
}
