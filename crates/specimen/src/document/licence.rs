//! A driving licence in the layout of Directive 2006/126/EC, Annex I: numbered fields.

use image::Rgb;

use super::layout::{Place, Setting, Slot, at, print};
use super::sheet::Sheet;
use super::{Draft, Side};
use crate::canvas::{Area, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field};

pub(super) fn front(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    let blue = Rgb([32, 62, 140]);
    sheet.canvas.fill(Area::new(3.2, 3.2, 8.4, 10.0), blue, 0.95);
    let code = TextStyle::new(Typeface::SansBold, 2.5, Rgb([250, 250, 250]));
    sheet.canvas.text(&code, 4.6, 9.2, "UTO");
    let title = match draft.template() {
        0 => "DRIVING LICENCE",
        1 => "Führerschein",
        _ => "PERMIS DE CONDUIRE 驾驶证",
    };
    let style = TextStyle::new(sheet.look.title_face, 3.4, sheet.look.accent);
    sheet.canvas.text(&style, 14.0, 6.6, title);
    let small = TextStyle::new(sheet.look.label_face, 2.2, sheet.look.accent);
    sheet.canvas.text(&small, 14.0, 10.6, "Utopia");
    let room_for_portrait = match draft.template() {
        0 => Area::new(4.0, 16.0, 23.0, 29.5),
        1 => Area::new(3.6, 15.4, 24.0, 31.0),
        _ => Area::new(58.5, 14.0, 23.5, 30.0),
    };
    sheet.portrait(room_for_portrait);
    match draft.template() {
        0 => sheet.mark(53.0, 10.6, 2.5),
        1 => sheet.mark(48.0, 7.0, 2.7),
        _ => sheet.mark(57.6, 50.4, 2.2),
    }
    let setting = Setting { label_size: 2.0, value_size: 2.4, value_dx: 5.0, value_dy: 0.0 };
    if draft.template() == 2 {
        print(&mut sheet, draft, setting, &PORTRAIT_RIGHT);
        sheet.signature(40.0, 48.0, 14.0);
    } else {
        print(&mut sheet, draft, setting, &PORTRAIT_LEFT);
        sheet.signature(8.0, 49.4, 16.0);
    }
    sheet.finish()
}

const PORTRAIT_LEFT: [Place; 9] = [
    at(Slot::Field(Field::Surname), "1.", 31.0, 16.4, 52.0),
    at(Slot::Field(Field::GivenNames), "2.", 31.0, 20.6, 52.0),
    at(Slot::Field(Field::BirthDate), "3.", 31.0, 24.8, 30.0),
    at(Slot::Field(Field::IssueDate), "4a.", 31.0, 29.0, 30.0),
    at(Slot::Field(Field::ExpiryDate), "4b.", 31.0, 33.2, 30.0),
    at(Slot::Field(Field::IssuingAuthority), "4c.", 31.0, 37.4, 52.0),
    at(Slot::Field(Field::DocumentNumber), "5.", 31.0, 41.6, 36.0),
    at(Slot::Field(Field::Address), "8.", 31.0, 45.8, 52.0),
    at(Slot::Fixed("AM/B/BE"), "9.", 31.0, 50.4, 30.0),
];

const PORTRAIT_RIGHT: [Place; 9] = [
    at(Slot::Field(Field::Surname), "1.", 4.0, 17.4, 52.0),
    at(Slot::Field(Field::GivenNames), "2.", 4.0, 21.6, 52.0),
    at(Slot::Field(Field::BirthDate), "3.", 4.0, 25.8, 36.0),
    at(Slot::Field(Field::IssueDate), "4a.", 4.0, 30.0, 36.0),
    at(Slot::Field(Field::ExpiryDate), "4b.", 4.0, 34.2, 36.0),
    at(Slot::Field(Field::IssuingAuthority), "4c.", 4.0, 38.4, 52.0),
    at(Slot::Field(Field::DocumentNumber), "5.", 4.0, 42.6, 36.0),
    at(Slot::Field(Field::Address), "8.", 4.0, 46.8, 52.0),
    at(Slot::Fixed("B"), "9.", 4.0, 51.0, 20.0),
];
