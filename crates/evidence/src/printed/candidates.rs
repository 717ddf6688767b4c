//! Pieces of text that may be one value.

use crate::page::{Line, Page};

/// A piece of the page's text.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub text: String,
    pub confidence: f32,
    /// Whether it is all that stands in its line.
    pub whole: bool,
}

/// Words of a line that are looked at together, at most.
const WORDS: usize = 6;

/// Longer lines hold sentences, and the zone itself.
const WORDS_IN_LINE: usize = 14;

/// Whether the line is one of the machine-readable zone.
pub(super) fn is_zone(line: &Line) -> bool {
    let fillers = line.text.chars().filter(|c| matches!(c, '<' | '«' | '《' | '〈')).count();
    let length = line.text.chars().count();
    let small = line.text.chars().filter(|c| c.is_lowercase()).count();
    fillers >= 2 || (length >= 28 && !line.text.contains(' ') && 3 * small < length)
}

/// Every run of words in a line, the whole line first; parts between slashes
/// and commas count as words of their own. Then two lines side by side.
pub(super) fn all(page: &Page) -> Vec<Candidate> {
    let lines: Vec<&Line> = page.lines.iter().filter(|line| !is_zone(line)).collect();
    let mut all = Vec::new();
    for line in &lines {
        let whole = line.text.trim();
        all.push(Candidate { text: whole.to_owned(), confidence: line.confidence, whole: true });
        let parts = whole.split(['/', '|', ':', '·']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            all.extend(runs(part).map(|text| Candidate {
                whole: text == whole,
                confidence: line.confidence,
                text,
            }));
        }
    }
    for (index, line) in lines.iter().enumerate() {
        if let Some(next) = right_neighbour(line, &lines[index.saturating_sub(4)..]) {
            all.push(Candidate {
                text: format!("{} {}", line.text.trim(), next.text.trim()),
                confidence: line.confidence.min(next.confidence),
                whole: false,
            });
        }
    }
    all
}

/// Every run of up to [`WORDS`] words, the longest first.
fn runs(part: &str) -> impl Iterator<Item = String> + use<> {
    let words: Vec<String> =
        part.split([' ', ',', ';']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let words = if words.len() > WORDS_IN_LINE { Vec::new() } else { words };
    let longest = words.len().min(WORDS);
    (1..=longest)
        .rev()
        .flat_map(move |length| words.windows(length).map(|run| run.join(" ")).collect::<Vec<_>>())
}

/// The line that goes on in the same row, up to three heights away; `lines` are
/// sorted by height and begin a little above.
fn right_neighbour<'a>(line: &Line, lines: &[&'a Line]) -> Option<&'a Line> {
    let follows = |other: &&&Line| {
        let gap = other.left - line.right;
        (other.middle() - line.middle()).abs() < 0.4 * line.height()
            && gap > -0.3 * line.height()
            && gap < 3.0 * line.height()
    };
    let near = lines.iter().take(10).filter(follows);
    near.min_by(|a, b| a.left.total_cmp(&b.left)).copied()
}
