//! What a spot of light, or a thing that lies over the document, hides.

use domain::evidence::{Measurement, Quality, Region};
use domain::field::{Field, Fields};
use imaging::geometry::{Point, Rect};
use imaging::quality::Mask;

use super::Subject;
use super::sheet::Sheet;

/// What is printed on a document, in pixels of its sheet.
pub(super) struct Printed {
    lines: Vec<(Rect, Option<Field>)>,
    portrait: Option<Rect>,
    /// Fields that must be there and were not read.
    unread: Vec<Field>,
}

/// How much of something a spot hides.
struct Hidden {
    share: f32,
    field: Option<Field>,
}

impl Printed {
    /// What is printed on the document of `subject`.
    pub fn on(sheet: &Sheet, subject: &Subject) -> Self {
        let place =
            |(quad, text): &(_, String)| (sheet.bounds_of(quad), field_of(text, subject.printed));
        Self {
            lines: subject.lines.iter().map(place).collect(),
            portrait: sheet.portrait,
            unread: subject.unread(),
        }
    }

    /// The most that `spot` hides; `None` when that is nothing.
    fn worst_under(&self, spot: &Mask) -> Option<Hidden> {
        if shows_print(spot, &self.lines) {
            return None;
        }
        let lines = self.lines.iter().map(|(line, field)| {
            let share = hidden_share(spot, *line);
            Hidden { share, field: *field }
        });
        let portrait = self.portrait.map(|face| Hidden { share: spot.share_of(face), field: None });
        let unread = self.could_hide_a_field(spot).then(|| self.unread.first().copied()).flatten();
        let unread = unread.map(|field| Hidden { share: 1.0, field: Some(field) });
        let all = lines.chain(portrait).chain(unread).filter(|hidden| hidden.share > 0.0);
        all.max_by(|a, b| {
            a.share.total_cmp(&b.share).then(a.field.is_some().cmp(&b.field.is_some()))
        })
    }

    /// Whether a short value, such as a date, has room under the spot.
    fn could_hide_a_field(&self, spot: &Mask) -> bool {
        const CHARACTERS: f32 = 3.0;
        let mut heights: Vec<f32> = self.lines.iter().map(|(line, _)| line.height).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        spot.bounds().is_some_and(|b| b.width >= CHARACTERS * height && b.height >= 0.7 * height)
    }
}

/// A line under a spot is recognised up to the spot, which then fills the room
/// of a character or two before or after what was recognised.
fn hidden_share(spot: &Mask, line: Rect) -> f32 {
    let room = 1.5 * line.height;
    // The recognised end may reach a little into the spot.
    let (inner, top, height) = (0.4 * line.height, line.y + 0.2 * line.height, 0.6 * line.height);
    let before = Rect::new(line.x + inner - room, top, room, height);
    let after = Rect::new(line.x + line.width - inner, top, room, height);
    spot.share_of(before).max(spot.share_of(after))
}

/// Whether a line was recognised that lies on the spot from its first third to
/// its last: then the spot is white paper, or light so weak that it hides nothing.
fn shows_print(spot: &Mask, lines: &[(Rect, Option<Field>)]) -> bool {
    const MOSTLY: f32 = 0.35;
    lines.iter().any(|(line, _)| {
        let third = line.width / 3.0;
        let around = |x| Rect::new(x, line.y - 0.3 * line.height, third, 1.6 * line.height);
        let ends = [around(line.x), around(line.x + 2.0 * third)];
        third > line.height && ends.iter().all(|end| spot.share_of(*end) > MOSTLY)
    })
}

/// The field whose value the text holds.
fn field_of(text: &str, fields: &Fields) -> Option<Field> {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let line = squeezed(text);
    let found = fields.0.iter().find(|(field, reading)| {
        let value = squeezed(&reading.value);
        if matches!(field, Field::BirthDate | Field::IssueDate | Field::ExpiryDate) {
            // Printed dates have many forms; all have the year's last two figures and the day.
            let (year, day) = (value.get(2..4), value.get(6..8));
            return year.zip(day).is_some_and(|(y, d)| line.contains(y) && line.contains(d));
        }
        value.chars().count() >= 2 && line.contains(&value)
    });
    found.map(|(field, _)| *field)
}

/// One measurement for each spot that hides something, the worst first, or
/// one of 0 when none does.
pub(super) fn measurements(
    quality: Quality,
    spots: &[Mask],
    printed: &Printed,
    region: impl Fn(&[Point]) -> Region,
) -> Vec<Measurement> {
    let mut found: Vec<Measurement> = spots
        .iter()
        .filter_map(|spot| {
            let hidden = printed.worst_under(spot)?;
            Some(Measurement {
                quality,
                value: f64::from(hidden.share),
                region: Some(region(&spot.outline())),
                field: hidden.field,
            })
        })
        .collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    if found.is_empty() {
        found.push(Measurement { quality, value: 0.0, region: None, field: None });
    }
    found
}
