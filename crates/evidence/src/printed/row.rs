//! A value that was found in pieces.

use domain::field::Field;

use crate::page::Line;

/// The next piece of a value begins at most so many heights after the one before; columns stand
/// further apart.
const APART: f32 = 1.0;

/// `line` with the lines that go on in its row: a wide space parts a name or an address where
/// text is looked for. Other fields are one word.
pub(super) fn whole(field: Field, line: &Line, values: &[&Line]) -> Line {
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
        };
        let nearest =
            values.iter().copied().filter(follows).min_by(|a, b| a.left.total_cmp(&b.left));
        let Some(next) = nearest else { return whole };
        if !whole.text.ends_with('-') {
            whole.text.push(' ');
        }
        whole.text.push_str(next.text.trim());
        whole.confidence = whole.confidence.min(next.confidence);
        // Rows of a tilted page climb: the next piece is looked for beside the last.
        (whole.top, whole.bottom, whole.right) = (next.top, next.bottom, next.right);
    }
}

fn is_text(field: Field) -> bool {
    matches!(
        field,
        Field::Surname
            | Field::GivenNames
            | Field::FullName
            | Field::Address
            | Field::IssuingAuthority
    )
}
