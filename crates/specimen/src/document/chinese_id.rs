//! A card in the layout of the Chinese resident identity card (GA 448 gives the
//! real one's proportions), of a country and region that do not exist.

use image::Rgb;
use jiff::civil::Date;

use super::look::Look;
use super::sheet::{Line, Sheet};
use super::{Draft, Side, background};
use crate::canvas::{Area, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field};
use crate::rng::stream;

/// How the three templates differ.
struct Manner {
    label: Rgb<u8>,
    label_size: f32,
    value_size: f32,
    /// Characters to a line of the address.
    address_width: usize,
    number_face: Typeface,
    /// From one digit of the number to the next, in millimetres.
    number_pitch: f32,
    portrait: Area,
    /// Start of the mark's baseline, and its size, front and back.
    marks: [(f32, f32, f32); 2],
    /// Shifts all columns right.
    indent: f32,
}

fn manner(template: u8) -> Manner {
    let base = Manner {
        label: Rgb([58, 128, 168]),
        label_size: 2.5,
        value_size: 3.35,
        address_width: 11,
        number_face: Typeface::OcrB,
        number_pitch: 2.42,
        portrait: Area::new(55.0, 8.2, 25.0, 31.0),
        marks: [(8.0, 5.6, 2.9), (28.0, 6.0, 2.9)],
        indent: 0.0,
    };
    match template {
        0 => base,
        1 => Manner {
            label: Rgb([84, 112, 150]),
            label_size: 2.4,
            value_size: 3.2,
            address_width: 12,
            number_face: Typeface::MonoBold,
            number_pitch: 2.35,
            portrait: Area::new(56.5, 9.0, 24.0, 30.0),
            marks: [(55.2, 5.8, 2.5), (52.0, 7.0, 2.7)],
            ..base
        },
        _ => Manner {
            label: Rgb([120, 120, 128]),
            value_size: 3.5,
            address_width: 10,
            number_face: Typeface::SansBold,
            number_pitch: 2.5,
            marks: [(8.0, 52.3, 2.6), (30.0, 35.6, 3.0)],
            indent: -0.8,
            ..base
        },
    }
}

/// The real card's pale blue and red tints, drifting between copies and templates.
fn look(draft: &Draft) -> Look {
    let mut rng = stream(draft.order.seed, "document.look");
    let mut look = Look::of(draft.template(), &mut rng);
    look.paper = match draft.template() {
        0 => [Rgb([224, 238, 242]), Rgb([244, 234, 226])],
        1 => [Rgb([234, 240, 246]), Rgb([228, 236, 240])],
        _ => [Rgb([240, 238, 230]), Rgb([226, 238, 236])],
    };
    look.value = Rgb([24, 24, 26]);
    look.portrait_grey = false;
    look
}

struct Printer<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    manner: Manner,
    value: TextStyle,
}

impl Printer<'_, '_> {
    fn label(&mut self, x: f32, y: f32, text: &str) {
        let style = TextStyle::new(Typeface::Han, self.manner.label_size, self.manner.label);
        self.sheet.canvas.text(&style.tracked(0.1), x + self.manner.indent, y, text);
    }

    fn value(&mut self, field: Field, at: (f32, f32), text: &str, value: &str) {
        let at = (at.0 + self.manner.indent, at.1);
        self.sheet.field(field, &self.value, &Line { text, at, room: 34.0 }, value);
    }
}

pub(super) fn front(draft: &Draft) -> Side {
    let mut sheet = Sheet::with_look(draft, Face::Front, look(draft));
    let manner = manner(draft.template());
    let value = TextStyle::new(Typeface::Han, manner.value_size, sheet.look.value).tracked(0.2);
    let person = &draft.content.person;
    sheet.portrait(manner.portrait);
    let (x, y, size) = manner.marks[0];
    sheet.mark(x, y, size);

    let mut print = Printer { sheet: &mut sheet, manner, value };
    print.label(8.0, 12.0, "姓 名");
    let name = person.native_name.clone().unwrap_or_else(|| person.surname.clone());
    print.value(Field::FullNameNative, (17.4, 12.3), &name, &name);
    print.label(8.0, 18.4, "性 别");
    let sex = match person.sex {
        crate::person::Sex::F => "女",
        _ => "男",
    };
    print.value(Field::Sex, (17.4, 18.6), sex, person.sex.letter());
    print.label(27.0, 18.4, "民 族");
    print.value(Field::Ethnicity, (36.0, 18.6), &person.ethnicity, &person.ethnicity);
    print.label(8.0, 24.6, "出 生");
    birth_date(&mut print, person.birth_date);
    print.label(8.0, 30.8, "住 址");
    address(&mut print, &person.address);
    number(&mut print, &draft.content.national_number);
    sheet.finish()
}

/// Year, month and day as values, 年 月 日 as labels between them.
fn birth_date(print: &mut Printer, date: Date) {
    const BASELINE: f32 = 24.8;
    let pieces = [
        (17.4, date.year().to_string(), 27.0, "年"),
        (31.4, date.month().to_string(), 36.4, "月"),
        (40.2, date.day().to_string(), 45.2, "日"),
    ];
    let style = TextStyle { face: Typeface::Han, tracking: 0.15, ..print.value };
    let mut around: Option<Area> = None;
    let mut printed = String::new();
    for (x, text, unit_x, unit) in pieces {
        let area = print.sheet.canvas.text(&style, x + print.manner.indent, BASELINE, &text);
        print.label(unit_x, BASELINE - 0.2, unit);
        around = Some(around.map_or(area, |sum| sum.union(area)));
        printed.push_str(&text);
        printed.push_str(unit);
    }
    let around = around.expect("a date has three pieces");
    let quad = print.sheet.canvas.quad(around);
    print.sheet.record(Field::BirthDate, printed, &date.to_string(), (around, vec![quad]));
}

fn address(print: &mut Printer, text: &str) {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> =
        characters.chunks(print.manner.address_width).map(|line| line.iter().collect()).collect();
    let lines: Vec<Line> = lines
        .iter()
        .zip(0..)
        .map(|(line, index)| Line {
            text: line,
            at: (17.4 + print.manner.indent, 31.0 + 4.3 * index as f32),
            room: 36.5,
        })
        .collect();
    let style = print.value.tracked(0.0);
    print.sheet.field_lines(Field::Address, &style, &lines, text);
}

fn number(print: &mut Printer, number: &str) {
    const BASELINE: f32 = 47.0;
    print.label(8.0, BASELINE - 0.1, "公民身份号码");
    let style = TextStyle::new(print.manner.number_face, 3.7, print.value.colour);
    let mut around: Option<Area> = None;
    for (character, index) in number.chars().zip(0..) {
        let x = 29.0 + print.manner.indent + print.manner.number_pitch * index as f32;
        let ink = print.sheet.canvas.character_centred(&style, x, BASELINE, character);
        around = match (around, ink) {
            (Some(sum), Some(ink)) => Some(sum.union(ink)),
            (sum, ink) => sum.or(ink),
        };
    }
    if let Some(around) = around {
        let quad = print.sheet.canvas.quad(around);
        let place = (around, vec![quad]);
        print.sheet.record(Field::NationalIdNumber, number.to_owned(), number, place);
    }
}

pub(super) fn back(draft: &Draft) -> Side {
    let mut sheet = Sheet::with_look(draft, Face::Back, look(draft));
    let manner = manner(draft.template());
    emblem(&mut sheet);
    let ink = Rgb([34, 30, 34]);
    let country = TextStyle::new(Typeface::HanBold, 4.8, ink).tracked(3.2);
    sheet.canvas.text(&country, 38.0, 15.2, "样本国");
    let title = TextStyle::new(Typeface::HanBold, 7.2, ink).tracked(1.6);
    sheet.canvas.text(&title, 29.0, 26.4, "居民身份证");
    let (x, y, size) = manner.marks[1];
    sheet.mark(x, y, size);

    let value = TextStyle::new(Typeface::Han, manner.value_size, sheet.look.value).tracked(0.1);
    let mut print = Printer { sheet: &mut sheet, manner, value };
    // The back's labels are printed in the text's own black.
    print.manner.label = ink;
    print.manner.label_size = 2.9;
    print.label(20.5, 43.6, "签发机关");
    let content = draft.content;
    print.value(Field::IssuingAuthority, (37.0, 43.8), &content.authority, &content.authority);
    print.label(20.5, 49.8, "有效期限");
    period(&mut print, content.issue_date, content.expiry_date);
    sheet.finish()
}

/// `2019.03.12-2039.03.12` or `2019.03.12-长期`, as two fields on one line.
fn period(print: &mut Printer, issue: Date, expiry: Option<Date>) {
    let dotted = |date: Date| format!("{}.{:02}.{:02}", date.year(), date.month(), date.day());
    let (from, baseline) = (37.0, 50.0);
    let first = dotted(issue);
    print.value(Field::IssueDate, (from, baseline), &first, &issue.to_string());
    let dash = from + print.sheet.canvas.text_width(&print.value, &first);
    let style = print.value;
    print.sheet.canvas.text(&style, dash + print.manner.indent, baseline, "-");
    let second_at = dash + print.sheet.canvas.text_width(&style, "-");
    let (second, value) = match expiry {
        Some(date) => (dotted(date), date.to_string()),
        None => ("长期".to_owned(), "long_term".to_owned()),
    };
    print.value(Field::ExpiryDate, (second_at, baseline), &second, &value);
}

/// A red rose with a ring: no state's emblem.
fn emblem(sheet: &mut Sheet) {
    let red = Rgb([190, 50, 44]);
    sheet.canvas.disc(16.0, 16.0, 7.6, (red, 0.85));
    sheet.canvas.disc(16.0, 16.0, 6.7, (Rgb([246, 226, 206]), 0.95));
    for petal in 0..6 {
        let angle = std::f32::consts::TAU * petal as f32 / 6.0;
        let (x, y) = (16.0 + 3.2 * angle.cos(), 16.0 + 3.2 * angle.sin());
        sheet.canvas.disc(x, y, 1.7, (red, 0.8));
    }
    background::rosette(&mut sheet.canvas, (16.0, 16.0), 6.8, (red, 0.8));
}
