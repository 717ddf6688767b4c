//! A set of pixels, its connected parts and their outlines.

use image::{Rgb, RgbImage};

use crate::geometry::{Point, Rect};

/// A set of pixels of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    width: usize,
    height: usize,
    set: Vec<bool>,
}

impl Mask {
    /// The pixels (x, y) of a picture of `width` × `height` for which `holds`.
    pub fn of(width: u32, height: u32, holds: impl Fn(u32, u32) -> bool) -> Self {
        let set = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let set = set.map(|(x, y)| holds(x, y)).collect();
        Self { width: width as usize, height: height as usize, set }
    }

    /// The pixels of `picture` for which `holds`.
    pub fn of_pixels(picture: &RgbImage, holds: impl Fn(&Rgb<u8>) -> bool) -> Self {
        let set = picture.pixels().map(holds).collect();
        Self { width: picture.width() as usize, height: picture.height() as usize, set }
    }

    /// Whether the pixel is in the set; what lies outside the picture is not.
    pub fn has(&self, x: i32, y: i32) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        inside && self.set[y as usize * self.width + x as usize]
    }

    /// How many pixels are in the set.
    pub fn count(&self) -> usize {
        self.set.iter().filter(|set| **set).count()
    }

    /// The pixels that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let set = self.set.iter().zip(&other.set).map(|(here, there)| *here && !there).collect();
        Self { set, ..*self }
    }

    /// Whether a pixel is in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.set.iter().zip(&other.set).any(|(a, b)| *a && *b)
    }

    /// Share of the pixels of the picture that are in the set, 0 to 1.
    pub fn share(&self) -> f32 {
        self.count() as f32 / self.set.len().max(1) as f32
    }

    /// The set and all that lies up to `reach` pixels from it along both axes.
    #[must_use]
    pub fn grown(&self, reach: usize) -> Self {
        self.each_in_reach(reach, true)
    }

    /// What is left when everything up to `reach` pixels from outside is taken.
    #[must_use]
    pub fn shrunk(&self, reach: usize) -> Self {
        self.each_in_reach(reach, false)
    }

    /// Grows the pixels that equal `which`, along rows and then along columns.
    fn each_in_reach(&self, reach: usize, which: bool) -> Self {
        let row = self.width.max(1);
        let mut along = self.set.clone();
        for (to, from) in along.chunks_exact_mut(row).zip(self.set.chunks_exact(row)) {
            (1..=reach).for_each(|apart| spread(to, from, apart, which));
        }
        let mut set = along.clone();
        (1..=reach).for_each(|apart| spread(&mut set, &along, apart * row, which));
        Self { set, ..*self }
    }

    /// The parts that hang together by their sides, each of `least` pixels or
    /// more, the largest first.
    pub fn parts(&self, least: usize) -> Vec<Self> {
        let mut left = self.set.clone();
        let mut parts = Vec::new();
        for start in 0..left.len() {
            if left[start] {
                let pixels = self.flood(start, &mut left);
                if pixels.len() >= least {
                    parts.push(pixels);
                }
            }
        }
        parts.sort_by_key(|pixels| std::cmp::Reverse(pixels.len()));
        let part = |pixels: Vec<usize>| {
            let mut set = vec![false; self.set.len()];
            for pixel in pixels {
                set[pixel] = true;
            }
            Self { set, ..*self }
        };
        parts.into_iter().map(part).collect()
    }

    /// The set and all that it encloses.
    #[must_use]
    pub fn filled(&self) -> Self {
        let mut left: Vec<bool> = self.set.iter().map(|set| !set).collect();
        let (width, rows) = (self.width, self.set.len() / self.width.max(1));
        let at_edge = |at: &usize| {
            let (x, y) = (at % width, at / width);
            x == 0 || y == 0 || x + 1 == width || y + 1 == rows
        };
        for start in (0..left.len()).filter(at_edge) {
            if left[start] {
                self.flood(start, &mut left);
            }
        }
        let set = self.set.iter().zip(left).map(|(set, enclosed)| *set || enclosed).collect();
        Self { set, ..*self }
    }

    /// Takes the part that holds `start` out of `left`.
    fn flood(&self, start: usize, left: &mut [bool]) -> Vec<usize> {
        left[start] = false;
        let mut found = vec![start];
        let mut next = 0;
        while let Some(&pixel) = found.get(next) {
            next += 1;
            let x = pixel % self.width;
            let beside = [
                (x > 0).then(|| pixel - 1),
                (x + 1 < self.width).then(|| pixel + 1),
                pixel.checked_sub(self.width),
                Some(pixel + self.width).filter(|below| *below < left.len()),
            ];
            for neighbour in beside.into_iter().flatten() {
                if left[neighbour] {
                    left[neighbour] = false;
                    found.push(neighbour);
                }
            }
        }
        found
    }

    /// Share of `area` that is in the set, 0 to 1; 0 for an area outside.
    pub fn share_of(&self, area: Rect) -> f32 {
        let area = area.clamped(self.width as u32, self.height as u32);
        let (left, top) = (area.x as usize, area.y as usize);
        let right = ((area.x + area.width).ceil() as usize).min(self.width);
        let bottom = ((area.y + area.height).ceil() as usize).min(self.height);
        if right <= left || bottom <= top {
            return 0.0;
        }
        let row = |y: usize| &self.set[y * self.width + left..y * self.width + right];
        let set: usize = (top..bottom).map(|y| row(y).iter().filter(|set| **set).count()).sum();
        set as f32 / ((right - left) * (bottom - top)) as f32
    }

    /// The convex outline of the set, clockwise, in pixels; empty for an empty
    /// set.
    pub fn outline(&self) -> Vec<Point> {
        let mut corners = Vec::new();
        for y in 0..self.height {
            let row = &self.set[y * self.width..(y + 1) * self.width];
            let (Some(first), Some(last)) =
                (row.iter().position(|set| *set), row.iter().rposition(|set| *set))
            else {
                continue;
            };
            for y in [y, y + 1] {
                corners.push((first as i64, y as i64));
                corners.push((last as i64 + 1, y as i64));
            }
        }
        hull(corners).into_iter().map(|(x, y)| Point::new(x as f32, y as f32)).collect()
    }

    /// Share of the convex outline that the set fills, 0 to 1.
    pub fn solidity(&self) -> f32 {
        let area = area(&self.outline());
        if area == 0.0 { 0.0 } else { self.count() as f32 / area }
    }

    /// Length and height of the smallest rectangle around the set, turned as it
    /// lies; `None` for an empty set.
    pub fn extent(&self) -> Option<[f32; 2]> {
        let outline = self.outline();
        let sides = outline.iter().zip(outline.iter().cycle().skip(1));
        let rectangles = sides.filter_map(|(from, to)| {
            let length = from.distance(*to);
            (length > 0.0).then(|| {
                let (dx, dy) = ((to.x - from.x) / length, (to.y - from.y) / length);
                let spread = |place: &dyn Fn(&Point) -> f32| {
                    let least = outline.iter().map(place).fold(f32::INFINITY, f32::min);
                    outline.iter().map(place).fold(f32::NEG_INFINITY, f32::max) - least
                };
                let along = spread(&|p| p.x * dx + p.y * dy);
                let across = spread(&|p| p.y * dx - p.x * dy);
                [along.max(across), along.min(across)]
            })
        });
        rectangles.min_by(|a, b| (a[0] * a[1]).total_cmp(&(b[0] * b[1])))
    }

    /// Width and height of the picture.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The pixels of a picture of `width` × `height` whose middles lie within a
    /// convex `outline`.
    pub fn within(width: usize, height: usize, outline: &[Point]) -> Self {
        let sides: Vec<_> = outline.iter().zip(outline.iter().cycle().skip(1)).collect();
        let inside = |x: usize, y: usize| {
            let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
            let side =
                |(a, b): &(&Point, &Point)| (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
            sides.iter().all(|s| side(s) >= 0.0) || sides.iter().all(|s| side(s) <= 0.0)
        };
        let set = (0..width * height).map(|at| !sides.is_empty() && inside(at % width, at / width));
        Self { width, height, set: set.collect() }
    }

    /// The pixels further than `from` and up to `to` pixels from the set.
    pub fn ring(&self, from: usize, to: usize) -> Vec<(u32, u32)> {
        let (near, far) = (self.grown(from), self.grown(to));
        let beside = (0..self.set.len()).filter(|at| far.set[*at] && !near.set[*at]);
        beside.map(|at| ((at % self.width) as u32, (at / self.width) as u32)).collect()
    }

    /// The smallest box around the set; `None` for an empty one.
    pub fn bounds(&self) -> Option<Rect> {
        let outline = self.outline();
        let least = |v: fn(&Point) -> f32| outline.iter().map(v).reduce(f32::min);
        let most = |v: fn(&Point) -> f32| outline.iter().map(v).reduce(f32::max);
        let (x, y) = (least(|p| p.x)?, least(|p| p.y)?);
        Some(Rect::new(x, y, most(|p| p.x)? - x, most(|p| p.y)? - y))
    }
}

/// Sets in `to` what equals `which` in `from` and lies `apart` from it, before
/// or after.
fn spread(to: &mut [bool], from: &[bool], apart: usize, which: bool) {
    let kept = from.len().saturating_sub(apart);
    let (before, after) = (&from[..kept], &from[from.len() - kept..]);
    let reach = |to: &mut [bool], from: &[bool]| {
        for (to, from) in to.iter_mut().zip(from) {
            *to = if which { (*to).max(*from) } else { (*to).min(*from) };
        }
    };
    reach(&mut to[..kept], after);
    reach(&mut to[from.len() - kept..], before);
}

/// The area of a polygon.
pub(super) fn area(corners: &[Point]) -> f32 {
    let next = |i: usize| corners[(i + 1) % corners.len()];
    let twice: f32 =
        (0..corners.len()).map(|i| corners[i].x * next(i).y - next(i).x * corners[i].y).sum();
    twice.abs() / 2.0
}

/// The convex hull (A. M. Andrew's monotone chain), clockwise with y down.
fn hull(mut points: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    points.sort_unstable();
    points.dedup();
    let chain = |points: &mut dyn Iterator<Item = (i64, i64)>| {
        let mut chain: Vec<(i64, i64)> = Vec::new();
        for p in points {
            while let [.., a, b] = chain[..]
                && (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0) <= 0
            {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut outline = chain(&mut points.iter().copied());
    outline.extend(chain(&mut points.iter().rev().copied()));
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Mask {
        let at = |x: u32, y: u32| rows[y as usize].as_bytes()[x as usize] == b'#';
        Mask::of(rows[0].len() as u32, rows.len() as u32, at)
    }

    #[test]
    fn parts_hang_together_by_their_sides() {
        let mask = drawn(&["##..#", "#..#.", "...##"]);
        let sizes: Vec<usize> = mask.parts(1).iter().map(Mask::count).collect();
        assert_eq!(sizes, [3, 3, 1]);
        assert_eq!(mask.parts(2).len(), 2);
    }

    #[test]
    fn growing_and_shrinking_close_gaps() {
        let mask = drawn(&["......", ".#.#..", "......"]);
        assert_eq!(mask.grown(1), drawn(&["#####.", "#####.", "#####."]));
        assert_eq!(drawn(&["###.", "###.", "###."]).shrunk(1), drawn(&["##..", "##..", "##.."]));
    }

    #[test]
    fn a_ring_filled_holds_what_it_encloses_and_nothing_beside() {
        let ring = drawn(&["......", ".###..", ".#.#.#", ".###..", "......"]);
        let full = drawn(&["......", ".###..", ".###.#", ".###..", "......"]);
        assert_eq!(ring.filled(), full);
        assert_eq!(full.without(&ring).count(), 1);
    }

    #[test]
    fn the_extent_of_a_turned_rectangle_is_its_own() {
        let (sin, cos) = 0.4_f32.sin_cos();
        let turned = Mask::of(200, 200, |x, y| {
            let (dx, dy) = (x as f32 - 100.0, y as f32 - 100.0);
            (dx * cos + dy * sin).abs() <= 60.0 && (dy * cos - dx * sin).abs() <= 20.0
        });
        let [long, high] = turned.extent().unwrap();
        assert!((long - 120.0).abs() < 4.0 && (high - 40.0).abs() < 4.0, "{long} × {high}");
        let hull = Mask::within(200, 200, &turned.outline());
        assert!(turned.without(&hull).count() == 0 && hull.without(&turned).count() < 500);
        assert_eq!(drawn(&["..."]).extent(), None);
    }

    #[test]
    fn outlines_are_convex_and_shares_count_pixels() {
        let mask = drawn(&["....", ".##.", ".#..", "...."]);
        assert_eq!(mask.bounds(), Some(Rect::new(1.0, 1.0, 2.0, 2.0)));
        assert_eq!(mask.outline().len(), 5);
        assert!((mask.share_of(Rect::new(1.0, 1.0, 2.0, 2.0)) - 0.75).abs() < 1e-6);
        assert!(mask.share_of(Rect::new(9.0, 9.0, 5.0, 5.0)) <= 0.0);
        assert!(drawn(&["..."]).outline().is_empty());
    }
}
