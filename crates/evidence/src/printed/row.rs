//! A value that was found in pieces.

use domain::field::Field;

use crate::kind;
use crate::page::Line;

/// The next piece of a value begins at most so many heights after the one before; columns stand
/// further apart. A guess.
const APART: f32 = 1.0;

/// What a text gives a field.
pub(super) type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

/// `line` with those of `further` that go on in its row, for as long as `read` makes something of
/// it all: a wide space parts a name or an address where text is looked for. Other fields are one
/// word. A specimen's mark goes on with nothing.
pub(super) fn whole((field, read): (Field, Read), line: &Line, further: &[&Line]) -> Line {
    let mut whole = line.clone();
    // A lone figure begins an address at most: before other text it numbers another field.
    let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
    if !is_text(field) || (letters < 2 && field != Field::Address) {
        return whole;
    }
    loop {
        let follows = |next: &&Line| {
            let height = whole.height().max(next.height());
            let gap = next.left - whole.right;
            (next.middle() - whole.middle()).abs() < 0.4 * height
                && (-0.3 * height..APART * height).contains(&gap)
                && next.right > whole.right
                && !kind::is_mark(&next.text)
        };
        let nearest = further.iter().copied().filter(follows);
        let Some(next) = nearest.min_by(|a, b| a.left.total_cmp(&b.left)) else { return whole };
        let space = if whole.text.ends_with('-') { "" } else { " " };
        let text = format!("{}{space}{}", whole.text, next.text.trim());
        // A lone figure makes an address with what follows only.
        if read(&text).is_none() && read(&whole.text).is_some() {
            return whole;
        }
        // Rows of a tilted page climb: the next piece is looked for beside the last.
        let confidence = whole.confidence.min(next.confidence);
        whole = Line { text, confidence, left: whole.left, ..next.clone() };
    }
}

/// Whether any text may be a value of the field.
pub(super) fn is_text(field: Field) -> bool {
    matches!(
        field,
        Field::Surname
            | Field::GivenNames
            | Field::FullName
            | Field::Address
            | Field::IssuingAuthority
    )
}
