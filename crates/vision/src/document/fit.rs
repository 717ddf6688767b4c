//! From cells to four sides.

use imaging::{Point, Quad};

use super::canvas::{CELLS, Maps};
use super::regions::Region;

/// The quadrilateral around `region`, whose cells have a probability over
/// `level`, in cells, clockwise, its first corner the
/// one nearest to the top left. `None` when the cells have no four sides.
pub(super) fn quad(maps: &Maps, region: &Region, level: f32) -> Option<Quad> {
    let border = border(maps, region, level);
    let around = four_sided(hull(border.clone()))?;
    let sides: Vec<Line> = (0..4)
        .map(|i| {
            let (from, to) = (around[i], around[(i + 1) % 4]);
            Line::fitted(&border, from, to).unwrap_or_else(|| Line::through(from, to))
        })
        .collect();
    let mut corners = [Point::default(); 4];
    for (i, corner) in corners.iter_mut().enumerate() {
        let met = sides[(i + 3) % 4].meets(&sides[i])?;
        // Almost parallel neighbours meet anywhere: then the hull knows better.
        *corner = if met.distance(around[i]) < 6.0 { met } else { around[i] };
    }
    Some(clockwise_from_top_left(Quad(corners)))
}

/// How much longer a side may look than the one opposite: a page tilted by 45°
/// and held as near as its own length shows 1.9.
const MOST_PERSPECTIVE: f32 = 2.2;
/// The sine of the sharpest corner: 40°.
const SHARPEST: f32 = 0.64;

/// Whether a rectangle looks like `quad` to a camera that someone holds.
pub(super) fn is_a_page_in_perspective(quad: &Quad) -> bool {
    let length = |i: usize| quad.0[i % 4].distance(quad.0[(i + 1) % 4]);
    let alike = |a: f32, b: f32| a.max(b) <= MOST_PERSPECTIVE * a.min(b);
    let sharp = |i: usize| {
        let (before, at, after) = (quad.0[(i + 3) % 4], quad.0[i], quad.0[(i + 1) % 4]);
        cross(before, at, after) < SHARPEST * before.distance(at) * at.distance(after)
    };
    alike(length(0), length(2)) && alike(length(1), length(3)) && !(0..4).any(sharp)
}

/// The same corners, clockwise in the picture, from the one nearest to the top
/// left on.
pub(super) fn clockwise_from_top_left(quad: Quad) -> Quad {
    let mut corners = quad.0;
    let centre = quad.center();
    let turn = |p: &Point| (p.y - centre.y).atan2(p.x - centre.x);
    corners.sort_by(|a, b| turn(a).total_cmp(&turn(b)));
    let first = (0..4).min_by(|&a, &b| {
        let far = |i: usize| corners[i].x + corners[i].y;
        far(a).total_cmp(&far(b))
    });
    Quad(corners).turned(first.unwrap_or(0) as u8)
}

/// Whether `point` lies in a quad whose corners run clockwise.
pub(super) fn contains(quad: &Quad, point: Point) -> bool {
    (0..4).all(|i| cross(quad.0[i], quad.0[(i + 1) % 4], point) >= 0.0)
}

/// Twice the area of the triangle, positive when it runs clockwise (y down).
fn cross(a: Point, b: Point, c: Point) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Where the probability passes the level between a cell of the region and one
/// that is not; the canvas ends where cells end.
fn border(maps: &Maps, region: &Region, level: f32) -> Vec<Point> {
    let mut points = Vec::new();
    let chance = |cell: usize| maps.inside[cell];
    for cell in (0..CELLS * CELLS).filter(|&cell| region[cell]) {
        let (x, y) = ((cell % CELLS) as f32 + 0.5, (cell / CELLS) as f32 + 0.5);
        for (dx, dy) in [(1_i32, 0_i32), (-1, 0), (0, 1), (0, -1)] {
            let (nx, ny) = ((cell % CELLS) as i32 + dx, (cell / CELLS) as i32 + dy);
            let on_canvas = (0..CELLS as i32).contains(&nx) && (0..CELLS as i32).contains(&ny);
            let t = if on_canvas {
                let next = ny as usize * CELLS + nx as usize;
                if region[next] {
                    continue;
                }
                let (here, there) = (chance(cell), chance(next));
                // Two documents that touch share the cells half and half.
                if there > level { 0.5 } else { (here - level) / (here - there).max(1e-6) }
            } else {
                0.5
            };
            let t = t.clamp(0.0, 1.0);
            points.push(Point::new(x + dx as f32 * t, y + dy as f32 * t));
        }
    }
    points
}

/// The convex hull, clockwise (y down), by Andrew's monotone chain.
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    let mut chain: Vec<Point> = Vec::new();
    for lower in [false, true] {
        let begin = chain.len();
        let walk: Box<dyn Iterator<Item = &Point>> =
            if lower { Box::new(points.iter().rev()) } else { Box::new(points.iter()) };
        for &point in walk {
            while chain.len() >= begin + 2
                && cross(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
    }
    chain
}

/// Takes sides away from a convex polygon until four are left, each time the
/// one whose neighbours close the gap with the least area.
fn four_sided(mut polygon: Vec<Point>) -> Option<[Point; 4]> {
    while polygon.len() > 4 {
        let count = polygon.len();
        let (_, side, tip) = (0..count)
            .filter_map(|i| {
                let at = |k: usize| polygon[(i + k) % count];
                // The side from `at(1)` to `at(2)` goes, its neighbours meet.
                let tip = Line::through(at(0), at(1)).meets(&Line::through(at(2), at(3)))?;
                let outward = cross(at(1), tip, at(2));
                (outward > 0.0).then_some((outward, i, tip))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))?;
        polygon[(side + 1) % count] = tip;
        polygon.remove((side + 2) % count);
    }
    polygon.try_into().ok()
}

/// A line as unit normal and distance from the origin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    nx: f32,
    ny: f32,
    d: f32,
}

impl Line {
    /// The line through two points.
    pub fn through(a: Point, b: Point) -> Self {
        let length = a.distance(b).max(1e-6);
        let (nx, ny) = ((b.y - a.y) / length, (a.x - b.x) / length);
        Self { nx, ny, d: nx * a.x + ny * a.y }
    }

    /// Where two lines meet, unless they are almost parallel.
    pub fn meets(&self, other: &Self) -> Option<Point> {
        let determinant = self.nx * other.ny - self.ny * other.nx;
        (determinant.abs() > 1e-3).then(|| {
            Point::new(
                (self.d * other.ny - other.d * self.ny) / determinant,
                (self.nx * other.d - other.nx * self.d) / determinant,
            )
        })
    }

    /// The line that `points` near the middle of `from`–`to` lie on. Few points
    /// far off weigh little.
    fn fitted(points: &[Point], from: Point, to: Point) -> Option<Self> {
        let length = from.distance(to);
        if length < 3.0 {
            return None;
        }
        let mut line = Self::through(from, to);
        let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length);
        // Corners are round: their neighbourhood says little about a side.
        let near: Vec<Point> = points
            .iter()
            .copied()
            .filter(|p| {
                let along = ((p.x - from.x) * ux + (p.y - from.y) * uy) / length;
                (0.1..=0.9).contains(&along) && line.beyond(*p).abs() < 1.5
            })
            .collect();
        for _ in 0..4 {
            let weighted = near.iter().map(|p| {
                let off = line.beyond(*p) / 0.4;
                (*p, 1.0 / (1.0 + off * off))
            });
            line = Self::least_squares(weighted)?;
        }
        Some(line)
    }

    /// The same line, its normal to the same side as that of `other`.
    pub fn facing(self, other: &Self) -> Self {
        if self.nx * other.nx + self.ny * other.ny >= 0.0 {
            self
        } else {
            Self { nx: -self.nx, ny: -self.ny, d: -self.d }
        }
    }

    /// Signed distance of a point.
    pub fn beyond(&self, p: Point) -> f32 {
        self.nx * p.x + self.ny * p.y - self.d
    }

    /// The line with the least weighted squared distances; `None` of fewer than
    /// two places.
    pub fn least_squares(weighted: impl Iterator<Item = (Point, f32)> + Clone) -> Option<Self> {
        let total: f32 = weighted.clone().map(|(_, w)| w).sum();
        if total <= 1e-6 {
            return None;
        }
        let (mut mx, mut my) = (0.0, 0.0);
        for (p, w) in weighted.clone() {
            mx += p.x * w / total;
            my += p.y * w / total;
        }
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (p, w) in weighted {
            let (dx, dy) = (p.x - mx, p.y - my);
            xx += w * dx * dx;
            xy += w * dx * dy;
            yy += w * dy * dy;
        }
        if xx + yy <= 1e-6 {
            return None;
        }
        // The normal is the direction of the least spread.
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy) + std::f32::consts::FRAC_PI_2;
        let (ny, nx) = angle.sin_cos();
        Some(Self { nx, ny, d: nx * mx + ny * my })
    }
}
