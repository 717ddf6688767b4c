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

/// The cells of `sheet` that are full of print, in the picture's pixels, as lines
/// without a text: they tell of its sharpness and its light.
pub(super) fn printed(sheet: &Sheet) -> Vec<(Quad, String)> {
    let mut cells = Vec::new();
    for y in (0..sheet.picture.height().saturating_sub(HEIGHT - 1)).step_by(HEIGHT as usize) {
        for x in (0..sheet.picture.width().saturating_sub(WIDTH - 1)).step_by(WIDTH as usize) {
            let place = Rect::new(x as f32, y as f32, WIDTH as f32, HEIGHT as f32);
            let in_portrait = sheet.portrait.is_some_and(|face| around(face).iou(place) > 0.0);
            if !in_portrait && edges(sheet, x, y) >= Some(LEAST_EDGES) {
                cells.push((sheet.place(place), String::new()));
            }
        }
    }
    cells
}

/// The portrait around a face: hair, shoulders and ground.
fn around(face: Rect) -> Rect {
    let Rect { x, y, width, height } = face;
    Rect::new(x - 0.5 * width, y - 0.5 * height, 2.0 * width, 2.2 * height)
}

/// How many edges there are in the cell at (x, y); `None` for paper.
fn edges(sheet: &Sheet, x: u32, y: u32) -> Option<usize> {
    let cell = warp::cropped(&sheet.picture, x, y, WIDTH, HEIGHT);
    let histogram = Histogram::of(cell.pixels().map(luminance));
    let [ink, paper] = [0.02, 0.98].map(|share| f32::from(histogram.percentile(share)));
    let inked = paper - ink >= INK * paper;
    inked.then(|| edges::blur(&cell)).flatten().map(|blur| blur.edges)
}
