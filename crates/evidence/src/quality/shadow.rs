//! Shadows that lie over print.

use domain::evidence::{Measurement, Quality};
use imaging::geometry::{Point, Quad, Rect};
use imaging::quality::levels::{Histogram, luminance};

use super::sheet::Sheet;

/// Fewer lines do not tell how the light lies.
const LEAST_LINES: usize = 4;

/// A piece of a line is at most so many heights long.
const PIECE: f32 = 4.0;

/// A line's paper darker than this share of the lightest is shown as shadow.
const DARK: f32 = 0.6;

/// How much darker the paper of the darkest line is than that of the lightest.
///
/// Paper is looked at where print is, as nothing else is as surely light: under
/// a portrait, or a coloured band without print, a shadow is not seen. Light print on
/// a dark ground is left out. `None` with too few lines.
pub(super) fn measure<'a>(
    sheet: &Sheet,
    print: impl IntoIterator<Item = &'a (Quad, String)>,
) -> Option<Measurement> {
    // Eyes are taken for letters now and then, and a face may be darker than any shadow.
    let in_face = |line: &Rect| sheet.portrait.is_some_and(|face| face.iou(*line) > 0.0);
    let lines = print.into_iter().map(|(quad, _)| sheet.bounds_of(quad));
    let places = lines.filter(|line| !in_face(line)).flat_map(pieces);
    let mut lines: Vec<(Rect, f32)> =
        places.filter_map(|place| Some((place, paper(sheet, place)?))).collect();
    if lines.len() < LEAST_LINES {
        return None;
    }
    lines.sort_by(|a, b| a.1.total_cmp(&b.1));
    // Of the lightest tenth the darkest: one line may stand in a reflection.
    let light = lines[lines.len() - 1 - lines.len() / 10].1.max(1.0);
    let dark = lines[0].1;
    let shaded: Vec<Rect> =
        lines.iter().filter(|(_, paper)| *paper < DARK * light).map(|(place, _)| *place).collect();
    Some(Measurement {
        quality: Quality::Shadow,
        value: f64::from((1.0 - dark / light).max(0.0)),
        region: bounds(&shaded).map(|corners| sheet.region(&corners)),
        field: None,
    })
}

/// A line in pieces: a shadow may fall on a part of it.
fn pieces(line: Rect) -> impl Iterator<Item = Rect> {
    let count = (line.width / (PIECE * line.height.max(1.0))).ceil().max(1.0);
    let width = line.width / count;
    (0..count as u32)
        .map(move |at| Rect::new(line.x + at as f32 * width, line.y, width, line.height))
}

/// The level of the paper around a line of dark print.
fn paper(sheet: &Sheet, line: Rect) -> Option<f32> {
    let margin = 0.3 * line.height;
    let (width, height) = (line.width + 2.0 * margin, line.height + 2.0 * margin);
    let around = Rect::new(line.x - margin, line.y - margin, width, height);
    let around = around.clamped(sheet.picture.width(), sheet.picture.height());
    if around.width < 8.0 || around.height < 4.0 {
        return None;
    }
    let (x, y) = (around.x as u32, around.y as u32);
    let view = image::imageops::crop_imm(
        &sheet.picture,
        x,
        y,
        (around.width as u32).max(1),
        (around.height as u32).max(1),
    );
    let view = view.to_image();
    let histogram = Histogram::of(view.pixels().map(luminance));
    let [ink, middle, paper] =
        [0.05, 0.5, 0.85].map(|share| f32::from(histogram.percentile(share)));
    (middle - ink >= paper - middle).then_some(paper)
}

/// The corners of the box around `places`; `None` for none.
fn bounds(places: &[Rect]) -> Option<[Point; 4]> {
    let joined = places.iter().copied().reduce(|a, b| {
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        let right = (a.x + a.width).max(b.x + b.width);
        let bottom = (a.y + a.height).max(b.y + b.height);
        Rect::new(x, y, right - x, bottom - y)
    })?;
    Some(joined.quad().0)
}
