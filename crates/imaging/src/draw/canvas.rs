//! Smooth-edged shapes on a picture.

use image::RgbImage;

use crate::geometry::Point;

/// Coordinates are kept this near the picture: beyond it nothing shows, and
/// arithmetic on wild ones would lose its precision.
const MARGIN: f32 = 4000.0;

/// A picture with shapes drawn on it, in its own pixels.
pub(super) struct Canvas {
    picture: RgbImage,
}

impl Canvas {
    pub fn new(picture: RgbImage) -> Self {
        Self { picture }
    }

    pub fn into_picture(self) -> RgbImage {
        self.picture
    }

    pub fn width(&self) -> f32 {
        self.picture.width() as f32
    }

    pub fn height(&self) -> f32 {
        self.picture.height() as f32
    }

    /// Mixes `colour` into the pixel at (x, y), if there is one.
    pub fn blend(&mut self, x: i32, y: i32, colour: [u8; 3], share: f32) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        let Some(pixel) = self.picture.get_pixel_mut_checked(x, y) else { return };
        let share = share.clamp(0.0, 1.0);
        for (value, target) in pixel.0.iter_mut().zip(colour) {
            let mixed = f32::from(*value) + (f32::from(target) - f32::from(*value)) * share;
            *value = mixed.round() as u8;
        }
    }

    /// Multiplies everything outside the convex polygon by `light`.
    pub fn dim_outside(&mut self, corners: &[Point], light: f32) {
        let corners = self.tame(corners);
        let levels: Vec<u8> = (0..=255_u8).map(|v| (f32::from(v) * light).round() as u8).collect();
        let width = self.picture.width();
        for y in 0..self.picture.height() {
            let spans = crossings(&corners, y as f32 + 0.5);
            let (left, right) = match (spans.first(), spans.last()) {
                (Some(left), Some(right)) => (column(*left, width), column(*right, width)),
                _ => (width, width),
            };
            for x in (0..left).chain(right..width) {
                let pixel = self.picture.get_pixel_mut(x, y);
                pixel.0 = pixel.0.map(|value| levels[usize::from(value)]);
            }
        }
    }

    /// Tints the polygon's inside and rules it with slanted lines `pitch` apart.
    pub fn hatch(&mut self, corners: &[Point], pitch: f32, colour: [u8; 3]) {
        let corners = self.tame(corners);
        let (width, pitch) = (self.picture.width(), pitch.max(3.0));
        for y in 0..self.picture.height() {
            for span in crossings(&corners, y as f32 + 0.5).chunks_exact(2) {
                for x in column(span[0], width)..column(span[1], width) {
                    let phase = (x + y) as f32 % pitch / pitch;
                    let share = if phase < 0.25 { 0.55 } else { 0.22 };
                    self.blend(x as i32, y as i32, colour, share);
                }
            }
        }
    }

    /// A closed line through `corners`, `thickness` wide, with round joints.
    pub fn ring(&mut self, corners: &[Point], thickness: f32, colour: [u8; 3]) {
        let corners = self.tame(corners);
        for (i, from) in corners.iter().enumerate() {
            let to = corners[(i + 1) % corners.len()];
            self.stroke(*from, to, thickness / 2.0, colour);
        }
    }

    /// A filled circle.
    pub fn dot(&mut self, centre: Point, radius: f32, colour: [u8; 3]) {
        let centre = self.tame(&[centre])[0];
        self.stroke(centre, centre, radius, colour);
    }

    /// A line with round ends, `radius` to each side.
    fn stroke(&mut self, from: Point, to: Point, radius: f32, colour: [u8; 3]) {
        let reach = radius + 1.0;
        let top = (from.y.min(to.y) - reach).max(0.0) as u32;
        let bottom = (from.y.max(to.y) + reach).clamp(0.0, self.height()) as u32;
        for y in top..bottom {
            let centre_y = y as f32 + 0.5;
            let Some((a, b)) = part_between(from, to, centre_y - reach, centre_y + reach) else {
                continue;
            };
            let left = (a.min(b) - reach).max(0.0) as u32;
            let right = (a.max(b) + reach).clamp(0.0, self.width()) as u32;
            for x in left..right {
                let distance = distance_to(Point::new(x as f32 + 0.5, centre_y), from, to);
                let share = radius + 0.5 - distance;
                if share > 0.0 {
                    self.blend(x as i32, y as i32, colour, share);
                }
            }
        }
    }

    /// An upright box with rounded corners.
    pub fn chip(&mut self, left: f32, top: f32, size: (f32, f32), colour: [u8; 3]) {
        let radius = size.1 * 0.22;
        let (right, bottom) = (left + size.0, top + size.1);
        for y in top as i32..=bottom as i32 {
            for x in left as i32..=right as i32 {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let dx = (left + radius - px).max(px - right + radius).max(0.0);
                let dy = (top + radius - py).max(py - bottom + radius).max(0.0);
                self.blend(x, y, colour, (radius + 0.5 - dx.hypot(dy)).min(1.0));
            }
        }
    }

    /// A bar across the whole picture, from row `top` to row `bottom`.
    pub fn block(&mut self, top: f32, bottom: f32, colour: [u8; 3]) {
        for y in top as i32..bottom as i32 {
            for x in 0..self.picture.width() as i32 {
                self.blend(x, y, colour, 0.94);
            }
        }
    }

    /// Finite points near the picture.
    fn tame(&self, points: &[Point]) -> Vec<Point> {
        let within = |value: f32, side: f32| {
            if value.is_nan() { 0.0 } else { value.clamp(-MARGIN, side + MARGIN) }
        };
        let tame = |p: &Point| Point::new(within(p.x, self.width()), within(p.y, self.height()));
        points.iter().map(tame).collect()
    }
}

/// Where the horizontal line at `y` crosses the polygon, from left to right.
fn crossings(corners: &[Point], y: f32) -> Vec<f32> {
    let mut found: Vec<f32> = (0..corners.len())
        .map(|i| (corners[i], corners[(i + 1) % corners.len()]))
        .filter(|(a, b)| (a.y <= y) != (b.y <= y))
        .map(|(a, b)| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
        .collect();
    found.sort_by(f32::total_cmp);
    found
}

/// The first pixel column whose centre is not left of `x`.
fn column(x: f32, width: u32) -> u32 {
    (x + 0.5).clamp(0.0, width as f32) as u32
}

/// The x values at which the segment enters and leaves the band of rows.
fn part_between(from: Point, to: Point, top: f32, bottom: f32) -> Option<(f32, f32)> {
    let rise = to.y - from.y;
    if rise.abs() < 1e-3 {
        return (top..=bottom).contains(&from.y).then_some((from.x, to.x));
    }
    let (t0, t1) = ((top - from.y) / rise, (bottom - from.y) / rise);
    let (t0, t1) = (t0.min(t1).max(0.0), t0.max(t1).min(1.0));
    (t0 <= t1).then(|| (from.lerp(to, t0).x, from.lerp(to, t1).x))
}

fn distance_to(point: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx * dx + dy * dy;
    if length < 1e-6 {
        return point.distance(from);
    }
    let t = ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
    point.distance(from.lerp(to, t.clamp(0.0, 1.0)))
}
