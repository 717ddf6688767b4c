//! The printed zone of passports, cards and licences: what stands beside or
//! below its label, and what the machine-readable zone says to look for.

mod candidates;
mod issued;
mod labelled;
mod labels;
mod near;
mod numbered;
mod plausible;
mod row;
mod unclaimed;
mod value;

use domain::field::{Field, Fields, Source};
use jiff::civil::Date;

pub use labelled::labelled;
pub use near::near;
pub use numbered::numbered;
pub use plausible::plausible;
pub use unclaimed::unclaimed;

use crate::page::Page;

/// Everything that the printed zone says, each value as printed.
///
/// `zone` is what a machine-readable zone on the same side says. A printed
/// value that agrees with it goes before the one that a label points to: labels
/// are small print, often unread or misplaced. A field that only a label gives
/// may contradict the zone; telling so is a check's work. `as_of` decides the
/// century of two-digit years.
pub fn read(page: &Page, zone: Option<&Fields>, as_of: Date) -> Fields {
    let mut fields = labelled(page, as_of);
    fields.0.extend(numbered(page, as_of).0);
    if let Some(zone) = zone {
        fields.0.extend(near(page, zone, as_of).0);
    }
    if let Some(zone) = zone
        && let Some((day, confidence)) = issued::unlabelled(page, (&fields, zone), as_of)
    {
        fields.set(Field::IssueDate, day, Source::Printed, confidence);
    }
    for (field, reading) in &mut fields.0 {
        match field {
            Field::Address => {
                reading.value = value::spaced(&value::without_noughts(&reading.value));
            }
            Field::IssuingAuthority => reading.value = value::without_noughts(&reading.value),
            _ => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests;
