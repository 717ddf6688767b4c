//! A second look at the rows that the first left in doubt.

use image::{Rgb, RgbImage};
use imaging::{Rect, warp};
use inference::InferenceError;
use vision::text::TextReader;

use super::rows::{self, ADDRESS_LINES, Found, Rows, Slot};
use super::{Card, frame, number, values};
use crate::page::{Line, Page};
use domain::document::Side;

/// Reads one line of text.
pub trait LineReader {
    /// The text that fills `line`, a flattened crop of any size, and its
    /// confidence, 0 to 1; an empty text when nothing is there.
    ///
    /// # Errors
    /// When the model cannot run.
    fn read_line(&self, line: &RgbImage) -> Result<(String, f32), InferenceError>;
}

impl LineReader for TextReader {
    fn read_line(&self, line: &RgbImage) -> Result<(String, f32), InferenceError> {
        let whole = Rect::new(0.0, 0.0, line.width() as f32, line.height() as f32).quad();
        let reading = self.read_region(line, &whole)?;
        Ok((reading.text().to_owned(), reading.confidence()))
    }
}

/// One way to look: how much of the row's height the crop takes, and the tone
/// above which everything becomes paper (0 the darkest ink, 1 the paper).
struct Look {
    half_height: f32,
    white: Option<f32>,
}

/// Crops of a row differ in what of a stamp they hold, tones in what of it they
/// wipe out; neither alone reads every row (on half of the evaluation's stamped
/// cards: names 4 of 7 by the best single one).
const LOOKS: [Look; 5] = [
    Look { half_height: 2.3, white: None },
    Look { half_height: 1.75, white: None },
    Look { half_height: 2.3, white: Some(0.65) },
    Look { half_height: 1.75, white: Some(0.5) },
    Look { half_height: 1.75, white: Some(0.35) },
];

/// Two equal readings at least so sure settle a row that nothing lies over.
const SETTLED: f32 = 0.97;

/// A number that passes GB 11643 counts so much more than one that does not: a
/// misread number passes once in eleven times, a right one always.
const CHECKED: f32 = 1.5;

/// Height in pixels of the crops: the recogniser's own, up to twice that where
/// the picture has it.
const CROP_HEIGHT: std::ops::RangeInclusive<f32> = 48.0..=96.0;

impl Card {
    /// Reads the rows in doubt once more from `picture`, the picture whose
    /// lines `page` holds: cropped by their place on the card and in several
    /// tones, so that a stamp fades. The reading that most looks agree on
    /// stays, its confidence the share that agree.
    ///
    /// Costs up to five runs of the recogniser a row; nothing on a clear card.
    ///
    /// # Errors
    /// When the reader's model cannot run.
    pub fn look_again(
        &mut self,
        picture: &RgbImage,
        page: &Page,
        reader: &dyn LineReader,
    ) -> Result<(), InferenceError> {
        for slot in slots(self.side) {
            let covered = is_covered(&self.rows, slot);
            if !covered && !in_doubt(&self.rows, slot) {
                continue;
            }
            let first = self.rows.slots.get(&slot).filter(|text| text.whole);
            let mut readings: Vec<Found> = first.cloned().into_iter().collect();
            for look in &LOOKS {
                let Some(crop) = crop(&self.rows, page, picture, slot, look) else { break };
                let (text, confidence) = reader.read_line(&crop)?;
                let text = rows::without_stamp(&rows::squeezed(&text));
                readings.push(Found { text, confidence, whole: true });
                if !covered && is_settled(slot, &readings) {
                    break;
                }
            }
            let first = self.rows.slots.remove(&slot);
            // Without a line in its middle an address would be wrong, and look right.
            let unsure = first
                .filter(|_| matches!(slot, Slot::Address(_)))
                .map(|text| Found { confidence: text.confidence.min(AGREED), ..text });
            if let Some(text) = best(slot, &readings).or(unsure) {
                self.rows.slots.insert(slot, text);
            }
        }
        Ok(())
    }
}

/// Every slot of a side.
fn slots(side: Side) -> Vec<Slot> {
    match side {
        Side::Front => {
            let lines = (0..ADDRESS_LINES).map(Slot::Address);
            let others = [Slot::Name, Slot::Sex, Slot::Ethnicity, Slot::Birth, Slot::Number];
            others.into_iter().chain(lines).collect()
        }
        Side::Back => vec![Slot::Authority, Slot::Validity],
    }
}

/// Whether a row lacks a reading that can stand.
fn in_doubt(rows: &Rows, slot: Slot) -> bool {
    let Some(text) = rows.slots.get(&slot) else {
        // Only the first line of an address is always there.
        return !matches!(slot, Slot::Address(1..));
    };
    match values::value(slot, text) {
        None => true,
        Some((_, confidence)) if confidence < values::SURE || !text.whole => true,
        Some((number, _)) => slot == Slot::Number && number::parse(&number).is_err(),
    }
}

/// Whether something that is no part of the card lies over the row.
fn is_covered(rows: &Rows, slot: Slot) -> bool {
    let Some(frame) = rows.frame else { return false };
    let later_line = matches!(slot, Slot::Address(line) if line > 0
        && !rows.slots.contains_key(&Slot::Address(line - 1)));
    let (left, right) = (frame.x(frame::values(slot)), frame.x(frame::end(slot)));
    let (top, bottom) =
        (frame.y(frame::middle(slot) - HALF_PRINT), frame.y(frame::middle(slot) + HALF_PRINT));
    let overlaps = |line: &Line| {
        line.left < right && line.right > left && line.top < bottom && line.bottom > top
    };
    !later_line && rows.intruders.iter().any(overlaps)
}

/// Half the height of the print, millimetres.
const HALF_PRINT: f32 = 1.6;

fn is_settled(slot: Slot, readings: &[Found]) -> bool {
    let values: Vec<_> = readings.iter().map(|text| values::value(slot, text)).collect();
    let [.., Some((before, sure_before)), Some((last, sure_last))] = values.as_slice() else {
        return false;
    };
    before == last && sure_before.min(*sure_last) >= SETTLED
}

/// The reading with the greatest sum of confidences over those that agree;
/// `None` when too few of them do.
fn best(slot: Slot, readings: &[Found]) -> Option<Found> {
    let valued: Vec<(&Found, String, f32)> = readings
        .iter()
        .filter_map(|text| values::value(slot, text).map(|(value, sure)| (text, value, sure)))
        .collect();
    let agreeing = |value: &str| -> f32 {
        valued.iter().filter(|(_, other, _)| other == value).map(|(_, _, sure)| sure).sum()
    };
    let weight = |value: &str| {
        let checked = slot == Slot::Number && number::parse(value).is_ok();
        agreeing(value) * if checked { CHECKED } else { 1.0 }
    };
    let (text, value, _) = valued.iter().max_by(|a, b| weight(&a.1).total_cmp(&weight(&b.1)))?;
    let confidence = agreeing(value) / readings.len() as f32;
    (confidence >= AGREED).then(|| Found { text: text.text.clone(), confidence, whole: true })
}

/// The least share of the looks that must agree: on half of the evaluation's
/// stamped cards the readings below were wrong, except two.
const AGREED: f32 = 0.35;

/// The row cut out of the picture, as `look` says; `None` when the card's place
/// is unknown or the row lies beyond any picture.
fn crop(rows: &Rows, page: &Page, picture: &RgbImage, slot: Slot, look: &Look) -> Option<RgbImage> {
    let frame = rows.frame?;
    let middle = frame::middle(slot);
    let quad = page.to_picture(
        frame.x(frame::values(slot) - MARGIN),
        frame.y(middle - look.half_height),
        frame.x(right_end(rows, slot)),
        frame.y(middle + look.half_height),
    );
    let inside = |x: f32, y: f32| {
        (0.0..=picture.width() as f32).contains(&x) && (0.0..=picture.height() as f32).contains(&y)
    };
    let center = quad.center();
    if !inside(center.x, center.y) || quad.height() < 1.0 {
        return None;
    }
    let height = quad.height().clamp(*CROP_HEIGHT.start(), *CROP_HEIGHT.end());
    let width = (quad.width() * height / quad.height()).clamp(1.0, LONGEST_CROP);
    let mut crop = warp::flatten(picture, &quad, width as u32, height as u32)?;
    fade_coloured_ink(&mut crop);
    if let Some(white) = look.white {
        whiten_above(&mut crop, white);
    }
    Some(crop)
}

/// Left margin of a crop, millimetres.
const MARGIN: f32 = 0.6;

/// No row is so long; a frame fitted to nonsense could ask for more.
const LONGEST_CROP: f32 = 2400.0;

/// Where the row's crop ends: short where a stamp could follow a short value.
fn right_end(rows: &Rows, slot: Slot) -> f32 {
    let length = rows.slots.get(&slot).map_or(0, |text| text.text.chars().count());
    match slot {
        Slot::Name if length <= 4 && is_covered(rows, slot) => frame::VALUES + 19.5,
        Slot::Ethnicity if length <= 2 && is_covered(rows, slot) => frame::ETHNICITY + 10.5,
        _ => frame::end(slot),
    }
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
    let luma =
        |p: &Rgb<u8>| (u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8;
    let mut histogram = [0_usize; 256];
    for pixel in crop.pixels() {
        histogram[luma(pixel) as usize] += 1;
    }
    let total = crop.pixels().len();
    let tone_at = |share: f32| {
        let wanted = (total as f32 * share) as usize;
        let mut below = 0;
        let tone = histogram.iter().position(|count| {
            below += count;
            below > wanted
        });
        tone.unwrap_or(255) as f32
    };
    let (ink, paper) = (tone_at(0.005), tone_at(0.75));
    let limit = ink + (paper - ink) * white;
    for pixel in crop.pixels_mut() {
        let tone = (luma(pixel) as f32 - ink) / (limit - ink).max(1.0) * 255.0;
        pixel.0 = [tone.clamp(0.0, 255.0) as u8; 3];
    }
}
