//! A card in the layout of the motor vehicle driving licence of China (GA 482 gives the
//! real one's proportions), of a country and region that do not exist.

use image::Rgb;
use jiff::civil::Date;

use super::sheet::{Line, Sheet};
use super::{Draft, Side};
use crate::canvas::{Area, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field};
use crate::person::Sex;

/// How the templates differ: sizes of values and of labels, shift of all rows down,
/// whether Latin labels stand under the Chinese ones.
struct Manner {
    value: f32,
    label: f32,
    down: f32,
    translated: bool,
}

const MANNERS: [Manner; 3] = [
    Manner { value: 3.1, label: 2.3, down: 0.0, translated: true },
    Manner { value: 2.9, label: 2.1, down: 0.6, translated: true },
    Manner { value: 3.3, label: 2.4, down: -0.4, translated: false },
];

struct Printer<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    manner: &'static Manner,
}

impl Printer<'_, '_> {
    /// A label with its translation below.
    fn label(&mut self, x: f32, y: f32, han: &str, latin: &str) {
        let y = y + self.manner.down;
        let style = TextStyle::new(Typeface::Han, self.manner.label, self.sheet.look.label);
        self.sheet.canvas.text(&style, x, y, han);
        if self.manner.translated {
            let style = TextStyle { face: Typeface::Sans, size: 1.35, ..style };
            self.sheet.canvas.text(&style, x, y + 1.9, latin);
        }
    }

    fn value(&mut self, field: Field, at: (f32, f32), text: &str, value: &str) {
        let style = TextStyle::new(Typeface::Han, self.manner.value, self.sheet.look.value);
        let at = (at.0, at.1 + self.manner.down);
        self.sheet.field(field, &style, &Line { text, at, room: 60.0 }, value);
    }

    fn words(&mut self, at: (f32, f32), text: &str) -> f32 {
        let style = TextStyle::new(Typeface::Han, self.manner.value, self.sheet.look.value);
        self.sheet.canvas.text(&style, at.0, at.1 + self.manner.down, text);
        self.sheet.canvas.text_width(&style, text)
    }
}

pub(super) fn front(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    let manner = &MANNERS[usize::from(draft.template())];
    sheet.look.portrait_grey = false;
    let ink = sheet.look.value;
    let title = TextStyle::new(Typeface::HanBold, 4.0, ink).tracked(0.7);
    sheet.canvas.text(&title, 17.0, 6.4, "样本国机动车驾驶证");
    let small = TextStyle::new(Typeface::Sans, 1.9, ink);
    sheet.canvas.text(&small, 20.0, 9.4, "Driving License");
    sheet.portrait(Area::new(63.0, 31.6, 20.0, 25.0));
    sheet.mark(4.0, 57.4, 2.3);
    stamp(&mut sheet, &draft.content.authority);

    let (content, person) = (draft.content, &draft.content.person);
    let mut print = Printer { sheet: &mut sheet, manner };
    print.label(22.0, 13.0, "证号", "No.");
    print.value(Field::DocumentNumber, (31.0, 13.4), &content.number, &content.number);
    print.label(5.0, 18.4, "姓名", "Name");
    let name = person.native_name.clone().unwrap_or_else(|| person.surname.clone());
    print.value(Field::FullNameNative, (13.0, 18.6), &name, &name);
    print.label(43.0, 18.4, "性别", "Sex");
    let sex = if matches!(person.sex, Sex::F) { "女" } else { "男" };
    print.value(Field::Sex, (51.0, 18.6), sex, person.sex.letter());
    print.label(60.0, 18.4, "国籍", "Nationality");
    print.value(Field::Nationality, (70.0, 18.6), "中国", "CHN");
    print.label(5.0, 24.0, "住址", "Address");
    address(&mut print, &person.address);
    print.label(27.0, 33.4, "出生日期", "Date of Birth");
    date(&mut print, Field::BirthDate, (43.0, 33.6), person.birth_date);
    print.label(27.0, 39.4, "初次领证日期", "Date of First Issue");
    date(&mut print, Field::IssueDate, (46.0, 39.6), content.issue_date);
    print.label(27.0, 45.4, "准驾车型", "Class");
    print.words((43.0, 45.6), "C1");
    print.label(5.0, 51.8, "有效期限", "Valid Period");
    period(&mut print, content.issue_date, content.expiry_date);
    sheet.finish()
}

fn address(print: &mut Printer, text: &str) {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters.chunks(20).map(|line| line.iter().collect()).collect();
    let down = print.manner.down;
    let lines: Vec<Line> = lines
        .iter()
        .zip(0..)
        .map(|(line, index)| Line {
            text: line,
            at: (13.0, 24.2 + down + 4.0 * index as f32),
            room: 72.0,
        })
        .collect();
    let style = TextStyle::new(Typeface::Han, print.manner.value, print.sheet.look.value);
    print.sheet.field_lines(Field::Address, &style, &lines, text);
}

fn date(print: &mut Printer, field: Field, at: (f32, f32), date: Date) {
    let text = date.to_string();
    print.value(field, at, &text, &text);
}

/// `2019-03-12至2029-03-12`, of which the second is a field: the first repeats another.
fn period(print: &mut Printer, from: Date, to: Option<Date>) {
    let at = (17.0, 52.0);
    let width = print.words(at, &format!("{from}至"));
    if let Some(to) = to {
        date(print, Field::ExpiryDate, (at.0 + width + 0.4, at.1), to);
    }
}

/// The office's red stamp: its name in a square.
fn stamp(sheet: &mut Sheet, authority: &str) {
    let red = Rgb([206, 46, 40]);
    sheet.canvas.frame(Area::new(5.0, 31.0, 18.0, 16.0), 0.4, red, 0.9);
    let style = TextStyle::new(Typeface::Han, 2.6, red);
    let characters: Vec<char> = authority.chars().collect();
    for (row, line) in characters.chunks(6).take(4).enumerate() {
        let line: String = line.iter().collect();
        sheet.canvas.text(&style, 6.0, 34.6 + 3.6 * row as f32, &line);
    }
}
