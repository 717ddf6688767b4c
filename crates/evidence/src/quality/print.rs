//! How large and how blurred the print is.

use image::RgbImage;
use imaging::geometry::{Point, Quad};
use imaging::quality::edges;
use imaging::warp;

use super::Subject;
use super::sheet::Sheet;

/// So many lines, the longest, tell how sharp a document is.
const LINES: usize = 10;

/// Crops are at most so many pixels high, paper above and below included.
const CROP_HEIGHT: f32 = 72.0;

/// Paper above and below a line, in line heights: even print that is blurred to
/// a grey bar has an edge there.
const PAPER: f32 = 0.25;

/// A crop is at most so many line heights long.
const CROP_LENGTH: f32 = 8.0;

/// Blur of sharp print in pixels: lens, grid and JPEG together. Measured on
/// clean photographed specimens, 0.9 to 1.1.
const GRID: f32 = 1.0;

/// What the print of a document measures.
pub(super) struct Print {
    /// Blur of the edges in pixels of the picture, without what the grid makes.
    pub blur: Option<f32>,
    /// Height of the characters in pixels of the picture.
    pub height: Option<f32>,
}

/// Measures the lines of `subject`, or where none was recognised the whole
/// `sheet`.
pub(super) fn measure(subject: &Subject, sheet: &Sheet) -> Print {
    let mut quads: Vec<&Quad> = subject.lines.iter().map(|(quad, _)| quad).collect();
    quads.retain(|quad| quad.height() >= 3.0 && quad.width() >= 2.0 * quad.height());
    quads.sort_by(|a, b| b.width().total_cmp(&a.width()));
    let crops: Vec<(RgbImage, f32)> =
        quads.into_iter().take(LINES).filter_map(|quad| crop(subject.picture, quad)).collect();
    let blur = |(line, scale): &(RgbImage, f32)| Some(edges::blur(line)?.worst() / scale);
    let height = |(line, scale): &(RgbImage, f32)| edges::ink_height(line) / scale;
    let of_sheet = || Some(edges::blur(&sheet.picture)?.worst() / sheet.scale());
    let whole = median(crops.iter().filter_map(blur).collect()).or_else(of_sheet);
    Print {
        blur: whole.map(|blur| (blur * blur - GRID * GRID).max(0.0).sqrt()),
        height: median(crops.iter().map(height).filter(|height| *height > 0.0).collect()),
    }
}

/// The beginning of a line with paper around, upright, and its pixels for one of
/// the picture.
fn crop(picture: &RgbImage, quad: &Quad) -> Option<(RgbImage, f32)> {
    let share = (CROP_LENGTH * quad.height() / quad.width()).min(1.0);
    let [tl, tr, br, bl] = quad.0;
    let beyond = |inner: Point, outer: Point| inner.lerp(outer, 1.0 + PAPER);
    let crop = Quad([
        beyond(bl, tl),
        beyond(bl.lerp(br, share), tl.lerp(tr, share)),
        beyond(tl.lerp(tr, share), bl.lerp(br, share)),
        beyond(tl, bl),
    ]);
    let scale = (CROP_HEIGHT / crop.height()).min(1.0);
    let (across, down) = (crop.width() * scale, crop.height() * scale);
    Some((warp::flatten(picture, &crop, across as u32, down as u32)?, scale))
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    Some(*values.select_nth_unstable_by(middle, f32::total_cmp).1)
}
