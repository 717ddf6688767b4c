//! Identity cards with a machine-readable zone (ICAO 9303-5 and -6).

use image::Rgb;

use super::layout::{Place, Setting, Slot, at, print};
use super::sheet::Sheet;
use super::{Draft, Side, background};
use crate::canvas::{Area, TextStyle};
use crate::kind::{Face, Field, MrzFormat};

const TD1_BASELINES: [f32; 3] = [39.3, 44.2, 49.1];
const TD2_BASELINES: [f32; 2] = [60.6, 66.9];

pub(super) fn td1_front(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    let accent = sheet.look.accent;
    match draft.template() {
        0 => {
            sheet.canvas.fill(Area::new(0.0, 0.0, 85.6, 8.6), accent, 0.18);
            heading(&mut sheet, (4.0, 6.2), 3.7, "UTOPIA");
            heading(&mut sheet, (25.0, 4.6), 2.2, "IDENTITY CARD / CARTE D'IDENTITÉ");
            sheet.portrait(Area::new(4.0, 11.0, 24.5, 31.5));
            sheet.mark(4.8, 49.6, 2.3);
            print(&mut sheet, draft, TD1_SETTING, &TD1_CLASSIC);
            sheet.signature(62.0, 48.0, 16.0);
        }
        1 => {
            heading(&mut sheet, (30.0, 6.0), 3.4, "Utopia");
            heading(&mut sheet, (44.0, 6.0), 2.4, "Personalausweis · Identity card");
            sheet.portrait(Area::new(3.5, 3.5, 23.5, 31.0));
            chip(&mut sheet, Area::new(7.0, 37.5, 11.5, 10.0));
            sheet.mark(56.0, 49.4, 2.3);
            print(&mut sheet, draft, TD1_SETTING, &TD1_PLAIN);
        }
        _ => {
            sheet.canvas.fill(Area::new(0.0, 45.5, 85.6, 8.5), accent, 0.22);
            heading(&mut sheet, (4.0, 6.4), 3.6, "UTOPIA · ID");
            sheet.portrait(Area::new(57.5, 9.0, 24.0, 32.0));
            sheet.ghost(Area::new(44.5, 30.2, 9.8, 12.8));
            sheet.mark(4.8, 50.9, 2.6);
            print(&mut sheet, draft, TD1_SETTING, &TD1_RIGHT);
        }
    }
    sheet.finish()
}

const TD1_SETTING: Setting =
    Setting { label_size: 1.55, value_size: 2.55, value_dx: 0.0, value_dy: 2.85 };

const TD1_CLASSIC: [Place; 7] = [
    at(Slot::Field(Field::Surname), "Surname / Nom", 32.0, 12.6, 50.0),
    at(Slot::Field(Field::GivenNames), "Given names / Prénoms", 32.0, 18.8, 50.0),
    at(Slot::Field(Field::Sex), "Sex / Sexe", 32.0, 25.0, 12.0),
    at(Slot::Field(Field::Nationality), "Nationality / Nationalité", 47.0, 25.0, 30.0),
    at(Slot::Field(Field::BirthDate), "Date of birth / Date de naissance", 32.0, 31.2, 40.0),
    at(Slot::Field(Field::ExpiryDate), "Date of expiry / Date d'expiration", 32.0, 37.4, 40.0),
    at(Slot::Field(Field::DocumentNumber), "Document No. / No. du document", 32.0, 43.6, 28.0),
];

const TD1_PLAIN: [Place; 7] = [
    at(Slot::Field(Field::DocumentNumber), "Ausweisnummer · Document No.", 56.0, 10.4, 26.0),
    at(Slot::Field(Field::Surname), "Name · Surname", 30.0, 16.6, 52.0),
    at(Slot::Field(Field::GivenNames), "Vornamen · Given names", 30.0, 22.8, 52.0),
    at(Slot::Field(Field::BirthDate), "Geburtstag · Date of birth", 30.0, 29.0, 25.0),
    at(Slot::Field(Field::Sex), "Geschlecht · Sex", 58.0, 29.0, 18.0),
    at(Slot::Field(Field::Nationality), "Staatsangehörigkeit · Nationality", 30.0, 35.2, 26.0),
    at(Slot::Field(Field::ExpiryDate), "Gültig bis · Date of expiry", 30.0, 41.4, 25.0),
];

const TD1_RIGHT: [Place; 7] = [
    at(Slot::Field(Field::Surname), "姓 / Surname", 4.5, 11.4, 50.0),
    at(Slot::Field(Field::GivenNames), "名 / Given names", 4.5, 17.6, 50.0),
    at(Slot::Field(Field::BirthDate), "出生日期 / Date of birth", 4.5, 23.8, 34.0),
    at(Slot::Field(Field::Sex), "性别 / Sex", 41.0, 23.8, 13.0),
    at(Slot::Field(Field::Nationality), "国籍 / Nationality", 4.5, 30.0, 30.0),
    at(Slot::Field(Field::DocumentNumber), "证件号码 / Document No.", 4.5, 36.2, 30.0),
    at(Slot::Field(Field::ExpiryDate), "有效期至 / Date of expiry", 4.5, 42.0, 34.0),
];

pub(super) fn td1_back(draft: &Draft) -> Side {
    const PLACES: [Place; 3] = [
        at(Slot::Field(Field::Address), "Address / Adresse", 5.0, 11.4, 62.0),
        at(Slot::Field(Field::IssuingAuthority), "Authority / Autorité", 5.0, 18.0, 52.0),
        at(Slot::Field(Field::IssueDate), "Date of issue / Date de délivrance", 5.0, 24.6, 34.0),
    ];
    let mut sheet = Sheet::new(draft, Face::Back);
    let accent = sheet.look.accent;
    background::rosette(&mut sheet.canvas, (73.0, 17.0), 9.0, (accent, 0.4));
    match draft.template() {
        0 => sheet.mark(5.0, 6.2, 2.7),
        1 => sheet.mark(50.0, 6.2, 2.7),
        _ => {
            chip(&mut sheet, Area::new(66.0, 11.0, 12.0, 10.5));
            sheet.mark(47.0, 28.6, 2.4);
        }
    }
    print(&mut sheet, draft, TD1_SETTING, &PLACES);
    let paper = sheet.look.paper[1];
    sheet.canvas.fill(Area::new(0.0, 33.4, 85.6, 20.6), paper, 0.5);
    sheet.mrz(MrzFormat::Td1, 4.7, &TD1_BASELINES);
    sheet.finish()
}

pub(super) fn td2(draft: &Draft) -> Side {
    const SETTING: Setting =
        Setting { label_size: 1.65, value_size: 2.85, value_dx: 0.0, value_dy: 3.2 };
    const PLACES: [Place; 9] = [
        at(Slot::Field(Field::DocumentNumber), "Document No. / No. du document", 39.0, 12.6, 32.0),
        at(Slot::Field(Field::IssuingCountry), "State / État", 78.0, 12.6, 14.0),
        at(Slot::Field(Field::Surname), "Surname / Nom", 39.0, 19.4, 46.0),
        at(Slot::Field(Field::GivenNames), "Given names / Prénoms", 39.0, 26.2, 46.0),
        at(Slot::Field(Field::BirthDate), "Date of birth / Date de naissance", 39.0, 33.0, 32.0),
        at(Slot::Field(Field::Sex), "Sex / Sexe", 73.0, 33.0, 10.0),
        at(Slot::Field(Field::Nationality), "Nationality / Nationalité", 39.0, 39.8, 26.0),
        at(Slot::Field(Field::ExpiryDate), "Date of expiry / Date d'expiration", 67.0, 39.8, 32.0),
        at(Slot::Field(Field::IssuingAuthority), "Authority / Autorité", 39.0, 46.6, 44.0),
    ];
    let mut sheet = Sheet::new(draft, Face::Front);
    let accent = sheet.look.accent;
    match draft.template() {
        0 => {
            sheet.canvas.fill(Area::new(0.0, 0.0, 105.0, 8.4), accent, 0.18);
            heading(&mut sheet, (5.0, 6.0), 4.0, "UTOPIA");
            heading(&mut sheet, (39.0, 5.8), 2.6, "IDENTITY CARD");
            sheet.mark(74.0, 5.6, 2.7);
        }
        1 => {
            heading(&mut sheet, (5.0, 7.0), 4.2, "Utopia");
            heading(&mut sheet, (26.0, 7.0), 2.6, "Residence card · Titre de séjour");
            sheet.mark(74.6, 6.8, 2.6);
        }
        _ => {
            sheet.canvas.fill(Area::new(0.0, 8.0, 105.0, 0.5), accent, 0.8);
            heading(&mut sheet, (5.0, 6.2), 3.4, "UTOPIA 身份证 IDENTITY CARD");
            sheet.mark(7.0, 53.2, 2.4);
        }
    }
    let height = if draft.template() == 2 { 38.0 } else { 40.0 };
    sheet.portrait(Area::new(5.0, 11.0, 30.0, height));
    sheet.ghost(Area::new(87.0, 17.0, 12.5, 16.0));
    print(&mut sheet, draft, SETTING, &PLACES);
    let paper = sheet.look.paper[1];
    sheet.canvas.fill(Area::new(0.0, 54.4, 105.0, 19.6), paper, 0.5);
    sheet.mrz(MrzFormat::Td2, 6.0, &TD2_BASELINES);
    sheet.finish()
}

fn heading(sheet: &mut Sheet, place: (f32, f32), size: f32, text: &str) {
    let style = TextStyle::new(sheet.look.title_face, size, sheet.look.accent);
    sheet.canvas.text(&style, place.0, place.1, text);
}

/// The contact plate of a chip.
fn chip(sheet: &mut Sheet, area: Area) {
    let (gold, groove) = (Rgb([206, 172, 96]), Rgb([130, 100, 44]));
    sheet.canvas.fill(area, gold, 1.0);
    sheet.canvas.frame(area, 0.2, groove, 0.8);
    for third in 1..3 {
        let y = area.y + area.height * third as f32 / 3.0;
        sheet.canvas.fill(Area::new(area.x, y, area.width * 0.35, 0.18), groove, 0.8);
        let right = area.x + area.width * 0.65;
        sheet.canvas.fill(Area::new(right, y, area.width * 0.35, 0.18), groove, 0.8);
    }
    let middle = Area::new(area.x + area.width * 0.35, area.y, area.width * 0.3, area.height);
    sheet.canvas.frame(middle, 0.18, groove, 0.8);
}
