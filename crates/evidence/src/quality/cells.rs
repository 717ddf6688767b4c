//! Where a document bears print, told without reading it.

use imaging::geometry::{Quad, Rect};
use imaging::quality::edges;
use imaging::quality::levels::{Histogram, luminance};
use imaging::warp;

use super::sheet::Sheet;

/// Pixels along the longer side of the sheet: a document on a frame has no more.
pub(super) const LONGER_SIDE: f32 = 448.0;

/// A cell of the sheet in pixels: a line of print high, a few characters wide.
const WIDTH: u32 = 44;
const HEIGHT: u32 = 22;

/// Ink takes at least this share of the paper's light away; the pattern behind
/// print and the camera's noise take less.
const INK: f32 = 0.3;

/// Print has this many edges in a cell, two strokes in a row; eyes in a face have
/// fewer. Without it two of twelve clean frames (looks 0 and 1, seeds from 720,000)
/// were said to lie in a shadow, where a dark face was; with it none, and of
/// twelve shadowed ones the same eleven.
const LEAST_EDGES: usize = 2 * HEIGHT as usize;

/// Cells of a document in the picture's pixels, as lines without a text.
#[derive(Default)]
pub(super) struct Cells {
    /// In which something is drawn: print, or the edge of it beside a spot.
    pub inked: Vec<(Quad, String)>,
    /// Those full of print: what tells of its sharpness and its light.
    pub printed: Vec<(Quad, String)>,
}

/// The cells of `sheet` that bear something.
pub(super) fn of(sheet: &Sheet) -> Cells {
    let mut cells = Cells::default();
    for y in (0..sheet.picture.height().saturating_sub(HEIGHT - 1)).step_by(HEIGHT as usize) {
        for x in (0..sheet.picture.width().saturating_sub(WIDTH - 1)).step_by(WIDTH as usize) {
            let Some(edges) = edges(sheet, x, y) else { continue };
            let place = Rect::new(x as f32, y as f32, WIDTH as f32, HEIGHT as f32);
            let line = (sheet.place(place), String::new());
            if edges >= LEAST_EDGES {
                cells.printed.push(line.clone());
            }
            cells.inked.push(line);
        }
    }
    cells
}

/// How many edges there are in the cell at (x, y); `None` for paper.
fn edges(sheet: &Sheet, x: u32, y: u32) -> Option<usize> {
    let cell = warp::cropped(&sheet.picture, x, y, WIDTH, HEIGHT);
    let histogram = Histogram::of(cell.pixels().map(luminance));
    let [ink, paper] = [0.02, 0.98].map(|share| f32::from(histogram.percentile(share)));
    let inked = paper - ink >= INK * paper;
    inked.then(|| edges::blur(&cell)).flatten().map(|blur| blur.edges)
}
