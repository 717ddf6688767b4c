//! Which way the lines of a picture run, and in which order they are read.

use imaging::{Point, Quad};

use super::detect::TextBox;

/// A region counts as a line, whose longer side tells where its text runs,
/// when it is so many times longer than high; a shorter one follows the rest.
const LINE_PROPORTION: f32 = 1.6;

/// One of the two directions, at right angles, that the text of one picture
/// may run along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Along most of the text.
    Main,
    /// Across it, as a note along a card's edge.
    Cross,
}

/// The regions of a picture, each turned to its supposed reading direction.
pub(super) struct Layout {
    main: Point,
    boxes: Vec<(Direction, TextBox)>,
}

impl Layout {
    /// Turns every region to run to the right, or down where most text is
    /// upright in the picture: which end is the beginning is still open.
    pub(super) fn of(boxes: Vec<TextBox>) -> Self {
        let main = main_axis(&boxes);
        let boxes = boxes.into_iter().map(|found| aligned(main, found)).collect();
        Self { main, boxes }
    }

    /// The directions in which there is text.
    pub(super) fn directions(&self) -> Vec<Direction> {
        [Direction::Main, Direction::Cross]
            .into_iter()
            .filter(|direction| self.boxes.iter().any(|(d, _)| d == direction))
            .collect()
    }

    /// The `count` longest regions along `direction`, longest first.
    pub(super) fn longest_quads(&self, direction: Direction, count: usize) -> Vec<Quad> {
        let mut quads: Vec<Quad> = self
            .boxes
            .iter()
            .filter(|(d, _)| *d == direction)
            .map(|(_, found)| found.quad)
            .collect();
        quads.sort_by(|a, b| b.width().total_cmp(&a.width()));
        quads.truncate(count);
        quads
    }

    /// Turns the regions along `direction` by half a turn.
    pub(super) fn flip(&mut self, direction: Direction) {
        for (d, found) in &mut self.boxes {
            if *d == direction {
                found.quad = found.quad.turned(2);
            }
        }
        if direction == Direction::Main {
            self.main = Point::new(-self.main.x, -self.main.y);
        }
    }

    /// How many quarter turns counter-clockwise make the main text upright.
    pub(super) fn quarter_turns(&self) -> u8 {
        quarter_turns(self.main)
    }

    /// The regions by rows from top to bottom and in a row from left to right,
    /// along the main direction.
    pub(super) fn into_reading_order(self) -> Vec<TextBox> {
        let (along, down) = (self.main, Point::new(-self.main.y, self.main.x));
        let key = |found: &TextBox, axis: Point| {
            let center = found.quad.center();
            center.x * axis.x + center.y * axis.y
        };
        let mut boxes: Vec<TextBox> = self.boxes.into_iter().map(|(_, found)| found).collect();
        boxes.sort_by(|a, b| key(a, down).total_cmp(&key(b, down)));
        let mut rows: Vec<Vec<TextBox>> = Vec::new();
        for found in boxes {
            let same_row = rows.last().and_then(|row| row.first()).is_some_and(|first| {
                key(&found, down) - key(first, down)
                    < 0.5 * first.quad.height().min(found.quad.height())
            });
            match rows.last_mut() {
                Some(row) if same_row => row.push(found),
                _ => rows.push(vec![found]),
            }
        }
        for row in &mut rows {
            row.sort_by(|a, b| key(a, along).total_cmp(&key(b, along)));
        }
        rows.into_iter().flatten().collect()
    }
}

/// How many quarter turns counter-clockwise make text upright that runs along
/// `direction`.
pub(super) fn quarter_turns(direction: Point) -> u8 {
    let Point { x, y } = direction;
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}

/// The unit vector along most of the text, pointing right or, when the text
/// runs more up and down than across, down.
///
/// Directions are averaged with doubled angles, so that the two ways along a
/// line count as one, each region weighted by its length.
fn main_axis(boxes: &[TextBox]) -> Point {
    let (mut x, mut y) = (0.0, 0.0);
    for found in boxes {
        let (length, height) = (found.quad.width(), found.quad.height());
        if length >= LINE_PROPORTION * height {
            let angle = 2.0 * direction(&found.quad).y.atan2(direction(&found.quad).x);
            x += angle.cos() * length;
            y += angle.sin() * length;
        }
    }
    // Lines along and across cancel out when doubled; that leaves the longer.
    let angle = if x == 0.0 && y == 0.0 { 0.0 } else { f32::atan2(y, x) / 2.0 };
    let axis = Point::new(angle.cos(), angle.sin());
    let backwards = if axis.x.abs() >= axis.y.abs() { axis.x < 0.0 } else { axis.y < 0.0 };
    if backwards { Point::new(-axis.x, -axis.y) } else { axis }
}

/// The unit vector along the top edge of `quad`.
fn direction(quad: &Quad) -> Point {
    let [tl, tr, ..] = quad.0;
    let length = tl.distance(tr).max(1e-6);
    Point::new((tr.x - tl.x) / length, (tr.y - tl.y) / length)
}

/// `found` turned to run along the main axis or across it.
fn aligned(main: Point, mut found: TextBox) -> (Direction, TextBox) {
    let dot = |quad: &Quad, axis: Point| {
        let along = direction(quad);
        along.x * axis.x + along.y * axis.y
    };
    let is_line = found.quad.width() >= LINE_PROPORTION * found.quad.height();
    let across = dot(&found.quad, main).abs() < std::f32::consts::FRAC_1_SQRT_2;
    let (direction, axis) = match (across, is_line) {
        (true, true) => (Direction::Cross, Point::new(-main.y, main.x)),
        (true, false) => {
            found.quad = found.quad.turned(1);
            (Direction::Main, main)
        }
        (false, _) => (Direction::Main, main),
    };
    if dot(&found.quad, axis) < 0.0 {
        found.quad = found.quad.turned(2);
    }
    (direction, found)
}
