//! Which of the outlines in a picture is the document's that was read.

use imaging::Quad;
use vision::document::LocatedDocument;
use vision::text::TextLines;

/// Outlines that leave more than the rest of the picture's print beside them
/// are not believed: the document goes on where they end.
const MIN_PRINT: f32 = 0.8;
/// What bears less than this share of the print is no document of its own.
const OTHER_PRINT: f32 = 0.1;

/// The document that was read, among what else lies in the picture.
#[derive(Debug, Default)]
pub(super) struct Outlined {
    /// Its outline as printed; `None` when none was found, or none that holds
    /// what was read.
    pub document: Option<LocatedDocument>,
    /// How many other documents the picture shows.
    pub others: u8,
}

impl Outlined {
    /// Chooses among `found` the document that bears the machine-readable
    /// `zone`, else the one with most print on it, else the first; and turns
    /// its corners as its lines run.
    pub fn choose(found: &[LocatedDocument], lines: &TextLines, zone: Option<&Quad>) -> Self {
        let total: f32 = lines.lines().iter().map(|line| line.quad().width()).sum();
        let prints: Vec<f32> = found.iter().map(|document| print(document, lines)).collect();
        if prints.iter().sum::<f32>() < MIN_PRINT * total {
            return Self::default();
        }
        let most = (0..found.len())
            .filter(|&index| zone.is_none_or(|zone| found[index].contains(zone.center())))
            .reduce(|best, other| if prints[other] > prints[best] { other } else { best });
        let Some(most) = most else { return Self::default() };
        let others = (0..found.len())
            .filter(|&index| index != most && total > 0.0 && prints[index] >= OTHER_PRINT * total)
            .count();
        Self {
            document: Some(along_print(&found[most], lines)),
            others: u8::try_from(others).unwrap_or(u8::MAX),
        }
    }

    /// The outline's corners.
    pub fn quad(&self) -> Option<Quad> {
        self.document.map(|document| *document.quad())
    }
}

/// The length of the lines whose middle lies on `document`, pixels.
fn print(document: &LocatedDocument, lines: &TextLines) -> f32 {
    let on_it = lines.lines().iter().filter(|line| document.contains(line.quad().center()));
    on_it.map(|line| line.quad().width()).sum()
}

/// The document with its corners in the order in which its lines are read; as
/// it is where it has no line.
fn along_print(document: &LocatedDocument, lines: &TextLines) -> LocatedDocument {
    let on_it = lines.lines().iter().filter(|line| document.contains(line.quad().center()));
    let (x, y) = on_it.fold((0.0, 0.0), |(x, y), line| {
        let [tl, tr, ..] = line.quad().0;
        (x + tr.x - tl.x, y + tr.y - tl.y)
    });
    if x == 0.0 && y == 0.0 { *document } else { document.read_along((x, y)) }
}
