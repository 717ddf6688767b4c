//! How a face takes on the colours of the page before it.
//!
//! A screen at arm's length lights the nose more than what stands back and aside from it. Seen
//! as the logarithm of one channel over another, skin and shading are constants that fall out,
//! and what is left is the light.

use image::RgbImage;
use imaging::Point;

use crate::face::FaceMesh;

/// Landmarks in the middle of the parts that are looked at: those that face the screen, the
/// nose first, then those towards the ears.
const FRONT: [&[usize]; 4] =
    [&[1, 4, 5, 195], &[151, 9, 108, 337], &[50, 101, 118], &[280, 330, 347]];
const SIDES: [&[usize]; 2] = [&[227, 137, 177], &[447, 366, 401]];
/// Half a side of the square around each landmark, widths of the face.
const REACH: f32 = 0.035;
/// Levels beyond are clipped, or nearly.
const UNCLIPPED: std::ops::RangeInclusive<u8> = 4..=250;
/// Slower changes than this, milliseconds to either side, are those of the room, of the head
/// and of the camera's white balance.
const SLOW_MS: f64 = 900.0;
/// The light reaches the frames this late at most, milliseconds, and is looked for so densely.
const LATEST_MS: f64 = 400.0;
const LAG_STEP_MS: f64 = 20.0;
/// With fewer frames nothing is told.
const FEWEST: usize = 30;
/// Where the nose follows less than this, its share at the sides is noise.
const FOLLOWS: f64 = 0.5;

/// The tint of a face's parts in one frame: of each the logarithms of red over green and of
/// blue over green light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceTint {
    front: [[f64; 2]; FRONT.len()],
    sides: [[f64; 2]; SIDES.len()],
}

impl FaceTint {
    /// The tint of the face under `mesh`; `None` where a part lies outside of `frame` or is
    /// clipped.
    pub fn of(frame: &RgbImage, mesh: &FaceMesh) -> Option<Self> {
        let reach = (REACH * mesh.bounds().width).max(1.0);
        let part =
            |marks: &&[usize]| tint(frame, marks.iter().map(|mark| mesh.at(*mark).point()), reach);
        let mut tints = [[0.0; 2]; FRONT.len() + SIDES.len()];
        for (tint, marks) in tints.iter_mut().zip(FRONT.iter().chain(&SIDES)) {
            *tint = part(marks)?;
        }
        let [nose, brow, left, right, beside_left, beside_right] = tints;
        Some(Self { front: [nose, brow, left, right], sides: [beside_left, beside_right] })
    }
}

/// How a face took on the light of a whole capture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reflection {
    /// How well the tint of nose, forehead and cheeks follows the colours: the median of the
    /// four correlations, −1 to 1.
    pub following: f64,
    /// The strength of the tint towards the ear where it is less, as a share of the nose's: a
    /// head is seldom quite straight, and hair hangs over one side. `None` where the nose hardly
    /// follows.
    pub evenness: Option<f64>,
    /// How late the light came, milliseconds.
    pub lag_ms: f64,
}

impl Reflection {
    /// What `tints`, each with the milliseconds of its frame, say of the light that was `shown`
    /// at a time: red, green and blue, 0 to 1. `None` where too few frames fall into it.
    pub fn of(tints: &[(f64, FaceTint)], shown: impl Fn(f64) -> Option<[f64; 3]>) -> Option<Self> {
        let lags = (0..=(LATEST_MS / LAG_STEP_MS) as u32).map(|n| f64::from(n) * LAG_STEP_MS);
        let all = lags.filter_map(|lag_ms| Self::at_lag(tints, &shown, lag_ms));
        all.max_by(|a, b| a.following.total_cmp(&b.following))
    }

    fn at_lag(
        tints: &[(f64, FaceTint)],
        shown: &impl Fn(f64) -> Option<[f64; 3]>,
        lag_ms: f64,
    ) -> Option<Self> {
        let lit = tints.iter().filter_map(|(at, tint)| Some((*at, tint, shown(at - lag_ms)?)));
        let lit: Vec<_> = lit.collect();
        if lit.len() < FEWEST {
            return None;
        }
        let times: Vec<f64> = lit.iter().map(|(at, ..)| *at).collect();
        let light: Vec<_> = lit.iter().map(|(.., [r, g, b])| [r - g, b - g]).collect();
        let light = without_slow(&times, &light);
        let fit = |of: &dyn Fn(&FaceTint) -> [f64; 2]| {
            let tint: Vec<_> = lit.iter().map(|(_, tint, _)| of(tint)).collect();
            Fit::of(&light, &without_slow(&times, &tint))
        };
        let front: Vec<Fit> = (0..FRONT.len()).map(|part| fit(&|tint| tint.front[part])).collect();
        let sides: Vec<f64> =
            (0..SIDES.len()).map(|part| fit(&|tint| tint.sides[part]).slope).collect();
        let mut followings: Vec<f64> = front.iter().map(|fit| fit.correlation).collect();
        followings.sort_by(f64::total_cmp);
        let nose = &front[0];
        let evenness = (nose.correlation >= FOLLOWS)
            .then(|| sides.into_iter().fold(f64::INFINITY, f64::min) / nose.slope);
        let following = f64::midpoint(followings[1], followings[2]);
        Some(Self { following, evenness, lag_ms })
    }
}

/// How one part's tint depends on the light.
struct Fit {
    slope: f64,
    correlation: f64,
}

impl Fit {
    /// The least squares of both ratios together; all is 0 where nothing changes.
    fn of(light: &[[f64; 2]], tint: &[[f64; 2]]) -> Self {
        let (mut both, mut of_light, mut of_tint) = (0.0, 0.0, 0.0);
        for (light, tint) in light.iter().flatten().zip(tint.iter().flatten()) {
            both += light * tint;
            of_light += light * light;
            of_tint += tint * tint;
        }
        let least = f64::MIN_POSITIVE;
        Self {
            slope: both / of_light.max(least),
            correlation: both / (of_light * of_tint).sqrt().max(least),
        }
    }
}

/// What of `values` changes quickly: each less the mean of those about it.
fn without_slow(times: &[f64], values: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let (mut first, mut after, mut sum) = (0, 0, [0.0; 2]);
    let mut quick = Vec::with_capacity(values.len());
    for (at, value) in times.iter().zip(values) {
        while after < times.len() && times[after] <= at + SLOW_MS {
            sum = [0, 1].map(|k| sum[k] + values[after][k]);
            after += 1;
        }
        while times[first] < at - SLOW_MS {
            sum = [0, 1].map(|k| sum[k] - values[first][k]);
            first += 1;
        }
        quick.push([0, 1].map(|k| value[k] - sum[k] / (after - first) as f64));
    }
    quick
}

/// The tint of the squares about `points`.
fn tint(frame: &RgbImage, points: impl Iterator<Item = Point>, reach: f32) -> Option<[f64; 2]> {
    let mut sum = [0.0_f64; 3];
    let mut pixels = 0;
    for point in points {
        let side = |middle: f32, most: u32| {
            let low = (middle - reach).max(0.0) as u32;
            low..((middle + reach).max(0.0) as u32 + 1).min(most)
        };
        for y in side(point.y, frame.height()) {
            for x in side(point.x, frame.width()) {
                let levels = frame.get_pixel(x, y).0;
                if levels.iter().all(|level| UNCLIPPED.contains(level)) {
                    sum = [0, 1, 2].map(|k| sum[k] + linear(levels[k]));
                    pixels += 1;
                }
            }
        }
    }
    let [r, g, b] = sum;
    (pixels > 0).then(|| [(r / g).ln(), (b / g).ln()])
}

/// The light of a level, as sRGB has it (IEC 61966-2-1).
fn linear(level: u8) -> f64 {
    let level = f64::from(level) / 255.0;
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}
