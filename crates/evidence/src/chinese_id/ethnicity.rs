//! The 56 ethnic groups that the card names (GB/T 3304), without 族.

/// The groups, and two entries of household registers that are none of them.
pub(super) const GROUPS: [&str; 58] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "穿青人",
    "革家人",
];

/// Whether `text` names a group.
pub fn is_group(text: &str) -> bool {
    GROUPS.contains(&text)
}

/// The one group that differs from `text` in exactly one character, when
/// there is only one. A name of one character never does: it could be any.
pub fn one_character_off(text: &str) -> Option<&'static str> {
    let length = text.chars().count();
    let mut near = GROUPS.into_iter().filter(|group| {
        let wrong = group.chars().zip(text.chars()).filter(|(a, b)| a != b).count();
        length >= 2 && group.chars().count() == length && wrong == 1
    });
    let first = near.next();
    first.filter(|_| near.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_character_is_put_right_only_when_one_group_is_left() {
        let cases = [
            ("傈傈", Some("傈僳")),
            ("维吾尓", Some("维吾尔")),
            ("仏佬", None), // 仫佬 and 仡佬
            ("土象", Some("土家")),
            ("汊", None),
            ("汉", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(one_character_off(text), expected, "{text}");
        }
        assert!(is_group("土家") && is_group("土") && !is_group("土象"));
    }
}
