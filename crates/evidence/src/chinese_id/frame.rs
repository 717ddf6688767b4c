//! Where the card's fields lie on the page, found from what was recognised.
//!
//! Positions are in millimetres from the card's top-left corner, x right, y
//! down, of an 85.6 × 54.0 mm card (ISO/IEC 7810 ID-1). Every issued card has
//! the same layout.

use super::labels::Label;
use super::rows::Slot;

/// x at which the labels of the front start.
pub(super) const LABELS: f32 = 7.0;
/// x at which the values of the front start.
pub(super) const VALUES: f32 = 16.5;
/// x at which the ethnicity's label starts.
pub(super) const ETHNICITY_LABEL: f32 = 24.6;
/// x at which the ethnicity starts.
pub(super) const ETHNICITY: f32 = 35.6;
/// x at which the portrait begins.
pub(super) const PORTRAIT: f32 = 57.5;
/// x at which the first digit of the number starts.
pub(super) const NUMBER: f32 = 26.0;
/// x from one digit of the number to the next.
pub(super) const DIGIT: f32 = 2.57;
/// x at which the labels of the back start.
pub(super) const BACK_LABELS: f32 = 20.2;
/// x at which the values of the back start.
pub(super) const BACK_VALUES: f32 = 33.8;
/// y from one line of the address to the next.
pub(super) const LINE: f32 = 3.95;

/// y of the middle of a label's row; for the address, of its first line.
pub(super) const fn row(label: Label) -> f32 {
    match label {
        Label::Name => 11.4,
        Label::Sex | Label::Ethnicity => 17.5,
        Label::Birth => 23.5,
        Label::Address => 29.8,
        Label::Number => 45.7,
        Label::Authority => 39.8,
        Label::Validity => 46.4,
    }
}

/// x at which the value of a slot starts.
pub(super) const fn values(slot: Slot) -> f32 {
    match slot {
        Slot::Name | Slot::Sex | Slot::Birth | Slot::Address(_) => VALUES,
        Slot::Ethnicity => ETHNICITY,
        Slot::Number => NUMBER,
        Slot::Authority | Slot::Validity => BACK_VALUES,
    }
}

/// y of the middle of a slot.
pub(super) fn middle(slot: Slot) -> f32 {
    match slot {
        Slot::Name => row(Label::Name),
        Slot::Sex | Slot::Ethnicity => row(Label::Sex),
        Slot::Birth => row(Label::Birth),
        Slot::Address(line) => row(Label::Address) + LINE * f32::from(line),
        Slot::Number => row(Label::Number),
        Slot::Authority => row(Label::Authority),
        Slot::Validity => row(Label::Validity),
    }
}

/// x at which the slot ends; what stands right of it belongs to something else.
pub(super) const fn end(slot: Slot) -> f32 {
    match slot {
        Slot::Name | Slot::Address(_) => PORTRAIT,
        Slot::Sex => 21.8,
        Slot::Birth => 49.5,
        Slot::Ethnicity => 52.5,
        Slot::Number => NUMBER + 19.0 * DIGIT,
        Slot::Authority | Slot::Validity => 82.0,
    }
}

/// A place that is known both on the card, in millimetres, and on the page, in
/// pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    pub card: (f32, f32),
    pub page: (f32, f32),
}

/// The map from card to page: both axes apart, as the page is already turned
/// so that its text runs along x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    x: (f32, f32),
    y: (f32, f32),
}

/// The card's millimetres are square on the page to within this factor.
const SQUARE: f32 = 1.35;

impl Frame {
    /// The map that most anchors agree on. `None` with fewer than two rows.
    pub fn fit(anchors: &[Anchor]) -> Option<Self> {
        let ys: Vec<_> = anchors.iter().map(|a| (a.card.1, a.page.1)).collect();
        let xs: Vec<_> = anchors.iter().map(|a| (a.card.0, a.page.0)).collect();
        let y_scale = slope(&ys, 5.0);
        let x_scale = slope(&xs, 8.0);
        let (sx, sy) = match (x_scale, y_scale) {
            (Some(x), Some(y)) if (x / y) < SQUARE && (y / x) < SQUARE => (x, y),
            (_, Some(y)) => (y, y),
            (Some(_) | None, None) => return None,
        };
        let usable = sx > 0.0 && sy > 0.0 && sx.is_finite() && sy.is_finite();
        usable.then(|| Self { x: (sx, offset(&xs, sx)), y: (sy, offset(&ys, sy)) })
    }

    /// x on the page of `mm` on the card.
    pub fn x(&self, mm: f32) -> f32 {
        self.x.0.mul_add(mm, self.x.1)
    }

    /// y on the page of `mm` on the card.
    pub fn y(&self, mm: f32) -> f32 {
        self.y.0.mul_add(mm, self.y.1)
    }

    /// Millimetres on the card of a place on the page.
    pub fn to_card(self, x: f32, y: f32) -> (f32, f32) {
        ((x - self.x.1) / self.x.0, (y - self.y.1) / self.y.0)
    }
}

/// The median slope over pairs at least `apart` on the card (Theil and Sen's
/// estimate, so that a misplaced anchor does no harm).
fn slope(points: &[(f32, f32)], apart: f32) -> Option<f32> {
    let mut slopes = Vec::new();
    for (i, a) in points.iter().enumerate() {
        for b in &points[i + 1..] {
            if (b.0 - a.0).abs() >= apart {
                slopes.push((b.1 - a.1) / (b.0 - a.0));
            }
        }
    }
    median(slopes)
}

fn offset(points: &[(f32, f32)], scale: f32) -> f32 {
    median(points.iter().map(|(card, page)| page - scale * card).collect()).unwrap_or_default()
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let even = values.len().is_multiple_of(2);
    Some(if even { f32::midpoint(values[middle - 1], upper) } else { upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(x: f32, y: f32) -> Anchor {
        Anchor { card: (x, y), page: (5.0 * x + 30.0, 6.0 * y - 4.0) }
    }

    #[test]
    fn one_misplaced_anchor_does_not_move_the_frame() {
        let mut anchors = vec![
            anchor(LABELS, row(Label::Name)),
            anchor(LABELS, row(Label::Sex)),
            anchor(VALUES, row(Label::Birth)),
            anchor(LABELS, row(Label::Address)),
            anchor(NUMBER + 18.0 * DIGIT, row(Label::Number)),
        ];
        anchors[1].page = (400.0, 300.0);
        let frame = Frame::fit(&anchors).unwrap();
        assert!((frame.x(10.0) - 80.0).abs() < 2.0, "{frame:?}");
        assert!((frame.y(20.0) - 116.0).abs() < 2.0, "{frame:?}");
        let (x, y) = frame.to_card(frame.x(12.0), frame.y(34.0));
        assert!((x - 12.0).abs() < 1e-3 && (y - 34.0).abs() < 1e-3);
    }

    #[test]
    fn rows_alone_make_a_frame_and_one_row_does_not() {
        let rows = [anchor(LABELS, row(Label::Name)), anchor(LABELS, row(Label::Number))];
        let frame = Frame::fit(&rows).unwrap();
        assert!((frame.x(LABELS) - (5.0 * LABELS + 30.0)).abs() < 1e-2);
        assert_eq!(Frame::fit(&rows[..1]), None);
        assert_eq!(Frame::fit(&[]), None);
    }
}
