use domain::document::Side;
use domain::field::{Field, Source};
use imaging::geometry::{Point, Quad, Rect};
use proptest::prelude::*;

use super::*;

/// A line as recognised: millimetres of its start and middle on the card, text.
type Recognised<'a> = (f32, f32, &'a str);

/// Pixels a millimetre, and where the card's corner lies in the picture.
const SCALE: f32 = 6.0;
const CORNER: (f32, f32) = (40.0, 25.0);

/// The page with these lines, as if the picture was turned by `degrees`.
fn page(lines: &[Recognised], degrees: f32) -> Page {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Page::of(lines.iter().map(|(x, y, text)| {
        let width: f32 = text.chars().map(|c| if c.is_ascii() { 2.57 } else { 3.6 }).sum();
        let (left, top) = (x * SCALE + CORNER.0, (y - 1.9) * SCALE + CORNER.1);
        let quad: Quad = Rect::new(left, top, width * SCALE, 3.8 * SCALE).quad();
        (quad.map(|p| Point::new(p.x * cos - p.y * sin, p.x * sin + p.y * cos)), *text, 0.97)
    }))
}

fn read(lines: &[Recognised], degrees: f32) -> Option<Fields> {
    parse(&page(lines, degrees)).map(|card| card.fields())
}

const CLEAR: [Recognised; 8] = [
    (7.0, 11.4, "姓名欧阳云帆"),
    (7.0, 17.5, "性别女民族土家"),
    (7.0, 23.5, "出生1988年6月15日"),
    (7.0, 29.8, "住址"),
    (16.5, 29.8, "河北省石家庄市桥西区民族路"),
    (16.5, 33.8, "99号A座2单元1203室"),
    (7.0, 45.7, "公民身份号码"),
    (26.0, 45.7, "130104198806150020"),
];

fn with(changes: &[(usize, &'static str)]) -> Vec<Recognised<'static>> {
    let mut lines = CLEAR.to_vec();
    for (index, text) in changes {
        lines[*index].2 = text;
    }
    lines.retain(|line| !line.2.is_empty());
    lines
}

#[test]
fn a_clear_front_gives_every_field() {
    let fields = read(&CLEAR, 0.0).unwrap();
    let expected = [
        (Field::FullNameNative, "欧阳云帆"),
        (Field::Sex, "F"),
        (Field::Ethnicity, "土家"),
        (Field::BirthDate, "1988-06-15"),
        (Field::Address, "河北省石家庄市桥西区民族路99号A座2单元1203室"),
        (Field::NationalIdNumber, "130104198806150020"),
    ];
    for (field, value) in expected {
        assert_eq!(fields.value(field), Some(value), "{field}");
        assert!((fields.0[&field].confidence - 0.97).abs() < 1e-6, "{field}");
    }
    assert_eq!(fields.0.len(), expected.len());
}

#[test]
fn a_card_reads_the_same_whatever_way_it_lies() {
    for degrees in [-20.0, 4.0, 90.0, 180.0, 270.0] {
        assert_eq!(read(&CLEAR, degrees), read(&CLEAR, 0.0), "{degrees}°");
    }
}

#[test]
fn rows_are_known_by_their_place_when_labels_are_unread_garbled_or_merged() {
    let cases: [(&str, Vec<Recognised>); 6] = [
        (
            "garbled",
            with(&[(0, "妊名欧阳云帆"), (1, "性剁女民旅土家"), (3, "住扯"), (6, "公民身汾号玛")]),
        ),
        ("merged", {
            let mut lines = with(&[(3, ""), (7, "")]);
            lines[3] = (7.0, 29.8, "住址 河北省石家庄市桥西区民族路");
            lines[5].2 = "公民身份号码130104198806150020";
            lines
        }),
        ("values apart", {
            let mut lines = with(&[(0, "姓名"), (1, "性别"), (2, "出生")]);
            lines.extend([
                (16.5, 11.4, "欧阳云帆"),
                (16.5, 17.5, "女"),
                (24.6, 17.5, "民族"),
                (35.6, 17.5, "土家"),
                (16.5, 23.5, "1988年6月15日"),
            ]);
            lines
        }),
        ("name and sex without labels", {
            let mut lines = with(&[(0, ""), (1, "")]);
            lines.extend([(16.5, 11.4, "欧阳云帆"), (16.5, 17.5, "女民族土家")]);
            lines
        }),
        ("民族 unread", {
            let mut lines = with(&[(1, "性别女")]);
            lines.push((35.6, 17.5, "土家"));
            lines
        }),
        ("address without label, spaces inside", {
            with(&[(3, ""), (0, "姓 名 欧 阳 云 帆"), (7, "130104 19880615 0020")])
        }),
    ];
    for (name, lines) in cases {
        let (read, expected) = (read(&lines, 0.0), read(&CLEAR, 0.0));
        let values = |fields: Option<Fields>| -> Vec<_> {
            fields.into_iter().flat_map(|f| f.0).map(|(field, read)| (field, read.value)).collect()
        };
        assert_eq!(values(read), values(expected), "{name}");
    }
}

#[test]
fn stamps_and_purposes_over_the_card_are_no_values() {
    let mut lines = with(&[]);
    lines.extend([
        (18.0, 14.0, "复印无效"),
        (5.0, 3.0, "仅限开户使用"),
        (30.0, 37.5, "复卵无效"),
        (17.0, 26.0, "印°无3效"),
    ]);
    assert_eq!(read(&lines, 0.0), read(&CLEAR, 0.0));
}

#[test]
fn values_are_as_printed() {
    let cases = [
        ("17 digits", 7, "13010419880615002", Field::NationalIdNumber, Some("13010419880615002")),
        (
            "letters for digits",
            7,
            "I3O1O4198806I5002x",
            Field::NationalIdNumber,
            Some("13010419880615002X"),
        ),
        ("16 digits", 7, "1301041988061500", Field::NationalIdNumber, None),
        ("name with dot", 0, "姓名阿依古丽.买买提", Field::FullNameNative, Some("阿依古丽·买买提")),
        ("name with 一", 0, "姓名丁一", Field::FullNameNative, Some("丁一")),
        ("name of one", 0, "姓名丁", Field::FullNameNative, None),
        ("no name", 0, "姓名Ux9", Field::FullNameNative, None),
        ("族 printed", 1, "性别男民族壮族", Field::Ethnicity, Some("壮")),
        ("unknown group", 1, "性别男民族龘", Field::Ethnicity, Some("龘")),
    ];
    for (name, index, text, field, expected) in cases {
        let fields = read(&with(&[(index, text)]), 0.0).unwrap();
        assert_eq!(fields.value(field), expected, "{name}");
    }
}

#[test]
fn a_group_that_was_put_right_is_less_sure() {
    let fields = read(&with(&[(1, "性别男民族土象")]), 0.0).unwrap();
    let read = &fields.0[&Field::Ethnicity];
    assert_eq!(read.value, "土家");
    assert!(read.confidence < 0.6);
}

#[test]
fn an_unread_birth_date_follows_from_the_number_and_says_so() {
    let cases = [
        ("unread", "", "130104198806150021", Some(("1988-06-15", Source::Derived, true))),
        ("17 digits", "", "13010419880615002", Some(("1988-06-15", Source::Derived, false))),
        ("no such day in either", "出生1988年2月30日", "13010419881315002X", None),
        (
            "a sure contradiction stays",
            "出生1988年6月16日",
            "130104198806150021",
            Some(("1988-06-16", Source::Printed, true)),
        ),
    ];
    for (name, birth, number, expected) in cases {
        let fields = read(&with(&[(2, birth), (7, number)]), 0.0).unwrap();
        let found = fields.0.get(&Field::BirthDate);
        let found = found.map(|r| (r.value.as_str(), r.source, r.confidence > 0.9));
        assert_eq!(found, expected, "{name}");
    }
}

const BACK: [Recognised; 4] = [
    (29.4, 9.3, "中华人民共和国"),
    (25.6, 18.6, "居民身份证"),
    (20.2, 39.8, "签发机关 石家庄市公安局桥西分局"),
    (20.2, 46.4, "有效期限 2015.07.15-2035.07.15"),
];

#[test]
fn the_back_gives_authority_and_validity() {
    let page_of = |validity| {
        let mut lines = BACK;
        lines[3].2 = validity;
        parse(&page(&lines, 0.0)).unwrap()
    };
    let card = page_of(BACK[3].2);
    assert_eq!(card.side(), Side::Back);
    let fields = card.fields();
    assert_eq!(fields.value(Field::IssuingAuthority), Some("石家庄市公安局桥西分局"));
    assert_eq!(fields.value(Field::IssueDate), Some("2015-07-15"));
    assert_eq!(fields.value(Field::ExpiryDate), Some("2035-07-15"));
    assert!(card.doubts().is_empty());
    let long_term = page_of("有效期限2015.07.15-长期").fields();
    assert_eq!(long_term.value(Field::ExpiryDate), Some("long_term"));
    assert_eq!(page_of("有效期限2015.07.").doubts(), [Field::IssueDate, Field::ExpiryDate]);
}

#[test]
fn other_documents_are_no_card() {
    let cases: [&[Recognised]; 4] = [
        &[],
        &[(7.0, 11.4, "PASSPORT"), (20.0, 20.0, "Surname/Nom"), (20.0, 24.0, "MARTIN")],
        &[(7.0, 11.4, "姓名"), (16.5, 11.4, "张三")],
        &[(29.4, 9.3, "中华人民共和国"), (29.4, 15.0, "护照")],
    ];
    for lines in cases {
        assert!(parse(&page(lines, 0.0)).is_none(), "{lines:?}");
    }
}

proptest! {
    #[test]
    fn any_lines_are_taken(
        lines in prop::collection::vec(
            (
                -1e5_f32..1e5,
                -1e5_f32..1e5,
                prop_oneof![
                    ".*",
                    "(姓名|性别|民族|出生|住址|公民身份号码|签发机关|有效期限|复印无效|男|女|年|[0-9]{1,18}|X|汉|·| ){0,8}",
                ],
                prop_oneof![Just(0.97_f32), any::<f32>()],
            ),
            0..14,
        ),
    ) {
        let page = Page::of(lines.iter().map(|(x, y, text, sure)| {
            (Rect::new(*x, *y, 80.0, 20.0).quad(), text.as_str(), *sure)
        }));
        if let Some(card) = parse(&page) {
            for (field, read) in &card.fields().0 {
                prop_assert!(!read.value.is_empty(), "{field}");
                prop_assert!((0.0..=1.0).contains(&read.confidence));
            }
            let _ = card.doubts();
        }
    }

    #[test]
    fn what_was_printed_is_read(
        name in "[赵钱孙李周吴郑王][一-龥]{1,3}",
        year in 1930_i16..2020, month in 1_i8..=12, day in 1_i8..=28,
        serial in 0_u32..1000,
        degrees in -15.0_f32..15.0,
    ) {
        let number = format!("130104{year}{month:02}{day:02}{serial:03}");
        let number = format!("{number}{}", number::check_character(&number).unwrap());
        let texts = [
            format!("姓名{name}"),
            format!("出生{year}年{month}月{day}日"),
            format!("公民身份号码{number}"),
        ];
        let lines = [
            (7.0, 11.4, texts[0].as_str()),
            (7.0, 23.5, texts[1].as_str()),
            (7.0, 45.7, texts[2].as_str()),
        ];
        let fields = read(&lines, degrees).unwrap();
        prop_assert_eq!(fields.value(Field::FullNameNative), Some(name.as_str()));
        prop_assert_eq!(fields.value(Field::NationalIdNumber), Some(number.as_str()));
        let birth = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(fields.value(Field::BirthDate), Some(birth.as_str()));
    }
}
