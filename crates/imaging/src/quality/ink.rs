//! Stamps: framed words of a second ink over what is printed.

use image::{Rgb, RgbImage};

use super::Mask;
use super::levels::{Histogram, luminance};

/// Cells, pixels wide and high, in which the tint of the paper is looked for: light
/// falls off slowly.
const CELL: u32 = 40;

/// Ink leaves at most this share of the paper's light.
const DARK: f32 = 0.8;

/// Red ink lifts red over green and blue by so many levels more than paper does.
const RED: i32 = 32;

/// A stamp is so long and so high at least, as shares of the document's longer
/// side: 12 and 4 mm on a card.
const LEAST_LENGTH: f32 = 0.14;
const LEAST_HEIGHT: f32 = 0.045;

/// It is longer than high by these factors.
const ASPECT: std::ops::Range<f32> = 1.6..9.0;

/// Its frame is straight: with all that it encloses it fills a rectangle, turned as
/// it lies, but for print that touches it. 64 stamped specimens (looks 0 and 1, seeds
/// from 813,000) had 0.58 to 0.98.
const LEAST_RECTANGULAR: f32 = 0.55;

/// And hollow: ink fills at most so much of it, 0.31 to 0.60 there. Coloured bands,
/// portraits and lines of print had 0.74 and more, there and on 64 clean ones.
const MOST_FILLED: f32 = 0.62;

/// And it takes at most this share of the document: its own frame takes more.
const MOST_SHARE: f32 = 0.25;

/// Strokes of print that touch a frame are thinner than twice so many pixels.
const STROKE: usize = 5;

/// The framed stamps on a flattened document, the largest first, each as the whole
/// of its rectangle: straight hollow frames of one ink, red or darker than paper.
///
/// Stamps without a frame are not seen, nor those of light ink.
pub fn stamps(document: &RgbImage) -> Vec<Mask> {
    let (width, height) = document.dimensions();
    if width < CELL || height < CELL {
        return Vec::new();
    }
    let paper = Paper::of(document);
    let red = Mask::of(width, height, |x, y| {
        redness(*document.get_pixel(x, y)) - paper.at(x, y).redness >= RED
    });
    let dark = Mask::of(width, height, |x, y| {
        f32::from(luminance(document.get_pixel(x, y))) <= DARK * paper.at(x, y).light
    });
    let mut found: Vec<Mask> = Vec::new();
    for ink in [red, dark] {
        let closed = ink.grown(1).shrunk(1);
        let enclosed = closed.filled().shrunk(STROKE).grown(STROKE);
        let longer = width.max(height) as f32;
        let least = LEAST_LENGTH * LEAST_HEIGHT * longer * longer;
        let frames = enclosed.parts(least as usize);
        for frame in frames.into_iter().filter(|part| is_framed(part, &ink)) {
            if is_lighter_within(document, &frame, &ink)
                && found.iter().all(|known| !known.meets(&frame))
            {
                found.push(frame);
            }
        }
    }
    found.sort_by_key(|stamp| std::cmp::Reverse(stamp.count()));
    found
}

/// Whether `part` is a rectangle of a stamp's form that `ink` frames but does not fill.
fn is_framed(part: &Mask, ink: &Mask) -> bool {
    let (width, height) = part.size();
    let longer = width.max(height) as f32;
    let Some([long, high]) = part.extent() else { return false };
    let (pixels, area) = (part.count(), long * high);
    let inked = pixels - part.without(ink).count();
    let fits = long >= LEAST_LENGTH * longer
        && high >= LEAST_HEIGHT * longer
        && ASPECT.contains(&(long / high))
        && area <= MOST_SHARE * (width * height) as f32;
    fits && pixels as f32 >= LEAST_RECTANGULAR * area && inked as f32 <= MOST_FILLED * pixels as f32
}

/// What a frame encloses is lighter than its ink by this factor; a coloured band has one
/// colour, whose own cells it is paper to.
const LIGHTER: f32 = 1.15;

/// Whether what `frame` encloses is lighter than the `ink` in it.
fn is_lighter_within(document: &RgbImage, frame: &Mask, ink: &Mask) -> bool {
    let clear = frame.without(ink);
    let inked = frame.without(&clear);
    let light = |mask: &Mask| {
        let levels = document.enumerate_pixels().filter(|(x, y, _)| mask.has(*x as i32, *y as i32));
        f32::from(Histogram::of(levels.map(|(_, _, pixel)| luminance(pixel))).percentile(0.5))
    };
    light(&clear) >= LIGHTER * light(&inked)
}

/// How much redder than green and blue.
fn redness(pixel: Rgb<u8>) -> i32 {
    let [r, g, b] = pixel.0.map(i32::from);
    r - g.max(b)
}

#[derive(Clone, Copy)]
struct Tint {
    light: f32,
    redness: i32,
}

/// The paper's tint, cell by cell.
struct Paper {
    columns: u32,
    rows: u32,
    cells: Vec<Tint>,
}

impl Paper {
    fn of(document: &RgbImage) -> Self {
        let (columns, rows) = (document.width() / CELL, document.height() / CELL);
        let cell = |index: u32| {
            let (left, top) = (index % columns * CELL, index / columns * CELL);
            let pixels = || {
                (top..top + CELL)
                    .flat_map(move |y| (left..left + CELL).map(move |x| document.get_pixel(x, y)))
            };
            let light = f32::from(Histogram::of(pixels().map(luminance)).percentile(0.8));
            let shifted = pixels().map(|pixel| (redness(*pixel) + 128).clamp(0, 255) as u8);
            Tint { light, redness: i32::from(Histogram::of(shifted).percentile(0.4)) - 128 }
        };
        Self { columns, rows, cells: (0..columns * rows).map(cell).collect() }
    }

    fn at(&self, x: u32, y: u32) -> Tint {
        let (column, row) = ((x / CELL).min(self.columns - 1), (y / CELL).min(self.rows - 1));
        self.cells[(row * self.columns + column) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    const STAMP: Rect = Rect::new(300.0, 180.0, 180.0, 60.0);

    /// A page with lines of print, and `ink` laid over it by the distance to the edge of
    /// [`STAMP`], positive inside.
    fn page(ink: impl Fn(f32) -> Option<Rgb<u8>>) -> RgbImage {
        RgbImage::from_fn(640, 400, |x, y| {
            let (dx, dy) = (x as f32 - STAMP.x, y as f32 - STAMP.y);
            let inside = dx.min(dy).min(STAMP.width - dx).min(STAMP.height - dy);
            let print = y % 30 < 10 && x % 9 < 3;
            let bare = Rgb(if print { [40, 40, 48] } else { [222, 214, 230] });
            ink(inside).unwrap_or(bare)
        })
    }

    fn frame(colour: Rgb<u8>) -> impl Fn(f32) -> Option<Rgb<u8>> {
        move |inside| (0.0..4.0).contains(&inside).then_some(colour)
    }

    #[test]
    fn a_frame_of_red_or_grey_ink_over_print_is_a_stamp_with_all_that_it_encloses() {
        for colour in [Rgb([200, 60, 62]), Rgb([110, 108, 114])] {
            let found = stamps(&page(frame(colour)));
            assert_eq!(found.len(), 1, "{colour:?}");
            let bounds = found[0].bounds().unwrap();
            assert!(bounds.iou(STAMP) > 0.9, "{bounds:?}");
        }
    }

    #[test]
    fn print_and_full_fields_of_colour_are_none() {
        let full = |inside: f32| (inside >= 0.0).then_some(Rgb([110, 108, 114]));
        assert!(stamps(&page(|_| None)).is_empty());
        assert!(stamps(&page(full)).is_empty());
        assert!(stamps(&RgbImage::new(0, 0)).is_empty());
    }
}
