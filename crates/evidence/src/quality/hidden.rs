//! What a spot of light, or a thing that lies over the document, hides.

use domain::evidence::{Measurement, Quality, Region};
use domain::field::{Field, Fields};
use imaging::geometry::{Point, Rect};
use imaging::quality::Mask;

use super::Subject;
use super::sheet::Sheet;

/// What is printed on a document, in pixels of its sheet.
pub(super) struct Printed {
    lines: Vec<Line>,
    portrait: Option<Rect>,
    /// Whether a portrait must be there and none was found.
    portrait_missing: bool,
    /// Whether nothing is known of such documents.
    unknown: bool,
    /// Fields that must be there and were not read.
    unread: Vec<Field>,
    /// Median height of the lines.
    height: f32,
}

/// A recognised line.
struct Line {
    place: Rect,
    /// Characters that were recognised, without spaces.
    characters: usize,
    /// The field whose value it holds.
    field: Option<Field>,
    /// Whether something is lost when a part of it is hidden.
    needed: bool,
}

/// A spot of this share of the document hides a face, which is then not found: on a
/// passport page a streak of 16 mm, the least that hid one of 56 portraits (looks 0 and
/// 1, seeds from 806,000).
const FACE: f32 = 0.003;

/// At most so much of a face is hidden that was found all the same. A guess.
const FOUND: f32 = 0.9;

/// What takes this share of a document of no known kind may hide what would name it: a
/// third of its title's row. A guess.
const NAME: f32 = 0.05;

/// And this one where no face was found either: larger than a reflection that lies beside
/// all print of a card, up to 9 mm long.
const NAME_OR_FACE: f32 = 0.012;

/// How much of something a spot hides.
struct Hidden {
    share: f32,
    field: Option<Field>,
}

impl Printed {
    /// What is printed on the document of `subject`.
    pub fn on(sheet: &Sheet, subject: &Subject) -> Self {
        let lines = subject.lines.iter().map(|(quad, text)| {
            let field = field_of(text, subject.printed);
            let needed = subject.needs(text, field);
            let characters = text.chars().filter(|c| !c.is_whitespace()).count();
            Line { place: sheet.bounds_of(quad), characters, field, needed }
        });
        let lines: Vec<Line> = lines.collect();
        let portrait_missing = sheet.portrait.is_none() && subject.bears_portrait();
        let mut heights: Vec<f32> =
            subject.lines.iter().map(|(quad, _)| sheet.on_sheet(quad).height()).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        let (unknown, unread) = (subject.known.is_none(), subject.unread());
        Self { lines, portrait: sheet.portrait, portrait_missing, unknown, unread, height }
    }

    /// The most that `spot` hides; `None` when that is nothing.
    fn worst_under(&self, spot: &Mask) -> Option<Hidden> {
        if self.shown_on(spot) {
            return None;
        }
        let needed = self.lines.iter().filter(|line| line.needed);
        let lines =
            needed.map(|line| Hidden { share: hidden_share(spot, line.place), field: line.field });
        let portrait = self.portrait.map(|face| Hidden { share: spot.share_of(face), field: None });
        // Of a face that was found something shows: a spot all over it is the portrait itself.
        let portrait = portrait.filter(|face| face.share <= FOUND);
        let unread = self.unread.first().filter(|_| self.could_hide_a_field(spot));
        let unread = unread.map(|field| Hidden { share: 1.0, field: Some(*field) });
        let face_lost = self.portrait_missing && spot.share() >= FACE;
        let portrait = portrait.or(face_lost.then_some(Hidden { share: 1.0, field: None }));
        let name = if self.portrait.is_some() { NAME } else { NAME_OR_FACE };
        let name_lost = self.unknown && spot.share() >= name;
        let name = name_lost.then_some(Hidden { share: 1.0, field: None });
        let all =
            lines.chain(portrait).chain(unread).chain(name).filter(|hidden| hidden.share > 0.0);
        let named = |hidden: &Hidden| hidden.field.is_some();
        all.max_by(|a, b| a.share.total_cmp(&b.share).then(named(a).cmp(&named(b))))
    }

    /// Whether a short value has room under the spot, or a part of one, three characters
    /// of it, whose rest is recognised beside the spot and is no other field's value.
    ///
    /// Where one required field was taken from what was read of 48 specimens with a
    /// reflection of 5 to 9 mm beside all print, 2 are said to hide it and 16 were without
    /// the rest; of 32 with one of 14 to 36 mm over a field all are (looks 0 and 1, seeds
    /// from 865,000).
    fn could_hide_a_field(&self, spot: &Mask) -> bool {
        const VALUE: f32 = 4.0;
        const PART: f32 = 2.0;
        let Some(b) = spot.bounds() else { return false };
        let rest = || self.lines.iter().any(|line| line.field.is_none() && ends_at(line.place, b));
        let wide = |least: f32| b.width >= least * self.height;
        b.height >= 0.7 * self.height && (wide(VALUE) || wide(PART) && rest())
    }

    /// Whether a line was recognised that lies on the spot from its first third
    /// to its last and is filled with characters: then the spot is white paper, or
    /// light so weak that it hides nothing. What shows at both sides of a spot
    /// alone is too few for the line's length.
    fn shown_on(&self, spot: &Mask) -> bool {
        const MOSTLY: f32 = 0.6;
        let filled = |line: &&Line| line.characters as f32 * line.place.height >= line.place.width;
        self.lines.iter().filter(filled).map(|line| line.place).any(|line| {
            let third = line.width / 3.0;
            let around = |x| Rect::new(x, line.y - 0.3 * line.height, third, 1.6 * line.height);
            let ends = [around(line.x), around(line.x + 2.0 * third)];
            third > line.height && ends.iter().all(|end| spot.share_of(*end) > MOSTLY)
        })
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

/// Whether a line lies in the row of a spot and reaches up to it or under it.
fn ends_at(line: Rect, spot: Rect) -> bool {
    let middle = line.y + 0.5 * line.height;
    let gap = (line.x - spot.x - spot.width).max(spot.x - line.x - line.width);
    (spot.y..spot.y + spot.height).contains(&middle) && gap <= 0.5 * line.height
}

/// The field whose value the text holds.
fn field_of(text: &str, fields: &Fields) -> Option<Field> {
    fields.0.keys().copied().find(|field| shows(text, *field, fields))
}

/// Whether the text holds the value of `field`.
pub(crate) fn shows(text: &str, field: Field, fields: &Fields) -> bool {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let Some(value) = fields.value(field).map(squeezed) else { return false };
    let line = squeezed(text);
    if matches!(field, Field::BirthDate | Field::IssueDate | Field::ExpiryDate) {
        // Printed dates have many forms; all have the year's last two figures and the day.
        let (year, day) = (value.get(2..4), value.get(6..8));
        return year.zip(day).is_some_and(|(y, d)| line.contains(y) && line.contains(d));
    }
    value.chars().count() >= 2 && line.contains(&value)
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
