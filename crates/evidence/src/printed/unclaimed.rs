//! Lines that are no field's: among them a document says what it is and whose.

use super::candidates::is_zone;
use super::labelled::{begins_under, is_right};
use super::labels::{self, Announced};
use crate::kind;
use crate::page::{Line, Page};

/// The lines that are neither a label nor stand by one. A title is no label, though the words
/// of titles are known among them, and no field's wherever it stands.
pub fn unclaimed(page: &Page) -> Vec<&Line> {
    let (labels, free): (Vec<&Line>, Vec<&Line>) =
        page.lines.iter().filter(|line| !is_zone(line)).partition(|line| is_label(line));
    let claimed =
        |line: &Line| labels.iter().any(|label| begins_under(label, line) || is_right(label, line));
    free.into_iter().filter(|line| kind::is_title(&line.text) || !claimed(line)).collect()
}

fn is_label(line: &Line) -> bool {
    let spans = labels::find(line);
    let words = spans.iter().all(|span| span.announced == Announced::Nothing);
    !(spans.is_empty() || words && kind::is_title(&line.text))
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn what_stands_by_a_label_is_its_value() {
        let lines = [
            (10.0, "PASSPORT", 20.0),
            (40.0, "UTOPIA", 20.0),
            (65.0, "DOB", 8.0),
            (66.0, "DRIVER LICENSE", 9.0),
            (80.0, "Nationality", 10.0),
            (95.0, "USA", 18.0),
            (130.0, "Place of birth", 10.0),
            (145.0, "INDIA", 18.0),
        ];
        let page = Page::of(lines.map(|(top, text, height)| {
            let width = text.len() as f32 * height * 0.5;
            (Rect::new(50.0, top, width, height).quad(), text, 0.9)
        }));
        let left: Vec<&str> = unclaimed(&page).iter().map(|line| line.text.as_str()).collect();
        assert_eq!(left, ["PASSPORT", "UTOPIA", "DRIVER LICENSE"]);
    }
}
