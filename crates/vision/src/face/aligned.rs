//! One face cut upright to a fixed size, with its landmarks.

use image::RgbImage;
use imaging::{Point, Rect};

use super::mesh::FaceMesh;
use super::similarity::Similarity;

/// Side of the cut, pixels.
pub(super) const SIDE: usize = 160;

/// Distance between the eyes in it: all places below are told in this unit.
pub(super) const UNIT: f32 = 50.0;

/// The middle between the eyes lies this far above the middle of the cut.
const RAISED: f32 = 0.45;

/// Added to every level before its logarithm, so that the noise of dark pixels counts little.
const DARK: f32 = 6.0;

/// Light and colour of a pixel or a patch, natural logarithms: a shadow moves the light alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tone {
    /// Of the luminance.
    pub light: f32,
    /// Of red over green.
    pub red: f32,
    /// Of blue over green.
    pub blue: f32,
}

impl Tone {
    /// The median of `tones`, each part by itself; zero of none.
    pub fn median(tones: &[Self]) -> Self {
        let of = |part: fn(&Self) -> f32| quantile(tones.iter().map(part).collect(), 0.5);
        Self { light: of(|t| t.light), red: of(|t| t.red), blue: of(|t| t.blue) }
    }

    /// How unlike two tones are: the difference of colour, and of light what shading on one
    /// face seldom makes, at a third.
    pub fn unlike(self, other: Self) -> f32 {
        const SHADING: f32 = 0.25;
        const WEIGHT: f32 = 0.35;
        let light = ((self.light - other.light).abs() - SHADING).max(0.0) * WEIGHT;
        (self.red - other.red).hypot(self.blue - other.blue).hypot(light)
    }
}

/// A face upright, [`UNIT`] pixels between the eyes.
pub(super) struct Aligned {
    rgb: RgbImage,
    tones: Vec<Tone>,
    marks: Vec<Point>,
    back: Similarity,
}

impl Aligned {
    /// The face under `mesh`; `None` when it lies outside `picture`.
    pub fn of(picture: &RgbImage, mesh: &FaceMesh) -> Option<Self> {
        let (middle, y) = (SIDE as f32 / 2.0, SIDE as f32 / 2.0 - RAISED * UNIT);
        let eyes = [Point::new(middle - UNIT / 2.0, y), Point::new(middle + UNIT / 2.0, y)];
        let map = Similarity::fit(&mesh.eyes(), &eyes)?;
        let rgb = map.cut(picture, SIDE as u32)?;
        let tones = rgb.pixels().map(|pixel| tone(pixel.0)).collect();
        let marks = mesh.landmarks().iter().map(|l| map.apply(l.point())).collect();
        Some(Self { rgb, tones, marks, back: map.inverse() })
    }

    /// Landmark `index` in the cut.
    pub fn mark(&self, index: usize) -> Point {
        self.marks[index]
    }

    /// The landmarks `indices`.
    pub fn marks(&self, indices: &[usize]) -> Vec<Point> {
        indices.iter().map(|index| self.marks[*index]).collect()
    }

    /// The corners of `bounds` of the cut, in pixels of the picture.
    pub fn region(&self, bounds: Rect) -> Vec<Point> {
        let Rect { x, y, width, height } = bounds;
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        corners.map(|(x, y)| self.back.apply(Point::new(x, y))).to_vec()
    }

    /// The landmarks `indices` in pixels of the picture.
    pub fn outline(&self, indices: &[usize]) -> Vec<Point> {
        self.marks(indices).into_iter().map(|point| self.back.apply(point)).collect()
    }

    /// The levels of a pixel.
    pub fn levels(&self, x: usize, y: usize) -> [u8; 3] {
        self.rgb.get_pixel(x as u32, y as u32).0
    }

    /// The luminance of a pixel, 0 to 255.
    pub fn grey(&self, x: usize, y: usize) -> f32 {
        let [red, green, blue] = self.levels(x, y).map(f32::from);
        luminance(red, green, blue)
    }

    /// The tone of a pixel, the nearest one beyond the border.
    pub fn tone(&self, x: i32, y: i32) -> Tone {
        let inside = |v: i32| v.clamp(0, SIDE as i32 - 1) as usize;
        self.tones[inside(y) * SIDE + inside(x)]
    }

    /// The median tone of the square that reaches `reach` pixels about `place`.
    pub fn patch(&self, place: Point, reach: f32) -> Tone {
        let (left, right) = ((place.x - reach) as i32, (place.x + reach + 1.0) as i32);
        let (top, bottom) = ((place.y - reach) as i32, (place.y + reach + 1.0) as i32);
        let pixels: Vec<Tone> =
            (top..bottom).flat_map(|y| (left..right).map(move |x| self.tone(x, y))).collect();
        Tone::median(&pixels)
    }

    /// The patches about the landmarks `indices`.
    pub fn patches(&self, indices: &[usize], reach: f32) -> Vec<Tone> {
        indices.iter().map(|index| self.patch(self.marks[*index], reach)).collect()
    }
}

/// The pixels of a cut whose middle lies within `corners`.
pub(super) fn within(corners: &[Point]) -> Vec<(usize, usize)> {
    let inside = |x: f32, y: f32| {
        let next = corners.iter().cycle().skip(1);
        let crossed = corners.iter().zip(next).filter(|(a, b)| {
            (a.y <= y) != (b.y <= y) && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
        });
        crossed.count() % 2 == 1
    };
    let end = SIDE as f32;
    let span = |axis: fn(&Point) -> f32| {
        let low = corners.iter().map(axis).fold(end, f32::min).clamp(0.0, end);
        let high = corners.iter().map(axis).fold(0.0, f32::max).clamp(0.0, end);
        low as usize..high.ceil() as usize
    };
    let (columns, rows) = (span(|p| p.x), span(|p| p.y));
    rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
        .filter(|(x, y)| inside(*x as f32 + 0.5, *y as f32 + 0.5))
        .collect()
}

fn tone([red, green, blue]: [u8; 3]) -> Tone {
    let [red, green, blue] = [red, green, blue].map(|v| f32::from(v) + DARK);
    Tone {
        light: luminance(red, green, blue).ln(),
        red: (red / green).ln(),
        blue: (blue / green).ln(),
    }
}

pub(super) fn luminance(red: f32, green: f32, blue: f32) -> f32 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// The value below which `share` of `values` lie, between two of them; zero of none.
pub(super) fn quantile(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f32;
    let (low, part) = (place.floor() as usize, place.fract());
    values[low] + (values[(low + 1).min(last)] - values[low]) * part
}
