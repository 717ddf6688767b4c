//! Values by the labels beside or above them.

use domain::field::{Field, Fields, Source};
use jiff::civil::Date;

use super::candidates::is_zone;
use super::labels::{self, Announced, Span, is_han};
use super::row::{self, Read};
use super::value::{self, Habits};
use crate::page::{Line, Page};

/// A value below its label is at most so many label heights away, the print
/// of values being up to twice as high as that of labels.
const BELOW: f32 = 2.2;

/// A value right of its label starts at most so many label heights after it.
const RIGHT: f32 = 10.0;

/// A label and its place on the page.
struct Label {
    span: Span,
    place: Line,
}

/// A page's labels, and the lines that are none.
struct Sheet<'a> {
    labels: Vec<Label>,
    values: Vec<&'a Line>,
}

/// A value that stands by a label.
struct Found<'a> {
    text: String,
    confidence: f32,
    /// Its line, where it is not the label's own.
    line: Option<&'a Line>,
}

impl<'a> Sheet<'a> {
    fn of(page: &'a Page) -> Self {
        let mut labels: Vec<Label> = Vec::new();
        let mut values: Vec<&Line> = Vec::new();
        for line in page.lines.iter().filter(|line| !is_zone(line)) {
            let spans = labels::find(line);
            if spans.is_empty() {
                values.push(line);
            }
            labels.extend(spans.into_iter().map(|span| {
                let place = line.part(span.start, span.end);
                Label { span, place }
            }));
        }
        let translated: Vec<bool> = labels
            .iter()
            .map(|label| labels.iter().any(|other| translates(label, other)))
            .collect();
        let labels = labels.into_iter().zip(translated);
        let labels = labels.filter(|(_, translated)| !translated).map(|(label, _)| label).collect();
        Self { labels, values }
    }

    /// The values that may go on in the row of the one of `label`: what stands under a label of
    /// another field is that one's.
    fn further(&self, label: &Label) -> Vec<&'a Line> {
        let others = || self.labels.iter().filter(|other| !is_same_field(label, other));
        let begins = |line: &&Line| others().any(|other| begins_under(&other.place, line));
        self.values.iter().copied().filter(|line| !begins(line)).collect()
    }

    /// The labels that announce `wanted`.
    fn announcing(&self, wanted: Field) -> impl Iterator<Item = &Label> {
        let wanted = Announced::Field(wanted);
        self.labels.iter().filter(move |label| label.span.announced == wanted)
    }
}

/// Finds values by their labels, in the languages of most issuers: in the
/// label's own line, below it or right of it, whichever first makes a value of
/// the field. `as_of` decides the century of two-digit years.
pub fn labelled(page: &Page, as_of: Date) -> Fields {
    let habits = Habits::of(page, as_of);
    let sheet = Sheet::of(page);
    let own_given_names = sheet.announcing(Field::GivenNames).next().is_some();
    let mut fields = Fields::default();
    for label in &sheet.labels {
        let field = match label.span.announced {
            Announced::Field(field) => field,
            Announced::Name if own_given_names => Field::Surname,
            Announced::Name => Field::FullName,
            Announced::Nothing => continue,
        };
        let read = |text: &str| value::of(field, text, habits);
        let Some(found) = beside(label, &sheet, (field, &read)) else { continue };
        let confidence = found.confidence;
        let text =
            if field == Field::Address { continued(found, label, &sheet) } else { found.text };
        if fields.0.get(&field).is_none_or(|earlier| earlier.confidence < confidence) {
            fields.set(field, text, Source::Printed, confidence);
        }
    }
    add_beginnings(&mut fields, &sheet, habits);
    add_latin_name(&mut fields, &sheet);
    part_name(&mut fields);
    fields
}

/// Whether `label` is the translation that stands in small print below the Chinese label
/// `above`: what is below it belongs to the next row.
fn translates(label: &Label, above: &Label) -> bool {
    let han = |label: &Label| label.place.text.chars().any(is_han);
    let (place, upper) = (&label.place, &above.place);
    let gap = place.top - upper.bottom;
    label.span.announced == above.span.announced
        && !han(label)
        && han(above)
        && place.middle() > upper.bottom
        && gap < upper.height()
        && (place.left - upper.left).abs() < upper.height()
}

/// The day of issue where only a period of validity says it.
fn add_beginnings(fields: &mut Fields, sheet: &Sheet, habits: Habits) {
    let beginning = |text: &str| value::beginning(text, habits);
    let read: (Field, Read) = (Field::IssueDate, &beginning);
    let mut periods = sheet.announcing(Field::ExpiryDate);
    if !fields.0.contains_key(&Field::IssueDate)
        && let Some(Found { text, confidence, .. }) =
            periods.find_map(|label| beside(label, sheet, read))
    {
        fields.set(Field::IssueDate, text, Source::Printed, confidence);
    }
}

/// `SURNAME, GIVEN NAMES`, which Chinese permits print without a label below the name
/// in characters.
fn add_latin_name(fields: &mut Fields, sheet: &Sheet) {
    let parted = |text: &str| value::name(text).filter(|name| name.contains(','));
    let read: (Field, Read) = (Field::FullName, &parted);
    let named = [Field::Surname, Field::FullName].iter().any(|field| fields.0.contains_key(field));
    let mut labels = sheet.announcing(Field::FullNameNative);
    if !named
        && let Some(Found { text, confidence, .. }) =
            labels.find_map(|label| beside(label, sheet, read))
    {
        fields.set(Field::FullName, text, Source::Printed, confidence);
    }
}

/// What `read` makes `field` of the label's own line, or of one near it.
fn beside<'a>(label: &Label, sheet: &Sheet<'a>, (field, read): (Field, Read)) -> Option<Found<'a>> {
    if let Some(text) = read(&label.span.inline) {
        return Some(Found { text, confidence: label.place.confidence, line: None });
    }
    // Any text may be a name or an authority: those stand under the label's own beginning.
    let strict = !row::is_text(field);
    let near = |line: &&&Line| {
        is_below(&label.place, line) || (strict && is_below_its_beginning(label, line))
    };
    let mut below: Vec<&Line> = sheet.values.iter().filter(near).copied().collect();
    let distance = |line: &Line| {
        let aside = (line.left - label.place.left).abs();
        (line.top - label.place.bottom).max(0.0) + 0.5 * aside
    };
    below.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    let mut right: Vec<&Line> =
        sheet.values.iter().filter(|line| is_right(&label.place, line)).copied().collect();
    right.sort_by(|a, b| a.left.total_cmp(&b.left));
    let (below, right) = (below.into_iter().take(2), right.into_iter().take(1));
    let lines: Vec<&Line> = if stands_left(label) {
        right.chain(below).collect()
    } else {
        below.chain(right).collect()
    };
    let further = sheet.further(label);
    lines.into_iter().find_map(|line| {
        let whole = row::whole((field, read), line, &further);
        let text = read(&whole.text)?;
        Some(Found { text, confidence: whole.confidence, line: Some(line) })
    })
}

/// Whether values of such a label stand right of it: Chinese documents and those with
/// labels of three letters (`DOB`) print them so.
fn stands_left(label: &Label) -> bool {
    let text = &label.place.text;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.chars().any(is_han) || letters <= 4
}

/// An address runs over several lines: what was found with those below it, each starting where
/// the one before does.
fn continued(found: Found, label: &Label, Sheet { labels, values, .. }: &Sheet) -> String {
    let Found { mut text, line: first, .. } = found;
    let mut above = first.unwrap_or(&label.place);
    let starts = |line: &Line, above: &Line| match first {
        Some(first) => (line.left - first.left).abs() < above.height(),
        // In the label's own line the value begins somewhere behind it.
        None => (0.0..8.0 * above.height()).contains(&(line.left - label.place.right)),
    };
    let han = text.chars().any(is_han);
    while let Some(next) = values.iter().find(|line| {
        let gap = line.top - above.bottom;
        line.middle() > above.bottom
            && gap < 0.9 * above.height()
            && starts(line, above)
            && !labels.iter().any(|other| stands_between(&other.place, above, line))
    }) {
        if !han {
            text.push_str(if text.ends_with(',') { " " } else { ", " });
        }
        text.push_str(next.text.trim());
        above = next;
    }
    text
}

/// Whether a label parts two lines: what follows it is another field's.
fn stands_between(label: &Line, above: &Line, below: &Line) -> bool {
    (above.bottom..below.middle()).contains(&label.middle())
        && label.left < below.right
        && label.right > below.left
}

/// Whether the line is the next below the label, starting near its start or
/// ending near its end.
fn is_below(place: &Line, line: &Line) -> bool {
    let height = place.height();
    let gap = line.top - place.bottom;
    let near = line.middle() > place.middle() + 0.4 * height && gap < BELOW * height;
    let overlap = line.right.min(place.right) - line.left.max(place.left);
    let starts_near = (line.left - place.left).abs() < 3.0 * height;
    near && (starts_near || overlap > 0.5 * line.width().min(place.width()))
}

/// Whether two labels are translations of one: `Name` and `Surname` stand over one value.
fn is_same_field(one: &Label, other: &Label) -> bool {
    let names = |label: &Label| {
        use Announced::{Field as Of, Name};
        matches!(label.span.announced, Name | Of(Field::Surname | Field::FullName))
    };
    one.span.announced == other.span.announced || (names(one) && names(other))
}

/// Whether the line stands under the label, from its beginning on.
pub(super) fn begins_under(place: &Line, line: &Line) -> bool {
    is_below(place, line) && (line.left - place.left).abs() < 1.5 * place.height()
}

/// Whether the line is close below the label and reaches under it from the left: small print
/// often loses its first words (`Document No.` of `Ausweisnummer · Document No.`).
fn is_below_its_beginning(label: &Label, line: &Line) -> bool {
    let place = &label.place;
    let near = line.middle() > place.middle() && line.top - place.bottom < 0.5 * place.height();
    near && line.left < place.left && line.right > place.left
}

/// Whether the line follows the label in its row.
pub(super) fn is_right(place: &Line, line: &Line) -> bool {
    let height = place.height();
    let gap = line.left - place.right;
    let same_row = (line.middle() - place.middle()).abs() < 0.6 * height.max(line.height());
    same_row && gap > -height && gap < RIGHT * height
}

/// `SURNAME, GIVEN NAMES` in one line becomes both.
fn part_name(fields: &mut Fields) {
    let whole = [Field::FullName, Field::Surname].into_iter().find_map(|field| {
        let reading = fields.0.get(&field)?;
        let (surname, given) = reading.value.split_once(',')?;
        Some((field, surname.trim().to_owned(), given.trim().to_owned(), reading.confidence))
    });
    let Some((field, surname, given, confidence)) = whole else { return };
    if surname.is_empty() || given.is_empty() || fields.0.contains_key(&Field::GivenNames) {
        return;
    }
    fields.0.remove(&field);
    fields.set(Field::Surname, surname, Source::Printed, confidence);
    fields.set(Field::GivenNames, given, Source::Printed, confidence);
}
