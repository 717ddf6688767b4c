//! Laying an outline along the edges that a picture shows.

use image::RgbImage;
use imaging::{Point, Rect};

use super::fit::Line;
use super::profile::Profile;

/// Places along a side at which its edge is looked for.
pub(super) const SAMPLES: usize = 40;
/// Corners are round, so the ends of a side say nothing about it.
pub(super) const ENDS: f32 = 0.06;
/// A side of which less than this share lies in the picture stays as it is.
const MIN_IN_VIEW: f32 = 0.3;
/// Difference of two sides, in levels over three channels, at which an edge is
/// half as sure as can be. Above sensor noise, below a white card on paper.
const HALF_SURE: f32 = 18.0;
/// What is less sure than this on the mean is no edge.
const MIN_SURE: f32 = 0.25;

/// The farthest that one exact look reaches, pixels.
const MOST_REACH: i32 = 30;
/// Steps from a side's place to the farthest edge that is considered.
const COARSE: i32 = 16;

/// An edge of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub line: Line,
    /// How sure it is on the mean, along what of it is in view, 0 to 1.
    pub sure: f32,
}

/// The picture in which edges are looked for.
pub(super) struct Edges<'a> {
    picture: &'a RgbImage,
}

impl<'a> Edges<'a> {
    /// The edges of `picture`.
    pub fn of(picture: &'a RgbImage) -> Self {
        Self { picture }
    }

    /// The edge along most of `from`–`to`, at most `reach` pixels off.
    pub fn near(&self, from: Point, to: Point, reach: f32) -> Option<Edge> {
        let profile = self.profile(from, to, (reach.ceil() as i32).clamp(3, MOST_REACH))?;
        let (sure, start, end) = profile.best();
        let line = Line::least_squares(profile.points(start, end).into_iter())?;
        let line = line.facing(&Line::through(from, to));
        (sure >= MIN_SURE).then_some(Edge { line, sure })
    }

    /// The surest edges up to `reach` pixels from `from`–`to`, a few.
    pub fn around(&self, from: Point, to: Point, reach: f32) -> Vec<Edge> {
        let Some(profile) = self.profile(from, to, reach.ceil() as i32) else { return Vec::new() };
        let step = (profile.reach / COARSE).max(1);
        let picks = profile.pooled(step).peaks(step);
        let closer = |(start, end): (i32, i32)| {
            let (from, to) = profile.shifted(from, to, (start, end));
            self.near(from, to, step as f32 + 2.0)
        };
        picks.into_iter().filter_map(closer).collect()
    }

    /// The picture's own borders.
    pub fn borders(&self) -> [Line; 4] {
        let (w, h) = (self.picture.width() as f32, self.picture.height() as f32);
        let [tl, tr, br, bl] = Rect::new(0.0, 0.0, w, h).quad().0;
        [Line::through(tl, tr), Line::through(tr, br), Line::through(br, bl), Line::through(bl, tl)]
    }

    /// Whether enough of `from`–`to` lies in the picture to see an edge on it.
    pub fn shows(&self, from: Point, to: Point) -> bool {
        let inside = (0..SAMPLES).filter(|&i| {
            let at = from.lerp(to, (i as f32 + 0.5) / SAMPLES as f32);
            self.at(at.x, at.y).is_some()
        });
        inside.count() as f32 >= MIN_IN_VIEW * SAMPLES as f32
    }

    /// Looks across the side; `None` when too little of it is in the picture.
    fn profile(&self, from: Point, to: Point, reach: i32) -> Option<Profile> {
        let length = from.distance(to);
        if length < 8.0 {
            return None;
        }
        // Corners run clockwise, so outwards is to the left of the way.
        let normal = Point::new((to.y - from.y) / length, (from.x - to.x) / length);
        let at: Vec<Point> = (0..SAMPLES)
            .map(|i| {
                let t = ENDS + (1.0 - 2.0 * ENDS) * (i as f32 + 0.5) / SAMPLES as f32;
                from.lerp(to, t)
            })
            .collect();
        let sure: Vec<_> = at.iter().map(|&place| self.across(place, normal, reach)).collect();
        let seen = sure.iter().flatten().count();
        let enough = seen as f32 >= MIN_IN_VIEW * SAMPLES as f32;
        enough.then_some(Profile { at, normal, reach, sure, seen })
    }

    /// How sure an edge across `normal` is at each offset from `place`.
    fn across(&self, place: Point, normal: Point, reach: i32) -> Option<Vec<f32>> {
        let levels: Vec<[f32; 3]> = (-reach - 2..reach + 2)
            .map(|offset| {
                let out = offset as f32 + 0.5;
                let at = self.at(place.x + normal.x * out, place.y + normal.y * out);
                at.unwrap_or([f32::NAN; 3])
            })
            .collect();
        // Two pixels on either side are compared; beyond the picture there is no edge.
        let sure = |w: &[[f32; 3]]| {
            let across = |i: usize| (w[0][i] + w[1][i] - w[2][i] - w[3][i]).abs() / 2.0;
            let difference = across(0) + across(1) + across(2);
            if difference.is_nan() { 0.0 } else { difference / (difference + HALF_SURE) }
        };
        let sure: Vec<f32> = levels.windows(4).map(sure).collect();
        sure.iter().any(|&value| value > 0.0).then_some(sure)
    }

    /// The levels at a place, between pixel centres; `None` beyond the picture.
    fn at(&self, x: f32, y: f32) -> Option<[f32; 3]> {
        let (x, y) = (x - 0.5, y - 0.5);
        let (w, h) = (self.picture.width(), self.picture.height());
        if !(x >= 0.0 && y >= 0.0 && x < (w - 1) as f32 && y < (h - 1) as f32) {
            return None;
        }
        let (x0, y0) = (x as usize, y as usize);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let raw = self.picture.as_raw();
        let row = w as usize * 3;
        let start = y0 * row + x0 * 3;
        Some([0, 1, 2].map(|c| {
            let level = |offset: usize| f32::from(raw[start + offset + c]);
            let top = level(0) + (level(3) - level(0)) * fx;
            let bottom = level(row) + (level(row + 3) - level(row)) * fx;
            top + (bottom - top) * fy
        }))
    }
}
