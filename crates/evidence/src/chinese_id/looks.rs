//! Ways to look at a row of the card: how much of it, how wide, in which tones.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use imaging::warp;

use super::rows::{Rows, Slot};
use super::{frame, stamp};
use crate::page::Page;

/// How much of a row a crop takes and how it is stretched. Readings of one view
/// lie over each other step by step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    /// Half of the crop's height, millimetres on the card.
    half_height: f32,
    /// How many times wider than it lies on the card.
    stretch: f32,
}

/// What is done to the tones of a crop.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tone {
    AsIs,
    /// Whatever is lighter than this share of the way from the darkest ink (0)
    /// to the paper (1) becomes paper.
    WhiteAbove(f32),
    /// A stamp's ink is taken off, then as [`Tone::WhiteAbove`].
    Lifted(f32),
}

/// One way to look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub view: View,
    tone: Tone,
}

const HIGH: View = View { half_height: 2.3, stretch: 1.0 };
const LOW: View = View { half_height: 1.9, stretch: 1.0 };
/// Two equal digits side by side run into one where the recogniser has too few
/// steps for the gap between them.
const WIDE: View = View { half_height: 2.3, stretch: 1.4 };

const fn look(view: View, tone: Tone) -> Look {
    Look { view, tone }
}

/// For a row in doubt that nothing lies over.
const CLEAR: [Look; 4] = [
    look(HIGH, Tone::AsIs),
    look(LOW, Tone::AsIs),
    look(HIGH, Tone::WhiteAbove(0.65)),
    look(LOW, Tone::WhiteAbove(0.5)),
];

/// For a row that something lies over. Crops differ in what of a stamp they
/// hold, tones in what of it they wipe out; none alone reads every row: on the
/// tuning half's stamped names, the lifted looks read one that no other did, and
/// the plain ones another.
const COVERED: [Look; 8] = [
    look(HIGH, Tone::AsIs),
    look(LOW, Tone::AsIs),
    look(HIGH, Tone::Lifted(1.0)),
    look(LOW, Tone::Lifted(1.0)),
    look(HIGH, Tone::WhiteAbove(0.5)),
    look(LOW, Tone::WhiteAbove(0.42)),
    look(HIGH, Tone::Lifted(0.65)),
    look(LOW, Tone::Lifted(0.65)),
];

/// For the number, covered or not.
const NUMBER: [Look; 6] = [
    look(HIGH, Tone::AsIs),
    look(WIDE, Tone::AsIs),
    look(LOW, Tone::AsIs),
    look(WIDE, Tone::WhiteAbove(0.65)),
    look(HIGH, Tone::Lifted(1.0)),
    look(WIDE, Tone::Lifted(1.0)),
];

/// The looks that a row deserves, in order.
pub(super) fn of(slot: Slot, covered: bool) -> &'static [Look] {
    match (slot, covered) {
        (Slot::Number, _) => &NUMBER,
        (_, true) => &COVERED,
        (_, false) => &CLEAR,
    }
}

/// Height in pixels of the crops: the recogniser's own, up to twice that where
/// the picture has it.
const HEIGHT: std::ops::RangeInclusive<f32> = 48.0..=96.0;

/// The least height at which a stamp is told from print.
const LEAST_HEIGHT: f32 = 16.0;

/// Left margin of a crop, millimetres.
const MARGIN: f32 = 0.6;

/// What lies around a row helps to tell a stamp: so many millimetres to the
/// sides, and above and below.
const AROUND: (f32, f32) = (4.0, 0.6);

/// No row is so long; a frame fitted to nonsense could ask for more.
const LONGEST: f32 = 2400.0;

/// Pixels of a crop.
type Size = (u32, u32);

/// The row cut out of the picture, up to `right` millimetres, as `look` says;
/// `None` when the card's place is unknown, the row lies beyond any picture, or
/// there is no stamp to lift.
pub(super) fn crop(
    rows: &Rows,
    page: &Page,
    picture: &RgbImage,
    (slot, right): (Slot, f32),
    look: &Look,
) -> Option<RgbImage> {
    let frame = rows.frame?;
    let (middle, half) = (frame::middle(slot), look.view.half_height);
    let left = frame::values(slot) - MARGIN;
    let quad = |beside: f32, above: f32| {
        let (top, bottom) = (middle - half - above, middle + half + above);
        page.to_picture(
            frame.x(left - beside),
            frame.y(top),
            frame.x(right + beside),
            frame.y(bottom),
        )
    };
    let row = quad(0.0, 0.0);
    let center = row.center();
    let inside = (0.0..=picture.width() as f32).contains(&center.x)
        && (0.0..=picture.height() as f32).contains(&center.y);
    if !inside || row.height() < 1.0 {
        return None;
    }
    let height = row.height().clamp(*HEIGHT.start(), *HEIGHT.end());
    let width = |height: f32| (row.width() * height / row.height()).clamp(1.0, LONGEST);
    let Tone::Lifted(white) = look.tone else {
        let mut crop = warp::flatten(picture, &row, width(height) as u32, height as u32)?;
        fade_coloured_ink(&mut crop);
        if let Tone::WhiteAbove(white) = look.tone {
            whiten_above(&mut crop, white);
        }
        return Some(stretched(&crop, size(&crop, look.view.stretch)));
    };
    let seen = row.height().clamp(LEAST_HEIGHT, *HEIGHT.end());
    let per_mm = seen / (2.0 * half);
    let (beside, above) = ((AROUND.0 * per_mm) as u32, (AROUND.1 * per_mm) as u32);
    let inner = (width(seen) as u32, seen as u32);
    let around = quad((beside as f32) / per_mm, (above as f32) / per_mm);
    let mut crop = warp::flatten(picture, &around, inner.0 + 2 * beside, inner.1 + 2 * above)?;
    fade_coloured_ink(&mut crop);
    let lifted = stamp::lifted(&crop, per_mm)?;
    let lifted = imageops::crop_imm(&lifted, beside, above, inner.0, inner.1).to_image();
    let target = ((width(height) * look.view.stretch) as u32, height as u32);
    let mut lifted = stretched(&lifted, target);
    if white < 1.0 {
        whiten_above(&mut lifted, white);
    }
    Some(lifted)
}

fn size(crop: &RgbImage, stretch: f32) -> Size {
    ((crop.width() as f32 * stretch) as u32, crop.height())
}

fn stretched(crop: &RgbImage, (width, height): Size) -> RgbImage {
    if crop.dimensions() == (width, height) {
        return crop.clone();
    }
    imageops::resize(crop, width.max(1), height.max(1), FilterType::CatmullRom)
}

/// Replaces each pixel by its brightest channel, where the crop has colour:
/// red or blue stamp ink is bright in one channel, the card's black print in none.
fn fade_coloured_ink(crop: &mut RgbImage) {
    let chroma = |p: &Rgb<u8>| p.0.iter().max().unwrap_or(&0) - p.0.iter().min().unwrap_or(&0);
    let coloured = crop.pixels().filter(|p| chroma(p) > COLOURED).count();
    if coloured * 50 > crop.pixels().len() {
        for pixel in crop.pixels_mut() {
            pixel.0 = [pixel.0.iter().copied().max().unwrap_or(0); 3];
        }
    }
}

/// Spread of the channels from which a pixel is ink of a colour; the card's
/// pale pattern stays below.
const COLOURED: u8 = 60;

/// Stretches the tones so that the darkest ink is black and everything lighter
/// than `white` of the way to the paper is white.
fn whiten_above(crop: &mut RgbImage, white: f32) {
    let mut tones: Vec<f32> = crop.pixels().copied().map(stamp::luma).collect();
    let (ink, paper) = (stamp::quantile(&mut tones, 0.005), stamp::quantile(&mut tones, 0.75));
    let limit = ink + (paper - ink) * white;
    for pixel in crop.pixels_mut() {
        let tone = (stamp::luma(*pixel) - ink) / (limit - ink).max(1.0) * 255.0;
        pixel.0 = [tone.clamp(0.0, 255.0) as u8; 3];
    }
}
