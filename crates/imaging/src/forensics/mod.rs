//! Traces that screens, printers and editing leave in a picture's pixels.
//!
//! Pure numbers; each is a sign and never a proof. What counts as too much is policy.

pub mod grid;
pub mod noise;
pub mod print;
pub mod raster;
pub mod steps;

use image::RgbImage;

use crate::geometry::Rect;
use crate::quality::levels::luminance;

/// Pixels along a side of the parts that stand for a place.
pub const TILE: usize = 128;
/// Parts along the longer and the shorter side, at most.
const MOST: [usize; 2] = [6, 4];

/// Squares of [`TILE`] pixels spread evenly over `place`, none over another, at most 24:
/// enough of them to tell a picture's grain, its grid and its dots, however large it is.
pub fn spread(place: Rect) -> Vec<Rect> {
    let tile = TILE as f32;
    let [long, short] = MOST;
    let most = if place.width >= place.height { [long, short] } else { [short, long] };
    let across = ((place.width / tile) as usize).min(most[0]);
    let down = ((place.height / tile) as usize).min(most[1]);
    let at = |start: f32, length: f32, index: usize, count: usize| {
        start.floor() + ((length - tile) * (index as f32 + 0.5) / count as f32).floor()
    };
    let all = (0..down).flat_map(|row| (0..across).map(move |column| (column, row)));
    let part = |(column, row)| {
        let x = at(place.x, place.width, column, across);
        Rect::new(x, at(place.y, place.height, row, down), tile, tile)
    };
    all.map(part).collect()
}

/// The luminance of a part of a picture, levels 0 to 255, rows first.
pub(crate) struct Plane {
    /// Its left top corner in the picture.
    pub at: [usize; 2],
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Plane {
    /// What of `part` lies in `picture`.
    pub fn of(picture: &RgbImage, part: Rect) -> Self {
        let part = part.clamped(picture.width(), picture.height());
        let (x, y) = (part.x as u32, part.y as u32);
        let width = (part.width as u32).min(picture.width() - x.min(picture.width()));
        let height = (part.height as u32).min(picture.height() - y.min(picture.height()));
        let rows = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
        let values = rows.map(|(x, y)| f32::from(luminance(picture.get_pixel(x, y)))).collect();
        Self {
            at: [x as usize, y as usize],
            width: width as usize,
            height: height as usize,
            values,
        }
    }

    /// The same, its rows along the longer side.
    fn along(self) -> Self {
        if self.width >= self.height {
            return self;
        }
        let column = |x: usize| (0..self.height).map(move |y| y * self.width + x);
        let values = (0..self.width).flat_map(column).map(|at| self.values[at]).collect();
        let [x, y] = self.at;
        Self { at: [y, x], width: self.height, height: self.width, values }
    }

    /// The rows, top down.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[f32]> + Clone {
        self.values.chunks_exact(self.width.max(1))
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use super::*;

    /// What a program shows of `picture` saved as JPEG of this quality.
    pub(super) fn saved(picture: &RgbImage, quality: u8) -> RgbImage {
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, quality).encode_image(picture).unwrap();
        image::load_from_memory(&file).unwrap().to_rgb8()
    }
}
