//! Points, boxes, quadrilaterals and the maps between them.

use serde::{Deserialize, Serialize};

/// A position in a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "[f32; 2]", into = "[f32; 2]")]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Euclidean distance to `other`.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point `t` of the way to `other` (0 = here, 1 = there).
    #[must_use]
    pub fn lerp(self, other: Self, t: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }
}

impl From<[f32; 2]> for Point {
    fn from([x, y]: [f32; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [f32; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// An upright box: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width, not negative.
    pub width: f32,
    /// Height, not negative.
    pub height: f32,
}

impl Rect {
    /// The box with this left, top, width and height.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The centre.
    pub fn center(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Area in square pixels.
    pub fn area(self) -> f32 {
        self.width * self.height
    }

    /// Intersection over union with `other`; 0 when both are empty.
    pub fn iou(self, other: Self) -> f32 {
        let w = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let h = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        let both = w.max(0.0) * h.max(0.0);
        let either = self.area() + other.area() - both;
        if either > 0.0 { both / either } else { 0.0 }
    }

    /// The part inside a picture of `width` × `height` pixels.
    #[must_use]
    pub fn clamped(self, width: u32, height: u32) -> Self {
        let (w, h) = (width as f32, height as f32);
        let (x0, y0) = (self.x.clamp(0.0, w), self.y.clamp(0.0, h));
        let x1 = (self.x + self.width).clamp(x0, w);
        let y1 = (self.y + self.height).clamp(y0, h);
        Self::new(x0, y0, x1 - x0, y1 - y0)
    }

    /// The four corners: tl, tr, br, bl.
    pub fn quad(self) -> Quad {
        let (r, b) = (self.x + self.width, self.y + self.height);
        Quad([
            Point::new(self.x, self.y),
            Point::new(r, self.y),
            Point::new(r, b),
            Point::new(self.x, b),
        ])
    }
}

/// Four corners: top-left, top-right, bottom-right, bottom-left of the thing
/// as it is read, whatever way it lies in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// Mean length of the top and bottom edges.
    pub fn width(&self) -> f32 {
        let [tl, tr, br, bl] = self.0;
        f32::midpoint(tl.distance(tr), bl.distance(br))
    }

    /// Mean length of the left and right edges.
    pub fn height(&self) -> f32 {
        let [tl, tr, br, bl] = self.0;
        f32::midpoint(tl.distance(bl), tr.distance(br))
    }

    /// The mean of the corners.
    pub fn center(&self) -> Point {
        let (x, y) = self.0.iter().fold((0.0, 0.0), |(x, y), p| (x + p.x, y + p.y));
        Point::new(x / 4.0, y / 4.0)
    }

    /// Area in square pixels by the shoelace formula.
    pub fn area(&self) -> f32 {
        let p = &self.0;
        let twice: f32 =
            (0..4).map(|i| p[i].x * p[(i + 1) % 4].y - p[(i + 1) % 4].x * p[i].y).sum();
        twice.abs() / 2.0
    }

    /// The smallest upright box around the corners.
    pub fn bounds(&self) -> Rect {
        let xs = self.0.map(|p| p.x);
        let ys = self.0.map(|p| p.y);
        let min = |v: [f32; 4]| v.into_iter().fold(f32::INFINITY, f32::min);
        let max = |v: [f32; 4]| v.into_iter().fold(f32::NEG_INFINITY, f32::max);
        Rect::new(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    }

    /// The same corners, each mapped by `f`.
    #[must_use]
    pub fn map(&self, f: impl Fn(Point) -> Point) -> Self {
        Self(self.0.map(f))
    }

    /// The quad read after turning what it holds by `quarter_turns` × 90°
    /// counter-clockwise: the corner that was top-right becomes top-left.
    #[must_use]
    pub fn turned(&self, quarter_turns: u8) -> Self {
        let p = self.0;
        let k = usize::from(quarter_turns % 4);
        Self([p[k], p[(k + 1) % 4], p[(k + 2) % 4], p[(k + 3) % 4]])
    }
}

/// A projective map of the plane, row-major 3×3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography([f64; 9]);

impl Homography {
    /// The map that takes the four corners of `from` to those of `to`.
    ///
    /// Returns `None` when three corners of either lie on one line.
    pub fn between(from: &Quad, to: &Quad) -> Option<Self> {
        let mut rows = [[0.0_f64; 9]; 8];
        for (i, (p, q)) in from.0.iter().zip(&to.0).enumerate() {
            let (x, y) = (f64::from(p.x), f64::from(p.y));
            let (u, v) = (f64::from(q.x), f64::from(q.y));
            rows[2 * i] = [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u];
            rows[2 * i + 1] = [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v];
        }
        let h = solve(rows)?;
        let map = Self([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1.0]);
        map.0.iter().all(|v| v.is_finite()).then_some(map)
    }

    /// Where `point` goes.
    pub fn apply(&self, point: Point) -> Point {
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let m = &self.0;
        let w = m[6] * x + m[7] * y + m[8];
        Point::new(
            ((m[0] * x + m[1] * y + m[2]) / w) as f32,
            ((m[3] * x + m[4] * y + m[5]) / w) as f32,
        )
    }

    /// The nine coefficients, row by row.
    pub fn coefficients(&self) -> &[f64; 9] {
        &self.0
    }
}

/// Gaussian elimination with partial pivoting of eight equations in eight
/// unknowns, each row ending in its right-hand side.
fn solve(mut rows: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot = (column..8)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))
            .expect("the range is not empty");
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-9 {
            return None;
        }
        let lead = rows[column];
        for (index, row) in rows.iter_mut().enumerate() {
            if index != column {
                let factor = row[column] / lead[column];
                for (value, lead_value) in row.iter_mut().zip(&lead) {
                    *value -= factor * lead_value;
                }
            }
        }
    }
    let mut solution = [0.0; 8];
    for (index, row) in rows.iter().enumerate() {
        solution[index] = row[8] / row[index];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_homography_takes_corners_to_corners_and_degenerate_quads_have_none() {
        let unit = Rect::new(0.0, 0.0, 100.0, 50.0).quad();
        let tilted = Quad([
            Point::new(10.0, 5.0),
            Point::new(90.0, 12.0),
            Point::new(95.0, 60.0),
            Point::new(2.0, 55.0),
        ]);
        let map = Homography::between(&unit, &tilted).unwrap();
        for (from, to) in unit.0.iter().zip(&tilted.0) {
            assert!(map.apply(*from).distance(*to) < 1e-3);
        }
        let flat = Quad([Point::new(1.0, 1.0); 4]);
        assert_eq!(Homography::between(&flat, &unit), None);
    }

    #[test]
    fn turning_a_quad_four_times_is_identity() {
        let quad = Rect::new(1.0, 2.0, 3.0, 4.0).quad();
        assert_eq!(quad.turned(4), quad);
        assert_eq!(quad.turned(1).0[0], quad.0[1]);
    }
}
