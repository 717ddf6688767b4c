//! Layouts of labelled fields, as tables of places.

use super::look::Look;
use super::sheet::{Line, Sheet};
use super::{Content, Draft};
use crate::canvas::TextStyle;
use crate::fonts::Typeface;
use crate::kind::{Field, Kind};

/// What a slot prints.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    Field(Field),
    /// Surname, comma and given names in Chinese and Latin, as one line each.
    TypeCode,
    BirthPlace,
    PersonalNumber,
    Fixed(&'static str),
}

/// A labelled value: label baseline at (`x`, `y`), value below it or after it.
pub(super) struct Place {
    pub slot: Slot,
    pub label: &'static str,
    pub x: f32,
    pub y: f32,
    pub room: f32,
}

pub(super) const fn at(slot: Slot, label: &'static str, x: f32, y: f32, room: f32) -> Place {
    Place { slot, label, x, y, room }
}

/// Where the value stands: this far from the start of its label.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub label_size: f32,
    pub value_size: f32,
    pub value_dx: f32,
    pub value_dy: f32,
}

/// Prints every place of the table.
pub(super) fn print(sheet: &mut Sheet, draft: &Draft, setting: Setting, places: &[Place]) {
    let label = TextStyle::new(sheet.look.label_face, setting.label_size, sheet.look.label);
    let value = TextStyle::new(sheet.look.value_face, setting.value_size, sheet.look.value);
    for place in places {
        let Some((printed, truth)) = said(draft, &sheet.look, place.slot) else {
            continue;
        };
        sheet.canvas.text_within(&label, (place.x, place.y), place.room, place.label);
        let text_at = (place.x + setting.value_dx, place.y + setting.value_dy);
        let room = place.room - setting.value_dx;
        let style = if printed.is_ascii() || sheet.look.value_face != Typeface::OcrB {
            value
        } else {
            TextStyle { face: Typeface::Sans, ..value }
        };
        match truth {
            Some((field, truth)) => {
                let line = Line { text: &printed, at: text_at, room };
                sheet.field(field, &style, &line, &truth);
            }
            None => {
                sheet.canvas.text_within(&style, text_at, room, &printed);
            }
        }
    }
}

/// The text of a slot and, for a field of the ground truth, its name and value;
/// `None` where this document has nothing to say there.
fn said(draft: &Draft, look: &Look, slot: Slot) -> Option<(String, Option<(Field, String)>)> {
    let content = draft.content;
    let text = match slot {
        Slot::Field(field) => {
            let (printed, value) = field_text(content, look, field);
            return (!printed.is_empty()).then_some((printed, Some((field, value))));
        }
        Slot::TypeCode => match content.kind {
            Kind::Passport => "P",
            Kind::VisaA | Kind::VisaB => "V",
            _ => "I",
        }
        .to_owned(),
        Slot::BirthPlace => cased(look, &content.person.birth_place),
        Slot::PersonalNumber => content.personal_number.clone(),
        Slot::Fixed(text) => text.to_owned(),
    };
    (!text.is_empty()).then_some((text, None))
}

/// How this look prints `field`, and the value that a reader should give.
fn field_text(content: &Content, look: &Look, field: Field) -> (String, String) {
    let value = content.value(field);
    let printed = match field {
        Field::BirthDate => look.dates[0].print(content.person.birth_date),
        Field::IssueDate => look.dates[0].print(content.issue_date),
        Field::ExpiryDate => {
            content.expiry_date.map(|date| look.dates[0].print(date)).unwrap_or_default()
        }
        Field::Nationality if look.capitals => "UTOPIAN".to_owned(),
        Field::Surname
        | Field::GivenNames
        | Field::FullName
        | Field::IssuingAuthority
        | Field::Address => {
            let printed = cased(look, &value);
            return (printed.clone(), printed);
        }
        _ => value.clone(),
    };
    (printed, value)
}

fn cased(look: &Look, text: &str) -> String {
    if look.capitals { text.to_uppercase() } else { text.to_owned() }
}
