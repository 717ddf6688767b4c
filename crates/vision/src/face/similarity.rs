//! Maps of the plane that turn, scale and shift, and pictures cut with them.

use fast_image_resize as fir;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use image::{Rgb, RgbImage};
use imaging::{Point, Rect};

/// Below this scale the source is averaged down before it is sampled: bilinear
/// sampling alone would skip pixels.
const AVERAGE_BELOW: f64 = 0.7;

/// A map that turns, scales by one factor and shifts:
/// (x, y) → (a·x − b·y + tx, b·x + a·y + ty).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Similarity {
    a: f64,
    b: f64,
    tx: f64,
    ty: f64,
}

impl Similarity {
    /// The map that takes `from` to `to` with the least sum of squared errors
    /// (Umeyama, 1991, in the plane and without reflection).
    ///
    /// `None` when `from` is one point only, or a coordinate is not finite.
    pub fn fit<const N: usize>(from: &[Point; N], to: &[Point; N]) -> Option<Self> {
        let mean = |points: &[Point; N]| {
            let (x, y) = points
                .iter()
                .fold((0.0, 0.0), |(x, y), p| (x + f64::from(p.x), y + f64::from(p.y)));
            (x / N as f64, y / N as f64)
        };
        let (from_mean, to_mean) = (mean(from), mean(to));
        let (mut dot, mut cross, mut spread) = (0.0, 0.0, 0.0);
        for (p, q) in from.iter().zip(to) {
            let (px, py) = (f64::from(p.x) - from_mean.0, f64::from(p.y) - from_mean.1);
            let (qx, qy) = (f64::from(q.x) - to_mean.0, f64::from(q.y) - to_mean.1);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            spread += px * px + py * py;
        }
        let (a, b) = (dot / spread, cross / spread);
        let map = Self {
            a,
            b,
            tx: to_mean.0 - (a * from_mean.0 - b * from_mean.1),
            ty: to_mean.1 - (b * from_mean.0 + a * from_mean.1),
        };
        map.is_usable().then_some(map)
    }

    /// The map of a square about `center`, with sides of `side` pixels and
    /// turned clockwise by `angle` radians, to an upright one of `out` pixels.
    ///
    /// `None` when a number is not finite or the square has no area.
    pub fn of_square(center: Point, side: f32, angle: f32, out: u32) -> Option<Self> {
        let scale = f64::from(out) / f64::from(side);
        let (sin, cos) = f64::from(angle).sin_cos();
        let (a, b) = (scale * cos, -scale * sin);
        let (x, y) = (f64::from(center.x), f64::from(center.y));
        let half = f64::from(out) / 2.0;
        let map = Self { a, b, tx: half - (a * x - b * y), ty: half - (b * x + a * y) };
        map.is_usable().then_some(map)
    }

    fn is_usable(&self) -> bool {
        let finite = [self.a, self.b, self.tx, self.ty].iter().all(|v| v.is_finite());
        finite && self.scale() > 1e-9
    }

    /// How many target pixels one source pixel is wide.
    pub fn scale(&self) -> f64 {
        self.a.hypot(self.b)
    }

    /// Where `point` goes.
    pub fn apply(&self, point: Point) -> Point {
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        Point::new(
            (self.a * x - self.b * y + self.tx) as f32,
            (self.b * x + self.a * y + self.ty) as f32,
        )
    }

    /// The map back.
    pub fn inverse(&self) -> Self {
        let square = self.a * self.a + self.b * self.b;
        let (a, b) = (self.a / square, -self.b / square);
        Self { a, b, tx: -(a * self.tx - b * self.ty), ty: -(b * self.tx + a * self.ty) }
    }

    /// Cuts a square of `side` × `side` pixels out of `source`, whose pixels
    /// this map takes to it; the nearest pixel beyond the border.
    ///
    /// `None` when the square lies wholly outside `source`.
    pub fn cut(&self, source: &RgbImage, side: u32) -> Option<RgbImage> {
        let back = self.inverse();
        let square = Rect::new(0.0, 0.0, side as f32, side as f32);
        let bounds = square.quad().map(|p| back.apply(p)).bounds();
        let window = Window::around(bounds, source)?;
        let mut affine = Affine { x: [back.a, -back.b, back.tx], y: [back.b, back.a, back.ty] };
        if self.scale() >= AVERAGE_BELOW {
            return Some(affine.sample(source, side));
        }
        let small = window.shrunk(source, self.scale());
        let across = f64::from(small.width()) / f64::from(window.width);
        let down = f64::from(small.height()) / f64::from(window.height);
        affine.x[2] -= f64::from(window.left);
        affine.y[2] -= f64::from(window.top);
        affine.x = affine.x.map(|v| v * across);
        affine.y = affine.y.map(|v| v * down);
        Some(affine.sample(&small, side))
    }
}

/// Whole pixels of a picture: what one cut looks at.
struct Window {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Window {
    /// The part of `picture` within `bounds` and one pixel around.
    fn around(bounds: Rect, picture: &RgbImage) -> Option<Self> {
        let wider =
            Rect::new(bounds.x - 1.0, bounds.y - 1.0, bounds.width + 2.0, bounds.height + 2.0);
        let inside = wider.clamped(picture.width(), picture.height());
        let (left, top) = (inside.x.floor() as u32, inside.y.floor() as u32);
        let right = ((inside.x + inside.width).ceil() as u32).min(picture.width());
        let bottom = ((inside.y + inside.height).ceil() as u32).min(picture.height());
        (left < right && top < bottom).then(|| Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
        })
    }

    /// The window reduced by `scale`, every source pixel weighing in.
    fn shrunk(&self, source: &RgbImage, scale: f64) -> RgbImage {
        let reduced = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
        resized(source, self, reduced(self.width), reduced(self.height))
    }
}

/// `picture` as large as `width` × `height`, every source pixel weighing in.
pub(super) fn shrunk(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let window = Window { left: 0, top: 0, width: picture.width(), height: picture.height() };
    resized(picture, &window, width, height)
}

fn resized(source: &RgbImage, window: &Window, width: u32, height: u32) -> RgbImage {
    // The typed images build one resizer, for these pixels, where the untyped
    // ones build it for every pixel type: minutes of compilation.
    let from = TypedImageRef::<U8x3>::from_buffer(source.width(), source.height(), source.as_raw())
        .expect("an RgbImage holds three bytes a pixel");
    let mut picture = RgbImage::new(width, height);
    let mut to = TypedImage::<U8x3>::from_buffer(width, height, &mut picture)
        .expect("an RgbImage holds three bytes a pixel");
    let options = fir::ResizeOptions::new()
        .resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::Bilinear))
        .crop(
            f64::from(window.left),
            f64::from(window.top),
            f64::from(window.width),
            f64::from(window.height),
        );
    fir::Resizer::new()
        .resize_typed(&from, &mut to, &options)
        .expect("the window lies inside the source");
    picture
}

/// A map from target to source pixels, as two rows.
struct Affine {
    x: [f64; 3],
    y: [f64; 3],
}

impl Affine {
    /// The square of `side` × `side` pixels that this map fetches from
    /// `source`, bilinear, the nearest pixel beyond the border.
    fn sample(&self, source: &RgbImage, side: u32) -> RgbImage {
        let [x, y] = [self.x, self.y].map(|row| row.map(|v| v as f32));
        RgbImage::from_fn(side, side, |column, row| {
            let (u, v) = (column as f32 + 0.5, row as f32 + 0.5);
            bilinear(source, x[0] * u + x[1] * v + x[2] - 0.5, y[0] * u + y[1] * v + y[2] - 0.5)
        })
    }
}

/// The bilinear value between pixel centres, which lie at whole numbers.
fn bilinear(source: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let (right, bottom) = (source.width() - 1, source.height() - 1);
    let (x, y) = (x.clamp(0.0, right as f32), y.clamp(0.0, bottom as f32));
    let (x0, y0) = (x as u32, y as u32);
    let (x1, y1) = ((x0 + 1).min(right), (y0 + 1).min(bottom));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let rows = [y0, y1].map(|y| [source.get_pixel(x0, y), source.get_pixel(x1, y)]);
    Rgb(std::array::from_fn(|channel| {
        let [top, bottom] = rows.map(|[left, right]| {
            let (left, right) = (f32::from(left[channel]), f32::from(right[channel]));
            left + (right - left) * fx
        });
        (top + (bottom - top) * fy + 0.5) as u8
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gradient(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x ^ y) as u8]))
    }

    #[test]
    fn an_upright_square_is_cut_pixel_by_pixel() {
        let source = gradient(40, 30);
        let map = Similarity::of_square(Point::new(15.0, 14.0), 10.0, 0.0, 10).unwrap();
        let cut = map.cut(&source, 10).unwrap();
        let expected = image::imageops::crop_imm(&source, 10, 9, 10, 10).to_image();
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_square_turned_clockwise_comes_out_upright() {
        let source = gradient(40, 40);
        let quarter = std::f32::consts::FRAC_PI_2;
        let map = Similarity::of_square(Point::new(20.0, 20.0), 40.0, quarter, 40).unwrap();
        let cut = map.cut(&source, 40).unwrap();
        assert_eq!(cut, image::imageops::rotate270(&source));
    }

    #[test]
    fn a_strong_reduction_averages_what_bilinear_sampling_would_skip() {
        let stripes =
            RgbImage::from_fn(400, 400, |x, _| Rgb([if x % 2 == 0 { 0 } else { 200 }; 3]));
        let map = Similarity::of_square(Point::new(200.0, 200.0), 320.0, 0.3, 32).unwrap();
        let cut = map.cut(&stripes, 32).unwrap();
        let extreme = cut.pixels().map(|p| p[0].abs_diff(100)).max().unwrap();
        assert!(extreme <= 10, "{extreme}");
    }

    #[test]
    fn beyond_the_border_is_the_nearest_pixel_and_wholly_outside_is_nothing() {
        let source = RgbImage::from_pixel(8, 8, Rgb([7, 8, 9]));
        let at = |x, y, side| Similarity::of_square(Point::new(x, y), side, 0.1, 16).unwrap();
        let cut = at(0.0, 0.0, 100.0).cut(&source, 16).unwrap();
        assert!(cut.pixels().all(|p| p.0 == [7, 8, 9]));
        assert_eq!(at(500.0, 4.0, 10.0).cut(&source, 16), None);
    }

    #[test]
    fn points_that_determine_no_map_give_none() {
        let one = [Point::new(3.0, 3.0); 5];
        let spread: [Point; 5] = std::array::from_fn(|i| Point::new(i as f32, (i * i) as f32));
        assert_eq!(Similarity::fit(&one, &spread), None);
        assert_eq!(Similarity::fit(&[Point::new(f32::NAN, 0.0); 5], &spread), None);
        assert_eq!(Similarity::of_square(Point::new(1.0, 1.0), 0.0, 0.0, 9), None);
    }

    proptest! {
        #[test]
        fn fitting_finds_the_map_that_moved_the_points(
            angle in -3.1_f32..3.1, side in 2.0_f32..5000.0, x in -900.0_f32..900.0, y in 0.0_f32..900.0,
        ) {
            let map = Similarity::of_square(Point::new(x, y), side, angle, 150).unwrap();
            let template = [(30.0, 40.0), (110.0, 42.0), (75.0, 70.0), (45.0, 120.0), (100.0, 118.0)]
                .map(|(x, y)| Point::new(x, y));
            let back = map.inverse();
            let fitted = Similarity::fit(&template.map(|p| back.apply(p)), &template).unwrap();
            prop_assert!((fitted.scale() / map.scale() - 1.0).abs() < 1e-3);
            for p in template {
                prop_assert!(fitted.apply(back.apply(p)).distance(p) < 0.1);
            }
        }
    }
}
