//! What a spot of light, or a thing that lies over the document, hides.

use std::collections::BTreeSet;

use domain::evidence::{Measurement, Quality, Region};
use domain::field::{Field, Fields};
use imaging::geometry::{Point, Rect};
use imaging::quality::Mask;
use jiff::civil::Date;
use matching::dates::{DateContext, DateKind, NumericOrder, PartialDate, parse_printed};

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
    /// Whether it holds the value of no field.
    unclaimed: bool,
    /// What is lost when a part of it is hidden: fields, or something that is none.
    loses: Vec<Option<Field>>,
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
            let mut holds: Vec<Option<Field>> =
                fields_in(text, subject.printed).map(Some).collect();
            let unclaimed = holds.is_empty();
            if unclaimed {
                holds.push(None);
            }
            holds.retain(|field| subject.needs(text, *field));
            let characters = text.chars().filter(|c| !c.is_whitespace()).count();
            Line { place: sheet.bounds_of(quad), characters, unclaimed, loses: holds }
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

    /// What `spot` hides, each field once, what it hides most of first.
    fn under(&self, spot: &Mask) -> Vec<Hidden> {
        if self.shown_on(spot) {
            return Vec::new();
        }
        let lines = self.lines.iter().flat_map(|line| {
            let lost = line.loses.iter();
            lost.map(|field| Hidden { share: hidden_share(spot, line.place), field: *field })
        });
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
        let all = lines.chain(portrait).chain(unread).chain(name);
        let mut all: Vec<Hidden> = all.filter(|hidden| hidden.share > 0.0).collect();
        let named = |hidden: &Hidden| hidden.field.is_some();
        all.sort_by(|a, b| b.share.total_cmp(&a.share).then(named(b).cmp(&named(a))));
        let mut told = BTreeSet::new();
        all.retain(|hidden| told.insert(hidden.field));
        all
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
        let rest = || self.lines.iter().any(|line| line.unclaimed && ends_at(line.place, b));
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

/// The fields whose values the text holds: a period is two.
fn fields_in<'f>(text: &'f str, fields: &'f Fields) -> impl Iterator<Item = Field> + 'f {
    fields.0.keys().copied().filter(|field| shows(text, *field, fields))
}

/// Whether the text holds the value of `field`.
pub(crate) fn shows(text: &str, field: Field, fields: &Fields) -> bool {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let Some(value) = fields.value(field) else { return false };
    let dated = matches!(field, Field::BirthDate | Field::IssueDate | Field::ExpiryDate);
    if let Some(day) = value.parse::<Date>().ok().filter(|_| dated) {
        return shows_day(text, day);
    }
    let value = squeezed(value);
    value.chars().count() >= 2 && squeezed(text).contains(&value)
}

/// Whether some words of the text print `day`, in whatever form.
fn shows_day(text: &str, day: Date) -> bool {
    // Figures that every form has: most lines lack them.
    let (year, date) = (format!("{:02}", day.year() % 100), day.day().to_string());
    if !(text.contains(&year) && text.contains(&date)) {
        return false;
    }
    // Where figures begin or end in the text: a date lies from one to another.
    let figure = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let edge = |at: &usize| figure(*at) != at.checked_sub(1).is_some_and(figure);
    let edges: Vec<usize> = (0..=text.len()).filter(edge).collect();
    let orders = [NumericOrder::DayFirst, NumericOrder::MonthFirst, NumericOrder::YearFirst];
    let prints = |part: &str| {
        orders.into_iter().any(|order| {
            // On the day itself a year of two figures is of the right century.
            let context = DateContext { kind: DateKind::Issue, as_of: day, order };
            parse_printed(part, context).and_then(PartialDate::exact) == Some(day)
        })
    };
    // Up to three groups of figures, and after the last the sign that may follow it.
    let starts = edges.iter().enumerate().step_by(2);
    starts.into_iter().any(|(first, from)| {
        let ends = [1, 3, 5].into_iter().filter_map(|ahead| edges.get(first + ahead));
        ends.into_iter().any(|to| {
            let signed =
                text[*to..].trim_start().chars().next().filter(|c| matches!(c, '日' | '일'));
            prints(&format!("{}{}", &text[*from..*to], signed.map_or(String::new(), String::from)))
        })
    })
}

/// One measurement for each field and each spot that hides it, or hides something else, the worst
/// first, or one of 0 when none does.
pub(super) fn measurements(
    quality: Quality,
    spots: &[Mask],
    printed: &Printed,
    region: impl Fn(&[Point]) -> Region,
) -> Vec<Measurement> {
    let of_spot = |spot: &Mask| -> Vec<Measurement> {
        let hidden = printed.under(spot);
        if hidden.is_empty() {
            return Vec::new();
        }
        let place = region(&spot.outline());
        let measured = |hidden: Hidden| Measurement {
            quality,
            value: f64::from(hidden.share),
            region: Some(place.clone()),
            field: hidden.field,
        };
        hidden.into_iter().map(measured).collect()
    };
    let mut found: Vec<Measurement> = spots.iter().flat_map(of_spot).collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    if found.is_empty() {
        found.push(Measurement { quality, value: 0.0, region: None, field: None });
    }
    found
}

#[cfg(test)]
mod tests {
    use domain::field::Source;

    use super::*;

    #[test]
    fn a_line_shows_a_date_only_where_all_of_it_is_printed() {
        let mut fields = Fields::default();
        fields.set(Field::BirthDate, "1990-01-05", Source::Printed, 0.9);
        fields.set(Field::ExpiryDate, "long_term", Source::Printed, 0.9);
        fields.set(Field::DocumentNumber, "20200101", Source::Printed, 0.9);
        let cases = [
            ("05 JAN 1990", Field::BirthDate, true),
            ("3. 05.01.90 UTOPIA", Field::BirthDate, true),
            ("05 JAN / JAN 1990", Field::BirthDate, true),
            ("1990年1月5日", Field::BirthDate, true),
            ("3 DOB 01/05/1990", Field::BirthDate, true),
            ("12 ROSE ST 05090", Field::BirthDate, false),
            ("05.03.1990", Field::BirthDate, false),
            ("05 JAN 1991", Field::BirthDate, false),
            ("1985.02.03-1990.01.05", Field::BirthDate, true),
            ("1990-01-05至2000-01-05", Field::BirthDate, true),
            ("3.05.01.1990", Field::BirthDate, true),
            ("4b.05.01.1990", Field::BirthDate, true),
            ("1990 年 1 月 5 日", Field::BirthDate, true),
            ("05011990", Field::BirthDate, true),
            ("No. 20200101", Field::DocumentNumber, true),
            ("01 JAN 2020", Field::DocumentNumber, false),
        ];
        for (text, field, expected) in cases {
            assert_eq!(shows(text, field, &fields), expected, "{text}");
        }
    }

    #[test]
    fn a_period_holds_both_of_its_days() {
        let mut fields = Fields::default();
        fields.set(Field::IssueDate, "2019-03-12", Source::Printed, 0.9);
        fields.set(Field::ExpiryDate, "2029-03-12", Source::Printed, 0.9);
        let held = |text| fields_in(text, &fields).collect::<Vec<_>>();
        assert_eq!(held("2019.03.12-2029.03.12"), [Field::IssueDate, Field::ExpiryDate]);
        assert_eq!(held("4b. 12.03.2029"), [Field::ExpiryDate]);
    }
}
