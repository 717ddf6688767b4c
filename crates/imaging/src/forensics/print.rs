//! Print that was not photographed with the rest: sharper than the lens makes it, or there
//! twice to the pixel.

use image::RgbImage;

use super::Plane;
use crate::geometry::Quad;
use crate::quality::levels::{Histogram, luminance};

/// Levels between ink and paper without which nothing is told.
const LEAST_CONTRAST: f32 = 25.0;
/// Steps without which nothing is told.
const LEAST_STEPS: usize = 200;

/// How steep the steepest edges of `line` are, an upright line of print: the mean of the
/// highest fiftieth of the steps along its rows, as a share of the contrast between ink and
/// paper. Lens, shake and focus set it, so lines side by side have about the same. `None`
/// where there is too little contrast or too small a line to tell.
pub fn steepness(line: &RgbImage) -> Option<f32> {
    let histogram = Histogram::of(line.pixels().map(luminance));
    let contrast = f32::from(histogram.percentile(0.9)) - f32::from(histogram.percentile(0.02));
    if contrast < LEAST_CONTRAST {
        return None;
    }
    let mut steps: Vec<f32> = Vec::new();
    for row in line.rows() {
        let levels: Vec<u8> = row.map(luminance).collect();
        steps.extend(levels.windows(2).map(|two| f32::from(two[0].abs_diff(two[1]))));
    }
    let most = steps.len() / 50;
    if steps.len() < LEAST_STEPS {
        return None;
    }
    steps.select_nth_unstable_by(most, |a, b| b.total_cmp(a));
    Some(steps[..most].iter().sum::<f32>() / most as f32 / contrast)
}

/// How alike the most alike two places of `line` are, 1 where one is the copy of the other, 0
/// where all differ by a fifth of their own deviation or more: each is the inner part of a
/// character, the height of the line being that of its print with the paper that belongs to it.
/// Noise, grid and lens make even two equal characters of a photograph differ. `line` is in
/// pixels of `picture`. `None` where nothing could be compared.
pub fn likeness(picture: &RgbImage, line: &Quad) -> Option<f32> {
    let height = line.height();
    let plane = Plane::of(picture, line.bounds());
    let lies = plane.width >= plane.height;
    let row = Row::through(line, &plane, lies);
    let plane = plane.along();
    let (width, tall) = ((0.4 * height).round() as usize, (0.6 * height).round() as usize);
    if width < SMALLEST || plane.height < tall || plane.width < 2 * width {
        return None;
    }
    let blocks = Blocks::new(&plane, width, tall);
    let (last, lowest) = (plane.width - width, plane.height - tall);
    let top = |left: usize| {
        let middle = row.at(left as f32 + width as f32 / 2.0) - tall as f32 / 2.0;
        (middle.round().max(0.0) as usize).min(lowest)
    };
    let around = |left: usize| top(left).saturating_sub(BESIDE)..=(top(left) + BESIDE).min(lowest);
    let seen: Vec<Vec<(usize, Glance)>> = (0..=last)
        .map(|left| around(left).map(|top| (top, blocks.glance([left, top]))).collect())
        .collect();
    let reach = (FAR * height) as usize;
    let mut least: Option<f32> = None;
    for left in (0..=last).step_by((width / 4).max(1)) {
        let from = [left, top(left)];
        let (own, deviation) = (blocks.glance(from), blocks.seen(from, [width, tall]).deviation);
        let spread = deviation * deviation;
        if deviation < LEAST_DEVIATION {
            continue;
        }
        let mut most = least.unwrap_or(UNLIKE) * spread;
        let end = last.min(left + reach) + 1;
        for (left, places) in seen.iter().enumerate().take(end).skip(left + width) {
            for &(top, other) in places {
                if blocks.differ_at_least(&own, &other) < most
                    && let Some(difference) = blocks.difference(from, [left, top], most)
                {
                    most = difference;
                }
            }
        }
        least = Some(most / spread);
    }
    least.map(|least| 1.0 - (least / UNLIKE).sqrt())
}

/// Places whose mean square difference is this share of their variance, or more, are unlike.
const UNLIKE: f32 = 0.04;

/// Places are compared up to so many line heights apart: a longer line would take its length
/// squared.
const FAR: f32 = 24.0;

/// The middle of a line of print in the pixels of its plane.
struct Row {
    start: f32,
    slope: f32,
}

impl Row {
    /// That of `line` in `plane`, along its rows where the line `lies`, else along its columns.
    fn through(line: &Quad, plane: &Plane, lies: bool) -> Self {
        let [tl, tr, br, bl] = line.0;
        let ends = [tl.lerp(bl, 0.5), tr.lerp(br, 0.5)].map(|end| {
            let [x, y] = [end.x - plane.at[0] as f32, end.y - plane.at[1] as f32];
            if lies { [x, y] } else { [y, x] }
        });
        let [[x, y], [end_x, end_y]] = ends;
        let slope = if (end_x - x).abs() < 1.0 { 0.0 } else { (end_y - y) / (end_x - x) };
        Self { start: y - slope * x, slope }
    }

    fn at(&self, along: f32) -> f32 {
        self.start + self.slope * along
    }
}

/// Narrower places have too few pixels.
const SMALLEST: usize = 6;
/// A place must differ so much in itself, levels: flat paper is alike everywhere.
const LEAST_DEVIATION: f32 = 12.0;
/// A copy may lie so many pixels beside the line's middle.
const BESIDE: usize = 3;

/// Every place of one size in a plane.
struct Blocks {
    width: usize,
    height: usize,
    /// The plane's pixels in a row, and their levels: whole numbers are compared many at once.
    across: usize,
    levels: Vec<i16>,
    /// Sums of the values, and of their squares, of all that lies above and left of a pixel:
    /// rows of one more than the plane is wide.
    sums: Vec<[f64; 2]>,
}

/// The levels of a place.
#[derive(Clone, Copy)]
struct Seen {
    mean: f32,
    deviation: f32,
}

/// What a place shows at a glance: its quarters.
type Glance = [Seen; 4];

impl Blocks {
    fn new(plane: &Plane, width: usize, height: usize) -> Self {
        let across = plane.width + 1;
        let mut sums = vec![[0.0; 2]; across * (plane.height + 1)];
        for (y, row) in plane.rows().enumerate() {
            let mut along = [0.0; 2];
            for (x, value) in row.iter().map(|value| f64::from(*value)).enumerate() {
                along = [along[0] + value, along[1] + value * value];
                let above = sums[y * across + x + 1];
                sums[(y + 1) * across + x + 1] = [above[0] + along[0], above[1] + along[1]];
            }
        }
        let levels = plane.values.iter().map(|value| *value as i16).collect();
        Self { width, height, across: plane.width, levels, sums }
    }

    fn glance(&self, [x, y]: [usize; 2]) -> Glance {
        let [width, height] = [self.width / 2, self.height / 2];
        let quarter =
            |right, down| self.seen([x + right * width, y + down * height], [width, height]);
        [quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)]
    }

    /// The least that the mean square difference of two places can be: that of what their
    /// quarters have in mean and deviation.
    fn differ_at_least(&self, one: &Glance, other: &Glance) -> f32 {
        let quarters = one.iter().zip(other).map(|(one, other)| {
            let (mean, deviation) = (one.mean - other.mean, one.deviation - other.deviation);
            mean * mean + deviation * deviation
        });
        let pixels = ((self.width / 2) * (self.height / 2)) as f32;
        quarters.sum::<f32>() * pixels / (self.width * self.height) as f32
    }

    fn seen(&self, [x, y]: [usize; 2], [width, height]: [usize; 2]) -> Seen {
        let across = self.across + 1;
        let sum = |x: usize, y: usize| self.sums[y * across + x];
        let (right, bottom) = (x + width, y + height);
        let corners = [sum(right, bottom), sum(x, bottom), sum(right, y), sum(x, y)];
        let count = (width * height) as f64;
        let [value, square] =
            [0, 1].map(|i| (corners[0][i] - corners[1][i] - corners[2][i] + corners[3][i]) / count);
        let deviation = (square - value * value).max(0.0).sqrt();
        Seen { mean: value as f32, deviation: deviation as f32 }
    }

    fn rows(&self, [x, y]: [usize; 2]) -> impl Iterator<Item = &[i16]> {
        let start = move |row: usize| (y + row) * self.across + x;
        (0..self.height).map(move |row| &self.levels[start(row)..start(row) + self.width])
    }

    /// The mean square difference of two places, `None` as soon as it is `most` or more.
    fn difference(&self, one: [usize; 2], other: [usize; 2], most: f32) -> Option<f32> {
        let count = (self.width * self.height) as f32;
        let most = (most * count) as u32;
        let mut sum = 0;
        for (a, b) in self.rows(one).zip(self.rows(other)) {
            // Levels are 0 to 255: nothing wraps, and no check for it keeps them from being
            // compared many at once.
            let squares = a.iter().zip(b).map(|(a, b)| {
                let apart = i32::from(a.wrapping_sub(*b));
                apart.wrapping_mul(apart)
            });
            sum += squares.fold(0_i32, i32::wrapping_add) as u32;
            if sum >= most {
                return None;
            }
        }
        Some(sum as f32 / count)
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, imageops};

    use super::*;
    use crate::geometry::Rect;

    /// Bars of uneven widths with noise, blurred by `sigma`.
    fn line(sigma: f32, seed: u32) -> RgbImage {
        let mut state = seed;
        let mut draw = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 24
        };
        let bars: Vec<bool> = (0..60).map(|_| draw() > 150).collect();
        let ink = |x: u32, y: u32| bars[(x / 5) as usize] && (5..27).contains(&y);
        let sharp = RgbImage::from_fn(300, 32, |x, y| Rgb([if ink(x, y) { 40 } else { 210 }; 3]));
        let mut soft = imageops::blur(&sharp, sigma);
        for pixel in soft.pixels_mut() {
            let noise = (draw() % 7) as u8;
            pixel.0 = pixel.0.map(|level| level - 3 + noise);
        }
        soft
    }

    #[test]
    fn steeper_edges_are_told_from_softer_ones() {
        let [soft, sharp] = [1.5, 0.6].map(|sigma| steepness(&line(sigma, 5)).unwrap());
        assert!(sharp > 1.5 * soft, "{sharp} {soft}");
        assert_eq!(steepness(&RgbImage::from_pixel(200, 30, Rgb([200; 3]))), None);
        assert_eq!(steepness(&RgbImage::new(0, 0)), None);
    }

    #[test]
    fn a_copied_place_is_alike_and_others_are_not() {
        let whole = Rect::new(0.0, 0.0, 300.0, 32.0).quad();
        let genuine = line(0.8, 9);
        let mut copied = genuine.clone();
        let part = imageops::crop_imm(&genuine, 40, 0, 24, 32).to_image();
        imageops::overlay(&mut copied, &part, 203, 0);
        let [before, after] = [genuine, copied].map(|at| likeness(&at, &whole).unwrap());
        assert!(before < 0.9 && after > 0.99, "{before} {after}");
    }

    #[test]
    fn a_line_upright_is_searched_along_its_length() {
        let lying = line(0.8, 9);
        let turned = imageops::rotate90(&lying);
        let upright = Rect::new(0.0, 0.0, 32.0, 300.0).quad().turned(1);
        let lying = likeness(&lying, &Rect::new(0.0, 0.0, 300.0, 32.0).quad()).unwrap();
        let found = likeness(&turned, &upright).unwrap();
        assert!((found - lying).abs() < 0.02, "{found} {lying}");
        assert_eq!(likeness(&turned, &Rect::default().quad()), None);
    }
}
