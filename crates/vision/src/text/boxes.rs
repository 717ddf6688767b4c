//! From a map of text probabilities to the rectangles around its regions.

use image::{GrayImage, Luma};
use imageproc::geometry::convex_hull;
use imageproc::region_labelling::{Connectivity, connected_components};
use imaging::{Point, Quad};

/// A rectangle at any angle: its centre, the unit vector along it, and half
/// its length along and across that vector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slanted {
    pub(super) center: Point,
    pub(super) along: Point,
    pub(super) half_length: f32,
    pub(super) half_height: f32,
}

impl Slanted {
    /// The rectangle of least area around `hull`, a convex polygon; its
    /// longer side is its length. `None` for fewer than three corners.
    fn around(hull: &[Point]) -> Option<Self> {
        if hull.len() < 3 {
            return None;
        }
        (0..hull.len())
            .filter_map(|i| Self::along_edge(hull, hull[i], hull[(i + 1) % hull.len()]))
            .min_by(|a, b| a.area().total_cmp(&b.area()))
    }

    /// The rectangle around `hull` that lies along the edge from `a` to `b`.
    fn along_edge(hull: &[Point], a: Point, b: Point) -> Option<Self> {
        let length = a.distance(b);
        if length <= 0.0 {
            return None;
        }
        let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length);
        let mut bounds = [f32::INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::NEG_INFINITY];
        for p in hull {
            let (u, v) = (p.x * ux + p.y * uy, p.y * ux - p.x * uy);
            bounds[0] = bounds[0].min(u);
            bounds[1] = bounds[1].max(u);
            bounds[2] = bounds[2].min(v);
            bounds[3] = bounds[3].max(v);
        }
        let [u0, u1, v0, v1] = bounds;
        let (u, v) = (f32::midpoint(u0, u1), f32::midpoint(v0, v1));
        let center = Point::new(u * ux - v * uy, u * uy + v * ux);
        let (half_u, half_v) = ((u1 - u0) / 2.0, (v1 - v0) / 2.0);
        Some(if half_u >= half_v {
            Self { center, along: Point::new(ux, uy), half_length: half_u, half_height: half_v }
        } else {
            Self { center, along: Point::new(-uy, ux), half_length: half_v, half_height: half_u }
        })
    }

    fn area(&self) -> f32 {
        4.0 * self.half_length * self.half_height
    }

    /// Grown on every side by what the detector's training shrank text by
    /// (Differentiable Binarization, AAAI 2020, section 3.4): area × `ratio`
    /// ÷ perimeter.
    pub(super) fn unclipped(mut self, ratio: f32) -> Self {
        let distance =
            self.area() * ratio / (4.0 * (self.half_length + self.half_height)).max(1e-6);
        self.half_length += distance;
        self.half_height += distance;
        self
    }

    /// The corners, the first two along the length.
    pub(super) fn quad(&self) -> Quad {
        let (ux, uy) = (self.along.x * self.half_length, self.along.y * self.half_length);
        let (vx, vy) = (-self.along.y * self.half_height, self.along.x * self.half_height);
        let Point { x, y } = self.center;
        Quad([
            Point::new(x - ux - vx, y - uy - vy),
            Point::new(x + ux - vx, y + uy - vy),
            Point::new(x + ux + vx, y + uy + vy),
            Point::new(x - ux + vx, y - uy + vy),
        ])
    }

    fn contains(&self, p: Point) -> bool {
        let (dx, dy) = (p.x - self.center.x, p.y - self.center.y);
        (dx * self.along.x + dy * self.along.y).abs() <= self.half_length
            && (dy * self.along.x - dx * self.along.y).abs() <= self.half_height
    }
}

/// A map of text probabilities, `width` values to a row.
pub(super) struct ProbabilityMap<'a> {
    pub(super) values: &'a [f32],
    pub(super) width: usize,
    pub(super) height: usize,
}

impl ProbabilityMap<'_> {
    /// The rectangles around the regions above `threshold`, each with the mean
    /// probability inside it, in map pixels.
    pub(super) fn regions(&self, threshold: f32) -> Vec<(Slanted, f32)> {
        self.outlines(threshold)
            .into_iter()
            .filter_map(|outline| {
                let hull: Vec<Point> = convex_hull(outline)
                    .into_iter()
                    .map(|p| Point::new(p.x as f32, p.y as f32))
                    .collect();
                let rectangle = Slanted::around(&hull)?;
                Some((rectangle, self.mean_inside(&rectangle)))
            })
            .collect()
    }

    /// For each connected region the corners of the first and last pixel of
    /// each of its rows: enough for its convex hull.
    fn outlines(&self, threshold: f32) -> Vec<Vec<imageproc::point::Point<i32>>> {
        let mask = GrayImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            let value = self.values[y as usize * self.width + x as usize];
            Luma([u8::from(value > threshold)])
        });
        let labels = connected_components(&mask, Connectivity::Eight, Luma([0]));
        let mut outlines: Vec<Vec<imageproc::point::Point<i32>>> = Vec::new();
        for (y, row) in labels.rows().enumerate() {
            let row: Vec<usize> = row.map(|label| label[0] as usize).collect();
            for (x, &label) in row.iter().enumerate().filter(|(_, label)| **label > 0) {
                if outlines.len() < label {
                    outlines.resize(label, Vec::new());
                }
                let (x0, y0) = (x as i32, y as i32);
                let starts = x == 0 || row[x - 1] != label;
                let ends = row.get(x + 1) != Some(&label);
                for x in [starts.then_some(x0), ends.then_some(x0 + 1)].into_iter().flatten() {
                    outlines[label - 1]
                        .extend([y0, y0 + 1].map(|y| imageproc::point::Point { x, y }));
                }
            }
        }
        outlines
    }

    /// The mean probability of the pixels whose centre lies in `rectangle`.
    fn mean_inside(&self, rectangle: &Slanted) -> f32 {
        let bounds = rectangle.quad().bounds().clamped(self.width as u32, self.height as u32);
        let (x0, y0) = (bounds.x as usize, bounds.y as usize);
        let x1 = ((bounds.x + bounds.width).ceil() as usize).min(self.width);
        let y1 = ((bounds.y + bounds.height).ceil() as usize).min(self.height);
        let (mut sum, mut count) = (0.0_f64, 0_u32);
        for y in y0..y1 {
            for x in x0..x1 {
                if rectangle.contains(Point::new(x as f32 + 0.5, y as f32 + 0.5)) {
                    sum += f64::from(self.values[y * self.width + x]);
                    count += 1;
                }
            }
        }
        (sum / f64::from(count.max(1))) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slanted_bar_gives_its_own_rectangle_and_mean() {
        let (width, height) = (80, 60);
        let bar = Slanted {
            center: Point::new(40.0, 30.0),
            along: Point::new(0.8, 0.6),
            half_length: 25.0,
            half_height: 6.0,
        };
        let values: Vec<f32> = (0..width * height)
            .map(|i| Point::new((i % width) as f32 + 0.5, (i / width) as f32 + 0.5))
            .map(|p| if bar.contains(p) { 0.9 } else { 0.0 })
            .collect();
        let map = ProbabilityMap { values: &values, width, height };
        let regions = map.regions(0.3);
        assert_eq!(regions.len(), 1);
        let (found, mean) = regions[0];
        assert!(found.center.distance(bar.center) < 1.0);
        assert!((found.half_length - 25.0).abs() < 1.5 && (found.half_height - 6.0).abs() < 1.5);
        assert!((found.along.x * 0.8 + found.along.y * 0.6).abs() > 0.99);
        assert!(mean > 0.7);
    }

    #[test]
    fn touching_the_border_or_a_single_pixel_is_a_region_too() {
        let mut values = vec![0.0; 12];
        values[0] = 1.0;
        values[11] = 1.0;
        let map = ProbabilityMap { values: &values, width: 4, height: 3 };
        let regions = map.regions(0.5);
        assert_eq!(regions.len(), 2);
        assert!(regions.iter().all(|(region, mean)| region.area() > 0.9 && *mean > 0.9));
    }
}
