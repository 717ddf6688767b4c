//! Visas (ICAO 9303-7), full-page and small.

use super::layout::{Place, Setting, Slot, at, print};
use super::sheet::Sheet;
use super::{Draft, Side, background};
use crate::canvas::{Area, TextStyle};
use crate::kind::{Face, Field, Kind, MrzFormat};

const SETTING: Setting =
    Setting { label_size: 1.65, value_size: 2.9, value_dx: 0.0, value_dy: 3.3 };

pub(super) fn sticker(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    let large = draft.order.kind == Kind::VisaA;
    let (width, height) = draft.order.kind.size_mm();
    let accent = sheet.look.accent;
    sheet.canvas.fill(Area::new(0.0, 0.0, width, 1.2), accent, 0.7);
    background::rosette(&mut sheet.canvas, (width - 15.0, 26.0), 11.0, (accent, 0.4));
    let style = TextStyle::new(sheet.look.title_face, 5.0, accent);
    let title = match draft.template() {
        0 => "VISA · UTOPIA",
        1 => "Utopia  Visum",
        _ => "签证 VISA UTOPIA",
    };
    sheet.canvas.text(&style, 5.0, 8.4, title);
    sheet.mark(width - 38.0, 7.6, 3.2);
    // A visa need not carry a portrait: the last template has none.
    if draft.template() == 2 {
        print(&mut sheet, draft, SETTING, &WITHOUT_PORTRAIT);
    } else {
        let portrait_height = if large { 38.0 } else { 36.0 };
        sheet.portrait(Area::new(5.0, 12.0, 28.0, portrait_height));
        print(&mut sheet, draft, SETTING, &WITH_PORTRAIT);
    }
    let paper = sheet.look.paper[1];
    sheet.canvas.fill(Area::new(0.0, height - 23.2, width, 23.2), paper, 0.5);
    let format = if large { MrzFormat::MrvA } else { MrzFormat::MrvB };
    let left = if large { 4.1 } else { 6.0 };
    sheet.mrz(format, left, &[height - 14.0, height - 7.65]);
    sheet.finish()
}

const WITH_PORTRAIT: [Place; 10] = [
    at(Slot::Fixed("C"), "Type / Type", 37.0, 14.0, 12.0),
    at(Slot::Field(Field::DocumentNumber), "Visa No. / No. du visa", 52.0, 14.0, 32.0),
    at(Slot::Field(Field::Surname), "Surname / Nom", 37.0, 21.0, 46.0),
    at(Slot::Field(Field::GivenNames), "Given names / Prénoms", 37.0, 28.0, 46.0),
    at(Slot::Field(Field::BirthDate), "Date of birth / Né(e) le", 37.0, 35.0, 31.0),
    at(Slot::Field(Field::Sex), "Sex / Sexe", 70.0, 35.0, 9.0),
    at(Slot::Field(Field::Nationality), "Nationality / Nationalité", 80.0, 35.0, 22.0),
    at(Slot::Field(Field::IssueDate), "Valid from / Du", 37.0, 42.0, 31.0),
    at(Slot::Field(Field::ExpiryDate), "Until / Au", 70.0, 42.0, 31.0),
    at(Slot::Fixed("MULT"), "Entries / Entrées", 86.0, 14.0, 14.0),
];

const WITHOUT_PORTRAIT: [Place; 9] = [
    at(Slot::Field(Field::DocumentNumber), "签证号码 / Visa No.", 6.0, 14.0, 34.0),
    at(Slot::Fixed("01"), "入境次数 / Entries", 46.0, 14.0, 24.0),
    at(Slot::Field(Field::Surname), "姓 / Surname", 6.0, 21.0, 60.0),
    at(Slot::Field(Field::GivenNames), "名 / Given names", 6.0, 28.0, 60.0),
    at(Slot::Field(Field::BirthDate), "出生日期 / Date of birth", 6.0, 35.0, 35.0),
    at(Slot::Field(Field::Sex), "性别 / Sex", 46.0, 35.0, 12.0),
    at(Slot::Field(Field::Nationality), "国籍 / Nationality", 62.0, 35.0, 22.0),
    at(Slot::Field(Field::IssueDate), "签发日期 / Issue date", 6.0, 42.0, 35.0),
    at(Slot::Field(Field::ExpiryDate), "入境前有效 / Enter before", 46.0, 42.0, 36.0),
];
