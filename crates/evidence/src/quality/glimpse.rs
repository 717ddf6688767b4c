//! What can be told of a document that nobody has read.

use domain::evidence::{Measurement, Quality};
use domain::field::Fields;
use image::RgbImage;
use imaging::geometry::{Quad, Rect};
use imaging::quality::levels::{Histogram, luminance};
use imaging::quality::{Mask, glare};

use super::cells;
use super::print::{self, Print};
use super::sheet::Sheet;
use super::{Subject, shadow, usual_height, whole_of};

/// Pixels of the sheet beside a spot of light, from and to, in which print ends that
/// goes on beneath it: 0.4 to 1.9 mm on a card.
const BESIDE: (usize, usize) = (2, 10);

/// Ink beside a spot, which its light reaches, takes this share of the paper's light
/// away.
const INK: f32 = 0.3;

/// Beside a small one only black ink counts: emblems and tinted second portraits take
/// less, and a spot that fits into one hides no field.
const BLACK: f32 = 0.45;

/// A small spot takes less than this share of the document.
const SMALL: f32 = 0.008;

/// Print inks so much of its paper: as much beside a spot means that it lies in print.
const PRINT: f32 = 0.25;

/// What can be told of a document that lies at `place`, its corners in any
/// order, without having read it: all but its colour and what lies under a stamp.
///
/// Print is where dark strokes stand close together. A spot hides as much as there is
/// ink beside it, and a thing that lies over the edge as much of it as lies where
/// print is; the height of the print is what is usual on a document that large.
pub fn glimpse(picture: &RgbImage, place: Quad) -> Vec<Measurement> {
    let mut subject = Subject {
        picture,
        place,
        outlined: true,
        lines: &[],
        portrait: None,
        printed: &Fields::default(),
        coded: None,
        known: None,
        side: None,
    };
    let Some(sheet) = Sheet::of(&subject, cells::LONGER_SIDE) else { return Vec::new() };
    let printed = cells::printed(&sheet);
    subject.lines = &printed;
    let height = usual_height(&sheet, &subject);
    let print = Print { height: Some(height), ..print::measure(&subject, &sheet) };
    let mut found = whole_of(&subject, &sheet, &print);
    found.extend(shadow::measure(&sheet, subject.lines));
    let spots = glare::spots(&sheet.picture);
    found.push(worst(Quality::Glare, &sheet, &spots, |spot| ink_beside(&sheet, spot)));
    let places: Vec<Rect> = printed.iter().map(|(quad, _)| sheet.bounds_of(quad)).collect();
    let parts = super::things(&sheet, &spots, &subject);
    found.push(worst(Quality::Occlusion, &sheet, &parts, |part| covered(part, &places)));
    found
}

/// The spot or part that hides most, 0 where none hides anything.
fn worst(
    quality: Quality,
    sheet: &Sheet,
    masks: &[Mask],
    hidden: impl Fn(&Mask) -> f32,
) -> Measurement {
    let shares = masks.iter().map(|mask| (hidden(mask), mask)).filter(|(share, _)| *share > 0.0);
    let most = shares.max_by(|a, b| a.0.total_cmp(&b.0));
    let region = most.map(|(_, mask)| sheet.region(&mask.outline()));
    let value = f64::from(most.map_or(0.0, |(share, _)| share));
    Measurement { quality, value, region, field: None }
}

/// The most that `part` covers of a place where print is. Where print shows all over it,
/// it is a shadow that reaches over the edge, and covers nothing.
fn covered(part: &Mask, places: &[Rect]) -> f32 {
    const WHOLLY: f32 = 0.9;
    const TOUCHED: f32 = 0.2;
    const FEW: usize = 5;
    let shares: Vec<f32> = places.iter().map(|at| part.share_of(*at)).collect();
    let over = |least: f32| shares.iter().filter(|share| **share >= least).count();
    let shadow = over(WHOLLY) >= FEW && 2 * over(WHOLLY) >= over(TOUCHED);
    if shadow { 0.0 } else { shares.into_iter().fold(0.0, f32::max) }
}

/// How much of what lies beside a spot is ink, of what there is in print, 0 to 1.
fn ink_beside(sheet: &Sheet, spot: &Mask) -> f32 {
    let beside = spot.ring(BESIDE.0, BESIDE.1);
    let levels = || beside.iter().map(|&(x, y)| luminance(sheet.picture.get_pixel(x, y)));
    let paper = f32::from(Histogram::of(levels()).percentile(0.75));
    let least = if spot.share() < SMALL { BLACK } else { INK };
    let inked = levels().filter(|level| f32::from(*level) <= (1.0 - least) * paper).count();
    (inked as f32 / beside.len().max(1) as f32 / PRINT).min(1.0)
}
