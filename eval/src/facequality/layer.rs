//! A shape laid over a picture: where it covers, and how it is painted.

use image::{GrayImage, Rgb, RgbImage};
use imaging::Point;

/// Lines of a pixel row that are filled apart, so that edges are smooth.
const FINE: u32 = 4;

/// How much of each pixel a shape covers.
pub struct Layer {
    cover: GrayImage,
}

impl Layer {
    /// A layer for `picture` that covers nothing yet.
    pub fn over(picture: &RgbImage) -> Self {
        Self { cover: GrayImage::new(picture.width(), picture.height()) }
    }

    /// Covers what lies within `corners`.
    #[must_use]
    pub fn polygon(mut self, corners: &[Point]) -> Self {
        for row in 0..self.cover.height() {
            let mut line = vec![0.0; self.cover.width() as usize];
            for part in 0..FINE {
                let y = row as f32 + (part as f32 + 0.5) / FINE as f32;
                for span in crossings(corners, y).chunks_exact(2) {
                    cover_span(&mut line, span[0], span[1]);
                }
            }
            for (x, share) in line.into_iter().enumerate() {
                let pixel = &mut self.cover.get_pixel_mut(x as u32, row).0[0];
                *pixel = (*pixel).max((255.0 * share / FINE as f32).min(255.0) as u8);
            }
        }
        self
    }

    /// Covers a round-ended line through `points`, as wide as `width` says at each share of it.
    #[must_use]
    pub fn stroke(mut self, points: &[Point], width: impl Fn(f32) -> f32) -> Self {
        let parts = (points.len().max(2) - 1) as f32;
        for (index, ends) in points.windows(2).enumerate() {
            let steps = (ends[0].distance(ends[1]) * 2.0).ceil().clamp(1.0, 2000.0);
            for step in 0..=steps as u32 {
                let t = step as f32 / steps;
                let radius = width((index as f32 + t) / parts) / 2.0;
                self.disc(ends[0].lerp(ends[1], t), radius);
            }
        }
        self
    }

    fn disc(&mut self, centre: Point, radius: f32) {
        let reach = radius + 1.0;
        let (width, height) = (self.cover.width() as f32, self.cover.height() as f32);
        let span = |c: f32, end: f32| ((c - reach).clamp(0.0, end), (c + reach).clamp(0.0, end));
        let ((left, right), (top, bottom)) = (span(centre.x, width), span(centre.y, height));
        for y in top as u32..bottom as u32 {
            for x in left as u32..right as u32 {
                let far = centre.distance(Point::new(x as f32 + 0.5, y as f32 + 0.5));
                let share = (radius + 0.5 - far).clamp(0.0, (2.0 * radius).min(1.0));
                let pixel = &mut self.cover.get_pixel_mut(x, y).0[0];
                *pixel = (*pixel).max((255.0 * share) as u8);
            }
        }
    }

    /// The same with edges as soft as a Gaussian of `sigma` pixels makes them.
    #[must_use]
    pub fn soft(self, sigma: f32) -> Self {
        Self { cover: image::imageops::blur(&self.cover, sigma.max(0.1)) }
    }

    /// Paints what is covered; `colour` is asked for each pixel, with the picture's own.
    pub fn paint(&self, picture: &mut RgbImage, colour: impl Fn(Point, [f32; 3]) -> [f32; 3]) {
        for (x, y, cover) in self.cover.enumerate_pixels() {
            if cover.0[0] == 0 {
                continue;
            }
            let share = f32::from(cover.0[0]) / 255.0;
            let own = picture.get_pixel(x, y).0.map(f32::from);
            let painted = colour(Point::new(x as f32 + 0.5, y as f32 + 0.5), own);
            let mixed = [0, 1, 2].map(|c| own[c] + (painted[c] - own[c]) * share);
            picture.put_pixel(x, y, Rgb(mixed.map(|v| v.clamp(0.0, 255.0) as u8)));
        }
    }
}

/// Where the outline crosses the line at `y`, from left to right.
fn crossings(corners: &[Point], y: f32) -> Vec<f32> {
    let next = corners.iter().cycle().skip(1);
    let mut found: Vec<f32> = corners
        .iter()
        .zip(next)
        .filter(|(a, b)| (a.y <= y) != (b.y <= y))
        .map(|(a, b)| a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        .collect();
    found.sort_by(f32::total_cmp);
    found
}

/// Adds how much of each pixel lies between `from` and `to`.
fn cover_span(line: &mut [f32], from: f32, to: f32) {
    let end = line.len() as f32;
    let (from, to) = (from.clamp(0.0, end), to.clamp(0.0, end));
    for (x, share) in line.iter_mut().enumerate().take(to.ceil() as usize).skip(from as usize) {
        *share += (to.min(x as f32 + 1.0) - from.max(x as f32)).max(0.0);
    }
}
