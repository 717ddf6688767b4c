//! A driving licence in the layout of the AAMVA DL/ID Card Design Standard: elements by
//! their letters on the front, a PDF417 barcode on the back.

use jiff::civil::Date;

use super::layout::{Place, Setting, Slot, at, print};
use super::look::DateStyle;
use super::sheet::Sheet;
use super::{Content, Draft, Side};
use crate::canvas::{Area, TextStyle};
use crate::kind::{Face, Field};
use crate::mrz::words;

pub(super) fn front(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    sheet.look.dates = [DateStyle::MonthFirst; 2];
    sheet.look.capitals = true;
    let accent = sheet.look.accent;
    sheet.canvas.fill(Area::new(0.0, 0.0, 85.6, 9.4), accent, 0.16);
    let (state, title) = match draft.template() {
        0 => ("UTOPIA", "DRIVER LICENSE"),
        1 => ("Utopia", "DRIVER LICENSE"),
        _ => ("STATE OF UTOPIA", "DRIVER LICENSE"),
    };
    let style = TextStyle::new(sheet.look.title_face, 4.0, accent);
    sheet.canvas.text(&style, 4.0, 6.6, state);
    let style = TextStyle::new(sheet.look.title_face, 2.8, accent);
    sheet.canvas.text(&style, 50.0, 6.2, title);
    let right = draft.template() == 2;
    sheet.portrait(Area::new(if right { 58.6 } else { 3.6 }, 12.0, 23.4, 30.0));
    sheet.mark(if right { 55.0 } else { 4.6 }, 49.4, 2.4);
    let setting = Setting { label_size: 1.9, value_size: 2.5, value_dx: 9.0, value_dy: 0.0 };
    print(&mut sheet, draft, setting, if right { &AT_LEFT } else { &AT_RIGHT });
    sheet.signature(if right { 6.0 } else { 62.0 }, 50.0, 16.0);
    sheet.finish()
}

const AT_RIGHT: [Place; 9] = [
    at(Slot::Field(Field::DocumentNumber), "4d DL", 30.0, 14.6, 40.0),
    at(Slot::Field(Field::ExpiryDate), "4b EXP", 30.0, 19.0, 34.0),
    at(Slot::Field(Field::Surname), "1 LN", 30.0, 23.4, 53.0),
    at(Slot::Field(Field::GivenNames), "2 FN", 30.0, 27.8, 53.0),
    at(Slot::Field(Field::Address), "8", 30.0, 32.2, 54.0),
    at(Slot::Field(Field::BirthDate), "3 DOB", 30.0, 36.6, 34.0),
    at(Slot::Field(Field::Sex), "15 SEX", 66.0, 36.6, 16.0),
    at(Slot::Field(Field::IssueDate), "4a ISS", 30.0, 41.0, 34.0),
    at(Slot::Fixed("C"), "9 CLASS", 66.0, 41.0, 16.0),
];

const AT_LEFT: [Place; 9] = [
    at(Slot::Field(Field::DocumentNumber), "4d DLN", 4.0, 14.6, 40.0),
    at(Slot::Field(Field::Surname), "1 LN", 4.0, 19.0, 53.0),
    at(Slot::Field(Field::GivenNames), "2 FN", 4.0, 23.4, 53.0),
    at(Slot::Field(Field::Address), "8", 4.0, 27.8, 54.0),
    at(Slot::Field(Field::BirthDate), "3 DOB", 4.0, 32.2, 34.0),
    at(Slot::Field(Field::Sex), "15 SEX", 40.0, 32.2, 16.0),
    at(Slot::Field(Field::IssueDate), "4a ISS", 4.0, 36.6, 34.0),
    at(Slot::Fixed("D"), "9 CLASS", 40.0, 36.6, 16.0),
    at(Slot::Field(Field::ExpiryDate), "4b EXP", 4.0, 41.0, 34.0),
];

pub(super) fn back(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Back);
    let top = match draft.template() {
        0 => 5.0,
        1 => 24.0,
        _ => 14.0,
    };
    let barcode = Area::new(4.0, top, 77.6, 20.0);
    sheet.barcode(&text(draft.content), barcode);
    let below = top + 25.0;
    sheet.mark(5.0, if below + 12.0 < 54.0 { below + 10.0 } else { 8.0 }, 2.6);
    let small = TextStyle::new(sheet.look.label_face, 1.8, sheet.look.label);
    let y = if draft.template() == 1 { 14.0 } else { below };
    sheet.canvas.text(&small, 5.0, y, "CLASS: C - VEHICLES UNDER 26,001 LBS GVWR");
    sheet.canvas.text(&small, 5.0, y + 3.2, "END: NONE   REST: NONE");
    sheet.finish()
}

/// What the barcode says (annex D of the standard, version 10), under an issuer's number
/// that nobody has.
fn text(content: &Content) -> String {
    let person = &content.person;
    let (given, rest) = split(&words(&person.given_names));
    let sex = match person.sex.letter() {
        "M" => "1",
        "F" => "2",
        _ => "9",
    };
    let elements = [
        ("DAQ", content.number.clone()),
        ("DCS", words(&person.surname)),
        ("DDE", "N".to_owned()),
        ("DAC", given),
        ("DDF", "N".to_owned()),
        ("DAD", rest),
        ("DDG", "N".to_owned()),
        ("DCA", "C".to_owned()),
        ("DCB", "NONE".to_owned()),
        ("DCD", "NONE".to_owned()),
        ("DBD", month_first(content.issue_date)),
        ("DBB", month_first(person.birth_date)),
        ("DBA", month_first(content.expiry_date.unwrap_or(content.issue_date))),
        ("DBC", sex.to_owned()),
        ("DAU", "070 in".to_owned()),
        ("DAY", "BRO".to_owned()),
        ("DAG", words(&person.address)),
        ("DAI", "ZENITH".to_owned()),
        ("DAJ", "ZZ".to_owned()),
        ("DAK", "000000000".to_owned()),
        ("DCF", format!("{}ZZ", content.number)),
        ("DCG", "UTO".to_owned()),
    ];
    let body: Vec<String> = elements.iter().map(|(code, value)| format!("{code}{value}")).collect();
    let part = format!("DL{}\n\r", body.join("\n"));
    format!("@\n\u{1e}\rANSI 999999100001DL0031{:04}{part}", part.len())
}

/// The first word and the others.
fn split(names: &str) -> (String, String) {
    let (first, rest) = names.split_once(' ').unwrap_or((names, "NONE"));
    (first.to_owned(), rest.to_owned())
}

fn month_first(date: Date) -> String {
    format!("{:02}{:02}{:04}", date.month(), date.day(), date.year())
}
