//! Cards in the layouts of China's permits for travelling between the mainland and Hong
//! Kong or Macao, of a country that does not exist.

use image::Rgb;
use jiff::civil::Date;

use super::sheet::{Line, Sheet};
use super::{Draft, Side};
use crate::canvas::{Area, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field, Kind};
use crate::person::Sex;

/// How the templates differ: size of values, of labels, where the labels start, how far
/// values stand below them.
struct Manner {
    value: f32,
    label: f32,
    left: f32,
    below: f32,
}

const MANNERS: [Manner; 3] = [
    Manner { value: 2.7, label: 1.9, left: 29.0, below: 3.2 },
    Manner { value: 2.9, label: 1.8, left: 30.5, below: 3.3 },
    Manner { value: 2.5, label: 2.0, left: 28.0, below: 3.1 },
];

/// Where the zone's first character starts, and its baseline.
const ZONE: (f32, f32) = (4.7, 50.6);

struct Printer<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    manner: &'static Manner,
}

impl Printer<'_, '_> {
    /// A label at `at`, below it the field as printed and its value.
    fn field(&mut self, field: Field, label: &str, at: (f32, f32), text: (&str, &str)) {
        let (printed, value) = text;
        let style = TextStyle::new(Typeface::Han, self.manner.label, self.sheet.look.label);
        self.sheet.canvas.text(&style, at.0, at.1, label);
        let style = TextStyle::new(Typeface::Han, self.manner.value, self.sheet.look.value);
        let at = (at.0, at.1 + self.manner.below);
        self.sheet.field(field, &style, &Line { text: printed, at, room: 34.0 }, value);
    }
}

pub(super) fn front(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    let manner = &MANNERS[usize::from(draft.template())];
    let (content, person) = (draft.content, &draft.content.person);
    let outward = draft.order.kind == Kind::ExitEntryPermit;
    let ink = sheet.look.value;
    let title = if outward {
        "样本国往来港澳通行证"
    } else {
        "样本国港澳居民来往内地通行证"
    };
    let style = TextStyle::new(Typeface::HanBold, 3.1, ink);
    sheet.canvas.text(&style, 5.0, 6.0, title);
    sheet.portrait(Area::new(5.0, 11.5, 20.5, 26.5));

    let mut print = Printer { sheet: &mut sheet, manner };
    let (left, right) = (manner.left, manner.left + 27.0);
    let name = person.native_name.clone().unwrap_or_else(|| person.surname.clone());
    print.field(Field::FullNameNative, "姓名", (left, 13.0), (&name, &name));
    latin_name(&mut print, (left, 19.6), &person.surname, &person.given_names);
    let birth = dotted(person.birth_date);
    let birth_date = person.birth_date.to_string();
    print.field(Field::BirthDate, "出生日期", (left, 23.6), (&birth, &birth_date));
    let sex = if matches!(person.sex, Sex::F) { "女" } else { "男" };
    print.field(Field::Sex, "性别", (right, 23.6), (sex, person.sex.letter()));
    period(&mut print, (left, 31.0), content.issue_date, content.expiry_date);
    let authority = &content.authority;
    print.field(Field::IssuingAuthority, "签发机关", (left, 37.4), (authority, authority));
    number(&mut sheet, &content.number, outward);
    if outward {
        sheet.mrz(crate::kind::MrzFormat::ExitEntryPermit, ZONE.0, &[ZONE.1]);
        sheet.mark(58.0, 45.4, 2.0);
    } else {
        sheet.mark(58.0, 50.0, 2.4);
    }
    sheet.finish()
}

/// `SURNAME, GIVENNAMES`, as one line below the Chinese name.
fn latin_name(print: &mut Printer, at: (f32, f32), surname: &str, given_names: &str) {
    let style = TextStyle::new(Typeface::Sans, print.manner.value, print.sheet.look.value);
    let (surname, given) = (surname.to_uppercase(), given_names.to_uppercase());
    let comma = format!("{surname}, ");
    let line = Line { text: &comma, at, room: 20.0 };
    print.sheet.field(Field::Surname, &style, &line, &surname);
    let width = print.sheet.canvas.text_width(&style, &comma).min(20.0);
    let line = Line { text: &given, at: (at.0 + width, at.1), room: 24.0 };
    print.sheet.field(Field::GivenNames, &style, &line, &given);
}

/// `2019.03.12-2029.03.12`, whose parts are two fields.
fn period(print: &mut Printer, at: (f32, f32), from: Date, to: Option<Date>) {
    let from_text = format!("{}-", dotted(from));
    print.field(Field::IssueDate, "有效期限", at, (&from_text, &from.to_string()));
    let Some(to) = to else { return };
    let style = TextStyle::new(Typeface::Han, print.manner.value, print.sheet.look.value);
    let x = at.0 + print.sheet.canvas.text_width(&style, &from_text);
    let (text, at) = (dotted(to), (x, at.1 + print.manner.below));
    let line = Line { text: &text, at, room: 24.0 };
    print.sheet.field(Field::ExpiryDate, &style, &line, &to.to_string());
}

fn dotted(date: Date) -> String {
    date.strftime("%Y.%m.%d").to_string()
}

/// The number: without a label at the top right of the one, with one on the other.
fn number(sheet: &mut Sheet, number: &str, outward: bool) {
    let style = TextStyle::new(Typeface::Sans, 3.4, Rgb([30, 30, 34]));
    if outward {
        let line = Line { text: number, at: (61.0, 6.2), room: 22.0 };
        sheet.field(Field::DocumentNumber, &style, &line, number);
    } else {
        let label = TextStyle::new(Typeface::Han, 2.2, sheet.look.label);
        sheet.canvas.text(&label, 5.0, 44.4, "证件号码");
        let line = Line { text: number, at: (16.0, 44.6), room: 26.0 };
        sheet.field(Field::DocumentNumber, &style, &line, number);
    }
}
