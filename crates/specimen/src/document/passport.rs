//! The passport data page (ICAO 9303-4).

use super::layout::{Place, Setting, Slot, at, print};
use super::sheet::Sheet;
use super::{Draft, Side, background};
use crate::canvas::{Area, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field, MrzFormat};

/// Baselines of the two lines: 23.2 mm of zone at the foot, lines a quarter inch apart.
const BASELINES: [f32; 2] = [73.9, 80.25];

pub(super) fn data_page(draft: &Draft) -> Side {
    let mut sheet = Sheet::new(draft, Face::Front);
    match draft.template() {
        0 => classic(&mut sheet, draft),
        1 => airy(&mut sheet, draft),
        _ => bilingual(&mut sheet, draft),
    }
    let paper = sheet.look.paper[1];
    sheet.canvas.fill(Area::new(0.0, 64.8, 125.0, 23.2), paper, 0.55);
    sheet.mrz(MrzFormat::Td3, 6.0, &BASELINES);
    sheet.finish()
}

fn title(sheet: &mut Sheet, face: Typeface, size: f32, x: f32, text: (f32, &str)) {
    let style = TextStyle::new(face, size, sheet.look.accent);
    sheet.canvas.text(&style, x, text.0, text.1);
}

fn classic(sheet: &mut Sheet, draft: &Draft) {
    const PLACES: [Place; 13] = [
        at(Slot::TypeCode, "Type / Type", 43.0, 14.0, 14.0),
        at(Slot::Field(Field::IssuingCountry), "Code of State / Code de l'État", 58.0, 14.0, 26.0),
        at(Slot::Field(Field::DocumentNumber), "Passport No. / No. du passeport", 88.0, 14.0, 33.0),
        at(Slot::Field(Field::Surname), "Surname / Nom", 43.0, 21.2, 56.0),
        at(Slot::Field(Field::GivenNames), "Given names / Prénoms", 43.0, 28.4, 56.0),
        at(Slot::Field(Field::Nationality), "Nationality / Nationalité", 43.0, 35.6, 26.0),
        at(Slot::PersonalNumber, "Personal No. / No. personnel", 71.0, 35.6, 30.0),
        at(Slot::Field(Field::BirthDate), "Date of birth / Date de naissance", 43.0, 42.8, 32.0),
        at(Slot::Field(Field::Sex), "Sex / Sexe", 77.0, 42.8, 14.0),
        at(Slot::BirthPlace, "Place of birth / Lieu de naissance", 43.0, 50.0, 32.0),
        at(Slot::Field(Field::IssueDate), "Date of issue / Date de délivrance", 77.0, 50.0, 27.0),
        at(Slot::Field(Field::IssuingAuthority), "Authority / Autorité", 43.0, 57.2, 33.0),
        at(Slot::Field(Field::ExpiryDate), "Date of expiry / Date d'expiration", 77.0, 57.2, 27.0),
    ];
    const SETTING: Setting =
        Setting { label_size: 1.75, value_size: 3.0, value_dx: 0.0, value_dy: 3.5 };
    let accent = sheet.look.accent;
    sheet.canvas.fill(Area::new(0.0, 0.0, 125.0, 9.6), accent, 0.16);
    title(sheet, Typeface::SansBold, 4.4, 5.0, (6.6, "PASSPORT"));
    title(sheet, Typeface::Sans, 2.6, 34.0, (6.4, "PASSEPORT"));
    title(sheet, Typeface::SerifBold, 4.8, 92.0, (6.7, "UTOPIA"));
    background::rosette(&mut sheet.canvas, (112.0, 30.0), 9.0, (accent, 0.35));
    sheet.portrait(Area::new(5.0, 12.2, 34.0, 43.7));
    sheet.ghost(Area::new(105.5, 40.0, 15.0, 19.3));
    sheet.mark(6.4, 61.6, 3.3);
    print(sheet, draft, SETTING, &PLACES);
    sheet.signature(103.0, 63.2, 16.0);
}

fn airy(sheet: &mut Sheet, draft: &Draft) {
    const PLACES: [Place; 13] = [
        at(Slot::Field(Field::Surname), "1. Name · Surname", 45.0, 19.4, 50.0),
        at(Slot::Field(Field::GivenNames), "2. Vornamen · Given names", 45.0, 26.4, 50.0),
        at(Slot::Field(Field::BirthDate), "3. Geburtsdatum · Date of birth", 45.0, 33.4, 28.0),
        at(Slot::BirthPlace, "4. Geburtsort · Place of birth", 76.0, 33.4, 28.0),
        at(Slot::Field(Field::Sex), "5. Geschlecht · Sex", 45.0, 40.4, 22.0),
        at(
            Slot::Field(Field::Nationality),
            "6. Staatsangehörigkeit · Nationality",
            76.0,
            40.4,
            28.0,
        ),
        at(Slot::Field(Field::IssueDate), "7. Ausstellungsdatum · Date of issue", 45.0, 47.4, 29.0),
        at(Slot::Field(Field::ExpiryDate), "8. Gültig bis · Date of expiry", 76.0, 47.4, 28.0),
        at(Slot::Field(Field::IssuingAuthority), "9. Behörde · Authority", 45.0, 54.4, 44.0),
        at(Slot::PersonalNumber, "10. Personennummer · Personal No.", 45.0, 61.0, 30.0),
        at(Slot::Field(Field::DocumentNumber), "Pass-Nr. · Passport No.", 96.0, 12.6, 25.0),
        at(Slot::TypeCode, "Typ · Type", 45.0, 12.6, 14.0),
        at(Slot::Field(Field::IssuingCountry), "Kode · Code", 62.0, 12.6, 18.0),
    ];
    const SETTING: Setting =
        Setting { label_size: 1.7, value_size: 3.1, value_dx: 0.0, value_dy: 3.3 };
    title(sheet, Typeface::SerifBold, 5.2, 6.0, (8.2, "Utopia"));
    title(sheet, Typeface::Serif, 3.2, 27.0, (8.0, "REISEPASS · PASSPORT"));
    sheet.portrait(Area::new(6.0, 13.0, 35.0, 45.0));
    sheet.ghost(Area::new(106.0, 38.0, 14.0, 18.0));
    sheet.mark(85.0, 8.0, 3.5);
    print(sheet, draft, SETTING, &PLACES);
    sheet.signature(92.0, 61.0, 22.0);
}

fn bilingual(sheet: &mut Sheet, draft: &Draft) {
    const PLACES: [Place; 13] = [
        at(Slot::TypeCode, "类型/Type", 42.0, 15.0, 12.0),
        at(Slot::Field(Field::IssuingCountry), "国家码/Country Code", 56.0, 15.0, 22.0),
        at(Slot::Field(Field::DocumentNumber), "护照号码/Passport No.", 84.0, 15.0, 34.0),
        at(Slot::Field(Field::FullNameNative), "姓名/Name", 42.0, 22.0, 20.0),
        at(Slot::Field(Field::Surname), "姓/Surname", 64.0, 22.0, 38.0),
        at(Slot::Field(Field::GivenNames), "名/Given names", 42.0, 29.0, 60.0),
        at(Slot::Field(Field::Sex), "性别/Sex", 42.0, 36.0, 12.0),
        at(Slot::Field(Field::Nationality), "国籍/Nationality", 56.0, 36.0, 24.0),
        at(Slot::Field(Field::BirthDate), "出生日期/Date of birth", 42.0, 43.0, 36.0),
        at(Slot::BirthPlace, "出生地点/Place of birth", 80.0, 43.0, 24.0),
        at(Slot::Field(Field::IssueDate), "签发日期/Date of issue", 42.0, 50.0, 36.0),
        at(Slot::Field(Field::IssuingAuthority), "签发机关/Authority", 80.0, 50.0, 40.0),
        at(Slot::Field(Field::ExpiryDate), "有效期至/Date of expiry", 42.0, 57.0, 36.0),
    ];
    const SETTING: Setting =
        Setting { label_size: 1.9, value_size: 3.0, value_dx: 0.0, value_dy: 3.5 };
    title(sheet, Typeface::HanBold, 5.2, 6.0, (8.0, "护照"));
    title(sheet, Typeface::SansBold, 3.6, 18.0, (7.8, "PASSPORT"));
    title(sheet, Typeface::SansBold, 3.6, 100.0, (7.8, "UTOPIA"));
    let accent = sheet.look.accent;
    sheet.canvas.fill(Area::new(5.0, 10.4, 115.0, 0.35), accent, 0.8);
    sheet.portrait(Area::new(5.0, 13.6, 33.0, 44.0));
    sheet.ghost(Area::new(106.5, 19.0, 13.5, 17.4));
    sheet.mark(54.0, 8.0, 3.3);
    print(sheet, draft, SETTING, &PLACES);
    sheet.signature(84.0, 61.0, 20.0);
}
